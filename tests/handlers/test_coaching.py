"""What somebody points the coach at comes back as a quotation, for them alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import Buttons, Card, Prose, Quote
from bot.chat.events import Quoted
from bot.chat.replies import Say
from content.library import Playbook
from handlers.coaching import quoted, understood
from handlers.coaching_cards import QUOTED_MAX, quotation
from handlers.table import PRESSES
from tests.handlers.conftest import ANN, NOW, Within


def pointed(text: str, author: str = "") -> Quoted:
    return Quoted(address=ANN, at=NOW, receipt="r", text=text, author=author)


def words(event: Quoted) -> list[str]:
    """What the quotation says, part by part."""
    blocks = quotation(event)
    assert all(isinstance(block, Prose | Quote) for block in blocks)
    return [block.text if isinstance(block, Quote) else block.runs[0].text for block in blocks]  # type: ignore[union-attr]


@pytest.fixture
def card(within: Within, playbook: Playbook) -> Card:
    (say,) = within(lambda work: quoted(pointed("15% off\nor we walk.", "Ana Silva"), work, playbook, NOW))
    assert isinstance(say, Say)
    assert say.lasting
    return say.card


def test_the_message_is_quoted_with_its_author_in_a_card_that_stays(card: Card) -> None:
    assert words(pointed("15% off\nor we walk.", "Ana Silva")) == ["Ana Silva wrote:", "15% off\nor we walk."]
    assert [block.text for block in card.blocks if isinstance(block, Quote)] == ["15% off\nor we walk."]


def test_every_button_below_it_leads_somewhere(card: Card) -> None:
    buttons = [button for block in card.blocks if isinstance(block, Buttons) for button in block.buttons]
    assert {button.action for button in buttons} <= set(PRESSES)


def test_without_a_name_nobody_is_named() -> None:
    assert words(pointed(" Hello ")) == ["They wrote:", "Hello"]


def test_a_very_long_message_is_quoted_by_its_beginning_and_says_so() -> None:
    who, begins, note = words(pointed("word " * 8000))
    assert len(begins) <= QUOTED_MAX
    assert begins.endswith("…")
    assert (who, note) == ("They wrote:", "It is longer than that; I quote how it begins.")


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_message_without_words_is_asked_for_in_words(within: Within, playbook: Playbook, text: str) -> None:
    (say,) = within(lambda work: quoted(pointed(text), work, playbook, NOW))
    assert say.lasting
    assert "no words" in say.card.summary
    assert not any(isinstance(block, Quote) for block in say.card.blocks)


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_words_and_any_name_make_a_quotation(text: str, author: str) -> None:
    assert all(words(pointed(text, author)))


def test_what_is_understood_has_the_shape_that_is_measured(playbook: Playbook) -> None:
    assert understood("hi", playbook) == {"text": "hi", "practices": [], "gives": [], "gets": []}
