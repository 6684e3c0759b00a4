"""Who is asking, and what day it is where they are."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.events import Happening
from bot.coach.people import Person
from store.unit import Unit


def me(event: Happening, work: Unit) -> Person:
    """The person behind the event, with the usual hours where nothing is known yet."""
    return work.people.me() or Person(user=event.address.user)


def today(work: Unit, now: datetime) -> date:
    """The date where this person is."""
    person = work.people.me()
    return now.astimezone(ZoneInfo(person.zone if person else "UTC")).date()
