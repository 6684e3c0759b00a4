"""Every call of the Connector: delivered once, patient with a busy Teams, plain about a refusal, over before long."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession, web

from bot.errors import PlatformError, UnreachableError
from bot.teams.connector import ATTEMPTS, Connector, new_session
from bot.teams.refusals import TeamsBusyError, TeamsRefusedError
from tests.doors import Serve
from tests.teams.platform import ANN, BOT, CHANNEL, PERSONAL, TENANT, FakeTeams, Json, in_thread
from tests.teams.service import WAIT_SECONDS

HELLO: Json = {"type": "message", "text": "Hello"}


@dataclass
class Tokens:
    """Credentials that count how often they are asked, and give another token once one was refused."""

    given: int = 0
    number: int = 1
    empty: bool = False

    async def token(self) -> str:
        self.given += 1
        return "" if self.empty else f"token-{self.number}"

    def refused(self, token: str) -> None:
        assert token == f"token-{self.number}"
        self.number += 1


@dataclass
class Pauses:
    """Waits for nothing, and remembers for how long it should have."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def connector(tokens: Tokens, session: ClientSession, pauses: Pauses) -> Connector:
    return Connector(tokens, session, pause=pauses)


async def test_a_message_is_posted_changed_and_taken_away(connector: Connector, teams: FakeTeams) -> None:
    message = await connector.post(f"{teams.url}/", PERSONAL, HELLO)
    assert [said["text"] for said in teams.standing()] == ["Hello"]
    await connector.put(teams.url, PERSONAL, message, {"type": "message", "text": "Héllo, Zoë 👋"})
    assert [(said["id"], said["text"]) for said in teams.standing()] == [(message, "Héllo, Zoë 👋")]
    await connector.delete(teams.url, PERSONAL, message)
    assert teams.standing() == []
    assert {call.token for call in teams.calls} == {"token-1"}


async def test_a_reply_stands_in_its_thread(connector: Connector, teams: FakeTeams) -> None:
    message = await connector.post(teams.url, CHANNEL, HELLO, "1700")
    assert [said["id"] for said in teams.standing(in_thread("1700"))] == [message]
    assert teams.standing(in_thread("1800")) == []


async def test_an_id_is_a_name_whatever_stands_in_it(connector: Connector, teams: FakeTeams) -> None:
    nasty = "a:1/../..?x=1#%2F;a b"
    message = await connector.post(teams.url, nasty, HELLO)
    await connector.put(teams.url, nasty, message, HELLO)
    assert list(teams.conversations) == [nasty]
    assert teams.calls[0].path == "/v3/conversations/a%3A1%2F..%2F..%3Fx%3D1%23%252F%3Ba%20b/activities"


async def test_a_personal_chat_is_opened_in_the_persons_tenant(connector: Connector, teams: FakeTeams) -> None:
    assert await connector.create(teams.url, tenant=TENANT, user=ANN, bot=BOT) == f"a:{ANN}"
    assert teams.calls[0].body == {
        "isGroup": False,
        "bot": {"id": BOT},
        "members": [{"id": ANN}],
        "tenantId": TENANT,
        "channelData": {"tenant": {"id": TENANT}},
    }


async def test_a_member_is_looked_up(connector: Connector, teams: FakeTeams) -> None:
    teams.members[ANN] = {"id": ANN, "name": "Ann"}
    assert await connector.member(teams.url, PERSONAL, ANN) == {"id": ANN, "name": "Ann"}
    with pytest.raises(TeamsRefusedError):
        await connector.member(teams.url, PERSONAL, "29:nobody")


async def test_a_hundred_messages_share_a_few_connections_and_ask_for_a_token_once_each(
    connector: Connector, teams: FakeTeams, tokens: Tokens
) -> None:
    for _ in range(80):
        await connector.post(teams.url, PERSONAL, HELLO)
    assert len(teams.ports) == 1
    await asyncio.gather(*(connector.post(teams.url, PERSONAL, HELLO) for _ in range(20)))
    assert len(teams.ports) <= 20
    assert len(teams.standing()) == tokens.given == 100


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_a_busy_teams_is_tried_again(
    connector: Connector, teams: FakeTeams, pauses: Pauses, tokens: Tokens, status: int
) -> None:
    teams.refuses(status, times=2)
    await connector.post(teams.url, PERSONAL, HELLO)
    assert len(teams.standing()) == 1
    assert len(pauses.seconds) == 2
    assert 0 <= pauses.seconds[0] <= 0.5
    assert 0 <= pauses.seconds[1] <= 1
    assert tokens.given == 1


async def test_as_long_as_teams_asks_for_is_waited_and_a_little_more(
    connector: Connector, teams: FakeTeams, pauses: Pauses
) -> None:
    teams.refuses(429, retry_after="7")
    teams.refuses(429, retry_after="Mon, 02 Mar 2026 09:00:00 GMT")
    await connector.post(teams.url, PERSONAL, HELLO)
    assert 7 <= pauses.seconds[0] <= 7.5
    assert pauses.seconds[1] <= 1


async def test_those_refused_together_do_not_come_back_together(
    connector: Connector, teams: FakeTeams, pauses: Pauses
) -> None:
    teams.refuses(429, times=10)
    await asyncio.gather(*(connector.post(teams.url, PERSONAL, HELLO) for _ in range(10)))
    assert len(set(pauses.seconds)) == len(pauses.seconds) == 10


async def test_a_teams_that_stays_busy_is_told_as_such(connector: Connector, teams: FakeTeams) -> None:
    teams.refuses(429, times=ATTEMPTS + 1)
    with pytest.raises(TeamsRefusedError, match="slow down") as refusal:
        await connector.post(teams.url, PERSONAL, HELLO)
    assert refusal.value.status == 429
    assert len(teams.calls) == ATTEMPTS


async def test_nobody_waits_longer_than_a_call_may_take(connector: Connector, teams: FakeTeams, pauses: Pauses) -> None:
    teams.refuses(429, retry_after="60")
    with pytest.raises(TeamsRefusedError):
        await connector.post(teams.url, PERSONAL, HELLO)
    assert pauses.seconds == []


async def test_a_teams_that_keeps_silent_is_given_up(
    tokens: Tokens, session: ClientSession, pauses: Pauses, teams: FakeTeams
) -> None:
    hasty = Connector(tokens, session, pause=pauses, attempt_seconds=0.05)
    teams.keeps_silent()
    with pytest.raises(PlatformError):
        async with asyncio.timeout(WAIT_SECONDS):
            await hasty.post(teams.url, PERSONAL, HELLO)
    assert len(teams.calls) == 1


async def test_a_whole_call_has_an_end_too(tokens: Tokens, session: ClientSession, teams: FakeTeams) -> None:
    async def forever(_seconds: float) -> None:
        await asyncio.Event().wait()

    hasty = Connector(tokens, session, pause=forever, call_seconds=1)
    teams.refuses(502)
    with pytest.raises(PlatformError):
        async with asyncio.timeout(WAIT_SECONDS):
            await hasty.post(teams.url, PERSONAL, HELLO)


async def test_a_post_whose_answer_got_lost_is_not_posted_twice(connector: Connector, teams: FakeTeams) -> None:
    teams.hangs_up(after=True)
    with pytest.raises(PlatformError) as failure:
        await connector.post(teams.url, PERSONAL, HELLO)
    assert not isinstance(failure.value, TeamsRefusedError)
    assert len(teams.standing()) == 1


async def test_a_teams_that_comes_back_is_found_before_the_call_ends(
    tokens: Tokens, session: ClientSession, serve: Serve, unused_tcp_port: int
) -> None:
    fake = FakeTeams()

    async def comes_back(_seconds: float) -> None:
        fake.url = fake.url or await serve(fake.app(), unused_tcp_port)

    patient = Connector(tokens, session, pause=comes_back)
    await patient.post(f"http://127.0.0.1:{unused_tcp_port}", PERSONAL, HELLO)
    assert len(fake.standing()) == 1


async def test_a_teams_out_of_reach_is_a_plain_sentence(
    connector: Connector, unused_tcp_port_factory: Callable[[], int]
) -> None:
    with pytest.raises(PlatformError) as failure:
        await connector.post(f"http://127.0.0.1:{unused_tcp_port_factory()}", PERSONAL, HELLO)
    assert "try again" in failure.value.sentence


async def test_a_token_that_is_no_longer_taken_is_replaced_once(
    connector: Connector, teams: FakeTeams, tokens: Tokens
) -> None:
    teams.refuses(401)
    await connector.post(teams.url, PERSONAL, HELLO)
    assert [call.token for call in teams.calls] == ["token-1", "token-2"]
    teams.refuses(401, times=2)
    with pytest.raises(TeamsBusyError, match="admin"):
        await connector.post(teams.url, PERSONAL, HELLO)
    assert len(teams.calls) == 4
    assert tokens.given == 4


async def test_the_emulator_is_sent_no_token(connector: Connector, teams: FakeTeams, tokens: Tokens) -> None:
    tokens.empty = True
    await connector.post(teams.url, PERSONAL, HELLO)
    assert teams.calls[0].token == ""
    teams.refuses(401)
    with pytest.raises(TeamsRefusedError):
        await connector.post(teams.url, PERSONAL, HELLO)


async def test_a_token_is_shown_to_nobody_on_the_way(connector: Connector) -> None:
    with pytest.raises(TeamsRefusedError) as refusal:
        await connector.post("http://smba.example/emea", PERSONAL, HELLO)
    assert refusal.value.code == "InsecureServiceUrl"


async def test_a_chat_that_is_closed_to_the_coach_is_told_apart(connector: Connector, teams: FakeTeams) -> None:
    teams.blocked |= {PERSONAL, ANN}
    with pytest.raises(UnreachableError) as closed:
        await connector.post(teams.url, PERSONAL, HELLO)
    assert "add me to that chat" in closed.value.sentence
    assert closed.value.reason == "forbidden: Teams says 403 ConversationBlockedByUser"
    with pytest.raises(UnreachableError):
        await connector.create(teams.url, tenant=TENANT, user=ANN, bot=BOT)
    assert len(teams.calls) == 2


async def test_a_chat_that_is_no_more_is_not_asked_for_again(connector: Connector, teams: FakeTeams) -> None:
    teams.refuses(404, code="ConversationNotFound")
    with pytest.raises(UnreachableError) as gone:
        await connector.post(teams.url, PERSONAL, HELLO)
    assert "no longer has that chat" in gone.value.sentence
    assert gone.value.reason == "gone: Teams says 404 ConversationNotFound"


@pytest.mark.parametrize("status", [400, 401, 404, 409, 413, 500])
async def test_a_refusal_is_a_plain_sentence_and_tried_once(
    connector: Connector, teams: FakeTeams, tokens: Tokens, status: int
) -> None:
    tokens.empty = True
    teams.refuses(status, code="SomeThing_Odd")
    with pytest.raises(TeamsRefusedError) as refusal:
        await connector.put(teams.url, PERSONAL, "1700", HELLO)
    assert (refusal.value.status, refusal.value.code) == (status, "SomeThing_Odd")
    assert "othing was lost" in refusal.value.sentence
    assert "_" not in refusal.value.sentence
    assert len(teams.calls) == 1


@pytest.mark.parametrize("status", [200, 404, 500])
async def test_a_page_that_is_not_teams_is_a_plain_sentence(
    connector: Connector, teams: FakeTeams, status: int
) -> None:
    teams.garbles(status, times=2)
    with pytest.raises(PlatformError):
        await connector.post(teams.url, PERSONAL, HELLO)
    with pytest.raises(PlatformError):
        await connector.member(teams.url, PERSONAL, ANN)


async def test_nobody_is_followed_elsewhere(connector: Connector, serve: Serve, teams: FakeTeams) -> None:
    async def elsewhere(request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(f"{teams.url}{request.rel_url.raw_path}")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", elsewhere)
    with pytest.raises(TeamsRefusedError):
        await connector.post(await serve(app), PERSONAL, HELLO)
    assert teams.calls == []


async def test_what_one_tenant_is_given_to_keep_is_not_shown_to_another() -> None:
    async with new_session() as session:
        session.cookie_jar.update_cookies({"ARRAffinity": "a"})
        assert list(session.cookie_jar) == []


async def test_closing_ends_the_connections(connector: Connector) -> None:
    await connector.close()
    assert connector.session.closed
