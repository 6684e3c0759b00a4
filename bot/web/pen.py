"""What charts are drawn with on the page: the frame, names below, the key, and texts that fit."""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from bot.chat.charts import Chart
from bot.chat.text import shorten, shown

LEGEND_COLUMNS: Final = 60
VALUE_COLUMNS: Final = 16
# Of so many places every one is named below, of more every second or third.
NAMES_BELOW: Final = 4
BELOW_COLUMNS: Final = 11
_BROAD: Final = frozenset("WM@%mw")
# Half of what a name takes below on a phone, in percent; a little may stand over.
_EDGE: Final = 7


def svg(chart: Chart, kind: str, size: Markup, inner: Iterable[Markup], says: str = "") -> Markup:
    """Frame a picture with its title and, for whoever can't see it, what it `says`."""
    return Markup('<svg class="{}" role="img" {}><title>{}</title><desc>{}</desc>\n{}</svg>').format(
        kind, size, shown(chart.caption), shown(says or chart.says), Markup("\n").join(inner)
    )


def high(pixels: int) -> Markup:
    """Say the size of a picture that is as wide as there is room."""
    return Markup('width="100%" height="{}"').format(pixels)


def across(n: int, count: int) -> float:
    """The middle of one of so many places side by side, in percent."""
    return (n + 0.5) / count * 100


def below(labels: Sequence[str], down: float, *, newest: bool = False) -> Iterator[Markup]:
    """Name a few places below a picture, so that names never run into each other; `newest`: the last for sure."""
    name = Markup('<text class="small {}" x="{}%" y="{}">{}</text>')
    every = math.ceil(len(labels) / NAMES_BELOW)
    for n in range((len(labels) - 1) % every if newest else 0, len(labels), every):
        side, at = _held(across(n, len(labels)))
        yield name.format(side, plain(at), plain(down), short(labels[n], BELOW_COLUMNS))


def _held(at: float) -> tuple[str, float]:
    """Keep a name inside the picture: how it is set, and where."""
    if at < _EDGE:
        return "start", 0
    return ("end", 100) if at > 100 - _EDGE else ("middle", at)


def legend(entries: Iterable[tuple[Markup, str, str]]) -> Markup:
    """List signs, each with its name and what is said after it."""
    row = Markup("<li>{}<span><bdi>{}</bdi>{}</span></li>\n")
    return Markup('<ul class="legend">\n{}</ul>').format(Markup().join(row.format(*entry) for entry in entries))


def short(text: str, columns: int) -> str:
    """Fit a text into so many columns of one line; a wide script, or one of broad letters, takes two for each."""
    line = " ".join(shown(text).split())
    broad = sum(character in _BROAD for character in line) * 2 > len(line)
    wide = broad or any(unicodedata.east_asian_width(character) in "WF" for character in line)
    return shorten(line, columns // 2 if wide else columns)


def written(chart: Chart, value: float) -> str:
    """Write a value with its unit, as far as it fits beside what is drawn."""
    return short(chart.written(value), VALUE_COLUMNS)


def plain(value: float) -> str:
    """Write a place or a length as SVG takes it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
