"""Amounts are written as people say them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.amounts import Kind, amount_adjective, amount_words, figure, kind_of, one_of, with_article

UNITS = ["", "%", "hours", "days", "months", "years", "seats", "case studies"]


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("8", "%", "8%"),
        ("7.5", "%", "7.5%"),
        ("2", "years", "two years"),
        ("1", "months", "one month"),
        ("18", "months", "18 months"),
        ("0.5", "days", "half a day"),
        ("0.5", "hours", "half an hour"),
        ("1.5", "years", "1.5 years"),
        ("10", "seats", "10 seats"),
        ("9", "seats", "nine seats"),
        ("1", "case studies", "one case study"),
        ("12000", "users", "12,000 users"),
        ("0.5", "seats", "0.5 seats"),
        ("2.0", "years", "two years"),
        ("2", "", "two"),
        ("0", "days", "0 days"),
        ("-5", "%", "-5%"),
    ],
)
def test_an_amount_in_running_text(amount: str, unit: str, said: str) -> None:
    assert amount_words(Decimal(amount), unit) == said


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("2", "years", "a two-year"),
        ("18", "months", "an 18-month"),
        ("8", "weeks", "an eight-week"),
        ("11", "days", "an 11-day"),
        ("110", "days", "a 110-day"),
        ("0.5", "days", "a half-day"),
        ("80", "%", "an 80%"),
        ("1", "years", "a one-year"),
    ],
)
def test_an_amount_before_a_noun_takes_the_article_it_is_read_with(amount: str, unit: str, said: str) -> None:
    assert with_article(amount_adjective(Decimal(amount), unit)) == said


@pytest.mark.parametrize(
    ("number", "written"),
    [("1E+30", "1e+30"), ("1E+999999", "1e+999999"), ("0.0001", "0.0001"), ("-0", "0"), ("3.14159", "3.14"),
     ("NaN", "NaN"), ("Infinity", "Infinity"), ("10000000000000", "10,000,000,000,000")],
)  # fmt: skip
def test_an_impossible_number_is_shown_and_not_written_out(number: str, written: str) -> None:
    assert figure(Decimal(number)) == written


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("%", Kind.PERCENT), ("EUR", Kind.MONEY), ("days", Kind.TIME), ("seats", Kind.COUNT), ("", Kind.COUNT)],
)
def test_a_unit_says_what_sort_of_amount_it_is(unit: str, kind: Kind) -> None:
    assert kind_of(unit) is kind


@pytest.mark.parametrize(("unit", "one"), [("days", "day"), ("case studies", "case study"), ("users", "user")])
def test_a_single_thing_loses_its_plural(unit: str, one: str) -> None:
    assert one_of(unit) == one


@given(st.decimals(), st.sampled_from(UNITS))
def test_any_number_is_written_in_a_few_characters(amount: Decimal, unit: str) -> None:
    assert 0 < len(amount_words(amount, unit)) < 60
    assert 0 < len(amount_adjective(amount, unit)) < 60
