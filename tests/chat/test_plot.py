"""Where things stand: inside the plot, in proportion, and no letter hidden behind another."""

import math
from itertools import combinations

import pytest
from hypothesis import given

from bot.chat.plot import Canvas, plot, side
from bot.chat.scatter import Mark, Scatter
from tests.cards import any_card

CANVAS = Canvas(left=40, right=340, top=20, bottom=220, badge=10)


def scatter(*points: tuple[float, float], marks: str = "") -> Scatter:
    packages = tuple(Mark(letter, letter, *points[n % len(points)]) for n, letter in enumerate(marks))
    return Scatter("T", "s", "A", "B", tuple(dict.fromkeys(points)), marks=packages)


def test_more_for_us_stands_further_right_and_more_for_them_higher() -> None:
    (low_x, low_y), (high_x, high_y) = plot(scatter((0, 0), (10, 5)), CANVAS).dots
    assert low_x < high_x
    assert low_y > high_y


def test_half_way_in_worth_is_half_way_in_the_picture() -> None:
    (a, _), (b, _), (c, _) = plot(scatter((0, 0), (30, 0), (60, 0)), CANVAS).dots
    assert c - b == pytest.approx(b - a, abs=1)


def test_a_single_deal_stands_in_the_middle() -> None:
    assert plot(scatter((7, 7)), CANVAS).dots == ((190, 120),)


@given(any_card.SCATTERS.filter(lambda block: block.points))
def test_everything_stands_inside(block: Scatter) -> None:
    found = plot(block, CANVAS, grain=8)
    places = [
        *found.dots,
        *found.frontier,
        *(badge.place for badge in found.badges),
        *([found.here] if found.here else []),
    ]
    across = (
        [x for x, _ in places] + [tick.at for tick in found.across] + [x for x in [found.walk_away] if x is not None]
    )
    up = [y for _, y in places] + [tick.at for tick in found.up] + [y for y in [found.their_limit] if y is not None]
    assert all(CANVAS.left - 4 <= x <= CANVAS.right + 4 for x in across)
    assert all(CANVAS.top - 4 <= y <= CANVAS.bottom + 4 for y in up)


def test_an_axis_carries_a_few_round_values() -> None:
    assert [tick.text for tick in plot(scatter((-70, 0), (150, 1)), CANVAS).across] == ["0", "100"]


@pytest.mark.parametrize("points", [((5, 5),), ((0, 0), (0.1, 0), (10, 10)), ((0, 0), (0, 10), (10, 0))])
def test_no_letter_hides_another(points: tuple[tuple[float, float], ...]) -> None:
    badges = plot(scatter(*points, marks="ABCDEF"), CANVAS).badges
    assert len(badges) == 6
    assert all(math.dist(one.centre, other.centre) > 2 * CANVAS.badge for one, other in combinations(badges, 2))


def test_a_letter_moves_aside_for_today_s_offer_and_keeps_its_place() -> None:
    block = Scatter("T", "s", "A", "B", ((0, 0), (9, 9)), marks=(Mark("A", "a", 0, 0),), here=(0, 0))
    found = plot(block, CANVAS)
    assert found.badges[0].place == found.here != found.badges[0].centre


def test_a_letter_never_moves_over_a_limit() -> None:
    at = ((12, 3), (13, 3), (12, 2), (13, 2))
    marks = tuple(Mark(letter, letter, *point) for letter, point in zip("ABCD", at, strict=True))
    found = plot(Scatter("T", "s", "A", "B", ((0, 0), (90, 9)), marks=marks, walk_away=10, their_limit=1), CANVAS)
    assert found.walk_away
    assert found.their_limit
    moved = [badge.centre for badge in found.badges if badge.centre != badge.place]
    assert moved
    assert all(x - CANVAS.badge >= found.walk_away and y + CANVAS.badge <= found.their_limit for x, y in moved)


@pytest.mark.parametrize(("worth", "written"), [(100, "100"), (0.4, "0.2"), (200_000, "200k"), (-1e6, "-1,000k")])
def test_a_value_at_an_axis_takes_a_few_columns(worth: float, written: str) -> None:
    assert written in [tick.text for tick in plot(scatter((0, 0), (worth, 0)), CANVAS).across]


def test_points_of_the_frontier_are_not_drawn_twice() -> None:
    block = Scatter("T", "s", "A", "B", ((0, 0), (9, 9)), frontier=((9, 9),))
    assert len(plot(block, CANVAS).dots) == 1


@pytest.mark.parametrize(("at", "expected"), [(40, "start"), (190, "middle"), (339, "end")])
def test_a_name_at_the_edge_is_set_inwards(at: float, expected: str) -> None:
    assert side(at, CANVAS) == expected
