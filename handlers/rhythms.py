"""How often to be in touch, and leave: the rhythm of one deal, and a pause of all of them."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.chat.cards import Button, Buttons, Card, Form, TextField, prose
from bot.chat.events import Asked, Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refuse, Say
from bot.coach.keep_warm import Cadence, Pause, Rhythm, client_key
from content.library import Playbook
from handlers import agenda, client_card
from handlers.checkin_words import cadence_line
from handlers.checkins import listed, of_mine, refreshed
from handlers.desk import Desk
from handlers.finding import picker
from handlers.wording import clip
from store.unit import Unit

_LONGEST = timedelta(days=366)
_PAUSE = re.compile(r"(?:pause|stop)\b(?:\s+(?:all|everything|check-?ins))?\s*(?P<until>.*)", re.IGNORECASE | re.DOTALL)
_RESUME = re.compile(r"(?:resume|unpause|continue|go on|i'?m back)\b.*", re.IGNORECASE | re.DOTALL)
# "Snooze acme until friday", "hand over acme to sam": the rest is for the card's own buttons.
_BEHIND = re.compile(r"(?:\s+(?:until|till|to|for|by)\s.*|^\s*(?:please|now|today)\s*|\s+please)$", re.IGNORECASE)
_TIMED = re.compile(r"(?:until|till|for)\b", re.IGNORECASE)
_NAME_MAX = 200
_FOUND = 20
_FOR = re.compile(r"for\s+", re.IGNORECASE)


def checkins(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `checkins`, `checkins pause [until ...]` and `checkins resume`."""
    desk, words = Desk(work, now, playbook), asked.text.strip()
    if _RESUME.fullmatch(words):
        return _resume(desk)
    if found := _PAUSE.fullmatch(words):
        return _pause_in_words(found["until"].strip(), desk)
    name = _BEHIND.sub("", words[:_NAME_MAX])
    return _one(name, desk) if name else listed(desk)


def pause_all(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `pause [until ...]` and `stop`: all of it, until they are back."""
    words = asked.text.strip()
    return _pause_in_words(words if _TIMED.match(words) else "", Desk(work, now, playbook))


def go_on(_asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `resume`."""
    return _resume(Desk(work, now, playbook))


def _one(name: str, desk: Desk) -> Answer:
    """Show one client's check-in, where what is to be done with it is a button."""
    found = desk.work.deals.find(name, stage=None, limit=_FOUND)
    kept = [(warm, deal) for deal in found if (warm := desk.work.warmth.of(deal.id))]
    if not kept:
        return listed(desk, f"I keep no check-ins for “{clip(name)}”.")
    if len({client_key(warm) for warm, _ in kept}) == 1:
        return (Say(client_card.card(*kept[0], desk)),)
    return (Say(picker(f"Which one do you mean by “{clip(name)}”?", [deal for _, deal in kept], "checkin.open")),)


def ask_pause(_pressed: Pressed, _work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask until when."""
    field = TextField("until", "Back on", "For example: 7 January. Empty: until you say so", max_length=80)
    intro = "Nothing comes while you are away, promises included, and nothing is late when you are back."
    return (Ask(Form("checkins.pause", "", "Pause all", (field,), submit="Pause", intro=intro)),)


def pause(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Pause from the form."""
    desk = Desk(work, now, playbook)
    typed = submitted.answers.get("until", "").strip()
    until = _until(typed, desk) if typed else None
    return (Refuse({"until": until}),) if isinstance(until, str) else _pause(until, desk)


def resume(_pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """End the pause from a button."""
    return _resume(Desk(work, now, playbook))


def ask_rhythm(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> tuple[Ask]:
    """Ask how often."""
    warm, deal, _ = of_mine(pressed.subject, Desk(work, now, playbook))
    return (Ask(client_card.rhythm_form(warm, deal)),)


def rhythm(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Keep the rhythm from the form."""
    chosen, typed = submitted.answers.get("rhythm", ""), submitted.answers.get("days", "").strip()
    if chosen not in set(Rhythm):
        return (Refuse({"rhythm": "Please choose one."}),)
    days = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else 0  # noqa: PLR2004
    if Rhythm(chosen) is not Rhythm.CUSTOM:
        days = 0
    elif not 1 <= days <= client_card.DAYS_MAX:
        return (Refuse({"days": f"Write a number of days, 1 to {client_card.DAYS_MAX}."}),)
    desk = Desk(work, now, playbook)
    return (Say(_set(submitted.subject, Cadence(Rhythm(chosen), days), desk)), *refreshed(desk))


def lighter(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Be in touch less often."""
    desk = Desk(work, now, playbook)
    return (Change(_set(pressed.subject, Cadence(Rhythm.LIGHTER), desk)), *refreshed(desk))


def right(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Leave the rhythm as it is; the snoozes count from the beginning."""
    desk = Desk(work, now, playbook)
    warm, _, _ = of_mine(pressed.subject, desk)
    return (Change(_set(pressed.subject, warm.cadence, desk)), *refreshed(desk))


def _set(subject: str, cadence: Cadence, desk: Desk) -> Card:
    warm, deal, _ = of_mine(subject, desk)
    after = desk.work.warmth.change(replace(warm, cadence=cadence, snoozes=0)) or warm
    agenda.reschedule(desk.work, desk.now)
    said = f"{clip(deal.name)}: {cadence_line(cadence)}. {client_card.next_line(after, deal, desk)}"
    return Card(said, (prose(said), Buttons((Button("My check-ins", "checkins.show"),))))


def _pause_in_words(words: str, desk: Desk) -> Answer:
    until = _until(_FOR.sub("in ", words, count=1) if _FOR.match(words) else words, desk) if words else None
    if isinstance(until, str):
        said = f"Nothing was paused. {until}"
        button = Button("Choose a date", "checkins.pause", style="primary")
        return (Say(Card(said, (prose(said), Buttons((button,))))),)
    return _pause(until, desk)


def _until(words: str, desk: Desk) -> date | str:
    """The first day back, or the sentence that says what to write instead."""
    until = desk.typed(words)
    if isinstance(until, str):
        return until
    if until == desk.today:
        return "That is today. Write the day on which you are back."
    return until if until <= desk.today + _LONGEST else "That is more than a year away. Write a nearer day."


def _pause(until: date | None, desk: Desk) -> Answer:
    desk.work.agenda.put(replace(desk.work.agenda.get(), pause=Pause(desk.today, until), back=False))
    agenda.reschedule(desk.work, desk.now)
    return listed(desk)


def _resume(desk: Desk) -> Answer:
    before = desk.work.agenda.get()
    if before.pause is None:
        return listed(desk, "Nothing is paused.")
    desk.work.agenda.put(replace(before, pause=None, back=before.pause.since < desk.today))
    agenda.reschedule(desk.work, desk.now)
    return listed(desk, "Welcome back. Nothing is late.")
