"""What a person makes of an Adaptive Card: what can be read, touched and typed, in the order it stands there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

Json = dict[str, Any]

CARD: Final = "application/vnd.microsoft.card.adaptive"
# A few words that pass, where something was pressed.
NOTICE: Final = "application/vnd.microsoft.activity.message"
ANSWER: Final = "answer:"
_INSIDE: Final = ("body", "items", "columns", "rows", "cells", "actions")
_ESCAPED: Final = re.compile(r"\\([\\`*_~\[\]<>#+.)-])")


def parts(part: object, unfolded: frozenset[str] = frozenset()) -> Iterator[Json]:
    """Everything that is on the screen; what is folded away only if it is among the `unfolded`."""
    if isinstance(part, list):
        for one in part:
            yield from parts(one, unfolded)
    elif isinstance(part, dict) and (part.get("isVisible", True) or part.get("id") in unfolded):
        yield part
        for key in _INSIDE:
            yield from parts(part.get(key), unfolded)


def texts(card: Json) -> str:
    """Everything that can be read on a card, a line each."""
    return "\n".join(line for one in parts(card) for line in _lines(one))


def _lines(part: Json) -> Iterator[str]:
    kind = part.get("type", "")
    if kind == "RichTextBlock":
        yield "".join(run["text"] for run in part["inlines"])
    elif kind == "TextBlock":
        yield part["text"]
    elif kind == "Input.Toggle":
        yield _ESCAPED.sub(r"\1", part["title"])
    elif kind.startswith("Input."):
        yield from (part["label"], *([part["value"]] if kind == "Input.Text" else map(titled, part["choices"])))
    elif kind.startswith("Action."):
        yield part["title"]


def titled(part: Json) -> str:
    """The words on a control."""
    return _ESCAPED.sub(r"\1", part.get("title", ""))


def inputs(card: Json) -> dict[str, str]:
    """What stands in the inputs of a card; Teams leaves an empty one out."""
    known = {one["id"]: one.get("value", "") for one in parts(card) if one.get("type", "").startswith("Input.")}
    return {name: value for name, value in known.items() if value}


def typed_into(card: Json, typed: Mapping[str, str]) -> dict[str, str]:
    """What a card holds after somebody typed and chose; a client sends it only where nothing required is missing."""
    known = {one["id"]: one for one in parts(card) if one.get("type", "").startswith("Input.")}
    for name, value in typed.items():
        offered = [one["value"] for one in known[name].get("choices", ())]
        assert value in offered or not offered, f"{value} is not among {offered}"
        assert len(value) <= known[name].get("maxLength", len(value)), f"the client takes no more than fits {name}"
    values = {name: value for name, value in (inputs(card) | dict(typed)).items() if value}
    missing = [name for name, one in known.items() if one.get("isRequired") and name not in values]
    assert not missing, f"the client asks to fill in {missing}"
    return values


def brings(action: Json, values: Mapping[str, str]) -> Json:
    """What an action of a card brings back, whose inputs hold `values`."""
    assert action["associatedInputs"] in ("auto", "none")
    data: Json = action["data"]
    return data | (dict(values) if action["associatedInputs"] == "auto" else {})
