"""The small parts of Adaptive Cards that messages and forms share.

User text stands in RichTextBlock, which is read for no markup. Only the labels of toggles and
of open choices can't: those are markdown, and are escaped.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from bot.chat.cards import Option, Run, Runs
from bot.chat.text import parts, shorten, shown, units

Json: TypeAlias = dict[str, Any]

SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION: Final = "1.5"
TEXT_MAX: Final = 4000
OPTION_TEXT_MAX: Final = 200
BUTTON_TEXT_MAX: Final = 80

# A client puts a date in place of {{DATE(...)}} in every text, so the braces are kept apart.
_FUNCTION = re.compile(r"\{(?=\{)")
_MARKDOWN = re.compile(r"([\\`*_~\[\]<>])|^(\s*)([#+-]|\d+[.)])(?=\s)", re.MULTILINE)
_encode = json.JSONEncoder(ensure_ascii=False).encode


def literal(text: str) -> str:
    """Make a text stand as typed where no markdown is read."""
    return _FUNCTION.sub("{\u2060", shown(text))


def escaped(text: str) -> str:
    """Make a text stand as typed where markdown is read, touching only what would be markup."""
    return _MARKDOWN.sub(_escape, literal(text))


def _escape(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\{found[1]}"
    mark = found[3]
    return f"{found[2]}{mark[:-1]}\\{mark[-1]}"


def size_of(element: Json) -> int:
    """Count the bytes an element takes, and the comma after it."""
    return len(_encode(element).encode()) + 2


def rich(runs: Runs, **looks: Any) -> Iterator[Json]:  # noqa: ANN401 - JSON
    """Write runs as a RichTextBlock, or as several where they are too long for one; `looks` go to each run."""
    for part in parts(runs, TEXT_MAX):
        yield {"type": "RichTextBlock", "inlines": [_run(run, looks) for run in part]}


def _run(run: Run, looks: Json) -> Json:
    weight = {"weight": "Bolder"} if run.strong else {}
    return {"type": "TextRun", "text": _FUNCTION.sub("{\u2060", run.text), **weight, **looks}


def bullets(items: Iterable[Runs]) -> Iterator[Json]:
    """Write a bulleted list."""
    for item in items:
        yield from rich((Run("\N{BULLET} "), *item) if any(run.text.strip() for run in item) else item)


def in_full(texts: Iterable[str], limit: int) -> Iterator[Json]:
    """List what `limit` shortened elsewhere, in full."""
    return bullets((Run(text),) for text in texts if units(shown(text)) > limit)


def label(text: str, limit: int) -> str:
    """Write a text for a place without markdown, shortened to `limit` units."""
    return literal(shorten(shown(text), limit))


def choice(entry: Option, *, markdown: bool) -> Json:
    """Write one entry of a menu or a choice."""
    title = shorten(shown(entry.label), OPTION_TEXT_MAX)
    return {"title": escaped(title) if markdown else literal(title), "value": entry.id}


def card(body: list[Json], fallback: str, **more: Any) -> Json:  # noqa: ANN401 - JSON
    """Wrap a body as a card; `fallback` is what a client too old for it shows."""
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "msteams": {"width": "Full"},
        "fallbackText": fallback,
        "body": body,
        **more,
    }
