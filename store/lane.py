"""A thread that does all the work waiting for it in one go, and keeps one connection.

Going to a thread and back costs as much as a small query, and a commit more than several: under
load, neighbours share both. A unit of work is still all or nothing, by a savepoint of its own.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine

T = TypeVar("T")
Work = Callable[[Connection], Any]


@dataclass(slots=True, eq=False)
class _Job:
    """One unit of work, who waits for it, and how it went."""

    work: Work
    waiter: asyncio.Future[Any]
    alone: bool
    result: object = None
    error: BaseException | None = None

    def attempt(self, connection: Connection) -> None:
        """Do the work so that its failure undoes it and nothing else."""
        driver = driver_of(connection)
        driver.execute("SAVEPOINT unit")
        try:
            self.result = self.work(connection)
        except Exception as error:  # noqa: BLE001  whoever waits gets it
            self.error = error
            driver.execute("ROLLBACK TO unit")
        driver.execute("RELEASE unit")

    def settle(self) -> None:
        """Tell who waits; nobody does where the caller was cancelled."""
        if self.waiter.done():
            return
        if self.error is None:
            self.waiter.set_result(self.result)
        else:
            self.waiter.set_exception(self.error)


class Lane:
    """One connection in one thread. Everything but the work itself happens in the event loop's thread."""

    def __init__(self, engine: Engine) -> None:
        """Work on `engine`; it is connected to on first use."""
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, "store")
        self._connection: Connection | None = None
        self._waiting: deque[_Job] = deque()
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def load(self) -> int:
        """How many units wait or are being done."""
        return len(self._waiting) + (not self._idle.is_set())

    async def run(self, work: Callable[[Connection], T], *, alone: bool = False) -> T:
        """Run a unit of work; one that runs `alone` opens its own transaction and shares it with nobody."""
        loop = asyncio.get_running_loop()
        job = _Job(work, loop.create_future(), alone)
        self._waiting.append(job)
        if self._idle.is_set():
            self._next(loop)
        return cast("T", await job.waiter)

    async def close(self) -> None:
        """Wait for work under way and let go of the connection."""
        await self._idle.wait()
        await asyncio.to_thread(self._shut)

    def _shut(self) -> None:
        self._thread.shutdown()
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hand over all that waits; what comes meanwhile is handed over after it."""
        if not self._waiting:
            self._idle.set()
            return
        self._idle.clear()
        batch, self._waiting = list(self._waiting), deque()
        self._thread.submit(self._do, batch, loop)

    def _do(self, batch: list[_Job], loop: asyncio.AbstractEventLoop) -> None:
        for alone, jobs in groupby(batch, lambda job: job.alone):
            for group in ([job] for job in jobs) if alone else (list(jobs),):
                self._group(group)
        loop.call_soon_threadsafe(self._settle, batch, loop)

    def _settle(self, batch: list[_Job], loop: asyncio.AbstractEventLoop) -> None:
        for job in batch:
            job.settle()
        self._next(loop)

    def _group(self, jobs: list[_Job]) -> None:
        """Do some units in one transaction; where it can't be kept, none of them was done."""
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            _transact(self._connection, jobs)
        except BaseException as error:  # noqa: BLE001  whoever waits gets it
            for job in jobs:
                job.error = error


def _transact(connection: Connection, jobs: Iterable[_Job]) -> None:
    first, *others = jobs
    if first.alone:
        first.result = first.work(connection)
        return
    with connection.begin():
        if not others:
            first.result = first.work(connection)
            return
        for job in (first, *others):
            job.attempt(connection)


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)
