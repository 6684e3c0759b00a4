"""Which give goes with which get."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given

from bot.coach.logrolling import Reading, Trade, bundles, cases, pairs, trade
from bot.coach.plans import Plan, Worth
from bot.coach.preparation import Certainty
from bot.coach.scoring import POINTS, Span
from tests.coach.entries import HIGH, LOW, MEDIUM, PLANS, get, give, plan, renewal


def named(trades: tuple[Trade, ...]) -> list[tuple[str, ...]]:
    return [(one.give.id, *(each.id for each in one.gets)) for one in trades]


def test_both_sides_gain_what_they_value_more_than_it_costs_the_other() -> None:
    one = trade(give("onboarding", LOW, HIGH), get("case study", MEDIUM, LOW))
    assert (one.us.at, one.them.at) == (30 - 10, 60 - 10)


def test_the_best_pair_is_the_one_whose_smaller_gain_is_largest_and_then_the_sum() -> None:
    assert named(pairs(renewal())) == [
        ("onboarding", "two years"),
        ("onboarding", "case study"),
        ("onboarding", "upfront"),
        ("net 45", "case study"),
    ]


def test_a_pair_good_for_both_comes_before_one_that_is_very_good_for_us() -> None:
    found = pairs(plan(give("ours", LOW, MEDIUM), give("fair", MEDIUM, HIGH), get("t", HIGH, LOW)))
    assert [(one.give.id, one.us.at, one.them.at) for one in found] == [("fair", 30, 50), ("ours", 50, 20)]


def test_equal_pairs_stay_in_the_order_of_the_plan() -> None:
    found = pairs(plan(give("b", LOW, HIGH), give("a", LOW, HIGH), get("z", HIGH, LOW), get("y", HIGH, LOW)))
    assert named(found) == [("b", "z"), ("b", "y"), ("a", "z"), ("a", "y")]


@pytest.mark.parametrize(
    "worths", [(MEDIUM, MEDIUM, MEDIUM, LOW), (LOW, MEDIUM, MEDIUM, MEDIUM), (HIGH, LOW, LOW, HIGH)]
)
def test_a_pair_in_which_one_side_gains_nothing_is_none(worths: tuple[Worth, Worth, Worth, Worth]) -> None:
    assert pairs(plan(give("g", *worths[:2]), get("t", *worths[2:]))) == ()


def test_a_guess_may_be_a_step_off_either_way() -> None:
    one = trade(give("onboarding", LOW, HIGH, known=False), get("case study", MEDIUM, LOW, known=False))
    assert one.us == Span(30 - 10, 10 - 30, 60 - 10)
    assert one.them == Span(60 - 10, 30 - 30, 60 - 10)


def test_what_is_known_has_no_range() -> None:
    one = trade(give("onboarding", LOW, HIGH), get("case study", MEDIUM, LOW))
    assert one.us == Span(20, 20, 20)


def test_a_great_give_is_paid_for_by_several_gets() -> None:
    assert named(bundles(renewal())) == [("discount", "two years", "case study")]


def test_three_gets_may_be_needed() -> None:
    gets = [get(name, MEDIUM, LOW) for name in ("a", "b", "c", "d")]
    assert named(bundles(plan(give("discount", HIGH, HIGH), *gets))) == [("discount", "a", "b", "c")]


def test_a_give_that_a_single_get_pays_for_needs_no_bundle() -> None:
    assert bundles(plan(give("g", LOW, HIGH), get("a", HIGH, LOW), get("b", HIGH, LOW))) == ()


def test_what_may_not_be_given_at_all_is_in_no_trade() -> None:
    never = plan(give("discount", LOW, HIGH, amount=5, limit=0), get("two years", HIGH, LOW))
    assert pairs(never) == bundles(never) == ()


def test_a_demand_nobody_understands_is_read_in_both_ways() -> None:
    as_said, something_else = cases(renewal())
    assert (as_said.reading, something_else.reading) == (Reading.AS_SAID, Reading.SOMETHING_ELSE)
    assert as_said.answer is not None
    assert named((as_said.answer,)) == [("discount", "two years", "case study")]
    assert as_said.answer.them.at == 60 - 30 - 10
    assert something_else.answer is None
    assert something_else.best is not None
    assert something_else.best.give.id == "onboarding"


@pytest.mark.parametrize("certainty", [Certainty.SAID, Certainty.GUESS])
def test_a_demand_whose_reason_is_known_is_read_in_one_way(certainty: Certainty) -> None:
    assert cases(replace(renewal(), behind="cash is short this year", certainty=certainty)) == ()
    assert len(cases(replace(renewal(), behind="", certainty=certainty))) == 2


def test_without_a_demand_there_is_nothing_to_read() -> None:
    assert cases(plan(give("g", LOW, HIGH), get("t", HIGH, LOW), certainty=Certainty.UNKNOWN)) == ()


@given(PLANS)
def test_in_every_pair_both_gain_and_none_is_forgotten(any_plan: Plan) -> None:
    found = pairs(any_plan)
    assert all(one.us.at > 0 and one.them.at > 0 for one in found)
    assert all(a.rank >= b.rank for a, b in itertools.pairwise(found))
    for one in found:
        (got,) = one.gets
        assert one.us.at == POINTS[got.ours.worth] - POINTS[one.give.ours.worth]
        assert one.them.at == POINTS[one.give.theirs.worth] - POINTS[got.theirs.worth]
        assert one.us.low <= one.us.at <= one.us.high
        assert one.them.low <= one.them.at <= one.them.high
    plainly = sum(
        POINTS[b.ours.worth] > POINTS[a.ours.worth] and POINTS[a.theirs.worth] > POINTS[b.theirs.worth]
        for a in any_plan.gives
        for b in any_plan.gets
        if a.limit != 0 and not (a.limit is None and a.tradable.limit and a.tradable.amount == 0)
    )
    assert len(found) == plainly


@given(PLANS)
def test_in_every_bundle_both_gain_and_no_single_get_would_do(any_plan: Plan) -> None:
    paid = {one.give.id for one in pairs(any_plan)}
    for one in bundles(any_plan):
        assert one.valid
        assert one.give.id not in paid
        assert 2 <= len(one.gets) <= 3
