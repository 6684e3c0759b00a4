"""The page that compares the platforms leaves nothing out."""

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.chat.cards import Block, Field
from bot.chat.replies import Act
from handlers.grammar import SPELLINGS

PAGE = (Path(__file__).parents[1] / "docs/how-it-looks.md").read_text()
ROWS = {cells[1].strip(): cells[2:-1] for cells in (line.split("|") for line in PAGE.splitlines() if line[:1] == "|")}


@pytest.mark.parametrize(
    "name", [*(kind.__name__ for union in (Block, Field, Act) for kind in get_args(union)), *SPELLINGS, "home"]
)
def test_the_page_says_how_it_looks_in_each_place(name: str) -> None:
    assert [bool(cell.strip()) for cell in ROWS[f"`{name}`"]] == [True] * 3


def test_nothing_is_described_that_does_not_exist() -> None:
    kinds = {kind.__name__ for union in (Block, Field, Act) for kind in get_args(union)}
    written = {name for row in ROWS for name in re.findall(r"^`([^`]+)`$", row)}
    assert written == kinds | set(SPELLINGS) | {"home"}
