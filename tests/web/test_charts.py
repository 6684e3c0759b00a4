"""What only a drawn picture can get wrong: places outside it, colour alone, no words for who can't see it."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from bot.chat.charts import Chart, Picture, Series
from bot.web.charts import picture
from tests.cards import any_card
from tests.cards.suite import CARDS

CHARTS = {
    f"{name}.{n}": block
    for name, card in CARDS.items()
    for n, block in enumerate(card.blocks)
    if isinstance(block, Chart) and block.labels
}


def chart(kind: Picture, *values: float) -> Chart:
    labels = tuple(f"Label {n}" for n in range(len(values)))
    return Chart(kind, "Title", "What it shows.", "Label", labels, (Series("Series", values),))


def drawn(block: Chart) -> ET.Element:
    return ET.fromstring(f"<div>{picture(block)}</div>")  # noqa: S314 - our own


def places(block: Chart) -> list[float]:
    """Every place of the picture across, in percent."""
    written = str(picture(block))
    points = [pair.split(",")[0] for found in re.findall(r'points="([^"]*)"', written) for pair in found.split()]
    return [float(place) for place in [*re.findall(r'[x12]="(-?[\d.]+)%"', written), *points]]


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_says_what_it_shows_to_who_cannot_see_it(name: str) -> None:
    svg = drawn(CHARTS[name]).find(".//svg[@role='img']")
    assert svg is not None
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert svg.findtext("desc")


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_drawn_beside_the_picture(name: str) -> None:
    assert all(0 <= place <= 100 for place in places(CHARTS[name]))


@given(any_card.CHARTS.filter(lambda block: block.labels))
def test_any_chart_can_be_drawn(block: Chart) -> None:
    assert all(0 <= place <= 100 for place in places(block))
    assert "nan" not in re.sub(r">[^<]*<", "><", str(picture(block)))


def test_a_bar_is_as_long_as_its_value() -> None:
    widths = [bar.get("width") for bar in drawn(chart("bars", 4, 1, 0, 3)).iter("rect") if bar.get("class") == "s0"]
    assert widths == ["100%", "25%", "0%", "75%"]


def test_a_bar_below_zero_goes_the_other_way() -> None:
    bars = [bar for bar in drawn(chart("bars", 3, -1)).iter("rect") if bar.get("class") == "s0"]
    assert [(bar.get("x"), bar.get("width")) for bar in bars] == [("25%", "75%"), ("0%", "25%")]


def test_more_bars_than_can_be_read_are_counted() -> None:
    root = drawn(chart("bars", *range(40)))
    assert len([bar for bar in root.iter("rect") if bar.get("class") == "s0"]) == 20
    assert root.findtext("p") == "The first 20 are drawn; 20 more are in the table."


def test_lines_differ_by_more_than_colour() -> None:
    series = tuple(Series(f"Line {n}", (n, n + 1)) for n in range(6))
    root = drawn(Chart("lines", "T", "s", "Week", ("W1", "W2"), series))
    dashes = {line.get("stroke-dasharray") for line in root.iter("polyline")}
    shapes = {path.get("d") for path in root.iter("path") if re.fullmatch(r"s\d", path.get("class", ""))}
    assert (len(dashes), len(shapes)) == (6, 6)
    assert [item.findtext("span/bdi") for item in root.iter("li")] == [f"Line {n}" for n in range(6)]


def test_parts_of_a_ring_differ_by_more_than_colour() -> None:
    root = drawn(chart("donut", 6, 5, 4, 3, 2, 1))
    parts = root.find(".//svg[@role='img']")
    assert parts is not None
    over = {(path.get("stroke-width"), path.get("stroke-dasharray")) for path in parts.iter("path")}
    assert len(over) == 6
    assert next("".join(item.itertext()) for item in root.iter("li")) == "Label 0: 6 (29%)"


def test_a_part_of_nothing_is_named_but_not_drawn() -> None:
    root = drawn(chart("donut", 5, 0))
    parts = root.find(".//svg[@role='img']")
    assert parts is not None
    assert [path.get("class") for path in parts.iter("path")] == ["l0"]
    assert "Label 1: 0 (0%)" in "".join(root.itertext())


def test_a_long_name_is_cut_in_the_picture_only() -> None:
    block = Chart("bars", "T", "s", "A", ("word " * 40,), (Series("n", (1,)),))
    assert drawn(block).findtext(".//text") == "word word word word wor…"


def test_a_wide_script_is_cut_earlier() -> None:
    block = Chart("bars", "T", "s", "A", ("価格交渉" * 10,), (Series("n", (1,)),))
    assert drawn(block).findtext(".//text") == "価格交渉価格交渉価格交…"
