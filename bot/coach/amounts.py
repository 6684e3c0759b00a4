"""Amounts as people say them: `two years`, `an 18-month contract`, `half a day`, `8%`. Money is written elsewhere."""

import re
from decimal import Decimal
from enum import StrEnum

from bot.coach.money import LARGEST

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TIMES = frozenset({"hours", "days", "weeks", "months", "quarters", "years"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_CENT = Decimal("0.01")
_HALF, _ONE = Decimal("0.5"), Decimal(1)
# Read aloud, these begin with a vowel: eight, eleven, eighteen and what starts with an eight.
_VOWEL = re.compile(r"\D?(?:8|11(?!\d)|18(?!\d))|eight")


class Kind(StrEnum):
    """What sort of amount it is: each is said in its own way."""

    PERCENT = "percent"
    MONEY = "money"
    TIME = "time"
    COUNT = "count"


def kind_of(unit: str) -> Kind:
    """Tell from a tradable's unit what sort of amount it is; what is no other is a number of things."""
    if unit == "%":
        return Kind.PERCENT
    if _CURRENCY.fullmatch(unit):
        return Kind.MONEY
    return Kind.TIME if unit in _TIMES else Kind.COUNT


def ordinary(amount: Decimal) -> bool:
    """Say whether an amount can be written out: finite, not beyond what a deal can hold, not below a hundredth."""
    return amount.is_finite() and (amount.is_zero() or _CENT <= amount.copy_abs() <= LARGEST)


def figure(amount: Decimal) -> str:
    """Write a number in figures, with at most two decimals: `30`, `1.5`, `12,000`, `1e+30`."""
    if not ordinary(amount):
        return f"{amount:.3g}"
    rounded = amount.quantize(_CENT)
    return "0" if rounded.is_zero() else f"{rounded.normalize():,f}"


def number_words(amount: Decimal) -> str:
    """Write a number as in running text: whole ones below ten in letters."""
    whole = ordinary(amount) and 0 < amount < len(_WORDS) and amount == amount.to_integral_value()
    return _WORDS[int(amount)] if whole else figure(amount)


def amount_words(amount: Decimal, unit: str) -> str:
    """Write an amount that isn't money with its unit: `8%`, `two years`, `half a day`, `10 seats`."""
    if unit == "%":
        return f"{figure(amount)}%"
    if not unit:
        return number_words(amount)
    if _is(amount, _HALF) and kind_of(unit) is Kind.TIME:
        return f"half {with_article(one_of(unit))}"
    return f"{number_words(amount)} {one_of(unit) if _is(amount, _ONE) else unit}"


def amount_adjective(amount: Decimal, unit: str) -> str:
    """Write the same amount as it stands before a noun: `two-year`, `half-day`, `18-month`, `8%`."""
    if not unit or unit == "%":
        return amount_words(amount, unit)
    number = "half" if _is(amount, _HALF) else number_words(amount)
    return f"{number}-{one_of(unit)}"


def _is(amount: Decimal, number: Decimal) -> bool:
    """Compare where the amount can be anything: a signalling NaN refuses to be compared."""
    return amount.is_finite() and amount == number


def one_of(unit: str) -> str:
    """Give the singular of a unit: `day`, `case study`."""
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")


def with_article(text: str) -> str:
    """Put `a` or `an` before an amount, a unit or another plain word, by how it is read aloud."""
    return f"{'an' if _VOWEL.match(text) or text == 'hour' else 'a'} {text}"
