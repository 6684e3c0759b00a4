"""What Teams refuses or mishandles in an Adaptive Card 1.5, as far as documentation says.

Checked twice: by Microsoft's own models, which know every element, property and value of Teams, and
here against what of that is in 1.5 and what those models let pass.
"""

import inspect
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from microsoft_teams.cards import core
from pydantic import BaseModel, ValidationError

Json = dict[str, Any]

_INPUT = {"id", "label", "isRequired", "errorMessage"}
_ACTION = {"title", "data", "associatedInputs", "style"}
# Charts are newer than 1.5: where they are unknown, their fallback shows.
_CHART = {"title", "data", "fallback"}
PROPERTIES = {
    "AdaptiveCard": {"$schema", "version", "msteams", "fallbackText", "body", "actions"},
    "RichTextBlock": {"inlines"},
    "TextRun": {"text", "weight", "size", "isSubtle", "italic"},
    "Container": {"style", "items", "id", "isVisible"},
    "Table": {"firstRowAsHeaders", "columns", "rows"},
    "TableRow": {"cells"},
    "TableCell": {"items"},
    "Image": {"url", "altText", "size", "msteams"},
    "ActionSet": {"actions"},
    "Action.Execute": _ACTION | {"verb", "fallback"},
    "Action.Submit": _ACTION,
    "Action.OpenUrl": {"title", "url"},
    "Action.ToggleVisibility": {"title", "targetElements", "style"},
    "Input.Text": _INPUT | {"isMultiline", "maxLength", "value"},
    "Input.ChoiceSet": _INPUT | {"style", "wrap", "choices", "value"},
    "Input.Toggle": _INPUT | {"title", "value", "valueOn", "valueOff", "wrap"},
    "Chart.HorizontalBar": _CHART | {"color"},
    "Chart.Donut": _CHART | {"colorSet"},
    "Chart.Line": _CHART | {"colorSet"},
}
# Parts that have no type of their own, by the list they stand in.
UNTYPED = {"choices": {"title", "value"}, "columns": {"width"}, "values": {"x", "y"}}
_OURS = {"AdaptiveCard": {"msteams", "$schema"}, "Action.Execute": {"data"}, "Action.Submit": {"data"}}
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]|\{\{")
_MODELS: dict[str, type[BaseModel]] = {
    model.model_fields["type"].default: model
    for model in vars(core).values()
    if inspect.isclass(model) and issubclass(model, BaseModel) and "type" in model.model_fields
}


def of_card(card: Json, *, most_bytes: int = 25_000) -> Iterator[str]:
    """Say what is wrong with a card."""
    size = len(json.dumps(card, ensure_ascii=False).encode(errors="surrogatepass"))
    yield from [f"{size} bytes"] if size > most_bytes else []
    parts = list(every(card))
    # A fallback stands for the action it belongs to, not beside it.
    actions = [action for part in parts for action in part.get("actions", ())]
    yield from [f"{len(actions)} actions"] if len(actions) > 6 else []
    ids = Counter(part["id"] for part in parts if "id" in part)
    yield from (f"id twice: {written}" for written, times in ids.items() if times > 1)
    yield from _of_inputs({part["id"] for part in parts if str(part.get("type")).startswith("Input.")}, actions)
    targets = {target for action in actions for target in action.get("targetElements", ())}
    yield from (f"shows or hides what isn't there: {target}" for target in targets - ids.keys())
    hidden = {part["id"] for part in parts if part.get("isVisible") is False}
    yield from (f"hidden for good: {written}" for written in hidden - targets)
    for part in parts:
        yield from _of_part(part)


def _of_inputs(inputs: set[str], actions: list[Json]) -> Iterator[str]:
    """Check that what is typed or chosen comes back, and that nothing else is waited for."""
    presses = [action for action in actions if "data" in action]
    saves = [action for action in presses if action.get("associatedInputs", "auto") == "auto"]
    yield from ["inputs that nothing brings back"] if inputs and not saves else []
    yield from ["an action that brings back nothing"] if saves and not inputs else []
    chosen = {action["data"]["choice"] for action in presses if "choice" in action["data"]}
    yield from (f"a choice that isn't there: {written}" for written in chosen - inputs)


def _of_part(part: Json) -> Iterator[str]:
    kind = part.get("type")
    if kind is not None:
        yield from (f"{kind} has no {extra}" for extra in part.keys() - PROPERTIES[kind] - {"type"})
        yield from _of_model(kind, part)
    for key, value in part.items():
        if isinstance(value, str) and key not in ("value", "id") and _UNSHOWABLE.search(value):
            yield f"{key} would not show as typed"
        if key in ("text", "title", "label", "fallbackText", "legend", "x") and not value:
            yield f"empty {key}"
        if key in ("body", "items", "inlines", "cells", "choices", "rows", "actions", "values") and not value:
            yield f"nothing in {key}"
        if key in UNTYPED:
            yield from (f"{key} have no {extra}" for each in value for extra in each.keys() - UNTYPED[key])
    if str(kind).startswith("Input.") and not part.get("id"):
        yield "an input without an id brings nothing back"
    if kind == "Table" and len({len(row["cells"]) for row in part["rows"]} | {len(part["columns"])}) > 1:
        yield "ragged table"
    if kind == "Action.Execute" and part["fallback"] != _as_submit(part):
        yield "an old client would not bring back the same"


def _as_submit(execute: Json) -> Json:
    return {"type": "Action.Submit"} | {key: execute[key] for key in execute.keys() & _ACTION}


def _of_model(kind: str, part: Json) -> Iterator[str]:
    """Ask Microsoft's model of this kind whether it knows every property and value."""
    # What an action carries is ours; and "Full", as documented, is "full" to the models.
    known = {key: value for key, value in part.items() if key not in _OURS.get(kind, ())}
    try:
        parsed = _MODELS[kind].model_validate(known)
    except ValidationError as wrong:
        yield from (f"{kind}: {error['loc']}: {error['msg']}" for error in wrong.errors())
        return
    yield from (f"unknown to {kind}: {extra}" for extra in _extras(parsed))


def _extras(parsed: BaseModel) -> Iterator[str]:
    # A plain element or action stands for any; each is looked at by its own model.
    if type(parsed) in (core.CardElement, core.Action):
        return
    yield from parsed.model_extra or {}
    for value in vars(parsed).values():
        for each in value if isinstance(value, list) else [value]:
            yield from _extras(each) if isinstance(each, BaseModel) else ()


def every(part: Any) -> Iterator[Json]:  # noqa: ANN401 - JSON
    """Yield every object in a JSON value, outer ones first; what an action carries is no part of the card."""
    if isinstance(part, dict):
        yield part
        is_action = str(part.get("type")).startswith("Action.")
        children = [value for key, value in part.items() if not (is_action and key == "data")]
    else:
        children = list(part) if isinstance(part, list | tuple) else []
    for child in children:
        yield from every(child)
