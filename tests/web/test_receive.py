"""What is typed and pressed becomes events."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import ChoiceField, Form, Option, PlaceField, TextField
from bot.chat.events import Asked, Said
from bot.chat.forms import carry
from bot.errors import InvalidInputError
from bot.web import receive
from bot.web.cast import PEOPLE
from bot.web.receive import Moment
from tests.web.conftest import START

INES = PEOPLE["ines"]
DIRECT, CHANNEL = Moment(INES.direct, START, "page"), Moment(INES.channel, START, "page")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/negotiate prep acme", "prep acme"),
        ("  /Negotiate   tip ", "tip"),
        ("/negotiate", ""),
        ("/negotiate\nprep a", "prep a"),
    ],
)
@pytest.mark.parametrize("moment", [DIRECT, CHANNEL])
def test_a_command_is_a_command_in_every_room(moment: Moment, typed: str, text: str) -> None:
    event = receive.heard(moment, typed)
    assert isinstance(event, Asked)
    assert event.text == text


@pytest.mark.parametrize(
    "typed", ["hello team", "/negotiated", "mail me@coach.example", "the @coaches", "see /negotiate help", "@@coach"]
)
def test_other_words_in_the_channel_are_not_for_the_coach(typed: str) -> None:
    assert receive.heard(CHANNEL, typed) is None


@pytest.mark.parametrize(
    ("typed", "text"), [("@coach tip", "tip"), ("hey @Coach, tip", "hey tip"), ("tip @coach", "tip"), ("@coach", "")]
)
def test_a_mention_is_taken_out_of_what_is_said(typed: str, text: str) -> None:
    event = receive.heard(CHANNEL, typed)
    assert isinstance(event, Said)
    assert (event.text, event.direct) == (text, False)


def test_a_direct_message_is_always_for_the_coach() -> None:
    event = receive.heard(DIRECT, "hello")
    assert isinstance(event, Said)
    assert event.direct


def test_the_same_thing_on_the_same_page_is_the_same_happening() -> None:
    press = {"press": ["prep.open:17"], "message": ["4"]}
    again, elsewhere = receive.touched(DIRECT, press), receive.touched(Moment(INES.direct, START, "other"), press)
    assert receive.touched(DIRECT, press).receipt == again.receipt != elsewhere.receipt
    assert receive.touched(DIRECT, {**press, "message": ["5"]}).receipt != again.receipt


FIELDS = (
    TextField("a", "A"),
    TextField("b", "B", long=True),
    ChoiceField("c", "C", (Option("x", "X"),)),
    PlaceField("d", "D"),
)


@given(st.builds(Form, id=st.text(), subject=st.text(), title=st.text(), fields=st.just(FIELDS)))
def test_a_form_carried_along_comes_back_the_same(form: Form) -> None:
    assert receive.form_of({"form": [carry(form)]}) == form


@given(st.text())
def test_what_is_no_form_is_bad_input(text: str) -> None:
    with pytest.raises(InvalidInputError):
        receive.form_of({"form": [text]})


NAMES = st.sampled_from(["press", "pick", "option", "message", "checklist"])


@given(st.dictionaries(NAMES, st.lists(st.text(), max_size=2)))
def test_anything_pressed_is_an_event_or_bad_input(posted: dict[str, list[str]]) -> None:
    with suppress(InvalidInputError):
        assert receive.touched(DIRECT, posted).address == INES.direct


def test_lines_come_back_as_they_were_typed() -> None:
    form = Form("f", "s", "T", (TextField("a", "A", long=True),))
    assert receive.typed(form, {"field.a": ["one\r\ntwo"]}) == {"a": "one\ntwo"}
