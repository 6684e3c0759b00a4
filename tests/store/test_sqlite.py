import asyncio
import sqlite3
from collections.abc import Awaitable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.chat.address import Address
from bot.errors import StoreUnavailableError
from store import Store
from store.cipher import Cipher
from store.sqlite import SqliteDatabase
from store.unit import Unit

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(sqlite_url.partition(":///")[2])


async def test_a_file_that_can_not_be_opened_is_an_outage(tmp_path: Path) -> None:
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'coach.db'}")
    with pytest.raises(StoreUnavailableError):
        await store.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)
    with pytest.raises(StoreUnavailableError):
        await store.read(ANN, lambda unit: unit.tips.seen())
    assert await store.ready() == "The database can't be reached: check DATABASE_URL, and that it is running."
    await store.close()


async def test_a_file_that_is_no_database_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "coach.db").write_bytes(b"not a database, but long enough to be looked at " * 100)
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}")
    with pytest.raises(StoreUnavailableError):
        await store.migrate()
    await store.close()


async def test_a_new_file_may_be_opened_by_several_at_once(tmp_path: Path) -> None:
    for number in range(40):
        databases = [SqliteDatabase(tmp_path / f"{number}.db") for _ in range(4)]
        await asyncio.gather(*(database.write(lambda _connection: None) for database in databases))
        for database in databases:
            await database.close()


async def test_a_file_another_process_holds_is_an_outage_until_it_lets_go(path: Path) -> None:
    store = Store(SqliteDatabase(path, patience=10), Cipher())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailableError):
        await store.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {}
    other.execute("ROLLBACK")
    other.close()
    await store.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {"balance.trade": 1}
    await store.close()


async def test_a_unit_that_may_write_keeps_other_writers_out_from_its_first_moment(path: Path) -> None:
    store = Store(SqliteDatabase(path), Cipher())

    def reads_first(unit: Unit) -> None:
        unit.tips.seen()
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()

    await store.write(ANN, reads_first, at=NOW)
    await store.close()


async def test_a_full_disk_is_an_outage_that_keeps_what_was_there(path: Path) -> None:
    database = SqliteDatabase(path)
    store = Store(database, Cipher())
    await store.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)

    def shrink(connection: Connection) -> None:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))

    await database.write(shrink)
    with pytest.raises(StoreUnavailableError):
        await store.write(ANN, lambda unit: unit.conversations.put("plan", 1, {"a": "x" * 10**6}, NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {"balance.trade": 1}
    assert await store.read(ANN, lambda unit: unit.conversations.get()) is None
    await store.close()


async def test_a_file_that_turned_read_only_is_an_outage(path: Path) -> None:
    database = SqliteDatabase(path)
    store = Store(database, Cipher())

    def forbid(connection: Connection) -> None:
        connection.execute(text("PRAGMA query_only = ON"))

    await database.write(forbid)
    with pytest.raises(StoreUnavailableError):
        await store.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)
    await store.close()


async def test_what_was_written_is_there_after_closing(path: Path) -> None:
    for expected in (1, 2):
        store = Store(SqliteDatabase(path), Cipher())
        await store.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)
        assert await store.read(ANN, lambda unit: unit.tips.seen()) == {"balance.trade": expected}
        await store.close()


async def test_closing_waits_for_work_under_way(path: Path) -> None:
    store = Store(SqliteDatabase(path), Cipher())
    saw = asyncio.gather(*(store.write(ANN, lambda unit: unit.tips.saw("a", NOW), at=NOW) for _ in range(20)))
    await asyncio.sleep(0)
    await store.close()
    assert len(await saw) == 20


async def test_the_file_is_safe_against_power_cuts_and_checks_references(path: Path) -> None:
    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names]

    database = SqliteDatabase(path)
    assert await database.write(pragmas) == await database.read(pragmas) == ["wal", 2, 1, 5000]
    await database.close()


def _run(database: SqliteDatabase, *statements: str) -> Awaitable[None]:
    def work(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    return database.reshape(work)


PARENT = ("CREATE TABLE parent (id INTEGER PRIMARY KEY)", "INSERT INTO parent VALUES (1)")
CHILD = (
    "CREATE TABLE child (parent INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
    "INSERT INTO child VALUES (1)",
)


def _children(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM child")).scalar_one())


async def test_a_table_made_anew_does_not_take_along_what_refers_to_it(path: Path) -> None:
    database = SqliteDatabase(path)
    await _run(database, *PARENT, *CHILD)
    await _run(database, "DROP TABLE parent", *PARENT)
    assert await database.read(_children) == 1
    await database.close()


async def test_a_reshaping_that_leaves_a_reference_to_nothing_is_undone(path: Path) -> None:
    database = SqliteDatabase(path)
    await _run(database, *PARENT, *CHILD)
    with pytest.raises(ValueError, match="1 rows would refer to nothing"):
        await _run(database, "DELETE FROM parent")
    await _run(database, "UPDATE child SET parent = parent")
    assert await database.read(_children) == 1
    await database.close()
