"""`touched acme`, `called acme today`: being in touch counts, whatever it was by."""

import re
from datetime import date, datetime, timedelta

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
    rf"|(?:on )?(?P<day>{DAY}))"
    r"\s*[.!]*$",
    re.IGNORECASE,
)
_EXAMPLE = "touched acme, or: called acme today"
_CLIPPED = 300


def touched(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `touched <client> [today, yesterday, Monday]`."""
    desk, words = Desk(work, now, playbook), " ".join(asked.text.split())[:_CLIPPED]
    if not words:
        return (Say(_who(desk)),)
    found = _WHEN.search(words)
    on = _day(found, desk.today) if found else desk.today
    if on is None:
        return (Say(_which(found["day"] if found else "", desk)),)
    return _touched(name_in(words), on, desk)


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
    won = desk.work.deals.find(name, stage=Stage.WON)
    found = won[0] if len({deal.client.casefold() for deal in won}) == 1 else named(name, desk.work, "touch.deal")
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


def _day(found: re.Match[str], today: date) -> date | None:
    """The day behind us; None: the weekday is today's, and two people could read it differently."""
    if not found["day"]:
        return today - timedelta(days=1) if "yesterday" in found["when"].lower() else today
    back = (today.weekday() - DAYS.index(found["day"].lower())) % 7
    return today - timedelta(days=back) if back else None


def _cold(deal: Deal) -> Card:
    if deal.stage is Stage.WON:
        said = f"I keep no check-ins for {clip(deal.name)}, so there was nothing to move."
        return Card(said, (prose(said), Buttons((Button("Start check-ins", "checkin.start", deal.id, "primary"),))))
    said = f"Good. {clip(deal.name)} isn't won yet, and check-ins begin then, so there was nothing to move."
    return Card(said, (prose(said), Buttons((Button("Prepare the next meeting", "prep.open", deal.id),))))


def _which(weekday: str, desk: Desk) -> Card:
    said = f"It is {desk.today:%A} today. Was it today, or {weekday.capitalize()} a week ago? Type it with today."
    return Card(said, (prose(said), Buttons((Button("My check-ins", "checkins.show"),))))


def _who(desk: Desk) -> Card:
    said = f"Who were you in touch with? Type it, for example: {_EXAMPLE}."
    warm = desk.work.warmth.all()[:4]
    buttons = tuple(Button(clip(one.client, 40), "touch.deal", one.deal_id) for one in warm if one.client)
    return Card(said, (prose(said), Buttons((*buttons, Button("My check-ins", "checkins.show")))))
