"""A card as plain text says everything that it says anywhere else."""

import pytest
from hypothesis import given

from bot.chat.cards import Button, Buttons, Card, Checklist, Heading, Menu, Option, Points, Quote, Tick, prose, runs
from bot.chat.plain import of_card, of_form, of_reply
from bot.chat.replies import Act, Ask, Change, Hand, Home, Refuse, Say, Share
from tests.cards import any_card, words
from tests.cards.ordinary import QUICK
from tests.cards.suite import CARDS, FORMS, missing

CARD = Card(
    "Ready",
    (
        Heading("Ready?"),
        prose("If ", "you"),
        Quote("one\ntwo"),
        Points((runs("a"), runs("b"))),
        Checklist("c", "Steps", (Tick("1", "first", done=True), Tick("2", "second"))),
        Buttons((Button("Go", "prep.ask"), Button("Forget", "privacy.forget", confirm="Sure?"))),
        Menu("prep.open", "Which", (Option("1", "Acme"),)),
    ),
)
PLAIN = "Ready?\n\nIf you\n\n> one\n> two\n\n- a\n- b\n\nSteps\n[x] first\n[ ] second"
CONTROLS = "\n\n[Go]\n[Forget] Sure?\n\nWhich:\n- Acme"


def test_a_card_is_read_paragraph_by_paragraph() -> None:
    assert of_card(CARD) == PLAIN + CONTROLS


def test_what_it_says_goes_without_what_can_be_pressed() -> None:
    assert of_card(CARD, controls=False) == PLAIN


def test_a_card_of_buttons_alone_says_its_summary() -> None:
    assert of_card(Card("Choose", (Buttons((Button("Go", "prep.ask"),)),)), controls=False) == "Choose"


@pytest.mark.parametrize("name", CARDS)
def test_nothing_a_card_says_is_dropped(name: str) -> None:
    assert missing(tuple(words.of_card(CARDS[name])), f"{CARDS[name].summary} {of_card(CARDS[name])}") == []


@pytest.mark.parametrize("name", FORMS)
def test_nothing_a_form_asks_is_dropped(name: str) -> None:
    assert missing(tuple(words.of_form(FORMS[name])), of_form(FORMS[name])) == []


@given(any_card.CARDS)
def test_any_card_is_whole_and_holds_nothing_a_terminal_would_act_upon(card: Card) -> None:
    text = of_card(card)
    unquoted = text.replace("\n> ", "\n")
    assert missing(tuple(words.of_card(card)), f"{card.summary} {text} {unquoted}") == []
    assert all(sign == "\n" or sign >= " " for sign in text if sign != "\t")
    text.encode()


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (Say(CARD), PLAIN + CONTROLS),
        (Change(CARD), PLAIN + CONTROLS),
        (Share(CARD, "deals"), PLAIN + CONTROLS),
        (Home(CARD), PLAIN + CONTROLS),
        (Hand(Card("Here", (prose("Here"),)), "mine.json", "application/json", b"{}", "x"), "Here\n\nmine.json"),
        (Ask(QUICK), of_form(QUICK)),
        (Refuse({"a": "No.", "b": "Never."}), "No.\nNever."),
    ],
)
def test_every_act_is_told(act: Act, text: str) -> None:
    assert of_reply((act,)) == text
    assert of_reply((act, act)) == f"{text}\n\n{text}"
