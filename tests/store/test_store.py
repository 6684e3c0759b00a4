import asyncio
from datetime import UTC, datetime

import pytest

from bot.chat.address import Address
from bot.errors import SettingsError
from store import Store, Unit

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "coach.db",
        "sqlite:///coach.db",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "mysql://u:secret@h/d",
    ],
)
def test_a_url_of_another_kind_is_refused_in_one_line_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL") as caught:
        Store.open(url)
    assert "secret" not in caught.value.sentence
    assert "\n" not in caught.value.sentence


async def test_work_that_fails_half_way_leaves_nothing(store: Store) -> None:
    def work(unit: Unit) -> None:
        unit.tips.saw("balance.trade", NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(ANN, work, at=NOW)
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {}


async def test_what_is_read_before_writing_is_still_true_when_it_is_written(store: Store) -> None:
    def one_more(unit: Unit) -> None:
        before = unit.conversations.get()
        number = int(before.data["number"]) if before else 0
        unit.conversations.put("count", 1, {"number": str(number + 1)}, NOW)

    await asyncio.gather(*(store.write(ANN, one_more, at=NOW) for _ in range(200)))
    counted = await store.read(ANN, lambda unit: unit.conversations.get())
    assert counted
    assert counted.data == {"number": "200"}


async def test_two_stores_on_one_database_see_the_same(store: Store, url: str) -> None:
    replica = Store.open(url)
    await replica.write(ANN, lambda unit: unit.tips.saw("balance.trade", NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.tips.seen()) == {"balance.trade": 1}
    await replica.close()


async def test_a_migrated_store_is_ready(store: Store) -> None:
    assert await store.ready() == ""
    await store.migrate()
    assert await store.ready() == ""
