"""The picture of a digest: gives and gets, promises kept and check-ins done, week by week. No number is a gap."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.chat.cards import Prose, quiet
from bot.chat.charts import Chart, Series
from bot.coach.digest import Sent
from bot.coach.teams import Period
from content.digest import DigestWords
from handlers.wording import listed

_ONE = timedelta(days=1)
_WEEK = timedelta(days=7)


def pictures(weeks: Sequence[Sent], words: DigestWords) -> Iterator[Chart | Prose]:
    """Draw what has a number in any of the weeks, oldest first: two small pictures at most, and a word on gaps."""
    totals = [week.totals for week in weeks]
    traded = (
        Series(words("gives"), tuple(one.trades.gives if one.trades else None for one in totals)),
        Series(words("gets"), tuple(one.trades.gets if one.trades else None for one in totals)),
    )
    kept = (
        Series(words("promises_kept"), tuple(one.promises.kept if one.promises else None for one in totals)),
        Series(words("check_ins_done"), tuple(one.check_ins.done if one.check_ins else None for one in totals)),
    )
    charts = [
        _chart(title if len(series) > 1 else series[0].name, series, weeks, words)
        for title, both in ((words("traded"), traded), (words("kept"), kept))
        if (series := tuple(one for one in both if one.known))
    ]
    yield from charts
    if any(None in one.values for chart in charts for one in chart.series):
        yield quiet(words("gap"))


def _chart(title: str, series: tuple[Series, ...], weeks: Sequence[Sent], words: DigestWords) -> Chart:
    labels = tuple(_week(week.period) for week in weeks)
    return Chart("columns", title, _says(series, labels, words), words("week"), labels, series)


def _says(series: Sequence[Series], labels: Sequence[str], words: DigestWords) -> str:
    """Say the newest numbers; all of them stand in the picture and beside it."""
    known = [n for n in range(len(labels)) if any(one.values[n] is not None for one in series)]
    newest = known[-1]
    values = [f"{one.name.lower()} {one.values[newest]:,}" for one in series if one.values[newest] is not None]
    return words("latest", week=labels[newest], values=listed(values))


def _week(period: Period) -> str:
    """Name a week by its first day; more days or fewer by the last one too, for those compare with no other."""
    first, last = period.starts, period.ends - _ONE
    if period.ends - period.starts == _WEEK or first == last:
        return f"{first.day} {first:%b}"
    same = first.month == last.month
    return f"{first.day}–{last.day} {last:%b}" if same else f"{first.day} {first:%b}–{last.day} {last:%b}"
