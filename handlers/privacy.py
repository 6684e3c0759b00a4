"""My data out, my data gone."""

import json
from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, Heading, prose, quiet
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Change, Hand, Say
from content.library import Playbook
from handlers.wording import count
from store.unit import Unit

_NOUNS = {
    "deals": "deal",
    "preps": "prep",
    "plans": "plan",
    "concessions": "concession",
    "tips": "tip seen",
    "people": "profile",
}


def export(_event: Asked | Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Give everything about this person in one readable file."""
    content = json.dumps(work.export(), indent=2, ensure_ascii=False, sort_keys=True).encode()
    said = "Here is everything I keep about you."
    card = Card(said, (prose(said), quiet("Only you got this file. forget me removes what is in it.")))
    return (Hand(card, f"negotiation-coach-{now:%Y-%m-%d}.json", "application/json", content, "privacy.export"),)


def ask_forget(_event: Asked | Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Say what would go, and ask."""
    deals = count(work.deals.count(), "deal")
    said = f"This removes your profile, {deals}, every prep, tick and plan, for good. Want a copy first?"
    buttons = (
        Button("Export first", "privacy.export"),
        Button("Forget me", "privacy.gone", style="danger", confirm="Remove everything I keep about you, for good?"),
    )
    return (Say(Card("Forget me", (Heading("Forget me"), prose(said), Buttons(buttons)))),)


def forget(_pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Remove everything, and say what stays and why."""
    gone = work.forget()
    parts = [count(number, _NOUNS[table]) for table, number in gone.items() if table in _NOUNS and number]
    said = f"Done. Removed: {', '.join(parts)}." if parts else "Done. There was nothing left of you here."
    stays = "Cards already in this chat belong to the chat; their buttons no longer do anything."
    return (Change(Card(said, (prose(said), quiet(stays)))),)
