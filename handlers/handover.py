"""Handing a deal over: a colleague is asked, accepts or doesn't, and until then it stays where it is."""

from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, Form, TextField, prose, quiet
from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refuse, Say
from bot.coach.people import Person
from bot.coach.regions import Region
from bot.coach.teams import Team, team_of
from bot.coach.upcoming import letter_moment
from bot.coach.workdays import next_decent
from bot.errors import StaleError
from content.library import Playbook
from handlers import agenda, handover_cards
from handlers.checkins import of_mine, refreshed
from handlers.desk import Days, Desk
from handlers.finding import mine
from handlers.wording import clip
from store.agendas import Agenda
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
    _ask(offered, handover_cards.letter(offered, _my_name(work)), work, now)
    said = f"Asked {clip(address)} to take over {clip(deal.name)}. Until they accept, it stays yours."
    back = Buttons((Button("Take it back", "handover.withdraw", offered.id),))
    return (Say(Card(said, (prose(said), quiet(_NOTES_STAY), back))),)


def accept(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take the deal over, with its promises and check-ins."""
    taken = work.handovers.accept(pressed.subject, now)
    if taken is None:
        raise StaleError(_OVER)
    agenda.reschedule(work, now)
    team = _giving(taken, work)
    thanks = f"It has an owner again in {clip(team.name)}." if team else "Thank you for passing it on."
    told = f"{_my_name(work)} takes over {clip(taken.deal_name)}. {thanks}"
    _answer(taken, told, work, now)
    said = f"{clip(taken.deal_name)} is yours now, with its promises and check-ins. Begin with a short hello from you."
    warm = work.warmth.of(taken.deal_id)
    touch = (Button("Staying in touch", "checkin.open", taken.deal_id, "primary"),) if warm else ()
    buttons = Buttons((*touch, Button("My promises", "promise.list"), Button("My check-ins", "checkins.show")))
    return (Change(Card(said, (prose(said), buttons))), *refreshed(Desk(work, now, playbook)))


def decline(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Leave it where it is."""
    left = work.handovers.decline(pressed.subject, now)
    if left is None:
        raise StaleError(_OVER)
    stays = f"it stays with {_with(left, work)}"
    told = f"{_my_name(work)} can't take over {clip(left.deal_name)} now, so {stays}. Nothing was lost."
    team = _giving(left, work)
    again = (Button("Ask somebody else", "digest.assign", f"{team.id}.{left.deal_id}", "primary"),) if team else ()
    _answer(left, told, work, now, *again)
    said = f"{clip(left.deal_name)} stays where it is. I'll let them know."
    return (Change(Card(said, (prose(said),))), *refreshed(Desk(work, now, playbook)))


def withdraw(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Take the offer back."""
    taken = work.handovers.withdraw(pressed.subject, now)
    if taken is None:
        raise StaleError(_OVER)
    said = f"Taken back: {clip(taken.deal_name)} stays with {_with(taken, work)}."
    return (Change(Card(said, (prose(said),))),)


def _giving(handover: Handover, work: Unit) -> Team | None:
    """The team that a deal was left to; None: it is a person who hands it over."""
    this = team_of(handover.from_user)
    return work.teams.get(this) if this else None


def _with(handover: Handover, work: Unit) -> str:
    """With whom it stays, as whoever offered it reads."""
    team = _giving(handover, work)
    return clip(team.name) if team else "you"


def _my_name(work: Unit) -> str:
    return handover_cards.named(work.people.me())


def _ask(handover: Handover, card: Card, work: Unit, now: datetime) -> None:
    """Ask the colleague when they work, once a day at most: on leave without an end they see it when they are back."""
    person, agenda_ = _other(handover, work, now)
    at = letter_moment(
        person,
        now,
        last=agenda_.last_day,
        bundle_at=agenda_.next_at,
        pause=agenda_.pause,
        calendar=Region(person.region),
    )
    if at:
        work.handovers.tell(handover.id, card, at)


def _answer(handover: Handover, said: str, work: Unit, now: datetime, *first: Button) -> None:
    """Answer whoever asked: they wait for it, so it comes at their next decent hour, after a leave that has an end."""
    person, agenda_ = _other(handover, work, now)
    calendar = Region(person.region)
    back = letter_moment(person, now, last=None, bundle_at=None, pause=agenda_.pause, calendar=calendar)
    team = _giving(handover, work)
    next_ = Button("The team", "digest.team", team.id) if team else Button("My check-ins", "checkins.show")
    card = Card(said, (prose(said), Buttons((*first, next_))))
    work.handovers.tell(handover.id, card, back or next_decent(person, now, calendar))


def _other(handover: Handover, work: Unit, now: datetime) -> tuple[Person, Agenda]:
    """Whose hours count; where they are unknown, mine are the likeliest."""
    person, theirs = work.handovers.other(handover.id)
    return person or Days(work, now).person, theirs
