"""A form on its way to somebody and back: for doors whose platform doesn't keep it meanwhile."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from bot.chat.cards import ChoiceField, Field, Form, Option, PlaceField, TextField
from bot.errors import InvalidInputError

_FORMS: TypeAdapter[Form] = TypeAdapter(Form)


def carry(form: Form) -> str:
    """Write a form so that `form_of` reads it; halves of characters, which no JSON holds, are left out."""
    return json.dumps(asdict(form), ensure_ascii=False).encode(errors="ignore").decode()


def form_of(carried: str) -> Form:
    """Read a form back; raises `InvalidInputError` where that isn't one."""
    try:
        return _FORMS.validate_json(carried)
    except ValidationError as error:
        raise InvalidInputError from error


def problems(form: Form, answers: Mapping[str, str], places: tuple[Option, ...] = ()) -> dict[str, str]:
    """Check what a chat platform checks before it sends a form: required, length, a choice that is offered.

    `places` are offered by a place field that has none of its own.
    """
    found = ((field.id, _problem(field, answers.get(field.id, ""), places)) for field in form.fields)
    return {key: sentence for key, sentence in found if sentence}


def _problem(field: Field, answer: str, places: tuple[Option, ...]) -> str:
    match field:
        case TextField():
            if field.required and not answer.strip():
                return "Please fill this in."
            too_long = len(answer) > field.max_length
            return f"At most {field.max_length:,} characters fit here; this has {len(answer):,}." if too_long else ""
        case ChoiceField():
            offered = {option.id for option in field.options}
            return "Please choose one." if answer not in offered and (answer or field.required) else ""
        case PlaceField():
            return "" if answer in {option.id for option in field.options or places} else "Please choose one."
