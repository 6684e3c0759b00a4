"""A fake Teams, a store and a clock, all for one test."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from aiohttp import ClientSession, web

from bot.teams.connector import new_session
from store import Store
from tests.teams.platform import FakeTeams

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class Serve(Protocol):
    """Serves an application, on a free port unless told."""

    async def __call__(self, app: web.Application, port: int = 0) -> str: ...


@dataclass
class Clock:
    """The present moment, moved by hand."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, span: timedelta) -> None:
        self.moment += span


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serve applications on free ports of loopback."""
    runners: list[web.AppRunner] = []

    async def start(app: web.Application, port: int = 0) -> str:
        runner = web.AppRunner(app, shutdown_timeout=1)
        runners.append(runner)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        host, taken = runner.addresses[0][:2]
        return f"http://{host}:{taken}"

    yield start
    for runner in reversed(runners):
        await runner.cleanup()


@pytest.fixture
async def teams(serve: Serve) -> AsyncIterator[FakeTeams]:
    fake = FakeTeams()
    fake.url = await serve(fake.app())
    yield fake
    fake.over.set()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    """Open the connections of a door."""
    async with new_session() as session:
        yield session


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path}/coach.db")
    await store.migrate()
    yield store
    await store.close()
