"""The page can be read: contrast of every pair of colours that meet, in light and in dark (WCAG 2.2 AA)."""

import re

import pytest

from bot.web.cast import PEOPLE
from bot.web.page import STATIC

STYLE = STATIC["style.css"].decode()
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("paper", "surface", "raised", "faint")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "soft", "accent-text") for ground in GROUNDS),
    ("accent-ink", "accent", TEXT),
    ("accent-text", "accent-wash", TEXT),
    ("ink", "accent-wash", TEXT),
    ("soft", "accent-wash", TEXT),
    ("ink", "mine", TEXT),
    ("series-2", "raised", TEXT),
    ("warm", "surface", TEXT),
    ("danger", "raised", TEXT),
    ("danger", "faint", TEXT),
    ("danger", "danger-wash", TEXT),
    ("edge", "faint", SHAPE),
    *((f"series-{n}", "faint", SHAPE) for n in range(3)),
    ("edge", "raised", SHAPE),
    ("edge", "surface", SHAPE),
    ("edge", "paper", SHAPE),
    ("accent", "raised", SHAPE),
    ("accent", "surface", SHAPE),
    *((f"series-{n}", "raised", SHAPE) for n in range(6)),
]


def colours() -> dict[str, dict[str, str]]:
    """The variables by scheme: the first block is light, the second dark."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    return {name: dict(re.findall(r"--([\w-]+): (#\w+)", block)) for name, block in (("light", light), ("dark", dark))}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "enough"), PAIRS)
def test_colours_that_meet_can_be_told_apart(scheme: str, ink: str, ground: str, enough: float) -> None:
    found = colours()[scheme]
    assert contrast(found[ink], found[ground]) >= enough


def test_the_initials_of_a_person_can_be_read() -> None:
    faces = re.findall(r"\.face-\w+ \{ background: (#\w+)", STYLE)
    assert len(faces) == len(PEOPLE)
    assert all(contrast("#fff", face) >= TEXT for face in faces)


def test_nothing_moves_for_those_who_asked_for_stillness() -> None:
    still = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", STYLE, flags=re.DOTALL)
    assert not re.search(r"(?:transition|animation):", still)
