"""A person's promises to clients."""

from typing import Any

from sqlalchemy import Row, and_, bindparam, literal_column

from bot.coach.deals import Deal
from bot.coach.promises import Notice, Promise, State
from bot.errors import NotFoundError
from store.access import Scope, insert_ours, select_mine, tied, update_mine
from store.deal_rows import COLUMNS, HELD, deal_of, is_mine, new_id
from store.tables import DEALS, PROMISES

_PROMISE = tuple(
    column.label("promise_id") if column is PROMISES.c.id else column
    for column in PROMISES.c
    if column.name not in ("tenant", "owner")
)
_MINE = select_mine(*_PROMISE, of=PROMISES)
_SOONEST = PROMISES.c.due, PROMISES.c.id

_ADD = insert_ours(PROMISES)
_GET = _MINE.where(PROMISES.c.id == bindparam("this"))
_OF = _MINE.where(PROMISES.c.deal_id == bindparam("this_deal")).order_by(*_SOONEST)
# With the predicate as a literal: only so both databases see that the partial index fits.
_OPEN = (
    select_mine(*_PROMISE, *COLUMNS, of=PROMISES)
    .select_from(PROMISES.join(DEALS, and_(tied(PROMISES, DEALS), DEALS.c.id == PROMISES.c.deal_id)))
    .where(literal_column("promises.state = 'open'"), HELD)
    .order_by(*_SOONEST)
    .limit(bindparam("most"))
)
_CHANGE = update_mine(PROMISES).where(PROMISES.c.id == bindparam("this"))
_FROM = (
    _MINE.where(PROMISES.c.concession == bindparam("this_give"))
    .order_by((PROMISES.c.state == State.RENEGOTIATED.value), PROMISES.c.made_on.desc(), PROMISES.c.id)
    .limit(1)
)


class Promises:
    """The promises of one person. Anybody else's are as if they did not exist."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    @staticmethod
    def fresh_id() -> str:
        """Give an id for a promise that is about to be made."""
        return new_id()

    def add(self, promise: Promise) -> Promise:
        """Keep a new promise. Raises `NotFoundError`: no such deal."""
        if not is_mine(self._scope, promise.deal_id):
            raise NotFoundError
        self._scope.run(_ADD, id=promise.id, deal_id=promise.deal_id, **_columns_of(promise))
        return self._known(promise.id)

    def get(self, this: str) -> Promise | None:
        """Give the promise with an id."""
        row = self._scope.run(_GET, this=this).first()
        return _promise_of(row) if row else None

    def of(self, deal_id: str) -> list[Promise]:
        """Give every promise of a deal, settled ones too, soonest due first."""
        return [_promise_of(row) for row in self._scope.run(_OF, this_deal=deal_id).all()]

    def open(self, limit: int = 200) -> list[tuple[Promise, Deal]]:
        """Give the open promises, soonest due first, each with its deal."""
        return [(_promise_of(row), deal_of(row)) for row in self._scope.run(_OPEN, most=limit).all()]

    def change(self, promise: Promise) -> Promise | None:
        """Keep a promise as it now is; it stays with its deal. None: no such promise."""
        changed = self._scope.run(_CHANGE, this=promise.id, **_columns_of(promise)).rowcount
        return self._known(promise.id) if changed else None

    def from_concession(self, concession_id: str) -> Promise | None:
        """Give the promise that a give became: the one that holds where it was renegotiated."""
        row = self._scope.run(_FROM, this_give=concession_id).first() if concession_id else None
        return _promise_of(row) if row else None

    def _known(self, this: str) -> Promise:
        """Read back what was just written: as it is stored is how everybody will see it."""
        return _promise_of(self._scope.run(_GET, this=this).one())


def _columns_of(promise: Promise) -> dict[str, object]:
    return {
        "what": promise.what,
        "due": promise.due,
        "made_on": promise.made_on,
        "state": promise.state,
        "settled_on": promise.settled_on,
        "concession": promise.concession,
        "instead_of": promise.instead_of,
        "noticed": promise.noticed or "",
    }


def _promise_of(row: Row[Any]) -> Promise:
    return Promise(
        id=row.promise_id,
        deal_id=row.deal_id,
        what=row.what,
        due=row.due,
        made_on=row.made_on,
        state=State(row.state),
        settled_on=row.settled_on,
        concession=row.concession,
        instead_of=row.instead_of,
        noticed=Notice(row.noticed) if row.noticed else None,
    )
