"""What `doctor` says about Slack."""

import pytest

from bot.slack.check import check, team_of
from bot.slack.manifest import SCOPES
from bot.slack.options import SlackOptions
from tests.slack.platform import FakeSlack


@pytest.fixture
def options(slack: FakeSlack) -> SlackOptions:
    return SlackOptions(signing_secret="shhh", bot_token="xoxb-one", api_url=f"{slack.url}/api")


async def test_a_good_token_names_its_workspace(options: SlackOptions, slack: FakeSlack) -> None:
    slack.scopes = ",".join(SCOPES)
    assert await check(options) == (True, "workspace T1 answers")
    assert await team_of(options) == "T1"


async def test_a_missing_permission_is_named(options: SlackOptions, slack: FakeSlack) -> None:
    slack.scopes = ",".join(scope for scope in SCOPES if scope != "im:history")
    well, sentence = await check(options)
    assert not well
    assert "im:history" in sentence
    assert "chat:write" not in sentence


async def test_a_bad_token_is_said_without_showing_it(options: SlackOptions, slack: FakeSlack) -> None:
    slack.refuses["auth.test"] = "invalid_auth"
    well, sentence = await check(options)
    assert not well
    assert "SLACK_BOT_TOKEN" in sentence
    assert "xoxb" not in sentence


async def test_the_token_for_socket_mode_is_tried(slack: FakeSlack) -> None:
    options = SlackOptions(bot_token="xoxb-one", app_token="xapp-1", api_url=f"{slack.url}/api")
    assert (await check(options))[0]
    slack.refuses["apps.connections.open"] = "not_allowed_token_type"
    well, sentence = await check(options)
    assert not well
    assert "SLACK_APP_TOKEN" in sentence
    assert "xapp" not in sentence


async def test_many_workspaces_have_no_token_to_check(slack: FakeSlack) -> None:
    options = SlackOptions(signing_secret="s", client_id="1.2", client_secret="sh", api_url=f"{slack.url}/api")
    assert (await check(options))[0]
    assert slack.calls == []
