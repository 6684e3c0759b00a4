"""What Teams waits for, in the shape it wants."""

import pytest

from bot.teams.answers import SAVED, dialog, done, in_place, sentence
from bot.teams.elements import card
from bot.teams.origin import Way

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


@pytest.mark.parametrize("way", ["press", "fetch"])
def test_no_button_seems_dead(way: Way) -> None:
    assert SAVED in str(done(way))


def test_a_dialog_that_was_sent_closes() -> None:
    assert done("submit") == done("message") == {}
