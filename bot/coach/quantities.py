"""Amounts inside a sentence: percent, money, durations, counts. An innocent number is left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.coach.currencies import CURRENCIES, SPELT
from bot.coach.money import LARGEST, SCALES, read_money, read_number
from bot.coach.tokens import Kind, Token

_SCALES = {**{scale: scale for scale in SCALES if scale}, "thousand": "k", "grand": "k", "million": "m"}
_UNITS = {
    **dict.fromkeys(("day", "days", "d"), "days"),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), "weeks"),
    **dict.fromkeys(("month", "months", "mo", "mos", "mth", "mths", "monhts", "motnhs"), "months"),
    **dict.fromkeys(("year", "years", "yr", "yrs", "y", "yaers", "yeras"), "years"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), "hours"),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "minutes"),
}
_ONLY_GLUED = frozenset({"d", "y", "h"})
_PERCENT = frozenset({"%", "percent", "pct", "perc", "percents", "procent", "precent"})
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_FEW = {"couple": Decimal(2), "dozen": Decimal(12), "half": Decimal("0.5")}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: Decimal(value) for value, word in enumerate(_ONES, 1)} | {
    word: Decimal(value) for word, value in _TENS.items()
}
# Words that may stand between a number and its unit: "two more years", "5 onboarding days".
_BETWEEN = frozenset({
    "free", "more", "extra", "additional", "full", "whole", "added", "onboarding", "training", "support", "further",
    "consulting", "calendar", "working", "business", "complimentary", "bonus", "straight", "onsite", "payment",
})  # fmt: skip
# A number after these is a name, not an amount.
_NAMED = frozenset({
    "page", "pages", "version", "v", "section", "point", "item", "number", "nr", "#", "room", "step", "option",
    "chapter", "phase", "tier", "level", "table", "slide", "line", "clause", "article", "appendix", "annex", "since",
    "quarter", "q", "fy", "week", "day", "year", "ext", "phone", "call", "round", "question", "case", "/", "*", "^",
})  # fmt: skip
_RANGE = frozenset({"to", "or", "-", "bis"})
_WHOLES = frozenset({"money", "amount", "price", "sum", "fee", "total", "bill", "invoice", "cost", "value", "payment"})
_HALF = 50
_BEFORE_WHOLE = 4
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in its unit, read from the tokens `first` to before `last`.

    `unit` is "%", a duration, an ISO 4217 code, or empty for a count; `upper` is the far end of a range;
    `between` are words inside it ("free" in "2 free months", "half" in "half the money"); `rough` marks money
    without a currency.
    """

    amount: Decimal
    unit: str
    first: int
    last: int
    upper: Decimal | None = None
    between: frozenset[str] = frozenset()
    negative: bool = False
    rough: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """A bare number: `digits` as typed where it is one, for the rules of money."""

    amount: Decimal
    last: int
    digits: str = ""


def quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """Find every amount of a sentence, from left to right; none overlaps another."""
    found: list[Quantity] = []
    place = 0
    while place < len(tokens):
        quantity = _quantity(tokens, place)
        if quantity:
            found.append(quantity)
        place = quantity.last if quantity else _past_digits(tokens, place)
    return found


def _past_digits(tokens: Sequence[Token], place: int) -> int:
    """Skip a telephone number or a date as a whole, so that its tail is no amount either."""
    place += 1
    if tokens[place - 1].kind is not Kind.NUMBER:
        return place
    while place < len(tokens) and (
        tokens[place].kind is Kind.NUMBER
        or (tokens[place].low in ("/", ":", ".", ")") and _low(tokens, place + 1)[:1].isdecimal())
    ):
        place += 1
    return place


def _quantity(tokens: Sequence[Token], place: int) -> Quantity | None:
    first, sign = place, ""
    if _low(tokens, place) in ("-", "minus") and _follows_closely(tokens, place):
        place, sign = place + 1, "-"
    before = _low(tokens, place) if _low(tokens, place) in SPELT or _low(tokens, place) == "%" else ""
    start = place + 1 if before else place
    if before and not (start < len(tokens) and tokens[start].kind is Kind.NUMBER):
        return None
    number = _number(tokens, start)
    if not number or _is_a_name(tokens, first, start):
        return _half(tokens, place)
    upper = _upper(tokens, number.last)
    last = upper.last if upper else number.last
    read = _percent if before == "%" or _percent_end(tokens, last) else _other
    found = read(tokens, number, upper, last, before)
    if not found or _spoilt(tokens, found):
        return None
    return _placed(found, first, negative=bool(sign))


def _half(tokens: Sequence[Token], place: int) -> Quantity | None:
    """Read "half the money" as the share of a payment."""
    if _low(tokens, place) != "half":
        return None
    last = place + 1
    while last < place + _BEFORE_WHOLE and _low(tokens, last) in ("of", "the", "their", "it", "our", "that"):
        last += 1
    last += _low(tokens, last) in _WHOLES
    return Quantity(Decimal(_HALF), "%", place, last, between=frozenset({"half"}))


def _placed(found: Quantity, first: int, *, negative: bool) -> Quantity:
    return Quantity(
        found.amount, found.unit, first, found.last, found.upper, found.between, negative=negative, rough=found.rough
    )


def _follows_closely(tokens: Sequence[Token], place: int) -> bool:
    if _low(tokens, place) == "minus":
        return True
    return place + 1 < len(tokens) and tokens[place + 1].glued and not tokens[place].glued


def _low(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].low if 0 <= place < len(tokens) else ""


def _is_a_name(tokens: Sequence[Token], first: int, start: int) -> bool:
    """Tell "page 5", "v2", "Q3", "1:30" and the middle of a telephone number from an amount."""
    before = tokens[first - 1] if first else None
    if not before:
        return False
    here = tokens[first]
    if (before.kind is Kind.NUMBER and start == first) or (before.low in (".", ",") and before.glued is here.glued):
        return here.kind is Kind.NUMBER and (here.glued or before.kind is Kind.NUMBER)
    if before.kind is Kind.WORD and (here.glued or here.joined) and here.kind is Kind.NUMBER:
        return before.low != "net"
    return before.low in _NAMED and here.kind is Kind.NUMBER


def _number(tokens: Sequence[Token], place: int) -> _Number | None:
    low = _low(tokens, place)
    if place < len(tokens) and tokens[place].kind is Kind.NUMBER:
        return _digits(tokens, place)
    if low in _TENS and _low(tokens, place + 1) in _ONES[:9] and tokens[place + 1].joined:
        return _Number(_WORDS[low] + _WORDS[tokens[place + 1].low], place + 2)
    if low in _WORDS:
        return _Number(_WORDS[low], place + 1)
    return _phrase(tokens, place)


def _phrase(tokens: Sequence[Token], place: int) -> _Number | None:
    """Read "a couple of", "half a day", "a dozen", "a day": the last only right before its unit."""
    low, after, third = (_low(tokens, place + ahead) for ahead in range(3))
    article = low in ("a", "an", "another")
    if (low, after) == ("half", "a") or (low, after) == ("half", "an"):
        return _Number(Decimal("0.5"), place + 2)
    if article and after in _FEW:
        return _Number(_FEW[after], place + (3 if third == "of" else 2)) if after != "half" or third in _UNITS else None
    counted = _UNITS.get(after, "minutes") != "minutes" and after not in _ONLY_GLUED
    described = after in ("free", "full", "extra", "additional", "whole") and third in _UNITS
    return _Number(Decimal(1), place + 1) if article and (counted or described) else None


def _digits(tokens: Sequence[Token], place: int) -> _Number | None:
    """Read digits, thousands set apart by a space included."""
    typed, last = tokens[place].low, place + 1
    while last < len(tokens) and _is_group(tokens, last):
        typed, last = f"{typed} {tokens[last].low}", last + 1
    amount = _amount(typed)
    return _Number(amount, last, typed) if amount is not None else None


def _is_group(tokens: Sequence[Token], place: int) -> bool:
    here, before = tokens[place], tokens[place - 1]
    apart = here.start - before.end == 1 and not here.joined
    return here.kind is Kind.NUMBER and apart and len(here.low) == len("000") and len(before.low) <= len("000")


def _amount(typed: str) -> Decimal | None:
    amount = read_number(typed) if len(typed) <= len(str(LARGEST)) else None
    return amount.normalize() + 0 if amount is not None else None


def _upper(tokens: Sequence[Token], place: int) -> _Number | None:
    """Read the far end of "5 to 8", "5-8", "2 or 3"; also of "5% to 8%"."""
    percent = _percent_end(tokens, place)
    place = percent or place
    between = _low(tokens, place) == "and" and _low(tokens, place - (3 if percent else 2)) == "between"
    far = None
    if place < len(tokens) and tokens[place].joined:
        far = _number(tokens, place)
    elif between or _low(tokens, place) in _RANGE:
        far = _number(tokens, place + 1)
    # "8% or 2 years" are two amounts, "5% to 8%" is one.
    return None if far and percent and not _percent_end(tokens, far.last) else far


def _percent_end(tokens: Sequence[Token], place: int) -> int:
    if _low(tokens, place) == "per" and _low(tokens, place + 1) in ("cent", "cents"):
        return place + 2
    return place + 1 if _low(tokens, place) in _PERCENT else 0


def _percent(tokens: Sequence[Token], number: _Number, upper: _Number | None, last: int, _: str) -> Quantity:
    return Quantity(_share(number), "%", 0, _percent_end(tokens, last) or last, upper=_share(upper) if upper else None)


def _share(number: _Number) -> Decimal:
    """In a percentage a single mark is always the decimal one: "12.125 %"."""
    marks = [letter for letter in number.digits if not letter.isdecimal()]
    return Decimal(number.digits.replace(",", ".")) if marks in ([","], ["."]) else number.amount


def _other(tokens: Sequence[Token], number: _Number, upper: _Number | None, last: int, before: str) -> Quantity | None:
    scale, after_scale = _scale(tokens, last)
    code, end = _currency(tokens, after_scale, before)
    if code or scale:
        return _money(number, upper, scale, code, end)
    unit, between, end = _unit(tokens, last)
    if unit:
        return Quantity(number.amount, unit, 0, end, upper.amount if upper else None, between)
    counts = number.digits.isdecimal() and _FIRST_YEAR <= number.amount <= _LAST_YEAR
    if upper and _low(tokens, last - 2) == "or" and not tokens[last - 1].joined:
        upper, last = None, number.last
    return None if counts else Quantity(number.amount, "", 0, last, upper.amount if upper else None)


def _scale(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    low = _low(tokens, place)
    if low in ("m", "k") and not (tokens[place].glued or _low(tokens, place + 1) in SPELT):
        return "", place
    return (_SCALES[low], place + 1) if low in _SCALES else ("", place)


def _currency(tokens: Sequence[Token], place: int, before: str) -> tuple[str, int]:
    if before:
        return SPELT[before], place
    low = _low(tokens, place)
    return (SPELT[low], place + 1) if low in SPELT else ("", place)


def _money(number: _Number, upper: _Number | None, scale: str, code: str, end: int) -> Quantity | None:
    if not code:
        return Quantity(number.amount, "", 0, end, rough=True)
    read = [read_money(f"{one.digits or one.amount}{scale}{code}", CURRENCIES) for one in (number, upper) if one]
    if not read[0]:
        return None
    far = read[1].amount.normalize() + 0 if len(read) > 1 and read[1] else None
    return Quantity(read[0].amount.normalize() + 0, code, 0, end, upper=far)


def _unit(tokens: Sequence[Token], place: int) -> tuple[str, frozenset[str], int]:
    between: list[str] = []
    while len(between) <= 1 and _low(tokens, place) in _BETWEEN:
        between.append(_low(tokens, place))
        place += 1
    low = _low(tokens, place)
    if low not in _UNITS or (low in _ONLY_GLUED and not tokens[place].glued):
        return "", frozenset(), place
    return _UNITS[low], frozenset(between), place + 1


def _spoilt(tokens: Sequence[Token], found: Quantity) -> bool:
    """Tell "3pm", "2nd", "50/50", "9:30" from an amount."""
    if found.last >= len(tokens):
        return False
    after = tokens[found.last]
    if after.kind is Kind.WORD and after.glued and tokens[found.last - 1].kind is Kind.NUMBER:
        return True
    if after.low in ("am", "pm", "oclock", "x", "st", "nd", "rd", "th", "people", "minutes"):
        return True
    return after.low in ("/", ":") and after.glued and _low(tokens, found.last + 1)[:1].isdecimal()
