"""Scatter -> a picture with its words and a table; without the picture they say the same."""

from collections.abc import Iterator
from typing import Final

from bot.chat.cards import Block, Table, prose, strong
from bot.chat.scatter import Scatter
from bot.chat.text import shorten, shown
from bot.slack.elements import Json, plain

ALT_TEXT_MAX: Final = 2000
TITLE_MAX: Final = 2000


def image(scatter: Scatter, file: str) -> Iterator[Json]:
    """Write the picture, where its file is known; Slack shows the title as a line above it."""
    if file:
        yield {
            "type": "image",
            "slack_file": {"id": file},
            "alt_text": shorten(shown(scatter.says), ALT_TEXT_MAX),
            "title": plain(scatter.key, TITLE_MAX),
        }


def scatter_in_words(scatter: Scatter) -> tuple[Block, ...]:
    """Give what a scatter says as blocks of other kinds, its title first."""
    head = prose(strong(scatter.title))
    if not scatter.points:
        return (head, prose(scatter.empty))
    table = (Table(scatter.columns, scatter.rows),) if scatter.rows else ()
    return (head, prose(scatter.says), *table)
