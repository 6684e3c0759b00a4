"""What Teams waits for: the body that answers a press, or a dialog that was asked for or sent."""

from typing import Final, Literal, assert_never

from bot.chat.ack import Body
from bot.chat.cards import Block, Buttons, Card, Checklist, Menu, prose
from bot.teams.adaptive_card import render
from bot.teams.elements import Json
from bot.teams.messages import CARD_TYPE
from bot.teams.origin import Way

TITLE: Final = "Negotiation Coach"
SAVED: Final = "Done."
LATER: Final = "This takes a little longer than usual. Nothing is lost; the answer comes into our chat."
GARBLED: Final = "That button belongs to something that has moved on. Nothing was changed; ask again for a fresh card."
_MESSAGE: Final = "application/vnd.microsoft.activity.message"


def in_place(card: Json) -> Body:
    """Show a card in place of the one that was pressed."""
    return {"statusCode": 200, "type": CARD_TYPE, "value": card}


def dialog(card: Json, size: Literal["small", "medium"] = "medium") -> Body:
    """Show a form, or a card to read."""
    value = {"title": TITLE, "height": size, "width": size, "card": {"contentType": CARD_TYPE, "content": card}}
    return {"task": {"type": "continue", "value": value}}


def to_read(card: Card, note: str) -> Body:
    """Show a card, as much as one dialog holds, where nothing can be pressed; `note` says why, and what to do."""
    blocks = tuple(block for block in card.blocks if not _pressable(block))
    return dialog(render(Card(card.summary, (prose(note), *blocks)))[0])


def _pressable(block: Block) -> bool:
    return isinstance(block, Buttons | Menu | Checklist)


def sentence(way: Way, words: str) -> Body:
    """Say something shortly where somebody pressed, or in the dialog; a message needs no answer in itself."""
    match way:
        case "message":
            return {}
        case "press":
            return {"statusCode": 200, "type": _MESSAGE, "value": words}
        case "fetch" | "submit":
            return {"task": {"type": "message", "value": words}}
        case "quote":
            # Here Teams shows an empty window for a message.
            return dialog(render(Card(words, (prose(words),)))[0], "small")
    assert_never(way)


def done(way: Way) -> Body:
    """Say that all is done: a dialog that was sent closes, a press is left as it is."""
    return {} if way == "submit" else sentence(way, SAVED)
