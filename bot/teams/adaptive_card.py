"""Card -> Adaptive Cards, and the way back for what is pressed and ticked.

Nothing is dropped: what one card can't hold goes on in the next one, and a text shortened on a
control stands in full beside it. Every action carries what it means in its data, so that a client
which knows only Action.Submit brings the same back.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, assert_never

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Checklist,
    Facts,
    Heading,
    Menu,
    Points,
    Prose,
    Quote,
    Run,
    Table,
    Tick,
)
from bot.chat.text import packed, shorten, shown, units
from bot.teams.elements import (
    BUTTON_TEXT_MAX,
    OPTION_TEXT_MAX,
    Json,
    bullets,
    card,
    choice,
    escaped,
    in_full,
    label,
    rich,
)

CARD_BYTES: Final = 25_000
CARD_ACTIONS: Final = 6
# What the wrapping of a card takes, its summary not counted.
WRAPPING_BYTES: Final = 500
SUMMARY_MAX: Final = 1000
# Of a card, so that one such part and its neighbours fit.
PART_BYTES: Final = 12_000
# Its column names and one row, in any script, fit into a table, and that into a card.
TABLE_BYTES: Final = 21_000
TOGGLE_TEXT_MAX: Final = 1000
TABLE_COLUMNS: Final = 10
CELL_MAX: Final = 300

TICK_VERB = "tick"
_CHOICE = "choice"
_encode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class _Part:
    """Elements that must stay on one card, and the number of actions among them."""

    elements: tuple[Json, ...]
    actions: int = 0

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return sum(_size(element) for element in self.elements)


def render(message: Card) -> tuple[Json, ...]:
    """Write a card as Adaptive Cards to send in this order, nearly always one."""
    summary = label(message.summary, SUMMARY_MAX)
    parts = [part for block in message.blocks for part in _block(block)]
    if not parts or units(message.summary) > SUMMARY_MAX:
        parts = [*_texts(rich((Run(message.summary),))), *parts]
    return tuple(card(body, summary) for body in _cards(parts, CARD_BYTES - WRAPPING_BYTES - len(summary.encode())))


def read_press(data: Mapping[str, Any]) -> tuple[str, str]:
    """Read what a button or menu brings back: its action and subject, the latter empty if none was chosen."""
    subject = data.get(str(data.get(_CHOICE, ""))) if _CHOICE in data else data.get("subject")
    return str(data["action"]), str(subject or "")


def read_ticks(data: Mapping[str, Any]) -> tuple[str, frozenset[str], frozenset[str]]:
    """Read what a saved checklist brings back: its id, the ticks shown, and those ticked."""
    checklist = str(data["subject"])
    prefix = _tick_id(checklist, "")
    states = {key.removeprefix(prefix): value for key, value in data.items() if key.startswith(prefix)}
    return checklist, frozenset(states), frozenset(tick for tick, state in states.items() if state == "true")


def _cards(parts: Iterable[_Part], room: int) -> Iterator[list[Json]]:
    """Fill cards in order, by their actions and by their size."""
    body: list[Json] = []
    actions = size = 0
    for part in parts:
        if body and (actions + part.actions > CARD_ACTIONS or size + part.size > room):
            yield body
            body, actions, size = [], 0, 0
        body = [*body, *part.elements]
        actions += part.actions
        size += part.size
    yield body


def _size(element: Json) -> int:
    return len(_encode(element).encode()) + 2  # and the comma between


def _texts(elements: Iterable[Json]) -> Iterator[_Part]:
    return (_Part((element,)) for element in elements)


def _block(block: Block) -> Iterator[_Part]:  # noqa: PLR0911 - one case a kind of block
    match block:
        case Heading():
            return _texts(rich((Run(block.text, strong=True),), size="Large"))
        case Prose():
            return _texts(rich(block.runs, isSubtle=True, size="Small") if block.quiet else rich(block.runs))
        case Quote():
            return (_Part((_quote(element),)) for element in rich((Run(block.text),), italic=True))
        case Points():
            return _texts(bullets(block.items) if block.items else _empty(block.empty))
        case Facts():
            return _texts(_facts(block) if block.rows else _empty(block.empty))
        case Checklist():
            return _checklist(block)
        case Table():
            return _texts(_tables(block) if block.rows else _empty(block.empty))
        case Buttons():
            return _buttons(block.buttons)
        case Menu():
            return _menu(block)
    assert_never(block)


def _quote(element: Json) -> Json:
    return {"type": "Container", "style": "emphasis", "items": [element]}


def _empty(text: str) -> Iterator[Json]:
    return rich((Run(text),), isSubtle=True)


def _facts(facts: Facts) -> Iterator[Json]:
    for row in facts.rows:
        yield from rich((Run(f"{shown(row.label)}  ", strong=True), Run(shown(row.value))))


def _action(title: str, data: Json, *, inputs: bool, **looks: str) -> Json:
    """Write an action; only with `inputs` does it bring back what stands in the card's inputs."""
    common = {
        "title": label(title, BUTTON_TEXT_MAX),
        "data": data,
        "associatedInputs": "auto" if inputs else "none",
        **looks,
    }
    fallback = {"type": "Action.Submit", **common}
    return {"type": "Action.Execute", "verb": data["action"], **common, "fallback": fallback}


def _actions(actions: Sequence[Json]) -> Json:
    return {"type": "ActionSet", "actions": list(actions)}


def _tick_id(checklist: str, tick: str) -> str:
    return f"{TICK_VERB}:{checklist}:{tick}"


def _checklist(checklist: Checklist) -> Iterator[_Part]:
    yield from _texts(rich((Run(checklist.title, strong=True),)))
    if not checklist.ticks:
        yield from _texts(_empty(checklist.empty))
    # Saving brings back a card's inputs, so each group of ticks has its own button on its own card.
    for group in packed(checklist.ticks, len(checklist.ticks) or 1, PART_BYTES, lambda tick: _size(_toggle("", tick))):
        save = _action("Save ticks", {"action": TICK_VERB, "subject": checklist.id}, inputs=True)
        yield _Part((*(_toggle(checklist.id, tick) for tick in group), _actions([save])), actions=1)
        yield from _texts(in_full((tick.text for tick in group), TOGGLE_TEXT_MAX))


def _toggle(checklist: str, tick: Tick) -> Json:
    return {
        "type": "Input.Toggle",
        "id": _tick_id(checklist, tick.id),
        "title": escaped(shorten(shown(tick.text), TOGGLE_TEXT_MAX)),
        "value": "true" if tick.done else "false",
        "valueOn": "true",
        "valueOff": "false",
        "wrap": True,
    }


def _buttons(buttons: Sequence[Button]) -> Iterator[_Part]:
    yield from _texts(in_full((button.label for button in buttons), BUTTON_TEXT_MAX))
    # Teams has no "are you sure?": what it would ask is said above the button.
    asked = (button for button in buttons if button.confirm)
    for button in asked:
        note = (Run(f"{shown(button.label)}: ", strong=True), Run(shown(button.confirm)))
        yield from _texts(rich(note, isSubtle=True, size="Small"))
    for group in packed(buttons, CARD_ACTIONS, PART_BYTES, lambda button: _size(_button(button))):
        yield _Part((_actions([_button(button) for button in group]),), actions=len(group))


def _button(button: Button) -> Json:
    style = {"plain": {}, "primary": {"style": "positive"}, "danger": {"style": "destructive"}}[button.style]
    return _action(button.label, {"action": button.action, "subject": button.subject}, inputs=False, **style)


def _menu(menu: Menu) -> Iterator[_Part]:
    yield from _texts(in_full([menu.label], OPTION_TEXT_MAX))
    if not menu.options:
        yield from _texts(rich((Run(f"{shown(menu.label)}: ", strong=True), Run(shown(menu.empty)))))
    weigh = lambda entry: _size(choice(entry, markdown=False))  # noqa: E731
    for number, group in enumerate(packed(menu.options, len(menu.options) or 1, PART_BYTES, weigh)):
        part = replace(menu, options=tuple(group))
        yield _Part(tuple(_select(part, f"{_CHOICE}:{menu.action}:{number}")), actions=1)
        yield from _texts(in_full((entry.label for entry in group), OPTION_TEXT_MAX))


def _select(menu: Menu, input_id: str) -> Iterator[Json]:
    yield {
        "type": "Input.ChoiceSet",
        "id": input_id,
        "label": label(menu.label, OPTION_TEXT_MAX),
        "style": "compact",
        "choices": [choice(entry, markdown=False) for entry in menu.options],
    }
    yield _actions([_action("Go", {"action": menu.action, _CHOICE: input_id}, inputs=True)])


def _tables(table: Table) -> Iterator[Json]:
    for columns in _column_groups(len(table.columns)):
        names = _row([table.columns[n] for n in columns], strong=True)
        rows = (_row([row[n] for n in columns]) for row in table.rows)
        for group in packed(rows, len(table.rows), TABLE_BYTES - _size(names), _size):
            yield {
                "type": "Table",
                "firstRowAsHeaders": True,
                "columns": [{"width": 1} for _ in columns],
                "rows": [names, *group],
            }
    yield from in_full((text for row in (table.columns, *table.rows) for text in row), CELL_MAX)


def _column_groups(count: int) -> Iterator[Sequence[int]]:
    """Split the columns, each further group after the first column again."""
    yield range(min(count, TABLE_COLUMNS))
    for start in range(TABLE_COLUMNS, count, TABLE_COLUMNS - 1):
        yield [0, *range(start, min(count, start + TABLE_COLUMNS - 1))]


def _row(cells: Sequence[str], *, strong: bool = False) -> Json:
    texts = (next(rich((Run(shorten(shown(cell), CELL_MAX), strong=strong),))) for cell in cells)
    return {"type": "TableRow", "cells": [{"type": "TableCell", "items": [text]} for text in texts]}
