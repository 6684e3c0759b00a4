"""Pictures as PNG, for the platforms that can show no other: the one room that knows Pillow.

Drawn to be read on a phone at 300 pixels across: large type, thick marks, nothing told by colour
alone. Their own light ground and frame carry them through dark themes.
"""

from bot.drawing.columns import columns_png
from bot.drawing.scatter import png

__all__ = ["columns_png", "png"]
