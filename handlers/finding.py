"""Finds the one deal that loose words mean, or says what to do instead."""

from typing import Literal

from bot.chat.cards import SUBJECT_MAX, Block, Button, Buttons, Card, Menu, Option, prose
from bot.coach.deals import Deal
from bot.errors import StaleError
from handlers.wording import clip, deal_line
from store.unit import Unit

_SHOWN = 20


def named(words: str, work: Unit, action: str) -> Deal | Card:
    """Look for a deal among my open ones, then among all of mine; `action` is what a picker does.

    Somebody else's deal and no deal give the same answer.
    """
    found = work.deals.find(words, limit=_SHOWN) or work.deals.find(words, stage=None, limit=_SHOWN)
    if len(found) == 1:
        return found[0]
    if not found:
        return _nothing(words, work, action)
    return picker(f"Which one do you mean by “{clip(words)}”?", found, action)


def mine(deal_id: str, work: Unit) -> Deal:
    """The deal behind a button; raises `StaleError` where it is gone or was never mine."""
    deal = work.deals.get(deal_id)
    if deal is None:
        raise StaleError("That deal isn't among yours any more. Nothing was changed; deals shows the ones you have.")
    return deal


def picker(question: str, deals: list[Deal], action: str) -> Card:
    """Ask which deal is meant."""
    return Card(question, (prose(question), menu(deals, action, "Choose a deal")))


def menu(deals: list[Deal], action: str, label: str) -> Menu:
    """Offer some deals to choose from."""
    return Menu(action, label, tuple(Option(deal.id, deal_line(deal)) for deal in deals))


def _nothing(words: str, work: Unit, action: str) -> Card:
    said = f"I can't find “{clip(words)}” among your deals."
    similar = work.deals.similar(words)
    close = tuple(Button(clip(deal.name, 70), action, deal.id) for deal in similar)
    start = _start(words, "plain" if close else "primary")
    hint = " Did you mean one of these?" if close else " A client's name is enough to start."
    blocks: tuple[Block, ...] = (prose(said, hint), Buttons((*close, start, Button("My deals", "deals.show"))))
    return Card(said, blocks)


def _start(words: str, style: Literal["plain", "primary"]) -> Button:
    """Offer to start by hand; what is too long for a name is asked again."""
    if len(words) > SUBJECT_MAX:
        return Button("Name a client", "prep.other", style=style)
    return Button(f"Start with “{clip(words, 40)}”", "prep.new", words, style)
