"""A person's preparations: one for each deal, its answers and its ticks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam

from bot.coach.deals import Deal, Stage
from bot.coach.preparation import Answers, Certainty, Depth, Prep
from bot.errors import NotFoundError
from store.access import Scope, insert_ours, select_mine, tied, update_mine, upsert_ours
from store.deal_rows import COLUMNS, HELD, deal_of, is_mine, new_id
from store.tables import DEALS, PREPS, TICKS


def _with_ticks() -> Select[Any]:
    """Give one row for each tick, or one where there is none."""
    ticked = and_(tied(PREPS, TICKS), TICKS.c.prep_id == PREPS.c.id, TICKS.c.done)
    return select_mine(PREPS, TICKS.c.item, of=PREPS).select_from(PREPS.outerjoin(TICKS, ticked))


_OF = _with_ticks().where(PREPS.c.deal_id == bindparam("this_deal"))
_GET = _with_ticks().where(PREPS.c.id == bindparam("this"))
_START = insert_ours(PREPS)
_CHANGE = update_mine(PREPS).where(PREPS.c.id == bindparam("this"))
# Clicks arrive out of order: each line keeps what was done to it last, by the platform's clock.
_TICK = upsert_ours(
    TICKS,
    lambda row: row.on_conflict_do_update(
        index_elements=list(TICKS.primary_key),
        set_={"done": row.excluded.done, "at": row.excluded.at},
        where=TICKS.c.at <= row.excluded.at,
    ),
)
_RECENT = (
    select_mine(PREPS.c.id.label("prep_id"), *COLUMNS, of=PREPS)
    .select_from(PREPS.join(DEALS, and_(tied(PREPS, DEALS), DEALS.c.id == PREPS.c.deal_id)))
    .where(HELD, DEALS.c.stage == bindparam("at_stage"))
    .order_by(PREPS.c.touched_at.desc(), PREPS.c.id)
    .limit(bindparam("most"))
)


def _prep_of(rows: Sequence[Row[Any]]) -> Prep | None:
    if not rows:
        return None
    row = rows[0]
    return Prep(
        id=row.id,
        deal_id=row.deal_id,
        answers=Answers(
            matters=row.matters,
            certainty=Certainty(row.certainty),
            ideal=row.ideal,
            realistic=row.realistic,
            walk_away=row.walk_away,
            give=row.give,
            get=row.get,
        ),
        answered=row.answered,
        depth=Depth(row.depth),
        ticked=frozenset(each.item for each in rows if each.item is not None),
    )


class Preps:
    """The preparations of one person. Anybody else's are as if they did not exist."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def of(self, deal_id: str) -> Prep | None:
        """Give the preparation of a deal."""
        return _prep_of(self._scope.run(_OF, this_deal=deal_id).all())

    def get(self, this: str) -> Prep | None:
        """Give the preparation with an id."""
        return _prep_of(self._scope.run(_GET, this=this).all())

    def start(self, deal_id: str, at: datetime) -> Prep:
        """Give the preparation of a deal, a new one if there is none yet. Raises `NotFoundError`: no such deal."""
        if (prep := self.of(deal_id)) is not None:
            return prep
        if not is_mine(self._scope, deal_id):
            raise NotFoundError
        blank = Prep(id=new_id(), deal_id=deal_id)
        values = {"id": blank.id, "deal_id": deal_id, "answered": blank.answered, "depth": blank.depth}
        self._scope.run(_START, **values, **asdict(blank.answers), touched_at=at)
        return blank

    def answer(self, this: str, answers: Answers, at: datetime) -> Prep | None:
        """Keep the three answers. None: no such preparation."""
        return self._change(this, at, answered=True, **asdict(answers))

    def depth(self, this: str, depth: Depth, at: datetime) -> Prep | None:
        """Show more or less of the checklist. None: no such preparation."""
        return self._change(this, at, depth=depth)

    def tick(self, this: str, shown: frozenset[str], chosen: frozenset[str], at: datetime) -> Prep | None:
        """Tick exactly `chosen` of `shown`; a line touched after `at` stays as it is. None: no such preparation."""
        if self._change(this, at) is None:
            return None
        rows = [{"prep_id": this, "item": item, "done": item in chosen, "at": at} for item in sorted(shown)]
        self._scope.run_many(_TICK, rows)
        return self.get(this)

    def recent(self, limit: int = 3) -> list[tuple[Prep, Deal]]:
        """Give the preparations of open deals, those touched last first."""
        rows = self._scope.run(_RECENT, at_stage=Stage.OPEN, most=limit).all()
        return [(prep, deal_of(row)) for row in rows if (prep := self.get(row.prep_id))]

    def _change(self, this: str, at: datetime, **values: object) -> Prep | None:
        changed = self._scope.run(_CHANGE, this=this, touched_at=at, **values).rowcount
        return self.get(this) if changed else None
