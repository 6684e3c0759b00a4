import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.address import Address
from bot.teams import addressbook
from bot.teams.addressbook import AT_HAND, AddressBook
from store import Reference, Store
from store.references import Service
from tests.databases import url_in
from tests.doors import NOW, Clock
from tests.teams.platform import ANN, BOT, CHANNEL, PERSONAL, TENANT, in_thread

HERE = Address("teams", TENANT, PERSONAL, ANN)
THREAD = replace(HERE, conversation=in_thread("1700"))
OWN = Reference(address=HERE, kind="personal", service_url="https://smba.example/emea/", bot=BOT)
IN_THREAD = replace(OWN, address=THREAD, kind="channel")


@pytest.fixture
def book(store: Store, clock: Clock) -> AddressBook:
    return AddressBook(store, clock)


@pytest.fixture
async def replica(clock: Clock, tmp_path: Path) -> AsyncIterator[AddressBook]:
    """Start another process of the same coach."""
    other = Store.open(url_in(tmp_path))
    yield AddressBook(other, clock)
    await other.close()


async def written_at(store: Store) -> list[object]:
    rows = (await store.read(HERE, lambda unit: unit.export()))["conversation_references"]
    assert isinstance(rows, list)
    return [row["updated_at"] for row in rows]


async def test_the_store_is_written_only_when_something_changed(
    book: AddressBook, replica: AddressBook, store: Store, clock: Clock
) -> None:
    for later in (timedelta(), timedelta(seconds=1), timedelta(hours=1)):
        clock.passes(later)
        await book.note(replace(OWN, zone="Europe/Berlin"))
        await replica.note(OWN)
    assert await written_at(store) == [NOW.isoformat()]
    await book.note(replace(OWN, zone="Asia/Tokyo"))
    assert await written_at(store) == [clock().isoformat()]


async def test_of_two_things_said_at_once_the_one_with_the_name_counts(
    book: AddressBook, replica: AddressBook, clock: Clock
) -> None:
    named = replace(OWN, name="Acme account")
    await asyncio.gather(book.note(named), book.note(OWN), replica.note(replace(OWN, zone="Europe/Berlin")))
    await book.note(OWN)
    assert (await book.here(HERE) or OWN).name == "Acme account"
    clock.passes(AT_HAND)  # until then another replica may go by what it heard itself
    assert (await replica.here(HERE) or OWN).name == "Acme account"


async def test_what_another_replica_heard_is_used_within_a_minute(
    book: AddressBook, replica: AddressBook, clock: Clock
) -> None:
    await book.note(replace(OWN, service_url="https://smba.example/old/"))
    await replica.note(OWN)
    clock.passes(AT_HAND)
    assert await book.personal(THREAD) == OWN
    assert await book.here(HERE) == OWN


async def test_a_thread_counts_as_its_channel(book: AddressBook, replica: AddressBook) -> None:
    await book.note(IN_THREAD)
    channel = replace(IN_THREAD, address=replace(HERE, conversation=CHANNEL))
    elsewhere = replace(HERE, conversation=in_thread("1800"))
    for each in (book, replica):
        assert await each.here(elsewhere) == channel
        assert await each.places(HERE) == [channel]
        assert await each.personal(HERE) is None
        assert await each.service(replace(HERE, user="29:bob")) == Service(OWN.service_url, BOT)
    await book.remove(elsewhere)
    assert await book.here(THREAD) is None


async def test_one_person_is_never_taken_for_another(book: AddressBook) -> None:
    await book.note(OWN)
    for other in (replace(HERE, user="29:bob"), replace(HERE, tenant="another")):
        assert await book.personal(other) is None
        assert await book.here(other) is None
        await book.unreachable(other)
    assert await book.personal(HERE) == OWN


async def test_what_is_at_hand_stays_within_bounds(
    book: AddressBook, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    monkeypatch.setattr(addressbook, "AT_HAND_MAX", 4)
    for number in range(10):
        await book.note(replace(OWN, address=replace(HERE, user=f"29:{number}")))
    assert len(book._entries) <= 5  # noqa: SLF001  a memory that grew without end would show nowhere else
    assert await book.personal(replace(HERE, user="29:0"))
    assert await written_at(store) == []
