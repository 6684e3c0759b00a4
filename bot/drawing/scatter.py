"""A scatter as PNG. Few colours, and dots on a grid, keep the file small enough to stand inside a card."""

import math
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from bot.chat.plot import Canvas, Plot, plot, side
from bot.chat.scatter import THEIR_LIMIT, WALK_AWAY, Point, Scatter
from bot.drawing.paint import GROUND, INK, RULE, SOFT, Anchor, Colour, font, on_one_line, palette

# At twice what a phone has room for it is sharp on its screen, and half of an Adaptive Card at most.
SIZE: Final = (640, 480)
BYTES_MAX: Final = 10_500
REMEMBERED: Final = 32

# All places, widths and sizes of type below are in units of this sheet.
_WIDTH: Final = 800
_HEIGHT: Final = 600
_CANVAS: Final = Canvas(left=90, right=775, top=105, bottom=510, badge=26)
_SHARPER: Final = 2  # pixels a unit while drawing; reduced at the end, so that edges are smooth
# How far apart dots are, coarser until the file is small enough; whole pixels at the end, so that all look alike.
_GRAINS: Final = (5, 10, 15, 20, 25, 30, 40)
_DOT: Final = 6
_DASH: Final = 16
_GAP: Final = 10
_TYPE: Final = 31
_SMALL: Final = 26
_AXIS_MAX: Final = 24
# Of so many points of the frontier each is a disc on its line.
_KNOTS: Final = 24

_CLOSED: Final = (244, 236, 230)
_DOTS: Final = (142, 160, 166)
_LINE: Final = (15, 107, 98)
_HERE: Final = (196, 84, 16)
_STOP: Final = (150, 32, 32)
_THEIRS: Final = (95, 79, 163)

_PLAIN: Final = (GROUND, _CLOSED, RULE, INK, SOFT, _DOTS, _LINE, _HERE, _STOP, _THEIRS)
# Half-way to the ground, for smooth edges; all in all as many as four bits tell apart.
_EDGES: Final = (INK, SOFT, _DOTS, _LINE, _STOP, _THEIRS)

_ANCHORS: Final[dict[str, Anchor]] = {"start": "ls", "middle": "ms", "end": "rs"}


@lru_cache(maxsize=REMEMBERED)
def png(scatter: Scatter) -> bytes:
    """Draw a scatter that has points, in at most `BYTES_MAX` bytes. The same one gives the same bytes."""
    drawn = b""
    for grain in _GRAINS:
        drawn = _Drawing(scatter, grain).png()
        if len(drawn) <= BYTES_MAX:
            break
    return drawn


class _Drawing:
    """One picture being drawn."""

    def __init__(self, scatter: Scatter, grain: int) -> None:
        self._scatter = scatter
        self._plot: Plot = plot(scatter, _CANVAS, grain)
        self._image = Image.new("RGB", (_WIDTH * _SHARPER, _HEIGHT * _SHARPER), GROUND)
        self._pen = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        """Draw it from the ground up."""
        self._ground()
        for dot in self._plot.dots:
            self._disc(dot, _DOT, _DOTS)
        self._line(self._plot.frontier, _LINE, 5)
        for point in self._plot.frontier if len(self._plot.frontier) <= _KNOTS else ():
            self._disc(point, _DOT + 3, _LINE)
        self._limits()
        self._badges()
        self._words()
        out = BytesIO()
        small = self._image.resize(SIZE, Image.Resampling.BOX)
        flat = small.quantize(palette=palette(_PLAIN, _EDGES), dither=Image.Dither.NONE)
        flat.save(out, "PNG", compress_level=8)
        return out.getvalue()

    def _ground(self) -> None:
        """Shade where one side has no reason to agree, then rule and frame."""
        box, found = _CANVAS, self._plot
        if found.walk_away is not None:
            self._box((box.left, box.top, found.walk_away, box.bottom), _CLOSED)
        if found.their_limit is not None:
            self._box((box.left, found.their_limit, box.right, box.bottom), _CLOSED)
        for tick in found.across:
            self._line(((tick.at, box.top), (tick.at, box.bottom)), RULE, 2)
            self._text((tick.at, box.bottom + 30), tick.text, SOFT, _SMALL, "ms")
        for tick in found.up:
            self._line(((box.left, tick.at), (box.right, tick.at)), RULE, 2)
            self._text((box.left - 10, tick.at + 9), tick.text, SOFT, _SMALL, "rs")
        self._line(((box.left, box.top), (box.left, box.bottom), (box.right, box.bottom)), SOFT, 3)
        edge = ((1, 1), (_WIDTH - 2, 1), (_WIDTH - 2, _HEIGHT - 2), (1, _HEIGHT - 2), (1, 1))
        self._line(edge, RULE, 3)

    def _limits(self) -> None:
        box, found = _CANVAS, self._plot
        if found.walk_away is not None:
            self._dashed((found.walk_away, box.top - 6), (found.walk_away, box.bottom), _STOP)
            anchor = _ANCHORS[side(found.walk_away, box)]
            self._text((found.walk_away, box.top - 14), WALK_AWAY, _STOP, _TYPE, anchor)
        if found.their_limit is not None:
            self._dashed((box.left, found.their_limit), (box.right, found.their_limit), _THEIRS)
            self._text((box.right - 8, found.their_limit - 10), THEIR_LIMIT, _THEIRS, _TYPE, "rs")

    def _badges(self) -> None:
        """Today's offer, and letters in discs, each tied to its own place where it had to move aside."""
        for badge in self._plot.badges:
            self._disc(badge.centre, _CANVAS.badge + 4, GROUND)
        for badge in self._plot.badges:
            if badge.centre != badge.place:
                self._line((badge.place, badge.centre), INK, 5)
                self._disc(badge.place, _DOT + 3, INK)
        if self._plot.here:
            self._diamond(self._plot.here)
        for badge in self._plot.badges:
            self._disc(badge.centre, _CANVAS.badge, INK)
            self._text(badge.centre, badge.label, GROUND, _TYPE + 4, "mm", halo=False)

    def _words(self) -> None:
        """Name the axes; all other words stand beside the picture, where they are as large as any text."""
        up, across = (on_one_line(text, _AXIS_MAX) for text in (self._scatter.up, self._scatter.across))
        end = self._text((16, 42), up, INK, _TYPE, "ls")
        self._arrow((end + 22, 17), (0, 1))
        down = _CANVAS.bottom + 72
        self._text((_CANVAS.right - 34, down), across, INK, _TYPE, "rs")
        self._arrow((_CANVAS.right, down - 11), (-1, 0))

    def _arrow(self, tip: Point, back: tuple[int, int]) -> None:
        """Point the way an axis grows; `back` is the way to its tail."""
        x, y = back
        self._line((tip, (tip[0] + 26 * x, tip[1] + 26 * y)), INK, 4)
        wings = [(tip[0] + 12 * x + 9 * y * turn, tip[1] + 12 * y + 9 * x * turn) for turn in (1, -1)]
        self._pen.polygon([_scaled(one) for one in (tip, *wings)], INK)

    def _text(  # noqa: PLR0913  what, where and how
        self, at: Point, text: str, colour: Colour, size: int, anchor: Anchor, *, halo: bool = True
    ) -> float:
        """Write a line, apart from what it stands on; gives where it ends."""
        face, edge = font(size * _SHARPER), 4 * _SHARPER if halo else 0
        self._pen.text(_scaled(at), text, colour, face, anchor, stroke_width=edge, stroke_fill=GROUND)
        return at[0] + face.getlength(text) / _SHARPER

    def _line(self, points: Iterable[Point], colour: Colour, width: int) -> None:
        if found := [_scaled(point) for point in points]:
            self._pen.line(found, colour, width * _SHARPER, joint="curve")

    def _dashed(self, start: Point, end: Point, colour: Colour) -> None:
        length = math.dist(start, end)
        for at in range(0, int(length), _DASH + _GAP):
            ends = (at / length, min(at + _DASH, length) / length)
            dash = [tuple(one + (other - one) * way for one, other in zip(start, end, strict=True)) for way in ends]
            self._line(((x, y) for x, y in dash), colour, 5)

    def _disc(self, at: Point, radius: float, colour: Colour) -> None:
        self._pen.circle(_scaled(at), radius * _SHARPER, colour)

    def _diamond(self, at: Point) -> None:
        for reach, colour in ((19, GROUND), (15, _HERE)):
            corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
            self._pen.polygon([_scaled((at[0] + x, at[1] + y)) for x, y in corners], colour)

    def _box(self, edges: tuple[float, float, float, float], colour: Colour) -> None:
        self._pen.rectangle([edge * _SHARPER for edge in edges], colour)


def _scaled(point: Point) -> Point:
    return point[0] * _SHARPER, point[1] * _SHARPER
