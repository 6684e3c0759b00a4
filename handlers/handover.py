"""Handing a deal over: a colleague is asked, accepts or doesn't, and until then it stays where it is."""

from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, Form, TextField, prose, quiet
from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refuse, Say
from bot.coach.workdays import next_decent
from bot.errors import StaleError
from content.library import Playbook
from handlers import agenda, handover_cards
from handlers.checkins import of_mine, refreshed
from handlers.desk import Days, Desk
from handlers.finding import mine
from handlers.wording import clip
from store.handovers import Handover
from store.unit import Unit

_OVER = "That offer is over: it was taken back or answered. Nothing was changed."
_NOT_MET = "I haven't met anybody with that address in your company. Ask them to say hello to me once, then try again."
_NOTES_STAY = "Your notes, preps, plans and log stay yours, and they don't see them."


def ask(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> tuple[Ask]:
    """Ask who takes over."""
    _, deal, _ = of_mine(pressed.subject, Desk(work, now, playbook))
    hint = "For example: sam@example.com"
    field = TextField("email", "Your colleague's e-mail address", hint, required=True, max_length=200)
    intro = f"{clip(deal.name)} passes over with its promises and check-ins once they accept. {_NOTES_STAY}"
    return (Ask(Form("handover.offer", deal.id, "Hand over", (field,), submit="Ask them", intro=intro)),)


def offer(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Ask the colleague; until they accept nothing moves."""
    deal, address = mine(submitted.subject, work), submitted.answers.get("email", "").strip()
    colleague = work.handovers.find(address)
    if not colleague:
        own = address.lower() == Days(work, now).person.email != ""
        return (Refuse({"email": "That is you. Write a colleague's address." if own else _NOT_MET}),)
    offered = work.handovers.offer(deal.id, colleague, now)
    _tell(offered, handover_cards.letter(offered, _my_name(work)), work, now)
    said = f"Asked {clip(address)} to take over {clip(deal.name)}. Until they accept, it stays yours."
    back = Buttons((Button("Take it back", "handover.withdraw", offered.id),))
    return (Say(Card(said, (prose(said), quiet(_NOTES_STAY), back))),)


def accept(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take the deal over, with its promises and check-ins."""
    taken = work.handovers.accept(pressed.subject, now)
    if taken is None:
        raise StaleError(_OVER)
    agenda.reschedule(work, now)
    _tell(
        taken,
        _answered(f"{_my_name(work)} takes over {clip(taken.deal_name)}. Thank you for passing it on."),
        work,
        now,
    )
    said = f"{clip(taken.deal_name)} is yours now, with its promises and check-ins. A short hello from you is due."
    warm = work.warmth.of(taken.deal_id)
    touch = (Button("Staying in touch", "checkin.open", taken.deal_id, "primary"),) if warm else ()
    buttons = Buttons((*touch, Button("My promises", "promise.list"), Button("My check-ins", "checkins.show")))
    return (Change(Card(said, (prose(said), buttons))), *refreshed(Desk(work, now, playbook)))


def decline(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Leave it where it is."""
    left = work.handovers.decline(pressed.subject, now)
    if left is None:
        raise StaleError(_OVER)
    told = f"{_my_name(work)} can't take over {clip(left.deal_name)} now, so it stays with you. Nothing was lost."
    _tell(left, _answered(told), work, now)
    said = f"{clip(left.deal_name)} stays where it is. I'll let them know."
    return (Change(Card(said, (prose(said),))), *refreshed(Desk(work, now, playbook)))


def withdraw(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Take the offer back."""
    taken = work.handovers.withdraw(pressed.subject, now)
    if taken is None:
        raise StaleError(_OVER)
    said = f"Taken back: {clip(taken.deal_name)} stays with you."
    return (Change(Card(said, (prose(said),))),)


def _answered(said: str) -> Card:
    return Card(said, (prose(said), Buttons((Button("My check-ins", "checkins.show"),))))


def _my_name(work: Unit) -> str:
    person = work.people.me()
    return clip(person.name) if person and person.name else "A colleague"


def _tell(handover: Handover, card: Card, work: Unit, now: datetime) -> None:
    """Write to the other one at a decent hour; theirs is not mine to know, so it is mine."""
    days = Days(work, now)
    work.handovers.tell(handover.id, card, next_decent(days.person, now, days.calendar))
