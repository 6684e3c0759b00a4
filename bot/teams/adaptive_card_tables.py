"""Table -> Adaptive Card tables, each small enough for a card."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.chat.cards import Run, Table
from bot.chat.text import packed, shorten, shown
from bot.teams.elements import Json, in_full, rich, size_of

# Its column names and one row, in any script, fit into a table, and that into a card.
TABLE_BYTES: Final = 21_000
TABLE_COLUMNS: Final = 10
CELL_MAX: Final = 300


def tables(table: Table) -> Iterator[Json]:
    """Write a table as one element, or as several that repeat its column names and first column."""
    for columns in _column_groups(len(table.columns)):
        names = _row([table.columns[n] for n in columns], strong=True)
        rows = (_row([row[n] for n in columns]) for row in table.rows)
        for group in packed(rows, len(table.rows), TABLE_BYTES - size_of(names), size_of):
            yield {
                "type": "Table",
                "firstRowAsHeaders": True,
                "columns": [{"width": 1} for _ in columns],
                "rows": [names, *group],
            }
    yield from in_full((text for row in (table.columns, *table.rows) for text in row), CELL_MAX)


def _column_groups(count: int) -> Iterator[Sequence[int]]:
    """Split the columns, each further group after the first column again."""
    yield range(min(count, TABLE_COLUMNS))
    for start in range(TABLE_COLUMNS, count, TABLE_COLUMNS - 1):
        yield [0, *range(start, min(count, start + TABLE_COLUMNS - 1))]


def _row(cells: Sequence[str], *, strong: bool = False) -> Json:
    texts = (next(rich((Run(shorten(shown(cell), CELL_MAX), strong=strong),))) for cell in cells)
    return {"type": "TableRow", "cells": [{"type": "TableCell", "items": [text]} for text in texts]}
