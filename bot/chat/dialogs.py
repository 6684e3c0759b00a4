"""Which buttons and menus open a form: some platforms must know that before they are pressed."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.chat.cards import Block, Buttons, Card, Menu


def marked(card: Card, asking: AbstractSet[str]) -> Card:
    """Mark what carries one of these actions, and nothing else."""
    blocks = tuple(_block(block, asking) for block in card.blocks)
    unchanged = all(new is old for new, old in zip(blocks, card.blocks, strict=True))
    return card if unchanged else replace(card, blocks=blocks)


def _block(block: Block, asking: AbstractSet[str]) -> Block:
    match block:
        case Buttons() if any(button.dialog != (button.action in asking) for button in block.buttons):
            return Buttons(tuple(replace(button, dialog=button.action in asking) for button in block.buttons))
        case Menu() if block.dialog != (block.action in asking):
            return replace(block, dialog=block.action in asking)
        case _:
            return block
