"""Work that comes at the same time in one transaction: many settlings cost little more than one (ADR 7, 15)."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection

from bot.errors import StoreUnavailableError
from store.engine import Database

# While one transaction waits for the database, the next is under way; what comes meanwhile goes along in one of them.
AT_ONCE: Final = 2

T = TypeVar("T")
Job = tuple[Callable[[Connection], Any], asyncio.Future[Any]]


class Together:
    """A queue before a database. Where it fails, what went along is repeated alone; so it is for work that can be."""

    def __init__(self, database: Database) -> None:
        """Stand before `database`."""
        self._database = database
        self._waiting: list[Job] = []
        self._going: set[asyncio.Task[None]] = set()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run work with whatever else waits by then, and give its result when all of it is kept."""
        result: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, result))
        if len(self._going) < AT_ONCE:
            going = asyncio.create_task(self._go())
            self._going.add(going)
            going.add_done_callback(self._going.discard)
        return cast("T", await result)

    async def _go(self) -> None:
        while self._waiting:
            jobs, self._waiting = self._waiting, []
            await self._all(jobs)

    async def _all(self, jobs: list[Job]) -> None:
        try:
            results = await self._database.write(lambda connection: [work(connection) for work, _ in jobs])
        except Exception as error:  # noqa: BLE001  whoever waits gets it
            if len(jobs) > 1 and not isinstance(error, StoreUnavailableError):
                for job in jobs:
                    await self._all([job])
                return
            for _, waiting in jobs:
                if not waiting.done():
                    waiting.set_exception(error)
            return
        for (_, waiting), result in zip(jobs, results, strict=True):
            if not waiting.done():
                waiting.set_result(result)
