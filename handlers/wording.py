"""How values are written everywhere: money, days, counts, and other people's words inside ours."""

from datetime import date
from functools import lru_cache

from babel.numbers import format_currency, get_currency_symbol, list_currencies

from bot.coach.deals import Deal
from bot.coach.money import Money

CURRENCIES = frozenset(list_currencies("en"))
_CLIP = 60
_SPACE = "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=4096)
def money(value: Money) -> str:
    """Write an amount as `€48,000` or `CHF 48,000`, with cents only where there are some."""
    whole = value.amount == value.amount.to_integral_value()
    letters = get_currency_symbol(value.currency, locale="en")[-1].isalpha()
    pattern = f"¤{_SPACE if letters else ''}{'#,##0' if whole else '#,##0.00'}"
    return format_currency(value.amount, value.currency, format=pattern, locale="en", currency_digits=False)


def day(value: date) -> str:
    """Write a date with its weekday, so that a slip of a week shows: `Wed 30 Jun 2027`."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def distance(value: date, today: date) -> str:
    """Say how far away a date is: `today`, `in 12 days`, `3 days ago`."""
    days = (value - today).days
    if days == 0:
        return "today"
    return f"in {count(days, 'day')}" if days > 0 else f"{count(-days, 'day')} ago"


def count(number: int, noun: str) -> str:
    """Write a number with its noun: `1 deal`, `3 deals`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def clip(text: str, length: int = _CLIP) -> str:
    """Make somebody's words fit inside a sentence of ours: one line, shortened with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def deal_line(deal: Deal) -> str:
    """Write a deal in one line: name, value, close date."""
    value = money(deal.value) if deal.value else ""
    closes = f"closes {day(deal.closes_on)}" if deal.closes_on else ""
    return " · ".join(part for part in (clip(deal.name), value, closes) if part)
