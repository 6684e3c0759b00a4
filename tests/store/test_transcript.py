from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.address import Address
from store import Message, Store

ANN = Address("web", "try", "general", "ann")
BOB = Address("web", "try", "general", "bob")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def _add(store: Store, who: Address, body: str, only_for: str = "", at: datetime = NOW) -> str:
    return await store.write(who, lambda unit: unit.transcript.add(who.user, body, at, only_for), at=at)


async def _bodies(store: Store, who: Address, limit: int = 100) -> list[str]:
    return [message.body for message in await store.read(who, lambda unit: unit.transcript.of_conversation(limit))]


async def test_a_message_is_read_by_everybody_in_its_conversation(store: Store) -> None:
    this = await _add(store, ANN, '{"text": "hello"}')
    expected = [Message(this, "ann", "", '{"text": "hello"}', NOW)]
    assert await store.read(BOB, lambda unit: unit.transcript.of_conversation()) == expected
    assert await _bodies(store, Address("web", "try", "random", "ann")) == []


async def test_a_message_for_one_person_is_read_by_nobody_else(store: Store) -> None:
    await _add(store, ANN, "private", only_for="ann")
    assert (await _bodies(store, ANN), await _bodies(store, BOB)) == (["private"], [])


async def test_a_long_conversation_shows_its_end_in_order(store: Store) -> None:
    for number in range(5):
        await _add(store, ANN, str(number))
    assert await _bodies(store, ANN, 3) == ["2", "3", "4"]


async def test_a_message_changes_in_place(store: Store) -> None:
    this = await _add(store, ANN, "before")
    await _add(store, ANN, "after it")
    assert await store.write(BOB, lambda unit: unit.transcript.change(this, "after"), at=NOW)
    assert await _bodies(store, ANN) == ["after", "after it"]


@pytest.mark.parametrize("user", ["bob", "ann"])
async def test_a_message_of_another_conversation_or_person_is_not_changed(store: Store, user: str) -> None:
    this = await _add(store, ANN, "before", only_for="ann")
    elsewhere = BOB if user == "bob" else Address("web", "try", "random", "ann")
    assert not await store.write(elsewhere, lambda unit: unit.transcript.change(this, "after"), at=NOW)
    assert await _bodies(store, ANN) == ["before"]


@pytest.mark.parametrize("this", ["", "0", "-1", "x", "1; drop", "²", "9" * 30])
async def test_an_id_that_is_none_changes_nothing(store: Store, this: str) -> None:
    assert not await store.write(ANN, lambda unit: unit.transcript.change(this, "after"), at=NOW)


async def test_clearing_a_conversation_takes_what_this_person_reads_in_it(store: Store) -> None:
    await _add(store, ANN, "for both")
    await _add(store, ANN, "for ann", only_for="ann")
    for elsewhere in (Address("web", "try", "random", "bob"), Address("web", "else", "general", "bob")):
        await _add(store, elsewhere, "elsewhere")
    assert await store.write(BOB, lambda unit: unit.transcript.clear(), at=NOW) == 1
    assert await _bodies(store, ANN) == ["for ann"]
    assert await _bodies(store, Address("web", "try", "random", "bob")) == ["elsewhere"]
    assert await _bodies(store, Address("web", "else", "general", "bob")) == ["elsewhere"]


async def test_an_id_is_never_used_again(store: Store) -> None:
    first = await _add(store, ANN, "one")
    await store.write(ANN, lambda unit: unit.forget(), at=NOW)
    assert await _add(store, ANN, "two") != first


async def test_the_latest_moment_is_that_of_the_whole_company(store: Store) -> None:
    assert await store.read(ANN, lambda unit: unit.transcript.latest_at()) is None
    late = NOW + timedelta(days=7)
    await _add(store, Address("web", "try", "dm", "bob"), "later", only_for="bob", at=late)
    await _add(store, ANN, "now")
    assert await store.read(ANN, lambda unit: unit.transcript.latest_at()) == late
    assert await store.read(Address("web", "else", "dm", "bob"), lambda unit: unit.transcript.latest_at()) is None
