"""When there is next something to say to a person unasked."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from bot.coach.keep_warm import AGAIN_AFTER, KeepWarm, Pause, due_on, is_fresh
from bot.coach.people import Person
from bot.coach.promises import Notice, Promise, State, after_reminding, reminder
from bot.coach.workdays import Calendar, decent_hour, local_date, next_working, working_day_before, working_hours

_ONE = timedelta(days=1)
_AFTER_BUNDLE = timedelta(minutes=15)


def next_day(warm: Iterable[KeepWarm], promises: Iterable[Promise], earliest: date, calendar: Calendar) -> date | None:
    """The first working day from `earliest` on with a check-in or a reminder that wasn't said yet; None: never."""
    first = next_working(earliest, calendar)
    days = [_check_in(one, first, calendar) for one in warm] + [_reminder(one, first, calendar) for one in promises]
    return min((day for day in days if day), default=None)


def next_moment(  # noqa: PLR0913 - everything that decides when somebody may be disturbed
    warm: Iterable[KeepWarm],
    promises: Iterable[Promise],
    person: Person,
    now: datetime,
    *,
    last: date | None,
    pause: Pause | None,
    calendar: Calendar,
    others: Iterable[date] = (),
) -> datetime | None:
    """When to look in next, in UTC: once a working day, within working hours, not during a pause; None: never.

    `now` is in UTC, `last` the local date of the newest message; `others` are working days with something else to say.
    """
    earliest = _earliest(person, now, last, pause)
    if earliest is None:
        return None
    ahead = [day for day in (next_day(warm, promises, earliest, calendar), *others) if day and day >= earliest]
    day = min(ahead, default=None)
    return max(now, decent_hour(person, day)) if day else None


def reminders_ahead(  # noqa: PLR0913 - the same
    promise: Promise, person: Person, now: datetime, *, last: date | None, pause: Pause | None, calendar: Calendar
) -> tuple[tuple[date, Notice], ...]:
    """On which days a promise will be brought up as long as it is open, and how; none during a pause without end.

    This is what `next_moment` leads to, said beforehand; `now` and `last` as there.
    """
    earliest = _earliest(person, now, last, pause)
    found: list[tuple[date, Notice]] = []
    for day in _days(promise, next_working(earliest, calendar), calendar) if earliest else ():
        if said := reminder(promise, day, calendar):
            found.append((day, said.notice))
            promise = after_reminding(said)
    return tuple(found)


def letter_moment(  # noqa: PLR0913 - the same
    person: Person,
    now: datetime,
    *,
    last: date | None,
    bundle_at: datetime | None,
    pause: Pause | None,
    calendar: Calendar,
) -> datetime | None:
    """When to write to somebody about one thing, in UTC, on a day without another message; None: a pause without end.

    Where the day's message comes on that very day, at `bundle_at`, it is a little later: that message may hold it too.
    """
    earliest = _earliest(person, now, last, pause)
    if earliest is None:
        return None
    day = next_working(earliest, calendar)
    at = max(now, decent_hour(person, day))
    return max(at, bundle_at) + _AFTER_BUNDLE if bundle_at and local_date(person, bundle_at) == day else at


def _earliest(person: Person, now: datetime, last: date | None, pause: Pause | None) -> date | None:
    """The first local date with a decent hour left, no message yet and no pause; None: the pause has no end."""
    today = local_date(person, now)
    _, ends = working_hours(person, today)
    day = today if now < ends else today + _ONE
    day = max(day, last + _ONE) if last else day
    return pause.until if pause and pause.holds(day) else day


def _check_in(warm: KeepWarm, first: date, calendar: Calendar) -> date | None:
    due = due_on(warm, calendar)
    if due is None:
        return None
    day = next_working(max(due, first), calendar)
    if is_fresh(warm, due, day):
        return day
    return next_working(max(first, (warm.shown_on or due) + AGAIN_AFTER), calendar)


def _reminder(promise: Promise, first: date, calendar: Calendar) -> date | None:
    if promise.state is not State.OPEN:
        return None
    return next((day for day in _days(promise, first, calendar) if reminder(promise, day, calendar)), None)


def _days(promise: Promise, first: date, calendar: Calendar) -> Iterator[date]:
    """The working days on which a reminder can fall, soonest first."""
    start = max(first, promise.made_on + _ONE)
    wanted = (working_day_before(promise.due, calendar), promise.due, promise.due + _ONE)
    yield from sorted({next_working(max(day, start), calendar) for day in wanted})
