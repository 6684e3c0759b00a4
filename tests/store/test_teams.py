"""Teams: nobody is in one without their own yes, and a team always knows who may still speak for it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Profile
from bot.coach.deals import DealDraft
from bot.coach.teams import Count, Membership, Period, Role, Share, Shared, Team, team_of, team_owner
from store import Letter, Ownerless, Store, Unit

T = TypeVar("T")
ANN = Address("slack", "T1", "D1", "U1")
BOB = Address("slack", "T1", "D2", "U2")
EVE = Address("slack", "T1", "D3", "U3")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
WEEK = Period(TODAY, TODAY + timedelta(days=7))
WEST = Team(id="W1", name="West", channel="C1", channel_name="#west", zone="Europe/Berlin", covered_to=TODAY)
OF_WEST = replace(ANN, conversation="", user=team_owner("W1"))
CARD = Card("Your team's week", ())


async def _as(store: Store, who: Address, work: Callable[[Unit], T]) -> T:
    return await store.write(who, work, at=NOW)


@pytest.fixture
async def west(store: Store) -> Team:
    """Ann's team, in which Bob is a member."""
    team = await _as(store, ANN, lambda unit: unit.teams.create(WEST, NOW))
    await _as(store, BOB, lambda unit: unit.teams.join("W1", NOW + timedelta(hours=1)))
    return team


def _member(user: str, role: Role = Role.MEMBER) -> Membership:
    return Membership(team_id="W1", user=user, role=role)


async def test_who_sets_a_team_up_is_its_manager(store: Store) -> None:
    assert await _as(store, ANN, lambda unit: unit.teams.create(WEST, NOW)) == WEST
    assert await store.read(ANN, lambda unit: unit.teams.mine()) == [(WEST, Role.MANAGER)]
    assert await store.read(ANN, lambda unit: unit.teams.members("W1")) == [_member("U1", Role.MANAGER)]


async def test_a_team_is_kept_as_it_is_changed(store: Store, west: Team) -> None:
    changed = replace(west, name="North", weekday=4, at=time(16, 45), covered_to=TODAY + timedelta(days=3), problem="x")
    assert await _as(store, ANN, lambda unit: unit.teams.change(changed)) == changed
    assert await store.read(BOB, lambda unit: unit.teams.get("W1")) == changed
    assert await _as(store, ANN, lambda unit: unit.teams.change(replace(west, id="W9"))) is None


async def test_who_is_invited_is_in_the_team_once_they_say_yes_and_not_before(store: Store, west: Team) -> None:
    assert await _as(store, ANN, lambda unit: unit.teams.invite("W1", "U3", NOW))
    assert await store.read(EVE, lambda unit: unit.teams.mine()) == [(west, Role.INVITED)]
    assert not await _as(store, ANN, lambda unit: unit.teams.set_role("W1", "U3", Role.MANAGER))
    assert not await _as(store, ANN, lambda unit: unit.teams.invite("W1", "U3", NOW))
    assert await _as(store, EVE, lambda unit: unit.teams.join("W1", NOW))
    assert await store.read(EVE, lambda unit: unit.teams.role("W1")) is Role.MEMBER


async def test_to_join_or_be_invited_again_changes_nothing(store: Store, west: Team) -> None:
    for who in (ANN, BOB):
        assert not await _as(store, who, lambda unit: unit.teams.join(west.id, NOW))
        assert not await _as(store, ANN, lambda unit, user=who.user: unit.teams.invite("W1", user, NOW))  # type: ignore[misc]
    roles = [_member("U1", Role.MANAGER), _member("U2")]
    assert await store.read(ANN, lambda unit: unit.teams.members("W1")) == roles


async def test_a_team_that_is_not_there_has_no_members(store: Store) -> None:
    assert not await _as(store, ANN, lambda unit: unit.teams.join("W1", NOW))
    assert not await _as(store, ANN, lambda unit: unit.teams.invite("W1", "U2", NOW))
    assert await store.read(ANN, lambda unit: (unit.teams.members("W1"), unit.teams.role("W1"))) == ([], None)


async def test_the_people_of_a_team_have_the_names_they_gave_the_coach(store: Store, west: Team) -> None:
    await _as(store, ANN, lambda unit: unit.people.meet(Profile("Ann", "a@x.com"), NOW))
    assert await store.read(BOB, lambda unit: unit.teams.names(west.id)) == {"U1": "Ann", "U2": ""}


async def test_a_person_is_in_several_teams_here_as_a_member_and_there_as_a_manager(store: Store, west: Team) -> None:
    south = replace(WEST, id="S1", name="South")
    await _as(store, BOB, lambda unit: unit.teams.create(south, NOW))
    assert await store.read(BOB, lambda unit: unit.teams.mine()) == [(south, Role.MANAGER), (west, Role.MEMBER)]


def _share(unit: Unit) -> None:
    win = Shared(id=unit.lines.fresh_id(), team_id="W1", user="", kind=Share.WIN, text="We won Acme", on=TODAY)
    unit.lines.share(win, NOW)
    unit.lines.withhold("W1", TODAY, Count.TRADES)


async def test_who_leaves_takes_their_lines_along_and_counts_no_more(store: Store, west: Team) -> None:
    await _as(store, BOB, _share)
    assert await store.read(ANN, lambda unit: len(unit.lines.of_team("W1", WEEK))) == 1
    assert await store.read(ANN, lambda unit: len(unit.counts.of_team("W1", WEEK, "UTC"))) == 2
    assert await _as(store, BOB, lambda unit: unit.teams.leave("W1"))
    assert not await _as(store, BOB, lambda unit: unit.teams.leave("W1"))
    assert await store.read(ANN, lambda unit: unit.lines.of_team("W1", WEEK)) == []
    assert await store.read(ANN, lambda unit: len(unit.counts.of_team("W1", WEEK, "UTC"))) == 1
    assert await store.read(ANN, lambda unit: unit.teams.get("W1")) == west
    await _as(store, BOB, lambda unit: unit.teams.join("W1", NOW))
    assert await store.read(BOB, lambda unit: unit.lines.withheld("W1", TODAY)) == frozenset()


async def test_whom_a_manager_removes_is_gone_as_if_they_had_left(store: Store, west: Team) -> None:
    await _as(store, BOB, _share)
    assert await _as(store, ANN, lambda unit: unit.teams.remove(west.id, "U2"))
    assert not await _as(store, ANN, lambda unit: unit.teams.remove(west.id, "U2"))
    assert await store.read(BOB, lambda unit: unit.teams.mine()) == []
    assert await store.read(ANN, lambda unit: unit.lines.of_team("W1", WEEK)) == []


async def test_a_team_without_a_manager_is_taken_over_by_the_first_who_asks(store: Store, west: Team) -> None:
    assert not await _as(store, BOB, lambda unit: unit.teams.take_over("W1"))
    await _as(store, EVE, lambda unit: unit.teams.join("W1", NOW))
    await _as(store, ANN, lambda unit: unit.teams.leave("W1"))
    assert await store.read(BOB, lambda unit: unit.teams.get("W1")) == west
    assert await _as(store, BOB, lambda unit: unit.teams.take_over("W1"))
    assert not await _as(store, EVE, lambda unit: unit.teams.take_over("W1"))
    assert not await _as(store, replace(EVE, user="U7"), lambda unit: unit.teams.take_over("W1"))
    assert await store.read(EVE, lambda unit: unit.teams.role("W1")) is Role.MEMBER


async def test_the_last_one_to_leave_takes_the_team_along(store: Store, west: Team) -> None:
    deal = await _as(store, ANN, lambda unit: unit.deals.add(DealDraft(name="Acme", client="Acme")))
    await _as(store, ANN, lambda unit: unit.handovers.release(deal.id, west.id, NOW))
    await _as(store, ANN, lambda unit: unit.teams.invite("W1", "U3", NOW))
    for who in (ANN, BOB):
        await _as(store, who, lambda unit: unit.teams.leave("W1"))
    assert await store.read(EVE, lambda unit: (unit.teams.get("W1"), unit.teams.mine())) == (None, [])
    assert await store.read(OF_WEST, lambda unit: unit.deals.list()) == []


def _leave_slowly(unit: Unit) -> bool:
    """Leave, and let whoever leaves at the same time see what they see before this is kept."""
    left = unit.teams.leave("W1")
    unit._scope._connection.execute(text("SELECT pg_sleep(0.3)"))  # noqa: SLF001
    return left


async def test_a_team_is_not_left_without_anybody_when_its_last_two_leave_at_once(postgres_url: str) -> None:
    store = Store.open(postgres_url)
    await _as(store, ANN, lambda unit: unit.teams.create(WEST, NOW))
    await _as(store, BOB, lambda unit: unit.teams.join("W1", NOW))
    assert await asyncio.gather(*(_as(store, who, _leave_slowly) for who in (ANN, BOB))) == [True, True]
    assert await store.read(ANN, lambda unit: unit.teams.get("W1")) is None
    await store.close()


async def test_two_who_are_forgotten_at_once_take_their_teams_along_without_waiting_for_each_other(
    postgres_url: str,
) -> None:
    store = Store.open(postgres_url)
    for team in (WEST, replace(WEST, id="A1")):
        await _as(store, ANN, lambda unit, team=team: unit.teams.create(team, NOW))  # type: ignore[misc]
        await _as(store, BOB, lambda unit, team=team: unit.teams.join(team.id, NOW))  # type: ignore[misc]
    await asyncio.gather(*(_as(store, who, lambda unit: unit.forget()) for who in (ANN, BOB)))
    assert await store.read(ANN, lambda unit: (unit.teams.get("W1"), unit.teams.get("A1"))) == (None, None)
    await store.close()


async def test_of_several_who_take_over_at_once_one_does(store: Store, url: str, west: Team) -> None:
    await _as(store, EVE, lambda unit: unit.teams.join(west.id, NOW))
    await _as(store, ANN, lambda unit: unit.teams.leave("W1"))
    other = Store.open(url)
    asking = [
        one.write(who, lambda unit: unit.teams.take_over("W1"), at=NOW) for one, who in ((store, BOB), (other, EVE))
    ]
    assert sorted(await asyncio.gather(*asking)) == [False, True]
    await other.close()


async def _claimed(store: Store) -> list[Letter]:
    return await store.letters.claim(NOW, 10, timedelta(minutes=1), platform="slack")


async def test_a_teams_letter_goes_to_its_channel_and_is_remembered_there(store: Store, west: Team) -> None:
    put: Callable[[Unit], bool] = lambda unit: unit.outbox.put(  # noqa: E731
        "digest:W1:1", CARD, NOW, subject="digest:1", conversation=west.channel
    )
    assert await _as(store, OF_WEST, put)
    assert not await _as(store, OF_WEST, put)
    (letter,) = await _claimed(store)
    assert (letter.address, letter.beside) == (replace(OF_WEST, conversation="C1"), "")
    await store.letters.begin(letter, NOW)
    assert await store.letters.settle_sent(letter, "17.1", NOW)
    (place,) = await store.read(BOB, lambda unit: unit.places.of_team("W1", "digest:1"))
    assert (place.address.conversation, place.message) == ("C1", "17.1")


async def test_those_in_a_team_are_told_and_nobody_else_is(store: Store, west: Team) -> None:
    await _as(store, ANN, lambda unit: unit.teams.invite(west.id, "U3", NOW))
    store.letters.news.clear()
    for user, told in (("U2", True), ("U3", True), ("U2", False), ("U9", False)):
        put = await _as(store, ANN, lambda unit, user=user: unit.teams.tell("W1", user, "team:W1", CARD, NOW))  # type: ignore[misc]
        assert put is told
    assert store.letters.news.is_set()
    assert [letter.address for letter in await _claimed(store)] == [
        replace(ANN, conversation="", user=user) for user in ("U2", "U3")
    ]


async def test_a_letter_can_bring_two_into_one_chat(store: Store, west: Team) -> None:
    await _as(store, BOB, lambda unit: unit.teams.tell(west.id, "U1", "help:1", CARD, NOW, beside="U2"))
    (letter,) = await _claimed(store)
    assert (letter.address.user, letter.beside) == ("U1", "U2")


async def test_an_ordinary_letter_goes_to_its_readers_own_chat(store: Store) -> None:
    await _as(store, ANN, lambda unit: unit.outbox.put("checkins:1", CARD, NOW))
    (letter,) = await _claimed(store)
    assert (letter.address, letter.beside) == (replace(ANN, conversation=""), "")


async def test_a_digest_under_way_is_remembered_until_it_is_over(store: Store, west: Team) -> None:
    for key in ("digest:W1:1", ""):
        await _as(store, OF_WEST, lambda unit, key=key: unit.teams.awaits(west.id, key))  # type: ignore[misc]
        assert await store.read(OF_WEST, lambda unit: unit.teams.awaited("W1")) == key


def test_a_teams_owner_is_no_persons_and_tells_its_team() -> None:
    assert team_of(team_owner("W1")) == "W1"
    assert [team_of(user) for user in ("U1", "", "mailto:a@x.com", "W1")] == [""] * 4


_words = st.text(max_size=40)
_teams = st.builds(
    Team,
    id=st.just("W1"),
    name=_words,
    channel=_words,
    channel_name=_words,
    weekday=st.integers(0, 6),
    at=st.times(),
    zone=_words,
    covered_to=st.dates(),
    problem=_words,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(team=_teams)
async def test_any_team_comes_back_as_it_was(store: Store, team: Team) -> None:
    def keep(unit: Unit) -> Team | None:
        return unit.teams.change(team) if unit.teams.get("W1") else unit.teams.create(team, NOW)

    kept = await _as(store, ANN, keep)
    clean = {
        name: getattr(team, name).replace("\x00", "") for name in ("name", "channel", "channel_name", "zone", "problem")
    }
    assert kept == replace(team, **clean)


async def test_a_deal_left_to_a_team_goes_at_once_and_only_its_members_see_whose_it_was_not(
    store: Store, west: Team
) -> None:
    deal = await _as(store, BOB, lambda unit: unit.deals.add(DealDraft(name="Acme", client="Acme Corp", notes="x")))
    await _as(store, BOB, lambda unit: unit.handovers.release(deal.id, west.id, NOW))
    left = [Ownerless(deal_id=deal.id, name="Acme", client="Acme Corp")]
    for who in (ANN, BOB, OF_WEST):
        assert await store.read(who, lambda unit: unit.teams.ownerless("W1")) == left
        assert await store.read(who, lambda unit: unit.teams.count_ownerless("W1")) == 1
    assert await store.read(EVE, lambda unit: unit.teams.ownerless("W1")) == []
