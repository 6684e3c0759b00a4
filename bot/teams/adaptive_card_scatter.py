"""Scatter -> a picture inside the card, so that it lies nowhere else, and its packages as a table below."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Final

from bot.chat.cards import Run, Table
from bot.chat.scatter import Scatter
from bot.drawing import png
from bot.teams.adaptive_card_tables import tables
from bot.teams.elements import Json, label, rich

ALT_TEXT_MAX: Final = 1000


def scatters(scatter: Scatter) -> Iterator[Json]:
    """Write a scatter: its title, the picture, the sentence that says what it shows, the table."""
    yield from rich((Run(scatter.title, strong=True),))
    if not scatter.points:
        yield from rich((Run(scatter.empty),), isSubtle=True)
        return
    yield {
        "type": "Image",
        "url": f"data:image/png;base64,{b64encode(png(scatter)).decode()}",
        "altText": label(scatter.says, ALT_TEXT_MAX),
        "size": "Stretch",
        "msteams": {"allowExpand": True},
    }
    yield from rich((Run(scatter.key),), isSubtle=True, size="Small")
    yield from rich((Run(scatter.says),))
    if scatter.rows:
        yield from tables(Table(scatter.columns, scatter.rows))
