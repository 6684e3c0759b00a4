import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.chat.address import Address
from bot.errors import StoreUnavailableError
from store import Store
from store.engine import attending, is_outage
from store.store import database_at

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_reading_can_not_change_anything(store: Store) -> None:
    with pytest.raises(DBAPIError):
        await store.read(ANN, lambda unit: unit.tips.saw("balance.trade", NOW))
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {}


async def test_a_mistake_of_ours_is_not_called_an_outage(url: str) -> None:
    database = database_at(url)
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: connection.execute(text("INSERT INTO tips (tenant) VALUES ('T1')")))
    with pytest.raises(DBAPIError):
        await database.read(lambda connection: connection.execute(text("SELECT nonsense")))
    await database.close()


async def test_what_was_typed_does_not_show_in_an_error(url: str) -> None:
    database = database_at(url)
    with pytest.raises(DBAPIError) as caught:
        await database.write(
            lambda connection: connection.execute(
                text("INSERT INTO tips (tenant) VALUES (:it)"), {"it": "walk-away 41k"}
            )
        )
    assert "41k" not in str(caught.value).partition("DETAIL")[0]
    await database.close()


async def test_the_time_of_every_unit_is_told_even_where_it_fails(url: str) -> None:
    told: list[str] = []
    store = Store.open(url, observe=lambda mode, seconds: told.append(mode) if seconds > 0 else None)
    await store.read(ANN, lambda unit: unit.tips.seen())
    with pytest.raises(ZeroDivisionError):
        await store.write(ANN, lambda _: 1 / 0, at=NOW)
    await store.close()
    assert told == ["read", "write"]


@pytest.mark.parametrize(
    ("code", "mode", "out"),
    [
        (sqlite3.SQLITE_BUSY, "read", True),
        (sqlite3.SQLITE_FULL, "write", True),
        (sqlite3.SQLITE_IOERR_FSYNC, "write", True),
        (sqlite3.SQLITE_READONLY, "write", True),
        (sqlite3.SQLITE_READONLY, "read", False),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, "write", False),
        (sqlite3.SQLITE_ERROR, "write", False),
    ],
)
def test_an_outage_is_told_by_its_code(code: int, mode: str, out: bool) -> None:  # noqa: FBT001  an expected answer
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    assert is_outage(error, "read" if mode == "read" else "write") is out


def test_a_connection_lost_for_whatever_reason_is_an_outage() -> None:
    assert is_outage(DBAPIError(None, None, Exception("gone"), connection_invalidated=True), "write")
    assert not is_outage(DBAPIError(None, None, Exception("something")), "write")


def test_a_refused_connection_is_an_outage() -> None:
    with pytest.raises(StoreUnavailableError), attending("write", lambda _mode, _seconds: None):
        raise ConnectionRefusedError
