"""Where two sides could meet, beside worked cases and beside plain readings of the definitions."""

import itertools
import json
import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.agreements import MOST, Number
from bot.coach.bargaining import Result, Solutions, analyse

GOLDEN = Path(__file__).parents[1] / "golden" / "bargaining.json"
CASES: list[dict[str, Any]] = json.loads(GOLDEN.read_text())
SOLUTIONS = ("nash", "egalitarian", "kalai_smorodinsky", "best_joint")
EVERY = ("rational", "pareto", *SOLUTIONS)
FAR_BELOW = -(10**6)

Measure: TypeAlias = Callable[[Any], Any]
Tables: TypeAlias = dict[str, dict[str, tuple[Any, Any]]]


def solve(tables: Tables, ours: Number = 0, theirs: Number = 0) -> Solutions[str]:
    return analyse(*split(tables), ours, theirs)


def split(tables: Tables) -> tuple[dict[str, list[str]], dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    issues = {issue: list(options) for issue, options in tables.items()}
    ours, theirs = (
        {issue: {option: points[side] for option, points in options.items()} for issue, options in tables.items()}
        for side in (0, 1)
    )
    return issues, ours, theirs


def points(results: list[Result[str]]) -> list[tuple[Any, Any]]:
    return [(ours, theirs) for _, ours, theirs in results]


def as_set(results: list[Result[str]]) -> set[tuple[tuple[tuple[str, str], ...], Number, Number]]:
    return {(tuple(sorted(agreement.items())), ours, theirs) for agreement, ours, theirs in results}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_worked_cases_come_out_as_worked(case: dict[str, Any]) -> None:
    found = solve(case["tables"], *case["reserves"])
    assert list(dict.fromkeys(points(found.pareto))) == [tuple(pair) for pair in case["pareto"]]
    for name in SOLUTIONS:
        expected = [(one["agreement"], *one["points"]) for one in case[name]]
        assert getattr(found, name) == expected, name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_without_reservation_points_the_frontier_is_that_of_the_whole_table(case: dict[str, Any]) -> None:
    found = solve(case["tables"], FAR_BELOW, FAR_BELOW)
    assert sorted(set(points(found.pareto))) == [tuple(pair) for pair in case["frontier_without_reserves"]]
    assert len(found.rational) == math.prod(map(len, case["tables"].values()))


def test_where_no_price_suits_both_there_is_nothing_to_find() -> None:
    found = solve({"price": {"70": (70, 30), "80": (80, 20)}}, 80, 30)
    assert all(getattr(found, name) == [] for name in EVERY)


def test_an_agreement_at_both_reservation_points_is_rational() -> None:
    assert solve({"price": {"70": (70, 30)}}, 70, 30).rational == [({"price": "70"}, 70, 30)]


def test_ties_are_all_there() -> None:
    found = solve({"x": {"a": (1, 2), "b": (2, 1)}, "colour": {"red": (0, 0), "blue": (0, 0)}})
    assert len(found.nash) == len(found.egalitarian) == len(found.kalai_smorodinsky) == len(found.best_joint) == 4


def test_of_those_that_tie_the_dominated_is_left_out() -> None:
    found = solve({"x": {"lean": (5, 5), "rich": (5, 9)}})
    assert found.egalitarian == [({"x": "rich"}, 5, 9)]


def test_where_no_agreement_lets_both_gain_nash_is_the_frontier() -> None:
    found = solve({"x": {"ours": (4, 0), "theirs": (0, 3), "neither": (0, 0)}})
    assert found.pareto == [({"x": "theirs"}, 0, 3), ({"x": "ours"}, 4, 0)]
    assert as_set(found.nash) == as_set(found.pareto)


def test_a_side_that_can_gain_nothing_leaves_the_choice_to_the_other() -> None:
    found = solve({"x": {"some": (0, 3), "more": (0, 7)}})
    assert found.kalai_smorodinsky == [({"x": "more"}, 0, 7)]


def test_equal_shares_of_unequal_hopes_are_not_equal_gains() -> None:
    found = solve({"x": {"even": (20, 20), "in share": (60, 15), "ours": (100, 0), "theirs": (0, 25)}})
    assert points(found.egalitarian) == [(20, 20)]
    assert points(found.kalai_smorodinsky) == [(60, 15)]


def test_points_below_zero_are_points() -> None:
    found = solve({"x": {"a": (-5, 3), "b": (-7, -2)}}, -6, -10)
    assert found.rational == [({"x": "a"}, -5, 3)]


def test_without_issues_there_is_one_agreement_of_nothing() -> None:
    assert solve({}).rational == [({}, 0, 0)]
    assert solve({}, 1).rational == []


def test_tenths_that_add_up_to_the_same_tie() -> None:
    thirds: Tables = {
        "a": {"x": (0.1, 0), "y": (0.3, 0)},
        "b": {"x": (0.2, 0), "y": (0.0, 0)},
        "c": {"only": (0, 1)},
    }
    assert len(solve(thirds, 0.3).rational) == 3
    assert points(solve(thirds, 0.3).best_joint) == [(0.5, 1)]
    assert len(solve({name: thirds[name] for name in "ab"}, 0.6).rational) == 0
    assert len(solve({"a": {"x": (0.1 + 0.2, 1), "y": (0.3, 1)}}).nash) == 2


def test_decimals_stay_decimals_and_mix_with_whole_numbers_and_floats() -> None:
    found = solve({"a": {"x": (Decimal("0.1"), 1)}, "b": {"x": (Decimal("0.2"), 2)}}, Decimal("0.3"), 3)
    assert found.rational == [({"a": "x", "b": "x"}, Decimal("0.3"), 3)]
    mixed = solve({"a": {"x": (Decimal("0.5"), 1)}, "b": {"x": (0.25, 2)}}, Decimal("0.75"), 2.5)
    assert points(mixed.rational) == [(0.75, 3)]


def test_great_whole_numbers_are_told_apart_exactly() -> None:
    found = solve({"x": {"a": (10**30, 10**30), "b": (10**30 + 1, 10**30 - 1)}})
    assert points(found.nash) == [(10**30, 10**30)]


def test_a_reservation_point_far_below_doesn_t_blur_what_lies_above() -> None:
    found = solve({"x": {"a": (0.5, 0.5), "b": (0.25, 0.25)}}, -1e15, -1e15)
    assert points(found.pareto) == [(0.5, 0.5)]


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ({"price": {}}, "no options"),
        ({"price": {"70": (math.nan, 1)}}, "must be a number"),
        ({"price": {"70": (1, math.inf)}}, "must be a number"),
        ({"price": {"70": (10**400, 1)}}, "must be a number"),
        ({"price": {"70": ("70", 1)}}, "must be a number"),
        ({"price": {"70": (Decimal("sNaN"), 1)}}, "must be a number"),
        ({str(issue): {"yes": (1, 0), "no": (0, 1)} for issue in range(18)}, "leave out"),
    ],
)
def test_a_table_that_can_t_be_reckoned_with_is_refused_with_a_sentence(tables: Tables, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        solve(tables)


def test_an_option_without_points_is_named() -> None:
    with pytest.raises(ValueError, match="'90' of the issue 'price' has no points"):
        analyse({"price": ["80", "90"]}, {"price": {"80": 1}}, {"price": {"80": 1, "90": 2}}, 0, 0)
    with pytest.raises(ValueError, match="has no points"):
        analyse({"price": ["80"]}, {}, {"price": {"80": 1}}, 0, 0)


def test_an_option_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        analyse({"price": ["80", "80"]}, {"price": {"80": 1}}, {"price": {"80": 1}}, 0, 0)


@pytest.mark.parametrize("reserve", [math.nan, math.inf, -math.inf])
def test_a_reservation_point_that_is_no_number_is_refused(reserve: float) -> None:
    with pytest.raises(ValueError, match="reservation point"):
        solve({"price": {"70": (1, 1)}}, reserve)


def test_the_most_that_is_taken_on_is_more_than_a_hundred_thousand() -> None:
    assert MOST >= 100_000


def tables_of(numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[Tables]:
    row = st.dictionaries(st.sampled_from("abcd"), st.tuples(numbers, numbers), min_size=1, max_size=4)
    return st.dictionaries(st.sampled_from(["price", "term", "support", "logo"]), row, max_size=4)


WHOLE = tables_of(st.integers(-20, 40))
# Quarters add up exactly, so that a plain reading without any tolerance is right about them.
QUARTERS = tables_of(st.integers(-40, 80).map(lambda quarters: quarters / 4))
RESERVE = st.integers(-40, 40)


def plainly(tables: Tables, ours: int, theirs: int) -> dict[str, set[Any]]:
    """Read each definition word by word, agreement by agreement."""
    zone = []
    for options in itertools.product(*tables.values()):
        taken = dict(zip(tables, options, strict=True))
        sums = [sum(tables[issue][option][side] for issue, option in taken.items()) for side in (0, 1)]
        if sums[0] >= ours and sums[1] >= theirs:
            zone.append((tuple(sorted(taken.items())), *sums))

    ideal = [max((one[side] - reserve for one in zone), default=0) for side, reserve in ((1, ours), (2, theirs))]
    measures: dict[str, Measure] = {
        "nash": lambda one: (one[1] - ours) * (one[2] - theirs),
        "egalitarian": lambda one: min(one[1] - ours, one[2] - theirs),
        "kalai_smorodinsky": lambda one: min((one[1] - ours) * ideal[1], (one[2] - theirs) * ideal[0]),
        "best_joint": lambda one: one[1] + one[2],
    }
    edge = {one for one in zone if not any(b[1] >= one[1] and b[2] >= one[2] and b[1:] != one[1:] for b in zone)}
    found: dict[str, set[Any]] = {"rational": set(zone), "pareto": edge}
    for name, measure in measures.items():
        top = max(map(measure, zone), default=0)
        found[name] = {one for one in edge if measure(one) == top}
    return found


@settings(deadline=None)
@given(tables=st.one_of(WHOLE, QUARTERS), ours=RESERVE, theirs=RESERVE)
def test_every_answer_is_what_its_definition_says(tables: Tables, ours: int, theirs: int) -> None:
    found = solve(tables, ours, theirs)
    for name, expected in plainly(tables, ours, theirs).items():
        results = getattr(found, name)
        assert as_set(results) == expected, name
        assert len(results) == len(expected), name
    assert bool(found.rational) == all(bool(getattr(found, name)) for name in EVERY)


@settings(deadline=None)
@given(WHOLE, RESERVE, RESERVE)
def test_nash_is_on_the_frontier_and_nothing_there_is_dominated(tables: Tables, ours: int, theirs: int) -> None:
    found = solve(tables, ours, theirs)
    assert all(one in found.pareto for name in SOLUTIONS for one in getattr(found, name))
    for _, mine, other in found.pareto:
        assert not any(a >= mine and b >= other and (a, b) != (mine, other) for _, a, b in found.rational)


@settings(deadline=None)
@given(st.one_of(WHOLE, QUARTERS), RESERVE, RESERVE)
def test_swapping_the_sides_swaps_the_answer(tables: Tables, ours: int, theirs: int) -> None:
    swapped = {issue: {name: (b, a) for name, (a, b) in options.items()} for issue, options in tables.items()}
    there, back = solve(tables, ours, theirs), solve(swapped, theirs, ours)
    for name in EVERY:
        mirrored = [(agreement, b, a) for agreement, a, b in getattr(back, name)]
        assert as_set(mirrored) == as_set(getattr(there, name)), name


@settings(deadline=None)
@given(
    WHOLE,
    RESERVE,
    RESERVE,
    st.one_of(st.integers(-(10**6), 10**6), st.integers(-99, 99).map(lambda cents: cents / 100)),
)
def test_adding_a_constant_changes_nothing(tables: Tables, ours: int, theirs: int, constant: float) -> None:
    moved = {
        issue: {name: (a + constant, b - constant) for name, (a, b) in options.items()}
        for issue, options in tables.items()
    }
    by = constant * len(tables)
    here, there = solve(tables, ours, theirs), solve(moved, ours + by, theirs - by)
    for name in EVERY:
        before, after = getattr(here, name), getattr(there, name)
        assert [agreement for agreement, _, _ in before] == [agreement for agreement, _, _ in after], name
        assert [a for _, pair in zip(before, points(after), strict=True) for a in pair] == pytest.approx(
            [number for _, a, b in before for number in (a + by, b - by)]
        )
