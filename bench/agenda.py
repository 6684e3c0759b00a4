"""What a tick of the clock costs: finding who is due among many people who aren't, and among few."""

import tempfile
import time
from datetime import UTC, datetime
from sys import path

from databases import postgres
from figures import Figure, figure
from servers import ROOT
from sqlalchemy import Connection, text

path.append(str(ROOT))

from store import Store

DUE, FEW, MANY = 1000, 10_000, 1_000_000
ROUNDS = 31
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

# One in so many is due, spread over the whole table.
_PUT = """
    INSERT INTO agendas (tenant, owner, platform, next_at, back)
    SELECT 'T' || (i / {each} % 50), 'U' || i, 'slack', CASE WHEN i % {each} = 0 THEN {past} ELSE {future} END, {no}
    FROM {numbers}
"""
_KINDS = {
    "sqlite": {
        "numbers": "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n)",
        "past": "'2026-01-01 00:00:00.000000'",
        "future": "'2099-01-01 00:00:00.000000'",
        "no": "0",
    },
    "postgresql": {
        "numbers": "generate_series(0, {last}) AS n(i)",
        "past": "timestamptz '2026-01-01 00:00:00+00'",
        "future": "timestamptz '2099-01-01 00:00:00+00'",
        "no": "false",
    },
}
_AGAIN = "DELETE FROM agenda_leases"


async def measure() -> dict[str, Figure]:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory() as folder, postgres(folder) as database:
        return {
            f"{DUE:,} people due among {MANY:,} ({FEW:,}), {name}": await _compare(make("many"), make("few"))
            for name, make in (
                ("SQLite", lambda size: f"sqlite+aiosqlite:///{folder}/{size}.db"),
                ("PostgreSQL", database),
            )
        }


async def _compare(many: str, few: str) -> Figure:
    stores = [await _strewn(many, MANY), await _strewn(few, FEW)]
    pairs = []
    for _ in range(ROUNDS):
        took = [await _sweep(store) for store in stores]
        pairs.append((took[0] * 1000, took[1] * 1000))
    for store in stores:
        await store.close()
    return figure(pairs, "ms")


async def _strewn(url: str, size: int) -> Store:
    store = Store.open(url)
    await store.migrate()

    def work(connection: Connection) -> None:
        kind = _KINDS[connection.dialect.name]
        numbers = kind["numbers"].format(last=size - 1)
        connection.execute(text(_PUT.format(**kind | {"numbers": numbers}, each=size // DUE)))
        connection.execute(text("ANALYZE"))

    await store._database.write(work)  # noqa: SLF001  a million people one by one would take an hour
    return store


async def _sweep(store: Store) -> float:
    """Find everybody who is due, in the clock's own batches, and let them be due again."""
    began, found = time.perf_counter(), 0
    while due := await store.agendas.due(NOW):
        found += len(due)
    took = time.perf_counter() - began
    if found != DUE:
        raise RuntimeError(f"{found} people were due")

    def again(connection: Connection) -> None:
        connection.execute(text(_AGAIN))

    await store._database.write(again)  # noqa: SLF001
    return took
