"""What stands around a door in its tests: servers on loopback, a clock that is moved by hand, a scripted coach."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from aiohttp import web

from bot.chat.address import Address
from bot.chat.events import Event
from bot.chat.replies import Reply

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class Serve(Protocol):
    """Serves an application, on a free port unless told."""

    async def __call__(self, app: web.Application, port: int = 0) -> str: ...


@asynccontextmanager
async def serving(app: web.Application, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on loopback."""
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        host, taken = runner.addresses[0][:2]
        yield f"http://{host}:{taken}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def servers() -> AsyncIterator[Serve]:
    """Serve as many applications as a test wants."""
    async with AsyncExitStack() as stack:

        async def start(app: web.Application, port: int = 0) -> str:
            return await stack.enter_async_context(serving(app, port))

        yield start


@dataclass
class Clock:
    """The present moment, moved by hand."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, span: timedelta) -> None:
        self.moment += span


def _open() -> asyncio.Event:
    gate = asyncio.Event()
    gate.set()
    return gate


@dataclass
class Coach:
    """A dispatch that answers what the test says, in the order of the test."""

    reply: Reply = ()
    failure: Exception | None = None
    events: list[Event] = field(default_factory=list)
    put: list[tuple[Address, str, str]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=_open)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    unkept: Exception | None = None

    async def __call__(self, event: Event) -> Reply:
        self.events.append(event)
        self.heard.set()
        await self.gate.wait()
        if self.failure:
            raise self.failure
        return self.reply

    async def placed(self, address: Address, subject: str, message: str) -> None:
        if self.unkept:
            raise self.unkept
        self.put.append((address, subject, message))
