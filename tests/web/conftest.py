"""A try page over real HTTP: a coach that follows a script, a real store, a visitor with a cookie jar."""

import re
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar, web

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.events import Event
from bot.chat.replies import Reply
from bot.web.door import WebDoor
from bot.web.guard import Bind
from bot.web.send import WebMessenger
from bot.web.tryclock import TryClock
from store import Store
from store.cipher import Cipher
from store.sqlite import SqliteDatabase
from tests.databases import furnished

# A Wednesday in winter; Lisbon is on UTC then.
START = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


class Script:
    """A coach that answers as the test says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.places: list[tuple[Address, str, str]] = []
        self.answer: Callable[[Event], Reply] = lambda _event: ()

    async def __call__(self, event: Event) -> Reply:
        self.events.append(event)
        return self.answer(event)

    async def placed(self, address: Address, subject: str, message: str) -> None:
        self.places.append((address, subject, message))


@dataclass
class Time:
    """The real clock of a test: it stands until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span


@dataclass(frozen=True)
class Answer:
    """What came back, redirects followed."""

    status: int
    path: str
    html: str
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """What can be read on it, roughly."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html)).split())

    def hidden(self, name: str) -> str:
        """The value of a hidden field, the same in every form of a page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.html)
        assert found, f"no field {name} in {self.html[:2000]}"
        return unescape(found[1])

    @property
    def lines(self) -> list[str]:
        """The ids of the lines in the conversation."""
        return re.findall(r'class="line[^"]*" id="m([^"]+)"', self.html)


@dataclass
class Visitor:
    """Somebody with a browser. Every form they send is from the page they saw last."""

    session: ClientSession
    url: str
    page: Answer | None = None
    origin: dict[str, str] = field(default_factory=dict)

    async def see(self, path: str) -> Answer:
        async with self.session.get(self.url + path) as response:
            self.page = await _read(response)
        return self.page

    async def send(self, path: str, *fields: tuple[str, str]) -> Answer:
        """Send a form of the page seen last, and follow where it leads."""
        assert self.page, "see a page first"
        own = [(name, self.page.hidden(name)) for name in ("csrf", "once") if name not in dict(fields)]
        headers = self.origin or {"Origin": self.url}
        async with self.session.post(self.url + path, data=[*own, *fields], headers=headers) as response:
            self.page = await _read(response)
        return self.page

    async def say(self, text: str, room: str = "/ines/dm") -> Answer:
        """Type something in a room."""
        await self.see(room)
        return await self.send(f"{room}/say", ("text", text))


async def _read(response: ClientResponse) -> Answer:
    return Answer(response.status, response.url.path, await response.text(), dict(response.headers))


@dataclass
class Site:
    """A running try page with everything behind it."""

    coach: Script
    store: Store
    time: Time
    clock: TryClock
    messenger: WebMessenger
    url: str
    port: int
    refreshed: list[datetime]


def _fallback(card: Card) -> object:
    return {"fallback": card.summary}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    # A real file that gives up on another writer soon, so that a test need not wait.
    store = Store(SqliteDatabase(furnished(tmp_path), patience=50), Cipher(()))
    yield store
    await store.close()


@pytest.fixture
def coach() -> Script:
    return Script()


@pytest.fixture
async def site(store: Store, coach: Script) -> AsyncIterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    time, refreshed = Time(), list[datetime]()
    clock = TryClock(time)
    messenger = WebMessenger(store, clock)

    async def afresh() -> None:
        refreshed.append(clock())

    bind = Bind("127.0.0.1", port)
    door = WebDoor(coach, messenger, store, clock, renderers={"Block Kit": _fallback}, bind=bind, afresh=afresh)
    app = web.Application()
    app.add_routes(door.routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, bind.host, bind.port).start()
    yield Site(coach, store, time, clock, messenger, f"http://127.0.0.1:{port}", port, refreshed)
    await runner.cleanup()


@pytest.fixture
async def visitor(site: Site) -> AsyncIterator[Visitor]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield Visitor(session, site.url)
