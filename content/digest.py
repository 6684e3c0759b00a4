"""What a team's digest says, from `digest.toml` and a company's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from bot.errors import PlaybookError
from content.files import SLOT, Strict, line_of, parse, read_text, slots_in

FILE = "digest.toml"
OURS = Path(__file__).parent / FILE

_Line = Annotated[str, Field(min_length=1, max_length=300)]


class _File(Strict):
    say: dict[str, _Line] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DigestWords:
    """All of it, by the keys of our file."""

    said: Mapping[str, str]

    def __call__(self, key: str, **slots: str) -> str:
        """Say the words of a key with its slots filled; raises `KeyError` for an unknown key or a slot left out."""
        return SLOT.sub(lambda slot: slots[slot[1]], self.said[key])


def load_digest(overlay: Path | None = None) -> DigestWords:
    """Read our `digest.toml`, with a company's own laid over it line by line.

    Raises `PlaybookError` with file and line for anything unreadable or unknown, a slot that our line lacks too.
    """
    ours = _read(OURS)
    if overlay is None or not (overlay / FILE).exists():
        return DigestWords(MappingProxyType(ours))
    path = overlay / FILE
    text, theirs = read_text(path), _read(path)
    for key, phrase in theirs.items():
        if key not in ours:
            raise PlaybookError(f"{path}:{line_of(text, f'{key} =')}: unknown line {key!r}")
        if unknown := set(SLOT.findall(phrase)) - set(SLOT.findall(ours[key])):
            raise PlaybookError(f"{path}:{line_of(text, phrase)}: unknown slot {{{min(unknown)}}}")
    return DigestWords(MappingProxyType(ours | theirs))


def _read(path: Path) -> dict[str, str]:
    text = read_text(path)
    said = parse(path, text, _File).say
    for phrase in said.values():
        slots_in(path, text, phrase)
    return said
