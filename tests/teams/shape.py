"""What Teams refuses or mishandles in an Adaptive Card 1.5, as far as documentation says."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_INPUT = {"id", "label", "isRequired", "errorMessage"}
_ACTION = {"title", "data", "associatedInputs", "style"}
PROPERTIES = {
    "AdaptiveCard": {"$schema", "version", "msteams", "fallbackText", "body", "actions"},
    "RichTextBlock": {"inlines"},
    "TextRun": {"text", "weight", "size", "isSubtle", "italic"},
    "Container": {"style", "items"},
    "Table": {"firstRowAsHeaders", "columns", "rows"},
    "TableRow": {"cells"},
    "TableCell": {"items"},
    "ActionSet": {"actions"},
    "Action.Execute": _ACTION | {"verb", "fallback"},
    "Action.Submit": _ACTION,
    "Input.Text": _INPUT | {"isMultiline", "maxLength", "value"},
    "Input.ChoiceSet": _INPUT | {"style", "wrap", "choices", "value"},
    "Input.Toggle": _INPUT | {"title", "value", "valueOn", "valueOff", "wrap"},
}
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]|\{\{")


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
    for part in parts:
        yield from _of_part(part)


def _of_part(part: Json) -> Iterator[str]:
    kind = part.get("type")
    if kind is not None:
        yield from (f"{kind} has no {extra}" for extra in part.keys() - PROPERTIES[kind] - {"type"})
    for key, value in part.items():
        if isinstance(value, str) and key != "value" and _UNSHOWABLE.search(value):
            yield f"{key} would not show as typed"
        if key in ("text", "title", "label", "fallbackText") and not value:
            yield f"empty {key}"
        if key in ("body", "items", "inlines", "cells", "choices", "rows", "actions") and not value:
            yield f"nothing in {key}"
    if str(kind).startswith("Input.") and not part.get("id"):
        yield "an input without an id brings nothing back"
    if kind == "Table" and len({len(row["cells"]) for row in part["rows"]} | {len(part["columns"])}) > 1:
        yield "ragged table"


def every(part: Any) -> Iterator[Json]:  # noqa: ANN401 - JSON
    """Yield every object in a JSON value, outer ones first."""
    if isinstance(part, dict):
        yield part
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple) else ()
    for child in children:
        yield from every(child)
