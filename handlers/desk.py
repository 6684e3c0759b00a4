"""Whose day it is: the person, their date and their working days, for whatever is about dates."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bot.coach.date_readings import readings
from bot.coach.dates import understand_with
from bot.coach.people import Person
from bot.coach.regions import Region
from bot.coach.workdays import Calendar, local_date
from content.library import Playbook
from handlers.wording import clip, day
from store.unit import Unit

_HINT = "Write one day, for example Friday or 30 June."


@dataclass(frozen=True)
class Days:
    """One person's days at one moment."""

    work: Unit
    now: datetime

    @cached_property
    def person(self) -> Person:
        """Who works here, with the usual hours where nothing is known yet."""
        return self.work.people.me() or Person(user=self.work.address.user)

    @cached_property
    def today(self) -> date:
        """The date where this person is."""
        return local_date(self.person, self.now)

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of this person's region."""
        return Region(self.person.region)

    def held(self, due: date) -> str:
        """Say what a pause does to what is due on a day ahead; "" where it does nothing."""
        pause = self.work.agenda.get().pause
        if pause is None or not pause.holds(due):
            return ""
        back = f"until {day(pause.until)}, so it waits for you" if pause.until else "until you resume, so it waits"
        return f" All is paused {back}."

    def understand(self, phrase: str) -> date | None:
        """Read a whole phrase as one date, working days counted as they are here; None: ask."""
        return understand_with(phrase, self.today, self.calendar)

    def readings(self, phrase: str) -> tuple[date, ...]:
        """The days a doubtful phrase most plausibly means."""
        return readings(phrase, self.today, self.calendar)

    def typed(self, text: str) -> date | str:
        """Read a date typed into a form: today or later, or the sentence that says what to write instead."""
        written = self.understand(text)
        if written is None:
            return f"{doubt(text, self.readings(text))} {_HINT}".strip()
        return written if written >= self.today else f"{past(written)} Which day, from today on?"


@dataclass(frozen=True)
class Desk(Days):
    """The same with the words to say."""

    playbook: Playbook


def past(over: date) -> str:
    """Say kindly that a day is over."""
    return f"{day(over)} is behind us."


def doubt(text: str, meant: tuple[date, ...]) -> str:
    """Say what a date could mean; a doubtful one is never guessed."""
    if not text.strip():
        return ""
    if meant:
        return f"“{clip(text, 40)}” could be {' or '.join(day(one) for one in meant)}."
    return f"I don't read one day in “{clip(text, 40)}”."
