"""The small parts of Block Kit that messages and forms share.

User text stands only in `plain_text` with emoji off and in rich text, neither of which is read
for markup: `<!channel>`, `*stars*` and `:smile:` show as typed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from bot.chat.cards import Option, Run, Runs
from bot.chat.contact import Chat
from bot.chat.text import packed, parts, pieces, shorten, shown, units

Json: TypeAlias = dict[str, Any]

RICH_TEXT_MAX: Final = 3000
OPTION_TEXT_MAX: Final = 75
LIST_LINES_MAX: Final = 100
LIST_BYTES: Final = 9500
CONVERSATION_URL: Final = "https://slack.com/app_redirect"
_USER: Final = re.compile(r"[A-Z0-9]{2,32}")


def plain(text: str, limit: int) -> Json:
    """Write a text literally, shortened to `limit` units."""
    return {"type": "plain_text", "text": shorten(shown(text), limit), "emoji": False}


def section(runs: Runs, kind: str = "rich_text_section") -> Json:
    """Write runs as one rich text element: a section or a quote."""
    return {"type": kind, "elements": [_text(run) for run in runs]}


def _text(run: Run) -> Json:
    if run.strong:
        return {"type": "text", "text": run.text, "style": {"bold": True}}
    return {"type": "text", "text": run.text}


def paragraph(runs: Runs, kind: str = "rich_text_section") -> Iterator[Json]:
    """Write runs as one rich text block, or as several where they are too long for one."""
    for part in parts(runs, RICH_TEXT_MAX):
        yield {"type": "rich_text", "elements": [section(part, kind)]}


def bullets(items: Iterable[Runs]) -> Iterator[Json]:
    """Write a bulleted list, in several blocks where it is too long for one."""
    lines = (part for item in items for part in parts(item, RICH_TEXT_MAX))
    for group in packed(lines, LIST_LINES_MAX, LIST_BYTES, _most_bytes):
        yield {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [section(line) for line in group]}],
        }


def _most_bytes(runs: Runs) -> int:
    """Say what a line can take at most: a unit is three bytes of UTF-8, and wrapping a run less than a hundred."""
    return 100 + sum(3 * units(run.text) + 100 for run in runs)


def in_full(texts: Iterable[str], limit: int) -> Iterator[Json]:
    """List what `limit` shortened elsewhere, in full."""
    return bullets((Run(text),) for text in texts if units(shown(text)) > limit)


def contact(chat: Chat) -> Iterator[Json]:
    """Write a link to the conversation with a person, which mentions nobody; words alone where their id is none."""
    if not _USER.fullmatch(chat.user):
        yield from paragraph((Run(chat.words),))
        return
    first, *rest = pieces(shown(chat.label), RICH_TEXT_MAX)
    element = {"type": "link", "url": f"{CONVERSATION_URL}?channel={chat.user}", "text": first}
    yield {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}
    yield from paragraph((Run("".join(rest)),)) if rest else ()


def option(entry: Option) -> Json:
    """Write one entry of a menu, a choice or a checklist."""
    return {"text": plain(entry.label, OPTION_TEXT_MAX), "value": entry.id}


def values_of(elements: Sequence[Mapping[str, Any]], action_id: str) -> frozenset[str]:
    """Gather the option values of the element that carries `action_id`."""
    found = (element["options"] for element in elements if element.get("action_id") == action_id)
    return frozenset(entry["value"] for options in found for entry in options)
