"""The one table: every event has its handler, and only those that write may."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.events import Asked, Due, Event, Joined, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.chat.ids import ACTION
from bot.errors import StaleError
from handlers.router import plan
from handlers.table import CHECKLISTS, DIALOGUES, FORMS, PRESSES, VERBS
from tests.handlers.conftest import ANN, NOW


def asked(text: str) -> Asked:
    return Asked(address=ANN, at=NOW, receipt="r", text=text)


def pressed(action: str, subject: str = "") -> Pressed:
    return Pressed(address=ANN, at=NOW, receipt="r", action=action, subject=subject)


def submitted(form: str) -> Submitted:
    return Submitted(address=ANN, at=NOW, receipt="r", form=form, subject="", answers={})


def ticked(checklist: str) -> Ticked:
    return Ticked(address=ANN, at=NOW, receipt="r", checklist=checklist, shown=frozenset(), chosen=frozenset())


def due(kind: str) -> Due:
    return Due(address=ANN, at=NOW, receipt="r", kind=kind, subject="1")


def names(event: Event) -> list[str]:
    return [step.route.name for step in plan(event)]


@pytest.mark.parametrize(
    ("event", "handlers"),
    [
        (asked("prep acme"), ["prep.prep"]),
        (Said(address=ANN, at=NOW, receipt="r", text="prep acme"), ["prep.prep"]),
        (asked("won globex and prep acme"), ["deals.won", "prep.prep"]),
        (asked("what about it"), ["router._sentence"]),
        (asked("won globex and then dance"), ["deals.won"]),
        (asked(""), ["help.show"]),
        (pressed("verb.run", "prep globex"), ["prep.prep"]),
        (pressed("prep.open", "1"), ["prep.open_"]),
        (submitted("deal.add"), ["deals.submit_add"]),
        (ticked("prep.1.before"), ["prep.tick"]),
        (Opened(address=ANN, at=NOW, receipt="r"), ["home.show"]),
        (Joined(address=ANN, at=NOW, receipt="r"), ["help.welcome"]),
        (Quoted(address=ANN, at=NOW, receipt="r", text="prep acme"), ["coaching.quoted"]),
    ],
)
def test_an_event_finds_its_handlers(event: Event, handlers: list[str]) -> None:
    assert names(event) == handlers


def test_each_of_two_requests_gets_its_own_words_and_the_same_receipt() -> None:
    steps = plan(asked("won globex and prep acme"))
    events = [step.event for step in steps]
    assert [event.text for event in events if isinstance(event, Asked)] == ["globex", "acme"]
    assert {event.receipt for event in events} == {"r"}


@pytest.mark.parametrize(
    "event", [pressed("prep.dance"), pressed(""), submitted("deal.former"), ticked("plan.1"), due("dance")]
)
def test_what_the_table_does_not_know_is_out_of_date(event: Event) -> None:
    with pytest.raises(StaleError):
        plan(event)


def test_every_action_of_the_table_can_be_carried_by_a_button() -> None:
    assert all(ACTION.fullmatch(action) for action in PRESSES)


def test_measurements_tell_the_handlers_apart() -> None:
    routes = list(chain(VERBS.values(), PRESSES.values(), FORMS.values(), CHECKLISTS.values()))
    assert len({route.name for route in routes}) == len({route.handler for route in routes})
    assert set(DIALOGUES) == {"prep.client", "plan", "counter", "moved", "promise", "recovery"}


@pytest.mark.parametrize("table", [FORMS, CHECKLISTS])
def test_what_comes_back_from_a_form_or_a_list_may_write(table: dict[str, object]) -> None:
    assert all(getattr(route, "writes", False) for route in table.values())


def test_a_message_pointed_at_is_answered_once_however_often_that_is_delivered() -> None:
    """Only what may write keeps its receipt."""
    assert plan(Quoted(address=ANN, at=NOW, receipt="r", text="hi"))[0].route.writes


@given(st.text(max_size=300))
def test_every_text_has_an_answer(text: str) -> None:
    assert plan(asked(text))
