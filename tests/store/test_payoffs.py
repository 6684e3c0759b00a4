"""What came of clients, and what became of check-ins: noted on a deal of one's own, and taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft
from bot.coach.digest import Counted
from bot.coach.payoffs import Brought, Payoff
from bot.coach.teams import Period
from bot.errors import NotFoundError
from store import Store
from store.check_ins import Outcome
from store.tables.teams import CHECK_IN_OUTCOMES

ANN = Address("slack", "T1", "D1", "U1")
BOB = Address("slack", "T1", "D2", "U2")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
WEEK = Period(TODAY, TODAY + timedelta(days=7))


@pytest.fixture
async def deal(store: Store) -> Deal:
    return await store.write(ANN, lambda unit: unit.deals.add(DealDraft(name="Acme", client="Acme")), at=NOW)


def _brought(deal: Deal, kind: Payoff = Payoff.REFERRAL, on: date = TODAY, to: str = "Globex") -> Brought:
    return Brought(id=kind.value, deal_id=deal.id, kind=kind, on=on, to=to)


async def test_what_came_of_a_client_stands_with_the_deal_it_came_from(store: Store, deal: Deal) -> None:
    later, sooner = _brought(deal, on=TODAY + timedelta(days=1)), _brought(deal, Payoff.RENEWAL, to="")
    for one in (later, sooner):
        assert await store.write(ANN, lambda unit, one=one: unit.payoffs.add(one), at=NOW) == one  # type: ignore[misc]
    assert await store.read(ANN, lambda unit: unit.payoffs.of_deal(deal.id)) == [sooner, later]


async def test_what_came_of_a_client_is_found_in_all_its_deals_and_in_nobody_elses(store: Store, deal: Deal) -> None:
    drafts = [DealDraft(name="Acme again", client="ACME"), DealDraft(name="Acme Labs", client="Acme Labs")]
    again, other = [await store.write(ANN, lambda unit, one=one: unit.deals.add(one), at=NOW) for one in drafts]  # type: ignore[misc]
    theirs = await store.write(BOB, lambda unit: unit.deals.add(drafts[0]), at=NOW)
    mine = [_brought(again, Payoff.RENEWAL, TODAY - timedelta(days=1), ""), _brought(deal)]
    for one in (*mine, _brought(other, Payoff.EXPANSION)):
        await store.write(ANN, lambda unit, one=one: unit.payoffs.add(one), at=NOW)  # type: ignore[misc]
    await store.write(BOB, lambda unit: unit.payoffs.add(_brought(theirs)), at=NOW)
    assert await store.read(ANN, lambda unit: unit.payoffs.of_client("acme")) == mine
    assert await store.read(ANN, lambda unit: unit.payoffs.of_client("")) == []


async def test_a_payoff_taken_back_is_counted_no_more(store: Store, deal: Deal) -> None:
    one = await store.write(ANN, lambda unit: unit.payoffs.add(_brought(deal)), at=NOW)
    assert (await store.read(ANN, lambda unit: unit.counts.mine(WEEK, "UTC"))).referrals == 1
    assert await store.write(ANN, lambda unit: unit.payoffs.remove(one.id), at=NOW) == one
    assert await store.write(ANN, lambda unit: unit.payoffs.remove(one.id), at=NOW) is None
    assert await store.read(ANN, lambda unit: unit.counts.mine(WEEK, "UTC")) == Counted()


async def test_a_check_in_noted_twice_is_one_until_it_is_undone(store: Store, deal: Deal) -> None:
    noted = [await store.write(ANN, lambda unit: unit.check_ins.note(deal.id, TODAY, "done"), at=NOW) for _ in "ab"]
    assert noted == [True, False]
    assert (await store.read(ANN, lambda unit: unit.counts.mine(WEEK, "UTC"))).done == 1
    undone = [await store.write(ANN, lambda unit: unit.check_ins.undo(deal.id, TODAY, "done"), at=NOW) for _ in "ab"]
    assert undone == [True, False]
    assert await store.read(ANN, lambda unit: unit.counts.mine(WEEK, "UTC")) == Counted()


async def test_nothing_is_noted_of_a_deal_handed_over_and_what_was_noted_stays(store: Store, deal: Deal) -> None:
    await store.write(ANN, lambda unit: unit.check_ins.note(deal.id, TODAY, "done"), at=NOW)
    await store.write(ANN, lambda unit: unit.payoffs.add(_brought(deal)), at=NOW)
    offer = await store.write(ANN, lambda unit: unit.handovers.offer(deal.id, BOB.user, NOW), at=NOW)
    await store.write(BOB, lambda unit: unit.handovers.accept(offer.id, NOW), at=NOW)
    with pytest.raises(NotFoundError):
        await store.write(ANN, lambda unit: unit.check_ins.note(deal.id, TODAY, "skipped"), at=NOW)
    with pytest.raises(NotFoundError):
        await store.write(ANN, lambda unit: unit.payoffs.add(_brought(deal, Payoff.RENEWAL)), at=NOW)
    assert await store.read(ANN, lambda unit: unit.counts.mine(WEEK, "UTC")) == Counted(done=1, referrals=1)
    assert await store.read(BOB, lambda unit: unit.counts.mine(WEEK, "UTC")) == Counted()


def test_the_outcomes_that_are_noted_are_the_ones_the_table_takes() -> None:
    assert get_args(Outcome) == CHECK_IN_OUTCOMES
