"""My data out, my data gone."""

import json
from datetime import datetime

from bot.chat.cards import Block, Button, Buttons, Card, Heading, Prose, prose, quiet
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Change, Hand, Say
from content.library import Playbook
from handlers.wording import clip, count, listed
from store.unit import Unit

_NOUNS = {
    "deals": "deal",
    "preps": "prep",
    "plans": "plan",
    "concessions": "concession",
    "promises": "promise",
    "tips": "tip seen",
    "people": "profile",
}
_NAMED = 5  # deals handed over that are named


def export(_event: Asked | Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Give everything about this person in one readable file."""
    content = json.dumps(work.export(), indent=2, ensure_ascii=False, sort_keys=True).encode()
    said = "Here is everything I keep about you."
    card = Card(said, (prose(said), quiet("Only you got this file. forget me removes what is in it.")))
    return (Hand(card, f"negotiation-coach-{now:%Y-%m-%d}.json", "application/json", content, "privacy.export"),)


def ask_forget(_event: Asked | Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Say what would go, and ask."""
    deals = count(work.deals.count(), "deal")
    said = f"This removes your profile, {deals}, every prep, tick, plan and promise, for good. Want a copy first?"
    buttons = (
        Button("Export first", "privacy.export"),
        Button("Forget me", "privacy.gone", style="danger", confirm="Remove everything I keep about you, for good?"),
    )
    blocks: tuple[Block, ...] = (Heading("Forget me"), prose(said), *_handed_over(work), Buttons(buttons))
    return (Say(Card("Forget me", blocks)),)


def forget(_pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Remove everything, and say what stays and why."""
    stay, deals = _handed_over(work), work.deals.count()
    gone = work.forget() | {"deals": deals}
    parts = [count(number, _NOUNS[table]) for table, number in gone.items() if table in _NOUNS and number]
    said = f"Done. Removed: {', '.join(parts)}." if parts else "Done. There was nothing left of you here."
    stays = "Cards already in this chat belong to the chat; their buttons no longer do anything."
    return (Change(Card(said, (prose(said), *stay, quiet(stays)))),)


def _handed_over(work: Unit) -> tuple[Prose, ...]:
    """Name the deals that are no longer this person's to remove."""
    names = [clip(one.deal_name) for one in work.handovers.given()]
    if not names:
        return ()
    shown = names[:_NAMED] + ([count(len(names) - _NAMED, "more deal")] if len(names) > _NAMED else [])
    return (quiet(f"What you handed over stays with its new owner: {listed(shown)}."),)
