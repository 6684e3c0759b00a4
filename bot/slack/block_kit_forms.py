"""Form -> Block Kit modal, and the way back for what is typed into it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, assert_never

from bot.chat.cards import ChoiceField, Field, Form, Option, PlaceField, Run, TextField
from bot.chat.text import inside_a_word, pieces, printable, shown, units
from bot.slack.elements import OPTION_TEXT_MAX, Json, in_full, option, paragraph, plain

VIEW_BLOCKS: Final = 100
VIEW_TITLE_MAX: Final = 24
PRIVATE_METADATA_MAX: Final = 3000
LABEL_MAX: Final = 2000
HINT_MAX: Final = 2000
INPUT_MAX: Final = 3000
RADIO_MAX: Final = 10
OPTIONS_MAX: Final = 100
OPTION_GROUPS_MAX: Final = 100

# The action id of every input: the block id names the field.
ANSWER = "answer"


def render_form(form: Form, private_metadata: str) -> Json:
    """Write a form as a modal whose `callback_id` is its id.

    Raises `ValueError` where the form has more fields, or the metadata more characters, than a
    modal can carry.
    """
    blocks = [*_words(form), *(block for field in form.fields for block in _field(field))]
    if len(blocks) > VIEW_BLOCKS or len(private_metadata) > PRIVATE_METADATA_MAX:
        raise ValueError(f"more than a modal can carry: {form.id}")
    return {
        "type": "modal",
        "callback_id": form.id,
        "private_metadata": private_metadata,
        "title": plain(form.title, VIEW_TITLE_MAX),
        "submit": plain(form.submit, VIEW_TITLE_MAX),
        "close": plain("Cancel", VIEW_TITLE_MAX),
        "blocks": blocks,
    }


def read_form_state(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, str]:
    """Read a modal's `state.values`: field id to answer, empty where nothing was typed or chosen."""
    answers: dict[str, str] = {}
    # Slack keeps the order of the blocks, but nothing says that it has to.
    for block_id, inputs in sorted(values.items(), key=lambda item: _numbered(item[0])):
        field_id, _ = _numbered(block_id)
        answers[field_id] = answers.get(field_id, "") + "".join(map(_answer, inputs.values()))
    return answers


def read_places(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, str]:
    """Read which conversations were chosen in a modal, field by field: what Slack's own picker was for."""
    chosen = {_numbered(block)[0]: one for block, inputs in values.items() for one in inputs.values()}
    return {
        field: str(one["selected_conversation"]) for field, one in chosen.items() if one.get("selected_conversation")
    }


def _numbered(block_id: str) -> tuple[str, int]:
    field_id, mark, number = block_id.partition("~")
    return field_id, int(number) if mark else 1


def _answer(state: Mapping[str, Any]) -> str:
    chosen = state.get("selected_option") or {}
    return str(state.get("value") or chosen.get("value") or state.get("selected_conversation") or "")


def _words(form: Form) -> Iterator[Json]:
    yield from in_full((form.title, form.submit), VIEW_TITLE_MAX)
    if form.intro:
        yield from paragraph((Run(form.intro),))


def _field(field: Field) -> Iterator[Json]:
    match field:
        case TextField():
            return _text(field)
        case ChoiceField():
            return _choice(field)
        case PlaceField():
            return _input(field.id, field.label, _place(), required=True)
    assert_never(field)


def _input(block_id: str, label: str, element: Json, *, hint: str = "", required: bool) -> Iterator[Json]:
    yield from in_full((label,), LABEL_MAX)
    yield {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL_MAX),
        "element": {**element, "action_id": ANSWER},
        "optional": not required,
    } | ({"hint": plain(hint, HINT_MAX)} if hint else {})
    yield from in_full((hint,), HINT_MAX)


def _text(field: TextField) -> Iterator[Json]:
    """Write a text field, and where a stored text is longer than one input, as many as hold it."""
    # Slack may trim the edges of an input: cut inside a word, and the pieces join as they were.
    values = list(pieces(printable(field.value), INPUT_MAX, inside_a_word))
    for number, value in enumerate(values, start=1):
        first = number == 1
        yield from _input(
            field.id if first else f"{field.id}~{number}",
            field.label if len(values) == 1 else f"{shown(field.label)} ({number}/{len(values)})",
            _text_input(field, value),
            hint=field.hint if first else "",
            required=field.required and first,
        )


def _text_input(field: TextField, value: str) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "multiline": field.long or "\n" in value,
        "max_length": min(INPUT_MAX, max(field.max_length, units(value))),
    }
    return element | {"initial_value": value} if value else element


def _choice(field: ChoiceField) -> Iterator[Json]:
    if not field.options:
        yield from paragraph((Run(field.label, strong=True), Run(f" {shown(field.empty)}")))
        return
    yield from in_full((entry.label for entry in field.options), OPTION_TEXT_MAX)
    element = _radio(field) if len(field.options) <= RADIO_MAX else _select(field)
    chosen = [option(entry) for entry in field.options if entry.id == field.value]
    if chosen:
        element["initial_option"] = chosen[0]
    yield from _input(field.id, field.label, element, required=field.required)


def _radio(field: ChoiceField) -> Json:
    return {"type": "radio_buttons", "options": [option(entry) for entry in field.options]}


def _select(field: ChoiceField) -> Json:
    if len(field.options) <= OPTIONS_MAX:
        return {"type": "static_select", "options": [option(entry) for entry in field.options]}
    starts = range(0, len(field.options), OPTIONS_MAX)
    if len(starts) > OPTION_GROUPS_MAX:
        raise ValueError(f"more than a menu can offer: {field.id}")
    groups = [_group(start, field.options[start : start + OPTIONS_MAX]) for start in starts]
    return {"type": "static_select", "option_groups": groups}


def _group(start: int, options: tuple[Option, ...]) -> Json:
    label = plain(f"{start + 1}-{start + len(options)}", OPTION_TEXT_MAX)
    return {"label": label, "options": [option(entry) for entry in options]}


def _place() -> Json:
    return {
        "type": "conversations_select",
        "response_url_enabled": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
