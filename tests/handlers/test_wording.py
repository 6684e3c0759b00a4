"""Money, days, counts and other people's words read the same everywhere."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.currencies import CURRENCIES
from bot.coach.deals import Deal
from bot.coach.money import Money, read_money
from handlers.wording import amount, clip, count, day, deal_line, distance, inside, listed, money

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("48000", "EUR", "€48,000"),
        ("48000.5", "EUR", "€48,000.50"),
        ("0", "USD", "$0"),
        ("1200000", "JPY", "¥1,200,000"),
        ("12.25", "JPY", "¥12.25"),
        ("87500", "CHF", "CHF\N{NO-BREAK SPACE}87,500"),
    ],
)
def test_an_amount_has_cents_only_where_there_are_some(amount: str, currency: str, written: str) -> None:
    assert money(Money(Decimal(amount), currency)) == written


@given(st.integers(0, 10**15), st.sampled_from(["EUR", "USD", "GBP", "JPY", "INR", "PLN", "CHF"]))
def test_an_amount_as_it_is_written_can_be_typed_again(hundredths: int, currency: str) -> None:
    value = Money(Decimal(hundredths).scaleb(-2), currency)
    assert read_money(money(value), CURRENCIES) == value


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        ("5000", "EUR", "€5,000"),
        ("12.345", "USD", "$12.34"),
        ("8", "%", "8%"),
        ("2", "years", "two years"),
        ("1E+30", "EUR", "EUR\N{NO-BREAK SPACE}1e+30"),
        ("NaN", "EUR", "EUR\N{NO-BREAK SPACE}NaN"),
    ],
)
def test_an_amount_is_written_by_its_unit(number: str, unit: str, written: str) -> None:
    assert amount(Decimal(number), unit) == written


@pytest.mark.parametrize(
    ("things", "said"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_things_are_listed_as_they_are_said(things: tuple[str, ...], said: str) -> None:
    assert listed(things) == said


def test_a_day_shows_its_weekday() -> None:
    assert day(date(2027, 6, 30)) == "Wed 30 Jun 2027"


@pytest.mark.parametrize(
    ("then", "said"),
    [(23, "today"), (24, "in 1 day"), (25, "in 2 days"), (22, "1 day ago"), (1, "22 days ago")],
)
def test_a_distance_is_counted_in_days(then: int, said: str) -> None:
    assert distance(date(2026, 11, then), TODAY) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0 deals"), (1, "1 deal"), (2, "2 deals"), (12000, "12,000 deals")])
def test_a_noun_goes_with_its_number(number: int, said: str) -> None:
    assert count(number, "deal") == said


@given(st.text(max_size=200), st.integers(2, 80))
def test_clipped_words_are_one_line_of_at_most_so_many_characters(text: str, length: int) -> None:
    line = clip(text, length)
    assert len(line) <= length
    assert len(line.splitlines()) <= 1
    whole = " ".join(text.split())
    assert line == whole or (line.endswith("…") and whole.startswith(line[:-1]))


def test_a_deal_in_a_line_leaves_out_what_is_not_known() -> None:
    bare = Deal(id="1", owner="U1", name="Acme renewal", client="Acme")
    assert deal_line(bare) == "Acme renewal"
    value = Money(Decimal(48000), "EUR")
    whole = Deal(id="1", owner="U1", name="Acme renewal", client="Acme", value=value, closes_on=date(2027, 6, 30))
    assert deal_line(whole) == "Acme renewal · €48,000 · closes Wed 30 Jun 2027"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Live before summer", "live before summer"),
        ("A named engineer", "a named engineer"),
        ("One person to call.", "one person to call"),
        ("Training, two days", "training, two days"),
        ("Net 30", "net 30"),
        ("5% off", "5% off"),
        ("", ""),
    ],
)
def test_a_capital_that_only_begins_a_sentence_goes_inside_one(typed: str, said: str) -> None:
    assert inside(typed) == said


@pytest.mark.parametrize(
    "typed",
    ["Porto launch", "New York launch", "The Porto launch", "SLA", "I want it", "Ümit agrees", "EUR 5"],
)
def test_a_name_keeps_its_capital_inside_a_sentence(typed: str) -> None:
    assert inside(typed) == typed


@given(st.text(max_size=200))
def test_words_inside_a_sentence_are_those_that_were_typed(text: str) -> None:
    assert inside(text).casefold() == clip(text, 160).rstrip(".!").casefold()
