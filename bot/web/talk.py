"""Conversations on the try page, kept in the transcript."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.address import Address
from bot.chat.replies import plain
from bot.web import lines
from bot.web.cast import PEOPLE, channels_of, is_direct
from bot.web.lines import Line, Shown
from store import Message, Store

_LATEST = 200
_UNREADABLE = "This message was written by another version of the coach and can't be shown here."


@dataclass(frozen=True, slots=True)
class Entry:
    """One line with who wrote it and when (UTC). `private` marks what others in the conversation don't see."""

    id: str
    author: str
    at: datetime
    line: Line
    private: bool = False


class Talk:
    """Reads and writes the lines of conversations."""

    def __init__(self, store: Store) -> None:
        """Keep the lines in `store`."""
        self._store = store

    async def post(self, to: Address, author: str, line: Line, at: datetime, *, everyone: bool = False) -> str:
        """Add a line for `to.user` alone, or for everyone in the conversation; give its id."""
        body, only_for = lines.dump(line), "" if everyone else to.user
        return await self._store.write(to, lambda unit: unit.transcript.add(author, body, at, only_for), at=at)

    async def change(self, where: Address, message: str, line: Line, at: datetime) -> bool:
        """Replace a line; False where there is no such line any more."""
        body = lines.dump(line)
        return await self._store.write(where, lambda unit: unit.transcript.change(message, body), at=at)

    async def history(self, where: Address) -> list[Entry]:
        """Read what `where.user` may read of the conversation, oldest first."""
        found = await self._store.read(where, lambda unit: unit.transcript.of_conversation(limit=_LATEST))
        return [_entry(message, where) for message in found]

    async def is_private(self, where: Address, message: str) -> bool:
        """Say whether nobody but `where.user` reads a line."""
        if is_direct(where):
            return True
        return any(one.id == message and one.private for one in await self.history(where))

    async def newest(self) -> datetime | None:
        """When the last line was written, in any conversation."""
        anyone = next(iter(PEOPLE.values())).channel
        return await self._store.read(anyone, lambda unit: unit.transcript.latest_at())

    async def start_over(self, at: datetime) -> None:
        """Forget everything about everyone, and what was shared in the channels."""
        for one in PEOPLE.values():
            await self._store.write(one.direct, lambda unit: unit.forget(), at=at)
            for channel in channels_of(one):
                await self._store.write(one.in_channel(channel), lambda unit: unit.transcript.clear(), at=at)


def pulse(entries: Sequence[Entry]) -> str:
    """Give a short text that changes whenever a conversation does."""
    seen = "".join(f"{entry.id}{lines.dump(entry.line)}" for entry in entries)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def _entry(message: Message, where: Address) -> Entry:
    private = bool(message.only_for) and not is_direct(where)
    return Entry(message.id, message.author, message.at, _line(message.body), private)


def _line(body: str) -> Line:
    try:
        return lines.load(body)
    except ValueError:
        return Shown(plain(_UNREADABLE))
