"""How a day stands: promises to think of, clients to write to, what is on the list, what is next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from zlib import crc32

from bot.coach.keep_warm import CLIENTS_A_DAY, CheckIn, KeepWarm, Pause, by_urgency, client_key, due_check_ins, due_on
from bot.coach.promises import Reminder, reminder
from handlers.desk import Days
from handlers.wording import clip, count
from handlers.wording import day as written


@dataclass(frozen=True, slots=True)
class Day:
    """How things stand: what is due in detail, what else is due, what is next, and what was dealt with today.

    `told` are the clients whom the day is about, at most three: those shown, and those of them dealt with since.
    """

    reminders: tuple[Reminder, ...]
    shown: tuple[tuple[CheckIn, ...], ...]
    listed: tuple[CheckIn, ...]
    upcoming: tuple[tuple[KeepWarm, date], ...]
    settled: tuple[KeepWarm, ...]
    told: tuple[str, ...]
    pause: Pause | None

    @property
    def waits(self) -> bool:
        """Whether something is there to do today, or a pause keeps it."""
        return bool(self.reminders or self.shown or self.listed or self.pause)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.reminders or self.shown or self.listed or self.upcoming or self.settled)


def subject(on: date) -> str:
    """What the card of a day is remembered by."""
    return f"checkins:{on.isoformat()}"


def due_now(desk: Days) -> tuple[CheckIn, ...]:
    """Every check-in that is due."""
    soonest: dict[str, date] = {}
    for promise, deal in desk.work.promises.open():
        soonest.setdefault(deal.id, promise.due)
    return due_check_ins(desk.work.warmth.all(), desk.today, desk.calendar, soonest)


def gather(desk: Days) -> Day:
    """Look how things stand now."""
    today, all_warm = desk.today, desk.work.warmth.all()
    due = by_urgency(due_now(desk), today)
    settled = tuple(warm for warm in all_warm if _is_settled(warm, today, desk))
    was_sent = any(warm.shown_on == today for warm in all_warm)
    done = {client_key(warm) for warm in settled if not was_sent or warm.shown_on == today}
    told = [one for one in due if one.warm.shown_on == today] or due
    clients = list(dict.fromkeys(client_key(one.warm) for one in told))[: max(CLIENTS_A_DAY - len(done), 0)]
    pause = desk.work.agenda.get().pause
    waiting = ((warm, due_on(warm, desk.calendar)) for warm in all_warm)
    return Day(
        reminders=tuple(_remind(desk)),
        shown=tuple(tuple(one for one in due if client_key(one.warm) == client) for client in clients),
        listed=tuple(one for one in due if client_key(one.warm) not in clients),
        upcoming=tuple(sorted(((warm, on) for warm, on in waiting if on and on > today), key=lambda pair: pair[1])),
        settled=settled,
        told=tuple(sorted({*done, *clients})),
        pause=pause if pause and pause.holds(today) else None,
    )


def place_of(warm: KeepWarm, now: Day) -> int:
    """At which place of the day's message a client stands, from 0: the same all day, whoever was dealt with meanwhile.

    Who stands only on the list gets one of these places by what they are called.
    """
    key = client_key(warm)
    return (now.told.index(key) if key in now.told else crc32(key.encode("utf-8", "surrogatepass"))) % CLIENTS_A_DAY


def _is_settled(warm: KeepWarm, today: date, desk: Days) -> bool:
    """Whether it was dealt with today: in touch, left out, or put off after it stood in today's message."""
    put_off = warm.shown_on == today and warm.put_off_to is not None and warm.put_off_to > today
    due = due_on(warm, desk.calendar)
    is_due = due is not None and due <= today
    return not is_due and (today in (warm.touched_on, warm.skipped_on) or put_off)


def _remind(desk: Days) -> Iterator[Reminder]:
    """What a message of today says, or said, of promises that are still open."""
    for promise, _ in desk.work.promises.open():
        if said := reminder(replace(promise, noticed=None), desk.today, desk.calendar):
            yield said


def overview(desk: Days) -> tuple[str, ...]:
    """How things stand in a few lines: paused, due, next; empty where nothing is kept warm."""
    now = gather(desk)
    due = list(
        dict.fromkeys(clip(one.warm.client) for one in (*(one for each in now.shown for one in each), *now.listed))
    )
    until = f"until {written(now.pause.until)}" if now.pause and now.pause.until else "until you resume"
    paused = (f"Paused {until}.",) if now.pause else ()
    named = f": {', '.join(due[:CLIENTS_A_DAY])}" if due else ""
    waiting = (f"Due: {count(len(due), 'client')}{named}.",) if due else ()
    following = tuple(f"Next: {clip(warm.client)} on {written(on)}." for warm, on in now.upcoming[:1])
    return (*paused, *waiting, *following)
