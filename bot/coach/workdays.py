"""Working days and working hours: when somebody may be disturbed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.coach.people import Person

_ONE = timedelta(days=1)
_SATURDAY = 5
_LONGEST_BREAK = 31  # days; longer than any run of days off, so that no calendar can keep us searching


class Calendar(Protocol):
    """Knows which days somebody works."""

    def works(self, day: date, /) -> bool:
        """Say whether that local date is a working day."""
        ...


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Monday to Friday, where nothing is known of a region's holidays."""

    def works(self, day: date) -> bool:
        """Say whether that date is no Saturday and no Sunday."""
        return day.weekday() < _SATURDAY


WEEKDAYS = Weekdays()


def next_working(day: date, calendar: Calendar) -> date:
    """That day itself where it is a working day, else the first one after it."""
    return _first(day, _ONE, calendar)


def working_day_before(day: date, calendar: Calendar) -> date:
    """The last working day before that day."""
    return _first(day - _ONE, -_ONE, calendar)


def working_days_after(day: date, count: int, calendar: Calendar) -> date:
    """That many working days after a day; the day itself is never counted, a day off neither."""
    for _ in range(count):
        day = next_working(day + _ONE, calendar)
    return day


def _first(day: date, step: timedelta, calendar: Calendar) -> date:
    days = (day + ahead * step for ahead in range(_LONGEST_BREAK))
    return next((one for one in days if calendar.works(one)), day)


def decent_hour(person: Person, day: date) -> datetime:
    """When that person's working hours begin on that local date, in UTC.

    A time the clocks skip in spring comes as much later as they skip; of a time that comes twice in autumn
    it is the first (PEP 495). What recurs is keyed by `day`, never by this moment.
    """
    return _moment(person, day, person.starts)


def working_hours(person: Person, day: date) -> tuple[datetime, datetime]:
    """From when until when that person works on that local date, in UTC.

    Hours that end at or before their start last until the end of that date: a message belongs to one date.
    """
    ends = _moment(person, day, person.ends)
    if person.ends <= person.starts:
        ends = _moment(person, day + _ONE, time())
    return decent_hour(person, day), ends


def next_decent(person: Person, now: datetime, calendar: Calendar) -> datetime:
    """The soonest moment from `now` on, both in UTC, that lies within that person's working hours."""
    today = local_date(person, now)
    _, ends = working_hours(person, today)
    day = next_working(today if now < ends else today + _ONE, calendar)
    return max(now, decent_hour(person, day))


def local_date(person: Person, now: datetime) -> date:
    """Which date it is where that person is; `now` is in UTC."""
    return now.astimezone(ZoneInfo(person.zone)).date()


def _moment(person: Person, day: date, at: time) -> datetime:
    return datetime.combine(day, at.replace(fold=0), ZoneInfo(person.zone)).astimezone(UTC)
