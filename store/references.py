"""How to address a person's conversations on a platform that wants more than their ids."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import bindparam

from bot.chat.address import Address
from store.access import Scope, delete_mine, replace_mine, select_mine, select_services, update_mine
from store.tables import REFERENCES

ConversationKind: TypeAlias = Literal["personal", "group", "channel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One person in one conversation: where the platform serves it, and the coach's own account in it.

    `name` is the conversation's and `zone` the person's, an IANA name; both empty while the platform
    keeps silent. `unreachable_at` is when the platform last refused to let the coach write to the person.
    """

    address: Address
    kind: ConversationKind
    service_url: str
    bot: str
    name: str = ""
    zone: str = ""
    unreachable_at: datetime | None = None

    def after(self, known: "Reference | None") -> "Reference":
        """Add what was known before and isn't said anew: silence erases nothing."""
        if known is None:
            return self
        return replace(self, name=self.name or known.name, zone=self.zone or known.zone)


@dataclass(frozen=True, slots=True)
class Service:
    """Where a platform serves a tenant, and the coach's own account there."""

    url: str
    bot: str


_ON = REFERENCES.c.platform == bindparam("on_platform")
_ALL = select_mine(REFERENCES, of=REFERENCES).where(_ON)
_NEWEST = REFERENCES.c.updated_at.desc(), REFERENCES.c.conversation
_HERE = _ALL.where(REFERENCES.c.conversation == bindparam("here_in"))
_PERSONAL = _ALL.where(REFERENCES.c.kind == "personal").order_by(*_NEWEST).limit(1)
_PLACES = _ALL.where(REFERENCES.c.kind != "personal").order_by(*_NEWEST)
_SERVICE = select_services(REFERENCES.c.service_url, REFERENCES.c.bot).where(_ON).order_by(*_NEWEST).limit(1)
_PUT = replace_mine(REFERENCES)
_MARK = update_mine(REFERENCES).where(_ON).values(unreachable_at=bindparam("since"))
_REMOVE = delete_mine(REFERENCES).where(_ON, REFERENCES.c.conversation == bindparam("here_in"))


class References:
    """The conversations of one person on one platform. The person need not have been met."""

    __slots__ = ("_address", "_scope")

    def __init__(self, scope: Scope, address: Address) -> None:
        """Look through a scope from one address."""
        self._scope = scope
        self._address = address

    def put(self, reference: Reference, at: datetime) -> None:
        """Remember how to address the conversation of this unit; who was heard from is reachable again."""
        here = {"platform": self._address.platform, "conversation": self._address.conversation}
        kept = {name: getattr(reference, name) for name in ("kind", "name", "service_url", "bot", "zone")}
        self._scope.run(_PUT, **here, **kept, updated_at=at, unreachable_at=None)
        self._run(_MARK, since=None)

    def here(self) -> Reference | None:
        """Give the conversation of this unit."""
        return self._one(_HERE, here_in=self._address.conversation)

    def personal(self) -> Reference | None:
        """Give the person's own chat with the coach."""
        return self._one(_PERSONAL)

    def places(self) -> list[Reference]:
        """Give the group chats and channels this person was heard in, newest first."""
        return [self._reference(row) for row in self._run(_PLACES)]

    def service(self) -> Service | None:
        """Give where the platform served this tenant last, whoever wrote."""
        row: Any = self._run(_SERVICE).first()
        return Service(row.service_url, row.bot) if row else None

    def mark_unreachable(self, at: datetime) -> None:
        """Remember that the platform doesn't let the coach write to this person; nothing happens to a stranger."""
        self._run(_MARK, since=at)

    def remove(self, conversation: str) -> None:
        """Forget one conversation, as when the coach was taken out of it."""
        self._run(_REMOVE, here_in=conversation)

    def _one(self, query: Any, **values: object) -> Reference | None:  # noqa: ANN401  a statement of several classes
        row = self._run(query, **values).first()
        return self._reference(row) if row else None

    def _run(self, statement: Any, **values: object) -> Any:  # noqa: ANN401
        return self._scope.run(statement, on_platform=self._address.platform, **values)

    def _reference(self, row: Any) -> Reference:  # noqa: ANN401
        return Reference(
            address=replace(self._address, conversation=row.conversation),
            kind=row.kind,
            service_url=row.service_url,
            bot=row.bot,
            name=row.name,
            zone=row.zone,
            unreachable_at=row.unreachable_at,
        )
