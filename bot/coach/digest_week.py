"""When a team's digest goes out and which days it covers: every local date once, whatever the clocks do.

A digest is keyed by local dates of its team's zone, never by a moment.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.coach.date_words import DAY, DAYS, plain
from bot.coach.people import Person
from bot.coach.teams import Period, Team
from bot.coach.workdays import WEEKDAYS, Calendar, decent_hour, next_working, working_day_before

_ONE: Final = timedelta(days=1)
_WEEK: Final = 7
# Later than this after its moment a digest waits for its own time of day, so that none comes at night.
_LATE: Final = timedelta(hours=3)
_CLOCK: Final = (
    r"(?:at )?(?:(?P<noon>noon|midday)|(?P<hour>[01]?[0-9]|2[0-3])(?:[:.](?P<minute>[0-5][0-9]))?"
    r"(?: ?(?P<half>[ap]m)| o'clock| ?h)?)"
)
_OFTEN: Final = r"(?:every |each |weekly )?(?:on )?"
_WEEKLY: Final = (
    re.compile(rf"{_OFTEN}(?P<day>{DAY})s? {_CLOCK}"),
    re.compile(rf"{_OFTEN}{_CLOCK} {_OFTEN}(?P<day>{DAY})s?"),
)
_NOON: Final = 12
# Hours of a clock that are as likely meant in the afternoon: "at 4".
_EITHER: Final = range(1, 7)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A day of the week (0 is Monday) and a local time."""

    weekday: int
    at: time


def next_moment(team: Team, now: datetime) -> datetime:
    """When the next digest goes out; both in UTC, and always after `now`.

    Its local date lies after what is covered: a time moved to later on the same day brings no second digest.
    """
    earliest = max(_local_date(team, now), team.covered_to + _ONE)
    days = (earliest + ahead * _ONE for ahead in range(2 * _WEEK))
    moments = (_moment(team, day) for day in days if day.weekday() == team.weekday)
    return next(moment for moment in moments if moment > now)


def digest_day(team: Team, now: datetime) -> date:
    """The local date of the latest digest day whose moment has come, `now` included. `now` is in UTC."""
    today = _local_date(team, now)
    days = (today - back * _ONE for back in range(2 * _WEEK))
    return next(day for day in days if day.weekday() == team.weekday and _moment(team, day) <= now)


def period(team: Team, on: date) -> Period | None:
    """The days that the digest of a local date covers: all not covered yet, up to and without it; None where none."""
    return Period(team.covered_to, on) if team.covered_to < on else None


def post_at(team: Team, now: datetime) -> datetime:
    """When a digest that is put together `now` is posted, both in UTC.

    At once, unless it is late, as after an outage: then at the team's time of the next working day that has it ahead.
    """
    if now - _moment(team, digest_day(team, now)) <= _LATE:
        return now
    today = _local_date(team, now)
    day = next_working(today if now <= _moment(team, today) else today + _ONE, WEEKDAYS)
    return _moment(team, day)


def preview_day(team: Team, now: datetime, person: Person, calendar: Calendar) -> date:
    """On which of their own working days somebody in a team sees their lines of the next digest.

    The last one before the digest's date on which they begin to work before it goes out. `now` is in UTC.
    """
    moment = next_moment(team, now)
    day = working_day_before(_local_date(team, moment), calendar)
    while decent_hour(person, day) >= moment:
        day = working_day_before(day, calendar)
    return day


def schedule(words: str) -> Weekly | None:
    """Read "monday 8:30", "fri 4pm" or "tuesdays at 9"; None, meaning *ask*, for what could be read in two ways."""
    text = plain(words)
    found = next((match for pattern in _WEEKLY if (match := pattern.fullmatch(text))), None)
    at = _time(found) if found else None
    return Weekly(DAYS.index(found["day"]), at) if found and at else None


def _time(found: re.Match[str]) -> time | None:
    """The local time that is meant; None where it could be one of two, or none at all."""
    if found["noon"]:
        return time(_NOON)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if half := found["half"]:
        return time(hour % _NOON + (_NOON if half == "pm" else 0), minute) if 0 < hour <= _NOON else None
    is_doubtful = hour in _EITHER and len(found["hour"]) == 1
    return None if is_doubtful or (hour == 0 and not found["minute"]) else time(hour, minute)


def _local_date(team: Team, now: datetime) -> date:
    return now.astimezone(ZoneInfo(team.zone)).date()


def _moment(team: Team, day: date) -> datetime:
    """When the digest of a local date goes out, in UTC; a time the clocks skip comes later, of two it is the first."""
    return datetime.combine(day, team.at.replace(fold=0), ZoneInfo(team.zone)).astimezone(UTC)
