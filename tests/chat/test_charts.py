"""A chart shows what can be drawn truthfully, and everything it shows can be read as well."""

from dataclasses import replace

import pytest

from bot.chat.cards import Card, dump, load
from bot.chat.charts import Chart, Series, number, plain

BARS = Chart("bars", "Gives", "Two of three gives had a get.", "In return", ("A get", "None"), (Series("n", (2, 1)),))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"series": ()}, "1 to 1 series"),
        ({"series": (Series("n", (2, 1)), Series("m", (2, 1)))}, "1 to 1 series"),
        ({"picture": "donut", "series": (Series("n", (2, 1)), Series("m", (2, 1)))}, "1 to 1 series"),
        ({"picture": "lines", "series": (Series("n", (2, 1)), Series("n", (1, 2)))}, "different names"),
        ({"picture": "lines", "series": tuple(Series(str(n), (2, 1)) for n in range(7))}, "1 to 6 series"),
        ({"series": (Series("n", (2,)),)}, "one value per label"),
        ({"labels": ("A get",)}, "one value per label"),
        ({"series": (Series("n", (2, float("nan"))),)}, "of a size to draw"),
        ({"series": (Series("n", (2, float("-inf"))),)}, "of a size to draw"),
        ({"series": (Series("n", (2, 1e300)),)}, "of a size to draw"),
        ({"picture": "donut", "series": (Series("n", (2, -1)),)}, "not negative"),
        ({"says": " \n"}, "a sentence"),
        ({"series": (Series("n", (2, None)),)}, "only columns"),
        ({"picture": "lines", "series": (Series("n", (2, None)),)}, "only columns"),
        ({"picture": "columns", "series": (Series("n", (2, -1)),)}, "not negative"),
        ({"picture": "columns", "series": tuple(Series(str(n), (2, 1)) for n in range(3))}, "1 to 2 series"),
        ({"picture": "columns", "labels": tuple("abcdefghijklm"), "series": (Series("n", (1,) * 13),)}, "12 places"),
    ],
)
def test_what_could_not_be_drawn_truthfully_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(BARS, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "drawn"), [((1, 2), "donut"), ((0, 0), "bars"), (range(1, 7), "donut"), (range(1, 8), "bars")]
)
def test_a_ring_is_drawn_where_its_parts_can_be_told_apart(values: tuple[int, ...], drawn: str) -> None:
    labels = tuple(map(str, values)) if len(set(values)) > 1 else ("a", "b")
    chart = replace(BARS, picture="donut", labels=labels, series=(Series("n", tuple(values)),))
    assert chart.drawn == drawn


def test_a_chart_is_a_table_as_well() -> None:
    chart = replace(BARS, picture="lines", unit="deals", series=(Series("n", (2, 1)), Series("m", (0.5, -3))))
    assert chart.columns == ("In return", "n", "m")
    space = "\N{NO-BREAK SPACE}"
    assert chart.rows == (
        ("A get", f"2{space}deals", f"0.5{space}deals"),
        ("None", f"1{space}deals", f"-3{space}deals"),
    )


@pytest.mark.parametrize(
    ("unit", "caption", "written"), [("", "Gives", "62"), ("%", "Gives (%)", "62%"), (" \n", "Gives", "62")]
)
def test_a_unit_stands_with_the_title_and_with_every_value(unit: str, caption: str, written: str) -> None:
    chart = replace(BARS, unit=unit)
    assert (chart.caption, chart.written(62)) == (caption, written)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1200, "1,200"),
        (12.345, "12.35"),
        (0.00012, "0.00012"),
        (-7.5, "-7.5"),
        (3e21, "3e+21"),
    ],
)
def test_a_number_is_written_for_a_reader(value: float, written: str) -> None:
    assert number(value) == written


def test_a_whole_number_goes_into_json_without_a_decimal_point() -> None:
    assert [repr(plain(value)) for value in (2.0, 2, 2.5, 1e20)] == ["2", "2", "2.5", "1e+20"]


GAPPED = Chart(
    "columns",
    "Gives and gets",
    "It fell.",
    "Week",
    ("9 Nov", "16 Nov"),
    (Series("Gives", (None, 4)), Series("Gets", (None, 0))),
)


def test_what_is_not_known_is_no_zero() -> None:
    assert GAPPED.rows == (("9 Nov", "–", "–"), ("16 Nov", "4", "0"))
    assert GAPPED.gaps == (True, False)


def test_a_picture_that_cannot_show_a_gap_leaves_its_label_out() -> None:
    assert (GAPPED.whole.labels, GAPPED.whole.rows) == (("16 Nov",), (("16 Nov", "4", "0"),))


def test_columns_of_which_only_one_is_known_are_patchy() -> None:
    assert not GAPPED.is_patchy
    assert replace(GAPPED, series=(Series("Gives", (1, 4)), Series("Gets", (None, 0)))).is_patchy
    assert not replace(GAPPED, series=(Series("Gives", (None, 4)),)).is_patchy


def test_a_picture_without_a_table_tells_every_value_in_words() -> None:
    assert GAPPED.told == "It fell. 9 Nov: Gives –, Gets –. 16 Nov: Gives 4, Gets 0."


def test_gaps_come_back_from_the_store() -> None:
    card = Card("s", (GAPPED,))
    assert load(dump(card)) == card
