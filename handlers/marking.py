"""Marks the buttons and menus that open a form, for the platforms that must know it beforehand.

Handlers don't mark their own: which press asks is said once, in the router's table.
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeVar

from bot.chat.cards import Block, Buttons, Card, Menu
from bot.chat.replies import Act, Ask, Refresh, Refuse

AnyAct = TypeVar("AnyAct", bound=Act | Refresh)


def marked(act: AnyAct, asking: AbstractSet[str]) -> AnyAct:
    """Mark what carries an action in `asking` on the card of an act, if it has one."""
    return act if isinstance(act, Ask | Refuse) else replace(act, card=_card(act.card, asking))


def _card(card: Card, asking: AbstractSet[str]) -> Card:
    return replace(card, blocks=tuple(_block(block, asking) for block in card.blocks))


def _block(block: Block, asking: AbstractSet[str]) -> Block:
    match block:
        case Buttons() if any(button.action in asking for button in block.buttons):
            return Buttons(tuple(replace(button, dialog=button.action in asking) for button in block.buttons))
        case Menu():
            return replace(block, dialog=block.action in asking)
        case _:
            return block
