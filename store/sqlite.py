"""SQLite: one writing thread, so that writers take turns, and a few reading ones beside it."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

from sqlalchemy import URL, Connection, Engine, create_engine, event

from store.engine import Observe, T, attending, unobserved

READERS = 4
# How long to wait for another process that writes, in milliseconds.
PATIENCE = 5000


class SqliteDatabase:
    """One file. A whole unit of work runs in one thread, because hopping costs more than SQLite does."""

    def __init__(self, path: Path, observe: Observe = unobserved, patience: int = PATIENCE) -> None:
        """Stand on the file at `path`; it is opened, and made where there is none, on first use."""
        self._observe = observe
        self._writer = _Lane(_engine(path, patience, "BEGIN IMMEDIATE"), 1)
        self._readers = _Lane(_engine(path, patience, "BEGIN", "query_only=ON"), READERS)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run work in a reading thread."""
        with attending("read", self._observe):
            return await self._readers.run(_transact, work)

    async def write(self, work: Callable[[Connection], T], *, queue: str = "") -> T:  # noqa: ARG002  one queue for all here
        """Run work in the writing thread."""
        with attending("write", self._observe):
            return await self._writer.run(_transact, work)

    async def reshape(self, work: Callable[[Connection], T]) -> T:
        """Run work in the writing thread, with references checked at its end instead of on the way.

        SQLite changes a table by making it anew, and dropping the old one would take along what refers to it.
        """
        with attending("write", self._observe):
            return await self._writer.run(_reshape, work)

    async def close(self) -> None:
        """Wait for work under way and close the file."""
        await asyncio.to_thread(self._readers.close)
        await asyncio.to_thread(self._writer.close)


class _Lane:
    """Threads that each keep one connection: fetching one from a pool costs as much as a small query."""

    def __init__(self, engine: Engine, width: int) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(width, "store")
        self._mine = threading.local()
        self._opened: list[Connection] = []

    async def run(
        self, way: Callable[[Connection, Callable[[Connection], T]], T], work: Callable[[Connection], T]
    ) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: way(self._connection(), work))

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._engine.connect()
            self._opened.append(connection)
        return connection

    def close(self) -> None:
        self._threads.shutdown()
        for connection in self._opened:
            connection.close()
        self._engine.dispose()


def _transact(connection: Connection, work: Callable[[Connection], T]) -> T:
    with connection.begin():
        return work(connection)


def _reshape(connection: Connection, work: Callable[[Connection], T]) -> T:
    driver = _driver(connection)
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            result = work(connection)
            if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
                raise ValueError(f"{len(broken)} rows would refer to nothing")
            return result
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _engine(path: Path, patience: int, begin: str, *pragmas: str) -> Engine:
    """Make an engine whose transactions begin as told: the driver's own way begins too late and loses updates."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": patience / 1000},
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(driver: sqlite3.Connection, _: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", *pragmas):
            driver.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        _driver(connection).execute(begin)

    return engine
