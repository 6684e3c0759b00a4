"""The whole coach, pointed at messages of every kind: twice, endless, wordless, hostile, and by somebody new."""

import json
from html import escape
from typing import Any

import pytest

from tests.slack.platform import Json
from tests.stories.conftest import Workspace
from tests.stories.slack_scene import SlackScene
from tests.stories.teams_cards import texts
from tests.stories.teams_scene import TeamsScene
from tests.teams.platform import GROUP, FakeTeams

DEMAND = "We need 15% off, or we walk."
ENDLESS = "reason " * 5700
WORDLESS = "I found no words in that message"


def html(words: str, **changed: Any) -> Json:  # noqa: ANN401  any field
    """A message of Teams."""
    return {"body": {"contentType": "html", "content": f"<p>{escape(words)}</p>"}, "attachments": []} | changed


class TestInSlack:
    """What Slack was asked to post, and what it shows."""

    async def points(self, scene: SlackScene, payload: Json) -> list[Json]:
        """Give what is posted for it, all of it to Ines alone."""
        before = len(scene.slack.of("chat.postMessage"))
        answer = await scene.ines.interacts(payload)
        await scene.coach.settle()
        posted = scene.slack.of("chat.postMessage")[before:]
        assert (answer.status, answer.text) == (200, "")
        assert {one["channel"] for one in posted} <= {"DU1"}
        return posted

    async def test_a_message_is_coached_once_however_often_that_is_delivered(self, slack_scene: SlackScene) -> None:
        payload = slack_scene.ines.shortcut({"text": DEMAND})
        counts = [len(await self.points(slack_scene, payload)) for _ in range(3)]
        assert counts == [1, 0, 0]
        assert len(slack_scene.slack.of("one")) == 1

    @pytest.mark.parametrize(
        ("message", "said"),
        [
            ({"text": ENDLESS}, "It is longer than that"),
            ({"text": "", "files": [{"name": "offer.pdf"}]}, WORDLESS),
            ({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": DEMAND}}]}, DEMAND),
            ({"bot_id": "B9", "username": "tickets", "text": DEMAND}, "tickets wrote:"),
            ({"text": "<!channel> &amp; <@U2>", "thread_ts": "1.2"}, "@channel & @U2"),
        ],
        ids=["endless", "a file", "only blocks", "a bot's", "hostile, in a thread"],
    )
    async def test_whatever_it_is_made_of_it_is_answered(
        self, slack_scene: SlackScene, message: Json, said: str
    ) -> None:
        (posted,) = await self.points(slack_scene, slack_scene.ines.shortcut(message, channel="D_OF_TWO"))
        blocks = json.dumps(posted["blocks"], ensure_ascii=False)
        assert said in blocks
        assert "<!channel>" not in blocks

    async def test_somebody_new_is_met(self, slack_scene: SlackScene, slack: Workspace) -> None:
        await self.points(slack_scene, slack_scene.ines.action({"type": "button", "action_id": "privacy.gone:"}))
        (posted,) = await self.points(slack_scene, slack_scene.ines.shortcut({"text": DEMAND}))
        assert DEMAND in json.dumps(posted["blocks"])
        assert len(slack.of("users.info")) == 3


class TestInTeams:
    """What stands in their own chat, and in the dialog."""

    async def points(self, scene: TeamsScene, activity: Json) -> tuple[str, list[str]]:
        """Give what the dialog says and what is posted, all of it to Ines alone."""
        standing = scene.ines.teams.conversations
        before = {name: len(messages) for name, messages in standing.items()}
        answer = await scene.ines.sends(activity)
        await scene.coach.settle()
        assert answer.status == 200
        new = {name: list(messages.values())[before.get(name, 0) :] for name, messages in standing.items()}
        assert {name for name, messages in new.items() if messages} <= {scene.ines.personal}
        cards = [one["content"] for said in new.get(scene.ines.personal, ()) for one in said["attachments"]]
        return texts(answer.json["task"]["value"]["card"]["content"]), [texts(card) for card in cards]

    async def test_a_message_is_coached_once_however_often_that_is_delivered(self, teams_scene: TeamsScene) -> None:
        activity = teams_scene.ines.pointer(html(DEMAND), GROUP)
        cards = [(await self.points(teams_scene, activity))[1] for _ in range(3)]
        assert [len(one) for one in cards] == [1, 0, 0]
        assert DEMAND in cards[0][0]

    @pytest.mark.parametrize(
        ("message", "said"),
        [
            (html(ENDLESS), "It is longer than that"),
            (html("", attachments=[{"contentType": "image/png", "content": None}]), WORDLESS),
            (html(DEMAND, **{"from": {"application": {"displayName": "Tickets"}}}), "Tickets wrote:"),
            (html("<script>alert(1)</script> {{DATE(x)}}"), "<script>alert(1)</script> {\u2060{DATE(x)}}"),
        ],
        ids=["endless", "a picture", "a bot's", "hostile"],
    )
    async def test_whatever_it_is_made_of_it_is_answered(
        self, teams_scene: TeamsScene, message: Json, said: str
    ) -> None:
        _, (card,) = await self.points(teams_scene, teams_scene.ines.pointer(message, GROUP))
        assert said in card

    async def test_somebody_new_is_met_though_teams_tells_nothing_of_them(
        self, teams_scene: TeamsScene, teams: FakeTeams
    ) -> None:
        teams.members.clear()
        carla = teams_scene.ines
        carla.user, carla.personal = "29:carla", "a:29:carla"
        said, (card,) = await self.points(teams_scene, carla.pointer(html(DEMAND), "19:a_b@unq.gbl.spaces"))
        assert said == "I answered you in our own chat."
        assert DEMAND in card
