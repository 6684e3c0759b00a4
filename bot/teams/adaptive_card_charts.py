"""Chart -> Adaptive Card charts, with a table for the clients that draw none (phones, at present); columns are painted.

The charts are Teams' own extension of Adaptive Cards 1.5: https://adaptivecards.microsoft.com
"""

from base64 import b64encode
from collections.abc import Iterator
from typing import Final, assert_never

from bot.chat.cards import Run, Table
from bot.chat.charts import Chart, plain
from bot.chat.text import shown, units
from bot.drawing import columns_png
from bot.teams.adaptive_card_scatter import ALT_TEXT_MAX
from bot.teams.adaptive_card_tables import tables
from bot.teams.elements import Json, label, rich, size_of

# Above these a chart can't be read, or its table doesn't fit beside it; Teams itself names no limits.
POINTS_MAX: Final = 40
LABEL_MAX: Final = 40
TITLE_MAX: Final = 200
FALLBACK_BYTES: Final = 16_000


def charts(chart: Chart) -> Iterator[Json]:
    """Write a chart with the sentence that says what it shows; what can't be drawn becomes a table."""
    yield from rich((Run(chart.caption, strong=True),))
    if not chart.labels:
        yield from rich((Run(chart.empty),), isSubtle=True)
        return
    if chart.drawn == "columns" and units(shown(chart.told)) <= ALT_TEXT_MAX:
        yield _painted(chart)
        yield from rich((Run(chart.says),), isSubtle=True)
        return
    values = list(tables(Table(chart.columns, chart.rows)))
    picture = _picture(chart) if _drawable(chart) else {}
    drawable = bool(picture) and len(values) == 1 and size_of(values[0]) <= FALLBACK_BYTES
    if drawable:
        yield {**picture, "title": label(chart.caption, TITLE_MAX), "fallback": values[0]}
    yield from rich((Run(chart.says),), isSubtle=True)
    yield from () if drawable else values


def _painted(chart: Chart) -> Json:
    """Write columns as our own picture, which carries its values and shows a gap.

    Teams' own chart of them cuts their names, draws a gap as a zero, and its second colour is too pale on white.
    """
    return {
        "type": "Image",
        "url": f"data:image/png;base64,{b64encode(columns_png(chart)).decode()}",
        "altText": label(chart.told, ALT_TEXT_MAX),
        "size": "Stretch",
        "msteams": {"allowExpand": True},
    }


def _drawable(chart: Chart) -> bool:
    """Say whether nothing would be cut, merged or drawn the wrong way: a bar here has no other side of zero."""
    named = [shown(text) for text in (*chart.columns, *chart.labels)]
    below = chart.drawn == "bars" and min(chart.series[0].drawn) < 0
    apart = len({shown(text) for text in chart.labels}) == len(chart.labels) <= POINTS_MAX
    return apart and not below and max(map(units, named)) <= LABEL_MAX


def _picture(chart: Chart) -> Json:
    names = [label(text, LABEL_MAX) for text in chart.labels]
    values = [[plain(value) for value in one.drawn] for one in chart.series]
    match chart.drawn:
        case "bars":
            data = [{"x": name, "y": value} for name, value in zip(names, values[0], strict=True)]
            return {"type": "Chart.HorizontalBar", "color": "categoricalBlue", "data": data}
        case "donut":
            data = [{"legend": name, "value": value} for name, value in zip(names, values[0], strict=True)]
            return {"type": "Chart.Donut", "colorSet": "categorical", "data": data}
        case "lines":
            return {"type": "Chart.Line", "colorSet": "categorical", "data": list(_lines(chart, names, values))}
        case "columns":
            return {}
    assert_never(chart.drawn)


def _lines(chart: Chart, names: list[str], values: list[list[int | float]]) -> Iterator[Json]:
    for one, line in zip(chart.series, values, strict=True):
        points = [{"x": name, "y": value} for name, value in zip(names, line, strict=True)]
        yield {"legend": label(one.name, LABEL_MAX), "values": points}
