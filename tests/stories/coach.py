"""The whole coach behind one platform's door, with a real store, over real HTTP."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from aiohttp import web

from bot.chat.address import Platform
from bot.chat.ports import Dispatch, Messenger, Observe, unobserved
from bot.courier import Courier, Habits
from bot.telemetry import Telemetry
from bot.web.server import Door
from content.library import load
from handlers.crm import read_export
from handlers.marking import dressed
from handlers.rounds import round_of
from handlers.router import Router
from handlers.samples import DEALS
from store import Store
from store.cipher import Cipher
from store.sqlite import PATIENCE, SqliteDatabase
from tests.doors import Clock

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLAYBOOK = load()
TICK = timedelta(hours=1)


class Way(Protocol):
    """One platform as a whole."""

    @property
    def platform(self) -> Platform: ...

    def open(self, store: Store, observe: Observe) -> tuple[Messenger, Callable[[Dispatch], Door]]: ...


class Coach:
    """A running coach that can be stopped and started anew on the same database. `url` is where it is now.

    `patience` is how long it waits for another program's lock, in milliseconds, from its next start on.
    `clock` is the one that `way` goes by.
    """

    def __init__(self, way: Way, tenant: str, database: Path, clock: Clock) -> None:
        self.tenant = tenant
        self.database = database
        self.clock = clock
        self.patience = PATIENCE
        self.url = ""
        self._way = way
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Start from nothing but the database; give the address."""
        await self.stop()
        self._store = self.opens_store()
        messenger, door = self._way.open(self._store, unobserved)
        there, telemetry = {self._way.platform: messenger}, Telemetry()
        self._router = Router(self._store, PLAYBOOK, there, self.clock, telemetry)
        self._round = round_of(self._store, self._router, self.clock)
        self._courier = Courier(self._store.letters, there, self.clock, telemetry, Habits(dressed=dressed))
        self._door = door(self._router)
        app = web.Application()
        app.add_routes(self._door.routes())
        await self._door.start()
        self._runner = web.AppRunner(app)
        self.url = await serve(self._runner)
        return self.url

    async def import_samples(self) -> None:
        """Bring in the sample deals, for people the coach has not met yet."""
        await self._store.import_deals(self.tenant, read_export(DEALS.read_bytes(), NOW.date()).deals, NOW)

    def opens_store(self) -> Store:
        """Open what it remembers in."""
        return Store(SqliteDatabase(self.database, patience=self.patience), Cipher())

    async def passes(self, span: timedelta, tick: timedelta = TICK) -> None:
        """Let time pass, the clock ticking all the while; what it finds to say has arrived by the end."""
        until = self.clock() + span
        while self.clock() < until:
            self.clock.passes(min(tick, until - self.clock()))
            await self.ticks()

    async def ticks(self) -> None:
        """Look who is due, and carry what there is to say."""
        await self._round()
        await self._router.settle()
        await self._courier.sweep()

    async def settle(self) -> None:
        """Wait until everything under way is done."""
        await self._door.drain()
        await self._router.settle()

    async def stop(self) -> None:
        """Stop as on SIGTERM."""
        if self._runner:
            await self._runner.cleanup()
            await self.settle()
            await self._door.stop()
            await self._store.close()
            self._runner = None


@asynccontextmanager
async def running(coach: Coach) -> AsyncIterator[Coach]:
    """Let a coach run that has the sample deals."""
    await coach.start()
    await coach.import_samples()
    yield coach
    await coach.stop()


async def serve(runner: web.AppRunner) -> str:
    """Listen on a free port of loopback; give the address."""
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"
