"""What went wrong in a person's deals, and how it is put right."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam

from bot.coach.recovery import Recovery
from bot.errors import NotFoundError
from store.access import Scope, insert_ours, select_mine, update_mine
from store.deal_rows import is_mine, new_id
from store.tables import RECOVERIES

_ADD = insert_ours(RECOVERIES)
_GET = select_mine(RECOVERIES, of=RECOVERIES).where(RECOVERIES.c.id == bindparam("this"))
_OF = (
    select_mine(RECOVERIES, of=RECOVERIES)
    .where(RECOVERIES.c.deal_id == bindparam("this_deal"))
    .order_by(RECOVERIES.c.at.desc(), RECOVERIES.c.id.desc())
)
_CHANGE = update_mine(RECOVERIES).where(RECOVERIES.c.id == bindparam("this"))


class Recoveries:
    """The recoveries of one person. Anybody else's are as if they did not exist."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def start(self, deal_id: str, at: datetime) -> Recovery:
        """Give the newest recovery of a deal that isn't whole, else a new one. Raises `NotFoundError`: no such deal."""
        if not is_mine(self._scope, deal_id):
            raise NotFoundError
        if begun := next((one for one in self.of(deal_id) if one.step), None):
            return begun
        blank = Recovery(id=new_id(), deal_id=deal_id)
        self._scope.run(_ADD, id=blank.id, deal_id=deal_id, **_columns_of(blank), at=at)
        return blank

    def get(self, this: str) -> Recovery | None:
        """Give the recovery with an id."""
        row = self._scope.run(_GET, this=this).first()
        return _recovery_of(row) if row else None

    def of(self, deal_id: str) -> list[Recovery]:
        """Give every recovery of a deal, the one begun last first."""
        return [_recovery_of(row) for row in self._scope.run(_OF, this_deal=deal_id).all()]

    def change(self, recovery: Recovery) -> Recovery | None:
        """Keep a recovery as it now is; it stays with its deal. None: no such recovery."""
        self._scope.run(_CHANGE, this=recovery.id, **_columns_of(recovery))
        return self.get(recovery.id)


def _columns_of(recovery: Recovery) -> dict[str, object]:
    return {"happened": recovery.happened, "means": recovery.means, "fix": recovery.fix, "by": recovery.by}


def _recovery_of(row: Row[Any]) -> Recovery:
    return Recovery(id=row.id, deal_id=row.deal_id, happened=row.happened, means=row.means, fix=row.fix, by=row.by)
