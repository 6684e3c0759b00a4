from datetime import UTC, datetime, timedelta

from bot.chat.address import Address
from store import Place, Store

ANN = Address("slack", "T1", "D1", "U1")
ON_THE_PAGE = Address("web", "T1", "dm", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def _put(store: Store, address: Address, subject: str, message: str, at: datetime = NOW) -> None:
    await store.write(address, lambda unit: unit.places.put(subject, message, at), at=at)


async def test_a_card_is_found_wherever_it_was_put(store: Store) -> None:
    await _put(store, ANN, "prep:1", "171.1")
    await _put(store, ON_THE_PAGE, "prep:1", "9", NOW + timedelta(seconds=1))
    await _put(store, ANN, "prep:2", "171.2", NOW + timedelta(seconds=2))
    expected = [Place(ANN, "171.1"), Place(ON_THE_PAGE, "9")]
    assert await store.read(ANN, lambda unit: unit.places.of("prep:1")) == expected
    assert await store.read(ON_THE_PAGE, lambda unit: unit.places.all()) == [*expected, Place(ANN, "171.2")]


async def test_a_card_put_again_in_a_conversation_stands_only_where_it_is_now(store: Store) -> None:
    await _put(store, ANN, "prep:1", "171.1")
    await _put(store, ANN, "prep:1", "171.9", NOW + timedelta(days=1))
    assert await store.read(ANN, lambda unit: unit.places.of("prep:1")) == [Place(ANN, "171.9")]


async def test_a_card_never_put_is_nowhere(store: Store) -> None:
    assert await store.read(ANN, lambda unit: unit.places.of("prep:1")) == []


async def test_a_teams_card_is_found_by_whoever_asks_for_the_team_and_as_nobodys_own(store: Store) -> None:
    channel = Address("slack", "T1", "C1", "team:7")
    await _put(store, channel, "digest:7", "171.5")
    assert await store.read(ANN, lambda unit: unit.places.of_team("7", "digest:7")) == [Place(channel, "171.5")]
    assert await store.read(ANN, lambda unit: unit.places.of_team("8", "digest:7")) == []
    assert await store.read(ANN, lambda unit: unit.places.of("digest:7")) == []
    elsewhere = Address("slack", "T2", "D1", "U1")
    assert await store.read(elsewhere, lambda unit: unit.places.of_team("7", "digest:7")) == []
