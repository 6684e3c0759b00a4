"""What a form's modal shows next: field errors, "still saving", "done", or the form as it was typed."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from bot.slack.block_kit_forms import VIEW_BLOCKS, VIEW_TITLE_MAX
from bot.slack.elements import Json, plain

Payload: TypeAlias = Mapping[str, Any]

NOTE_MAX: Final = 3000
STILL_SAVING: Final = "This takes a little longer than usual. You can wait here or close this window; nothing is lost."
DONE: Final = "Done. It is saved."
# What of a view Slack takes back; the rest is its own bookkeeping.
_KEPT: Final = ("type", "callback_id", "private_metadata", "title", "submit", "close")


def notice(title: str, sentence: str) -> Json:
    """Make a modal that only says something."""
    return {
        "type": "modal",
        "title": plain(title, VIEW_TITLE_MAX),
        "close": plain("Close", VIEW_TITLE_MAX),
        "blocks": [_note(sentence)],
    }


def _note(sentence: str) -> Json:
    return {"type": "section", "text": plain(sentence, NOTE_MAX)}


SAVING: Final = notice("Still saving", STILL_SAVING)
SAVED: Final = notice("Saved", DONE)


def at_fields(problems: Mapping[str, str], view: Payload) -> dict[str, str]:
    """Place each problem at its field; one that fits none stands at the first, since Slack refuses strays."""
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    placed: dict[str, str] = {}
    for field, sentence in problems.items():
        where = field if field in fields else next(iter(fields), "")
        placed[where] = f"{placed[where]} {sentence}" if where in placed else sentence
    return placed


def restored(view: Payload, problems: Mapping[str, str]) -> Json:
    """Rebuild a submitted form with everything typed in it, and what went wrong on top."""
    notes = [_note(sentence) for sentence in problems.values()]
    values = view["state"]["values"]
    blocks = [*notes, *(_filled(block, values.get(block.get("block_id"), {})) for block in view["blocks"])]
    return {key: view[key] for key in _KEPT if view.get(key)} | {"blocks": blocks[:VIEW_BLOCKS]}


def _filled(block: Payload, state: Payload) -> Json:
    if block["type"] != "input":
        return dict(block)
    element = block["element"]
    typed = state.get(element["action_id"], {})
    filled = {key: value for key, value in element.items() if not key.startswith("initial_")}
    for given, shown in _INITIAL.items():
        if typed.get(given):
            filled[shown] = typed[given]
    return {**block, "element": filled}


_INITIAL: Final = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_conversation": "initial_conversation",
}
