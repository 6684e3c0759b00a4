"""The clock: one tick, again and again. What is due is known by our rows, never by the scheduler."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.telemetry import bind_reference

log = structlog.get_logger()


class Clock:
    """Calls `tick` every so often. A tick never overlaps itself; a failed one doesn't end the next.

    A tick still at work when the next one is due makes that one fall out. Nothing is missed by it:
    whatever was due then is still due at the one after.
    """

    def __init__(self, every: timedelta, tick: Callable[[], Awaitable[object]]) -> None:
        """Take the time between two ticks, and what to do; nothing runs before `start`."""
        self._tick = tick
        self._at_work = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        # However late after a pause of the machine, one tick still comes, and only one.
        seconds = every.total_seconds()
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self._run, "interval", seconds=seconds, **once)

    def start(self) -> None:
        """Begin in the running event loop; the first tick comes after one interval."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more, and let a tick at work finish. A clock that doesn't run stays as it is."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        await asyncio.sleep(0)  # a tick already on its way takes the lock first
        async with self._at_work:
            self._scheduler.shutdown()
        await asyncio.sleep(0)  # the scheduler lets go in the loop's next round

    async def _run(self) -> None:
        bind_reference()
        async with self._at_work:
            try:
                await self._tick()
            except Exception:
                log.exception("a tick failed; the next one tries again")


@asynccontextmanager
async def ticking(every: timedelta, tick: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Let a clock tick until this is left."""
    clock = Clock(every, tick)
    clock.start()
    try:
        yield
    finally:
        await clock.stop()
