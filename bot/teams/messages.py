"""Card -> what a message in Teams holds: nearly always one message of one Adaptive Card."""

from collections.abc import Sequence
from typing import Final

from bot.chat.cards import Card
from bot.chat.text import packed, units
from bot.teams.adaptive_card import SUMMARY_MAX, render
from bot.teams.elements import Json, label, size_of

CARD_TYPE: Final = "application/vnd.microsoft.card.adaptive"
# Teams refuses a message of more than 100 KB in UTF-16, reactions to it included, and advises to stay under 80 KB.
MESSAGE_CHARACTERS: Final = 40_000
WRAPPING_CHARACTERS: Final = 1_000
ATTACHMENT_CHARACTERS: Final = 100
CAROUSEL_CARDS: Final = 10


def messages(card: Card) -> tuple[Json, ...]:
    """Write a card as the activities to post, in this order."""
    summary = label(card.summary, SUMMARY_MAX)
    cards = render(card)
    if len(cards) == 1:
        return (message(cards, summary),)  # as nearly every one is: no need to weigh it
    room = MESSAGE_CHARACTERS - WRAPPING_CHARACTERS - units(summary)
    return tuple(message(box, summary) for box in packed(cards, CAROUSEL_CARDS, room, _weigh))


def message(cards: Sequence[Json], summary: str) -> Json:
    """Write Adaptive Cards as one message; `summary` is what a notification says.

    Several stand side by side: a list of cards is taken apart by Teams into messages that it tells no ids of,
    and that can't be changed in place any more.
    """
    layout = {"attachmentLayout": "carousel"} if len(cards) > 1 else {}
    attachments = [{"contentType": CARD_TYPE, "content": card} for card in cards]
    return {"type": "message", "summary": summary, "attachments": attachments, **layout}


def _weigh(card: Json) -> int:
    """Count the characters a card takes as an attachment, at most: UTF-8 has never fewer bytes than UTF-16 units."""
    return size_of(card) + ATTACHMENT_CHARACTERS
