"""Three packages that are even for us and different to the client."""

import itertools

import pytest
from hypothesis import given, settings

from bot.coach.packages import SPREADS, Offers, Package, Shortage, offers, picture
from bot.coach.plans import Floor, Plan
from bot.coach.scoring import MOST, board, reservation
from bot.coach.tradables import Side
from tests.coach.entries import HIGH, LOW, MEDIUM, PLANS, get, give, plan, renewal


def chosen(one: Plan) -> Offers:
    return offers(board(one))


def taken(package: Package) -> dict[str, object]:
    return {term.entry.id: term.share for term in package.terms}


def differing(one: Package, other: Package) -> int:
    a, b = taken(one), taken(other)
    return sum(a.get(issue) != b.get(issue) for issue in a.keys() | b.keys())


def test_a_usual_plan_has_room_for_three() -> None:
    found = chosen(renewal())
    assert len(found.packages) == 3
    assert found.shortage is None
    assert found.spread <= SPREADS[0]


def test_packages_come_from_the_frontier_where_three_of_it_are_even() -> None:
    gets = [get(name, MEDIUM, LOW) for name in ("x", "y", "z")]
    found = chosen(plan(give("a", LOW, LOW), give("b", MEDIUM, LOW), *gets))
    assert [(package.us.at, package.them.at, package.efficient) for package in found.packages] == [(20, 0, True)] * 3
    assert found.spread == 0


def test_two_gives_and_two_gets_are_exchanged_in_three_ways() -> None:
    found = chosen(plan(give("a", LOW, HIGH), give("b", LOW, HIGH), get("x", HIGH, LOW), get("y", HIGH, LOW)))
    assert [(package.us.at, package.them.at) for package in found.packages] == [(40, 110), (50, 50), (50, 50)]
    assert [package.efficient for package in found.packages] == [True, False, False]
    assert found.spread == 10


@pytest.mark.parametrize(
    ("one", "shortage"),
    [
        (plan(), Shortage.NO_GIVE),
        (plan(get("t", HIGH, LOW)), Shortage.NO_GIVE),
        (plan(give("g", LOW, HIGH)), Shortage.NO_GET),
        (plan(give("g", HIGH, LOW), get("t", LOW, HIGH)), Shortage.NO_ZONE),
        (plan(give("g", LOW, HIGH, amount=5, limit=0), get("t", HIGH, LOW)), Shortage.NO_ZONE),
    ],
)
def test_where_there_are_no_packages_the_reason_is_given(one: Plan, shortage: Shortage) -> None:
    assert chosen(one) == Offers(shortage=shortage)


def test_where_there_is_room_for_one_only_one_is_offered() -> None:
    found = chosen(plan(give("g", LOW, HIGH), get("t", HIGH, LOW)))
    assert len(found.packages) == 1
    assert found.shortage is Shortage.TOO_FEW


def test_a_lower_walk_away_makes_room_for_a_trade_that_costs_us() -> None:
    costly = (give("g", HIGH, HIGH), get("t", MEDIUM, LOW))
    assert chosen(plan(*costly)).shortage is Shortage.NO_ZONE
    assert len(chosen(plan(*costly, floor=Floor.SOME)).packages) == 1


def test_a_package_holds_amounts_up_to_the_limit_and_never_beyond() -> None:
    found = chosen(renewal())
    discounts = [term for package in found.packages for term in package.terms if term.entry.id == "discount"]
    assert [term.amount for term in discounts] == [10] * len(discounts)
    assert discounts


def test_a_limit_out_of_all_proportion_doesn_t_blur_the_rest() -> None:
    one = plan(
        give("credit", LOW, HIGH, amount=1, limit=10**13),
        give("rebate", LOW, HIGH, amount=10**13, limit=1),
        give("terms", MEDIUM, HIGH, amount=7),
        get("t", HIGH, LOW),
    )
    assert all(package.us.at > 0 and package.them.at > 0 for package in chosen(one).packages)


def test_guesses_make_a_package_worth_a_range() -> None:
    known, guessed = chosen(renewal()), chosen(renewal(known=False))
    for sure, unsure in zip(known.packages, guessed.packages, strict=True):
        assert sure.us.low == sure.us.at == sure.us.high
        assert unsure.us.low < unsure.us.at <= unsure.us.high


@settings(deadline=None)
@given(PLANS)
def test_every_package_is_rational_an_exchange_and_different_in_two_issues(any_plan: Plan) -> None:
    found = chosen(any_plan)
    for package in found.packages:
        assert package.us.at >= reservation(any_plan) - 1e-6
        assert package.them.at >= -1e-6
        assert {term.entry.side for term in package.terms} == set(Side)
    for one, other in itertools.combinations(found.packages, 2):
        assert differing(one, other) >= 2
    assert (found.shortage is None) == (len(found.packages) == 3)


@settings(deadline=None)
@given(PLANS)
def test_no_package_is_dominated_and_they_are_even(any_plan: Plan) -> None:
    found = chosen(any_plan)
    for one, other in itertools.permutations(found.packages, 2):
        assert not (other.us.at >= one.us.at + 1e-6 and other.them.at >= one.them.at - 1e-6)
        assert not (other.us.at >= one.us.at - 1e-6 and other.them.at >= one.them.at + 1e-6)
    ours = [package.us.at for package in found.packages] or [0]
    assert max(ours) - min(ours) == pytest.approx(found.spread)
    assert found.spread <= SPREADS[-1] + 1e-6
    theirs = [package.them.at for package in found.packages]
    assert theirs == pytest.approx(sorted(theirs, reverse=True))


@settings(deadline=None, max_examples=50)
@given(PLANS)
def test_an_efficient_package_is_dominated_by_no_agreement_at_all(any_plan: Plan) -> None:
    table = board(any_plan)
    every = list(zip(table.us.values, table.them.values, strict=True))
    for package in (one for one in offers(table).packages if one.efficient):
        us, them = package.us.at, package.them.at
        assert not any(a > us + 1e-6 and b > them + 1e-6 for a, b in every)


def test_the_picture_shows_every_agreement_once() -> None:
    table = board(renewal())
    found = picture(table, offers(table))
    assert len(found.points) == len(set(found.points)) < len(table.agreements)
    assert found.today == (0, 0)
    assert found.today in found.points
    assert (found.ours, found.theirs) == (-30, 0)
    assert all(ours >= -30 and theirs >= 0 for ours, theirs in found.frontier)
    assert len(found.packages) == 3


def test_fifty_entries_are_weighed_by_no_more_agreements_than_can_be_looked_at_at_once() -> None:
    gives = [give(f"give {number}", (LOW, MEDIUM, HIGH)[number % 3], HIGH, amount=3, limit=7) for number in range(25)]
    gets = [get(f"get {number}", HIGH, (LOW, MEDIUM)[number % 2]) for number in range(25)]
    table = board(plan(*gives, *gets))
    assert len(table.agreements) <= MOST
    assert len(offers(table).packages) == 3
