"""Reads a content file strictly, or refuses it with file and line."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import PlaybookError

SLOT = re.compile(r"\{(\w+)\}")


class Strict(BaseModel):
    """What a file may hold: nothing else, and nothing that changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


File = TypeVar("File", bound=Strict)


def read_text(path: Path) -> str:
    """Give a file's text; raises `PlaybookError` where it can't be had."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unread:
        raise PlaybookError(f"{path} can't be read: make it a UTF-8 text file this user may read.") from unread


def parse(path: Path, text: str, model: type[File]) -> File:
    """Read a TOML text into its model; raises `PlaybookError` with file and line for anything else."""
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as broken:
        raise PlaybookError(f"{path}: {broken}") from broken
    except ValidationError as invalid:
        raise PlaybookError(_explain(path, text, invalid)) from invalid


def slots_in(path: Path, text: str, phrase: str) -> list[str]:
    """The names between braces; a brace that opens or closes nothing is a slip, not a text."""
    if re.search(r"[{}]", SLOT.sub("", phrase)):
        raise PlaybookError(f"{path}:{line_of(text, phrase)}: a stray brace in {phrase!r}")
    return SLOT.findall(phrase)


def line_of(text: str, needle: str, start: int = 1) -> int:
    """The first line from `start` on that holds `needle`; `start` where none does."""
    lines = text.splitlines()
    return next((number for number in range(start, len(lines) + 1) if needle in lines[number - 1]), start)


def _explain(path: Path, text: str, invalid: ValidationError) -> str:
    """Say the first problem in a line, with the place in the file."""
    first = invalid.errors(include_url=False)[0]
    where = [str(part) for part in first["loc"] if part != "[key]"]
    key = next((part for part in reversed(where) if not part.isdigit()), "")
    return f"{path}:{_line_in(text, _head(text, where), key)}: {'.'.join(where)}: {first['msg']}"


def _line_in(text: str, head: int, key: str) -> int:
    """The line of a key in the table that begins at `head`; `head` where it isn't there."""
    lines = text.splitlines()
    end = next(
        (number for number in range(head + 1, len(lines) + 1) if lines[number - 1].startswith("[")), len(lines) + 1
    )
    return next((number for number in range(head, end) if lines[number - 1].startswith(f"{key} =")), head)


def _head(text: str, where: list[str]) -> int:
    """The line of the innermost `[table]` or `[[table]]` a problem lies in; 1 where it lies in none."""
    lines = [line.strip() for line in text.splitlines()]
    named = [lines.index(head) + 1 for head in (f"[{'.'.join(where[:2])}]", f"[{where[0]}]") if head in lines]
    if named:
        return named[0]
    name, found = "", 0
    for part, index in pairwise(where):
        if not index.isdigit():
            continue
        name = f"{name}.{part}".lstrip(".")
        heads = [number for number, line in enumerate(lines, 1) if number > found and line == f"[[{name}]]"]
        if int(index) >= len(heads):
            break
        found = heads[int(index)]
    return max(found, 1)
