"""What a reader sees of a message in Slack, whoever or whatever wrote it, and however it is put together."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from bot.chat.text import printable
from bot.slack.words import plain_words

Piece: TypeAlias = Mapping[str, Any]


def words_of(message: Piece) -> str:
    """Read a message as plain text; empty where it holds no words, only pictures or files.

    A person's text says all there is. An app's may just stand in for its blocks. What is forwarded is attached.
    """
    text, blocks = _marked(message.get("text")), _lines(_blocks(message))
    typed, else_shown = (blocks, text) if "bot_id" in message else (text, blocks)
    return typed or else_shown or _lines(line for one in _list(message, "attachments") for line in _attached(one))


def author_of(message: Piece) -> str:
    """Name who wrote a message, as far as it says itself: apps do, of people there is mostly but an id."""
    person, app = message.get("user_profile") or {}, message.get("bot_profile") or {}
    names = (message.get("username"), person.get("display_name"), person.get("real_name"), app.get("name"))
    return " ".join(next((printable(name) for name in names if name), "").split())


def _attached(attachment: Piece) -> Iterator[str]:
    lines = [_marked(attachment.get(part)) for part in ("pretext", "title", "text")]
    lines += [_marked(field.get(part)) for field in _list(attachment, "fields") for part in ("title", "value")]
    lines += _blocks(attachment)
    yield from lines if any(lines) else (_marked(attachment.get("fallback")),)


def _blocks(holder: Piece) -> Iterator[str]:
    for block in _list(holder, "blocks"):
        match block.get("type"):
            case "section" | "header" | "context":
                fields = (block.get("text"), *_list(block, "fields"), *_list(block, "elements"))
                yield from (_object(one) for one in fields if one)
            case "markdown":
                yield printable(block["text"])
            case "rich_text":
                yield from _rich(block)
            case _:
                pass  # a picture, a line, buttons: nothing that somebody said


def _rich(block: Piece) -> Iterator[str]:
    """Read the paragraphs of a rich text; a list is one for each of its items."""
    for part in _list(block, "elements"):
        for paragraph in _list(part, "elements") if part.get("type") == "rich_text_list" else (part,):
            yield "".join(_inline(one) for one in _list(paragraph, "elements"))


def _inline(element: Piece) -> str:
    match element.get("type"):
        case "text":
            return printable(element["text"])
        case "link":
            return printable(element.get("text") or element["url"])
        case "user":
            return f"@{printable(element['user_id'])}"
        case "broadcast":
            return f"@{printable(element['range'])}"
        case "emoji":
            return f":{printable(element['name'])}:"
        case _:
            return ""


def _object(text: Piece) -> str:
    """Read a text object; of what else stands among them, pictures, there is nothing to read."""
    match text.get("type"):
        case "mrkdwn":
            return _marked(text["text"])
        case "plain_text":
            return printable(text["text"])
        case _:
            return ""


def _marked(text: str | None) -> str:
    return plain_words(text) if text else ""


def _list(holder: Piece, name: str) -> list[Piece]:
    return holder.get(name) or []


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line).strip()
