"""The Slack door between a fake Slack and a scripted coach, all over real HTTP on loopback."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.slack.door import SlackDoor
from bot.slack.options import SlackOptions, new_messenger
from bot.slack.send import SlackMessenger
from store import Store
from tests.databases import url_in
from tests.doors import Clock, Coach, Serve, servers
from tests.slack.platform import SECRET, TEAM, FakeSlack, Person

BOT_TOKEN = "xoxb-one"


@dataclass
class House:
    """A door that stands, and everything around it."""

    door: SlackDoor
    messenger: SlackMessenger
    url: str
    observed: list[str]


Build = Callable[..., Awaitable[House]]
Visit = Callable[..., Person]


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's libraries read the environment on their own account."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    async with servers() as serve:
        yield serve


@pytest.fixture
async def slack(serve: Serve) -> FakeSlack:
    fake = FakeSlack()
    fake.url = await serve(fake.app())
    return fake


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def coach() -> Coach:
    return Coach()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store.open(url_in(tmp_path), keys=("a key",))
    yield store
    await store.close()


@pytest.fixture
async def build(slack: FakeSlack, clock: Clock, coach: Coach, store: Store, serve: Serve) -> AsyncIterator[Build]:
    """Build a door with other settings than the usual one workspace over HTTP."""
    doors: list[SlackDoor] = []

    async def start(*, deadline: float = 2, **changed: Any) -> House:  # noqa: ANN401  any option
        given = {"signing_secret": SECRET, "bot_token": BOT_TOKEN, "api_url": f"{slack.url}/api"} | changed
        options = SlackOptions(**given)
        observed: list[str] = []
        messenger = new_messenger(options, store.installations, clock)
        door = SlackDoor(
            options,
            coach,
            messenger,
            store.installations,
            clock,
            observe=lambda kind, _seconds: observed.append(kind),
            deadline=deadline,
        )
        doors.append(door)
        app = web.Application()
        app.add_routes(door.routes())
        await door.start()
        return House(door, messenger, await serve(app), observed)

    yield start
    for door in doors:
        await door.stop()


@pytest.fixture
async def house(build: Build) -> House:
    return await build()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def visit(slack: FakeSlack, session: ClientSession, clock: Clock) -> Visit:
    """Let somebody stand before a door: Ann of the usual workspace, unless told otherwise."""

    def arrive(house: House, team: str = TEAM) -> Person:
        return Person(house.url, slack, session, clock, team=team)

    return arrive


@pytest.fixture
async def ann(house: House, visit: Visit) -> Person:
    """A rep in the workspace of the usual door."""
    return visit(house)
