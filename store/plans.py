"""A person's plans: one for each deal, kept whole.

A unit that changes a plan reads it first. One person's units never overlap, whatever device or
replica they come from (`Database.write`), so what was read is still true when it is written.
"""

import json
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, and_, bindparam

from bot.coach.deals import Deal, Stage
from bot.coach.plans import Plan
from bot.errors import NotFoundError
from store.access import Scope, select_mine, tied, update_mine, upsert_ours
from store.deal_rows import COLUMNS, HELD, deal_of, is_mine, new_id
from store.tables import DEALS, PLANS

# Of the form in which a plan is written: to be raised when an older one can no longer be read.
VERSION = 1

_FORM = TypeAdapter(Plan)
_PLAN = (PLANS.c.id.label("plan_id"), PLANS.c.deal_id, PLANS.c.version, PLANS.c.body)

_OF = select_mine(*_PLAN, of=PLANS).where(PLANS.c.deal_id == bindparam("this_deal"))
_GET = select_mine(*_PLAN, of=PLANS).where(PLANS.c.id == bindparam("this"))
_TURN = select_mine(PLANS.c.turn, of=PLANS).where(PLANS.c.id == bindparam("this"))
# A deal's plan that can't be read gives way to the new one, id and all: its buttons then lead nowhere.
_START = upsert_ours(
    PLANS,
    lambda row: row.on_conflict_do_update(
        index_elements=[PLANS.c.tenant, PLANS.c.owner, PLANS.c.deal_id],
        set_={name: row.excluded[name] for name in ("id", "version", "body", "turn", "touched_at")},
    ),
)
_CHANGE = (
    update_mine(PLANS).where(PLANS.c.id == bindparam("this")).values(turn=PLANS.c.turn + 1).returning(PLANS.c.turn)
)
_RECENT = (
    select_mine(*_PLAN, *COLUMNS, of=PLANS)
    .select_from(PLANS.join(DEALS, and_(tied(PLANS, DEALS), DEALS.c.id == PLANS.c.deal_id)))
    .where(HELD, DEALS.c.stage == bindparam("at_stage"), PLANS.c.version == VERSION)
    .order_by(PLANS.c.touched_at.desc(), PLANS.c.id)
    .limit(bindparam("most"))
)


class Plans:
    """The plans of one person. Anybody else's are as if they did not exist.

    One that this version of the coach can't read is as if there were none; it stays as it is until another is started.
    """

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def of(self, deal_id: str) -> Plan | None:
        """Give the plan for a deal."""
        return _plan_of(self._scope.run(_OF, this_deal=deal_id).first())

    def get(self, this: str) -> Plan | None:
        """Give the plan with an id."""
        return _plan_of(self._scope.run(_GET, this=this).first())

    def turn_of(self, this: str) -> int | None:
        """Count how often a plan was written, its start included: a card that names another number is out of date.

        None: no such plan.
        """
        turn: int | None = self._scope.run(_TURN, this=this).scalar()
        return turn

    def start(self, deal_id: str, at: datetime) -> Plan:
        """Give the plan for a deal, a new one if there is none yet. Raises `NotFoundError`: no such deal."""
        if (plan := self.of(deal_id)) is not None:
            return plan
        if not is_mine(self._scope, deal_id):
            raise NotFoundError
        blank = Plan(id=new_id(), deal_id=deal_id)
        self._scope.run(_START, id=blank.id, deal_id=deal_id, turn=1, **_written(blank), touched_at=at)
        return blank

    def change(self, plan: Plan, at: datetime) -> int | None:
        """Keep a plan as it now is, and count the turn: gives its number. None: no such plan.

        Raises `ValueError` for a plan that couldn't be read back: an amount that is no number.
        """
        turn: int | None = self._scope.run(_CHANGE, this=plan.id, **_written(plan), touched_at=at).scalar()
        return turn

    def recent(self, limit: int = 3) -> list[tuple[Plan, Deal]]:
        """Give the plans for open deals, those touched last first."""
        rows = self._scope.run(_RECENT, at_stage=Stage.OPEN, most=limit).all()
        return [(plan, deal_of(row)) for row in rows if (plan := _plan_of(row))]


def _written(plan: Plan) -> dict[str, object]:
    fields = _FORM.dump_python(plan, mode="json", exclude={"id", "deal_id"})
    _FORM.validate_python(fields | {"id": plan.id, "deal_id": plan.deal_id})
    return {"version": VERSION, "body": json.dumps(fields, ensure_ascii=False)}


def _plan_of(row: Row[Any] | None) -> Plan | None:
    if row is None or row.version != VERSION:
        return None
    try:
        return _FORM.validate_python(json.loads(row.body) | {"id": row.plan_id, "deal_id": row.deal_id})
    except (TypeError, ValueError):
        return None
