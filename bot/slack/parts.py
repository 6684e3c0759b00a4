"""A card that takes several messages: how each of them says which part it is.

Slack sends a pressed message back alone. The mark is a block id, because that much Slack always
returns, with the press and in the conversation's history, so the siblings are found again after
any restart and by any replica.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.slack.block_kit import Message
from bot.slack.elements import Json

_MARK: Final = re.compile(r"part:(?P<number>\d{1,4}):(?P<first>[\d.]{0,32})")


@dataclass(frozen=True, slots=True)
class Mark:
    """Which part a message is, from 1; `first` names the first part's message, on all the others."""

    number: int
    first: str = ""


def marked(message: Message, mark: Mark) -> Message:
    """Put a mark on a message, in the id of its first block that has none."""
    blocks = list(message.blocks)
    free = next((n for n, block in enumerate(blocks) if "block_id" not in block), None)
    if free is None:
        return message
    blocks[free] = {**blocks[free], "block_id": f"part:{mark.number}:{mark.first}"}
    return Message(message.text, tuple(blocks))


def read_mark(blocks: Iterable[Mapping[str, Any]]) -> Mark | None:
    """Read a message's mark; None where it is a whole card."""
    for block in blocks:
        if found := _MARK.fullmatch(str(block.get("block_id", ""))):
            return Mark(int(found["number"]), found["first"])
    return None


def siblings(history: Sequence[Json], first: str) -> list[str]:
    """Find the messages of one card in a conversation's history, in the order of its parts."""
    found = {1: first}
    for message in history:
        mark = read_mark(message.get("blocks", ()))
        if mark and mark.first == first:
            found[mark.number] = message["ts"]
    return [found[number] for number in sorted(found)]
