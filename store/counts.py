"""What the members of a team did in a period, in numbers: one statement for each kind, however many they are."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, Table, and_, bindparam, func, literal_column

from bot.coach.digest import Counted
from bot.coach.payoffs import Payoff
from bot.coach.promises import State
from bot.coach.teams import Count, Period
from bot.coach.tradables import Side
from store.access import Scope, select_mine
from store.tables import CHECK_INS, CONCESSIONS, PAYOFFS, PROMISES
from store.team_access import count_members, select_counted


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows to count: those within the period, by the names of their numbers in `Counted`."""

    of: Count
    table: Table
    within: ColumnElement[bool]
    numbers: Mapping[str, ColumnElement[bool]]

    def of_members(self) -> Select[Any]:
        return count_members(self.table, self.of, *self._sums()).where(self.within)

    def of_mine(self) -> Select[Any]:
        return select_mine(*self._sums(), of=self.table).where(self.within)

    def _sums(self) -> list[ColumnElement[Any]]:
        return [func.count().filter(which).label(name) for name, which in self.numbers.items()]


def _on(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(column >= bindparam("from_day"), column < bindparam("to_day"))


_GIVE: Final = CONCESSIONS.c.side == Side.GIVE.value
_KEPT: Final = PROMISES.c.state == State.KEPT.value
# Each reads one range of one index that holds all it looks at.
_KINDS: Final = (
    _Kind(
        Count.PROMISES,
        PROMISES,
        _on(PROMISES.c.settled_on),
        {
            "promises_kept": and_(_KEPT, PROMISES.c.settled_on <= PROMISES.c.due),
            "promises_late": and_(_KEPT, PROMISES.c.settled_on > PROMISES.c.due),
        },
    ),
    # With the predicate as a literal: only so both databases see that the partial index fits.
    _Kind(
        Count.PROMISES,
        PROMISES,
        and_(literal_column("promises.state = 'open'"), _on(PROMISES.c.due)),
        {"promises_due": PROMISES.c.due.is_not(None)},
    ),
    _Kind(
        Count.CHECK_INS,
        CHECK_INS,
        _on(CHECK_INS.c.on_day),
        {what: CHECK_INS.c.outcome == what for what in ("done", "snoozed", "skipped")},
    ),
    _Kind(
        Count.TRADES,
        CONCESSIONS,
        and_(CONCESSIONS.c.at >= bindparam("from_at"), CONCESSIONS.c.at < bindparam("to_at")),
        {
            "gives": _GIVE,
            "gives_with_get": and_(_GIVE, CONCESSIONS.c.paired != ""),
            "gets": CONCESSIONS.c.side == Side.GET.value,
        },
    ),
    _Kind(
        Count.PAYOFFS,
        PAYOFFS,
        _on(PAYOFFS.c.on_day),
        {f"{kind}s": PAYOFFS.c.kind == kind.value for kind in Payoff},
    ),
)
_MEMBERS: Final = select_counted()
_OF_TEAM: Final = tuple(kind.of_members() for kind in _KINDS)
_OF_MINE: Final = tuple(kind.of_mine() for kind in _KINDS)


class Counts:
    """What a team's members did, and what this person did."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def of_team(self, team_id: str, period: Period, zone: str) -> list[Counted]:
        """Count what each in a team did, without what they withheld; none to who isn't in it.

        Nobody is named, and the order says nothing. What was noted at a moment belongs to its day in `zone`, an IANA
        name; everything else to the local day of whoever noted it.
        """
        values = {"this_team": team_id, **_within(period, zone)}
        found: dict[str, dict[str, int]] = {row.owner: {} for row in self._scope.run(_MEMBERS, **values)}
        for query in _OF_TEAM:
            for row in self._scope.run(query, **values):
                numbers = _numbers(row)
                # Who joins while this counts has their part in the next digest.
                found.get(numbers.pop("owner"), {}).update(numbers)
        return sorted((Counted(**numbers) for numbers in found.values()), key=astuple)

    def mine(self, period: Period, zone: str) -> Counted:
        """Count what I did, also what I withhold."""
        numbers: dict[str, int] = {}
        for query in _OF_MINE:
            numbers |= _numbers(self._scope.run(query, **_within(period, zone)).one())
        return Counted(**numbers)


def _numbers(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001  SQLAlchemy's documented name


def _within(period: Period, zone: str) -> dict[str, object]:
    return {
        "from_day": period.starts,
        "to_day": period.ends,
        "from_at": _midnight(period.starts, zone),
        "to_at": _midnight(period.ends, zone),
    }


def _midnight(day: date, zone: str) -> datetime:
    """When that local date begins, in UTC; where the clocks skip midnight, as much later as they skip."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
