"""The stories through the Slack door: real HTTP, real signatures, a real store."""

import json

import pytest

from tests.stories.bargained import AT_ONCE, PRIVATE, STOP, WHOLE, BargainingStories, plans
from tests.stories.conftest import Workspace
from tests.stories.gathered import GatheredStories
from tests.stories.gathering import CompanyInSlack
from tests.stories.keeping import KeepingInSlack
from tests.stories.kept import KeepingStories
from tests.stories.slack_rep import SlackRep, blocks_of, texts_of
from tests.stories.told import Stories


class TestInSlack(Stories):
    """Every story as it goes in Slack."""

    @pytest.fixture
    def rep(self, slack_rep: SlackRep) -> SlackRep:
        return slack_rep


class TestBargainingInSlack(BargainingStories):
    """Every story of the trade planner as it goes in Slack."""

    @pytest.fixture
    def rep(self, slack_rep: SlackRep) -> SlackRep:
        return slack_rep


class TestKeepingInSlack(KeepingStories):
    """Every story of staying in touch as it goes in Slack, what is said unasked carried there by the courier."""

    @pytest.fixture
    def rep(self, slack_rep: KeepingInSlack) -> KeepingInSlack:
        return slack_rep


class TestGatheredInSlack(GatheredStories):
    """Every story of a team and its digest as it goes in Slack."""

    @pytest.fixture
    def company(self, slack_company: CompanyInSlack) -> CompanyInSlack:
        return slack_company


class TestOnlyInSlack:
    """What Slack does in a way of its own."""

    async def test_the_picture_of_a_plan_is_shared_with_nobody(self, slack_rep: SlackRep, slack: Workspace) -> None:
        await plans(slack_rep)
        await slack_rep.sees_picture(WHOLE)
        assert slack.of("upload")
        assert all(set(call) == {"files"} for call in slack.of("files.completeUploadExternal"))
        pictured = [one for one in slack.of("chat.postMessage") if '"slack_file"' in json.dumps(one["blocks"])]
        assert {one["channel"] for one in pictured} == {"DU1"}

    async def test_what_answers_a_command_in_the_channel_only_points_to_the_plan(
        self, slack_rep: SlackRep, slack: Workspace
    ) -> None:
        await plans(slack_rep)
        await slack_rep.commands("plan acme")
        await slack_rep.sees(WHOLE, STOP)
        answered = [call.arguments for call in slack.calls if call.method.startswith("for-")]
        said = json.dumps([slack_rep.shown_privately(), answered], ensure_ascii=False)
        assert "direct messages" in said
        assert [one for one in (*PRIVATE, AT_ONCE) if one in said] == []

    async def test_a_touch_told_in_words_shows_on_the_message_of_the_day(
        self, slack_rep: KeepingInSlack, slack: Workspace
    ) -> None:
        await slack_rep.says("won globex rollout")
        assert await slack_rep.passes(7) == 1
        await slack_rep.says("called globex today")
        [changed] = await slack.until("chat.update")
        assert "Dealt with today" in texts_of(blocks_of(changed))
