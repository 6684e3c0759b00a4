"""The lines of a checklist in Teams: toggles, and what their ids say when they come back.

Nothing happens at a click: a button brings all toggles of a card, touched or not.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from bot.chat.cards import Tick
from bot.chat.text import shorten, shown
from bot.teams.elements import Json, escaped

TICK_VERB: Final = "tick"
TOGGLE_TEXT_MAX: Final = 1000
# Far more than a card of ours has: each becomes an event of its own.
LISTS_MAX: Final = 25
_DONE: Final = "ticked"


def toggle(checklist: str, tick: Tick) -> Json:
    """Write one line of a checklist."""
    return {
        "type": "Input.Toggle",
        "id": _toggle_id(_Toggle(checklist, tick.id, tick.done)),
        "title": escaped(shorten(shown(tick.text), TOGGLE_TEXT_MAX)),
        "value": "true" if tick.done else "false",
        "valueOn": "true",
        "valueOff": "false",
        "wrap": True,
    }


def read_ticks(data: Mapping[str, Any]) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Read what saving brings back, list by list: its id, the ticks that were touched, and which of them are ticked.

    Whoever ticks in two lists of a card and saves one means both; the one saved comes last. What was left as it
    stood is no word about it: the card may be an old copy, and the line ticked elsewhere since.
    """
    saved = str(data["subject"])
    lists: dict[str, dict[str, bool]] = {}
    for key, value in data.items():
        if (named := _tick_of(key)) and named.done != (value == "true"):
            lists.setdefault(named.checklist, {})[named.tick] = not named.done
    order = [*(one for one in lists if one != saved), saved]
    states = [(one, lists.get(one, {})) for one in order]
    return [(one, frozenset(of), frozenset(tick for tick, done in of.items() if done)) for one, of in states]


class _Toggle(NamedTuple):
    """What the id of a toggle says: its tick, and how that was shown."""

    checklist: str
    tick: str
    done: bool


def _toggle_id(toggle: _Toggle) -> str:
    """Name a toggle; its list's length says where the list's id ends, whatever signs stand in it."""
    kind = _DONE if toggle.done else TICK_VERB
    return f"{kind}:{len(toggle.checklist)}:{toggle.checklist}:{toggle.tick}"


def _tick_of(input_id: str) -> _Toggle | None:
    """Read back which toggle this is; None where it is none."""
    kind, _, rest = input_id.partition(":")
    length, _, named = rest.partition(":")
    if kind not in (TICK_VERB, _DONE) or not length.isdecimal():
        return None
    return _Toggle(named[: int(length)], named[int(length) + 1 :], kind == _DONE)
