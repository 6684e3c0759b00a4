"""The picture as pixels: what is where, small enough for a card, the same every time."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from bot.chat.scatter import Mark, Scatter, thinned
from bot.drawing import png
from bot.drawing.scatter import BYTES_MAX, SIZE
from tests.cards import any_card
from tests.cards.ordinary import PLAN
from tests.cards.suite import CARDS

SCATTERS = {
    f"{name}.{n}": block
    for name, card in CARDS.items()
    for n, block in enumerate(card.blocks)
    if isinstance(block, Scatter) and block.points
}
EMPTY = Scatter("T", "s", "Us", "Them", ((0, 0), (100, 100)))
Colour = tuple[int, ...]
FRONTIER, HERE, STOP, INK, SHADED = (15, 107, 98), (196, 84, 16), (150, 32, 32), (32, 44, 44), (244, 236, 230)


def pixels(block: Scatter) -> Image.Image:
    return Image.open(BytesIO(png(block))).convert("RGB")


def spread(block: Scatter, colour: Colour) -> list[tuple[int, int]]:
    """Where in the picture a colour is, inside the axes."""
    image = pixels(block)
    inside = ((x, y) for x in range(80, 615) for y in range(90, 400))
    return [place for place in inside if image.getpixel(place) == colour]


@pytest.mark.parametrize("name", SCATTERS)
def test_a_picture_fits_into_a_card(name: str) -> None:
    drawn = png(SCATTERS[name])
    assert len(drawn) <= BYTES_MAX
    image = Image.open(BytesIO(drawn))
    assert (image.format, image.size, image.mode) == ("PNG", SIZE, "P")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(any_card.SCATTERS.filter(lambda block: block.points))
def test_any_scatter_can_be_drawn(block: Scatter) -> None:
    assert len(png(block)) <= BYTES_MAX


def test_the_worst_crowd_fits_into_a_card() -> None:
    crowd = thinned((n * 7919 % 40009 + n / 7, n * n % 39989) for n in range(60_000))
    frontier = tuple((n * 300.0, 40_000 - n * n) for n in range(130))
    marks = tuple(Mark(letter, "x", n * 5000, n * 4000) for n, letter in enumerate("BDEFQR"))
    assert len(png(Scatter("T", "s", "W" * 60, "M" * 60, crowd, frontier, marks, (9, 9), 50, 60))) <= BYTES_MAX


def test_the_same_scatter_is_the_same_picture() -> None:
    block = next(one for one in PLAN.blocks if isinstance(one, Scatter))
    first = png(block)
    png.cache_clear()
    assert png(replace(block)) == first


def test_the_walk_away_parts_the_plane_where_it_stands() -> None:
    block = replace(EMPTY, walk_away=25)
    line = [x for x, _ in spread(block, STOP)]
    assert max(line) - min(line) <= 6
    image = pixels(block)
    assert image.getpixel((min(line) - 20, 250)) == SHADED
    assert image.getpixel((max(line) + 20, 250)) == (255, 255, 255)
    assert spread(EMPTY, STOP) == []


def test_the_frontier_goes_from_its_first_point_to_its_last() -> None:
    places = spread(replace(EMPTY, frontier=((0, 100), (100, 0))), FRONTIER)
    assert min(places)[1] < max(places)[1]
    assert max(places)[0] - min(places)[0] > 450


def test_today_s_offer_and_a_package_stand_where_they_are_worth() -> None:
    block = replace(EMPTY, here=(25, 25), marks=(Mark("A", "a", 75, 75),))
    here, package = (
        [sum(axis) / len(axis) for axis in zip(*spread(block, colour), strict=True)] for colour in (HERE, INK)
    )
    assert here[0] < package[0]
    assert here[1] > package[1]


def test_words_that_the_typeface_lacks_are_no_obstacle() -> None:
    assert png(replace(EMPTY, across="\N{ROCKET}" * 9, up="שלום\ud800\x00" * 20))
