"""Where everything of a scatter stands on a canvas: the geometry that whoever draws one shares."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.chat.charts import number, round_values
from bot.chat.scatter import Mark, Point, Scatter

# Left free around what is drawn, as a share of the span.
_MARGIN: Final = 0.05
_FLAT: Final = 1e-3
_THOUSANDS: Final = 10_000
# Where a badge goes that finds its own place taken: so many radii away, in one of these directions.
_REACHES: Final = (2.7, 4.0, 5.4, 7.0)
_TURNS: Final = tuple(math.radians(degrees) for degrees in (-45, 45, 135, -135, -90, 0, 90, 180))


@dataclass(frozen=True, slots=True)
class Canvas:
    """The edges of the plot and the radius of a badge, in pixels from the upper left."""

    left: int
    right: int
    top: int
    bottom: int
    badge: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A round value on an axis, and its pixel along that axis."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Badge:
    """A package's letter, drawn around `centre`; where that is not its own `place`, a line leads there."""

    label: str
    place: Point
    centre: Point


@dataclass(frozen=True, slots=True)
class Plot:
    """A scatter in pixels. `dots` are the points off the frontier, rounded to the grain asked for, each place once."""

    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    dots: tuple[tuple[int, int], ...]
    frontier: tuple[Point, ...]
    badges: tuple[Badge, ...]
    here: Point | None
    walk_away: float | None
    their_limit: float | None


class _Scale:
    """Worth -> pixels, along one axis."""

    def __init__(self, worths: Sequence[float], start: int, end: int) -> None:
        low, high = min(worths), max(worths)
        margin = (high - low) * _MARGIN if high - low > _FLAT else 1
        self._low, self._span = low - margin, high - low + 2 * margin
        self._start, self._length = start, end - start

    def __call__(self, worth: float) -> float:
        return round(self._start + (worth - self._low) / self._span * self._length, 1)

    def ticks(self) -> Iterator[Tick]:
        for value in round_values(self._low, self._low + self._span):
            if self._low <= value <= self._low + self._span:
                yield Tick(_brief(value), self(value))


def _brief(value: float) -> str:
    """Write a round value in a few columns: `-250`, `0.5`, `20k`."""
    return number(value) if abs(value) < _THOUSANDS else f"{value / 1000:,.0f}k"


def plot(scatter: Scatter, canvas: Canvas, grain: int = 1) -> Plot:
    """Place everything of a scatter that has points; `grain` is the distance in pixels at which dots are told apart."""
    x = _Scale(scatter.worths(0), canvas.left, canvas.right)
    y = _Scale(scatter.worths(1), canvas.bottom, canvas.top)

    def place(point: Point) -> Point:
        return x(point[0]), y(point[1])

    plain = set(scatter.points).difference(scatter.frontier)
    here = place(scatter.here) if scatter.here else None
    walk_away = None if scatter.walk_away is None else x(scatter.walk_away)
    their_limit = None if scatter.their_limit is None else y(scatter.their_limit)
    agreeable = replace(canvas, left=math.ceil(walk_away or canvas.left), bottom=int(their_limit or canvas.bottom))
    marks = [(mark, place(mark.point)) for mark in scatter.marks]
    return Plot(
        across=tuple(x.ticks()),
        up=tuple(y.ticks()),
        dots=tuple(_rounded(map(place, sorted(plain)), grain)),
        frontier=tuple(map(place, scatter.frontier)),
        badges=tuple(_badges(marks, here, canvas, agreeable)),
        here=here,
        walk_away=walk_away,
        their_limit=their_limit,
    )


def side(at: float, canvas: Canvas) -> Literal["start", "middle", "end"]:
    """Say how a short text at this pixel across is set, so that it stays inside the plot."""
    third = (canvas.right - canvas.left) / 3
    if at < canvas.left + third:
        return "start"
    return "end" if at > canvas.right - third else "middle"


def _rounded(places: Iterable[Point], grain: int) -> Iterator[tuple[int, int]]:
    yield from dict.fromkeys((round(x / grain) * grain, round(y / grain) * grain) for x, y in places)


def _badges(
    marks: Iterable[tuple[Mark, Point]], here: Point | None, canvas: Canvas, agreeable: Canvas
) -> Iterator[Badge]:
    """Put each badge on its place, or as near as there is room: none hides another, nor today's offer.

    What is `agreeable` stays within both limits: a letter that moved over a line would say the wrong thing.
    """
    taken = [here] if here else []
    for mark, at in marks:
        both = at[0] >= agreeable.left and at[1] <= agreeable.bottom
        centre = _free(at, taken, agreeable if both else canvas)
        taken.append(centre)
        yield Badge(mark.label, at, centre)


def _free(at: Point, taken: Sequence[Point], canvas: Canvas) -> Point:
    """Find the nearest room for a badge; of several at one distance, the furthest from the others."""

    def apart(centre: Point) -> float:
        return min((math.dist(centre, other) for other in taken), default=math.inf)

    for ring in ([at], *(_ring(at, reach * canvas.badge, canvas) for reach in _REACHES)):
        best = max(ring, key=apart, default=at)
        if ring and apart(best) > 2 * canvas.badge:
            return best
    return at


def _ring(at: Point, far: float, canvas: Canvas) -> list[Point]:
    around = ((round(at[0] + far * math.cos(turn), 1), round(at[1] + far * math.sin(turn), 1)) for turn in _TURNS)
    edge = canvas.badge
    return [
        (x, y)
        for x, y in around
        if canvas.left + edge <= x <= canvas.right - edge and canvas.top + edge <= y <= canvas.bottom - edge
    ]
