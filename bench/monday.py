"""A Monday at half past eight: 1,000 teams' digests due at the same minute, and a rep who wants a tip meanwhile.

A server of ours, as it is run, with Slack's endpoint before it and a platform behind it that takes its time and
refuses whoever posts faster than once a second into one channel.
"""

import asyncio
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import load
from company import Company, change
from databases import postgres
from figures import Figure, figure, show
from servers import ROOT, free_port, serving
from slack import our_environment
from sqlalchemy import Connection, text

sys.path.append(str(ROOT))

from store import Store
from tests.faults.life import now

TEAMS, MEMBERS = 1000, 5
# Commands a second of so many people: a busy morning of a large company.
RATE, PEOPLE = 50, 100
# So many at a time go out between calm seconds, again and again: a slow moment of the machine falls on both.
SLICE, SLICES, CALM = 100, 5, 4
# Seconds that the platform takes over a post, as Slack does from afar, and between two looks at how far it is.
TAKES, LOOK = 0.2, 0.1
_SETTLED = "INSERT INTO agendas (tenant, owner, platform, last_day, back)"
_SETTLED += " SELECT tenant, owner, 'slack', '{today}', false FROM people"
_QUIET = (
    "UPDATE agendas SET next_at = NULL",
    "DELETE FROM outbox",
    "DELETE FROM places",
    "DELETE FROM digests WHERE starts = '{starts}'",
    "UPDATE teams SET covered_to = '{starts}', awaited = '', next_at = NULL",
)
_DUE = "UPDATE teams SET next_at = '{now}' WHERE CAST(substr(id, 2) AS integer) < {teams}"
_DONE = {
    "built": "SELECT count(*) FROM digests WHERE starts = '{starts}'",
    "posted": "SELECT count(*) FROM outbox WHERE status = 'sent'",
}
_REFUSED = "SELECT count(*) FROM outbox WHERE attempts <> 1"


@dataclass(frozen=True, slots=True)
class Morning:
    """A rep's p99 before and meanwhile, and the seconds from the first digest until each part was over."""

    calm: float
    busy: float
    took: Mapping[str, float]


async def measure() -> dict[str, Figure]:
    """Measure on both databases."""
    found: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as folder, postgres(folder) as database:
        urls = {"SQLite": f"sqlite+aiosqlite:///{folder}/monday.db", "PostgreSQL": database("monday")}
        for kind, url in urls.items():
            whole, slices = await _mornings(url, Path(folder))
            rates = (TEAMS / whole.took["built"], TEAMS / whole.took["posted"])
            found |= {
                f"{TEAMS:,} digests due at once, {kind}: built (posted)": figure([rates], "/s"),
                f"A tip meanwhile (before), {kind}: p99": figure([(one.busy, one.calm) for one in slices], "ms"),
            }
    return found


async def _mornings(url: str, folder: Path) -> tuple[Morning, list[Morning]]:
    """Serve, and let a whole morning come, then slices of it."""
    secret, port, sink = secrets.token_hex(16), free_port(), free_port()
    environment = our_environment(folder, sink, port, secret) | {"DATABASE_URL": url}
    platform = [sys.executable, "bench/outbox_sink.py", str(sink), str(TAKES)]
    starts, moment = now().date() - timedelta(days=7), now()
    store = Store.open(url)
    await _company(starts, moment).fill(store)
    await _run(store, _SETTLED.format(today=moment.date()))
    async with (
        serving(platform, sink, {"PATH": os.environ["PATH"]}),
        serving([sys.executable, "app.py", "serve"], port, environment) as ours,
    ):
        target = load.Target(f"http://127.0.0.1:{port}/slack/events", ours.pid, partial(_delivery, secret, count()))
        await load.at_once(target, "tip", PEOPLE * 2, 10)
        whole = await _morning(store, target, starts, TEAMS)
        slices = [await _morning(store, target, starts, SLICE) for _ in range(SLICES)]
    await store.close()
    return whole, slices


def _company(starts: date, moment: datetime) -> Company:
    """A week's activity of everybody."""
    return Company(
        people=TEAMS * MEMBERS,
        deals=5,
        promises=4,
        concessions=6,
        check_ins=5,
        payoffs=1,
        lines=1,
        team=MEMBERS,
        since=starts,
        days=7,
        covered_to=starts,
        moment=moment,
        weeks=7,
    )


async def _morning(store: Store, target: load.Target, starts: date, teams: int) -> Morning:
    await _run(store, *(one.format(starts=starts) for one in _QUIET))
    await asyncio.sleep(1)  # whoever is being looked in on
    calm = [one for _ in range(CALM) for one in (await load.steadily(target, "tip", RATE, RATE)).latencies]
    await _run(store, _DUE.format(now=_stamp(), teams=teams))
    over, busy = asyncio.create_task(_over(store, starts, teams)), list[float]()
    while not over.done():
        busy += (await load.steadily(target, "tip", RATE, RATE)).latencies
    if refused := await _count(store, _REFUSED):
        raise RuntimeError(f"{refused} digests were refused, or the platform asked for a slower pace")
    return Morning(_p99(calm), _p99(busy), over.result())


async def _over(store: Store, starts: date, teams: int) -> dict[str, float]:
    """Wait until so many are out; give when each part was over."""
    while not await _count(store, _DONE["built"].format(starts=starts)):  # noqa: ASYNC110  another process builds them
        await asyncio.sleep(LOOK / 10)
    began, took = time.perf_counter(), dict[str, float]()
    while len(took) < len(_DONE):
        for part, done in _DONE.items():
            if part not in took and await _count(store, done.format(starts=starts)) == teams:
                took[part] = time.perf_counter() - began
        await asyncio.sleep(LOOK)
    return took


def _p99(latencies: list[float]) -> float:
    return sorted(latencies)[int(len(latencies) * 0.99) - 1] * 1000


def _stamp() -> str:
    return f"{now():%Y-%m-%d %H:%M:%S.%f}+00"


def _delivery(secret: str, users: Iterator[int], words: str) -> load.Delivery:
    return load.signed(secret, words, f"R{next(users) % PEOPLE}")


async def _run(store: Store, *statements: str) -> None:
    def work(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    await change(store, work)


async def _count(store: Store, statement: str) -> int:
    def work(connection: Connection) -> int:
        return int(connection.execute(text(statement)).scalar_one())

    return await store._database.read(work)  # noqa: SLF001  no product asks this


if __name__ == "__main__":
    show(asyncio.run(measure()))
