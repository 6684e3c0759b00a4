"""Dates written with a number for the day: 2027-06-30, 30.6., 6/30, 30 June, the 15th of next month."""

import re
from collections.abc import Callable
from datetime import date

from bot.coach.date_words import MONTH, MONTHS, NTH, YEAR

_DECEMBER = 12
_COMES_ROUND = 9  # years, within which 29 February comes round
_YEAR = rf"(?:(?:of )?(?P<year>{YEAR})|'?(?P<short>[0-9]{{2}}))"
_ISO = re.compile(r"(?P<y>[0-9]{4})(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})")
_DOTTED = re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\.(?: ?(?P<year>[0-9]{4}))?")
_SLASHED = re.compile(
    r"(?!24/7$)(?P<a>[0-9]{1,2})(?P<mark>[-/.])(?P<b>[0-9]{1,2})(?:(?P=mark)(?P<y>[0-9]{4}|[0-9]{2}))?"
)
_NAMED = (
    re.compile(rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)? ?(?:of )?(?P<name>{MONTH})(?: {_YEAR})?"),
    re.compile(rf"(?P<name>{MONTH}) (?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: {_YEAR})?"),
)
_NTH = re.compile(rf"(?P<day>{NTH})(?: (?:of )?(?P<which>the|this|next) month)?")
_FEASTS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26), "newyears eve": (12, 31),
    "newyears day": (1, 1), "halloween": (10, 31), "valentine's day": (2, 14),
}  # fmt: skip


def written(text: str, today: date) -> date | None:
    """Read a plain text (`date_words.plain`) as one written date, the next such where the year is left out.

    A date in the past is given only where its year is written in full.
    """
    if feast := _FEASTS.get(text):
        return _coming(*feast, today)
    for pattern, read in _READERS:
        if found := pattern.fullmatch(text):
            return read(found, today)
    return None


def day_of(year: int, month: int, day: int) -> date | None:
    """That date, or None where there is none, such as 31 June."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_after(day: date, months: int) -> tuple[int, int]:
    """The year and the month that many months after a day's."""
    years, month = divmod(day.month - 1 + months, _DECEMBER)
    return day.year + years, month + 1


def year_of(written_year: str, today: date) -> int:
    """Read "2027", "this year" or "next year"."""
    return {"this year": today.year, "next year": today.year + 1}.get(written_year) or int(written_year)


def _iso(found: re.Match[str], _today: date) -> date | None:
    return day_of(int(found["y"]), int(found["m"]), int(found["d"]))


def _dotted(found: re.Match[str], today: date) -> date | None:
    """With dots the day comes first, wherever dots are used."""
    day, month = int(found["day"]), int(found["month"])
    return day_of(int(found["year"]), month, day) if found["year"] else _coming(month, day, today)


def _named(found: re.Match[str], today: date) -> date | None:
    month, day, year, short = MONTHS.index(found["name"]) + 1, int(found["day"]), found["year"], found["short"]
    if short:
        # "30 June 27" is a year; "27 June 30" may be one that is written first.
        full = _near(int(short), today)
        return _ahead(day_of(full, month, day), today) if full else None
    if not year:
        return _coming(month, day, today)
    named = day_of(year_of(year, today), month, day)
    return named if year.isdigit() else _ahead(named, today)


def _either_way(found: re.Match[str], today: date) -> date | None:
    """Only one of day first and month first may give a date, or both the same."""
    a, b, mark, typed = int(found["a"]), int(found["b"]), found["mark"], found["y"]
    if typed is None:
        if mark != "/" or (a <= _DECEMBER and _near(b, today, 1)):
            return None  # 3.15 is a number, 3-15 a range, 12/26 may be December 2026
        readings = {_coming(a, b, today), _coming(b, a, today)}
    else:
        year = int(typed) if len(typed) > len("26") else _near(int(typed), today) or 0
        readings = {day_of(year, a, b), day_of(year, b, a)}
    readings.discard(None)
    return readings.pop() if len(readings) == 1 else None


def _near(short: int, today: date, years: int = 2) -> int | None:
    """The year that two digits stand for, if it is this one or within so many years from now."""
    return next((year for year in range(today.year, today.year + years + 1) if year % 100 == short), None)


def _nth(found: re.Match[str], today: date) -> date | None:
    """The 15th is the next one. Said on a 15th, or where the month at hand has no such day, it is asked."""
    day, which = int(found["day"][:-2]), found["which"]
    if which == "next":
        return day_of(*month_after(today, 1), day)
    here = day_of(today.year, today.month, day)
    if here is None or here == today:
        return None
    if here > today or which == "this":
        return _ahead(here, today)
    return day_of(*month_after(today, 1), day)


def _coming(month: int, day: int, today: date) -> date | None:
    years = range(today.year, today.year + _COMES_ROUND)
    return next((one for year in years if (one := day_of(year, month, day)) and one >= today), None)


def _ahead(day: date | None, today: date) -> date | None:
    return day if day and day >= today else None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (_ISO, _iso),
    (_DOTTED, _dotted),
    (_SLASHED, _either_way),
    (_NTH, _nth),
    *((pattern, _named) for pattern in _NAMED),
)
