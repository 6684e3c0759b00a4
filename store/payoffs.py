"""What came of a person's clients: renewals, expansions, referrals."""

from typing import Any, Final

from sqlalchemy import Row, and_, bindparam

from bot.coach.payoffs import Brought, Payoff
from bot.errors import NotFoundError
from store.access import Scope, delete_mine, insert_ours, select_mine, tied
from store.deal_rows import is_mine, new_id
from store.tables import DEALS, PAYOFFS
from store.words import key_of

_THIS: Final = PAYOFFS.c.id == bindparam("this")
_ADD = insert_ours(PAYOFFS)
_GET = select_mine(PAYOFFS, of=PAYOFFS).where(_THIS)
_OF = (
    select_mine(PAYOFFS, of=PAYOFFS)
    .where(PAYOFFS.c.deal_id == bindparam("this_deal"))
    .order_by(PAYOFFS.c.on_day, PAYOFFS.c.id)
)
# From the payoffs, which are few, to their deals.
_OF_CLIENT = (
    select_mine(PAYOFFS, of=PAYOFFS)
    .select_from(PAYOFFS.join(DEALS, and_(tied(PAYOFFS, DEALS), DEALS.c.id == PAYOFFS.c.deal_id)))
    .where(DEALS.c.client_key == bindparam("this_client"))
    .order_by(PAYOFFS.c.on_day, PAYOFFS.c.id)
)
_REMOVE = delete_mine(PAYOFFS).where(_THIS)


class Payoffs:
    """The payoffs of one person. Anybody else's are as if they did not exist."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    @staticmethod
    def fresh_id() -> str:
        """Give an id for a payoff that is about to be noted."""
        return new_id()

    def add(self, brought: Brought) -> Brought:
        """Note what came of the client of a deal of mine. Raises `NotFoundError`: no such deal."""
        if not is_mine(self._scope, brought.deal_id):
            raise NotFoundError
        what = {"deal_id": brought.deal_id, "kind": brought.kind, "to_name": brought.to, "on_day": brought.on}
        self._scope.run(_ADD, id=brought.id, **what)
        return _brought_of(self._scope.run(_GET, this=brought.id).one())

    def of_deal(self, deal_id: str) -> list[Brought]:
        """Give what came of a deal's client, oldest first."""
        return [_brought_of(row) for row in self._scope.run(_OF, this_deal=deal_id).all()]

    def of_client(self, client: str) -> list[Brought]:
        """Give what came of a client in whichever deal of mine, oldest first; letter case doesn't matter."""
        return [_brought_of(row) for row in self._scope.run(_OF_CLIENT, this_client=key_of(client)).all()]

    def remove(self, this: str) -> Brought | None:
        """Take one back, and give it for the last time. None: no such payoff."""
        row = self._scope.run(_GET, this=this).first()
        self._scope.run(_REMOVE, this=this)
        return _brought_of(row) if row else None


def _brought_of(row: Row[Any]) -> Brought:
    return Brought(id=row.id, deal_id=row.deal_id, kind=Payoff(row.kind), on=row.on_day, to=row.to_name)
