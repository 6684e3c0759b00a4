"""Staying in touch after signing: when the next check-in is due, and what one day's message holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.coach.people import Person
from bot.coach.promises import Reminder
from bot.coach.workdays import Calendar, local_date, next_working, working_hours

CLIENTS_A_DAY = 3
_WEEK = timedelta(weeks=1)
SNOOZES_BEFORE_ASKING = 3
AGAIN_AFTER = _WEEK


class Rhythm(StrEnum):
    """How often to be in touch."""

    STANDARD = "standard"
    CLOSER = "closer"
    LIGHTER = "lighter"
    CUSTOM = "custom"
    NONE = "none"


# Days from the last touch to the next; the last number goes on for ever.
_DISTANCES: dict[Rhythm, tuple[int, ...]] = {
    Rhythm.STANDARD: (7, 30, 60, 90),
    Rhythm.CLOSER: (7, 14, 30, 45),
    Rhythm.LIGHTER: (14, 60, 120, 180),
}


@dataclass(frozen=True, slots=True)
class Cadence:
    """A rhythm; `days` is the distance of a custom one, at least 1."""

    rhythm: Rhythm = Rhythm.STANDARD
    days: int = 0

    def distance(self, done: int) -> int | None:
        """How many days after the last touch the next is due, `done` check-ins being behind; None: never."""
        if self.rhythm is Rhythm.NONE:
            return None
        steps = (max(self.days, 1),) if self.rhythm is Rhythm.CUSTOM else _DISTANCES[self.rhythm]
        return steps[min(done, len(steps) - 1)]


class Snooze(StrEnum):
    """What a check-in can be put off to; a date of one's own is given as a date."""

    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"
    TWO_WEEKS = "two_weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepWarm:
    """How one won deal is kept warm. All dates are local ones of its owner.

    `touched_on` is the last touch, whoever made it; None: not since it was won. `done` counts the steps of the
    rhythm that are behind. `skipped_on` is when one was last left out, `put_off_to` the last date a check-in was
    put off to, `snoozes` how often in a row, and `shown_on` when it last stood in a message. `follow_up_on`
    is a check-in of its own, after something was put right; it doesn't wait for the rhythm.
    """

    deal_id: str
    client: str
    won_on: date
    cadence: Cadence = Cadence()
    touched_on: date | None = None
    done: int = 0
    skipped_on: date | None = None
    put_off_to: date | None = None
    snoozes: int = 0
    shown_on: date | None = None
    follow_up_on: date | None = None

    @property
    def since(self) -> date:
        """The day from which the wait is counted."""
        return max(day for day in (self.won_on, self.touched_on, self.skipped_on) if day)


def taken_up(deal_id: str, client: str, won_on: date, on: date) -> KeepWarm:
    """Begin to keep a deal warm that was won before: first in a week, however long ago it was won."""
    return KeepWarm(deal_id=deal_id, client=client, won_on=won_on, put_off_to=on + _WEEK)


def next_touch(cadence: Cadence, won_on: date, touched_on: date | None, done: int, calendar: Calendar) -> date | None:
    """The working day on which to be in touch next, never sooner than the rhythm says; None: never.

    Counted from the last touch, whoever made it; `done` check-ins are behind.
    """
    distance = cadence.distance(done)
    if distance is None:
        return None
    return next_working(max(won_on, touched_on or won_on) + timedelta(days=distance), calendar)


def due_on(warm: KeepWarm, calendar: Calendar) -> date | None:
    """When the next check-in is due: the follow-up, else by the rhythm, or later if put off; None: never."""
    due = warm.follow_up_on or next_touch(warm.cadence, warm.won_on, warm.since, warm.done, calendar)
    return next_working(max(due, warm.put_off_to or due), calendar) if due else None


def touched(warm: KeepWarm, on: date) -> KeepWarm:
    """What a touch changes: the wait begins anew, and a follow-up of that day or before is done.

    It takes a step of the rhythm if at least half of the wait was over, so that three calls in one week don't
    end in a wait of months. A touch older than one already known changes nothing.
    """
    if warm.touched_on and on <= warm.touched_on:
        return warm
    distance = warm.cadence.distance(warm.done)
    step = 1 if distance and 2 * (on - warm.since).days >= distance else 0
    follow_up = warm.follow_up_on if warm.follow_up_on and warm.follow_up_on > on else None
    return replace(warm, touched_on=on, done=warm.done + step, snoozes=0, follow_up_on=follow_up)


def skipped(warm: KeepWarm, on: date) -> KeepWarm:
    """Leave this check-in out: the next one comes as if there had been a touch that day."""
    return replace(warm, skipped_on=on, done=warm.done + 1, snoozes=0, follow_up_on=None)


def snooze_to(choice: Snooze | date, on: date, calendar: Calendar) -> date:
    """The working day to come back on, always after `on`. Next week is its first working day."""
    tomorrow = on + timedelta(days=1)
    if isinstance(choice, date):
        return next_working(max(choice, tomorrow), calendar)
    to = {
        Snooze.TOMORROW: tomorrow,
        Snooze.NEXT_WEEK: on + timedelta(days=7 - on.weekday()),
        Snooze.TWO_WEEKS: on + timedelta(weeks=2),
    }
    return next_working(to[choice], calendar)


def snoozed(warm: KeepWarm, to: date) -> KeepWarm:
    """Put the check-in off; nothing else moves."""
    return replace(warm, put_off_to=to, snoozes=warm.snoozes + 1)


def asks_for_another_rhythm(warm: KeepWarm) -> bool:
    """Whether it is time to ask if the rhythm is right: at the third snooze in a row."""
    return warm.snoozes >= SNOOZES_BEFORE_ASKING


@dataclass(frozen=True, slots=True)
class Pause:
    """No check-ins from `since` until the day before `until`; None: until the person is back."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether nothing is sent on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One deal whose check-in is due. `promise_due` is when the next open promise to that client is due."""

    warm: KeepWarm
    due: date
    promise_due: date | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """One day's message: promises to think of, check-ins of at most three clients, and what stays on the list.

    `back` says that it welcomes somebody back; nothing in it is late then.
    """

    day: date
    reminders: tuple[Reminder, ...] = ()
    shown: tuple[CheckIn, ...] = ()
    listed: tuple[CheckIn, ...] = ()
    back: bool = False


def due_check_ins(
    all_warm: Iterable[KeepWarm], day: date, calendar: Calendar, promises: Mapping[str, date]
) -> tuple[CheckIn, ...]:
    """Everything due by that day, however long ago it fell due, each deal once.

    `promises` holds by deal when its next open promise is due.
    """
    dues = ((warm, due_on(warm, calendar)) for warm in all_warm)
    return tuple(
        CheckIn(warm=warm, due=due, promise_due=promises.get(warm.deal_id)) for warm, due in dues if due and due <= day
    )


def bundle(
    day: date, check_ins: Iterable[CheckIn], reminders: Iterable[Reminder] = (), *, back: bool = False
) -> Bundle | None:
    """Put what is due into one message; None: there is nothing new to say.

    First come clients with an open promise or something put right to ask about, the one due soonest before the
    others; then those who waited longest for their rhythm. Two deals of one client are one conversation. What
    stood in a message stays on the list, and comes again only after a week.
    """
    order = by_urgency(check_ins, day)
    clients = list(dict.fromkeys(client_key(one.warm) for one in order if is_fresh(one.warm, one.due, day)))[
        :CLIENTS_A_DAY
    ]
    shown = tuple(one for client in clients for one in order if client_key(one.warm) == client)
    listed = tuple(one for one in order if client_key(one.warm) not in clients)
    said = tuple(sorted(reminders, key=lambda one: (one.promise.due, one.promise.id)))
    return Bundle(day, said, shown, listed, back) if said or shown else None


def by_urgency(check_ins: Iterable[CheckIn], day: date) -> tuple[CheckIn, ...]:
    """Order check-ins: what they were promised first, a follow-up too, soonest due; then the longest wait."""
    return tuple(sorted(check_ins, key=lambda one: _urgency(one, day)))


def after_showing(bundled: Bundle) -> tuple[KeepWarm, ...]:
    """What to remember once that message is on its way. A welcome back names its whole list."""
    named = (*bundled.shown, *(bundled.listed if bundled.back else ()))
    return tuple(replace(one.warm, shown_on=bundled.day) for one in named)


def bundle_day(person: Person, now: datetime, last: date | None, calendar: Calendar) -> date | None:
    """The local date for which to send a bundle at that moment (UTC), None where this is not the time.

    That is once a working day, within working hours. `last` is the date of the newest bundle: the date is
    the key of the occurrence, so that no change of the clocks doubles or drops one.
    """
    day = local_date(person, now)
    starts, ends = working_hours(person, day)
    fresh = last is None or last < day
    return day if fresh and calendar.works(day) and starts <= now < ends else None


def client_key(warm: KeepWarm) -> str:
    """What two deals of one client have in common."""
    return warm.client.casefold() or warm.deal_id


def is_fresh(warm: KeepWarm, due: date, day: date) -> bool:
    """Whether a check-in that is due since then may stand in that day's message: not yet shown, or a week ago."""
    return warm.shown_on is None or warm.shown_on < due or day - warm.shown_on >= AGAIN_AFTER


def _urgency(check_in: CheckIn, day: date) -> tuple[date, float, date, str]:
    warm = check_in.warm
    waited = (day - warm.since).days / (warm.cadence.distance(warm.done) or 1)
    owed = min(check_in.promise_due or date.max, warm.follow_up_on or date.max)
    return owed, -waited, check_in.due, warm.deal_id
