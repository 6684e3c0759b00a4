"""What Teams waits for: the body that answers a press, or a dialog that was asked for or sent."""

from typing import Final, assert_never

from bot.chat.ack import Body
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


def dialog(card: Json) -> Body:
    """Show a form."""
    value = {"title": TITLE, "height": "medium", "width": "medium", "card": {"contentType": CARD_TYPE, "content": card}}
    return {"task": {"type": "continue", "value": value}}


def sentence(way: Way, words: str) -> Body:
    """Say something shortly where somebody pressed, or in the dialog; a message needs no answer in itself."""
    match way:
        case "message":
            return {}
        case "press":
            return {"statusCode": 200, "type": _MESSAGE, "value": words}
        case "fetch" | "submit":
            return {"task": {"type": "message", "value": words}}
    assert_never(way)


def done(way: Way) -> Body:
    """Say that all is done: a dialog that was sent closes, a press is left as it is."""
    return {} if way == "submit" else sentence(way, SAVED)
