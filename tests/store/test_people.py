from datetime import UTC, datetime, time, timedelta

from bot.chat.address import Address
from bot.chat.ports import Profile
from bot.coach.deals import DealDraft
from bot.coach.people import Person
from store import ImportedDeal, Store

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PROFILE = Profile("Ann", "Ann@X.com ", "Europe/Berlin")


async def _meet(store: Store, profile: Profile, who: Address = ANN, at: datetime = NOW) -> Person:
    return await store.write(who, lambda unit: unit.people.meet(profile, at), at=at)


def _row(key: str, name: str = "Acme", owner: str = "mailto:ann@x.com") -> ImportedDeal:
    return ImportedDeal(draft=DealDraft(name=name, client="Acme Corp"), owner=owner, key=key)


async def test_nobody_is_known_before_they_are_met(store: Store) -> None:
    assert await store.read(ANN, lambda unit: unit.people.me()) is None
    assert await store.write(ANN, lambda unit: unit.people.change(Person(user="U1")), at=NOW) is None


async def test_a_person_met_is_remembered_with_usual_hours(store: Store) -> None:
    met = await _meet(store, PROFILE)
    assert met == Person(user="U1", name="Ann", email="ann@x.com", zone="Europe/Berlin")
    assert await store.read(ANN, lambda unit: unit.people.me()) == met


async def test_a_platform_that_keeps_silent_erases_nothing(store: Store) -> None:
    met = await _meet(store, PROFILE)
    assert await _meet(store, Profile()) == met
    assert await _meet(store, Profile(name="Ann B.", zone="Europe/Paris")) == Person(
        user="U1", name="Ann B.", email="ann@x.com", zone="Europe/Paris"
    )


async def test_a_zone_set_by_hand_stays_when_the_platform_says_another(store: Store) -> None:
    await _meet(store, PROFILE)
    mine = Person(
        user="U1", name="Ann", email="ann@x.com", zone="Asia/Tokyo", starts=time(8, 15), ends=time(16), region="DE-BY"
    )
    assert await store.write(ANN, lambda unit: unit.people.change(mine), at=NOW) == mine
    assert await _meet(store, PROFILE) == mine


async def test_hours_set_by_hand_leave_the_zone_to_the_platform(store: Store) -> None:
    met = await _meet(store, PROFILE)
    early = Person(user="U1", name=met.name, email=met.email, zone=met.zone, starts=time(7))
    await store.write(ANN, lambda unit: unit.people.change(early), at=NOW)
    moved = await _meet(store, Profile(zone="Europe/Lisbon"))
    assert (moved.zone, moved.starts) == ("Europe/Lisbon", time(7))


async def test_deals_imported_for_an_address_are_there_when_its_owner_is_met(store: Store) -> None:
    await store.import_deals("T1", [_row("1"), _row("2", "Globex", "mailto:BOB@x.com")], NOW)
    assert await store.read(ANN, lambda unit: unit.deals.count()) == 0
    await _meet(store, PROFILE)
    (deal,) = await store.read(ANN, lambda unit: unit.deals.find("acme"))
    assert (deal.owner, deal.name) == ("U1", "Acme")


async def test_deals_of_another_company_are_not_claimed_by_the_same_address(store: Store) -> None:
    await store.import_deals("T2", [_row("1")], NOW)
    await _meet(store, PROFILE)
    assert await store.read(ANN, lambda unit: unit.deals.count()) == 0


async def test_a_deal_that_came_under_both_names_is_not_doubled(store: Store) -> None:
    await store.import_deals("T1", [_row("1"), _row("1", "Acme renewal", owner="U1"), _row("2", "Globex")], NOW)
    await _meet(store, PROFILE)
    names = await store.read(ANN, lambda unit: sorted(deal.name for deal in unit.deals.list()))
    assert names == ["Acme renewal", "Globex"]


async def test_a_second_person_with_the_address_finds_nothing_left_to_claim(store: Store) -> None:
    await store.import_deals("T1", [_row("1")], NOW)
    await _meet(store, PROFILE)
    other = Address("slack", "T1", "D9", "U9")
    await _meet(store, PROFILE, other, NOW + timedelta(days=1))
    assert await store.read(other, lambda unit: unit.deals.count()) == 0
    assert await store.read(ANN, lambda unit: unit.deals.count()) == 1
