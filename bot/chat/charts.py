"""A picture of numbers: what it means, not how it is drawn.

Only what every platform can draw: one series compared by bars, one or two side by side along an ordered
axis, a few lines along one, or the parts of a whole. What a platform can't draw is said in a sentence
and shown as a table.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Picture: TypeAlias = Literal["bars", "columns", "lines", "donut"]

# More lines, or more parts of a ring, can't be told apart.
SERIES_MAX = 6
PARTS_MAX = 6
# Two columns side by side are a full one and a hollow one; a third, or more places for them, no phone shows legibly.
PAIR = 2
PLACES_MAX = 12
# Stands in words and tables where a value isn't known.
GAP = "–"
# From here on a number is written by its first digits and its magnitude.
_LONG = 1e15
_SMALLEST, _GREATEST = 1e-100, 1e100


@dataclass(frozen=True, slots=True)
class Series:
    """What was measured, and one value for each label of its chart; None where it isn't known, which is no zero."""

    name: str
    values: tuple[float | None, ...]

    @property
    def known(self) -> tuple[float, ...]:
        """The values that are known."""
        return tuple(value for value in self.values if value is not None)

    @property
    def drawn(self) -> tuple[float, ...]:
        """The values, with a zero where a picture can't leave one out."""
        return tuple(value or 0 for value in self.values)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers. `says` tells in one sentence what it shows, for whoever can't see it.

    `bars` compares the values of one series; `columns` sets one or two beside each other along up to
    twelve `labels`, in their order, and alone may have gaps; `lines` follows up to six series along them;
    `donut` shows the parts of a whole. `axis` names what the labels are ("Week").
    """

    picture: Picture
    title: str
    says: str
    axis: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    empty: str = "Nothing to show yet."
    kind: Literal["chart"] = "chart"

    def __post_init__(self) -> None:
        """Refuse what could not be drawn truthfully."""
        values = [value for one in self.series for value in one.known]
        names = {one.name for one in self.series}
        most = {"lines": SERIES_MAX, "columns": PAIR}.get(self.picture, 1)
        if not 0 < len(self.series) <= most or len(names) < len(self.series):
            raise ValueError(f"{self.picture} show 1 to {most} series of different names")
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("every series of a chart needs one value per label")
        counts = self.picture in ("donut", "columns")
        if not all(map(_drawable, values)) or (counts and min(values, default=0) < 0):
            raise ValueError("a chart shows numbers of a size to draw, and the parts of a whole are not negative")
        if self.picture != "columns" and any(None in one.values for one in self.series):
            raise ValueError("only columns may have gaps")
        if self.picture == "columns" and len(self.labels) > PLACES_MAX:
            raise ValueError(f"columns have {PLACES_MAX} places at most")
        if not self.says.strip():
            raise ValueError("a chart needs a sentence for whoever can't see it")

    @property
    def drawn(self) -> Picture:
        """How to draw it: a ring of nothing, or of too many parts, tells less than bars."""
        if self.picture == "donut" and (len(self.labels) > PARTS_MAX or not any(self.series[0].known)):
            return "bars"
        return self.picture

    @property
    def caption(self) -> str:
        """The title, with the unit where there is one: `Gives with a get (%)`."""
        return f"{self.title} ({self.unit})" if self.unit.strip() else self.title

    @property
    def columns(self) -> tuple[str, ...]:
        """The names over its values in a table."""
        return (self.axis, *(one.name for one in self.series))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Its values as the rows of a table."""
        values = zip(*(one.values for one in self.series), strict=True)
        return tuple((label, *map(self.written, row)) for label, row in zip(self.labels, values, strict=True))

    @property
    def gaps(self) -> tuple[bool, ...]:
        """For each label, whether nothing at all is known there."""
        return tuple(
            all(value is None for value in row) for row in zip(*(one.values for one in self.series), strict=True)
        )

    @property
    def is_patchy(self) -> bool:
        """Whether of what stands side by side at a label, only one is known: no platform's own chart can say so."""
        rows = zip(*(one.values for one in self.series), strict=True)
        return any(None in row and any(value is not None for value in row) for row in rows)

    @property
    def whole(self) -> "Chart":
        """The same without the labels at which nothing is known: for a picture that would draw a zero there."""
        kept = [n for n, gap in enumerate(self.gaps) if not gap]
        series = tuple(replace(one, values=tuple(one.values[n] for n in kept)) for one in self.series)
        return replace(self, labels=tuple(self.labels[n] for n in kept), series=series)

    @property
    def told(self) -> str:
        """What it shows, and every value of it: for whoever is given a picture without a table beside it."""
        names = [one.name for one in self.series]
        rows = (
            f"{label}: {', '.join(f'{name} {value}' for name, value in zip(names, values, strict=True))}."
            for label, *values in self.rows
        )
        return " ".join((self.says, *rows))

    def written(self, value: float | None) -> str:
        """Write one of its values with the unit: `1,200 EUR`, `62%`; a dash where it isn't known."""
        if value is None:
            return GAP
        unit = self.unit.strip()
        space = "" if unit in ("", "%") else "\N{NO-BREAK SPACE}"
        return f"{number(value)}{space}{unit}"


def _drawable(value: float) -> bool:
    """Say whether one can reckon with it: not infinite, not "no number", nor near the ends of what a float holds."""
    return value == 0 or _SMALLEST < abs(value) < _GREATEST


def number(value: float) -> str:
    """Write a number for a reader: `1,200`, `0.5`, `-3`; a tiny or huge one by its first digits."""
    if value and not 1 <= abs(value) < _LONG:
        return f"{value:.3g}"
    return f"{value + 0.0:,.2f}".rstrip("0").rstrip(".")


def round_values(low: float, high: float) -> list[float]:
    """Give three to six round values that hold everything from `low` to `high`."""
    rough = (high - low or 1) / 3
    magnitude = 10 ** math.floor(math.log10(rough))
    step = next(magnitude * times for times in (1, 2, 5, 10) if magnitude * times >= rough)
    ends = math.floor(low / step), math.ceil((high - low or 1) / step + low / step)
    return [step * n for n in range(ends[0], ends[1] + 1)]


def plain(value: float) -> int | float:
    """Give a number as JSON is to hold it: a whole one without a decimal point."""
    return int(value) if float(value).is_integer() and abs(value) < _LONG else value
