"""Who moved, and what it was worth: the lines of a deal's log, concessions given for nothing, and the balance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.coach.agreements import Number
from bot.coach.plans import Estimate
from bot.coach.scoring import POINTS
from bot.coach.tradables import Side, Tradable


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """One line of a deal's log, noted at the moment `at`, in UTC.

    Of a give, `ours` is what it costs us and `theirs` what it is worth to them; of a get, the other way
    round, as in a plan; None: nobody said. `entry` is the id of the plan's line it came from, and `paired` the
    id of the concession it was traded for; empty where there is none.
    """

    id: str
    deal_id: str
    side: Side
    tradable: Tradable
    ours: Estimate | None = None
    theirs: Estimate | None = None
    entry: str = ""
    paired: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Gives and gets counted and added up, in points, all at or above 0."""

    gives: int
    gets: int
    matched: int
    """Gives that were traded for a get of their own."""
    cost_to_us: int
    """Of what we gave."""
    worth_to_them: int
    """Of what we gave."""
    worth_to_us: int
    """Of what we got."""
    cost_to_them: int
    """Of what we got."""

    @property
    def naked(self) -> int:
        """Gives that nothing has come back for."""
        return self.gives - self.matched


def naked(before: Mapping[str, Number], after: Mapping[str, Number]) -> bool:
    """Tell whether a step gave something for nothing: our points fall and on no issue do they rise.

    Both are our points by issue; an issue that isn't named is worth 0.
    """
    changes = [float(after.get(issue, 0)) - float(before.get(issue, 0)) for issue in before.keys() | after.keys()]
    return any(change < 0 for change in changes) and not any(change > 0 for change in changes)


def partners(log: Iterable[Concession]) -> tuple[tuple[Concession, Concession], ...]:
    """Match gives with gets that are both still without a partner, each side in the order of the log."""
    lone = [one for one in log if not one.paired]
    gives = (one for one in lone if one.side is Side.GIVE)
    gets = (one for one in lone if one.side is Side.GET)
    return tuple(zip(gives, gets, strict=False))


def balance(log: Iterable[Concession]) -> Balance:
    """Add up the moves of both sides; what nobody put a worth on counts without points."""
    lines = list(log)
    gives = [one for one in lines if one.side is Side.GIVE]
    gets = [one for one in lines if one.side is Side.GET]
    return Balance(
        gives=len(gives),
        gets=len(gets),
        matched=sum(bool(one.paired) for one in gives),
        cost_to_us=_points(one.ours for one in gives),
        worth_to_them=_points(one.theirs for one in gives),
        worth_to_us=_points(one.ours for one in gets),
        cost_to_them=_points(one.theirs for one in gets),
    )


def _points(estimates: Iterable[Estimate | None]) -> int:
    return sum(POINTS[one.worth] for one in estimates if one)
