"""What a reader sees of a message in Teams: its HTML; where nothing is typed, what is forwarded or shown on a card."""

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any, Final, TypeAlias

from bot.chat.text import printable
from bot.teams.messages import CARD_TYPE

Piece: TypeAlias = Mapping[str, Any]

FORWARDED: Final = "forwardedMessageReference"
_PARAGRAPHS: Final = frozenset(
    ("blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "tr", "ul")
)
_UNSEEN: Final = frozenset(("script", "style"))
_WHITE: Final = re.compile(r"\s+")
# What begins no tag. The parser would look to the end of the text for each one's end.
_ASTRAY: Final = re.compile(r"<(?=[^<>]*(?:<|\Z))")


def read_quoted(message: Piece) -> tuple[str, str]:
    """Read a message as plain text, empty where it holds no words, and the name of whoever wrote it.

    Whatever isn't a message of Teams' raises one of the usual surprises.
    """
    text, author = _body(message["body"]), _name(message.get("from"))
    if text:
        return text, author
    attachments = [one for one in message.get("attachments") or () if one.get("content")]
    for forwarded in (_loaded(one["content"]) for one in attachments if one["contentType"] == FORWARDED):
        return words_of(forwarded["originalMessageContent"]), _name(forwarded.get("originalMessageSender"))
    cards = (_loaded(one["content"]) for one in attachments if one["contentType"] == CARD_TYPE)
    return "\n".join(line for card in cards for line in _lines(card)), author


def words_of(html: str) -> str:
    """Read HTML as its reader sees it: a paragraph a line, without empty ones."""
    reader = _Reader()
    reader.feed(_ASTRAY.sub("&lt;", html))
    reader.close()
    lines = (" ".join(line.split()) for line in printable("".join(reader.read)).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Gathers what is read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen = tag in _UNSEEN
        if tag in _PARAGRAPHS:
            self.read.append("\n")
        elif tag == "td":
            self.read.append(" ")
        elif tag == "at":
            self.read.append("@")
        elif tag == "emoji" or (tag == "img" and "Emoji" in (dict(attrs).get("itemtype") or "")):
            self.read.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = False
        if tag in _PARAGRAPHS:
            self.read.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.read.append(_WHITE.sub(" ", data))

    def parse_comment(self, i: int, report: int = 1) -> int:
        """Pass over a comment, to the end of its mark: to its own end the way may be long."""
        return self.parse_bogus_comment(i, bool(report))

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over what Outlook leaves in pasted text, where the parser would give up."""
        return self.parse_bogus_comment(i, bool(report))


def _body(body: Piece) -> str:
    content = body.get("content") or ""
    return printable(content).strip() if body.get("contentType") == "text" else words_of(content)


def _name(sender: Piece | None) -> str:
    """Name a person, or an app."""
    parts = (sender or {}).get("user"), (sender or {}).get("application")
    names = (part.get("displayName") for part in parts if part)
    return " ".join(printable(next((name for name in names if name), "")).split())


def _loaded(content: object) -> Any:  # noqa: ANN401  JSON
    """Give what is attached, which Teams writes as JSON inside the JSON."""
    return json.loads(content) if isinstance(content, str) else content


def _lines(part: object) -> Iterator[str]:
    """Read the texts of a card, in their order."""
    if isinstance(part, Mapping):
        if part.get("type") in ("TextBlock", "TextRun") and isinstance(text := part.get("text"), str):
            yield " ".join(printable(text).split())
        for inner in part.values():
            yield from _lines(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _lines(inner)
