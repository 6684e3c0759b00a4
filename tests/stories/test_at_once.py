"""The same thing several times, and several things at the same time."""

import asyncio
import json
from urllib.parse import urlencode

import pytest

from tests.slack.platform import Answer, Person
from tests.stories.coach import PLAYBOOK
from tests.stories.slack_scene import SlackScene, presses, ticks
from tests.stories.teams_scene import TeamsScene
from tests.teams.platform import Answer as TeamsAnswer
from tests.teams.platform import Json

FORM = "application/x-www-form-urlencoded"
ITEM, OTHER_ITEM = [item.id for item in PLAYBOOK.items()][:2]


@pytest.fixture
def scene(slack_scene: SlackScene) -> SlackScene:
    return slack_scene


class TestASlackDeliveryThatComesFourTimesAtOnce:
    """Slack repeats what it isn't sure of; the effect is there once."""

    async def four_times(self, person: Person, body: str, content_type: str = FORM) -> list[Answer]:
        answers = await asyncio.gather(*(person.sends(body, content_type) for _ in range(4)))
        assert [answer.status for answer in answers] == [200] * 4
        return answers

    async def test_a_command_adds_one_deal_and_is_answered_once(self, scene: SlackScene) -> None:
        answers = await self.four_times(scene.ines, urlencode(scene.ines.command("deal add Wayne renewal")))
        assert scene.deals_named("Wayne renewal") == 1
        assert sum("Added" in answer.text for answer in answers) == 1

    async def test_the_first_words_of_a_stranger_meet_them_once(self, scene: SlackScene) -> None:
        scene.asks("DELETE FROM people")
        await self.four_times(scene.ines, urlencode(scene.ines.command("tip")))
        assert scene.asks("SELECT name FROM people") == [("Ines Duarte",)]
        assert scene.asks("SELECT sum(times) FROM tips") == [(1,)]

    async def test_a_sentence_adds_one_deal_and_is_answered_once(self, scene: SlackScene) -> None:
        said = {"type": "message", "channel_type": "im", "channel": "DU1", "text": "deal add Wayne renewal"}
        event = scene.ines.event(said | {"user": "U1", "ts": "1700000200.000300"}, "EvTheSame")
        await self.four_times(scene.ines, json.dumps(event), "application/json")
        assert scene.deals_named("Wayne renewal") == 1
        await scene.ines.says("thanks")
        texts = [post["text"] for post in await scene.slack.until("chat.postMessage", 2)]
        assert [text.partition(":")[0] for text in texts].count("Added") == 1

    async def test_a_press_posts_one_card(self, scene: SlackScene) -> None:
        act = {"type": "button", "action_id": f"prep.full:{scene.deal('Globex rollout')}", "action_ts": "1700000100.1"}
        payload = json.dumps(scene.ines.action(act, channel="DU1"))
        await self.four_times(scene.ines, urlencode({"payload": payload}))
        await scene.ines.says("thanks")
        texts = [post["text"] for post in await scene.slack.until("chat.postMessage", 2)]
        assert texts.count("Your prep for Globex rollout") == 1
        assert len(scene.asks("SELECT * FROM preps")) == 1

    async def test_a_form_is_kept_once_and_closes_each_time(self, scene: SlackScene) -> None:
        view = await scene.form(scene.ines, "deal.add")
        payload = json.dumps(scene.ines.submission(view, {"name": "Wayne renewal"}))
        answers = await self.four_times(scene.ines, urlencode({"payload": payload}))
        assert {answer.json["response_action"] for answer in answers} == {"clear"}
        assert scene.deals_named("Wayne renewal") == 1


class TestATeamsActivityThatComesFourTimesAtOnce:
    """Teams repeats what wasn't answered in time; the effect is there once."""

    async def four_times(self, scene: TeamsScene, activity: Json) -> list[TeamsAnswer]:
        answers = await asyncio.gather(*(scene.ines.sends(activity) for _ in range(4)))
        await scene.coach.settle()
        assert [answer.status for answer in answers] == [200] * 4
        return answers

    async def test_a_sentence_adds_one_deal_and_is_answered_once(self, teams_scene: TeamsScene) -> None:
        await self.four_times(teams_scene, teams_scene.ines.message("deal add Wayne renewal"))
        assert teams_scene.deals_named("Wayne renewal") == 1
        assert [one.partition(":")[0] for one in teams_scene.summaries(teams_scene.ines)] == ["What I can do", "Added"]

    async def test_the_first_words_of_a_stranger_meet_them_once(self, teams_scene: TeamsScene) -> None:
        teams_scene.asks("DELETE FROM people")
        await self.four_times(teams_scene, teams_scene.ines.message("tip"))
        assert teams_scene.asks("SELECT name FROM people") == [("Ines Duarte",)]
        assert teams_scene.asks("SELECT sum(times) FROM tips") == [(1,)]

    async def test_a_press_posts_one_card(self, teams_scene: TeamsScene) -> None:
        press = {"action": "prep.full", "subject": teams_scene.deal("Globex rollout")}
        await self.four_times(teams_scene, teams_scene.ines.execute(press))
        assert teams_scene.summaries(teams_scene.ines)[1:] == ["Your prep for Globex rollout"]
        assert len(teams_scene.asks("SELECT * FROM preps")) == 1

    async def test_a_form_is_kept_once_and_closes_each_time(self, teams_scene: TeamsScene) -> None:
        [send] = (await teams_scene.form(teams_scene.ines, "deal.add"))["actions"]
        data = send["data"] | {"answer:name": "Wayne renewal"}
        sent = teams_scene.ines.invoke("task/submit", {"data": data, "context": {"theme": "default"}})
        answers = await self.four_times(teams_scene, sent)
        assert {answer.text for answer in answers} == {""}
        assert teams_scene.deals_named("Wayne renewal") == 1

    async def test_two_people_are_both_answered_in_the_same_millisecond(self, teams_scene: TeamsScene) -> None:
        people = (teams_scene.ines, teams_scene.tom)
        await asyncio.gather(*(person.says("deal add Wayne renewal", id="1740000000999") for person in people))
        await teams_scene.coach.settle()
        assert teams_scene.deals_named("Wayne renewal") == 2
        for person in people:
            assert teams_scene.summaries(person)[1].startswith("Added: ")


class TestSeveralAtOnce:
    """The order of arrival decides nothing, and nobody gets into somebody else's way."""

    async def test_a_later_click_that_arrives_first_stays(self, scene: SlackScene) -> None:
        prep = await scene.prep(scene.ines, "Globex rollout")
        shown = (ITEM, OTHER_ITEM)
        await ticks(scene.ines, f"prep.{prep}.before", ITEM, OTHER_ITEM, shown=shown, at=2)
        await ticks(scene.ines, f"prep.{prep}.before", ITEM, shown=shown, at=1)
        done = dict(scene.asks("SELECT item, done FROM prep_ticks"))
        assert done == {ITEM: 1, OTHER_ITEM: 1}
        await ticks(scene.ines, f"prep.{prep}.before", OTHER_ITEM, shown=shown, at=3)
        assert dict(scene.asks("SELECT item, done FROM prep_ticks")) == {ITEM: 0, OTHER_ITEM: 1}

    async def test_two_people_who_press_at_once_each_get_their_own(self, scene: SlackScene) -> None:
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

    async def test_starting_with_a_new_client_twice_at_once_makes_one_deal(self, scene: SlackScene) -> None:
        await asyncio.gather(*(presses(scene.ines, "prep.new:Soylent") for _ in range(4)))
        assert scene.deals_named("Soylent") == 1
