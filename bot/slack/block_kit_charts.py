"""Chart -> Slack's own chart block, and words with a table where its documented limits don't allow it.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Its pages have said both 6
and 12 series and parts; the smaller number holds either way.
"""

from collections.abc import Iterator
from typing import Final

from bot.chat.cards import Block, Run, Table, prose, strong
from bot.chat.charts import Chart, Series, plain
from bot.chat.text import shown, units
from bot.slack.elements import Json, paragraph

TITLE_MAX: Final = 50
LABEL_MAX: Final = 20
CATEGORIES_MAX: Final = 20
# What stands before the labels that have no value.
UNKNOWN: Final = "No number"


def fits(chart: Chart) -> bool:
    """Say whether Slack can draw it without a label cut or two of them merged; it asks for every value there is."""
    labels = [shown(text) for text in chart.whole.labels]
    names = (*labels, *(shown(one.name) for one in chart.series))
    apart = len(set(labels)) == len(labels) and not chart.is_patchy
    small = units(shown(chart.caption)) <= TITLE_MAX and max(map(units, names)) <= LABEL_MAX
    return apart and small and 0 < len(labels) <= CATEGORIES_MAX


def picture(chart: Chart) -> Iterator[Json]:
    """Write a chart that fits, and the sentence that says what it shows."""
    drawn = _pie(chart) if chart.drawn == "donut" else _axes(chart.whole)
    yield {"type": "data_visualization", "title": shown(chart.caption), "chart": drawn}
    yield from paragraph((Run(chart.says),))
    if chart.drawn == "donut" and (nothing := [label for label, value in _parts(chart) if not value]):
        # A pie has no place for a part that is nothing.
        yield from paragraph((Run(f"{chart.written(0)}: ", strong=True), Run(", ".join(map(shown, nothing)))))
    if unknown := [label for label, gap in zip(chart.labels, chart.gaps, strict=True) if gap]:
        # Nor has an axis one for what isn't known: it asks for a number, and would draw a zero.
        yield from paragraph((Run(f"{UNKNOWN}: ", strong=True), Run(", ".join(map(shown, unknown)))))


def in_words(chart: Chart) -> tuple[Block, ...]:
    """Give what a chart says as blocks of other kinds."""
    head = prose(strong(chart.caption))
    if not chart.labels:
        return (head, prose(chart.empty))
    return (head, prose(chart.says), Table(chart.columns, chart.rows))


def _parts(chart: Chart) -> Iterator[tuple[str, float]]:
    return zip(chart.labels, chart.series[0].drawn, strict=True)


def _pie(chart: Chart) -> Json:
    parts = [{"label": shown(label), "value": plain(value)} for label, value in _parts(chart) if value]
    return {"type": "pie", "segments": parts}


def _axes(chart: Chart) -> Json:
    names = [shown(label) for label in chart.labels]
    return {
        "type": "line" if chart.drawn == "lines" else "bar",
        "series": [_series(one, names) for one in chart.series],
        "axis_config": {"categories": names},
    }


def _series(one: Series, names: list[str]) -> Json:
    data = [{"label": name, "value": plain(value)} for name, value in zip(names, one.drawn, strict=True)]
    return {"name": shown(one.name), "data": data}
