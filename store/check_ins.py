"""What became of a person's check-ins, day by day, so that a week of them can be counted."""

from datetime import date
from typing import Literal, TypeAlias

from sqlalchemy import bindparam

from bot.errors import NotFoundError
from store.access import Scope, delete_mine, upsert_ours
from store.deal_rows import is_mine
from store.tables import CHECK_INS

Outcome: TypeAlias = Literal["done", "snoozed", "skipped"]

_NOTE = upsert_ours(CHECK_INS, lambda row: row.on_conflict_do_nothing(index_elements=list(CHECK_INS.primary_key)))
_UNDO = delete_mine(CHECK_INS).where(
    CHECK_INS.c.on_day == bindparam("this_day"),
    CHECK_INS.c.deal_id == bindparam("this_deal"),
    CHECK_INS.c.outcome == bindparam("this"),
)


class CheckIns:
    """The check-ins of one person. Anybody else's are as if they did not exist."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def note(self, deal_id: str, on: date, outcome: Outcome) -> bool:
        """Note what became of a deal's check-in on that local day; False where that is noted already.

        Raises `NotFoundError`: no such deal.
        """
        if not is_mine(self._scope, deal_id):
            raise NotFoundError
        return bool(self._scope.run(_NOTE, deal_id=deal_id, on_day=on, outcome=outcome).rowcount)

    def undo(self, deal_id: str, on: date, outcome: Outcome) -> bool:
        """Take such a note back; False where there is none."""
        return bool(self._scope.run(_UNDO, this_deal=deal_id, this_day=on, this=outcome).rowcount)
