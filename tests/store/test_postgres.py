import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.chat.address import Address
from bot.errors import StoreUnavailableError
from store import Store, postgres
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


async def test_a_process_that_stopped_in_the_middle_holds_up_nobody_for_long(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "STUCK", 1)
    stopped, alive = PostgresDatabase(postgres_url), PostgresDatabase(postgres_url)

    def sleeps(connection: Connection) -> None:
        time.sleep(3)  # the whole process: nothing of it goes on meanwhile
        connection.execute(text("SELECT 1"))

    async def works() -> None:
        try:
            await stopped.write(sleeps, queue="one")
        finally:
            await stopped.close()

    first = asyncio.create_task(asyncio.to_thread(asyncio.run, works()))
    await asyncio.sleep(0.5)
    began = time.perf_counter()
    assert await alive.write(lambda connection: connection.execute(text("SELECT 1")).scalar(), queue="one") == 1
    assert time.perf_counter() - began < 2
    with pytest.raises(StoreUnavailableError):
        await first
    await alive.close()
