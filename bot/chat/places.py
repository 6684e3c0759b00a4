"""Where a person may post: a conversation they name is looked up before anybody believes it."""

import asyncio
from typing import Protocol

from bot.chat.address import Address
from bot.chat.events import Event, Submitted
from bot.errors import NotThereError


class Reads(Protocol):
    """Knows who is in a conversation. Raises `PlatformError` where nobody can tell just now."""

    async def reads(self, who: Address, place: str) -> bool:
        """Say whether this person is in it."""


async def unread(event: Event, known: Reads) -> dict[str, str]:
    """Look up the places chosen in a form; gives a sentence at each field whose place this person isn't in."""
    if not isinstance(event, Submitted) or not event.places:
        return {}
    there = await asyncio.gather(*(known.reads(event.address, place) for place in event.places.values()))
    return {field: NotThereError().sentence for field, here in zip(event.places, there, strict=True) if not here}


async def check(event: Event, place: str, known: Reads) -> None:
    """Raise `NotThereError` unless this person is in a place; one chosen in the event's form was looked up already."""
    looked_up = event.places.values() if isinstance(event, Submitted) else ()
    if place not in looked_up and not await known.reads(event.address, place):
        raise NotThereError
