"""When a person may be disturbed with a letter: what the courier asks before it writes to anybody."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from bot.coach.workdays import decent_hour, local_date, next_decent
from handlers import agenda, day
from handlers.desk import Days
from store import Letter, Store
from store.unit import Unit

_DAY = timedelta(days=1)


def opportune(store: Store) -> Callable[[Letter, datetime], Awaitable[datetime]]:
    """Ask the store for the soonest decent moment of a letter's reader.

    The message of a day that is over by then is taken back, to be written anew: it would speak of yesterday as today.
    """

    async def ask(letter: Letter, now: datetime) -> datetime:
        moment, over = await store.read(letter.address, lambda work: _look(work, letter, now))
        if over:
            await store.write(letter.address, lambda work: _write_anew(work, over, now), at=now)
        return moment

    return ask


def soonest(work: Unit, now: datetime) -> datetime:
    """The first moment from `now` on, in UTC, within working hours and not during a pause; now, for a stranger."""
    if work.people.me() is None:
        return now
    days, pause = Days(work, now), work.agenda.get().pause
    moment = next_decent(days.person, now, days.calendar)
    if pause is None or not pause.holds(local_date(days.person, moment)):
        return moment
    # Nobody knows when a pause without an end is over: look again tomorrow.
    after = decent_hour(days.person, pause.until) if pause.until else now + _DAY
    return next_decent(days.person, after, days.calendar)


def _look(work: Unit, letter: Letter, now: datetime) -> tuple[datetime, date | None]:
    """Give that moment, and the day whose message the letter is, if it isn't that of the moment."""
    moment, last = soonest(work, now), work.agenda.get().last_day
    if last is None or letter.key != day.subject(last):
        return moment, None
    return moment, last if last != local_date(Days(work, now).person, moment) else None


def _write_anew(work: Unit, over: date, now: datetime) -> None:
    if agenda.take_back(Days(work, now), over):
        agenda.reschedule(work, now)
