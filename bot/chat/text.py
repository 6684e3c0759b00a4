"""Fitting a text into a space without breaking it: what every renderer needs, and no platform word."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from bot.chat.cards import Run, Runs

Item = TypeVar("Item")

BLANK = "\N{EN DASH}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SHAPELESS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_JOINER = "\u200d"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_TAGS = ("\U000e0020", "\U000e007f")
_REGIONS = ("\U0001f1e6", "\U0001f1ff")


def printable(text: str) -> str:
    """Remove what has no shape and no place in JSON or HTML: control characters, halves of characters."""
    if text.isprintable():
        return text
    return _SHAPELESS.sub("", _BREAKS.sub("\n", text))


def shown(text: str) -> str:
    """Make a text fit to be shown: platforms refuse an empty one, so a dash stands for it."""
    text = printable(text)
    return text if text and not text.isspace() else BLANK


def units(text: str) -> int:
    """Measure a text as the platforms do, in UTF-16 code units: an emoji counts two or more."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """Cut a text to `limit` units, the last of them an ellipsis; one that fits stays as it is."""
    if len(text) * 2 <= limit or units(text) <= limit:
        return text
    return text[: _whole(text, _fit(text, limit - 1))].rstrip() + ELLIPSIS


def after_a_space(text: str, end: int) -> bool:
    """Say whether a reader would cut here."""
    return text[end - 1].isspace()


def inside_a_word(text: str, end: int) -> bool:
    """Say whether a cut here leaves no white space at either edge, for who may trim it."""
    return not (text[end - 1].isspace() or text[end].isspace())


def pieces(text: str, limit: int, good: Callable[[str, int], bool] = after_a_space) -> Iterator[str]:
    """Split a text into pieces of at most `limit` units that joined again are the text.

    Cuts where `good` says so if that is in the later half of a piece, else anywhere between characters.
    """
    while units(text) > limit:
        end = _fit(text, limit)
        chosen = (cut for cut in range(end, end // 2, -1) if good(text, cut) and not _joined(text, cut))
        end = next(chosen, 0) or _whole(text, end)
        yield text[:end]
        text = text[end:]
    yield text


def _fit(text: str, limit: int) -> int:
    """Count the characters that fit into `limit` units, at least one."""
    if text.isascii():
        return limit
    return max(1, len(text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")))


def _whole(text: str, end: int) -> int:
    """Step back to where no character as a reader sees it is cut in two, if there is such a place."""
    return next((cut for cut in range(end, 0, -1) if not _joined(text, cut)), end)


def _joined(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    if after.isascii():
        return before == _JOINER
    return (
        _JOINER in (before, after)
        or unicodedata.category(after).startswith("M")
        or _SKIN_TONES[0] <= after <= _SKIN_TONES[1]
        or _TAGS[0] <= after <= _TAGS[1]
        or (_REGIONS[0] <= after <= _REGIONS[1] and _REGIONS[0] <= before <= _REGIONS[1])
    )


def parts(runs: Runs, limit: int, cost: int = 40) -> Iterator[Runs]:
    """Split a paragraph into parts of at most `limit` units, each run counting `cost` on top of its text.

    One of nothing but white space shows as a dash.
    """
    text = "".join([run.text for run in runs])
    small = len(text) * 2 + len(runs) * cost <= limit
    if small and text.isprintable() and text.strip() and all(run.text for run in runs):
        yield runs  # as nearly every paragraph is
        return
    held: list[Run] = []
    room = limit
    for run in runs if printable(text).strip() else (Run(BLANK),):
        for piece in pieces(printable(run.text), limit - cost):
            if held and units(piece) + cost > room:
                yield tuple(held)
                held, room = [], limit
            if piece:
                held.append(Run(piece, run.strong))
                room -= units(piece) + cost
    yield tuple(held)


def packed(items: Iterable[Item], count: int, size: int, weigh: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Fill boxes in order, each with at most `count` items that weigh at most `size`; one too heavy stands alone."""
    box: list[Item] = []
    room = size
    for item in items:
        weight = weigh(item)
        if box and (len(box) == count or weight > room):
            yield box
            box, room = [], size
        box.append(item)
        room -= weight
    if box:
        yield box
