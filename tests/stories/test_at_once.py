"""The same thing several times, and several things at the same time."""

import asyncio
import json
from urllib.parse import urlencode

from tests.slack.platform import Answer, Person
from tests.stories.conftest import PLAYBOOK
from tests.stories.scene import Scene, presses, ticks

FORM = "application/x-www-form-urlencoded"
ITEM, OTHER_ITEM = [item.id for item in PLAYBOOK.items()][:2]


class TestADeliveryThatComesFourTimesAtOnce:
    """Slack repeats what it isn't sure of; the effect is there once."""

    async def four_times(self, person: Person, body: str, content_type: str = FORM) -> list[Answer]:
        answers = await asyncio.gather(*(person.sends(body, content_type) for _ in range(4)))
        assert [answer.status for answer in answers] == [200] * 4
        return answers

    async def test_a_command_adds_one_deal_and_is_answered_once(self, scene: Scene) -> None:
        answers = await self.four_times(scene.ines, urlencode(scene.ines.command("deal add Wayne renewal")))
        assert scene.deals_named("Wayne renewal") == 1
        assert sum("Added" in answer.text for answer in answers) == 1

    async def test_the_first_words_of_a_stranger_meet_them_once(self, scene: Scene) -> None:
        scene.asks("DELETE FROM people")
        await self.four_times(scene.ines, urlencode(scene.ines.command("tip")))
        assert scene.asks("SELECT name FROM people") == [("Ines Duarte",)]
        assert scene.asks("SELECT sum(times) FROM tips") == [(1,)]

    async def test_a_sentence_adds_one_deal_and_is_answered_once(self, scene: Scene) -> None:
        said = {"type": "message", "channel_type": "im", "channel": "DU1", "text": "deal add Wayne renewal"}
        event = scene.ines.event(said | {"user": "U1", "ts": "1700000200.000300"}, "EvTheSame")
        await self.four_times(scene.ines, json.dumps(event), "application/json")
        assert scene.deals_named("Wayne renewal") == 1
        await scene.ines.says("thanks")
        texts = [post["text"] for post in await scene.slack.until("chat.postMessage", 2)]
        assert [text.partition(":")[0] for text in texts].count("Added") == 1

    async def test_a_press_posts_one_card(self, scene: Scene) -> None:
        act = {"type": "button", "action_id": f"prep.full:{scene.deal('Globex rollout')}", "action_ts": "1700000100.1"}
        payload = json.dumps(scene.ines.action(act, channel="DU1"))
        await self.four_times(scene.ines, urlencode({"payload": payload}))
        await scene.ines.says("thanks")
        texts = [post["text"] for post in await scene.slack.until("chat.postMessage", 2)]
        assert texts.count("Your prep for Globex rollout") == 1
        assert len(scene.asks("SELECT * FROM preps")) == 1

    async def test_a_form_is_kept_once_and_closes_each_time(self, scene: Scene) -> None:
        view = await scene.form(scene.ines, "deal.add")
        payload = json.dumps(scene.ines.submission(view, {"name": "Wayne renewal"}))
        answers = await self.four_times(scene.ines, urlencode({"payload": payload}))
        assert {answer.json["response_action"] for answer in answers} == {"clear"}
        assert scene.deals_named("Wayne renewal") == 1


class TestSeveralAtOnce:
    """The order of arrival decides nothing, and nobody gets into somebody else's way."""

    async def test_a_later_click_that_arrives_first_stays(self, scene: Scene) -> None:
        prep = await scene.prep(scene.ines, "Globex rollout")
        shown = (ITEM, OTHER_ITEM)
        await ticks(scene.ines, f"prep.{prep}.before", ITEM, OTHER_ITEM, shown=shown, at=2)
        await ticks(scene.ines, f"prep.{prep}.before", ITEM, shown=shown, at=1)
        done = dict(scene.asks("SELECT item, done FROM prep_ticks"))
        assert done == {ITEM: 1, OTHER_ITEM: 1}
        await ticks(scene.ines, f"prep.{prep}.before", OTHER_ITEM, shown=shown, at=3)
        assert dict(scene.asks("SELECT item, done FROM prep_ticks")) == {ITEM: 0, OTHER_ITEM: 1}

    async def test_two_people_who_press_at_once_each_get_their_own(self, scene: Scene) -> None:
        mine, theirs = scene.deal("Globex rollout"), scene.deal("Umbrella framework contract")
        await asyncio.gather(
            *(presses(person, f"{action}:{deal}") for person, deal in ((scene.ines, mine), (scene.tom, theirs))
              for action in ("prep.full", "deal.won")),
        )  # fmt: skip
        assert sorted(scene.asks("SELECT owner, deal_id FROM preps")) == [("U1", mine), ("U2", theirs)]
        won = "SELECT owner, id FROM deals WHERE stage = 'won' AND id IN (?, ?)"
        assert sorted(scene.asks(won, mine, theirs)) == [("U1", mine), ("U2", theirs)]
        name = {"DU1": "Globex", "DU2": "Umbrella"}
        for posted in await scene.slack.until("chat.postMessage", 4):
            assert name[posted["channel"]] in posted["text"]

    async def test_starting_with_a_new_client_twice_at_once_makes_one_deal(self, scene: Scene) -> None:
        await asyncio.gather(*(presses(scene.ines, "prep.new:Soylent") for _ in range(4)))
        assert scene.deals_named("Soylent") == 1
