"""What every renderer is held to.

Its test module inherits `RendererSuite` and fills in five methods: `class TestHtml(RendererSuite)`
with `folder = "html"` and `suffix = ".html"`, say.

`UPDATE_GOLDENS=1 pytest tests/slack/test_block_kit.py` writes the golden files anew; look at the
diff before keeping it. Where `CI` is set, writing is a failure: nobody would have looked.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings

from bot.chat.cards import Card, Form
from tests.cards import any_card, nasty, ordinary, words

CARDS = ordinary.CARDS | nasty.CARDS
FORMS = ordinary.FORMS | nasty.FORMS
GOLDEN = Path(__file__).parents[1] / "golden"


class RendererSuite(ABC):
    """One renderer against every named card and form."""

    folder: ClassVar[str]
    suffix: ClassVar[str] = ".json"

    @abstractmethod
    def render(self, card: Card) -> str:
        """Write what the platform gets for a card, as the text kept in its golden file."""

    @abstractmethod
    def render_form(self, form: Form) -> str:
        """Write what the platform gets for a form, as the text kept in its golden file."""

    @abstractmethod
    def seen(self, rendered: str) -> str:
        """Give every text that can be read in it, unescaped; a text that was split stands in one piece."""

    @abstractmethod
    def presses(self, rendered: str) -> AbstractSet[tuple[str, str]]:
        """Give the action and subject that each button and menu entry carries back."""

    @abstractmethod
    def ticks(self, rendered: str) -> AbstractSet[tuple[str, str, bool]]:
        """Give each tick's checklist, id, and whether it shows as done."""

    def kept(self, rendered: str) -> str:
        """Give what of a rendering its golden file keeps: all of it, but for what isn't ours to decide."""
        return rendered

    def problems(self, rendered: str) -> list[str]:
        """Say what the platform would refuse in it; a renderer whose platform refuses nothing leaves this out."""
        del rendered
        return []

    @pytest.mark.parametrize("name", CARDS)
    def test_a_card_looks_as_approved(self, name: str) -> None:
        compare(self.kept(self.render(CARDS[name])), self.folder, f"card_{name}{self.suffix}")

    @pytest.mark.parametrize("name", FORMS)
    def test_a_form_looks_as_approved(self, name: str) -> None:
        compare(self.render_form(FORMS[name]), self.folder, f"form_{name}{self.suffix}")

    @pytest.mark.parametrize("name", CARDS)
    def test_nothing_a_card_says_is_dropped(self, name: str) -> None:
        card = CARDS[name]
        assert missing(tuple(words.of_card(card)), self.seen(self.render(card))) == []

    @pytest.mark.parametrize("name", FORMS)
    def test_nothing_a_form_says_is_dropped(self, name: str) -> None:
        form = FORMS[name]
        assert missing(tuple(words.of_form(form)), self.seen(self.render_form(form))) == []

    @pytest.mark.parametrize("name", CARDS)
    def test_every_button_and_menu_entry_comes_back(self, name: str) -> None:
        assert self.presses(self.render(CARDS[name])) == words.presses(CARDS[name])

    @pytest.mark.parametrize("name", CARDS)
    def test_every_tick_comes_back_and_shows_its_state(self, name: str) -> None:
        assert self.ticks(self.render(CARDS[name])) == words.ticks(CARDS[name])

    @pytest.mark.parametrize("name", CARDS)
    def test_the_platform_accepts_every_card(self, name: str) -> None:
        assert self.problems(self.render(CARDS[name])) == []

    @pytest.mark.parametrize("name", FORMS)
    def test_the_platform_accepts_every_form(self, name: str) -> None:
        assert self.problems(self.render_form(FORMS[name])) == []

    # Each renderer's class runs this one function, which hypothesis would warn of.
    @settings(
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow], deadline=None, max_examples=60
    )
    @given(card=any_card.CARDS)
    def test_any_card_is_accepted_and_whole(self, card: Card) -> None:
        rendered = self.render(card)
        assert self.problems(rendered) == []
        assert missing(tuple(words.of_card(card)), self.seen(rendered)) == []
        assert self.presses(rendered) == words.presses(card)
        assert self.ticks(rendered) == words.ticks(card)

    def test_no_golden_file_outlives_its_card(self) -> None:
        known = {f"card_{name}{self.suffix}" for name in CARDS} | {f"form_{name}{self.suffix}" for name in FORMS}
        assert {path.name for path in (GOLDEN / self.folder).iterdir()} <= known


def missing(texts: tuple[str, ...], seen: str) -> list[str]:
    """Give the texts that can't be found, each cut to what fits a test report."""
    squeezed = words.squeeze(seen)
    return [text[:80] for text in texts if words.squeeze(text) not in squeezed]


def compare(rendered: str, folder: str, name: str) -> None:
    """Hold a rendering against its golden file, or write that file where asked to."""
    path = GOLDEN / folder / name
    if os.environ.get("UPDATE_GOLDENS"):
        assert not os.environ.get("CI"), "golden files are looked at by a person, never written in CI"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rendered, encoding="utf-8", newline="\n")
    # Bytes would also differ; text keeps pytest's diff readable.
    assert rendered == path.read_text(encoding="utf-8")
