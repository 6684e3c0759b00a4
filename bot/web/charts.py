"""Charts as SVG: pure functions, coloured by the page's own variables.

Text never scales with the picture, so it reads on a phone as well: places across are percentages,
places down are pixels. Nothing is told by colour alone: bars carry their values, columns are full
or hollow, lines have their own shapes and dashes, parts of a ring their own texture. All values stand
in the table beside it.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from markupsafe import Markup

from bot.chat.charts import Chart, round_values
from bot.web.columns import columns
from bot.web.pen import LEGEND_COLUMNS, across, below, high, legend, plain, short, svg, written

BARS_MAX: Final = 20
NAME_COLUMNS: Final = 24
# Values stand at the points of one line as long as they have room on a phone.
LABELLED_POINTS: Final = 6
_ROW, _PLOT, _ABOVE, _BELOW = 46, 150, 26, 26
_RADIUS = 38
_GAP = 0.006

_SHAPES: Final = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
    "M-4-4h8v8h-8z",
    "M0-5L5 4H-5z",
    "M0-6L5 0L0 6L-5 0z",
    "M0 5L5-4H-5z",
    "M-6-2h4v-4h4v4h4v4h-4v4h-4v-4h-4z",
)
_DASHES: Final = ("", "7 4", "2 4", "10 3 2 3", "4 2", "14 5")
# What is laid over a part of the ring, in the colour of the card: how wide, and how dashed.
_TEXTURES: Final = ((0, ""), (18, "1.4 4"), (3, ""), (18, "4 4"), (6, "3 3"), (10, ""))


def picture(chart: Chart) -> Markup:
    """Draw a chart that has labels, with its key where it needs one."""
    match chart.drawn:
        case "bars":
            return _bars(chart)
        case "columns":
            return columns(chart)
        case "lines":
            return _lines(chart)
        case "donut":
            return _donut(chart)
    assert_never(chart.drawn)


def _bars(chart: Chart) -> Markup:
    """One row a value: its name and the value in a line, the bar below."""
    values = chart.series[0].drawn[:BARS_MAX]
    low, top = min(0, *values), max(0, *values)
    span = top - low or 1
    zero = -low / span * 100
    rows = [_bar(chart, n, value, zero, value / span * 100) for n, value in enumerate(values)]
    axis = [_rule(zero, len(values) * _ROW)] if low < 0 else []
    more = len(chart.labels) - len(values)
    note = Markup('<p class="quiet">The first {} are drawn; {} more are in the table.</p>').format(len(values), more)
    drawn = svg(chart, "bar-chart", high(len(values) * _ROW), [*rows, *axis])
    return drawn + note if more else drawn


def _bar(chart: Chart, n: int, value: float, zero: float, width: float) -> Markup:
    row = Markup(
        '<text y="{}">{}</text><text class="value" x="100%" y="{}">{}</text>'
        '<rect class="rail-bar" y="{}" width="100%" height="12" rx="3"/>'
        '<rect class="s0" x="{}%" y="{}" width="{}%" height="12" rx="3"/>'
    )
    top, left = n * _ROW, zero + min(0, width)
    name = short(chart.labels[n], NAME_COLUMNS)
    said = written(chart, value)
    return row.format(top + 15, name, top + 15, said, top + 22, plain(left), top + 22, plain(abs(width)))


def _rule(across: float, height: int) -> Markup:
    return Markup('<line class="rule" x1="{0}%" x2="{0}%" y2="{1}"/>').format(plain(across), height)


def _lines(chart: Chart) -> Markup:
    values = [value for one in chart.series for value in one.drawn]
    ticks = round_values(min(0, *values), max(0, *values))
    inner = (
        *(_tick(chart, tick, ticks) for tick in ticks),
        *below(chart.labels, _ABOVE + _PLOT + 18),
        _strokes(chart, ticks),
        *(_points(n, one.drawn, ticks) for n, one in enumerate(chart.series)),
        *_said(chart, ticks),
    )
    drawn = svg(chart, "line-chart", high(_ABOVE + _PLOT + _BELOW), inner)
    return drawn + legend(_line_entries(chart)) if len(chart.series) > 1 else drawn


def _down(value: float, ticks: Sequence[float]) -> float:
    return _ABOVE + _PLOT * (1 - (value - ticks[0]) / (ticks[-1] - ticks[0]))


def _tick(chart: Chart, tick: float, ticks: Sequence[float]) -> Markup:
    y = _down(tick, ticks)
    return Markup('<line class="{}" x2="100%" y1="{}" y2="{}"/><text class="small" y="{}">{}</text>').format(
        "rule" if tick else "rule zero", plain(y), plain(y), plain(y - 4), written(chart, tick)
    )


def _strokes(chart: Chart, ticks: Sequence[float]) -> Markup:
    """Stretch the lines to the width there is, without stretching their strokes."""
    stroke = Markup('<polyline class="l{}" points="{}" stroke-dasharray="{}" vector-effect="non-scaling-stroke"/>')
    places = (_places(one.drawn, ticks) for one in chart.series)
    strokes = (stroke.format(n, " ".join(found), _DASHES[n]) for n, found in enumerate(places))
    frame = Markup('<svg width="100%" height="{0}" viewBox="0 0 100 {0}" preserveAspectRatio="none">{1}</svg>')
    return frame.format(_ABOVE + _PLOT + _BELOW, Markup().join(strokes))


def _places(values: Sequence[float], ticks: Sequence[float]) -> Iterator[str]:
    return (f"{plain(across(n, len(values)))},{plain(_down(value, ticks))}" for n, value in enumerate(values))


def _points(series: int, values: Sequence[float], ticks: Sequence[float]) -> Markup:
    """Mark the points with the shape of their line; of many, every few."""
    shape = Markup('<svg x="{}%" y="{}" overflow="visible"><path class="s{}" d="{}"/></svg>')
    every = math.ceil(len(values) / 20)
    return Markup().join(
        shape.format(plain(across(n, len(values))), plain(_down(values[n], ticks)), series, _SHAPES[series])
        for n in range(0, len(values), every)
    )


def _said(chart: Chart, ticks: Sequence[float]) -> Iterator[Markup]:
    """Write the values at the points of a single short line."""
    if len(chart.series) > 1 or len(chart.labels) > LABELLED_POINTS:
        return
    for n, value in enumerate(chart.series[0].drawn):
        place, down = across(n, len(chart.labels)), _down(value, ticks) - 10
        yield Markup('<text class="middle" x="{}%" y="{}">{}</text>').format(
            plain(place), plain(down), written(chart, value)
        )


def _line_entries(chart: Chart) -> Iterator[tuple[Markup, str, str]]:
    sample = Markup(
        '<svg width="36" height="14" aria-hidden="true"><path class="sample l{0}" d="M0 7h36" stroke-dasharray="{1}"/>'
        '<svg x="18" y="7" overflow="visible"><path class="s{0}" d="{2}"/></svg></svg>'
    )
    for n, one in enumerate(chart.series):
        yield sample.format(n, _DASHES[n], _SHAPES[n]), short(one.name, LEGEND_COLUMNS), ""


def _donut(chart: Chart) -> Markup:
    total = math.fsum(chart.series[0].drawn)
    start = 0.0
    parts = []
    for n, value in enumerate(chart.series[0].drawn):
        parts += [_part(n, start, start + value / total)] if value else []
        start += value / total
    middle = written(chart, total)
    size = "total" if len(middle) <= 6 else "total long"  # noqa: PLR2004 - what fits into the hole at full size
    inner = [*parts, Markup('<text class="{}" y="5">{}</text>').format(size, middle)]
    entries = _part_entries(chart, total)
    ring = svg(chart, "ring", Markup('viewBox="-50 -50 100 100" width="152" height="152"'), inner)
    return Markup('<div class="donut">{}{}</div>').format(ring, legend(entries))


def _part(n: int, start: float, end: float) -> Markup:
    """Draw an arc from one share of the ring to another, and its texture over it."""
    whole = end - start > 1 - _GAP
    ends = [(start, (start + end) / 2), ((start + end) / 2, end)] if whole else [(start, max(end - _GAP, start + _GAP))]
    path = " ".join(_arc(*one) for one in ends)
    wide, dashes = _TEXTURES[n]
    over = Markup('<path class="over" d="{}" stroke-width="{}" stroke-dasharray="{}"/>').format(path, wide, dashes)
    return Markup('<path class="l{}" d="{}" stroke-width="18"/>').format(n, path) + (over if wide else "")


def _arc(start: float, end: float) -> str:
    (x, y), (to_x, to_y) = _on_ring(start), _on_ring(end)
    return f"M{x} {y}A{_RADIUS} {_RADIUS} 0 {int(end - start > 1 / 2)} 1 {to_x} {to_y}"


def _on_ring(share: float) -> tuple[str, str]:
    turn = 2 * math.pi * share
    return plain(_RADIUS * math.sin(turn)), plain(-_RADIUS * math.cos(turn))


def _part_entries(chart: Chart, total: float) -> Iterator[tuple[Markup, str, str]]:
    sample = Markup(
        '<svg width="36" height="18" aria-hidden="true"><path class="l{0}" d="M0 9h36" stroke-width="18"/>'
        '<path class="over" d="M0 9h36" stroke-width="{1}" stroke-dasharray="{2}"/></svg>'
    )
    for n, (label, value) in enumerate(zip(chart.labels, chart.series[0].drawn, strict=True)):
        share = "" if chart.unit == "%" else f" ({value / total:.0%})"
        yield sample.format(n, *_TEXTURES[n]), short(label, LEGEND_COLUMNS), f": {written(chart, value)}{share}"
