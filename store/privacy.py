"""Everything stored about one person: handed to them, or gone. A new personal table is in both at once."""

import json
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import Column, Table

from store.access import (
    Scope,
    delete_about_me,
    delete_mine,
    delete_offers_to_me,
    select_about_me,
    select_mine,
    select_offers_to_me,
)
from store.tables import METADATA, TRANSCRIPT

PERSONAL = tuple(table for table in METADATA.sorted_tables if "owner" in table.c)


def _told(table: Table) -> list[Column[object]]:
    """Choose the columns a person would want to read: not the keys in front, not what the machine derives."""
    return [column for column in table.c if column.name not in ("tenant", "owner") and not column.info.get("derived")]


_EXPORTS = {table.name: select_mine(*_told(table), of=table) for table in PERSONAL if not table.info.get("derived")}
_EXPORTS[TRANSCRIPT.name] = select_about_me(*_told(TRANSCRIPT))
# What others hand over to me is theirs too: it is told to both, and gone where either is forgotten.
_OFFERED = "handovers_to_me"
_EXPORTS[_OFFERED] = select_offers_to_me()
_FOLDED = {(table.name, column.name) for table in PERSONAL for column in table.c if column.info.get("json")}
# Backwards, so that what hangs on a row is counted before the row takes it along.
_REMOVALS = {table.name: delete_mine(table) for table in reversed(PERSONAL)}
_REMOVALS[_OFFERED] = delete_offers_to_me()
_REMOVALS[TRANSCRIPT.name] = delete_about_me()


def export(scope: Scope) -> dict[str, object]:
    """Give all rows about this person by table, ready for JSON: moments in UTC, in ISO 8601."""
    return {
        name: [
            {key: _plain(value, folded=(name, key) in _FOLDED) for key, value in row._mapping.items()}  # noqa: SLF001  SQLAlchemy's documented name
            for row in scope.run(query)
        ]
        for name, query in _EXPORTS.items()
    }


def forget(scope: Scope) -> dict[str, int]:
    """Delete all rows about this person; gives how many by table."""
    return {name: scope.run(removal).rowcount for name, removal in _REMOVALS.items()}


def _plain(value: object, *, folded: bool) -> object:
    if folded:
        with suppress(ValueError):
            return json.loads(str(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
