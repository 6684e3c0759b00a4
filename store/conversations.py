"""Half-finished dialogues: one for each person on each platform, wherever it began."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam

from bot.chat.address import Address
from store.access import Scope, delete_mine, replace_mine, select_mine
from store.tables import CONVERSATIONS


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was being talked about. A reader that doesn't know the kind or version starts afresh."""

    kind: str
    version: int
    data: dict[str, str]


def _here(table: Table) -> ColumnElement[bool]:
    return and_(table.c.platform == bindparam("here_on"), table.c.conversation == bindparam("here_in"))


_GET = select_mine(CONVERSATIONS, of=CONVERSATIONS).where(_here(CONVERSATIONS))
_PUT = replace_mine(CONVERSATIONS)
_END = delete_mine(CONVERSATIONS).where(_here(CONVERSATIONS))


# A dialogue goes on where only this person reads, and that is one place for each platform.
_PRIVATE = ""


class Conversations:
    """The dialogue of one person in their own chat with the coach; `plan acme`, asked in company, goes on there too."""

    __slots__ = ("_address", "_scope")

    def __init__(self, scope: Scope, address: Address) -> None:
        """Look through a scope at the person's own chat on the platform of `address`."""
        self._scope = scope
        self._address = address

    def get(self) -> Conversation | None:
        """Give the dialogue under way here."""
        row: Any = self._scope.run(_GET, **self._at("here_on", "here_in")).first()
        return Conversation(row.kind, row.version, json.loads(row.data)) if row else None

    def put(self, kind: str, version: int, data: Mapping[str, str], at: datetime) -> None:
        """Remember where the dialogue stands, in place of what was."""
        kept = {"kind": kind, "version": version, "data": json.dumps(dict(data))}
        self._scope.run(_PUT, **self._at("platform", "conversation"), **kept, touched_at=at)

    def end(self) -> None:
        """Forget the dialogue; nothing happens where there is none."""
        self._scope.run(_END, **self._at("here_on", "here_in"))

    def _at(self, platform: str, conversation: str) -> dict[str, str]:
        return {platform: self._address.platform, conversation: _PRIVATE}
