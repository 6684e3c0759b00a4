"""What the outbox costs: a courier beside a bare loop, a claim among few letters and among many, two replicas."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from figures import Figure, figure
from servers import ROOT, free_port, serving
from sqlalchemy import Connection, text

sys.path.append(str(ROOT))

from bot.chat.address import Address
from bot.chat.cards import Card, prose
from bot.courier import Courier
from bot.slack.send import SlackMessenger
from bot.telemetry import Telemetry
from store import Installation, Store, Unit
from tests.faults.life import KEY, Child, Fate, messenger_for, now
from tests.faults.server import new_server

LETTERS = 1000
AT_ONCE = 150
ROUNDS = 5
DUE, FEW, MANY = 1000, 10_000, 1_000_000
BATCH = 50
PLATFORM_TAKES = 0.2
"""Seconds over a post, as Slack does from afar."""
LEASE = timedelta(minutes=2)
SETTING_UP = timedelta(seconds=20)
LONG_AGO = datetime(2026, 1, 1, tzinfo=now().tzinfo)
CARD = Card("Time to write to Acme.", (prose("You promised them the figures by Friday. Two sentences are ready."),))

_NUMBERED = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT {what} FROM n",
    "postgresql": "SELECT {what} FROM generate_series(0, {last}) AS n(i)",
}
_WHAT = "'T' || (i % 50), 'U' || i, 'slack', 'checkins:' || i, '', '{{}}', 'pending', {when}, {when}, 0, '', '', ''"
_PUT = (
    "INSERT INTO outbox (tenant, owner, platform, key, subject, card, status, due_at, next_at, attempts, token,"
    " message, last_error) "
)
# One in so many is due, spread over the whole table.
_WHEN = "CASE WHEN i % {each} = 0 THEN {past} ELSE {future} END"
_MOMENTS = {
    "sqlite": ("'2026-01-01 00:00:00.000000'", "'2099-01-01 00:00:00.000000'"),
    "postgresql": ("timestamptz '2026-01-01 00:00:00+00'", "timestamptz '2099-01-01 00:00:00+00'"),
}
_AGAIN = "UPDATE outbox SET token = '', next_at = due_at WHERE token <> ''"


async def measure() -> dict[str, Figure]:
    """Measure on both databases."""
    server = new_server()
    found: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(100))
        databases: dict[str, Callable[[], str]] = {
            "SQLite": lambda: f"sqlite+aiosqlite:///{folder}/{next(numbers)}.db",
            "PostgreSQL": server.database,
        }
        for name, make in databases.items():
            found |= await _courier(name, make(), Path(folder))
            found |= await _claims(name, make(), make())
        found |= await _replicas(server.database)
    server.cleanup()
    return found


async def _courier(name: str, database: str, folder: Path) -> dict[str, Figure]:
    """Post the same messages by a courier and by a loop that remembers nothing."""
    port, pairs = free_port(), []
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    async with serving([sys.executable, "bench/outbox_sink.py", str(port)], port, environment):
        store = await _installed(database)
        for number in range(ROUNDS):
            people = [Address("slack", "T0", "", f"U{number}-{n}") for n in range(LETTERS)]
            await _put(store, people)
            async with messenger_for("slack", store, f"http://127.0.0.1:{port}") as messenger:
                courier = Courier(store.letters, {"slack": messenger}, now, Telemetry())
                ours = await _rate(courier.sweep)
            async with messenger_for("slack", store, f"http://127.0.0.1:{port}") as messenger:
                bare = await _rate(lambda messenger=messenger, people=people: _bare(messenger, people))
            pairs.append((ours, bare))
        await store.close()
    return {f"Courier, {name}: letters a second": figure(pairs, "/s")}


async def _rate(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    await work()  # type: ignore[misc]
    return LETTERS / (time.perf_counter() - began)


async def _bare(messenger: SlackMessenger, people: list[Address]) -> None:
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(who: Address) -> None:
        async with turns:
            await messenger.send(who, CARD)

    await asyncio.gather(*map(one, people))


async def _claims(name: str, many: str, few: str) -> dict[str, Figure]:
    """Take all that is due, in batches, among many letters that aren't and among few."""
    seconds: list[tuple[float, float]] = []
    stores = [await _strewn(url, size) for url, size in ((many, MANY), (few, FEW))]
    for _ in range(ROUNDS * 2):
        took = [await _sweep(store) for store in stores]
        seconds.append((took[0] * 1000, took[1] * 1000))
    for store in stores:
        await store.close()
    return {f"{DUE:,} due among {MANY:,} ({FEW:,}), {name}": figure(seconds, "ms")}


async def _sweep(store: Store) -> float:
    began, taken = time.perf_counter(), 0
    while letters := await store.letters.claim(now(), BATCH, LEASE, platform="slack"):
        taken += len(letters)
    took = time.perf_counter() - began
    if taken != DUE:
        raise RuntimeError(f"{taken} letters were due")
    await store._database.write(lambda connection: connection.execute(text(_AGAIN)))  # noqa: SLF001
    return took


async def _strewn(url: str, size: int) -> Store:
    store = await _installed(url)

    def work(connection: Connection) -> None:
        kind = connection.dialect.name
        past, future = _MOMENTS[kind]
        what = _WHAT.format(when=_WHEN.format(each=size // DUE, past=past, future=future))
        connection.execute(text(_PUT + _NUMBERED[kind].format(last=size - 1, what=what)))
        connection.execute(text("ANALYZE"))

    await store._database.write(work)  # noqa: SLF001  a million letters one by one would take an hour
    return store


async def _replicas(make: Callable[[], str]) -> dict[str, Figure]:
    """Let one process and two empty the same outbox into a platform that takes its time.

    With one that answers at once two processes, the database and the platform want more than two cores.
    """
    port, rates = free_port(), dict[int, list[float]]({1: [], 2: []})
    sink = [sys.executable, "bench/outbox_sink.py", str(port), str(PLATFORM_TAKES)]
    async with serving(sink, port, {"PATH": os.environ["PATH"]}):
        for count in (1, 2, 2, 1):
            rates[count].append(await _emptied(make(), f"http://127.0.0.1:{port}", count))
    name = f"Two replicas (one), PostgreSQL, a post takes {PLATFORM_TAKES} s: letters a second"
    return {name: figure([*zip(rates[2], rates[1], strict=True)], "/s")}


async def _emptied(url: str, sink: str, count: int) -> float:
    """Give how many letters a second so many processes send."""
    store = await _installed(url)
    people = [Address("slack", "T0", "", f"U{n}") for n in range(LETTERS * 2)]
    due = now() + SETTING_UP
    await _put(store, people, due)
    children = [Child(Fate(url, sink, "slack", hasty=False)) for _ in range(count)]
    while (await store.letters.standing(now() + LEASE * 30)).overdue:  # noqa: ASYNC110  other processes send them
        await asyncio.sleep(0.02)
    took = (now() - due).total_seconds()
    for child in children:
        await child.ends()
        await child.__aexit__()
    await store.close()
    return len(people) / took


async def _installed(database: str) -> Store:
    store = Store.open(database, [KEY])
    await store.migrate()
    installation = Installation(tenant="T0", app_id="A1", bot_token="xoxb-T0", installed_at=now())  # noqa: S106
    await store.installations.save(installation)
    return store


async def _put(store: Store, people: list[Address], due: datetime = LONG_AGO) -> None:
    turns = asyncio.Semaphore(BATCH)

    async def one(who: Address) -> None:
        def work(unit: Unit) -> None:
            unit.outbox.put(f"checkins:{who.user}", CARD, due)

        async with turns:
            await store.write(who, work, at=LONG_AGO)

    await asyncio.gather(*map(one, people))
