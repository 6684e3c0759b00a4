"""What all pictures are painted with: a ground, inks, a typeface, and no more colours than four bits tell apart."""

from functools import lru_cache
from typing import Final, Literal, TypeAlias, cast

from PIL import Image, ImageFont

from bot.chat.text import shorten, shown

Colour: TypeAlias = tuple[int, int, int]
Anchor: TypeAlias = Literal["ls", "ms", "rs", "mm"]

GROUND: Final = (255, 255, 255)
INK: Final = (32, 44, 44)
SOFT: Final = (88, 98, 97)
RULE: Final = (222, 226, 224)


@lru_cache
def palette(plain: tuple[Colour, ...], edges: tuple[Colour, ...]) -> Image.Image:
    """Give a fixed few colours, so that none is lost to another; `edges` half-way to the ground too."""
    half = [tuple((part + light) // 2 for part, light in zip(edge, GROUND, strict=True)) for edge in edges]
    found = Image.new("P", (1, 1))
    found.putpalette([part for colour in (*plain, *half) for part in colour])
    return found


@lru_cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Give the typeface that comes with Pillow: a server has none of its own."""
    return cast("ImageFont.FreeTypeFont", ImageFont.load_default(size))


def on_one_line(text: str, most: int) -> str:
    """Fit a text into so many characters of one line."""
    return shorten(" ".join(shown(text).split()), most)
