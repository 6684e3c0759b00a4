"""Dates said by a weekday or by their distance: next Monday, in 3 working days, two Fridays from now."""

import re
from datetime import date, timedelta

from bot.coach.date_words import CLOSE, DAY, DAY_END, DAYS, WORKDAY
from bot.coach.date_written import day_of, month_after
from bot.coach.workdays import Calendar, working_days_after

_WEEK = timedelta(days=7)
_FRIDAY = 4
_HOURS = 24
_YEAR = 12  # months
LENGTH = (
    rf"(?P<count>[0-9]{{1,3}}|an?(?= [a-z]{{3}})) ?(?P<unit>{WORKDAY}|days?|d|weeks?|wks?|w|fortnights?|months?|mths?"
    r"|years?|yrs?|hours?|hrs?|h)"
)
_NOW = {
    "today": 0, "later today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "tomorrow": 1, "day after tomorrow": 2, "this time tomorrow": 1, "this time next week": 7,
    "today week": 7, "tomorrow week": 8,
}  # fmt: skip
_AHEAD = re.compile(
    rf"(?P<lead>(?:in|within) (?:the next )?)?{LENGTH}(?:'s?)?(?: time)?(?P<now> from (?:now|today)| hence)?"
)
_CLOSE, _DAY_END, _WORKDAY = re.compile(CLOSE), re.compile(DAY_END), re.compile(WORKDAY)
_NEXT_WORKDAY = re.compile(rf"next {WORKDAY}")
_WEEKDAY = re.compile(rf"(?:(?P<how>this|next|(?:this )?coming) )?(?P<day>{DAY})")
_OF_WEEK = re.compile(
    rf"(?P<day>{DAY}) (?:of |in )?(?P<which>this|next) week|(?P<which2>this|next) week (?:on )?(?P<day2>{DAY})"
)
_WEEK_ON = re.compile(rf"(?P<day>{DAY}) week|(?:a |1 )week (?:on )?(?P<day2>{DAY})")
_SEVERAL = re.compile(rf"(?P<count>[1-9][0-9]?) (?P<day>{DAY})s? from now")


def spoken(text: str, today: date, calendar: Calendar) -> date | None:
    """Read a plain text (`date_words.plain`) that counts from today; None: not one date, or in the past."""
    if (days := _NOW.get(text)) is not None:
        return today + timedelta(days=days)
    if _DAY_END.fullmatch(text):
        return today if calendar.works(today) or not _CLOSE.fullmatch(text) else None
    if _NEXT_WORKDAY.fullmatch(text):
        return working_days_after(today, 1, calendar)
    for read in (_weekday, _of_week, _several):
        if found := read(text, today):
            return found
    ahead = _AHEAD.fullmatch(text)
    # "30 days" alone is a term of payment as often as a date; nobody pays in working days.
    if ahead and (ahead["lead"] or ahead["now"] or _WORKDAY.fullmatch(ahead["unit"])):
        return later(today, ahead["count"], ahead["unit"], calendar)
    return None


def later(day: date, count: str, unit: str, calendar: Calendar) -> date | None:
    """The date that many units after a day, as `LENGTH` reads them; None where that month has no such day."""
    number = 1 if count in ("a", "an") else int(count)
    if _WORKDAY.fullmatch(unit):
        return working_days_after(day, number, calendar)
    if unit.startswith("h"):
        return day + timedelta(days=number // _HOURS) if number and number % _HOURS == 0 else None
    if unit[0] in "my":
        return day_of(*month_after(day, number * (_YEAR if unit[0] == "y" else 1)), day.day)
    return day + number * timedelta(days={"d": 1, "w": 7, "f": 14}[unit[0]])


def _weekday(text: str, today: date) -> date | None:
    """A weekday by itself is the next one; on that very day it is asked.

    "This" stays within the days left until Sunday. "Next" is read only where the nearest one and the one in
    the next calendar week are the same: said on a Wednesday, next Monday but not next Friday.
    """
    found = _WEEKDAY.fullmatch(text)
    if not found:
        return None
    how, wanted, on = found["how"], DAYS.index(found["day"]), today.weekday()
    if wanted == on:
        return today + _WEEK if how == "next" else None
    coming = today + timedelta(days=(wanted - on) % 7)
    if (how == "this" and wanted < on) or (how == "next" and (wanted > on or on > _FRIDAY)):
        return None
    return coming


def _of_week(text: str, today: date) -> date | None:
    """Of this or next week, whether a week begins on Sunday or on Monday; where that matters it is asked."""
    found = _OF_WEEK.fullmatch(text)
    if not found:
        return None
    wanted = DAYS.index(found["day"] or found["day2"])
    weeks = 1 if (found["which"] or found["which2"]) == "next" else 0
    monday = today - timedelta(days=today.weekday())
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    readings = {monday + timedelta(days=wanted), sunday + timedelta(days=(wanted + 1) % 7)}
    day = readings.pop() + weeks * _WEEK
    return day if not readings and day > today else None


def _several(text: str, today: date) -> date | None:
    """Friday week; two Fridays from now."""
    found = _WEEK_ON.fullmatch(text) or _SEVERAL.fullmatch(text)
    if not found:
        return None
    several = found.re is _SEVERAL
    named = found["day"] or found["day2"]
    ahead = (DAYS.index(named) - today.weekday()) % 7
    if several:
        return today + timedelta(days=ahead or 7) + (int(found["count"]) - 1) * _WEEK
    return today + timedelta(days=ahead) + _WEEK if ahead else None
