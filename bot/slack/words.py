"""What people type in Slack, as Slack sends it: references in angle brackets, three characters escaped."""

import re
from typing import Final

from bot.chat.text import printable

_REFERENCE: Final = re.compile(r"<(?P<target>[@#!][^<>|]+|[a-z][a-z0-9+.-]*:[^<>|\s]+)(?:\|(?P<label>[^<>]*))?>")
_OPENING_MENTION: Final = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^<>]*)?>[\s,:]*")


def plain_words(text: str) -> str:
    """Read a text as its writer sees it: a link as its label, `<@U1|ann>` as @ann, `&amp;` as &."""
    if "<" in text:
        text = _REFERENCE.sub(_as_seen, text)
    if "&" in text:
        # The ampersand last: what was typed as `&lt;` arrives as `&amp;lt;`.
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return printable(text).strip()


def without_mention(text: str) -> str:
    """Drop the mention that a sentence to the coach begins with."""
    return _OPENING_MENTION.sub("", text, count=1)


def _as_seen(found: re.Match[str]) -> str:
    target, label = found["target"], found["label"]
    match target[:1]:
        case "@":
            return f"@{label or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
        case _:
            return label or target.removeprefix("mailto:")
