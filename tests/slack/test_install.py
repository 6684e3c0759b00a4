"""A workspace installs the coach: in one browser, once, within ten minutes."""

from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientResponse, ClientSession

from bot.slack.manifest import SCOPES
from store import Store
from tests.doors import NOW, Clock
from tests.slack.conftest import Build, House
from tests.slack.platform import TEAM, FakeSlack

# The SDK still sends a client's secret in aiohttp's old way.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

GRANT = {
    "access_token": "xoxb-granted",
    "app_id": "A1",
    "bot_user_id": "U0BOT",
    "scope": "commands,chat:write",
    "team": {"id": TEAM, "name": "Acme"},
    "authed_user": {"id": "U1"},
}


@pytest.fixture
async def open_house(build: Build, slack: FakeSlack) -> House:
    slack.answers["oauth.v2.access"] = GRANT
    return await build(bot_token="", client_id="1.2", client_secret="sssh")


async def begin(house: House, session: ClientSession) -> tuple[str, str]:
    """Set out to install; gives the state and the cookie that the browser keeps."""
    async with session.get(f"{house.url}/slack/install", allow_redirects=False) as answer:
        assert answer.status == 302
        target = urlsplit(answer.headers["Location"])
        assert (target.scheme, target.netloc, target.path) == ("https", "slack.com", "/oauth/v2/authorize")
        query = parse_qs(target.query)
        assert query["client_id"] == ["1.2"]
        assert set(query["scope"][0].split(",")) == set(SCOPES)
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["slack-app-oauth-state"]
        assert cookie["secure"]
        assert cookie["httponly"]
        return query["state"][0], f"slack-app-oauth-state={cookie.value}"


async def come_back(house: House, session: ClientSession, cookie: str, **query: str) -> ClientResponse:
    url = f"{house.url}/slack/oauth_redirect"
    return await session.get(url, params=query, headers={"Cookie": cookie}, allow_redirects=False)


async def test_what_a_workspace_grants_is_kept_and_used(
    open_house: House, session: ClientSession, store: Store, slack: FakeSlack
) -> None:
    state, cookie = await begin(open_house, session)
    answer = await come_back(open_house, session, cookie, state=state, code="c0de")
    assert answer.status == 200
    assert "I'm in" in await answer.text()
    assert answer.headers["Cache-Control"] == "no-store"
    assert slack.of("oauth.v2.access")[0]["code"] == "c0de"
    kept = await store.installations.find(TEAM)
    assert kept
    assert (kept.bot_token, kept.team_name, kept.installed_by, kept.installed_at) == ("xoxb-granted", "Acme", "U1", NOW)
    assert await open_house.messenger.tokens.of(TEAM) == "xoxb-granted"


async def test_a_state_is_good_once(open_house: House, session: ClientSession, slack: FakeSlack) -> None:
    state, cookie = await begin(open_house, session)
    await come_back(open_house, session, cookie, state=state, code="c0de")
    again = await come_back(open_house, session, cookie, state=state, code="c0de")
    assert again.status == 401
    assert "opened twice" in await again.text()
    assert len(slack.of("oauth.v2.access")) == 1


async def test_a_state_is_good_for_ten_minutes(open_house: House, session: ClientSession, clock: Clock) -> None:
    state, cookie = await begin(open_house, session)
    clock.passes(timedelta(minutes=11))
    assert (await come_back(open_house, session, cookie, state=state, code="c0de")).status == 401


async def test_another_browser_installs_nothing(open_house: House, session: ClientSession, slack: FakeSlack) -> None:
    state, _ = await begin(open_house, session)
    assert (await come_back(open_house, session, "", state=state, code="c0de")).status == 400
    assert slack.of("oauth.v2.access") == []


async def test_a_change_of_mind_is_fine(open_house: House, session: ClientSession) -> None:
    answer = await come_back(open_house, session, "", error="access_denied")
    assert answer.status == 200
    assert "start again" in (await answer.text()).lower()


async def test_an_error_from_the_address_bar_is_not_echoed(open_house: House, session: ClientSession) -> None:
    answer = await come_back(open_house, session, "", error="<script>alert(1)</script>")
    assert "script" not in await answer.text()


@pytest.mark.parametrize("refusal", ["invalid_code", "fatal_error"])
async def test_a_refused_code_installs_nothing(
    open_house: House, session: ClientSession, slack: FakeSlack, store: Store, refusal: str
) -> None:
    slack.refuses["oauth.v2.access"] = refusal
    state, cookie = await begin(open_house, session)
    assert (await come_back(open_house, session, cookie, state=state, code="c0de")).status == 401
    assert await store.installations.find(TEAM) is None


async def test_an_installation_for_a_whole_organisation_is_declined(
    open_house: House, session: ClientSession, slack: FakeSlack
) -> None:
    slack.answers["oauth.v2.access"] = GRANT | {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
    state, cookie = await begin(open_house, session)
    assert (await come_back(open_house, session, cookie, state=state, code="c0de")).status == 500


async def test_there_is_nothing_to_install_where_one_token_is_set(house: House, session: ClientSession) -> None:
    async with session.get(f"{house.url}/slack/install") as answer:
        assert answer.status == 404
