"""The try page's own messages: it has no platform behind it that would keep them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func

from bot.chat.address import Address
from store.access import Scope, delete_shown, insert_ours, select_moments, select_shown, update_shown
from store.tables import TRANSCRIPT


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `only_for` is empty where everybody in the conversation reads it."""

    id: str
    author: str
    only_for: str
    body: str
    at: datetime


_ADD = insert_ours(TRANSCRIPT).returning(TRANSCRIPT.c.id)
_CHANGE = update_shown().where(TRANSCRIPT.c.id == bindparam("this"))
_CLEAR = delete_shown()
_LAST = select_shown(TRANSCRIPT).order_by(TRANSCRIPT.c.id.desc()).limit(bindparam("most"))
_LATEST = select_moments(func.max(TRANSCRIPT.c.at))
# An id of more digits is none of ours, and more than a database's integers hold.
_DIGITS = 9


class Transcript:
    """One conversation as one person reads it."""

    __slots__ = ("_conversation", "_here", "_scope")

    def __init__(self, scope: Scope, address: Address) -> None:
        """Look through a scope at one conversation."""
        self._scope = scope
        self._conversation = address.conversation
        self._here = {"my_conversation": address.conversation}

    def add(self, author: str, body: str, at: datetime, only_for: str = "") -> str:
        """Write a message down and give its id. `body` is JSON, the writer's own."""
        values = {"author": author, "body": body, "at": at, "only_for": only_for}
        return str(self._scope.run(_ADD, conversation=self._conversation, **values).scalar_one())

    def change(self, this: str, body: str) -> bool:
        """Write a message anew; False where this person reads no such message here."""
        number = int(this) if this.isdecimal() and len(this) <= _DIGITS else 0
        return self._scope.run(_CHANGE, **self._here, this=number, body=body).rowcount == 1

    def clear(self) -> int:
        """Delete all that this person reads here; gives how many messages."""
        return self._scope.run(_CLEAR, **self._here).rowcount

    def of_conversation(self, limit: int = 100) -> list[Message]:
        """Give the last messages this person reads here, oldest first."""
        rows = self._scope.run(_LAST, **self._here, most=limit).all()
        return [Message(str(row.id), row.author, row.only_for, row.body, row.at) for row in reversed(rows)]

    def latest_at(self) -> datetime | None:
        """Give the moment of the tenant's last message, in any conversation."""
        moment: datetime | None = self._scope.run(_LATEST).scalar_one()
        return moment
