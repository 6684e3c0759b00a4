"""The one HTTP server under every door."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

from bot.errors import SettingsError

LARGEST_REQUEST = 1_000_000
# How long requests under way may take once the server is told to stop, in seconds.
GRACE = 10.0


class Door(Protocol):
    """A platform's way in."""

    def routes(self) -> list[web.RouteDef]:
        """Give what the platform calls."""

    async def start(self) -> None:
        """Begin what goes on beside the requests."""

    async def drain(self) -> None:
        """Wait for the answers under way."""

    async def stop(self) -> None:
        """Take nothing more in, and close the connections."""


@asynccontextmanager
async def standing(doors: Sequence[Door], settle: Callable[[], Awaitable[None]]) -> AsyncIterator[list[web.RouteDef]]:
    """Give the routes of doors that stand; on leaving, what is under way in them and behind them is finished.

    `settle` waits for what is behind them: it still speaks through the doors' connections.
    """
    try:
        for door in doors:
            await door.start()
        yield [route for door in doors for route in door.routes()]
        for door in doors:
            await door.drain()
        await settle()
    finally:
        for door in doors:
            await door.stop()


@asynccontextmanager
async def listening(host: str, port: int, routes: Iterable[web.RouteDef]) -> AsyncIterator[asyncio.Event]:
    """Serve the routes, and give what is set once SIGTERM or SIGINT comes.

    On leaving, take nothing more in and let what is under way finish.
    """
    application = web.Application(client_max_size=LARGEST_REQUEST)
    application.add_routes(routes)
    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        await _bind(runner, host, port)
        # What stands by now stays; looking through it again and again is what made the slowest answers slow.
        gc.collect()
        gc.freeze()
        yield _told_to_stop()
    finally:
        gc.unfreeze()
        await runner.cleanup()


async def _bind(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        reason = error.strerror or "the address can't be used"
        raise SettingsError(f"HOST and PORT: {host}:{port} can't be listened on ({reason.lower()}).") from error


def _told_to_stop() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, stop.set)
    return stop
