"""`touched acme`, `called acme today`: being in touch counts, whatever it was by."""

import re
from datetime import date, datetime, timedelta
from difflib import get_close_matches

from bot.chat.cards import Button, Buttons, Card, prose
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Say
from bot.coach.date_words import DAY, DAYS
from bot.coach.deals import Deal, Stage
from content.library import Playbook
from handlers import client_card
from handlers.checkins import refreshed, touch
from handlers.desk import Desk
from handlers.finding import mine, named
from handlers.wording import clip, day
from store.unit import Unit

# When it was, behind the name: what was done can't lie ahead.
_WHEN = re.compile(
    r"(?:^|\s)(?P<when>today|just now|(?:this|yesterday) (?:morning|afternoon|evening)|yesterday"
    r"|(?P<count>\d{1,3}|an?|one|two|three|four|five|six) (?P<unit>day|week)s? ago"
    rf"|(?P<vague>last (?:week|month|{DAY})|this week|recently|the other day|earlier)"
    r"|(?P<ahead>tomorrow|next week|next month)"
    rf"|(?:on )?(?P<day>{DAY}))"
    r"\s*[.!]*$",
    re.IGNORECASE,
)
_EXAMPLE = "touched acme, or: called acme today"
_CLIPPED = 300
_PARTS = re.compile(r"\s*(?:[,;&+]|\band\b)\s*", re.IGNORECASE)
_SEVERAL = 4
_CLOSE = 3
_WEEK = 7
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def touched(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `touched <client> [today, yesterday, Monday]`."""
    desk, words = Desk(work, now, playbook), " ".join(asked.text.split())[:_CLIPPED]
    if not words:
        return (Say(_who(desk)),)
    found = _WHEN.search(words)
    on = _day(found, desk.today) if found else desk.today
    return _touched(name_in(words), on, desk) if isinstance(on, date) else (Say(_asked(on)),)


def name_in(words: str) -> str:
    """The words of a name, without when it was."""
    found = _WHEN.search(words[:_CLIPPED])
    return (words[: found.start()] if found else words).strip(" ,")


def press(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note a touch of today for the deal that is chosen."""
    desk = Desk(work, now, playbook)
    return _note(mine(pressed.subject, work), desk.today, desk)


def _touched(name: str, on: date, desk: Desk) -> Answer:
    if not name:
        return (Say(_who(desk)),)
    found = _found(name, desk)
    if found is None:
        each = [(part, _found(part, desk)) for part in _PARTS.split(name, maxsplit=_SEVERAL) if part]
        if not any(one for _, one in each):
            return (Say(_nobody(name, desk)),)
        return tuple(
            act for part, one in each for act in (_said(one, on, desk) if one else (Say(_nobody(part, desk)),))
        )
    return _said(found, on, desk)


def _found(name: str, desk: Desk) -> Deal | Card | None:
    """The deal that is meant, a won one first, or which of several; None: none is called so."""
    won = desk.work.deals.find(name, stage=Stage.WON)
    if len({deal.client.casefold() for deal in won}) == 1:
        return won[0]
    is_there = desk.work.deals.find(name, stage=None, limit=1)
    return named(name, desk.work, "touch.deal") if is_there else None


def _said(found: Deal | Card, on: date, desk: Desk) -> Answer:
    return _note(found, on, desk) if isinstance(found, Deal) else (Say(found),)


def _note(deal: Deal, on: date, desk: Desk) -> Answer:
    warm = desk.work.warmth.of(deal.id)
    if warm is None:
        return (Say(_cold(deal)),)
    after = touch(warm, on, desk)
    said = f"Noted: in touch with {clip(deal.client)} on {day(on)}. {client_card.next_line(after, deal, desk)}"
    return (Say(Card(said, (prose(said), _after(deal)))), *refreshed(desk))


def _after(deal: Deal) -> Buttons:
    return Buttons((Button("An issue came up", "recover.open", deal.id), Button("My check-ins", "checkins.show")))


def _day(found: re.Match[str], today: date) -> date | str:
    """The day behind us, or what to ask: of a weekday that is today's, and of what two people read differently."""
    if found["ahead"]:
        return (
            "That lies ahead, so nothing was noted. Tell me when you have been in touch, and I'll count from that day."
        )
    if found["vague"]:
        return f"Which day was it? Type it with the name, for example: touched acme {today - timedelta(days=1):%A}."
    if found["count"]:
        number = _NUMBERS.get(found["count"].lower()) or int(found["count"])
        return today - timedelta(days=number * (_WEEK if found["unit"].lower() == "week" else 1))
    if not found["day"]:
        return today - timedelta(days=1) if "yesterday" in found["when"].lower() else today
    back = (today.weekday() - DAYS.index(found["day"].lower())) % 7
    if back:
        return today - timedelta(days=back)
    day_ = found["day"].capitalize()
    return f"It is {today:%A} today. Was it today, or {day_} a week ago? Type it with today, or with: 7 days ago."


def _cold(deal: Deal) -> Card:
    if deal.stage is Stage.WON:
        said = f"I keep no check-ins for {clip(deal.name)}, so there was nothing to move."
        return Card(said, (prose(said), Buttons((Button("Start check-ins", "checkin.start", deal.id, "primary"),))))
    said = f"Good. {clip(deal.name)} isn't won yet, and check-ins begin then, so there was nothing to move."
    return Card(said, (prose(said), Buttons((Button("Prepare the next meeting", "prep.open", deal.id),))))


def _nobody(name: str, desk: Desk) -> Card:
    """Say that nobody is called so, with those who nearly are."""
    said = f"I can't find “{clip(name)}” among your deals, so nothing was noted."
    warm = {one.client.casefold(): one for one in desk.work.warmth.all()}
    close = get_close_matches(name.casefold(), warm, _CLOSE)
    buttons = tuple(Button(clip(warm[one].client, 40), "touch.deal", warm[one].deal_id) for one in close)
    hint = " Did you mean one of these?" if close else ""
    return Card(said, (prose(said, hint), Buttons((*buttons, Button("My check-ins", "checkins.show")))))


def _asked(said: str) -> Card:
    return Card(said, (prose(said), Buttons((Button("My check-ins", "checkins.show"),))))


def _who(desk: Desk) -> Card:
    said = f"Who were you in touch with? Type it, for example: {_EXAMPLE}."
    warm = desk.work.warmth.all()[:4]
    buttons = tuple(Button(clip(one.client, 40), "touch.deal", one.deal_id) for one in warm if one.client)
    return Card(said, (prose(said), Buttons((*buttons, Button("My check-ins", "checkins.show")))))
