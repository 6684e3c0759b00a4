"""Form -> Adaptive Card, and the way back for what is typed into it.

The card fits a dialog, whose own title the door sets, as well as a message. Its one action is
Action.Submit because a dialog knows no other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, assert_never

from bot.chat.cards import ChoiceField, Field, Form, PlaceField, Run, TextField
from bot.chat.forms import carry
from bot.chat.text import printable, shown, units
from bot.teams.elements import (
    BUTTON_TEXT_MAX,
    OPTION_TEXT_MAX,
    Json,
    card,
    choice,
    in_full,
    label,
    rich,
)

LABEL_MAX: Final = 1000
# Up to this many choices stand open; more fold into a menu.
OPEN_CHOICES_MAX: Final = 10

MISSING = "Please fill this in."
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
FORM: Final = "form"
_OPENED_FROM: Final = "from"
_CARRIED: Final = "carried"
_ANSWER: Final = "answer:"


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: field id to answer, the message it was opened from, and the form itself as carried."""

    form: str
    subject: str
    answers: Mapping[str, str]
    opened_from: str
    carried: str


def render_form(
    form: Form, opened_from: str = "", *, typed: Mapping[str, str] = NOTHING, problems: Mapping[str, str] = NOTHING
) -> Json:
    """Write a form as one card, `typed` before the values it came with, a sentence at each wrong field.

    The form travels along, and the message it was opened from: Teams remembers neither.
    """
    bare = replace(form, fields=tuple(_bare(field) for field in form.fields))
    data = {FORM: form.id, "subject": form.subject, _OPENED_FROM: opened_from, _CARRIED: carry(bare)}
    submit = {"type": "Action.Submit", "title": label(form.submit, BUTTON_TEXT_MAX), "data": data}
    general = (sentence for key, sentence in problems.items() if key not in {field.id for field in form.fields})
    body = [*_words(form), *(element for sentence in general for element in _wrong(sentence))]
    for field in form.fields:
        body += _wrong(problems[field.id]) if field.id in problems else ()
        body += _field(field, typed.get(field.id, "" if isinstance(field, PlaceField) else field.value))
    return card(body, label(form.title, LABEL_MAX), actions=[submit])


def read_form(data: Mapping[str, Any]) -> Sent:
    """Read what a form brings back.

    Teams leaves out a field that was left empty: one that is not there has no answer.
    """
    answers = {key.removeprefix(_ANSWER): str(value) for key, value in data.items() if key.startswith(_ANSWER)}
    opened_from, carried = str(data.get(_OPENED_FROM, "")), str(data.get(_CARRIED, ""))
    return Sent(str(data[FORM]), str(data["subject"]), answers, opened_from, carried)


def _bare(field: Field) -> Field:
    """What was typed comes back by itself. What is already kept may be longer than what is typed anew."""
    match field:
        case TextField():
            return replace(field, value="", max_length=max(field.max_length, len(field.value)))
        case ChoiceField():
            return replace(field, value="")
        case PlaceField():
            return field
    assert_never(field)


def _wrong(sentence: str) -> Iterator[Json]:
    return rich((Run(sentence, strong=True),), color="Attention")


def _words(form: Form) -> Iterator[Json]:
    yield from rich((Run(form.title, strong=True),), size="Large")
    if form.intro:
        yield from rich((Run(form.intro),))
    yield from in_full((form.submit,), BUTTON_TEXT_MAX)


def _field(field: Field, value: str) -> Iterator[Json]:
    match field:
        case TextField():
            return _text(field, value)
        case ChoiceField():
            return _choice(field, value, required=field.required)
        case PlaceField():
            return _choice(field, value, required=True)
    assert_never(field)


def _input(kind: str, field: Field, *, required: bool) -> Json:
    common = {"type": kind, "id": f"{_ANSWER}{field.id}", "label": label(field.label, LABEL_MAX)}
    return common | ({"isRequired": True, "errorMessage": MISSING} if required else {})


def _text(field: TextField, value: str) -> Iterator[Json]:
    yield from in_full((field.label,), LABEL_MAX)
    value = printable(value)
    yield {
        **_input("Input.Text", field, required=field.required),
        "isMultiline": field.long or "\n" in value,
        # Never shorter than what is already kept, which would be cut off.
        "maxLength": max(field.max_length, units(value)),
        "value": value,
    }
    if field.hint:
        yield from rich((Run(field.hint),), isSubtle=True, size="Small")


def _choice(field: ChoiceField | PlaceField, value: str, *, required: bool) -> Iterator[Json]:
    options = field.options
    if not options:
        yield from rich((Run(f"{shown(field.label)}  ", strong=True), Run(shown(field.empty))))
        return
    yield from in_full((field.label,), LABEL_MAX)
    yield from in_full((entry.label for entry in options), OPTION_TEXT_MAX)
    is_open = len(options) <= OPEN_CHOICES_MAX
    yield {
        **_input("Input.ChoiceSet", field, required=required),
        "style": "expanded" if is_open else "compact",
        "wrap": True,
        "choices": [choice(entry, markdown=is_open) for entry in options],
        "value": value,
    }
