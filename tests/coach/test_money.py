"""Amounts of money: what a rep types, and nothing guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.money import Money, read_money

KNOWN = frozenset({"EUR", "USD", "GBP", "JPY", "CHF"})


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("€48k", 48_000, "EUR"),
        ("48k €", 48_000, "EUR"),
        ("$5k", 5_000, "USD"),
        ("5.000 €", 5_000, "EUR"),
        ("48,000 EUR", 48_000, "EUR"),
        ("48 000 eur", 48_000, "EUR"),
        ("1.2m usd", 1_200_000, "USD"),
        ("1,234.56 USD", "1234.56", "USD"),
        ("1.234,56 EUR", "1234.56", "EUR"),
        ("CHF 1'250'000", 1_250_000, "CHF"),
        ("£99.5", "99.50", "GBP"),
        ("¥0", 0, "JPY"),
    ],
)
def test_the_usual_notations_are_read(typed: str, amount: float | str, currency: str) -> None:
    assert read_money(typed, KNOWN) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "typed",
    ["", "48000", "eur", "48k", "-5 EUR", "1,2,3 EUR", "12,34,567 EUR", "1.234.56 EUR", "€5 EUR", "5 XYZ",
     "5 apples", "I may call", "1e9 EUR", "€" + "9" * 40, "1234,567 EUR", "net 30", "٣ EUR x", "€5 m\u0130o"],
)  # fmt: skip
def test_what_is_no_clear_amount_is_asked_not_guessed(typed: str) -> None:
    assert read_money(typed, KNOWN) is None


def test_a_bare_number_takes_the_currency_of_its_column() -> None:
    assert read_money("48000", KNOWN, "eur") == Money(Decimal(48000), "EUR")


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = read_money(text, KNOWN)
    assert found is None or (found.amount >= 0 and found.currency in KNOWN)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_plain_amount_is_read_back_exactly(amount: Decimal) -> None:
    assert read_money(f"{amount:f} EUR", KNOWN) == Money(amount, "EUR")
