"""What was promised, to whom and by when: read from a sentence, reminded in time, kept or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.coach.concessions import Concession
from bot.coach.date_words import LONGEST, sounds_like_time, speaks_of_time
from bot.coach.dates import understand_with
from bot.coach.workdays import WEEKDAYS, Calendar, working_day_before


class State(StrEnum):
    """How a promise stands. `LATE` is never stored: it is an open one whose day is over."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    RENEGOTIATED = "renegotiated"
    DROPPED = "dropped"


class Notice(StrEnum):
    """What a reminder says: due soon, due today, or was due, in this order and each once."""

    BEFORE = "before"
    TODAY = "today"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise for a deal, in the rep's own words. Dates are local ones of the rep.

    `concession` is the id of the give it came from, `instead_of` that of the promise it replaces; empty where
    there is none. `settled_on` is when it stopped being open, `noticed` the last reminder that was sent.
    """

    id: str
    deal_id: str
    what: str
    due: date
    made_on: date
    state: State = State.OPEN
    settled_on: date | None = None
    concession: str = ""
    instead_of: str = ""
    noticed: Notice | None = None

    @property
    def kept_late(self) -> bool:
        """Whether it was kept, but after its day."""
        return self.state is State.KEPT and self.settled_on is not None and self.settled_on > self.due


@dataclass(frozen=True, slots=True)
class Reminder:
    """A promise to think of today, and why."""

    promise: Promise
    notice: Notice


def state_on(promise: Promise, day: date) -> State:
    """How it stands on a day: an open promise is late from the day after it was due."""
    return State.LATE if promise.state is State.OPEN and promise.due < day else promise.state


def kept(promise: Promise, on: date) -> Promise:
    """It was done on that day."""
    return replace(promise, state=State.KEPT, settled_on=on)


def dropped(promise: Promise, on: date) -> Promise:
    """The client no longer needs it."""
    return replace(promise, state=State.DROPPED, settled_on=on)


def renegotiated(promise: Promise, new_id: str, due: date, on: date) -> tuple[Promise, Promise]:
    """The promise as it ends, and the one with another day that takes its place."""
    ended = replace(promise, state=State.RENEGOTIATED, settled_on=on)
    again = replace(promise, id=new_id, due=due, made_on=on, instead_of=promise.id, noticed=None)
    return ended, again


def promise_from(concession: Concession, promise_id: str, due: date, on: date) -> Promise:
    """What was given away becomes a promise to deliver it."""
    return Promise(
        id=promise_id,
        deal_id=concession.deal_id,
        what=concession.tradable.words or concession.tradable.what,
        due=due,
        made_on=on,
        concession=concession.id,
    )


def reminder(promise: Promise, day: date, calendar: Calendar) -> Reminder | None:
    """What to say of it on that working day; None: nothing, or it was said.

    The working day before it is due, on the day itself, and once afterwards while it is still open. A reminder
    whose day went by unsent is not made up for; the next one takes its place.
    """
    if promise.state is not State.OPEN or day <= promise.made_on or day < working_day_before(promise.due, calendar):
        return None
    notice = Notice.AFTER if day > promise.due else Notice.TODAY if day == promise.due else Notice.BEFORE
    order = list(Notice)
    said = promise.noticed is not None and order.index(promise.noticed) >= order.index(notice)
    return None if said else Reminder(promise, notice)


def after_reminding(said: Reminder) -> Promise:
    """What to remember once that reminder is on its way."""
    return replace(said.promise, noticed=said.notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What `promise <what> by <when> [for <deal>]` says.

    `when` are the words of the date, "" where there are none; `due` None means *ask*, also where the date is
    past. `deal` are the words behind the date; where there are none, `perhaps_deal` are those behind the last
    "for" of `what`, to be tried as a deal's name ("the pricing for Acme by Friday").
    """

    what: str
    when: str = ""
    due: date | None = None
    deal: str = ""
    perhaps_deal: str = ""


_MARKS = 24  # the last places where a date may begin; a sentence has few
_LEADING = r"by|until|till|before|on|within|no later than|not later than|due"
_STARTING = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|saturday|sunday|today|tonight"
    r"|tomorrow|tmrw|eo[bdwmqy]|cob|next|this|(?:at )?(?:the )?end of|(?:the )?day after tomorrow|first thing"
    r"|asap|as soon as possible|soon|shortly"
)
# "In" leads to a length of time; in "check in on Friday" it is part of what is promised.
_MARK = re.compile(
    rf"(?<!\S)(?:(?P<leads>{_LEADING}|in(?!\s(?:{_LEADING}|{_STARTING})\b))|{_STARTING})(?![^\s,;.!])", re.IGNORECASE
)
# After these a day belongs to something else ("the mail from Friday") or to another day ("Thursday or Friday").
_TIED = frozenset({
    "of", "from", "for", "about", "since", "after", "the", "last", "next", "this", "every", "each", "to", "and", "or",
    "but", "not", "a", "an", "my", "our", "by", "until", "till", "before", "on", "within", "than", "due",
})  # fmt: skip
_NEVER = frozenset({"or", "and", "but", "not"})
_FOR = re.compile(r"\sfor\s", re.IGNORECASE)
_PERHAPS = re.compile(r"(?:^|.*\s)for\s(?P<deal>\S.*)", re.IGNORECASE | re.DOTALL)


def read_promise(text: str, today: date, calendar: Calendar = WEEKDAYS) -> Spoken:
    """Read what follows the word `promise`.

    The date is the longest stretch at the end, or before the "for" of a deal, that is wholly about time: "send
    the report by mail by Friday" is due on Friday and sent by mail. A stretch that is no one date ("soon",
    "before Friday", "Thursday or Friday") is kept as `when`, to ask about; nothing shorter in it is read instead.
    """
    sentence = " ".join(text.split())
    for start, end, deal in _stretches(sentence):
        when = sentence[start:end]
        due = understand_with(when, today, calendar)
        if due or sounds_like_time(when):
            return _spoken(sentence[:start].strip(" ,;"), when, due if due and due >= today else None, deal)
    return _spoken(sentence, "", None, "")


def _stretches(sentence: str) -> Iterator[tuple[int, int, str]]:
    """Where a date may begin and end, and the words of a deal behind it; the longest first."""
    for mark in list(_MARK.finditer(sentence))[-_MARKS:]:
        start = mark.start()
        if _is_tied(sentence[max(start - LONGEST, 0) : start], leads=bool(mark["leads"])):
            continue
        if len(sentence) - start <= LONGEST:
            yield start, len(sentence), ""
        for split in _FOR.finditer(sentence, start, start + LONGEST):
            yield start, split.start(), sentence[split.end() :].strip()


def _is_tied(before: str, *, leads: bool) -> bool:
    """Whether what stands before makes the words that follow part of something else."""
    *_, word = ["", *before.lower().split()]
    return word in _NEVER if leads else word in _TIED or speaks_of_time(word)


def _spoken(what: str, when: str, due: date | None, deal: str) -> Spoken:
    perhaps = _PERHAPS.fullmatch(what) if not deal else None
    return Spoken(what=what, when=when, due=due, deal=deal, perhaps_deal=perhaps["deal"] if perhaps else "")
