import asyncio
from datetime import UTC, datetime

from bot.chat.address import Address
from store import Conversation, Store, Unit

ANN = Address("slack", "T1", "D1", "U1")
IN_CHANNEL = Address("slack", "T1", "C1", "U1")
ON_THE_PAGE = Address("web", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_a_dialogue_left_is_resumed_where_it_was(store: Store) -> None:
    data = {"deal": "abc", "said": "8 % \x00 off\n'if' \ud83d \U0001f680"}
    await store.write(ANN, lambda unit: unit.conversations.put("plan", 2, data, NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.conversations.get()) == Conversation("plan", 2, data)


async def test_there_is_no_dialogue_where_none_began(store: Store) -> None:
    await store.write(ANN, lambda unit: unit.conversations.put("plan", 1, {}, NOW), at=NOW)
    for elsewhere in (ON_THE_PAGE, Address("slack", "T1", "D2", "U2"), Address("slack", "T2", "D1", "U1")):
        assert await store.read(elsewhere, lambda unit: unit.conversations.get()) is None


async def test_a_dialogue_begun_in_company_goes_on_where_only_this_person_reads(store: Store) -> None:
    await store.write(IN_CHANNEL, lambda unit: unit.conversations.put("plan", 1, {"step": "gives"}, NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.conversations.get()) == Conversation("plan", 1, {"step": "gives"})


async def test_a_new_dialogue_takes_the_place_of_the_old_one(store: Store) -> None:
    await store.write(ANN, lambda unit: unit.conversations.put("plan", 1, {"a": "b"}, NOW), at=NOW)
    await store.write(ANN, lambda unit: unit.conversations.put("prep", 3, {}, NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.conversations.get()) == Conversation("prep", 3, {})


async def test_an_ended_dialogue_is_gone_and_the_others_stay(store: Store) -> None:
    for address in (ANN, ON_THE_PAGE):
        await store.write(address, lambda unit: unit.conversations.put("plan", 1, {}, NOW), at=NOW)
    await store.write(ANN, lambda unit: unit.conversations.end(), at=NOW)
    await store.write(ANN, lambda unit: unit.conversations.end(), at=NOW)
    assert await store.read(ANN, lambda unit: unit.conversations.get()) is None
    assert await store.read(ON_THE_PAGE, lambda unit: unit.conversations.get())


async def test_a_dialogue_goes_on_at_another_replica(store: Store, url: str) -> None:
    await store.write(ANN, lambda unit: unit.conversations.put("plan", 1, {"step": "gives"}, NOW), at=NOW)
    replica = Store.open(url)
    assert await replica.read(ANN, lambda unit: unit.conversations.get()) == Conversation("plan", 1, {"step": "gives"})
    await replica.close()


async def test_two_turns_at_once_come_one_after_the_other(store: Store, url: str) -> None:
    replica = Store.open(url)

    def turn(unit: Unit) -> None:
        waiting = unit.conversations.get()
        steps = waiting.data["steps"] if waiting else ""
        unit.conversations.put("plan", 1, {"steps": steps + "x"}, NOW)

    await asyncio.gather(*(one.write(ANN, turn, at=NOW) for one in (store, replica) * 20))
    assert await store.read(ANN, lambda unit: unit.conversations.get()) == Conversation("plan", 1, {"steps": "x" * 40})
    await replica.close()
