"""Amounts of money: read from what a rep types, and nothing guessed."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₺": "TRY", "₩": "KRW", "zł": "PLN"}
SCALES = {"": 1, "k": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9}
# Above this a typing error is likelier than a deal, and the store's integers end not far beyond.
LARGEST = Decimal(10) ** 13
_GROUP = 3

_SYMBOL = "|".join(re.escape(symbol) for symbol in SYMBOLS)
_AMOUNT = re.compile(
    rf"(?P<before>{_SYMBOL}|[A-Za-z]{{3}})?\s*"
    r"(?P<number>\d+(?:[ .,'\u00a0\u202f]\d+)*)\s*"
    r"(?P<scale>k|mn|mio|m|bn)?\s*"
    rf"(?P<after>{_SYMBOL}|[A-Za-z]{{3}})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in an ISO 4217 currency, to the hundredth, never negative."""

    amount: Decimal
    currency: str


def read_money(text: str, currencies: frozenset[str], default: str = "") -> Money | None:
    """Read a whole text as one amount: `€48k`, `48,000 EUR`, `1.2m usd`, `5.000 €`.

    `currencies` are the codes to know, `default` the one meant where none is written.
    Gives None where the text is anything else, names no currency, or can be read in two ways.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if not found or (found["before"] and found["after"]):
        return None
    currency = _currency(found["before"] or found["after"] or default)
    amount = read_number(found["number"])
    scale = SCALES.get((found["scale"] or "").lower())
    if currency not in currencies or amount is None or scale is None:
        return None
    amount *= scale
    return Money(amount.quantize(Decimal("0.01")), currency) if amount <= LARGEST else None


def _currency(written: str) -> str:
    return SYMBOLS.get(written.lower(), written.upper())


def read_number(digits: str) -> Decimal | None:
    """Tell thousands from decimals; None where the grouping fits neither."""
    marks = re.findall(r"\D", digits)
    parts = re.split(r"\D", digits)
    decimal = len(marks) > 0 and len(parts[-1]) in (1, 2) and marks.count(marks[-1]) == 1 and marks[-1] in ".,"
    groups, cents = (parts[:-1], parts[-1]) if decimal else (parts, "")
    separators = set(marks[:-1] if decimal else marks)
    if len(separators) > 1 or (len(groups) > 1 and any(len(group) != _GROUP for group in groups[1:])):
        return None
    if len(groups) > 1 and len(groups[0]) > _GROUP:
        return None
    try:
        return Decimal(f"{''.join(groups)}.{cents or 0}")
    except InvalidOperation:
        return None
