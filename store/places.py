"""Where lasting cards were put, so that they change in place later, from another door or replica."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam

from bot.chat.address import Address
from bot.coach.teams import team_owner
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

    def of_team(self, team_id: str, subject: str) -> list[Place]:
        """Give every place of one subject's card that was put for a team; who may change it is the asker's to know."""
        owner = team_owner(team_id)
        found = self._scope.acting_as(owner).run(_OF, about=subject)
        return [replace(place, address=replace(place.address, user=owner)) for place in self._places(found)]

    def all(self) -> list[Place]:
        """Give every place of every card."""
        return self._places(self._scope.run(_ALL))

    def _places(self, rows: CursorResult[Any]) -> list[Place]:
        tenant, user = self._address.tenant, self._address.user
        return [Place(Address(row.platform, tenant, row.conversation, user), row.message) for row in rows]
