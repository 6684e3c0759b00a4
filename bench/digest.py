"""What a team's digest costs among 100,000 deals and a million check-ins, and among few: counting it, and the whole.

The team's own people did the same in both, so that only what surrounds them differs.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from sys import path

from company import Company, change
from databases import postgres
from figures import Figure, figure, show
from servers import ROOT
from sqlalchemy import Connection, text

path.append(str(ROOT))

from bot.chat.address import Address
from bot.chat.events import Due
from bot.coach.digest import Counted
from bot.coach.teams import Period, team_owner
from bot.telemetry import Telemetry
from content.library import load as playbook
from handlers.router import Router
from store import Store, Unit

# Each person has so many deals, promises, lines of the log and check-ins, over two years; eight are a team.
DEALS, CHECK_INS, TEAM = 50, 500, 8
FEW, MANY = 20, 2000
ROUNDS = 41
BATCH = 10
WEEK = Period(date(2025, 3, 3), date(2025, 3, 10))
MONDAY = datetime(2025, 3, 10, 8, 30, tzinfo=UTC)
OF_TEAM = Address("slack", "T1", "", team_owner("W1"))
_AGAIN = (
    "DELETE FROM outbox",
    "DELETE FROM digests WHERE starts = '2025-03-03'",
    "DELETE FROM agendas",
    "DELETE FROM receipts",
    "UPDATE teams SET covered_to = '2025-03-03', awaited = '' WHERE id = 'W1'",
)


async def measure() -> dict[str, Figure]:
    """Measure on both databases."""
    found: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as folder, postgres(folder) as database:
        for kind, make in (
            ("SQLite", lambda size: f"sqlite+aiosqlite:///{folder}/{size}.db"),
            ("PostgreSQL", database),
        ):
            stores = [await _filled(make("many"), MANY), await _filled(make("few"), FEW)]
            among = f"among {MANY * DEALS:,} deals ({FEW * DEALS:,}), {kind}"
            found[f"Counting a team {among}"] = await _compare(stores, _count)
            found[f"A whole digest {among}"] = await _compare(stores, _send)
            await _see(stores)
            for store in stores:
                await store.close()
    return found


async def _compare(stores: list[Store], does: Callable[[Store], Awaitable[float]]) -> Figure:
    pairs = []
    for _ in range(ROUNDS):
        took = [await does(store) for store in stores]
        pairs.append((took[0] * 1000, took[1] * 1000))
    return figure(pairs, "ms")


async def _see(stores: list[Store]) -> None:
    """See that the same was counted, and something."""
    counted = [await store.read(OF_TEAM, _digest) for store in stores]
    if counted[0] != counted[1] or counted[0] == [Counted()] * TEAM:
        raise RuntimeError(f"{counted[0]} was counted among many, {counted[1]} among few")


def _digest(unit: Unit) -> list[Counted]:
    return unit.counts.of_team("W1", WEEK, "UTC")


async def _count(store: Store) -> float:
    """Give the seconds of one counting, the middle of a few."""
    took = []
    for _ in range(BATCH):
        began = time.perf_counter()
        await store.read(OF_TEAM, _digest)
        took.append(time.perf_counter() - began)
    return sorted(took)[BATCH // 2]


async def _send(store: Store) -> float:
    """Give the seconds until one digest is counted, drawn and in the outbox, and let it be due again."""
    router = Router(store, PLAYBOOK, {}, lambda: MONDAY, Telemetry())
    due = Due(address=OF_TEAM, at=MONDAY, receipt="digest:W1", direct=True, kind="digest", subject="W1")
    began = time.perf_counter()
    await router(due)
    took = time.perf_counter() - began

    def again(connection: Connection) -> None:
        [letters] = connection.execute(text("SELECT count(*) FROM outbox")).one()
        if letters != 1:
            raise RuntimeError(f"{letters} digests were put into the outbox")
        for statement in _AGAIN:
            connection.execute(text(statement))

    await change(store, again)
    return took


async def _filled(url: str, people: int) -> Store:
    store = Store.open(url)
    await Company(
        people=people,
        deals=DEALS,
        promises=100,
        concessions=200,
        check_ins=CHECK_INS,
        payoffs=20,
        lines=0,
        team=TEAM,
        since=date(2024, 1, 1),
        days=730,
        covered_to=WEEK.starts,
        moment=MONDAY,
        weeks=7,
    ).fill(store)
    return store


PLAYBOOK = playbook()

if __name__ == "__main__":
    show(asyncio.run(measure()))
