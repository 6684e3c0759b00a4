from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.chat.address import Address
from bot.errors import StoreUnavailableError
from store import Store
from store.cipher import Cipher
from store.postgres import PostgresDatabase

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_a_server_that_is_away_is_an_outage(tmp_path: Path) -> None:
    store = Store.open(f"postgresql+asyncpg://postgres:@/coach?host={tmp_path}")
    with pytest.raises(StoreUnavailableError):
        await store.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)
    assert await store.ready() == "The database can't be reached: check DATABASE_URL, and that it is running."
    await store.close()


async def test_a_database_that_is_not_there_is_an_outage(postgres_url: str) -> None:
    store = Store.open(postgres_url.replace("/coach?", "/nowhere?"))
    with pytest.raises(StoreUnavailableError):
        await store.read(ANN, lambda unit: unit.tips.seen())
    await store.close()


async def test_a_connection_cut_in_the_middle_is_an_outage_of_that_unit_only(postgres_url: str) -> None:
    database = PostgresDatabase(postgres_url)
    store = Store(database, Cipher())
    cut = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(StoreUnavailableError):
        await database.write(lambda connection: connection.execute(cut))
    await store.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {"balance.trade": 1}
    await store.close()


async def test_connections_cut_while_idle_are_not_noticed(postgres_url: str) -> None:
    store, other = Store.open(postgres_url), PostgresDatabase(postgres_url)
    await store.read(ANN, lambda unit: unit.tips.seen())
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname='coach'"
    )
    await other.write(lambda connection: connection.execute(cut))
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {}
    await store.close()
    await other.close()
