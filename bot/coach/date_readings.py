"""What a doubtful date may mean: the days to choose between, never a choice."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from bot.coach.date_words import DAY, DAYS, MONTH, MONTHS, bare, plain
from bot.coach.dates import understand_with
from bot.coach.workdays import Calendar, next_working, working_day_before

READINGS = 3
_WEEK = timedelta(days=7)
_ONE = timedelta(days=1)
_FRIDAY, _MIDDLE = 4, 15
_WEEKDAY = re.compile(rf"(?:(?P<how>this|next|coming) )?(?P<day>{DAY})")
_BEFORE = re.compile(r"before (?P<rest>.+)")
_NUMBERS = re.compile(r"(?P<one>[0-9]{1,2})[./-](?P<two>[0-9]{1,2})(?:[./-](?P<year>[0-9]{4}))?[./-]?")
_STRETCH = re.compile(r"(?:(?:early|late|mid|sometime|some time|in) )?(?P<which>this|next) (?P<unit>week|month)")
_MONTH = re.compile(rf"(?:(?:in|early|mid|late|sometime in) )?(?P<month>{MONTH})(?: (?P<year>[0-9]{{4}}))?")


def readings(phrase: str, today: date, calendar: Calendar) -> tuple[date, ...]:
    """The two or three days a phrase most plausibly means, soonest first; empty where none suggests itself.

    None of them is past. It is for phrases that `dates.understand` gives None for.
    """
    text = bare(plain(phrase))
    try:
        found = {day for day in _all(text, phrase, today, calendar) if day >= today}
    except (OverflowError, ValueError):  # beyond the year 9999
        return ()
    return tuple(sorted(found))[:READINGS] if len(found) > 1 else ()


def offers(today: date, calendar: Calendar) -> tuple[date, ...]:
    """Days that are often meant where no date was said: the next working day, the end of a week, a week ahead."""
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7 or 7)
    days = (next_working(day, calendar) for day in (today + _ONE, friday, today + _WEEK))
    return tuple(sorted(set(days)))


def _all(text: str, phrase: str, today: date, calendar: Calendar) -> Iterator[date]:
    yield from _weekday(text, today)
    yield from _before(text, today, calendar)
    yield from _numbers(text, today)
    yield from _stretch(text, today)
    yield from _month(text, today)
    parts = re.split(r"\s+or\s+", phrase.strip()[:200])
    if len(parts) > 1:
        yield from (day for part in parts[:READINGS] if (day := understand_with(part, today, calendar)))


def _weekday(text: str, today: date) -> Iterator[date]:
    """Said on that very day, or with "next" before it."""
    if found := _WEEKDAY.fullmatch(text):
        day = today + timedelta(days=(DAYS.index(found["day"]) - today.weekday()) % 7)
        yield from (day, day + _WEEK)


def _before(text: str, today: date, calendar: Calendar) -> Iterator[date]:
    """On that day at the latest, or on the last working day before it."""
    found = _BEFORE.fullmatch(text)
    if found and (day := understand_with(found["rest"], today, calendar)):
        yield from (working_day_before(day, calendar), day)


def _numbers(text: str, today: date) -> Iterator[date]:
    """The day first or the month first."""
    if not (found := _NUMBERS.fullmatch(text)):
        return
    for day, month in ((int(found["one"]), int(found["two"])), (int(found["two"]), int(found["one"]))):
        years = (int(found["year"]),) if found["year"] else (today.year, today.year + 1)
        days = (date(year, month, day) for year in years if _exists(year, month, day))
        yield from [one for one in days if one >= today][:1]


def _stretch(text: str, today: date) -> Iterator[date]:
    """The first or the last day of it."""
    if not (found := _STRETCH.fullmatch(text)):
        return
    is_next = found["which"] == "next"
    if found["unit"] == "week":
        monday = today - timedelta(days=today.weekday()) + (_WEEK if is_next else timedelta())
        yield from (max(monday, today + _ONE), monday + timedelta(days=_FRIDAY))
        return
    first = today.replace(day=1)
    first = (first + timedelta(days=32)).replace(day=1) if is_next else first
    yield from (first.replace(day=_MIDDLE), first.replace(day=monthrange(first.year, first.month)[1]))


def _month(text: str, today: date) -> Iterator[date]:
    """Its middle or its end."""
    if not (found := _MONTH.fullmatch(text)):
        return
    month = MONTHS.index(found["month"]) + 1
    year = int(found["year"] or today.year + (month < today.month))
    if _exists(year, month, 1):
        yield from (date(year, month, _MIDDLE), date(year, month, monthrange(year, month)[1]))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= date.max.year and 1 <= month <= len(MONTHS) and 1 <= day <= monthrange(year, month)[1]
