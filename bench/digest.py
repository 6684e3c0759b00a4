"""What a team's digest costs: counting a team of eight among 100,000 deals and a million check-ins, and among few.

The team's own people did the same in both, so that only what surrounds them differs.
"""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from sys import path

from databases import postgres
from figures import Figure, figure, show
from servers import ROOT
from sqlalchemy import Connection, text

path.append(str(ROOT))

from bot.chat.address import Address
from bot.coach.digest import Counted
from bot.coach.teams import Period, team_owner
from store import Store, Unit

# Each person has so many deals, promises, lines of the log and check-ins, over two years; eight are a team.
DEALS, PROMISES, CONCESSIONS, CHECK_INS, PAYOFFS, TEAM = 50, 100, 200, 500, 20, 8
FEW, MANY = 20, 2000
ROUNDS = 41
BATCH = 10
CHUNK = 100_000
"""So many rows at once: the coach waits half a minute for an answer of PostgreSQL, and no longer."""
WEEK = Period(date(2025, 3, 3), date(2025, 3, 10))
OF_TEAM = Address("slack", "T1", "", team_owner("W1"))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database counts, and moves a day and a moment ahead of the first of 2024."""

    numbers: str
    day: str
    moment: str
    false: str


_KINDS = {
    "sqlite": Dialect(
        "(WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n)",
        "date('2024-01-01', '+' || ({ahead}) || ' days')",
        "datetime('2024-01-01', '+' || ({ahead}) || ' days') || '.000000'",
        "0",
    ),
    "postgresql": Dialect(
        "generate_series({first}, {last}) AS n(i)",
        "(date '2024-01-01' + CAST({ahead} AS integer))",
        "(timestamptz '2024-01-01 00:00+00' + make_interval(days => CAST({ahead} AS integer)))",
        "false",
    ),
}
# `i` counts all rows of a kind: the person is the remainder, so that a team's rows lie strewn over the table.
_WHO = "'T1', 'U' || (i % {people})"
_DEAL = "'D' || (i / {people} % {deals})"
_PUT = (
    (
        """INSERT INTO deals (tenant, owner, id, name, client, currency, stage, closes_on, notes, name_key, client_key)
        SELECT {who}, {deal}, 'Acme', 'Acme', '', 'won', '9999-12-31', '', 'acme', 'acme' FROM {numbers}""",
        DEALS,
    ),
    (
        """INSERT INTO promises (tenant, owner, id, deal_id, what, due, made_on, state, settled_on, concession,
        instead_of, noticed) SELECT {who}, 'P' || i, {deal}, '', {day}, '2024-01-01',
        CASE i / {people} % 4 WHEN 0 THEN 'open' ELSE 'kept' END,
        CASE i / {people} % 4 WHEN 0 THEN NULL ELSE {day} END, '', '', '' FROM {numbers}""",
        PROMISES,
    ),
    (
        """INSERT INTO concessions (tenant, owner, id, deal_id, number, side, what, unit, at_most, condition, words,
        ours, ours_known, theirs, theirs_known, entry, paired, at) SELECT {who}, 'C' || i, {deal}, i,
        CASE i / {people} % 2 WHEN 0 THEN 'give' ELSE 'get' END, '', '', {false}, '', '', '', {false}, '', {false}, '',
        '', {moment} FROM {numbers}""",
        CONCESSIONS,
    ),
    (
        """INSERT INTO check_ins (tenant, owner, on_day, deal_id, outcome)
        SELECT {who}, {day}, {deal}, 'done' FROM {numbers}""",
        CHECK_INS,
    ),
    (
        """INSERT INTO payoffs (tenant, owner, id, deal_id, kind, to_name, on_day)
        SELECT {who}, 'B' || i, {deal}, 'renewal', '', {day} FROM {numbers}""",
        PAYOFFS,
    ),
    (
        """INSERT INTO teams (tenant, id, platform, name, channel, channel_name, weekday, at, zone, covered_to, awaited,
        problem) SELECT 'T1', 'W' || i, 'slack', 'West', 'C1', '', 0, '08:30:00', 'UTC', '2025-03-03', '', ''
        FROM {numbers}""",
        1,
    ),
    (
        """INSERT INTO team_members (tenant, owner, team_id, role, joined_at)
        SELECT {who}, 'W' || (i / {team}), 'member', {moment} FROM {numbers}""",
        1,
    ),
)


async def measure() -> dict[str, Figure]:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory() as folder, postgres(folder) as database:
        name = f"A digest among {MANY * DEALS:,} deals ({FEW * DEALS:,})"
        return {
            f"{name}, {kind}": await _compare(make("many"), make("few"))
            for kind, make in (
                ("SQLite", lambda size: f"sqlite+aiosqlite:///{folder}/{size}.db"),
                ("PostgreSQL", database),
            )
        }


async def _compare(many: str, few: str) -> Figure:
    stores = [await _filled(many, MANY), await _filled(few, FEW)]
    pairs = []
    for _ in range(ROUNDS):
        took = [await _count(store) for store in stores]
        pairs.append((took[0] * 1000, took[1] * 1000))
    counted = [await store.read(OF_TEAM, _digest) for store in stores]
    if counted[0] != counted[1] or counted[0] == [Counted()] * TEAM:
        raise RuntimeError(f"{counted[0]} was counted among many, {counted[1]} among few")
    for store in stores:
        await store.close()
    return figure(pairs, "ms")


def _digest(unit: Unit) -> list[Counted]:
    return unit.counts.of_team("W1", WEEK, "UTC")


async def _count(store: Store) -> float:
    """Give the seconds of one digest, the middle of a few."""
    took = []
    for _ in range(BATCH):
        began = time.perf_counter()
        await store.read(OF_TEAM, _digest)
        took.append(time.perf_counter() - began)
    return sorted(took)[BATCH // 2]


async def _filled(url: str, people: int) -> Store:
    store = Store.open(url)
    await store.migrate()

    def work(connection: Connection) -> None:
        for statement in _statements(_KINDS[connection.dialect.name], people):
            connection.execute(text(statement))
        connection.execute(text("ANALYZE"))

    await store._database.write(work)  # noqa: SLF001  a million check-ins one by one would take an hour
    return store


def _statements(kind: Dialect, people: int) -> list[str]:
    ahead = f"i / {people} * 3 % 730"
    words = {
        "who": _WHO.format(people=people),
        "deal": _DEAL.format(people=people, deals=DEALS),
        "people": people,
        "team": TEAM,
        "day": kind.day.format(ahead=ahead),
        "moment": kind.moment.format(ahead=ahead),
        "false": kind.false,
    }
    return [
        statement.format(**words, numbers=kind.numbers.format(first=first, last=min(first + CHUNK, each * people) - 1))
        for statement, each in _PUT
        for first in range(0, each * people, CHUNK)
    ]


if __name__ == "__main__":
    show(asyncio.run(measure()))
