"""Everything stored about one person: handed to them, or gone. A new personal table is in both at once."""

import json
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import Column, Executable, Table

from store import departures
from store.access import (
    Scope,
    delete_about_me,
    delete_letters_about,
    delete_mine,
    delete_offers_to_me,
    select_about_me,
    select_mine,
    select_offers_to_me,
)
from store.handovers import HandoverState, letter_key
from store.tables import AUDIT, HANDOVERS, PERSONAL, SHARED_LINES, TRANSCRIPT
from store.team_access import select_helped, select_my_looks, update_beside, update_helped, update_my_looks


def _told(table: Table) -> list[Column[object]]:
    """Choose the columns a person would want to read: not the keys in front, not what the machine derives."""
    return [column for column in table.c if column.name not in ("tenant", "owner") and not column.info.get("derived")]


# In the order of their keys, so that the same rows always make the same file.
_EXPORTS = {
    table.name: select_mine(*_told(table), of=table).order_by(*table.primary_key)
    for table in PERSONAL
    if not table.info.get("derived")
}
_EXPORTS[TRANSCRIPT.name] = select_about_me(*_told(TRANSCRIPT)).order_by(TRANSCRIPT.c.id)
_EXPORTS[AUDIT.name] = select_my_looks(*_told(AUDIT)).order_by(AUDIT.c.id)
# What others hand over to me is theirs too: it is told to both, and gone where either is forgotten.
_OFFERED = "handovers_to_me"
_EXPORTS[_OFFERED] = select_offers_to_me().order_by(*HANDOVERS.primary_key)
# What I help others with: that I do is about me, what they ask for is theirs.
_HELPED = "lines_i_help_with"
_EXPORTS[_HELPED] = select_helped(SHARED_LINES.c.team_id, SHARED_LINES.c.said_on).order_by(*SHARED_LINES.primary_key)
TOLD = {name: tuple(column.name for column in query.selected_columns) for name, query in _EXPORTS.items()}
"""What an export holds: the columns of each table."""
_FOLDED = {(table.name, column.name) for table in PERSONAL for column in table.c if column.info.get("json")}
_FOLDED.add((TRANSCRIPT.name, "body"))
# A file that was handed over is named, not repeated: else each export would hold all those before it.
_LEFT_OUT = {(TRANSCRIPT.name, "body"): "content"}
# Backwards, so that what hangs on a row is counted before the row takes it along.
_REMOVALS: dict[str, Executable] = {table.name: delete_mine(table) for table in reversed(PERSONAL)}
_REMOVALS[_OFFERED] = delete_offers_to_me()
_REMOVALS[TRANSCRIPT.name] = delete_about_me()
# Where only my name stands in what others need, the name goes.
_REMOVALS[AUDIT.name] = update_my_looks()
_REMOVALS[_HELPED] = update_helped()
_OUT_OF_LETTERS = update_beside()
# What others are about to be told names me: of my hand-overs, and that I help.
_MY_OFFERS = (
    select_mine(HANDOVERS.c.id, of=HANDOVERS),
    select_offers_to_me().with_only_columns(HANDOVERS.c.id, maintain_column_froms=True),
)
_MY_HELP = select_helped(SHARED_LINES.c.id)
_LETTERS_ABOUT_ME = delete_letters_about()


def export(scope: Scope) -> dict[str, object]:
    """Give all rows about this person by table, ready for JSON: moments in UTC, in ISO 8601."""
    return {
        name: [
            {key: _plain(value, (name, key)) for key, value in row._mapping.items()}  # noqa: SLF001  SQLAlchemy's documented name
            for row in scope.run(query)
        ]
        for name, query in _EXPORTS.items()
    }


def forget(scope: Scope) -> dict[str, int]:
    """Delete all rows about this person; gives how many by table.

    A team that nobody is left in goes too, with the clients that were left to it. What others are about to be told of
    this person's hand-overs and help is not told any more.
    """
    teams = departures.teams_of(scope)
    if letters := _letters_about(scope):
        scope.run(_LETTERS_ABOUT_ME, these=letters)
    scope.run(_OUT_OF_LETTERS)
    gone = {name: scope.run(removal).rowcount for name, removal in _REMOVALS.items()}
    for team_id in teams:
        departures.drop_empty(scope, team_id)
    return gone


def _letters_about(scope: Scope) -> list[str]:
    """Give the keys of letters to others that would name this person."""
    offers = [row.id for query in _MY_OFFERS for row in scope.run(query)]
    helped = [f"help:{row.id}" for row in scope.run(_MY_HELP)]
    return [letter_key(this, state) for this in offers for state in HandoverState] + helped


def _plain(value: object, where: tuple[str, str]) -> object:
    if where in _FOLDED:
        with suppress(ValueError):
            unfolded = json.loads(str(value))
            if isinstance(unfolded, dict):
                unfolded.pop(_LEFT_OUT.get(where), None)
            return unfolded
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
