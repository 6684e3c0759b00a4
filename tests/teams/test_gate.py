"""Only what Teams sends to this bot gets in; every attack ends at the gate, and nothing happens."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
from aiohttp import ClientSession, web
from structlog.testing import capture_logs

from bot.redaction import Redactor
from bot.teams.gate import BODY_BYTES_MAX, Gate
from bot.teams.keys import SigningKeys
from tests.doors import serving
from tests.teams.attacks import ATTACKS, EMULATOR, GOOD, Attack, Json, activity, header
from tests.teams.authority import TENANT, Authority


@dataclass
class Door:
    """An endpoint behind a gate that answers as a bot does: it posts to the service URL of what it let in."""

    url: str
    session: ClientSession
    heard: list[Json] = field(default_factory=list)

    async def meets(self, body: bytes | AsyncIterator[bytes], headers: dict[str, str]) -> tuple[int, str]:
        async with self.session.post(self.url, data=body, headers=headers) as answer:
            return answer.status, await answer.text()


Build = Callable[..., Awaitable[Door]]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def happened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reached the service URL, and what blocked the loop: the SDK fetches keys so of its own accord."""
    calls: list[str] = []

    def send(_session: requests.Session, request: requests.PreparedRequest, **_how: object) -> None:
        calls.append(f"blocking: {request.url}")
        raise requests.ConnectionError

    monkeypatch.setattr(requests.Session, "send", send)
    return calls


@pytest.fixture
async def service_url(stack: AsyncExitStack, happened: list[str]) -> str:
    async def listen(request: web.Request) -> web.Response:
        happened.append(f"reached: {request.path}")
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", listen)
    return f"{await stack.enter_async_context(serving(app))}/"


@pytest.fixture
async def build(stack: AsyncExitStack, authority: Authority) -> Build:
    async def make(**changed: Any) -> Door:  # noqa: ANN401  any option
        options = authority.options(**changed)
        gate = Gate(options, SigningKeys(options.openid_url))

        async def receive(request: web.Request) -> web.Response:
            door.heard.append(await gate.accept(request))
            async with door.session.post(door.heard[-1]["serviceUrl"]):
                return web.Response()

        app = web.Application()
        app.router.add_post("/api/messages", receive)
        url = await stack.enter_async_context(serving(app))
        door = Door(f"{url}/api/messages", await stack.enter_async_context(ClientSession()))
        return door

    return make


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
async def test_an_attack_ends_at_the_gate_and_nothing_happens(
    build: Build, authority: Authority, service_url: str, happened: list[str], attack: Attack
) -> None:
    door = await build(**attack.options)
    authority.keys = attack.keys or authority.keys
    authority.reachable = attack.reachable
    status, text = await door.meets(*attack.request(authority, service_url))
    assert status == attack.status
    assert "Traceback" not in text
    assert (door.heard, happened) == ([], [])


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
async def test_the_log_says_why_in_words_that_hold_nothing_to_be_masked(
    build: Build, authority: Authority, service_url: str, attack: Attack
) -> None:
    door = await build(**attack.options)
    authority.keys = attack.keys or authority.keys
    authority.reachable = attack.reachable
    with capture_logs() as logs:
        await door.meets(*attack.request(authority, service_url))
    reasons = [one["reason"] for one in logs if one.get("action") == "teams_refused"]
    assert reasons
    assert [Redactor().mask(reason) for reason in reasons] == reasons


@pytest.mark.parametrize(
    "right",
    [
        Attack(200, GOOD),
        Attack(200, GOOD, options={"tenant_id": TENANT.upper()}),
        Attack(200, GOOD, {"channelData": {"tenant": {"id": "another"}}}, options={"app_type": "MultiTenant"}),
        Attack(200, GOOD, options={"app_type": "UserAssignedMSI", "app_password": ""}),
    ],
    ids=["one tenant", "one tenant in capitals", "many tenants", "a machine's identity"],
)
async def test_what_teams_sends_gets_in_and_is_answered(
    build: Build, authority: Authority, service_url: str, happened: list[str], right: Attack
) -> None:
    door = await build(**right.options)
    status, _ = await door.meets(*right.request(authority, service_url))
    assert status == right.status
    assert door.heard == [activity(service_url, **right.changed)]
    assert happened == ["reached: /"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
async def test_the_emulator_of_this_machine_gets_in_without_a_token(
    build: Build, authority: Authority, service_url: str, host: str
) -> None:
    door = await build(**EMULATOR)
    attack = Attack(200, header("Bearer whatever"), headers={"Host": f"{host}:3978"})
    status, _ = await door.meets(*attack.request(authority, service_url))
    assert (status, len(door.heard)) == (200, 1)
    assert authority.fetched == {}


async def test_many_messages_need_the_keys_once(build: Build, authority: Authority, service_url: str) -> None:
    door = await build()
    for _ in range(20):
        status, _ = await door.meets(*Attack(200, GOOD).request(authority, service_url))
        assert status == 200
    assert authority.fetched == {"openid": 1, "keys": 1}


async def test_a_huge_body_that_hides_its_size_is_refused_too(
    build: Build, authority: Authority, service_url: str
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (BODY_BYTES_MAX // 20)

    door = await build()
    _, headers = Attack(413, GOOD).request(authority, service_url)
    status, _ = await door.meets(endless(), headers)
    assert (status, door.heard) == (413, [])


async def test_a_card_nested_as_deep_as_cards_are_gets_in(build: Build, authority: Authority, service_url: str) -> None:
    door = await build()
    value = json.loads('{"a":' * 40 + "1" + "}" * 40)
    status, _ = await door.meets(*Attack(200, GOOD, {"value": value}).request(authority, service_url))
    assert status == 200


async def test_the_log_says_why_without_what_was_sent(build: Build, authority: Authority, service_url: str) -> None:
    door = await build()
    attack = Attack(401, GOOD, {"channelData": {"tenant": {"id": "another"}}, "text": "our walk-away"})
    body, headers = attack.request(authority, service_url)
    with capture_logs() as lines:
        await door.meets(body, headers)
    assert "TEAMS_TENANT_ID" in str(lines)
    assert "walk-away" not in str(lines)
    assert headers["Authorization"].split()[1] not in str(lines)
