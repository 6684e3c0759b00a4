"""What Teams waits for, in the shape it wants."""

import pytest

from bot.chat.cards import Button, Buttons, Card, Checklist, Menu, Option, Tick, prose
from bot.teams.answers import SAVED, dialog, done, in_place, sentence, to_read
from bot.teams.elements import card
from bot.teams.origin import Way
from tests.stories.teams_cards import texts

CARD = card([{"type": "TextBlock", "text": "Hello"}], "Hello")


def test_a_card_is_shown_in_place_of_the_one_that_was_pressed() -> None:
    assert in_place(CARD) == {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD}


def test_a_form_opens_as_a_dialog() -> None:
    value = dialog(CARD)["task"]["value"]
    assert dialog(CARD)["task"]["type"] == "continue"
    assert value["card"] == {"contentType": "application/vnd.microsoft.card.adaptive", "content": CARD}
    assert value["title"]
    assert (value["height"], value["width"]) == ("medium", "medium")


def test_a_sentence_is_said_where_somebody_waits() -> None:
    shown = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Hi."}
    assert sentence("press", "Hi.") == shown
    assert sentence("fetch", "Hi.") == sentence("submit", "Hi.") == {"task": {"type": "message", "value": "Hi."}}
    assert sentence("message", "Hi.") == {}


def test_whoever_points_at_a_message_reads_a_sentence_in_a_small_dialog() -> None:
    """Shown as a message there, Teams leaves the window empty."""
    task = sentence("quote", "Hi.")["task"]
    assert (task["type"], task["value"]["height"], task["value"]["width"]) == ("continue", "small", "small")
    assert texts(task["value"]["card"]["content"]) == "Hi."


def test_where_nothing_can_be_pressed_a_card_is_only_read() -> None:
    pressable = Buttons((Button("Go", "prep.open"),)), Menu("prep.open", "Which?", (Option("1", "One"),))
    lists = Checklist("a", "Steps", (Tick("1", "First"),))
    card = to_read(Card("Hello", (prose("Hello there."), *pressable, lists)), "Only here.")["task"]["value"]["card"]
    assert texts(card["content"]) == "Only here.\nHello there."


@pytest.mark.parametrize("way", ["press", "fetch", "quote"])
def test_no_button_seems_dead(way: Way) -> None:
    assert SAVED in str(done(way))


def test_a_dialog_that_was_sent_closes() -> None:
    assert done("submit") == done("message") == {}
