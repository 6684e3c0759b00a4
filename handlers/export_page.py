"""Everything stored about a person as a page to read: one file, without script, that needs nothing from elsewhere."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.chat import plain
from bot.chat.cards import load
from bot.chat.text import printable
from bot.coach.access import TABLE
from bot.coach.money import Money
from handlers.export_words import PARTS, Column, Kind, Part
from handlers.wording import count, day, money

if TYPE_CHECKING:
    from jinja2 import Template

Row = Mapping[str, Any]
NOTHING: Final = "–"
_RULES: Final = {rule.value: access.sees_or_does for rule, access in TABLE.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom the page is, and the names behind the ids on it. `zone` is theirs, an IANA name."""

    name: str = ""
    zone: str = "UTC"
    teams: Mapping[str, str] = field(default_factory=dict)
    practices: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Section:
    """One part with its rows, ready to be shown: of each its values, and its ids apart."""

    part: Part
    told: tuple[Column, ...]
    ids: tuple[Column, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    @property
    def size(self) -> str:
        return count(len(self.rows), "entry").replace("entrys", "entries")


def page(export: Mapping[str, object], reader: Reader, now: datetime) -> bytes:
    """Write what `Unit.export` gives as HTML; all that anybody typed is shown as typed, and does nothing."""
    tables: dict[str, Sequence[Row]] = {name: rows for name, rows in export.items() if isinstance(rows, list)}
    values = _Values(tables, reader)
    sections = [_section(part, tables[part.table], values) for part in PARTS if tables.get(part.table)]
    empty = [part.heading for part in PARTS if not tables.get(part.table)]
    made = values.moment(now)
    shown = {"sections": sections, "empty": empty, "reader": reader, "made": made, "nothing": NOTHING}
    return _template().render(shown).encode()


@cache
def _template() -> "Template":
    """Read the page's template; who exports waits for the library that fills it, not everybody who starts."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    loader = PackageLoader("handlers")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("export.html")


def _section(part: Part, rows: Sequence[Row], values: "_Values") -> _Section:
    told = tuple(column for column in part.columns if column.kind is not Kind.REFERENCE)
    ids = tuple(column for column in part.columns if column.kind is Kind.REFERENCE)
    return _Section(part, told, ids, tuple((values.of(row, told), values.of(row, ids)) for row in rows))


class _Values:
    """Writes values the way a person reads them."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], reader: Reader) -> None:
        self._zone = ZoneInfo(reader.zone)
        self._deals = {str(row["id"]): str(row["name"]) for row in tables.get("deals", ())}
        preps = {str(row["id"]): str(row["deal_id"]) for row in tables.get("preps", ())}
        names: dict[Kind, Mapping[str, str]] = {
            Kind.DEAL: self._deals,
            Kind.PREP: {this: self._deals.get(deal, deal) for this, deal in preps.items()},
            Kind.TEAM: reader.teams,
            Kind.PRACTICE: reader.practices,
            Kind.ITEM: reader.items,
            Kind.RULE: _RULES,
        }
        self._ways: dict[Kind, Callable[[Any], str]] = {
            Kind.DAY: lambda value: day(date.fromisoformat(value)),
            Kind.MOMENT: lambda value: self.moment(datetime.fromisoformat(value)),
            Kind.TIME: lambda value: f"{time.fromisoformat(value):%H:%M}",
            Kind.YES: lambda value: "yes" if value else "no",
            Kind.CARD: _card,
            Kind.LINE: _line,
        } | {kind: _named(known) for kind, known in names.items()}

    def of(self, row: Row, columns: Sequence[Column]) -> tuple[str, ...]:
        """Write some values of a row."""
        return tuple(self._written(row, column) for column in columns)

    def moment(self, value: datetime) -> str:
        """Write a moment as it is on this person's clock."""
        there = value.astimezone(self._zone)
        return f"{day(there.date())}, {there:%H:%M}"

    def _written(self, row: Row, column: Column) -> str:
        value = row[column.name]
        if value is None or value == "":
            return NOTHING
        if column.kind is Kind.MONEY:
            return money(Money(Decimal(value).scaleb(-2), row["currency"]))
        way = self._ways.get(column.kind)
        if way is None:
            return printable("\n".join(_unfolded(value)))
        return printable(way(value))


def _named(known: Mapping[str, str]) -> Callable[[Any], str]:
    return lambda value: known.get(str(value), str(value))


def _card(value: object) -> str:
    """Write a card as the words on it."""
    with suppress(ValueError):
        return plain.of_card(load(json.dumps(value)), controls=False)
    return "\n".join(_unfolded(value))


def _line(value: object) -> str:
    """Write a line of the try page's chat: typed words, a card, a file by its name."""
    match value:
        case {"card": card, **rest}:
            return "\n".join(filter(None, (_card(card), str(rest.get("name", "")))))
        case {"text": said} | {"summary": said}:
            return str(said)
        case _:
            return str(value)


def _unfolded(value: object, depth: int = 0) -> Iterator[str]:
    """Write what has parts a line each, indented; what is not there, or isn't so, is left out."""
    margin = "    " * depth
    match value:
        case {"worth": worth, "known": bool(known)}:
            yield f"{margin}{worth}, {'known' if known else 'a guess'}"
        case dict():
            for key, inner in value.items():
                yield from _labelled(f"{margin}{str(key).replace('_', ' ')}", inner, depth)
        case list() if not any(isinstance(inner, dict | list) for inner in value):
            yield margin + ", ".join(map(str, value))
        case list():
            for number, inner in enumerate(value, 1):
                yield from _labelled(f"{margin}{number}", inner, depth)
        case _:
            yield f"{margin}{'yes' if value is True else value}"


def _labelled(label: str, inner: object, depth: int) -> Iterator[str]:
    if inner is None or inner is False or inner in ("", [], {}):
        return
    lines = list(_unfolded(inner, depth + 1))
    if len(lines) == 1:
        yield f"{label}: {lines[0].strip()}"
    else:
        yield f"{label}:"
        yield from lines
