import json

import pytest
from hypothesis import HealthCheck, given, settings

from bot.chat.cards import (
    Button,
    Card,
    Checklist,
    Form,
    Menu,
    Option,
    Table,
    TextField,
    Tick,
    dump,
    load,
    prose,
    runs,
    strong,
)
from tests.cards import any_card, ordinary


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_card.CARDS)
def test_a_card_comes_back_from_the_store_as_it_was(card: Card) -> None:
    assert load(dump(card)) == card


@pytest.mark.parametrize("card", ordinary.CARDS.values(), ids=ordinary.CARDS)
def test_an_ordinary_card_comes_back_from_the_store_as_it_was(card: Card) -> None:
    assert load(dump(card)) == card


def test_a_card_of_another_version_is_refused() -> None:
    newer = json.loads(dump(ordinary.TIP)) | {"version": 2}
    with pytest.raises(ValueError, match="card version 2 is not 1"):
        load(json.dumps(newer))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"summary": "s", "blocks": [{"kind": "picture"}]}'])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        load(text)


def test_a_row_needs_a_cell_for_every_column() -> None:
    with pytest.raises(ValueError, match="one cell per column"):
        Table(("A", "B"), (("1",),))
    with pytest.raises(ValueError, match="one cell per column"):
        Table((), ())


@pytest.mark.parametrize(("action", "subject"), [("", ""), ("Prep", ""), ("a:b", ""), ("a" * 65, ""), ("a", "s" * 181)])
def test_a_button_that_could_not_come_back_is_refused(action: str, subject: str) -> None:
    with pytest.raises(ValueError, match="not a valid action"):
        Button("Label", action, subject)


def test_a_menu_that_could_not_come_back_is_refused() -> None:
    with pytest.raises(ValueError, match="not a valid action"):
        Menu("a:b", "Label", ())


@pytest.mark.parametrize("written", ["", "x" * 151])
def test_an_id_that_a_platform_could_not_carry_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a valid option id"):
        Option(written, "Label")
    with pytest.raises(ValueError, match="not a valid option id"):
        Tick(written, "Text")


def test_two_ticks_or_two_checklists_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="not a valid checklist"):
        Checklist("list", "L", (Tick("a", "one"), Tick("a", "two")))
    with pytest.raises(ValueError, match="same id"):
        Card("s", (Checklist("list", "L", ()), Checklist("list", "M", ())))


@pytest.mark.parametrize("ids", [("a", "a"), ("",), ("a~2",), ("x" * 181,)])
def test_a_form_whose_answers_could_not_be_told_apart_is_refused(ids: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="not valid field ids"):
        Form("f", "", "T", tuple(TextField(written, "Label") for written in ids))


def test_a_paragraph_is_written_in_plain_and_strong_stretches() -> None:
    assert prose("If ", strong("you"), " sign").runs == runs("If ", strong("you"), " sign")
