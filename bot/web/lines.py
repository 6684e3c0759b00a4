"""What one line of a conversation on the try page holds, as it is kept in the transcript."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Base64Bytes, Field, TypeAdapter

from bot.chat import plain
from bot.chat.cards import Card


@dataclass(frozen=True, slots=True)
class Words:
    """What a person typed."""

    text: str
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Shown:
    """A card of the coach; `key` is the outbox's name for what was said unasked."""

    card: Card
    key: str = ""
    kind: Literal["card"] = "card"


@dataclass(frozen=True, slots=True)
class Handed:
    """A card with a file, kept in base64."""

    card: Card
    name: str
    media_type: str
    content: Base64Bytes
    kind: Literal["file"] = "file"


@dataclass(frozen=True, slots=True)
class Pointer:
    """In company: a card for this person alone was put into their direct messages, as `message`."""

    summary: str
    message: str
    kind: Literal["pointer"] = "pointer"


Line: TypeAlias = Words | Shown | Handed | Pointer


def words_of(line: Line) -> str:
    """Give what a line says, as plain text."""
    match line:
        case Words():
            return line.text
        case Shown() | Handed():
            return plain.of_card(line.card, controls=False)
        case Pointer():
            return line.summary


_LINES: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


def dump(line: Line) -> str:
    """Write a line as JSON."""
    return _LINES.dump_json(line).decode()


def load(body: str) -> Line:
    """Read a line back; raises `ValueError` where it is none."""
    return _LINES.validate_json(body)
