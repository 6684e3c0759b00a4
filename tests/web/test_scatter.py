"""What only a drawn scatter can get wrong: things outside it, colour alone, no words for who can't see it."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from bot.chat.scatter import Mark, Scatter
from bot.web.scatter import HEIGHT, WIDTH, picture
from tests.cards import any_card
from tests.cards.ordinary import PLAN
from tests.cards.suite import CARDS

SCATTERS = {
    f"{name}.{n}": block
    for name, card in CARDS.items()
    for n, block in enumerate(card.blocks)
    if isinstance(block, Scatter) and block.points
}
WHOLE = next(block for block in PLAN.blocks if isinstance(block, Scatter))


def drawn(block: Scatter) -> ET.Element:
    return ET.fromstring(f"<div>{picture(block)}</div>")  # noqa: S314 - our own


def key(block: Scatter) -> list[str | None]:
    return [item.findtext("span/bdi") for item in drawn(block).iter("li")]


@pytest.mark.parametrize("name", SCATTERS)
def test_a_picture_says_what_it_shows_to_who_cannot_see_it(name: str) -> None:
    svg = drawn(SCATTERS[name]).find(".//svg[@role='img']")
    assert svg is not None
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert svg.findtext("desc")


@given(any_card.SCATTERS.filter(lambda block: block.points))
def test_any_scatter_can_be_drawn_and_stands_inside(block: Scatter) -> None:
    svg = drawn(block).find(".//svg[@role='img']")
    assert svg is not None
    for part in svg.iter():
        assert all(0 <= float(part.get(name, 0)) <= WIDTH for name in ("x", "x1", "x2", "cx"))
        assert all(0 <= float(part.get(name, 0)) <= HEIGHT for name in ("y", "y1", "y2", "cy"))
    assert "nan" not in re.sub(r">[^<]*<", "><", str(picture(block)))


def test_each_sign_is_named_once_and_each_package_by_its_letter() -> None:
    names = [mark.name for mark in WHOLE.marks]
    assert key(WHOLE) == [
        "A possible deal",
        "None better for both",
        "Today's offer",
        "No better than no deal, for one side",
        *names,
    ]
    letters = [part.text for part in drawn(WHOLE).iter("text") if "letter" in part.get("class", "")]
    assert letters == ["A", "B", "C"] * 2


def test_what_is_not_there_is_not_explained() -> None:
    assert key(Scatter("T", "s", "A", "B", ((1, 2),))) == ["A possible deal"]


def test_a_limit_carries_its_name() -> None:
    texts = [part.text for part in drawn(WHOLE).iter("text")]
    assert {"Your walk-away", "Their limit"} <= set(texts)


def test_a_long_name_is_cut_in_the_picture_only() -> None:
    block = Scatter("T", "s", "A", "B", ((1, 2),), marks=(Mark("A", "word " * 40, 1, 2),))
    assert str(key(block)[-1]).endswith("…")
    assert block.rows[0][0].startswith("A: word word")
