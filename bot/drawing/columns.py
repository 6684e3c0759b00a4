"""Columns side by side as PNG: one series full, the other hollow, each with its value above, a dash where none is."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from bot.chat.charts import PAIR, Chart
from bot.drawing.paint import GROUND, INK, RULE, SOFT, Anchor, Colour, font, on_one_line, palette

SIZE: Final = (640, 320)
# Two of them and their words fit into an Adaptive Card.
BYTES_MAX: Final = 8_000
REMEMBERED: Final = 32
FULL: Final = (15, 92, 84)
HOLLOW: Final = (186, 78, 14)
# Of the hollow one's ground: light, so that even where no colour is seen one is dark and the other pale.
WASH: Final = (251, 235, 222)

# All places, widths and sizes of type below are in pixels of the finished picture.
_SHARPER: Final = 2  # pixels a pixel while drawing; reduced at the end, so that edges are smooth
_LEFT, _RIGHT, _TOP, _FOOT = 18, 622, 92, 268
_TYPE: Final = 27
_PAIR_SHARE: Final = 0.78  # of its place, for the columns; the rest parts it from its neighbours
_BETWEEN: Final = 4
_EDGE: Final = 4
_KEY: Final = 22
_KEY_NAME_MAX: Final = 20
_NAME_MAX: Final = 11
_VALUE_MAX: Final = 7
_NAMES: Final = 4

_PLAIN: Final = (GROUND, RULE, INK, SOFT, FULL, HOLLOW, WASH)
_EDGES: Final = (INK, SOFT, FULL, HOLLOW)


@lru_cache(maxsize=REMEMBERED)
def columns_png(chart: Chart) -> bytes:
    """Draw columns that have labels, in at most `BYTES_MAX` bytes. The same ones give the same bytes."""
    return _Drawing(chart).png()


class _Drawing:
    """One picture being drawn."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._size = self._fitting()
        self._most = max((value for one in chart.series for value in one.known), default=0) or 1
        self._image = Image.new("RGB", (SIZE[0] * _SHARPER, SIZE[1] * _SHARPER), GROUND)
        self._pen = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        """Draw it from the ground up."""
        self._key()
        for place, label in enumerate(self._chart.labels):
            self._place(place, label)
        self._box((_LEFT, _FOOT, _RIGHT, _FOOT + 3), SOFT)
        width, height = SIZE
        for edge in (
            (0, 0, width, 2),
            (0, height - 2, width, height),
            (0, 0, 2, height),
            (width - 2, 0, width, height),
        ):
            self._box(edge, RULE)
        out = BytesIO()
        small = self._image.resize(SIZE, Image.Resampling.BOX)
        small.quantize(palette=palette(_PLAIN, _EDGES), dither=Image.Dither.NONE).save(out, "PNG", compress_level=9)
        return out.getvalue()

    def _key(self) -> None:
        """Say which series is full and which is hollow."""
        left = float(_LEFT)
        for n, one in enumerate(self._chart.series):
            self._column((left, 18, left + _KEY, 18 + _KEY), n)
            left = self._text((left + _KEY + 10, 38), on_one_line(one.name, _KEY_NAME_MAX), INK, "ls") + 34

    def _place(self, place: int, label: str) -> None:
        width = (_RIGHT - _LEFT) / len(self._chart.labels)
        left = _LEFT + place * width
        every = -(-len(self._chart.labels) // _NAMES)
        if (len(self._chart.labels) - 1 - place) % every == 0:
            self._name(left + width / 2, label)
        if self._chart.gaps[place]:
            self._gap(left + width / 2)
            return
        for n, (start, end) in enumerate(self._sides(left, width)):
            self._bar(start, end, n, self._chart.series[n].values[place])

    def _sides(self, left: float, width: float) -> Iterator[tuple[float, float]]:
        """From where to where each column of a place stands."""
        room = width * _PAIR_SHARE / PAIR
        start = left + (width - room * len(self._chart.series)) / 2
        for n in range(len(self._chart.series)):
            yield start + n * room + _BETWEEN / 2, start + (n + 1) * room - _BETWEEN / 2

    def _bar(self, start: float, end: float, series: int, value: float | None) -> None:
        if value is None:
            self._gap((start + end) / 2)
            return
        high = value / self._most * (_FOOT - _TOP)
        if high:
            self._column((start, _FOOT - max(high, _EDGE), end, _FOOT), series)
        said = on_one_line(self._chart.written(value), _VALUE_MAX)
        self._text(((start + end) / 2, _FOOT - high - 8), said, INK, "ms", self._size)

    def _gap(self, middle: float) -> None:
        """Draw the dash, which the typeface lacks."""
        self._box((middle - 8, _FOOT - 20, middle + 8, _FOOT - 16), SOFT)

    def _column(self, edges: tuple[float, float, float, float], series: int) -> None:
        left, top, right, bottom = edges
        self._box(edges, (FULL, HOLLOW)[series])
        if series and bottom - top > 2 * _EDGE:
            self._box((left + _EDGE, top + _EDGE, right - _EDGE, bottom - _EDGE), WASH)

    def _name(self, middle: float, label: str) -> None:
        """Name a place below, kept inside the picture."""
        said = on_one_line(label, _NAME_MAX)
        half = _wide(said) / 2
        self._text((min(max(middle, 10 + half), SIZE[0] - 10 - half), _FOOT + 36), said, SOFT, "ms")

    def _fitting(self) -> int:
        """The size of type in which no value runs into its neighbour, as far as it stays legible."""
        values = [
            on_one_line(self._chart.written(value), _VALUE_MAX) for one in self._chart.series for value in one.known
        ]
        widest = max((_wide(text) for text in values), default=1)
        start, end = next(self._sides(0, (_RIGHT - _LEFT) / len(self._chart.labels)))
        return min(_TYPE, max(int(_TYPE * (end - start + _BETWEEN) / widest), _TYPE // 2))

    def _text(self, at: tuple[float, float], text: str, colour: Colour, anchor: Anchor, size: int = _TYPE) -> float:
        """Write a line; gives where it ends."""
        self._pen.text((at[0] * _SHARPER, at[1] * _SHARPER), text, colour, font(size * _SHARPER), anchor)
        return at[0] + _wide(text)

    def _box(self, edges: tuple[float, float, float, float], colour: Colour) -> None:
        left, top, right, bottom = (round(edge) * _SHARPER for edge in edges)
        if left < right and top < bottom:
            self._pen.rectangle((left, top, right - 1, bottom - 1), colour)


def _wide(text: str) -> float:
    """How many pixels a line takes at full size."""
    return font(_TYPE * _SHARPER).getlength(text) / _SHARPER
