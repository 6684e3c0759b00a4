"""SQLite: one writing thread, so that writers take turns, and a few reading ones beside it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

from bot.chat.ports import Observe, unobserved
from store.engine import T, attending
from store.lane import Lane, driver_of

READERS = 2
# How long to wait for another process that writes, in milliseconds.
PATIENCE = 5000


class SqliteDatabase:
    """One file. A whole unit of work runs in one thread, because hopping costs more than SQLite does."""

    def __init__(self, path: Path, observe: Observe = unobserved, patience: int = PATIENCE) -> None:
        """Stand on the file at `path`; it is opened, and made where there is none, on first use."""
        self._observe = observe
        self._writer = Lane(_engine(path, patience, "BEGIN IMMEDIATE"))
        self._readers = [Lane(_engine(path, patience, "BEGIN", "query_only=ON")) for _ in range(READERS)]

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run work in a reading thread."""
        with attending("read", self._observe):
            return await min(self._readers, key=lambda lane: lane.load).run(work)

    async def write(self, work: Callable[[Connection], T], *, queue: str = "") -> T:  # noqa: ARG002  one queue for all here
        """Run work in the writing thread."""
        with attending("write", self._observe):
            return await self._writer.run(work)

    async def reshape(self, work: Callable[[Connection], T]) -> T:
        """Run work in the writing thread, with references checked at its end instead of on the way.

        SQLite changes a table by making it anew, and dropping the old one would take along what refers to it.
        """
        with attending("write", self._observe):
            return await self._writer.run(lambda connection: _reshape(connection, work), alone=True)

    async def close(self) -> None:
        """Wait for work under way and close the file."""
        for lane in (*self._readers, self._writer):
            await lane.close()


def _reshape(connection: Connection, work: Callable[[Connection], T]) -> T:
    driver = driver_of(connection)
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            result = work(connection)
            if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
                raise ValueError(f"{len(broken)} rows would refer to nothing")
            return result
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _engine(path: Path, patience: int, begin: str, *pragmas: str) -> Engine:
    """Make an engine whose transactions begin as told: the driver's own way begins too late and loses updates."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": patience / 1000},
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(driver: sqlite3.Connection, _: object) -> None:
        # Of two that open a new file at once, SQLite refuses one this pragma without waiting.
        _persistently(patience)(driver.execute, "PRAGMA journal_mode=WAL")
        for pragma in ("synchronous=FULL", "foreign_keys=ON", *pragmas):
            driver.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        driver_of(connection).execute(begin)

    return engine


def _persistently(patience: int) -> Retrying:
    """Try again while the file is locked, for so many milliseconds."""
    return Retrying(
        retry=retry_if_exception(lambda error: isinstance(error, sqlite3.OperationalError) and "locked" in str(error)),
        stop=stop_after_delay(patience / 1000),
        wait=wait_random(0.005, 0.02),
        reraise=True,
    )
