"""Scatters as SVG. It scales as a whole, for its distances are what it tells; so it is made for a phone's width.

Nothing is told by colour alone: lines carry their names, packages their letters, each kind of point its own shape.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from markupsafe import Markup

from bot.chat.plot import Badge, Canvas, Plot, plot, side
from bot.chat.scatter import CLOSED, FRONTIER, HERE, POSSIBLE, THEIR_LIMIT, WALK_AWAY, Point, Scatter
from bot.chat.text import shown
from bot.web.pen import LEGEND_COLUMNS, legend, plain, short

WIDTH: Final = 320
HEIGHT: Final = 262
AXIS_COLUMNS: Final = 28

_CANVAS: Final = Canvas(left=36, right=312, top=46, bottom=218, badge=10)
_DIAMOND: Final = "M0-7L7 0L0 7L-7 0z"


def picture(scatter: Scatter) -> Markup:
    """Draw a scatter that has points, with its key."""
    found = plot(scatter, _CANVAS)
    inner = (
        *_ground(found),
        Markup('<path class="dots" d="{}"/>').format("".join(f"M{x} {y}h0" for x, y in found.dots)),
        *_frontier(found),
        *_limits(found),
        *_badges(found),
        *_axes(scatter),
    )
    drawn = Markup(
        '<svg class="scatter-chart" role="img" viewBox="0 0 {} {}"><title>{}</title><desc>{}</desc>\n{}</svg>'
    ).format(WIDTH, HEIGHT, shown(scatter.title), shown(scatter.says), Markup("\n").join(inner))
    return drawn + legend(_entries(scatter))


def _ground(found: Plot) -> Iterator[Markup]:
    """Shade where one side has no reason to agree, then rule."""
    box = _CANVAS
    shade = Markup('<rect class="closed" x="{}" y="{}" width="{}" height="{}"/>')
    if found.walk_away is not None:
        yield shade.format(box.left, box.top, plain(found.walk_away - box.left), box.bottom - box.top)
    if found.their_limit is not None:
        top = plain(found.their_limit)
        yield shade.format(box.left, top, box.right - box.left, plain(box.bottom - found.their_limit))
    for tick in found.across:
        yield _line("rule", (tick.at, box.top), (tick.at, box.bottom))
        yield _text("small middle", (tick.at, box.bottom + 14), tick.text)
    for tick in found.up:
        yield _line("rule", (box.left, tick.at), (box.right, tick.at))
        yield _text("small end", (box.left - 4, tick.at + 4), tick.text)
    yield _line("rule zero", (box.left, box.top), (box.left, box.bottom))
    yield _line("rule zero", (box.left, box.bottom), (box.right, box.bottom))


def _frontier(found: Plot) -> Iterator[Markup]:
    if found.frontier:
        yield Markup('<polyline class="l0" points="{}"/>').format(_places(found.frontier))
        dots = "".join(f"M{plain(x)} {plain(y)}h0" for x, y in found.frontier)
        yield Markup('<path class="best l0" d="{}"/>').format(dots)


def _limits(found: Plot) -> Iterator[Markup]:
    box = _CANVAS
    if found.walk_away is not None:
        yield _line("stop", (found.walk_away, box.top - 4), (found.walk_away, box.bottom))
        yield _text(f"stop-name {side(found.walk_away, box)}", (found.walk_away, box.top - 8), WALK_AWAY)
    if found.their_limit is not None:
        yield _line("theirs", (box.left, found.their_limit), (box.right, found.their_limit))
        yield _text("theirs-name end", (box.right - 2, found.their_limit - 4), THEIR_LIMIT)


def _badges(found: Plot) -> Iterator[Markup]:
    """Today's offer, and letters in discs, each tied to its own place where it had to move aside."""
    for badge in found.badges:
        if badge.centre != badge.place:
            yield _line("leader", badge.place, badge.centre)
            yield Markup('<path class="best leader" d="M{} {}h0"/>').format(*map(plain, badge.place))
    if found.here:
        yield Markup('<path class="s1 here" transform="translate({} {})" d="{}"/>').format(
            *map(plain, found.here), _DIAMOND
        )
    yield from map(_badge, found.badges)


def _badge(badge: Badge) -> Markup:
    x, y = badge.centre
    return Markup('<circle class="badge" cx="{}" cy="{}" r="{}"/>{}').format(
        plain(x), plain(y), _CANVAS.badge, _text("letter middle", (x, y + 4.5), badge.label)
    )


def _axes(scatter: Scatter) -> Iterator[Markup]:
    yield _text("axis", (4, 15), f"{short(scatter.up, AXIS_COLUMNS)} \N{UPWARDS ARROW}")
    across = f"{short(scatter.across, AXIS_COLUMNS)} \N{RIGHTWARDS ARROW}"
    yield _text("axis end", (_CANVAS.right, HEIGHT - 10), across)


def _entries(scatter: Scatter) -> Iterator[tuple[Markup, str, str]]:
    sign = Markup('<svg width="24" height="20" viewBox="-12 -10 24 20" aria-hidden="true">{}</svg>')
    yield sign.format(Markup('<path class="dots" d="M0 0h0"/>')), POSSIBLE, ""
    if scatter.frontier:
        line = Markup('<path class="sample l0" d="M-12 0h24"/><path class="best l0" d="M0 0h0"/>')
        yield sign.format(line), FRONTIER, ""
    if scatter.here:
        yield sign.format(Markup('<path class="s1" d="{}"/>').format(_DIAMOND)), HERE, ""
    if scatter.bounded:
        yield sign.format(Markup('<rect class="closed framed" x="-10" y="-7" width="20" height="14"/>')), CLOSED, ""
    for mark in scatter.marks:
        if mark.name:
            yield sign.format(_badge(Badge(mark.label, (0, 0), (0, 0)))), short(mark.name, LEGEND_COLUMNS), ""


def _line(kind: str, start: Point, end: Point) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, *map(plain, (*start, *end)))


def _text(kind: str, at: Point, text: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, *map(plain, at), text)


def _places(points: Iterable[Point]) -> str:
    return " ".join(f"{plain(x)},{plain(y)}" for x, y in points)
