"""Clients that were left to a team: gone from whoever had them, and offered to one member after the other."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.keep_warm import KeepWarm
from bot.coach.preparation import Answers
from bot.coach.promises import Promise
from bot.coach.teams import Role, Team, team_owner
from bot.errors import NotFoundError
from store import HandoverState, Ownerless, Store, Unit

T = TypeVar("T")
ANN = Address("slack", "T1", "D1", "U1")
BOB = Address("slack", "T1", "D2", "U2")
EVE = Address("slack", "T1", "D3", "U3")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 3, 2)
CARD = Card("Ann left Acme to the team.", ())


async def _as(store: Store, who: Address, work: Callable[[Unit], T]) -> T:
    return await store.write(who, work, at=NOW)


def _whole(unit: Unit) -> Deal:
    deal = unit.deals.add(DealDraft(name="Acme renewal", client="Acme", stage=Stage.WON, notes="Jo has a new baby"))
    unit.preps.answer(unit.preps.start(deal.id, NOW).id, Answers(walk_away="41k"), NOW)
    unit.promises.add(Promise(id="P", deal_id=deal.id, what="logo", due=TODAY, made_on=TODAY))
    unit.warmth.start(KeepWarm(deal_id=deal.id, client="", won_on=TODAY, snoozes=2))
    return deal


@pytest.fixture
async def left(store: Store) -> Deal:
    """A deal that Bob, a member, left to Ann's team; Eve is a member too."""
    await _as(store, ANN, lambda unit: unit.teams.create(Team(id="W", name="West", channel="C", covered_to=TODAY), NOW))
    for who in (BOB, EVE):
        await _as(store, who, lambda unit: unit.teams.join("W", NOW))
    deal = await _as(store, BOB, _whole)
    await _as(store, BOB, lambda unit: unit.handovers.release(deal.id, "W", NOW))
    return deal


async def _assign(store: Store, deal: Deal, user: str, who: Address = ANN) -> str:
    return (await _as(store, who, lambda unit: unit.handovers.assign("W", deal.id, user, LATER))).id


async def test_a_deal_left_to_the_team_is_its_givers_no_more_and_what_they_wrote_stays_theirs(
    store: Store, left: Deal
) -> None:
    assert await store.read(BOB, lambda unit: (unit.deals.list(), unit.warmth.all())) == ([], [])
    assert await store.read(BOB, lambda unit: unit.preps.of(left.id))
    (given,) = await store.read(BOB, lambda unit: unit.handovers.given())
    assert (given.deal_name, given.to_user, given.state) == ("Acme renewal", team_owner("W"), HandoverState.ACCEPTED)
    assert "41k" not in str(await store.read(replace(ANN, user=team_owner("W")), lambda unit: unit.export()))


async def test_leaving_a_deal_to_the_team_ends_an_offer_of_it(store: Store, left: Deal) -> None:
    other = await _as(store, BOB, _whole_again)
    offer = await _as(store, BOB, lambda unit: unit.handovers.offer(other.id, EVE.user, NOW))
    await _as(store, BOB, lambda unit: unit.handovers.release(other.id, "W", NOW))
    assert await _as(store, EVE, lambda unit: unit.handovers.accept(offer.id, LATER)) is None
    names = [one.deal_id for one in await store.read(ANN, lambda unit: unit.teams.ownerless("W"))]
    assert sorted(names) == sorted([left.id, other.id])


def _whole_again(unit: Unit) -> Deal:
    return unit.deals.add(DealDraft(name="Globex", client="Globex"))


async def test_only_a_member_leaves_a_deal_to_a_team_and_only_their_own(store: Store, left: Deal) -> None:
    stranger = replace(BOB, user="U9")
    deal = await _as(store, stranger, _whole_again)
    tries = ((stranger, deal.id), (EVE, deal.id), (BOB, left.id), (BOB, "none"))
    for who, this in tries:
        with pytest.raises(NotFoundError):
            await _as(store, who, lambda unit, this=this: unit.handovers.release(this, "W", NOW))  # type: ignore[misc]
    assert await store.read(stranger, lambda unit: unit.deals.count()) == 1


async def test_a_member_who_accepts_has_the_deal_with_its_promises_and_rhythm(store: Store, left: Deal) -> None:
    this = await _assign(store, left, EVE.user)
    (offered,) = await store.read(ANN, lambda unit: unit.teams.ownerless("W"))
    assert offered == Ownerless(deal_id=left.id, name="Acme renewal", client="Acme", offered_to=EVE.user)
    assert await _as(store, EVE, lambda unit: unit.handovers.accept(this, LATER))
    assert await store.read(EVE, lambda unit: [deal.name for deal in unit.deals.list()]) == ["Acme renewal"]
    assert await store.read(EVE, lambda unit: len(unit.promises.of(left.id))) == 1
    assert await store.read(EVE, lambda unit: len(unit.warmth.all())) == 1
    assert await store.read(ANN, lambda unit: unit.teams.ownerless("W")) == []
    assert await store.read(BOB, lambda unit: unit.deals.count()) == 0


async def test_a_member_who_declines_leaves_the_deal_with_the_team(store: Store, left: Deal) -> None:
    this = await _assign(store, left, EVE.user)
    assert await _as(store, EVE, lambda unit: unit.handovers.decline(this, LATER))
    (waiting,) = await store.read(ANN, lambda unit: unit.teams.ownerless("W"))
    assert waiting.offered_to == ""


async def test_a_deal_comes_back_to_whoever_left_it_with_what_they_wrote(store: Store, left: Deal) -> None:
    this = await _assign(store, left, BOB.user)
    await _as(store, BOB, lambda unit: unit.handovers.accept(this, LATER))
    assert await store.read(BOB, lambda unit: unit.deals.get(left.id)) == left
    assert await store.read(BOB, lambda unit: unit.preps.of(left.id))


async def test_a_deal_offered_to_another_member_is_the_first_ones_no_more(store: Store, left: Deal) -> None:
    first = await _assign(store, left, EVE.user)
    second = await _assign(store, left, BOB.user)
    assert await _as(store, EVE, lambda unit: unit.handovers.accept(first, LATER)) is None
    assert await _as(store, BOB, lambda unit: unit.handovers.accept(second, LATER))


async def test_only_a_manager_offers_what_the_team_has_and_only_to_its_members(store: Store, left: Deal) -> None:
    await _as(store, ANN, lambda unit: unit.teams.invite("W", "U8", NOW))
    for who, user in ((BOB, EVE.user), (replace(ANN, user="U9"), EVE.user), (ANN, "U9"), (ANN, "U8")):
        with pytest.raises(NotFoundError):
            await _assign(store, left, user, who)


async def test_a_manager_takes_the_teams_offer_back_and_a_member_does_not(store: Store, left: Deal) -> None:
    this = await _assign(store, left, EVE.user)
    for who in (BOB, EVE):
        assert await _as(store, who, lambda unit: unit.handovers.withdraw(this, LATER)) is None
    taken = await _as(store, ANN, lambda unit: unit.handovers.withdraw(this, LATER))
    assert taken
    assert taken.state is HandoverState.WITHDRAWN


async def test_who_leaves_the_team_is_offered_its_clients_no_more(store: Store, left: Deal) -> None:
    this = await _assign(store, left, EVE.user)
    await _as(store, EVE, lambda unit: unit.teams.leave("W"))
    assert await _as(store, EVE, lambda unit: unit.handovers.accept(this, LATER)) is None
    assert await store.read(ANN, lambda unit: unit.teams.count_ownerless("W")) == 1


async def _told(store: Store) -> list[str]:
    letters = await store.letters.claim(NOW, 10, timedelta(minutes=1), platform="slack")
    return sorted(letter.address.user for letter in letters)


async def test_what_becomes_of_a_teams_client_its_managers_are_told(store: Store, left: Deal) -> None:
    await _as(store, ANN, lambda unit: unit.teams.set_role("W", BOB.user, Role.MANAGER))
    this = await _assign(store, left, EVE.user)
    assert await _as(store, ANN, lambda unit: unit.handovers.tell(this, CARD, NOW))
    assert await _told(store) == [EVE.user]
    await _as(store, EVE, lambda unit: unit.handovers.accept(this, LATER))
    assert await _as(store, EVE, lambda unit: unit.handovers.tell(this, CARD, NOW))
    assert not await _as(store, EVE, lambda unit: unit.handovers.tell(this, CARD, NOW))
    assert await _told(store) == [ANN.user, BOB.user]


async def test_of_two_managers_who_assign_at_once_one_offer_stands(store: Store, url: str, left: Deal) -> None:
    await _as(store, ANN, lambda unit: unit.teams.set_role("W", BOB.user, Role.MANAGER))
    other = Store.open(url)
    await asyncio.gather(_assign(store, left, EVE.user), _assign(other, left, ANN.user, BOB))
    await other.close()
    waiting = [await store.read(who, lambda unit: unit.handovers.to_me()) for who in (ANN, BOB, EVE)]
    assert sum(map(len, waiting)) == 1
