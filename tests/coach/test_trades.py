"""What a plan comes to, for the plan card."""

from hypothesis import given, settings

from bot.coach.packages import Shortage
from bot.coach.plans import Plan
from bot.coach.trades import analysis, order_of_play, over_limit
from tests.coach.entries import HIGH, LOW, MEDIUM, PLANS, get, give, plan, renewal


def test_an_empty_plan_has_nothing_and_says_so() -> None:
    found = analysis(plan())
    assert not any((found.pairs, found.bundles, found.naked, found.order, found.cases, found.doubts, found.left_out))
    assert found.offers.shortage is Shortage.NO_GIVE
    assert found.picture.points == ((0, 0),)


def test_a_give_without_a_get_is_called_out() -> None:
    one = give("onboarding", LOW, HIGH)
    assert analysis(plan(one)).naked == (one,)
    assert analysis(plan(one, get("t", HIGH, LOW))).naked == ()


def test_a_give_that_costs_more_than_all_gets_bring_is_called_out() -> None:
    found = analysis(plan(give("discount", HIGH, HIGH), get("t", LOW, LOW), get("u", LOW, LOW), get("v", LOW, LOW)))
    assert [one.id for one in found.naked] == ["discount"]


def test_a_give_that_two_gets_pay_for_is_not_naked() -> None:
    found = analysis(renewal())
    assert found.naked == ()
    assert [one.give.id for one in found.bundles] == ["discount"]


def test_only_gets_leave_nothing_naked() -> None:
    found = analysis(plan(get("t", HIGH, LOW)))
    assert found.naked == ()
    assert found.offers.shortage is Shortage.NO_GIVE


def test_a_demand_over_our_limit_is_called_out() -> None:
    assert [one.id for one in over_limit(renewal())] == ["discount"]
    within = plan(give("discount", HIGH, HIGH, amount=10, limit=10), give("days", LOW, LOW, amount=3))
    assert over_limit(within) == ()
    assert [one.id for one in over_limit(plan(give("days", LOW, LOW, amount=3, limit=0)))] == ["days"]


def test_the_cheapest_give_is_played_first_and_of_equals_the_dearer_to_them() -> None:
    found = order_of_play(
        plan(
            give("discount", HIGH, HIGH),
            give("logo", LOW, LOW),
            give("onboarding", LOW, HIGH),
            give("terms", MEDIUM, HIGH),
            give("never", LOW, HIGH, amount=1, limit=0),
            get("t", HIGH, LOW),
        )
    )
    assert [one.id for one in found] == ["onboarding", "logo", "terms", "discount"]


@settings(deadline=None, max_examples=60)
@given(PLANS)
def test_any_plan_at_all_can_be_worked_out_and_twice_the_same(any_plan: Plan) -> None:
    found = analysis(any_plan)
    assert found == analysis(any_plan)
    assert {one.id for one in found.naked}.isdisjoint(one.give.id for one in (*found.pairs, *found.bundles))
    assert len(found.picture.packages) == len(found.offers.packages)
