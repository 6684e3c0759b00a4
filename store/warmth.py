"""How a person keeps won deals warm: at most one line for each."""

from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, func

from bot.coach.deals import Deal, Stage
from bot.coach.keep_warm import Cadence, KeepWarm, Rhythm
from bot.errors import NotFoundError
from store.access import Scope, delete_mine, select_mine, tied, update_mine, upsert_ours
from store.columns import UNDATED
from store.deal_rows import COLUMNS, HELD, deal_of, is_mine
from store.tables import DEALS, WARMTH

# What is stored under the name it has in `KeepWarm`.
_PLAIN = ("won_on", "touched_on", "done", "skipped_on", "put_off_to", "snoozes", "shown_on", "follow_up_on")

_MINE = (
    select_mine(WARMTH, DEALS.c.client, of=WARMTH)
    .select_from(WARMTH.join(DEALS, and_(tied(WARMTH, DEALS), DEALS.c.id == WARMTH.c.deal_id)))
    .where(HELD)
)
_THIS = WARMTH.c.deal_id == bindparam("this_deal")
_OF = _MINE.where(_THIS)
_ALL = _MINE.where(DEALS.c.stage == Stage.WON.value, WARMTH.c.rhythm != Rhythm.NONE.value).order_by(
    WARMTH.c.won_on, WARMTH.c.deal_id
)
_START = upsert_ours(WARMTH, lambda row: row.on_conflict_do_nothing(index_elements=list(WARMTH.primary_key)))
_IS_COLD = (
    DEALS.c.stage == Stage.WON.value,
    HELD,
    ~exists().where(tied(WARMTH, DEALS), WARMTH.c.deal_id == DEALS.c.id),
)
_WON_LAST = DEALS.c.closes_on >= UNDATED, DEALS.c.closes_on.desc(), DEALS.c.id
_COLD = select_mine(*COLUMNS, of=DEALS).where(*_IS_COLD).order_by(*_WON_LAST).limit(bindparam("most"))
_COLD_IDS = select_mine(DEALS.c.id, of=DEALS).where(*_IS_COLD)
_COUNT_COLD = select_mine(func.count(), of=DEALS).where(*_IS_COLD)
_CHANGE = update_mine(WARMTH).where(_THIS)
_STOP = delete_mine(WARMTH).where(_THIS)


class Warmth:
    """How one person stays in touch. Anybody else's deals are as if they did not exist."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def of(self, deal_id: str) -> KeepWarm | None:
        """Give how a deal is kept warm, also where its rhythm is none."""
        row = self._scope.run(_OF, this_deal=deal_id).first()
        return _warm_of(row) if row else None

    def all(self) -> list[KeepWarm]:
        """Give every won deal that is kept warm in some rhythm, the one won first first."""
        return [_warm_of(row) for row in self._scope.run(_ALL).all()]

    def cold(self, limit: int) -> list[Deal]:
        """Give won deals for which nobody has said yet whether to keep them warm, the one won last first."""
        return [deal_of(row) for row in self._scope.run(_COLD, most=limit).all()]

    def count_cold(self) -> int:
        """Count them."""
        return int(self._scope.run(_COUNT_COLD).scalar_one())

    def leave_cold(self, on: date) -> int:
        """Say of all of them that they are not to be kept warm; gives how many. Each can be started later."""
        ids = [row.id for row in self._scope.run(_COLD_IDS)]
        none = _columns_of(KeepWarm(deal_id="", client="", won_on=on, cadence=Cadence(Rhythm.NONE)))
        self._scope.run_many(_START, [{"deal_id": this, **none} for this in ids])
        return len(ids)

    def start(self, warm: KeepWarm) -> KeepWarm:
        """Keep a deal warm from now on; where it is already, that stays as it is, and is given.

        The client's name is the deal's, whatever `warm` says. Raises `NotFoundError`: no such deal.
        """
        if not is_mine(self._scope, warm.deal_id):
            raise NotFoundError
        self._scope.run(_START, deal_id=warm.deal_id, **_columns_of(warm))
        return _warm_of(self._scope.run(_OF, this_deal=warm.deal_id).one())

    def change(self, warm: KeepWarm) -> KeepWarm | None:
        """Keep it as it now is. None: that deal isn't kept warm."""
        changed = self._scope.run(_CHANGE, this_deal=warm.deal_id, **_columns_of(warm)).rowcount
        return self.of(warm.deal_id) if changed else None

    def stop(self, deal_id: str) -> bool:
        """Keep a deal warm no longer; False where it wasn't."""
        return bool(self._scope.run(_STOP, this_deal=deal_id).rowcount)


def _columns_of(warm: KeepWarm) -> dict[str, object]:
    cadence = {"rhythm": warm.cadence.rhythm, "days": warm.cadence.days}
    return cadence | {name: getattr(warm, name) for name in _PLAIN}


def _warm_of(row: Row[Any]) -> KeepWarm:
    return KeepWarm(
        deal_id=row.deal_id,
        client=row.client,
        cadence=Cadence(Rhythm(row.rhythm), row.days),
        **{name: getattr(row, name) for name in _PLAIN},
    )
