"""What people type in Teams, as Teams sends it: mentions as tags, a few entities, the HTML of pasted text."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, Final

from bot.chat.text import printable

# Only what Teams itself writes: a client named <Bolt & Sons> stays as typed.
_BREAK: Final = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|blockquote)>", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|h[1-6]|i|img|li|ol|p|pre|s|span|strong|table|tbody|td|tr|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MENTION: Final = re.compile(r"<at(?:\s[^<>]*)?>(?P<name>[^<>]*)</at>", re.IGNORECASE)
# Only whole ones: R&notes is no R¬es.
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_COMMAND: Final = re.compile(r"/?negotiate(?:\s+|$)", re.IGNORECASE)


def plain_words(text: str, entities: Iterable[Any], bot: str) -> str:
    """Read a text as its writer sees it, without the mentions of the coach."""
    for tag in filter(None, _mentions_of(bot, entities)):
        text = text.replace(tag, " ")
    text = _MENTION.sub(lambda found: f"@{found['name']}", text)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    return printable(text.replace("\N{NO-BREAK SPACE}", " ")).strip(" \t\n,:")


def mentions(bot: str, entities: Iterable[Any]) -> bool:
    """Say whether the coach is mentioned."""
    return bool(_mentions_of(bot, entities))


def command(text: str) -> str | None:
    """Give what follows `/negotiate`, which is typed out of habit from Slack; None where it isn't there."""
    found = _COMMAND.match(text)
    return text[found.end() :].strip() if found else None


def _mentions_of(bot: str, entities: Iterable[Any]) -> list[str]:
    """Find how the coach is mentioned in the text."""
    found = (entity for entity in entities if isinstance(entity, Mapping) and entity.get("type") == "mention")
    return [
        str(entity.get("text") or "")
        for entity in found
        if isinstance(who := entity.get("mentioned"), Mapping) and who.get("id") == bot
    ]
