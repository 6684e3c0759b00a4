"""Every agreement there could be, and what each is worth to either side: additive points over scoring tables."""

import itertools
import math
import sys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeAlias, TypeVar

Number: TypeAlias = int | float | Decimal
Option = TypeVar("Option", bound=Hashable)

# More than this would take hundreds of megabytes, and keep a conversation waiting.
MOST = 250_000
LARGEST = 1e100
# Of the largest sum in a table: far above what adding floats loses, far below what anyone means by a point.
TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Agreements(Generic[Option]):
    """One option for each issue, in every combination, known by its place; the last issue changes fastest.

    `ours` and `theirs` are the sums of points, place by place.
    """

    issues: Mapping[str, Sequence[Option]]
    ours: Sequence[Number]
    theirs: Sequence[Number]

    def __len__(self) -> int:
        """How many agreements there are: one, of nothing, where there is no issue."""
        return len(self.ours)

    def __getitem__(self, place: int) -> dict[str, Option]:
        """Build the agreement at a place."""
        found: dict[str, Option] = {}
        for issue, options in reversed([*self.issues.items()]):
            place, option = divmod(place, len(options))
            found[issue] = options[option]
        return {issue: found[issue] for issue in self.issues}

    def __iter__(self) -> Iterator[dict[str, Option]]:
        """Build one after the other."""
        for options in itertools.product(*self.issues.values()):
            yield dict(zip(self.issues, options, strict=True))


@dataclass(frozen=True, slots=True)
class Scores:
    """What each agreement is worth to one side, ready to be compared, and where that side's reservation point lies.

    Whole numbers are exact and `slack` is 0. Others are floats in which what differs by no more than a
    tolerance has been made equal, so that 0.1 + 0.2 and 0.3 tie; a gain may be off by `slack`.
    """

    values: Sequence[int | float]
    reserve: int | float
    slack: int | float

    def gain(self, place: int) -> int | float:
        """How far an agreement lies above the reservation point."""
        return self.values[place] - self.reserve

    @property
    def enough(self) -> int | float:
        """The least value that counts as no worse than the reservation point."""
        return self.reserve - self.slack


def agreements(
    issues: Mapping[str, Sequence[Option]],
    ours: Mapping[str, Mapping[Option, Number]],
    theirs: Mapping[str, Mapping[Option, Number]],
) -> Agreements[Option]:
    """Combine the options of all issues and add up their points.

    Raises ValueError for an issue without options or with one named twice, for an option without
    points, for points that are no number or beyond 10**100, and for more than 250,000 agreements.
    """
    for issue, options in issues.items():
        if not options:
            raise ValueError(f"The issue {issue!r} has no options.")
        if len(set(options)) < len(options):
            raise ValueError(f"The issue {issue!r} names an option twice.")
    count = math.prod(len(options) for options in issues.values())
    if count > MOST:
        raise ValueError(f"{count:,} agreements are more than {MOST:,}: leave out an issue or some options.")
    return Agreements(issues, _totals(issues, ours), _totals(issues, theirs))


def scores(totals: Sequence[Number], reserve: Number) -> Scores:
    """Make sums of points comparable. Raises ValueError for a reservation point that is no number."""
    _check(reserve, "A reservation point")
    whole = [total for total in totals if isinstance(total, int)]
    if isinstance(reserve, int) and len(whole) == len(totals):
        return Scores(whole, reserve, 0)
    floats = [float(total) for total in totals]
    tolerance = TOLERANCE * max(map(abs, floats))
    rounding = sys.float_info.epsilon * abs(float(reserve))
    return Scores(_snapped(floats, tolerance), float(reserve), tolerance + rounding)


def rational(ours: Scores, theirs: Scores) -> list[int]:
    """Find the places that leave neither side below its reservation point."""
    both = enumerate(zip(ours.values, theirs.values, strict=True))
    mine, other = ours.enough, theirs.enough
    return [place for place, (us, them) in both if us >= mine and them >= other]


def frontier(ours: Scores, theirs: Scores, places: Sequence[int]) -> list[int]:
    """Keep the places that no other of them dominates: better for one side and no worse for the other (Pareto).

    In the order of what they are worth to us, least first. O(n log n).
    """
    best: dict[int | float, int | float] = {}
    for place in places:
        mine, other = ours.values[place], theirs.values[place]
        if other >= best.get(mine, other):
            best[mine] = other
    kept, top = {}, -math.inf
    for mine in sorted(best, reverse=True):
        if best[mine] > top:
            kept[mine] = top = best[mine]
    found = [place for place in places if kept.get(ours.values[place]) == theirs.values[place]]
    return sorted(found, key=ours.values.__getitem__)


def _check(number: object, whose: str) -> None:
    """Raise ValueError unless it is a number to reckon with."""
    try:
        usable = isinstance(number, int | float | Decimal) and abs(float(number)) <= LARGEST
    except (OverflowError, ValueError):
        usable = False
    if not usable:
        raise ValueError(f"{whose} must be a number, neither infinite nor beyond 1e100: {str(number)[:40]!r} is not.")


def _totals(issues: Mapping[str, Sequence[Option]], points: Mapping[str, Mapping[Option, Number]]) -> list[Number]:
    """Add issue by issue, so that sums shared by many agreements are taken once."""
    rows = [[_points(points, issue, option) for option in options] for issue, options in issues.items()]
    kinds = {type(number) for row in rows for number in row}
    if float in kinds and Decimal in kinds:
        rows = [[float(number) for number in row] for row in rows]
    totals: list[Number] = [0]
    for row in rows:
        totals = [total + number for total in totals for number in row]  # type: ignore[operator]
    return totals


def _points(points: Mapping[str, Mapping[Option, Number]], issue: str, option: Option) -> Number:
    row = points.get(issue, {})
    if option not in row:
        raise ValueError(f"The option {option!r} of the issue {issue!r} has no points.")
    _check(row[option], f"The points of {option!r} in {issue!r}")
    return row[option]


def _snapped(values: Sequence[float], tolerance: float) -> list[float]:
    """Make one of what lies within the tolerance."""
    stands_for: dict[float, float] = {}
    base = -math.inf
    for value in sorted(set(values)):
        if value - base > tolerance:
            base = value
        stands_for[value] = base
    return [stands_for[value] for value in values]
