"""A scatter shows what can be drawn truthfully, and what it marks can be read as well."""

from dataclasses import replace

import pytest

from bot.chat.cards import Card, dump, load
from bot.chat.replies import Share
from bot.chat.scatter import POINTS_MAX, Mark, Scatter, thinned

DEALS = Scatter("Deals", "Two deals.", "Us", "Them", ((0, 10), (10, 0)), marks=(Mark("A", "Two years", 10, 0.5),))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"points": ((0, float("nan")),)}, "of a size to draw"),
        ({"points": ((float("inf"), 0),)}, "of a size to draw"),
        ({"walk_away": 1e7}, "of a size to draw"),
        ({"here": (0, -1e7)}, "of a size to draw"),
        ({"points": ((0, 1), (0, 1))}, "different points"),
        ({"points": tuple((n, 0) for n in range(POINTS_MAX + 1))}, "different points"),
        ({"points": ()}, "nothing to mark"),
        ({"frontier": ((10, 0), (0, 10))}, "left to right"),
        ({"marks": (Mark("A", "x", 0, 0), Mark("A", "y", 0, 0))}, "capital letters"),
        ({"marks": (Mark("AB", "x", 0, 0),)}, "capital letters"),
        ({"marks": (Mark("<", "x", 0, 0),)}, "capital letters"),
        ({"marks": tuple(Mark(letter, "x", 0, 0) for letter in "ABCDEFG")}, "up to 6"),
        ({"says": " \n"}, "a sentence"),
    ],
)
def test_what_could_not_be_drawn_truthfully_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(DEALS, **changes)  # type: ignore[arg-type]


def test_packages_today_s_offer_and_the_limits_are_a_table_as_well() -> None:
    block = replace(DEALS, here=(0, 0), walk_away=-5, their_limit=2.5)
    assert block.columns == ("Package", "Us", "Them")
    assert block.rows == (
        ("A: Two years", "10", "0.5"),
        ("Today's offer", "0", "0"),
        ("Your walk-away", "-5", ""),
        ("Their limit", "", "2.5"),
    )


def test_the_key_explains_the_signs_there_are_and_no_others() -> None:
    assert replace(DEALS, marks=()).key == "Dot: a possible deal"
    whole = replace(DEALS, frontier=DEALS.points, here=(0, 0), walk_away=0)
    assert [part.partition(":")[0] for part in whole.key.split(" · ")] == ["Dot", "Line", "Diamond", "Shaded", "Letter"]


def test_a_scatter_survives_the_store() -> None:
    card = Card("s", (replace(DEALS, here=(0, 0), walk_away=-5),))
    assert load(dump(card)) == card


def test_where_a_rep_would_walk_away_is_never_shared() -> None:
    with pytest.raises(ValueError, match="private"):
        Share(Card("s", (DEALS,)), "C1")


def test_few_points_are_kept_as_they_are() -> None:
    assert thinned([(1, 2), (0, 0), (1, 2)]) == ((0, 0), (1, 2))


@pytest.mark.parametrize("far", [1, 1e6])
def test_of_too_many_points_some_stand_for_their_neighbours_and_always_the_same(far: float) -> None:
    many = [(x * far / 200, y * far / 200) for x in range(200) for y in range(200)]
    kept = thinned(many)
    assert POINTS_MAX / 2 < len(kept) <= POINTS_MAX
    assert set(kept) <= set(many)
    assert thinned(reversed(many)) == kept
    assert max(x for x, _ in kept) > far * 0.95
    assert Scatter("T", "s", "A", "B", kept).points == kept
