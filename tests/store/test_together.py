"""Work that comes at the same time shares a transaction, and nobody's mistake."""

import asyncio

import pytest
from sqlalchemy import Connection, text

from bot.errors import StoreUnavailableError
from store.store import database_at
from store.together import Together


def _number(connection: Connection) -> int:
    return int(connection.execute(text("SELECT 1")).scalar_one())


async def test_everybody_gets_their_own_result(url: str) -> None:
    database = database_at(url)
    together = Together(database)
    jobs = [together.run(lambda connection, n=n: _number(connection) + n) for n in range(50)]  # type: ignore[misc]
    assert await asyncio.gather(*jobs) == list(range(1, 51))
    await database.close()


async def test_what_comes_at_the_same_time_shares_a_transaction(url: str) -> None:
    seen: list[str] = []
    database = database_at(url, lambda mode, _seconds: seen.append(mode))
    together = Together(database)
    await asyncio.gather(*(together.run(_number) for _ in range(20)))
    assert len(seen) == 1
    await database.close()


async def test_what_fails_fails_for_nobody_who_went_along(url: str) -> None:
    def broken(_connection: Connection) -> int:
        raise ZeroDivisionError

    database = database_at(url)
    together = Together(database)
    results = await asyncio.gather(together.run(_number), together.run(broken), return_exceptions=True)
    assert (results[0], type(results[1])) == (1, ZeroDivisionError)
    assert await together.run(_number) == 1
    with pytest.raises(ZeroDivisionError):
        await together.run(broken)
    await database.close()


async def test_where_the_database_is_away_everybody_hears_so_at_once(url: str) -> None:
    tried: list[str] = []

    def away(_connection: Connection) -> int:
        tried.append("")
        raise StoreUnavailableError

    database = database_at(url)
    together = Together(database)
    results = await asyncio.gather(*(together.run(away) for _ in range(20)), return_exceptions=True)
    assert {type(one) for one in results} == {StoreUnavailableError}
    assert len(tried) == 1
    await database.close()


async def test_whoever_stops_waiting_keeps_nobody_else_waiting(url: str) -> None:
    database = database_at(url)
    together = Together(database)
    impatient, patient = (asyncio.create_task(together.run(_number)) for _ in range(2))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient == 1
    await database.close()
