"""What to run for how many: commands, memory and the database of a busy rep's year, on both databases.

`python bench/sizing.py`, some five minutes. `docs/run-several-replicas.md` says what follows from its figures. They are
this machine's, not ratios, and so no part of `make bench`. What a rep does in a year stands in `day`.
"""

import asyncio
import os
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import load
import psutil
import slack_stub
from servers import ROOT, free_port, run_to_its_end, serving
from slack import our_environment
from sqlalchemy import Connection, text

sys.path.append(str(ROOT))

from bot.chat.address import Address
from bot.chat.cards import Card, Checklist
from bot.chat.events import Due, Event, Pressed, Said, Ticked
from bot.chat.ports import Profile
from bot.chat.replies import Say
from bot.telemetry import Telemetry
from content.library import load as playbook
from handlers import agenda
from handlers.router import Router
from store import Store
from tests.faults.server import new_server

TENANT = slack_stub.TEAM
REPS, YEAR = 3, 365
NEW_DEAL_EVERY, WON_AFTER = 4, 8
COMMANDS, CONNECTIONS, PEOPLE = 3000, 50, 100
MIX = ("tip", "prep customer 000", "counter 10% off and net 60", "gave 5% off for customer 000", "deals")
LEASE = timedelta(minutes=2)
NOTHING = Card("", ())
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
TABLES = {
    "sqlite": "SELECT name, sum(pgsize) FROM dbstat GROUP BY name",
    "postgresql": "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = 'public'::regnamespace",
}
WHOLE = {
    "sqlite": "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count,"
    " pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}


class Platform:
    """Knows everybody by name and takes every card."""

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Take it."""

    async def profile(self, who: Address) -> Profile:
        """Give a name of usual length."""
        return Profile(f"Jordan Meyer {who.user}", f"jordan.meyer.{who.user.lower()}@example.com", "Europe/Berlin")


@dataclass
class Rep:
    """Somebody who uses the coach a lot, on a clock of their own."""

    router: Router
    store: Store
    address: Address
    clock: list[datetime]
    serial: Iterator[int]
    card: Card = NOTHING

    async def does(self, event: Event) -> None:
        """Send an event, and let its cards stand somewhere."""
        self.clock[0] += timedelta(seconds=20)
        for act in await self.router(event):
            self.card = getattr(act, "card", self.card)
            if isinstance(act, Say) and act.subject:
                await self.router.placed(self.address, act.subject, f"17{next(self.serial):08}.000100")

    async def says(self, words: str) -> None:
        """Write a line into the own conversation."""
        await self.does(Said(**self._how(), text=words))

    async def presses(self, action: str, subject: str) -> None:
        """Press a button."""
        await self.does(Pressed(**self._how(), action=action, subject=subject))

    async def ticks(self) -> None:
        """Tick half of the list that was shown last, one after the other."""
        [shown] = [block for block in self.card.blocks if isinstance(block, Checklist)][:1]
        names = [one.id for one in shown.ticks]
        for number in range(1, len(names) // 2 + 1):
            chosen = frozenset(names[:number])
            await self.does(Ticked(**self._how(), checklist=shown.id, shown=frozenset(names), chosen=chosen))

    async def hears(self) -> None:
        """Get what is due today, and read it."""
        now = self.clock[0]
        for address in await self.store.agendas.due(now, 100):
            receipt = f"{agenda.KIND}:{address.user}:{now.isoformat()}"
            await self.router(Due(address=address, at=now, receipt=receipt, direct=True, kind=agenda.KIND, subject=""))
        for letter in await self.store.letters.claim(now, 50, LEASE, platform="slack"):
            await self.store.letters.settle_sent(letter, f"17{next(self.serial):08}.000100", now)

    def _how(self) -> dict[str, object]:
        receipt = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**11)}.{secrets.token_hex(16)}"
        return {"address": self.address, "at": self.clock[0], "receipt": receipt, "direct": True}


async def day(rep: Rep, number: int) -> None:
    """Live one working day: two questions, a tip, a demand; every fourth day a new deal, which is won two weeks on."""
    await rep.hears()
    await rep.says("tip")
    await rep.says("they went quiet after I sent the proposal, what do I write")
    await rep.says('the client says "your competitor is 20% cheaper"')
    await rep.says("counter they want 15% off and net 60")
    if number % NEW_DEAL_EVERY == 0:
        await deal(rep, number // NEW_DEAL_EVERY)
    else:
        client = f"Customer {number // NEW_DEAL_EVERY:03}"
        await rep.says(f"touched {client}")
        await rep.says(f"gave onboarding for {client}")
    if number % NEW_DEAL_EVERY == 0 and number >= WON_AFTER:
        await rep.says(f"won Customer {(number - WON_AFTER) // NEW_DEAL_EVERY:03}")


async def deal(rep: Rep, number: int) -> None:
    """Prepare, plan and promise for somebody new."""
    client = f"Customer {number:03}"
    await rep.says(f"deal add {client} renewal, {client}, 48000 EUR")
    found = await rep.store.read(rep.address, lambda work: work.deals.find(client))
    await rep.presses("prep.full", found[0].id)
    await rep.ticks()
    await rep.says(f"plan {client}: they want 15% off because their budget was cut")
    await rep.says("we could do 8% off and a training, if they sign for two years and give us a case study")
    await rep.says("looks right")
    await rep.says("forget that")
    await rep.says(f"promise the security questionnaire by friday for {client}")
    await rep.says(f"promise a named contact in support by the 28th for {client}")
    await rep.says(f"gave 8% off for {client}")
    await rep.says(f"got two years for {client}")


async def _rows(store: Store, statement: str) -> list[tuple[object, ...]]:
    def work(connection: Connection) -> list[tuple[object, ...]]:
        return [tuple(row) for row in connection.execute(text(statement))]

    return await store._database.read(work)  # noqa: SLF001  no product asks this


async def growth(kind: str, url: str) -> None:
    """Let reps live a year, and print what it leaves."""
    store, clock = Store.open(url), [MONDAY]
    await store.migrate()
    empty = int(str((await _rows(store, WHOLE[kind]))[0][0]))
    router = Router(store, playbook(), {"slack": Platform()}, lambda: clock[0], Telemetry())
    serial = count()
    reps = [Rep(router, store, Address("slack", TENANT, f"D{n}", f"U{n}"), clock, serial) for n in range(REPS)]
    worked = 0
    for passed in range(YEAR):
        clock[0] = max(clock[0], MONDAY + timedelta(days=passed))
        if clock[0].weekday() < 5:  # noqa: PLR2004
            for rep in reps:
                await day(rep, worked)
            worked += 1
        await store.tidy(clock[0])
    await router.settle()
    whole = int(str((await _rows(store, WHOLE[kind]))[0][0]))
    each = (whole - empty) / REPS / 2**20
    print(f"{kind}: {each:.2f} MiB a rep and year of {worked} days, empty {empty / 2**20:.1f} MiB")  # noqa: T201
    sizes = sorted(await _rows(store, TABLES[kind]), key=lambda row: -int(str(row[1])))
    for name, size in sizes[:12]:
        print(f"    {name!s:42} {int(str(size)) / REPS / 1024:9.0f} KiB")  # noqa: T201
    for name in ("deals", "preps", "prep_ticks", "plans", "concessions", "promises", "places", "outbox", "receipts"):
        [[rows]] = await _rows(store, f"SELECT count(*) FROM {name}")  # noqa: S608
        print(f"    {name:42} {int(str(rows)) / REPS:9.0f} rows")  # noqa: T201
    await store.close()


def delivery(secret: str, users: Iterator[int], words: str) -> load.Delivery:
    """Make a command of the next person's."""
    return load.signed(secret, words, f"U{next(users) % PEOPLE}")


async def commands(name: str, url: str, database: Callable[[], float]) -> None:
    """Send a mix of commands of many people to one replica, as fast as it takes them."""
    secret, port = secrets.token_hex(16), free_port()
    api, api_port = await slack_stub.start()
    with tempfile.TemporaryDirectory() as folder:
        environment = our_environment(Path(folder), api_port, port, secret) | {"DATABASE_URL": url}
        run_to_its_end(environment, "migrate")
        async with serving([sys.executable, "app.py", "serve"], port, environment) as ours:
            users = count()
            target = load.Target(f"http://127.0.0.1:{port}/slack/events", ours.pid, partial(delivery, secret, users))
            for words in ("deal add Customer 000, Customer 000, 48000 EUR", *MIX):
                await load.at_once(target, words, PEOPLE * 2, 10)
            for words in MIX:
                before = database()
                found = await load.at_once(target, words, COMMANDS // len(MIX), CONNECTIONS)
                theirs = (database() - before) / COMMANDS * len(MIX)
                rate = CONNECTIONS * len(found.latencies) / sum(found.latencies)
                print(  # noqa: T201
                    f"{name:10} {words:30} CPU {found.cpu * 1000:5.2f} ms, the database's {theirs * 1000:5.2f} ms;"
                    f" {CONNECTIONS} at once: {rate:4.0f}/s, p99 {found.p99 * 1000:4.0f} ms"
                )
            memory = psutil.Process(ours.pid).memory_info().rss
            print(f"{name:10} resident {ours.memory / 2**20:.0f} MiB when ready, {memory / 2**20:.0f} MiB after")  # noqa: T201
    await api.cleanup()


def used(folder: str) -> float:
    """Give the seconds of processor time that the server in this folder has taken."""
    servers = [one for one in psutil.process_iter(["cmdline"]) if folder in " ".join(one.info["cmdline"] or [])]
    family = [one for server in servers for one in (server, *server.children(recursive=True))]
    return sum(sum(one.cpu_times()[:4]) for one in family)


@asynccontextmanager
async def databases() -> AsyncIterator[dict[str, Callable[[], str]]]:
    """Make databases of each kind."""
    server, numbers = new_server(), count()
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield {
                "sqlite": lambda: f"sqlite+aiosqlite:///{folder}/{next(numbers)}.db",
                "postgresql": server.database,
            }
    finally:
        server.cleanup()


async def main() -> None:
    """Measure both."""
    async with databases() as kinds:
        for kind, make in kinds.items():
            url = make()
            folder = url.partition("host=")[2] or os.devnull
            await commands(kind, url, partial(used, folder))
            await growth(kind, make())


if __name__ == "__main__":
    asyncio.run(main())
