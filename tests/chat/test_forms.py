"""A form on its way to somebody and back, and what a platform would have checked meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import ChoiceField, Field, Form, Option, PlaceField, TextField
from bot.chat.forms import carry, form_of, problems
from bot.errors import InvalidInputError
from tests.garbage import json_values

SALES = Option("C1", "Sales")
FORM = Form(
    "prep.quick",
    "17",
    "Three questions",
    (
        TextField("matters", "What matters?", "hint", "Größe", long=True, required=True, max_length=10),
        ChoiceField("sure", "How sure?", (Option("said", "They said so"), Option("guess", "A guess")), "guess"),
        PlaceField("place", "Where?", (SALES,)),
    ),
    submit="Keep",
    intro="Short answers do.",
)
FILLED = {"matters": "Time", "sure": "said", "place": "C1"}
texts = st.text(max_size=30)
ids = st.text(st.characters(exclude_characters="~", exclude_categories=["Cs"]), min_size=1, max_size=20)
options = st.lists(st.builds(Option, ids, texts), max_size=3).map(tuple)
fields: st.SearchStrategy[Field] = (
    st.builds(TextField, ids, texts, texts, texts, st.booleans(), st.booleans(), st.integers(1, 3000))
    | st.builds(ChoiceField, ids, texts, options, texts, st.booleans(), texts)
    | st.builds(PlaceField, ids, texts, options, texts)
)
forms = st.builds(
    Form, ids, texts, texts, st.lists(fields, max_size=4, unique_by=lambda field: field.id).map(tuple), texts, texts
)


@given(forms)
def test_a_form_comes_back_as_it_went(form: Form) -> None:
    assert form_of(carry(form)) == form


def test_half_a_character_is_left_out_on_the_way() -> None:
    assert form_of(carry(Form("a", "17", "Half \ud800 of it", ()))).title == "Half  of it"


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "{",
        "null",
        "[]",
        '"form"',
        "\ud800",
        "[" * 9999,
        carry(FORM).replace('"text"', '"hologram"'),
        carry(FORM)[:-1],
    ],
    ids=range(9),
)
def test_what_is_no_form_is_refused(carried: str) -> None:
    with pytest.raises(InvalidInputError):
        form_of(carried)


def test_two_fields_of_one_name_are_no_form() -> None:
    with pytest.raises(InvalidInputError):
        form_of(carry(FORM).replace('"sure"', '"matters"'))


def test_a_form_filled_in_as_it_asks_has_no_problems() -> None:
    assert problems(FORM, FILLED) == {}


@pytest.mark.parametrize(
    ("field", "answer", "sentence"),
    [
        ("matters", "", "Please fill this in."),
        ("matters", " \n", "Please fill this in."),
        ("matters", "x" * 11, "At most 10 characters fit here; this has 11."),
        ("sure", "certain", "Please choose one."),
        ("place", "C9", "Please choose one."),
        ("place", "", "Please choose one."),
    ],
)
def test_each_wrong_field_gets_its_sentence(field: str, answer: str, sentence: str) -> None:
    assert problems(FORM, FILLED | {field: answer}) == {field: sentence}


def test_what_need_not_be_filled_in_may_stay_empty() -> None:
    form = Form("a", "", "A", (TextField("note", "Note"), ChoiceField("sure", "How sure?", (Option("said", "Said"),))))
    assert problems(form, {}) == {}


def test_a_choice_that_must_be_made_is_missed() -> None:
    form = Form("a", "", "A", (ChoiceField("sure", "How sure?", (Option("said", "Said"),), required=True),))
    assert problems(form, {}) == {"sure": "Please choose one."}


def test_a_place_is_one_of_those_a_platform_offers_where_the_form_offers_none() -> None:
    form = Form("a", "", "A", (PlaceField("place", "Where?"),))
    assert problems(form, {"place": "C1"}, (SALES,)) == {}
    assert problems(form, {"place": "C9"}, (SALES,)) == {"place": "Please choose one."}


@given(forms, st.dictionaries(ids, texts))
def test_whatever_is_filled_in_only_fields_of_the_form_get_sentences(form: Form, answers: dict[str, str]) -> None:
    assert problems(form, answers).keys() <= {field.id for field in form.fields}


@given(json_values.map(str))
def test_nonsense_is_no_form(carried: str) -> None:
    with pytest.raises(InvalidInputError):
        form_of(carried)
