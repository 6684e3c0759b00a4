"""Finds the one deal that loose words mean, or says what to do instead."""

from typing import Literal

from bot.chat.cards import Block, Button, Buttons, Card, Menu, Option, prose
from bot.chat.ids import SUBJECT_MAX
from bot.coach.deals import Deal, DealDraft
from bot.errors import StaleError
from handlers.wording import clip, deal_line
from store.unit import Unit

_SHOWN = 20
_NAME_MAX = 200


def named(words: str, work: Unit, action: str, start: str = "prep") -> Deal | Card:
    """Look for a deal among my open ones, then among all of mine; `action` is what a picker does.

    Somebody else's deal and no deal give the same answer. `start` says what starts by hand with a bare name.
    """
    found = work.deals.find(words, limit=_SHOWN) or work.deals.find(words, stage=None, limit=_SHOWN)
    if len(found) == 1:
        return found[0]
    if not found:
        return _nothing(words, work, action, start)
    return picker(f"Which one do you mean by “{clip(words)}”?", found, action)


def mine(deal_id: str, work: Unit) -> Deal:
    """The deal behind a button; raises `StaleError` where it is gone or was never mine."""
    deal = work.deals.get(deal_id)
    if deal is None:
        raise StaleError("That deal isn't among yours any more. Nothing was changed; deals shows the ones you have.")
    return deal


def begun(name: str, work: Unit) -> Deal:
    """Make a deal of a bare name, once: asked twice it gives the first."""
    name = clip(name, _NAME_MAX)
    same = [deal for deal in work.deals.find(name) if deal.name == name]
    return same[0] if same else work.deals.add(DealDraft(name=name, client=name))


def picker(question: str, deals: list[Deal], action: str) -> Card:
    """Ask which deal is meant."""
    return Card(question, (prose(question), menu(deals, action, "Choose a deal")))


def menu(deals: list[Deal], action: str, label: str) -> Menu:
    """Offer some deals to choose from."""
    return Menu(action, label, tuple(Option(deal.id, deal_line(deal)) for deal in deals))


def _nothing(words: str, work: Unit, action: str, start: str) -> Card:
    said = f"I can't find “{clip(words)}” among your deals."
    similar = work.deals.similar(words)
    close = tuple(Button(clip(deal.name, 70), action, deal.id) for deal in similar)
    by_hand = _start(words, start, "plain" if close else "primary")
    hint = " Did you mean one of these?" if close else " A client's name is enough to start."
    blocks: tuple[Block, ...] = (prose(said, hint), Buttons((*close, by_hand, Button("My deals", "deals.show"))))
    return Card(said, blocks)


def _start(words: str, start: str, style: Literal["plain", "primary"]) -> Button:
    """Offer to start by hand; what is too long for a name is asked again."""
    if len(words) > SUBJECT_MAX:
        return Button("Name a client", f"{start}.other", style=style)
    return Button(f"Start with “{clip(words, 40)}”", f"{start}.new", words, style)
