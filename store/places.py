"""Where lasting cards were put, so that they change in place later, from another door or replica."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam

from bot.chat.address import Address
from store.access import Scope, replace_mine, select_mine
from store.tables import PLACES


@dataclass(frozen=True, slots=True)
class Place:
    """A card in a conversation: `message` is the platform's name for it."""

    address: Address
    message: str


_ALL = select_mine(PLACES, of=PLACES).order_by(PLACES.c.put_at, PLACES.c.message)
_OF = _ALL.where(PLACES.c.subject == bindparam("about"))
_PUT = replace_mine(PLACES)


class Places:
    """The cards of one person, on every platform."""

    __slots__ = ("_address", "_scope")

    def __init__(self, scope: Scope, address: Address) -> None:
        """Look through a scope from one address."""
        self._scope = scope
        self._address = address

    def put(self, subject: str, message: str, at: datetime) -> None:
        """Remember that the card of `subject` now stands at this address as `message`."""
        here = {"platform": self._address.platform, "conversation": self._address.conversation}
        self._scope.run(_PUT, **here, subject=subject, message=message, put_at=at)

    def of(self, subject: str) -> list[Place]:
        """Give every place of one subject's card."""
        return self._places(self._scope.run(_OF, about=subject))

    def all(self) -> list[Place]:
        """Give every place of every card."""
        return self._places(self._scope.run(_ALL))

    def _places(self, rows: CursorResult[Any]) -> list[Place]:
        tenant, user = self._address.tenant, self._address.user
        return [Place(Address(row.platform, tenant, row.conversation, user), row.message) for row in rows]
