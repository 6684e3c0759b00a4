"""What only a drawn picture can get wrong: places outside it, colour alone, no words for who can't see it."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from bot.chat.charts import Chart, Picture, Series
from bot.web.charts import picture
from bot.web.page import STATIC
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


def columns(*values: float | None, other: tuple[float | None, ...]) -> Chart:
    labels = tuple(f"{n} Nov" for n in range(1, len(values) + 1))
    return Chart("columns", "T", "s", "Week", labels, (Series("Gives", values), Series("Gets", other)))


def bars_of(root: ET.Element, looks: str) -> list[tuple[float, float]]:
    """How tall the columns of one series are, and where they end."""
    picture = root.find(".//svg[@role='img']")
    assert picture is not None
    found = [bar for bar in picture.iter("rect") if bar.get("class") == looks]
    return [(float(bar.get("height", "")), float(bar.get("y", "")) + float(bar.get("height", ""))) for bar in found]


def texts_of(root: ET.Element) -> list[str]:
    picture = root.find(".//svg[@role='img']")
    assert picture is not None
    return [text.text or "" for text in picture.iter("text")]


def test_a_column_is_as_tall_as_its_value_and_stands_on_the_ground() -> None:
    root = drawn(columns(4, 1, other=(2, 0)))
    full, hollow = bars_of(root, "s0"), bars_of(root, "hollow l1")
    assert [round(tall / full[0][0], 3) for tall, _ in (*full, *hollow)] == [1, 0.25, 0.5]
    assert {round(foot, 1) for _, foot in (*full, *hollow)} == {140}


def test_columns_side_by_side_differ_by_more_than_colour() -> None:
    root = drawn(columns(4, 1, other=(2, 3)))
    assert [item.findtext("span/bdi") for item in root.iter("li")] == ["Gives", "Gets"]
    assert re.search(r"\.hollow \{ fill: var\(--faint\); stroke-width: 2; \}", STATIC["style.css"].decode())


def test_a_gap_is_a_dash_and_a_zero_is_a_zero() -> None:
    root = drawn(columns(None, 0, None, other=(None, 2, 5)))
    assert sorted(texts_of(root)) == sorted(["–", "0", "2", "–", "5", "1 Nov", "2 Nov", "3 Nov"])
    assert len(bars_of(root, "s0")) == 0
    assert len(bars_of(root, "hollow l1")) == 2


def test_every_value_stands_above_its_column_while_there_is_room_on_a_phone() -> None:
    assert {"12", "9"} <= set(texts_of(drawn(columns(*[12] * 8, other=(9,) * 8))))
    crowded = texts_of(drawn(columns(*[128] * 8, other=(9,) * 8)))
    assert "128" not in crowded
    assert "150" in crowded


def test_the_newest_of_many_weeks_is_named() -> None:
    assert texts_of(drawn(columns(*[1] * 8, other=(1,) * 8)))[-4:] == ["2 Nov", "4 Nov", "6 Nov", "8 Nov"]


def test_who_cannot_see_columns_hears_every_value() -> None:
    block = columns(None, 3, other=(None, 2))
    desc = drawn(block).findtext(".//svg/desc")
    assert desc == block.told == "s 1 Nov: Gives –, Gets –. 2 Nov: Gives 3, Gets 2."
