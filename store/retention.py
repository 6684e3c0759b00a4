"""How long what is over is kept: one table of what "over" means, and the removal of it, bit by bit.

Nothing goes that somebody still works with: an open deal, an open promise, a won deal that is kept warm. What hangs on
a deal that goes, goes with it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Date, Delete, Select, Table, and_, bindparam, exists, or_

from bot.coach.deals import Stage
from bot.coach.keep_warm import Rhythm
from bot.coach.promises import State
from store.access import delete_over, select_over, tied
from store.engine import Database
from store.tables import (
    AUDIT,
    CHECK_INS,
    CONCESSIONS,
    CONVERSATIONS,
    DEALS,
    DIGESTS,
    HANDOVERS,
    PAYOFFS,
    PLANS,
    PREPS,
    PROMISES,
    RECOVERIES,
    SHARED_LINES,
    WARMTH,
    WITHHELD,
)

# Found by readers, and removed a few at a time, so that nobody who writes waits for long.
FOUND: Final = 5_000
AT_ONCE: Final = 25


def _before(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether that was so long ago: before the moment, or in a column of days before its day."""
    name = "before_day" if isinstance(column.type, Date) else "before"
    return column < bindparam(name, type_=column.type)


def _with_deal(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(tied(table, DEALS), table.c.deal_id == DEALS.c.id, *conditions)


# By what one sees that somebody still does something about a deal that is closed.
_NEWEST: Final = (
    PREPS.c.touched_at,
    PLANS.c.touched_at,
    CONCESSIONS.c.at,
    PROMISES.c.settled_on,
    RECOVERIES.c.at,
    RECOVERIES.c.by,
    CHECK_INS.c.on_day,
    PAYOFFS.c.on_day,
    WARMTH.c.touched_on,
    HANDOVERS.c.at,
)
_IN_USE: Final = or_(
    _with_deal(PROMISES, PROMISES.c.state == State.OPEN.value),
    _with_deal(WARMTH, DEALS.c.stage == Stage.WON.value, WARMTH.c.rhythm != Rhythm.NONE.value),
    _with_deal(HANDOVERS, HANDOVERS.c.state == "offered"),
    *(_with_deal(column.table, ~_before(column)) for column in _NEWEST),
)
_CLOSED: Final = and_(DEALS.c.stage != Stage.OPEN.value, _before(DEALS.c.closed_at))
_HANDED: Final = _before(DEALS.c.handed_at)
_DUE: Final = exists().where(
    tied(PROMISES, CONCESSIONS), PROMISES.c.concession == CONCESSIONS.c.id, PROMISES.c.state == State.OPEN.value
)

# What is over, by table. What was prepared, planned, given and put right is over when its deal is, and also goes where
# that deal is still kept warm.
OVER: Final[Mapping[Table, ColumnElement[bool]]] = {
    DEALS: or_(and_(_CLOSED, ~_IN_USE), _HANDED),
    PREPS: and_(_before(PREPS.c.touched_at), _with_deal(PREPS, _CLOSED)),
    PLANS: and_(_before(PLANS.c.touched_at), _with_deal(PLANS, _CLOSED)),
    CONCESSIONS: and_(_before(CONCESSIONS.c.at), _with_deal(CONCESSIONS, _CLOSED), ~_DUE),
    RECOVERIES: and_(
        _before(RECOVERIES.c.at),
        or_(RECOVERIES.c.by.is_(None), _before(RECOVERIES.c.by)),
        _with_deal(RECOVERIES, _CLOSED),
    ),
    PROMISES: and_(PROMISES.c.state != State.OPEN.value, _before(PROMISES.c.settled_on)),
    HANDOVERS: and_(HANDOVERS.c.state != "offered", _before(HANDOVERS.c.answered_at)),
    CHECK_INS: _before(CHECK_INS.c.on_day),
    PAYOFFS: _before(PAYOFFS.c.on_day),
    CONVERSATIONS: _before(CONVERSATIONS.c.touched_at),
    SHARED_LINES: _before(SHARED_LINES.c.said_on),
    WITHHELD: _before(WITHHELD.c.starts),
    DIGESTS: _before(DIGESTS.c.ends),
    AUDIT: _before(AUDIT.c.at),
}
# What is never over by itself, and why.
STAYS: Final[Mapping[str, str]] = {
    "people": "until they are forgotten",
    "deal_words": "goes with its deal",
    "prep_ticks": "goes with its preparation",
    "warmth": "goes with its deal",
    "agendas": "when to write next, not what was",
    "agenda_leases": "gone within minutes",
    "tips": "how often, not when or to whom",
    "places": "keeps cards up to date, and holds no words",
    "conversation_references": "where somebody can be reached",
    "teams": "until the last one leaves",
    "team_members": "until they leave",
    "transcript": "only on the try page, until it starts over",
    "outbox": "gone after a month as it is",
    "receipts": "gone after a week as it is",
    "installations": "until the workspace removes the coach",
    "oauth_states": "gone within the hour",
}


_STATEMENTS: Final = tuple((select_over(table, over), delete_over(table, over)) for table, over in OVER.items())


async def tidy(database: Database, now: datetime, kept: timedelta) -> int:
    """Delete what has been over for longer than `kept`; gives how many rows, without those that went along."""
    before = {"before": now - kept, "before_day": (now - kept).date()}
    return sum([await _empty(database, found, removal, before) for found, removal in _STATEMENTS])


async def _empty(database: Database, found: Select[Any], removal: Delete, before: Mapping[str, object]) -> int:
    """Find what is over in one table and remove it, until there is no more or none of it can go."""
    gone = 0
    while True:
        keys = await database.read(partial(_keys, found=found, before=before))
        removed = 0
        for these in (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)):
            removed += await database.write(partial(_remove, removal=removal, keys=these))
        gone += removed
        if len(keys) < FOUND or not removed:
            return gone


def _keys(connection: Connection, found: Select[Any], before: Mapping[str, object]) -> list[dict[str, object]]:
    """Give the key of each row that is over, as the removal asks for it."""
    rows = connection.execute(found, {**before, "most": FOUND}).mappings()
    return [{**before, **{f"key_{name}": value for name, value in row.items()}} for row in rows]


def _remove(connection: Connection, removal: Delete, keys: Sequence[Mapping[str, object]]) -> int:
    return sum(connection.execute(removal, dict(key)).rowcount for key in keys)
