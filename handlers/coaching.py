"""Coaching on what a client wrote or a rep says: the practice that fits, and words to answer with."""

from datetime import datetime
from typing import Any

from bot.chat.cards import Block, Button, Buttons, Card, Quote, prose, quiet
from bot.chat.events import Quoted
from bot.chat.replies import Answer, Say
from bot.chat.text import shorten
from content.library import Playbook
from handlers.wording import clip
from store.unit import Unit

# Enough to know the message again; one that long is answered in a meeting.
QUOTED_MAX = 2000
_SHORTENED = "It is longer than that; I quote how it begins."
_WORDLESS = (
    "I found no words in that message: pictures and files I can't read. Nothing was kept. Write me what it says, and "
    "we work on the answer."
)


def quoted(event: Quoted, _work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Coach on the message that was pointed at, in the conversation where only this person reads."""
    if not event.text.strip():
        return (Say(Card("I found no words in that message.", (prose(_WORDLESS),)), lasting=True),)
    advice = "Before you answer: name what matters to them, then ask one open question about it."
    buttons = Buttons((Button("A tip for today", "tip.show"),))
    return (Say(Card("A message to answer", (*quotation(event), prose(advice), buttons)), lasting=True),)


def quotation(event: Quoted) -> tuple[Block, ...]:
    """Quote a message, saying who wrote it where that is known and that it goes on where it is long."""
    text = event.text.strip()
    begins = shorten(text, QUOTED_MAX)
    author = clip(event.author)
    who = prose(f"{author} wrote:" if author else "They wrote:")
    return (who, Quote(begins), *(() if begins == text else (quiet(_SHORTENED),)))


def understood(text: str, _playbook: Playbook) -> dict[str, Any]:
    """Say what is understood of a sentence, in the shape that `ask --json` prints.

    `practices` are ids, best first; `gives` and `gets` hold {"what", "amount", "unit", "limit"}.
    """
    return {"text": text, "practices": [], "gives": [], "gets": []}
