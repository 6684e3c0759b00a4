"""An outbox full of letters, the sink they belong into, and what is left of both."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy import Connection, text

from bot.chat.address import Address, Platform
from bot.chat.cards import Card
from store import Installation, Reference, Store, Unit
from tests.faults.life import KEY, now
from tests.faults.sink import Sink

LONG_AGO = timedelta(hours=1)
FOR_EVER = timedelta(days=365)
AT_ONCE = 50


@dataclass
class Post:
    """Everything a fault is played in."""

    store: Store
    database: str
    sink: Sink
    platform: Platform
    keys: list[str]

    secrets: tuple[str, ...] = (KEY,)

    async def all_gone(self, seconds: float) -> None:
        """Wait until no letter is left to be sent."""
        async with asyncio.timeout(seconds):
            while await self._left():  # noqa: ASYNC110  other processes send them
                await asyncio.sleep(0.05)

    async def ambiguous(self) -> int:
        """Count the sendings that were begun and never settled: each of them may have arrived or not."""
        return await self.store._database.read(_ambiguous)  # noqa: SLF001  no product asks this

    async def told(self) -> dict[str, float]:
        """Count what was lost and what came twice."""
        taken = self.sink.taken
        given_up = sum((await self.store.letters.standing(now())).dead.values())
        lost = len(self.keys) - len(taken) - given_up
        return {"letters": len(self.keys), "lost": lost, "doubled": sum(taken.values()) - len(taken)}

    async def put(self, whose: Sequence[tuple[str, str, str]], due: datetime) -> None:
        """Put letters for somebody each: key, tenant and user. Let Teams know where to find them."""
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(number: int, key: str, tenant: str, user: str) -> None:
            address = Address(self.platform, tenant, f"a:{user}", user)
            url = f"{self.sink.url}/teams/{tenant}/"
            reference = Reference(address=address, kind="personal", service_url=url, bot="28:bot")

            def work(unit: Unit) -> None:
                unit.outbox.put(key, Card(key, ()), due + timedelta(milliseconds=number))
                if self.platform == "teams":
                    unit.references.put(reference, due)

            async with turns:
                await self.store.write(address, work, at=due)

        self.keys += [key for key, _, _ in whose]
        await asyncio.gather(*(one(number, *each) for number, each in enumerate(whose)))

    async def _left(self) -> int:
        return (await self.store.letters.standing(now() + FOR_EVER)).overdue


def _ambiguous(connection: Connection) -> int:
    query = text("SELECT sum(attempts) - count(*) FROM outbox WHERE status = 'sent'")
    return int(connection.execute(query).scalar_one() or 0)


@asynccontextmanager
async def filled(database: str, platform: Platform, letters: int, *, tenants: int = 1) -> AsyncIterator[Post]:
    """Put letters into an outbox, one for each person, evenly over the tenants."""
    sink, store = Sink(), Store.open(database, [KEY])
    runner = web.AppRunner(sink.app(), shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sink.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await store.migrate()
    post = Post(store, database, sink, platform, [])
    for tenant in range(tenants):
        installation = Installation(tenant=f"T{tenant}", app_id="A1", bot_token=f"xoxb-T{tenant}", installed_at=now())
        await store.installations.save(installation)
    whose = [(f"checkins:{number}", f"T{number % tenants}", f"U{number}") for number in range(letters)]
    await post.put(whose, now() - LONG_AGO)
    yield post
    await store.close()
    await runner.cleanup()
