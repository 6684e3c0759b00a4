"""From a plan to points."""

from decimal import Decimal
from fractions import Fraction

import pytest

from bot.coach.plans import Entry, Floor
from bot.coach.scoring import MOST, Level, board, levels, reservation
from tests.coach.entries import HIGH, LOW, MEDIUM, get, give, plan


@pytest.mark.parametrize(
    ("one", "amounts"),
    [
        (give("case study", LOW, HIGH), [(1, None)]),
        (give("discount", LOW, HIGH, amount=5), [(1, 5)]),
        (give("discount", LOW, HIGH, amount=5, limit=5), [(1, 5)]),
        (give("discount", LOW, HIGH, amount=5, limit=10), [(1, 5), (2, 10)]),
        (give("discount", LOW, HIGH, amount=5, limit=50), [(1, 5), (10, 50)]),
        (give("discount", LOW, HIGH, amount=5, limit=51), [(1, 5)]),
        (give("discount", LOW, HIGH, amount=15, limit=10), [(Fraction(2, 3), 10)]),
        (give("discount", LOW, HIGH, amount=10, up_to=1), [(1, 10)]),
        (give("discount", LOW, HIGH, limit=10), [(1, 10)]),
        (give("discount", LOW, HIGH, amount=0), [(1, None)]),
        (give("discount", LOW, HIGH, amount=15, limit=0), []),
        (give("discount", LOW, HIGH, amount=15, limit=-3), []),
        (get("years", LOW, HIGH, amount=2, limit=1), [(1, 2)]),
    ],
)
def test_the_steps_of_an_entry(one: Entry, amounts: list[tuple[Fraction | int, int | None]]) -> None:
    expected = [Level(Fraction(share), None if amount is None else Decimal(amount)) for share, amount in amounts]
    assert list(levels(one)) == [Level(Fraction(0)), *expected]


def test_twice_the_amount_costs_twice_as_much() -> None:
    table = board(plan(give("discount", MEDIUM, HIGH, amount=5, limit=10)))
    assert list(table.agreements.ours) == [0, -30, -60]
    assert list(table.agreements.theirs) == [0, 60, 120]


def test_a_demand_above_the_limit_counts_as_what_the_limit_allows() -> None:
    table = board(plan(give("discount", HIGH, HIGH, amount=15, limit=10)))
    assert list(table.agreements.ours) == [0, -40]


@pytest.mark.parametrize(
    ("floor", "points"),
    [(None, 0), (Floor.LEVEL, 0), (Floor.LITTLE, -10), (Floor.SOME, -30), (Floor.MUCH, -60)],
)
def test_a_walk_away_lies_below_today_s_offer(floor: Floor | None, points: int) -> None:
    assert reservation(plan(floor=floor)) == points


def test_an_empty_plan_is_one_agreement_to_leave_things_as_they_are() -> None:
    table = board(plan())
    assert len(table.agreements) == 1
    assert table.left_out == ()


def test_with_too_many_entries_the_higher_limits_go_first() -> None:
    table = board(plan(*(give(str(number), LOW, HIGH, amount=5, limit=10) for number in range(11))))
    assert len(table.agreements) <= MOST
    assert table.left_out == ()
    assert (
        len(board(plan(*(give(str(number), LOW, HIGH, amount=5, limit=10) for number in range(10)))).agreements)
        == 3**10
    )


def test_of_fifty_entries_those_that_matter_most_are_kept_and_the_rest_is_named() -> None:
    demanded = give("discount", HIGH, LOW, demanded=1)
    dull = [give(f"dull {number}", MEDIUM, MEDIUM) for number in range(20)]
    bright = [give(f"bright {number}", LOW, HIGH) for number in range(9)]
    gets = [get(f"get {number}", HIGH, LOW) for number in range(20)]
    whole = plan(*dull, demanded, *bright, *gets)
    table = board(whole)
    assert len(table.agreements) == 2**16
    assert demanded.id in table.entries
    assert {one.side for one in table.entries.values()} == {"give", "get"}
    assert not [id_ for id_ in table.entries if id_.startswith("dull")]
    assert sorted((*table.entries, *(one.id for one in table.left_out))) == sorted(one.id for one in whole.entries)
