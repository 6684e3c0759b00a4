"""Who is let in: one workspace by its token, many by what they granted, and nobody a moment after they leave."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.chat.address import Address
from bot.chat.cards import Card, prose
from bot.chat.replies import Say
from bot.errors import PlatformError
from bot.slack.api import Api
from bot.slack.door import NOT_INSTALLED
from bot.slack.tokens import ManyWorkspaces
from store import Installation, Store
from tests.doors import NOW, Clock, Coach
from tests.slack.conftest import Build, House, Visit
from tests.slack.platform import ANN, BOT, TEAM, FakeSlack, Person

# The SDK still sends a client's secret in aiohttp's old way.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

OAUTH = {"bot_token": "", "client_id": "1.2", "client_secret": "sssh"}
GRANTED = Installation(tenant=TEAM, app_id="A1", bot_token="xoxb-granted", bot_user_id=BOT, installed_at=NOW)
RENEWED = {"ok": True, "access_token": "xoxe-new", "refresh_token": "r2", "expires_in": 43200, "token_type": "bot"}
SAY = (Say(Card("Hello.", (prose("Hello."),))),)


@pytest.fixture
async def many(slack: FakeSlack, store: Store, clock: Clock, session: ClientSession) -> ManyWorkspaces:
    return ManyWorkspaces(store.installations, Api(f"{slack.url}/api/", session), ("1.2", "sssh"), clock)


async def test_one_token_serves_its_own_workspace_and_asks_slack_once_which_that_is(
    house: House, slack: FakeSlack
) -> None:
    tokens = house.messenger.tokens
    assert await asyncio.gather(*(tokens.of(team) for team in (TEAM, TEAM, "T2"))) == ["xoxb-one", "xoxb-one", None]
    assert len(slack.of("auth.test")) == 1


async def test_a_slack_that_is_away_is_asked_again(house: House, slack: FakeSlack) -> None:
    slack.refuses["auth.test"] = "fatal_error"
    with pytest.raises(PlatformError):
        await house.messenger.tokens.of(TEAM)
    slack.refuses.clear()
    assert await house.messenger.tokens.of(TEAM) == "xoxb-one"


async def test_a_refused_token_is_said_in_words(ann: Person, slack: FakeSlack) -> None:
    slack.refuses["auth.test"] = "invalid_auth"
    assert "install me again" in (await ann.types("help")).json["text"]


async def test_each_workspace_is_reached_with_its_own_token(
    build: Build, slack: FakeSlack, store: Store, coach: Coach, visit: Visit
) -> None:
    house = await build(**OAUTH)
    coach.reply = SAY
    for team in (TEAM, "T2"):
        await store.installations.save(
            Installation(tenant=team, app_id="A1", bot_token=f"xoxb-{team}", bot_user_id=BOT, installed_at=NOW)
        )
        await visit(house, team).says("help")
    await slack.until("chat.postMessage", 2)
    assert [call.token for call in slack.calls if call.method == "chat.postMessage"] == [f"xoxb-{TEAM}", "xoxb-T2"]


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_a_workspace_that_leaves_is_forgotten_at_once(
    build: Build, store: Store, coach: Coach, visit: Visit, kind: str
) -> None:
    house = await build(**OAUTH)
    coach.reply = SAY
    await store.installations.save(GRANTED)
    ann = visit(house)
    assert (await ann.types("help")).json["text"] == "Hello."
    assert (await ann.causes({"type": kind, "tokens": {"bot": [BOT]}})).status == 200
    assert await store.installations.find(TEAM) is None
    assert (await ann.types("help")).json["text"] == NOT_INSTALLED


async def test_the_one_workspace_that_leaves_is_served_no_more(ann: Person, coach: Coach) -> None:
    coach.reply = SAY
    assert (await ann.types("help")).json["text"] == "Hello."
    await ann.causes({"type": "app_uninstalled"})
    assert (await ann.types("help")).json["text"] == NOT_INSTALLED


async def test_a_late_goodbye_does_not_end_a_new_installation(
    build: Build, store: Store, clock: Clock, visit: Visit
) -> None:
    house = await build(**OAUTH)
    goodbye = visit(house).event({"type": "app_uninstalled"})
    clock.passes(timedelta(minutes=2))
    await store.installations.save(
        Installation(tenant=TEAM, app_id="A1", bot_token="xoxb-again", bot_user_id=BOT, installed_at=clock())
    )
    answer = await visit(house).sends(json.dumps(goodbye), "application/json")
    assert answer.status == 200
    assert await store.installations.find(TEAM) is not None


async def test_a_goodbye_that_cannot_be_kept_yet_is_asked_for_again(
    build: Build, store: Store, visit: Visit, tmp_path: Path
) -> None:
    house = await build(**OAUTH, deadline=0.1)
    await store.installations.save(GRANTED)
    with closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        assert (await visit(house).causes({"type": "app_uninstalled"})).status == 503
        other.execute("rollback")


async def test_a_token_is_remembered_for_a_moment_only(many: ManyWorkspaces, store: Store, clock: Clock) -> None:
    await store.installations.save(GRANTED)
    assert await many.of(TEAM) == "xoxb-granted"
    await store.installations.remove(TEAM)
    assert await many.of(TEAM) == "xoxb-granted"
    clock.passes(timedelta(seconds=31))
    assert await many.of(TEAM) is None


async def test_a_token_about_to_end_is_renewed_once_however_many_ask(
    slack: FakeSlack, many: ManyWorkspaces, store: Store
) -> None:
    slack.answers["oauth.v2.access"] = RENEWED
    await store.installations.save(ending(timedelta(minutes=10)))
    assert set(await asyncio.gather(*(many.of(TEAM) for _ in range(5)))) == {"xoxe-new"}
    (asked,) = slack.of("oauth.v2.access")
    assert (asked["grant_type"], asked["refresh_token"]) == ("refresh_token", "r1")
    stored = await store.installations.find(TEAM)
    assert stored
    assert (stored.bot_token, stored.refresh_token) == ("xoxe-new", "r2")


async def test_a_token_with_time_left_is_not_renewed(slack: FakeSlack, many: ManyWorkspaces, store: Store) -> None:
    await store.installations.save(ending(timedelta(hours=5)))
    assert await many.of(TEAM) == "xoxe-old"
    assert slack.of("oauth.v2.access") == []


async def test_a_token_that_cannot_be_renewed_serves_until_it_ends(
    slack: FakeSlack, many: ManyWorkspaces, store: Store, clock: Clock
) -> None:
    slack.refuses["oauth.v2.access"] = "invalid_refresh_token"
    await store.installations.save(ending(timedelta(minutes=10)))
    assert await many.of(TEAM) == "xoxe-old"
    clock.passes(timedelta(minutes=11))
    with pytest.raises(PlatformError):
        await many.of(TEAM)


async def test_a_workspace_that_left_cannot_be_written_to(house: House, slack: FakeSlack) -> None:
    with pytest.raises(PlatformError, match="install me again"):
        await house.messenger.send(Address("slack", "T2", "D1", ANN), Card("Hi.", ()))
    assert slack.of("chat.postMessage") == []


def ending(left: timedelta) -> Installation:
    return Installation(
        tenant=TEAM, app_id="A1", bot_token="xoxe-old", refresh_token="r1", expires_at=NOW + left, installed_at=NOW
    )
