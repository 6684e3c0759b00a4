"""The Teams door between a fake Teams and a scripted coach, all over real HTTP on loopback."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.teams.connector import Connector, new_session
from bot.teams.credentials import Credentials
from bot.teams.door import TeamsDoor
from bot.teams.options import TeamsOptions
from bot.teams.send import TeamsMessenger
from store import Store
from tests.databases import url_in
from tests.doors import Clock, Coach, Serve, servers
from tests.teams.authority import Authority, standing
from tests.teams.platform import FakeTeams, Person


@dataclass
class House:
    """A door that stands, and everything around it."""

    door: TeamsDoor
    messenger: TeamsMessenger
    url: str
    observed: list[str]


Build = Callable[..., Awaitable[House]]
Visit = Callable[..., Person]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    async with servers() as serve:
        yield serve


@pytest.fixture
async def teams(serve: Serve) -> AsyncIterator[FakeTeams]:
    fake = FakeTeams()
    fake.url = await serve(fake.app())
    yield fake
    fake.over.set()


@pytest.fixture
async def authority() -> AsyncIterator[Authority]:
    async with standing() as authority:
        yield authority


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    """Open the connections of a door."""
    async with new_session() as session:
        yield session


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def coach() -> Coach:
    return Coach()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store.open(url_in(tmp_path))
    yield store
    await store.close()


@pytest.fixture
async def away(tmp_path: Path) -> AsyncIterator[Store]:
    """Open a store that nothing can be read from or kept in."""
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path}/no/such/folder.db")
    yield store
    await store.close()


@pytest.fixture
async def build(authority: Authority, clock: Clock, coach: Coach, store: Store, serve: Serve) -> AsyncIterator[Build]:
    """Build a door with other settings than the usual emulator's."""
    doors: list[TeamsDoor] = []

    async def start(
        options: TeamsOptions | None = None, *, deadline: float = 2, dialogs: bool = True, memory: Store = store
    ) -> House:
        options = options or TeamsOptions(unauthenticated=True)
        observed: list[str] = []
        credentials = Credentials(options, http_client=authority.http_client)
        connector = Connector(credentials, new_session(), pause=_without_delay)
        messenger = TeamsMessenger(connector, memory, clock, dialogs=dialogs)
        door = TeamsDoor(
            options, coach, messenger, clock, observe=lambda kind, _seconds: observed.append(kind), deadline=deadline
        )
        doors.append(door)
        app = web.Application()
        app.add_routes(door.routes())
        await door.start()
        return House(door, messenger, await serve(app), observed)

    yield start
    for door in doors:
        await door.stop()


async def _without_delay(_seconds: float) -> None:
    """Let another attempt begin at once."""


@pytest.fixture
async def house(build: Build) -> House:
    return await build()


@pytest.fixture
def visit(teams: FakeTeams, session: ClientSession, clock: Clock) -> Visit:
    """Let somebody stand before a door: Ann, unless told otherwise."""

    def arrive(house: House, **about: Any) -> Person:  # noqa: ANN401  any field
        return Person(house.url, teams, session, clock, **about)

    return arrive


@pytest.fixture
async def ann(house: House, visit: Visit) -> Person:
    """A rep who is known at the usual door."""
    return visit(house)


@pytest.fixture
async def heard(ann: Person, house: House, teams: FakeTeams) -> Person:
    """Ann, who wrote to the coach in private before."""
    await ann.says("hello")
    await house.door.drain()
    teams.calls.clear()
    return ann
