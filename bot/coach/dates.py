"""Dates as a rep types them. A doubtful one is asked, never guessed."""

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join((*_FULL, "sept", *_MONTHS))
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_DOTTED = re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})?")
_SLASHED = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})")
_DAY_FIRST = re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<n>{_MONTH})\.?,?(?:\s+(?P<y>\d{{4}}))?")
_MONTH_FIRST = re.compile(rf"(?P<n>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?(?:\s+(?P<y>\d{{4}}))?")
_AHEAD = re.compile(r"in (?P<n>\d{1,3}) (?P<unit>day|week)s?")


def understand(phrase: str, today: date) -> date | None:
    """Read a whole phrase as one date, the next such date where the year is left out.

    Gives None, meaning *ask*, for everything else: what names no date, no such date (31 June), and
    what two people could read differently (03/04/2027).
    """
    text = re.sub(r"\s+", " ", phrase.strip().lower())
    if text in ("today", "tomorrow"):
        return today + timedelta(days=("today", "tomorrow").index(text))
    if ahead := _AHEAD.fullmatch(text):
        return today + int(ahead["n"]) * timedelta(days=7 if ahead["unit"] == "week" else 1)
    if slashed := _SLASHED.fullmatch(text):
        return _slashed(int(slashed["a"]), int(slashed["b"]), int(slashed["y"]))
    for pattern in (_ISO, _DOTTED, _DAY_FIRST, _MONTH_FIRST):
        if found := pattern.fullmatch(text):
            return _date(found.groupdict(), today)
    return None


def _slashed(first: int, second: int, year: int) -> date | None:
    """Only one of the two readings may be a date, or both the same."""
    readings = {_day(year, first, second), _day(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _date(found: dict[str, str | None], today: date) -> date | None:
    month = int(found["m"] or 0) if "m" in found else _MONTHS.index((found["n"] or "")[:3]) + 1
    day = int(found["d"] or 0)
    if found.get("y"):
        return _day(int(found["y"] or 0), month, day)
    years = (today.year + ahead for ahead in range(9))  # 29 February comes round within eight years
    return next((one for year in years if (one := _day(year, month, day)) and one >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
