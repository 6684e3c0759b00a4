"""Sentences as reps type them, each with everything that must be read from it, and nothing more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.coach.reading import read
from bot.coach.tradables import Tradable

_FILE = Path(__file__).with_name("sentences.txt")


def cases() -> Iterator[tuple[str, str, str]]:
    """Give each sentence of the file with its gives and its gets."""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, gives, gets = (part.strip() for part in line.split("|"))
            yield sentence, gives, gets


def _written(tradables: tuple[Tradable, ...]) -> str:
    return "; ".join(map(_one, tradables))


def _one(tradable: Tradable) -> str:
    amount = f"{tradable.amount} {tradable.unit}".strip() if tradable.amount is not None else ""
    condition = f"<{tradable.condition}>" if tradable.condition else ""
    return " ".join(filter(None, (tradable.what, amount, "max" if tradable.limit else "", condition)))


@pytest.mark.parametrize(("sentence", "gives", "gets"), list(cases()))
def test_a_sentence_is_read_exactly(sentence: str, gives: str, gets: str) -> None:
    found = read(sentence)

    assert (_written(found.gives), _written(found.gets)) == (gives, gets)
