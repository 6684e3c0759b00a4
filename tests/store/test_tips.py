import asyncio
from datetime import UTC, datetime

from bot.chat.address import Address
from store import Store, Unit

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_every_showing_of_a_practice_is_counted(store: Store) -> None:
    def work(unit: Unit) -> None:
        for practice in ("clarity.paraphrase", "balance.trade", "clarity.paraphrase"):
            unit.tips.saw(practice, NOW)

    await store.write(ANN, work, at=NOW)
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {"clarity.paraphrase": 2, "balance.trade": 1}


async def test_a_practice_never_shown_is_not_counted(store: Store) -> None:
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {}


async def test_two_hundred_showings_at_once_are_all_counted(store: Store) -> None:
    def read_then_write(unit: Unit) -> int:
        before = unit.tips.seen().get("balance.trade", 0)
        unit.tips.saw("balance.trade", NOW)
        return before

    befores = await asyncio.gather(*(store.write(ANN, read_then_write, at=NOW) for _ in range(200)))
    assert sorted(befores) == list(range(200))
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {"balance.trade": 200}
