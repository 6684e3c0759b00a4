"""The deal is named: what was typed before goes on with it."""

from datetime import datetime

from bot.chat.cards import Form, TextField
from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Refuse
from bot.coach.deals import Deal
from content.library import Playbook
from handlers import concessions, counter, whose
from handlers.finding import begun, mine
from store.unit import Unit

_GO_ON = {"gave": concessions.gave_in, "got": concessions.got_in, "counter": counter.answer_in}


def deal(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Go on with the deal that was chosen."""
    return _go_on(mine(pressed.subject, work), work, playbook, now)


def new(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Go on with a deal of the name that was typed."""
    return _go_on(begun(pressed.subject, work), work, playbook, now)


def other(_pressed: Pressed, _work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for a client by name."""
    field = TextField("client", "Client or deal", hint="For example: Northwind", required=True, max_length=200)
    return (Ask(Form("whose.client", "", "For which deal?", (field,), submit="Go on")),)


def client(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Go on with the deal of the name in the form."""
    typed = submitted.answers.get("client", "").strip()
    if not typed:
        return (Refuse({"client": "Type a client's name, for example Northwind."}),)
    found = work.deals.find(typed, limit=2)
    return _go_on(found[0] if len(found) == 1 else begun(typed, work), work, playbook, now)


def _go_on(deal: Deal, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    verb, words = whose.waiting(work, now)
    return _GO_ON[verb](words, deal, work, playbook, now)
