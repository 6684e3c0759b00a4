"""Marks, on whatever card an answer holds, the buttons and menus that open a form.

Handlers don't mark their own: which press asks is said once, in the router's table.
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeVar

from bot.chat import dialogs
from bot.chat.cards import Card
from bot.chat.replies import Act, Ask, Refresh, Refuse
from handlers.table import ASKING

AnyAct = TypeVar("AnyAct", bound=Act | Refresh)


def marked(act: AnyAct, asking: AbstractSet[str]) -> AnyAct:
    """Mark what carries an action in `asking` on the card of an act, if it has one."""
    if isinstance(act, Ask | Refuse):
        return act
    card = dialogs.marked(act.card, asking)
    return act if card is act.card else replace(act, card=card)


def dressed(card: Card) -> Card:
    """Mark a card that comes out of the outbox, as the table is by then."""
    return dialogs.marked(card, ASKING)
