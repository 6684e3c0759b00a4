"""When there is next something to say to a person, and the one message of a day that says it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.chat.events import Due
from bot.chat.replies import Answer
from bot.coach.keep_warm import Bundle, after_showing, bundle, bundle_day
from bot.coach.promises import after_reminding, reminder
from bot.coach.upcoming import next_moment
from content.library import Playbook
from handlers import day as day_
from handlers import day_card, digest_preview
from handlers.desk import Days, Desk
from store.agendas import Agenda
from store.unit import Unit

KIND = "agenda"
# Whoever is back longer than this is no longer welcomed.
_WELCOME = timedelta(weeks=1)


def reschedule(work: Unit, now: datetime) -> None:
    """Work out anew when to look in next; called whenever a promise, a check-in, the hours or a pause changed."""
    _look_in(Days(work, now), work.agenda.get())


def due(_event: Due, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Put the day's one message into the outbox, where this is the time for it and there is something new to say."""
    if work.people.me() is None:
        return ()
    desk, agenda = Desk(work, now, playbook), work.agenda.get()
    day = bundle_day(desk.person, now, agenda.last_day, desk.calendar)
    if day is None or (agenda.pause and agenda.pause.holds(day)):
        _look_in(desk, agenda)
        return ()
    take_back(desk, agenda.last_day)
    told = _bundle(desk, day, back=_is_back(agenda, day))
    if told is None and digest_preview.is_due(desk):
        told = Bundle(day)
    if told is None:
        _look_in(desk, agenda, said=day)
        return ()
    _remember(told, desk)
    work.outbox.put(day_.subject(day), day_card.letter(told, desk), now, subject=day_.subject(day))
    work.handovers.shown_to_me()
    _look_in(desk, Agenda(last_day=day))
    return ()


def take_back(days: Days, day: date | None) -> bool:
    """Take back that day's message if its reader never got it: then nothing of it was said. False where they did.

    A platform that is away for three days leaves one message, of the day on which it is back.
    """
    work = days.work
    if day is None or not work.outbox.cancel(day_.subject(day)):
        return False
    for warm in work.warmth.all():
        if warm.shown_on == day:
            work.warmth.change(replace(warm, shown_on=None))
    for promise, _ in work.promises.open():
        fresh = replace(promise, noticed=None)
        said = reminder(fresh, day, days.calendar)
        if said and said.notice is promise.noticed:
            work.promises.change(fresh)
    return True


def _look_in(days: Days, agenda: Agenda, said: date | None = None) -> None:
    """Keep the agenda with the moment that comes next; `said` is a day on which there was nothing new."""
    if days.work.people.me() is None:
        return
    promises = [promise for promise, _ in days.work.promises.open()]
    last = max((day for day in (said, agenda.last_day) if day), default=None)
    moment = next_moment(
        days.work.warmth.all(),
        promises,
        days.person,
        days.now,
        last=last,
        pause=agenda.pause,
        calendar=days.calendar,
        others=digest_preview.days_ahead(days),
    )
    if moment or agenda != Agenda():
        days.work.agenda.put(replace(agenda, next_at=moment))


def _bundle(desk: Desk, day: date, *, back: bool) -> Bundle | None:
    said = (reminder(promise, day, desk.calendar) for promise, _ in desk.work.promises.open())
    return bundle(day, day_.due_now(desk), [one for one in said if one], back=back)


def _remember(told: Bundle, desk: Desk) -> None:
    for warm in after_showing(told):
        desk.work.warmth.change(warm)
    for one in told.reminders:
        desk.work.promises.change(after_reminding(one))


def _is_back(agenda: Agenda, day: date) -> bool:
    pause = agenda.pause
    return agenda.back or bool(pause and pause.until and day - pause.until < _WELCOME)
