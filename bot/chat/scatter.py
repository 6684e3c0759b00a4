"""Every agreement two sides could make, by what it is worth to each: what it means, not how it is drawn.

It shows where the rep would walk away. So it is private: no act that others read may carry it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.chat.charts import number

Point: TypeAlias = tuple[float, float]

POINTS_MAX: Final = 2000
MARKS_MAX: Final = 6
# Worth is counted in points of a scoring table; this is far beyond any, and still safe to reckon with.
WORTH_MAX: Final = 1e6
# How finely neighbours are told apart where there are too many points, finest first. The last always suffices.
_CELLS: Final = (160, 120, 90, 70, 55, 44)

POSSIBLE: Final = "A possible deal"
FRONTIER: Final = "None better for both"
HERE: Final = "Today's offer"
CLOSED: Final = "No better than no deal, for one side"
WALK_AWAY: Final = "Your walk-away"
THEIR_LIMIT: Final = "Their limit"


@dataclass(frozen=True, slots=True)
class Mark:
    """A package: one capital letter to stand in the picture, its name beside it, its worth to us and to them.

    The name is empty where the card tells elsewhere what the letter stands for, and what it is worth.
    """

    label: str
    name: str
    x: float
    y: float

    @property
    def point(self) -> Point:
        """Its place."""
        return self.x, self.y


@dataclass(frozen=True, slots=True)
class Scatter:
    """All possible agreements as points, worth to us `across`, worth to them `up`. Private to the rep.

    `frontier` are those that nothing beats for both, in the order of their worth to us; `marks` the packages to
    offer, `here` today's offer. Left of `walk_away` no deal is better for us, below `their_limit` for them.
    `says` tells in one sentence what it shows, for whoever can't see it.
    """

    title: str
    says: str
    across: str
    up: str
    points: tuple[Point, ...]
    frontier: tuple[Point, ...] = ()
    marks: tuple[Mark, ...] = ()
    here: Point | None = None
    walk_away: float | None = None
    their_limit: float | None = None
    empty: str = "Nothing to show yet."
    kind: Literal["scatter"] = "scatter"

    def __post_init__(self) -> None:
        """Refuse what could not be drawn truthfully."""
        if not all(-WORTH_MAX <= worth <= WORTH_MAX for worth in (*self.worths(0), *self.worths(1))):
            raise ValueError("a scatter shows worths of a size to draw")
        if not self.points and (self.worths(0) or self.worths(1)):
            raise ValueError("an empty scatter has nothing to mark")
        if len(self.points) > POINTS_MAX or len(set(self.points)) < len(self.points):
            raise ValueError(f"a scatter shows up to {POINTS_MAX} different points: `thinned` makes them so")
        if list(self.frontier) != sorted(self.frontier):
            raise ValueError("the frontier goes from left to right")
        letters = {mark.label for mark in self.marks if len(mark.label) == 1 and "A" <= mark.label <= "Z"}
        if not len(letters) == len(self.marks) <= MARKS_MAX:
            raise ValueError(f"up to {MARKS_MAX} packages are told apart by capital letters")
        if not self.says.strip():
            raise ValueError("a scatter needs a sentence for whoever can't see it")

    def worths(self, side: Literal[0, 1]) -> tuple[float, ...]:
        """Every worth there is to draw, ours (0) or theirs (1)."""
        points = (
            *self.points,
            *self.frontier,
            *(mark.point for mark in self.marks),
            *([self.here] if self.here else ()),
        )
        limit = (self.walk_away, self.their_limit)[side]
        return (*(point[side] for point in points), *(() if limit is None else (limit,)))

    @property
    def key(self) -> str:
        """What the signs of a picture mean, for where it has no legend of its own."""
        signs = (
            ("Dot", POSSIBLE, True),
            ("Line", FRONTIER, bool(self.frontier)),
            ("Diamond", HERE, self.here is not None),
            ("Shaded", CLOSED, self.bounded),
            ("Letter", "A package", bool(self.marks)),
        )
        return " · ".join(f"{sign}: {meaning.lower()}" for sign, meaning, there in signs if there)

    @property
    def bounded(self) -> bool:
        """Whether a side has a limit beyond which no deal is better."""
        return (self.walk_away, self.their_limit) != (None, None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names over its values in a table."""
        return ("Package", self.across, self.up)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The packages as the rows of a table, then today's offer and the limits; none where the card tells them."""
        if self.marks and not any(mark.name for mark in self.marks):
            return ()
        rows = [(f"{mark.label}: {mark.name}", number(mark.x), number(mark.y)) for mark in self.marks]
        if self.here:
            rows.append((HERE, number(self.here[0]), number(self.here[1])))
        if self.walk_away is not None:
            rows.append((WALK_AWAY, number(self.walk_away), ""))
        if self.their_limit is not None:
            rows.append((THEIR_LIMIT, "", number(self.their_limit)))
        return tuple(rows)


def thinned(points: Iterable[Point]) -> tuple[Point, ...]:
    """Give the different points in order; of too many, one for each neighbourhood, always the same ones."""
    kept = sorted(set(points))
    for cells in _CELLS:
        if len(kept) <= POINTS_MAX:
            break
        kept = _one_a_cell(kept, cells)
    return tuple(kept)


def _one_a_cell(points: list[Point], cells: int) -> list[Point]:
    lows = [min(point[side] for point in points) for side in (0, 1)]
    spans = [max(point[side] for point in points) - low or 1 for side, low in enumerate(lows)]
    first: dict[tuple[int, ...], Point] = {}
    for point in points:
        first.setdefault(tuple(int((point[n] - lows[n]) / spans[n] * (cells - 1)) for n in (0, 1)), point)
    return list(first.values())
