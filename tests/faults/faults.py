"""Each fault, played as often as asked for. Gives figures; whoever asks says what must hold."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles

from bot.chat.address import Address, Platform
from bot.chat.cards import Card
from bot.clock import ticking
from bot.courier import Courier, Habits
from bot.errors import StoreUnavailableError
from bot.telemetry import Telemetry
from store import AlreadyDoneError, Store, Unit
from tests.faults.life import HASTY, TICK, Child, Fate, messenger_for, now, starve
from tests.faults.post import Post, filled
from tests.faults.sink import Trouble
from tests.faults.watched import Watched

Figures = Mapping[str, float]
Mood = Callable[[str], Trouble]
POINTS = ("claimed", "begun", "posted", "settled")
LULL = 0.3
"""Seconds until a process that holds still is through with its transaction: SQLite has one writer for all."""
LONGEST = 900.0
"""Seconds until something that should have happened counts as never happening."""


@asynccontextmanager
async def working(post: Post, habits: Habits = HASTY) -> AsyncIterator[Watched]:
    """Let a courier of this process work; gives what it works through."""
    store = Store.open(post.database, post.secrets)
    async with messenger_for(post.platform, store, post.sink.url) as messenger:
        watched = Watched(messenger)
        courier = Courier(store.letters, {post.platform: watched}, now, Telemetry(), habits)
        async with ticking(TICK, courier.wake), courier.at_work():
            yield watched
    await store.close()


async def killed(database: str, platform: Platform, letters: int, kills: int, seed: int = 1) -> Figures:
    """Kill couriers at each named point in turn, each at another letter, then let one finish."""
    dice = random.Random(seed)  # noqa: S311  which letter, no secret
    done = 0
    async with filled(database, platform, letters, tenants=10) as post:
        for number in range(kills):
            nth = dice.randint(1, max(letters // kills // 2, 1))
            async with Child(Fate(database, post.sink.url, platform, POINTS[number % len(POINTS)], nth)) as child:
                done += await child.arrives()
        async with Child(Fate(database, post.sink.url, platform)) as last:
            await post.all_gone(LONGEST)
            await last.ends()
        return await post.told() | {"kills": done, "ambiguous": await post.ambiguous()}


async def stopped(database: str, platform: Platform, times: int) -> Figures:
    """Stop a courier with a letter in its hand, let another take the letter after the lease, and wake the first."""
    stale = done = 0
    async with filled(database, platform, 0) as post:
        for number in range(times):
            await post.put([(f"checkins:{number}", "T0", f"U{number}")], now())
            async with Child(Fate(database, post.sink.url, platform, POINTS[number % 3], 1)) as sleeper:
                done += await sleeper.arrives()
                await asyncio.sleep(LULL)
                sleeper.stops()
                async with working(post):
                    await post.all_gone(LONGEST)
                sleeper.goes_on()
                stale += await sleeper.ends()
        return await post.told() | {"stops": done, "found in other hands": stale}


async def restarted(database: str, restart: Callable[[], None], letters: int, times: int) -> Figures:
    """Restart PostgreSQL at once, again and again, while two couriers work."""
    waits = []
    async with filled(database, "slack", letters) as post, working(post), working(post):
        for number in range(1, times + 1):
            await post.sink.until(letters * number // (times + 1))
            await asyncio.to_thread(restart)
            began, arrived = time.monotonic(), len(post.sink.taken)
            await post.sink.until(arrived + 1)
            waits.append(time.monotonic() - began)
        await post.all_gone(LONGEST)
        return await post.told() | {"restarts": times, "longest until the next arrives, s": max(waits)}


async def busy(databases: tuple[str, str], letters: int, seconds: float) -> Figures:
    """Let one of five tenants be told to wait every second time, for so long; the same letters without that, first."""
    dice = random.Random(1)  # noqa: S311
    calm = await _delays(databases[0], letters, lambda _tenant: "")
    ends = time.monotonic() + seconds

    def mood(tenant: str) -> Trouble:
        return "busy" if tenant == "T0" and time.monotonic() < ends and dice.random() < 1 / 2 else ""

    async with _tenants(databases[1], letters) as post:
        post.sink.mood_of_tenant = mood
        began = time.monotonic()
        async with working(post) as messenger:
            await post.all_gone(LONGEST)
        others = [one.at - began for one in post.sink.arrivals if one.tenant != "T0"]
        told = await post.told()
        return told | {
            "told to wait": sum(one.trouble == "busy" for one in post.sink.arrivals),
            "sent too early": messenger.too_early,
            "p95 of the others, ratio": _p95(others) / calm,
        }


async def dropped(database: str, platform: Platform, letters: int) -> Figures:
    """Accept a fifth of all messages and drop the connection without saying so."""
    dice = random.Random(1)  # noqa: S311
    async with filled(database, platform, letters, tenants=10) as post:
        post.sink.mood = lambda _key: "hang up after" if dice.random() < 1 / 5 else ""
        async with working(post):
            await post.all_gone(LONGEST)
        lost_answers = sum(one.trouble == "hang up after" for one in post.sink.arrivals)
        told = await post.told() | {"answers dropped": lost_answers, "searches": post.sink.searches}
        return told | {"ambiguous": await post.ambiguous()}


async def poisoned(databases: tuple[str, str], letters: int, attempts: int = 10) -> Figures:
    """Let the platform refuse every hundredth letter, each time; the same letters without that, first."""
    habits = replace(HASTY, first_wait=timedelta(milliseconds=2), attempts=attempts)
    async with filled(databases[0], "slack", letters) as post:
        calm = await _timed(post, habits)
    async with filled(databases[1], "slack", letters) as post:
        bad = set(post.keys[::100])
        post.sink.mood = lambda key: "refuse" if key in bad else ""
        with_poison = await _timed(post, habits)
        dead = (await post.store.letters.standing(now())).dead
        made = sum(one.key in bad for one in post.sink.arrivals)
        told = await post.told() | {"poison": len(bad), "given up": sum(dead.values())}
        return told | {"attempts at each": made / len(bad), "healthy p95, ratio": with_poison / calm}


async def at_once(database: str, rounds: int) -> Figures:
    """Bring the same event four times at once to two replicas, and let two clocks find the same thing due."""
    replicas = [Store.open(database), Store.open(database)]
    await replicas[0].migrate()
    ann, effects, puts = Address("slack", "T0", "D1", "U1"), 0, 0

    async def hears(store: Store, receipt: str) -> bool:
        def work(unit: Unit) -> None:
            unit.outbox.put(f"heard:{receipt}:{effects}", Card("x", ()), now())

        try:
            await store.write(ann, work, receipt=receipt, at=now())
        except AlreadyDoneError:
            return False
        return True

    async def finds(store: Store, key: str) -> bool:
        return await store.write(ann, lambda unit: unit.outbox.put(key, Card("x", ()), now()), at=now())

    for number in range(rounds):
        effects += sum(await asyncio.gather(*(hears(one, f"event {number}") for one in replicas * 2)))
        puts += sum(await asyncio.gather(*(finds(one, f"found:{number}") for one in replicas * 2)))
    for one in replicas:
        await one.close()
    return {"events": rounds, "effects": effects, "found due": rounds, "letters": puts}


async def full(folder: Path, bytes_at_most: int) -> Figures:
    """Put letters into a SQLite file whose disk fills up; what was acknowledged arrives once there is room again."""
    database = f"sqlite+aiosqlite:///{folder}/full.db"
    context = get_context("forkserver")
    ours, theirs = context.Pipe()
    async with filled(database, "slack", 0) as post:
        process = context.Process(target=_fill, args=(database, bytes_at_most, theirs), daemon=True)
        process.start()
        acknowledged, failure = await asyncio.to_thread(ours.recv)
        await asyncio.to_thread(process.join)
        post.keys = [f"checkins:{number}" for number in range(acknowledged)]
        async with working(post):
            await post.all_gone(LONGEST)
        return await post.told() | {"acknowledged": acknowledged, "a clear failure": failure == "StoreUnavailableError"}


def _fill(database: str, bytes_at_most: int, pipe: Connection) -> None:
    starve(bytes_at_most)
    pipe.send(asyncio.run(_fill_up(database)))


async def _fill_up(database: str) -> tuple[int, str]:
    """Put letters until that fails; give how many went in, and the failure."""
    store, number = Store.open(database), 0
    try:
        while True:
            key, address = f"checkins:{number}", Address("slack", "T0", "", f"U{number}")
            await store.write(address, partial(_put, key), at=now())
            number += 1
    except StoreUnavailableError as error:
        return number, type(error).__name__


def _put(key: str, unit: Unit) -> bool:
    return unit.outbox.put(key, Card(key, ()), now())


@asynccontextmanager
async def _tenants(database: str, letters: int) -> AsyncIterator[Post]:
    async with filled(database, "slack", letters, tenants=5) as post:
        yield post


async def _delays(database: str, letters: int, mood: Mood) -> float:
    async with _tenants(database, letters) as post:
        post.sink.mood_of_tenant = mood
        began = time.monotonic()
        async with working(post):
            await post.all_gone(LONGEST)
        return _p95([one.at - began for one in post.sink.arrivals if one.tenant != "T0"])


async def _timed(post: Post, habits: Habits) -> float:
    """Let a courier send everything; give the 95th percentile of when a healthy letter arrived."""
    began = time.monotonic()
    async with working(post, habits):
        await post.all_gone(LONGEST)
    return _p95([one.at - began for one in post.sink.arrivals if not one.trouble])


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
