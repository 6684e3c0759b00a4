"""A picture of numbers: what it means, not how it is drawn.

Only what every platform can draw: one series compared by bars, a few series along an ordered axis,
or the parts of a whole. What a platform can't draw is said in a sentence and shown as a table.
"""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

Picture: TypeAlias = Literal["bars", "lines", "donut"]

# More lines, or more parts of a ring, can't be told apart.
SERIES_MAX = 6
PARTS_MAX = 6
# From here on a number is written by its first digits and its magnitude.
_LONG = 1e15
_SMALLEST, _GREATEST = 1e-100, 1e100


@dataclass(frozen=True, slots=True)
class Series:
    """What was measured, and one value for each label of its chart."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers. `says` tells in one sentence what it shows, for whoever can't see it.

    `bars` compares the values of one series; `lines` follows up to six series along `labels`, in
    their order; `donut` shows the parts of a whole. `axis` names what the labels are ("Week").
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
        values = [value for one in self.series for value in one.values]
        names = {one.name for one in self.series}
        most = SERIES_MAX if self.picture == "lines" else 1
        if not 0 < len(self.series) <= most or len(names) < len(self.series):
            raise ValueError(f"{self.picture} show 1 to {most} series of different names")
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("every series of a chart needs one value per label")
        if not all(map(_drawable, values)) or (self.picture == "donut" and min(values, default=0) < 0):
            raise ValueError("a chart shows numbers of a size to draw, and the parts of a whole are not negative")
        if not self.says.strip():
            raise ValueError("a chart needs a sentence for whoever can't see it")

    @property
    def drawn(self) -> Picture:
        """How to draw it: a ring of nothing, or of too many parts, tells less than bars."""
        if self.picture == "donut" and (len(self.labels) > PARTS_MAX or not any(self.series[0].values)):
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

    def written(self, value: float) -> str:
        """Write one of its values with the unit: `1,200 EUR`, `62%`."""
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
