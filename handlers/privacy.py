"""My data out, my data gone."""

import json
from datetime import datetime

from bot.chat.cards import Block, Button, Buttons, Card, Heading, Prose, prose, quiet
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Change, Hand, Say
from bot.coach.people import Person
from content.library import Playbook
from handlers.export_page import Reader, page
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
_AS_JSON = Button("As JSON", "privacy.json")
_NAMED = 5  # deals handed over that are named


def export(_event: Asked | Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Give everything about this person in one file to read."""
    content = page(work.export(), _reader(work, playbook), now)
    card = _card("Here is everything I keep about you.", "It opens in a browser, without network.", _AS_JSON)
    return (Hand(card, _named(now, "html"), "text/html", content, "privacy.export"),)


def export_json(_event: Asked | Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Give the same for programs."""
    content = json.dumps(work.export(), indent=2, ensure_ascii=False, sort_keys=True).encode()
    card = _card("Here is everything I keep about you, as JSON.", "Moments in it are in UTC.")
    return (Hand(card, _named(now, "json"), "application/json", content, "privacy.json"),)


def _card(said: str, how: str, *buttons: Button) -> Card:
    rest = quiet(f"{how} Only you got this file. forget me removes what is in it, here.")
    return Card(said, (prose(said), rest, *([Buttons(buttons)] if buttons else [])))


def _named(now: datetime, kind: str) -> str:
    return f"negotiation-coach-{now:%Y-%m-%d}.{kind}"


def _reader(work: Unit, playbook: Playbook) -> Reader:
    person = work.people.me() or Person(user="")
    return Reader(
        name=person.name,
        zone=person.zone,
        teams={team.id: team.name for team, _ in work.teams.mine()},
        practices={practice.id: practice.title for practice in playbook.practices},
        items={item.id: item.text for item in playbook.items()},
    )


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
