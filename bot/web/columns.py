"""Columns side by side as SVG: one series full, the other hollow, a dash where nothing is known."""

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from bot.chat.charts import GAP, Chart, number, round_values
from bot.web.pen import LEGEND_COLUMNS, across, below, high, legend, plain, short, svg, written

_ABOVE, _PLOT, _BELOW = 22, 118, 26
_FOOT: Final = _ABOVE + _PLOT
# Of its place, in hundredths: what the columns take, and what parts two of them.
_SHARE: Final = 84
_BETWEEN: Final = 7
# So many characters all in all have room above the columns on a phone.
_ROOM: Final = 34
# How a column looks, by its series.
_LOOKS: Final = ("s0", "hollow l1")


def columns(chart: Chart) -> Markup:
    """Draw columns that have labels, with their key; every value stands in words inside, as in the table beside it."""
    most = max((value for one in chart.series for value in one.known), default=0) or 1
    ticks = [] if _is_roomy(chart) else round_values(0, most)[1:]
    top = max([most, *ticks])
    inner = (
        *(_tick(chart, tick, top) for tick in ticks),
        *(part for place in range(len(chart.labels)) for part in _place(chart, place, top)),
        Markup('<line class="rule zero" x2="100%" y1="{0}" y2="{0}"/>').format(_FOOT),
        *below(chart.labels, _FOOT + 18, newest=True),
    )
    drawn = svg(chart, "column-chart", high(_FOOT + _BELOW), inner, chart.told)
    return drawn + legend(_entries(chart)) if len(chart.series) > 1 else drawn


def _is_roomy(chart: Chart) -> bool:
    """Say whether every value has room above its column; else lines across tell how high they are."""
    longest = max((len(number(value)) for one in chart.series for value in one.known), default=1)
    return longest * len(chart.labels) * len(chart.series) <= _ROOM


def _tick(chart: Chart, tick: float, top: float) -> Markup:
    y = _FOOT - tick / top * _PLOT
    return Markup('<line class="rule" x2="100%" y1="{0}" y2="{0}"/><text class="small" y="{1}">{2}</text>').format(
        plain(y), plain(y - 4), written(chart, tick)
    )


def _place(chart: Chart, place: int, top: float) -> Iterator[Markup]:
    """Draw what stands side by side at a label."""
    middle, count = across(place, len(chart.labels)), len(chart.series)
    if chart.gaps[place]:
        yield _said(middle, _FOOT - 6, GAP, "small middle")
        return
    unit = 1 / len(chart.labels)
    step = _SHARE * unit / 2
    for n, one in enumerate(chart.series):
        value, at = one.values[place], middle + (n - (count - 1) / 2) * step
        up = (value or 0) / top * _PLOT
        if up:
            yield _column(n, at, step - _BETWEEN * unit, up)
        if value is None or _is_roomy(chart):
            yield _said(at, _FOOT - up - 5, GAP if value is None else number(value), "small middle")


def _column(series: int, middle: float, width: float, up: float) -> Markup:
    column = Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>')
    return column.format(_LOOKS[series], plain(middle - width / 2), plain(_FOOT - up), plain(width), plain(up))


def _said(at: float, down: float, text: str, looks: str) -> Markup:
    return Markup('<text class="{}" x="{}%" y="{}">{}</text>').format(looks, plain(at), plain(down), text)


def _entries(chart: Chart) -> Iterator[tuple[Markup, str, str]]:
    sample = Markup(
        '<svg width="18" height="16" aria-hidden="true"><rect class="{}" x="2" y="2" width="12" height="12"/></svg>'
    )
    return ((sample.format(_LOOKS[n]), short(one.name, LEGEND_COLUMNS), "") for n, one in enumerate(chart.series))
