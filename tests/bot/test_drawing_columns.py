"""Columns as pixels: legible on a phone, told apart by anybody's eyes, on light and on dark ground."""

from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from bot.chat.charts import Chart, Series
from bot.drawing import columns_png
from bot.drawing.columns import BYTES_MAX, FULL, HOLLOW, SIZE, WASH
from bot.drawing.paint import GROUND, INK, RULE, SOFT, Colour
from tests.cards import any_card
from tests.cards.suite import CARDS

COLUMNS = {
    f"{name}.{n}": block
    for name, card in CARDS.items()
    for n, block in enumerate(card.blocks)
    if isinstance(block, Chart) and block.picture == "columns"
}
# How the three kinds of colour blindness see a colour, as linear light: Machado, Oliveira and Fernandes (2009),
# severity 1.0.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "all": ((0.2126, 0.7152, 0.0722),) * 3,
}
GREYS = (0.2126, 0.7152, 0.0722)
SHAPE, TEXT = 3.0, 4.5  # WCAG 2.2 AA


def linear(colour: Colour) -> list[float]:
    parts = [part / 255 for part in colour]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: Colour, seen: str = "none") -> float:
    """How light a colour is to somebody, from 0 to 1."""
    light = linear(colour)
    felt = [min(max(sum(w * part for w, part in zip(row, light, strict=True)), 0), 1) for row in BLINDNESS[seen]]
    return sum(w * part for w, part in zip(GREYS, felt, strict=True))


def contrast(one: Colour, other: Colour, seen: str = "none") -> float:
    dim, bright = sorted((luminance(one, seen), luminance(other, seen)))
    return (bright + 0.05) / (dim + 0.05)


def pixels(block: Chart) -> Image.Image:
    return Image.open(BytesIO(columns_png(block))).convert("RGB")


def columns(*values: float | None, other: tuple[float | None, ...]) -> Chart:
    labels = tuple(f"{n} Nov" for n in range(1, len(values) + 1))
    return Chart("columns", "T", "s", "Week", labels, (Series("Gives", values), Series("Gets", other)))


def spread(image: Image.Image, colour: Colour) -> list[tuple[int, int]]:
    """Where a colour is, below the key and above the ground."""
    return [(x, y) for x in range(SIZE[0]) for y in range(50, 268) if image.getpixel((x, y)) == colour]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_picture_fits_twice_into_a_card(name: str) -> None:
    drawn = columns_png(COLUMNS[name])
    assert len(drawn) <= BYTES_MAX
    image = Image.open(BytesIO(drawn))
    assert (image.format, image.size, image.mode) == ("PNG", SIZE, "P")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(any_card.CHARTS.filter(lambda block: block.picture == "columns" and bool(block.labels)))
def test_any_columns_can_be_painted(block: Chart) -> None:
    assert len(columns_png(block)) <= BYTES_MAX


def test_the_same_columns_are_the_same_picture() -> None:
    block = COLUMNS["digest.8"]
    first = columns_png(block)
    columns_png.cache_clear()
    assert columns_png(block) == first


def test_a_column_is_as_tall_as_its_value() -> None:
    image = pixels(columns(4, 2, other=(0, 0)))
    high: dict[bool, int] = {}
    for x, y in spread(image, FULL):
        high[x < SIZE[0] / 2] = max(high.get(x < SIZE[0] / 2, 0), 268 - y)
    assert high[True] / high[False] == pytest.approx(2, abs=0.05)


def test_a_gap_has_no_column_and_a_value_of_its_own_has_one() -> None:
    image = pixels(columns(None, 3, other=(None, 3)))
    assert {x > SIZE[0] / 2 for x, _ in (*spread(image, FULL), *spread(image, HOLLOW))} == {True}
    dash = {x for x, y in spread(image, SOFT) if 249 <= y <= 251}
    assert (len(dash), max(dash) < SIZE[0] / 2) == (16, True)


@pytest.mark.parametrize("low", [0.001, 8, 8.1, 8.4, 8.6, 9])
def test_a_low_hollow_column_is_drawn_beside_a_tall_one(low: float) -> None:
    assert spread(pixels(columns(176, other=(low,))), HOLLOW)


def test_type_is_large_enough_on_a_phone() -> None:
    """On a phone the picture is about 300 points across: a digit has to be eight of them tall at least."""
    image = pixels(columns(8, other=(8,)))
    rows = {y for x, y in spread(image, INK) if y < 100}
    assert (max(rows) - min(rows) + 1) * 300 / SIZE[0] >= 8


@pytest.mark.parametrize("ink", [FULL, HOLLOW])
def test_what_is_drawn_stands_out_from_its_ground(ink: Colour) -> None:
    assert contrast(ink, GROUND) >= SHAPE
    assert contrast(ink, WASH) >= SHAPE


@pytest.mark.parametrize("ink", [INK, SOFT])
def test_what_is_written_can_be_read(ink: Colour) -> None:
    assert contrast(ink, GROUND) >= TEXT


@pytest.mark.parametrize("ground", [(255, 255, 255), (41, 41, 41), (31, 31, 31), (0, 0, 0)], ids=str)
def test_the_picture_is_its_own_light_ground_on_any_theme(ground: Colour) -> None:
    image = pixels(columns(8, other=(8,)))
    corners = {image.getpixel((x, y)) for x in (0, SIZE[0] - 1) for y in (0, SIZE[1] - 1)}
    assert corners == {RULE}
    assert contrast(ground, GROUND) >= SHAPE or contrast(FULL, ground) >= SHAPE


@pytest.mark.parametrize("seen", BLINDNESS)
def test_the_two_series_differ_in_lightness_to_every_eye(seen: str) -> None:
    """One is filled with a dark colour, the other with a pale one: hue is never needed."""
    assert contrast(FULL, WASH, seen) >= SHAPE
    assert all(contrast(ink, GROUND, seen) >= SHAPE for ink in (FULL, HOLLOW))


def test_most_of_a_full_column_is_full_and_of_a_hollow_one_pale() -> None:
    image = pixels(columns(8, other=(8,)))
    full, edge, wash = (len(spread(image, colour)) for colour in (FULL, HOLLOW, WASH))
    assert full > edge + wash - full / 2
    assert wash > edge


def test_no_two_colours_of_the_palette_are_one() -> None:
    assert all(one != other for one, other in combinations((GROUND, RULE, INK, SOFT, FULL, HOLLOW, WASH), 2))
