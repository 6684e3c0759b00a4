"""Dates as a rep types them. A doubtful one is asked, never guessed.

The rules where two people could read a phrase differently: a weekday said on that very day, "next Friday" said
earlier in the week, 03/04/2027, "before Friday", and whatever is a stretch of time and no day ("next week",
"mid January", "Q3") are asked. "By" and "until" a day include it. A quarter is the calendar's, the end of a
week its Friday, and a year left out is the next one.
"""

import re
from datetime import date, timedelta

from bot.coach.date_spans import edge
from bot.coach.date_spoken import LENGTH, later, spoken
from bot.coach.date_words import DAY, DAYS, MOMENT, WORKDAY, bare, plain
from bot.coach.date_written import written
from bot.coach.workdays import WEEKDAYS, Calendar, working_day_before

_MOMENT_FIRST = re.compile(
    rf"(?:{MOMENT}|(?:early|late)(?= (?:on |next )?(?:{DAY}|tomorrow)\b))(?: on| of)?(?: the)? (?P<rest>.+)"
)
_MOMENT_LAST = re.compile(rf"(?P<rest>.+?) (?:by )?{MOMENT}")
_END_OF_DAY = re.compile(rf"end of (?P<rest>today|tomorrow|(?:(?:this|next) )?{DAY})")
# "The week after Friday" is a stretch, "a week after Friday" a day.
_FROM = re.compile(
    rf"(?:{LENGTH}|(?P<one>day|(?:week|fortnight)(?= from))) (?P<way>from|after|before) (?:the )?(?P<rest>.+)"
)
_FROM_TODAY = re.compile(r"(?:(?P<count>an?|[0-9]{1,2}) )?(?P<unit>weeks?|fortnights?) (?P<rest>today|tomorrow)")
_WITH_WEEKDAY = re.compile(rf"(?P<day>{DAY}) (?:the )?(?P<rest>.*[0-9].*)")
# Words of their own when nothing around them speaks of time.
_INNOCENT = frozenset({"sat", "sun"})


def understand(phrase: str, today: date) -> date | None:
    """Read a whole phrase as one date, the next such date where the year is left out.

    Gives None, meaning *ask*, for everything else: what names no date, no such date (31 June), and
    what two people could read differently (03/04/2027). A date in the past is given only where it is
    written in full. Working days are Monday to Friday here: no holidays are known.
    """
    return understand_with(phrase, today, WEEKDAYS)


def understand_with(phrase: str, today: date, calendar: Calendar) -> date | None:
    """Read as `understand` does, counting the working days of that calendar."""
    if phrase.strip().lower() in _INNOCENT:
        return None
    try:
        return _read(bare(plain(phrase)), today, calendar)
    except (OverflowError, ValueError):  # beyond the year 9999
        return None


def _read(text: str, today: date, calendar: Calendar) -> date | None:
    """The time of a day doesn't move it: "first thing on Monday", "Thursday, 3 pm"."""
    if day := _day(text, today, calendar):
        return day
    without = text
    for pattern in (_MOMENT_FIRST, _MOMENT_LAST):
        if found := pattern.fullmatch(without):
            without = found["rest"]
    return _day(without, today, calendar) if without != text else None


def _day(text: str, today: date, calendar: Calendar) -> date | None:
    if found := _END_OF_DAY.fullmatch(text):
        text = found["rest"]
    return (
        written(text, today)
        or spoken(text, today, calendar)
        or edge(text, today, calendar)
        or _counted(text, today, calendar)
        or _with_weekday(text, today)
    )


def _counted(text: str, today: date, calendar: Calendar) -> date | None:
    """A week from Tuesday; two days before the end of the month; a fortnight tomorrow."""
    found = _FROM.fullmatch(text) or _FROM_TODAY.fullmatch(text)
    start = _day(found["rest"], today, calendar) if found else None
    if not found or not start:
        return None
    count, unit = found["count"] or "a", found["unit"] or found["one"]
    back = found.re is _FROM and found["way"] == "before"
    day = _earlier(start, count, unit, calendar) if back else later(start, count, unit, calendar)
    return day if day and day >= today else None


def _earlier(start: date, count: str, unit: str, calendar: Calendar) -> date | None:
    number = int(count) if count.isdigit() else 1
    if re.fullmatch(WORKDAY, unit):
        day = start
        for _ in range(number):
            day = working_day_before(day, calendar)
        return day
    days = {"d": 1, "w": 7, "f": 14}.get(unit[0])
    return start - timedelta(days=number * days) if days else None


def _with_weekday(text: str, today: date) -> date | None:
    """A weekday that isn't the date's is a slip in one of the two."""
    found = _WITH_WEEKDAY.fullmatch(text)
    day = written(found["rest"], today) if found else None
    return day if found and day and day.weekday() == DAYS.index(found["day"]) else None
