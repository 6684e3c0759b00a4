"""Table -> Block Kit tables for messages, and a list of its rows where no table may stand."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.chat.cards import Points, Run, Table
from bot.chat.text import packed, shorten, shown, units
from bot.slack.elements import Json, in_full

TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
# Slack counts all cells of a message: 10,000 characters. At this much a cell, the names of all
# columns and any one row always fit together.
TABLE_TEXT_MAX: Final = 9500
CELL_MAX: Final = 200


def tables(table: Table) -> Iterator[Json]:
    """Write a table as one block, or as several that repeat its column names and first column."""
    for columns in _column_groups(len(table.columns)):
        names = [table.columns[n] for n in columns]
        room = TABLE_TEXT_MAX - _length(names)
        rows = ([row[n] for n in columns] for row in table.rows)
        for group in packed(rows, TABLE_ROWS - 1, room, _length):
            yield _table([names, *group])
    yield from in_full((text for row in (table.columns, *table.rows) for text in row), CELL_MAX)


def as_points(table: Table) -> Points:
    """Write each row as a point: every cell after its column name."""
    return Points(tuple(tuple(_cells(table.columns, row)) for row in table.rows), table.empty)


def _cells(names: Sequence[str], row: Sequence[str]) -> Iterator[Run]:
    for number, (name, cell) in enumerate(zip(names, row, strict=True)):
        yield Run(f"{' · ' if number else ''}{shown(name)}: ")
        yield Run(shown(cell), strong=not number)


def _column_groups(count: int) -> Iterator[Sequence[int]]:
    yield range(min(count, TABLE_COLUMNS))
    for start in range(TABLE_COLUMNS, count, TABLE_COLUMNS - 1):
        yield [0, *range(start, min(count, start + TABLE_COLUMNS - 1))]


def _length(cells: Sequence[str]) -> int:
    return sum(min(units(shown(cell)), CELL_MAX) for cell in cells)


def _table(rows: Sequence[Sequence[str]]) -> Json:
    cells = [[{"type": "raw_text", "text": shorten(shown(cell), CELL_MAX)} for cell in row] for row in rows]
    return {"type": "table", "rows": cells, "column_settings": [{"is_wrapped": True} for _ in rows[0]]}
