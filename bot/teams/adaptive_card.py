"""Card -> Adaptive Cards, and the way back for what is pressed and ticked.

Nothing is dropped: what one card can't hold goes on in the next one, and a text shortened on a
control stands in full beside it. Every action carries what it means in its data, so that a client
which knows only Action.Submit brings the same back.
"""

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
from bot.chat.charts import Chart
from bot.chat.text import packed, shorten, shown, units
from bot.teams.adaptive_card_charts import charts
from bot.teams.adaptive_card_tables import tables
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
    size_of,
)

CARD_BYTES: Final = 25_000
CARD_ACTIONS: Final = 6
# What the wrapping of a card takes, its summary not counted.
WRAPPING_BYTES: Final = 500
SUMMARY_MAX: Final = 1000
# Of a card, so that one such part and its neighbours fit.
PART_BYTES: Final = 12_000
TOGGLE_TEXT_MAX: Final = 1000
QUESTION_MAX: Final = 1000
# A button that asks first is three: itself, yes and no.
QUESTION_ACTIONS: Final = 3

TICK_VERB = "tick"
_CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class _Part:
    """Elements that must stay on one card, and the number of actions among them."""

    elements: tuple[Json, ...]
    actions: int = 0

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return sum(size_of(element) for element in self.elements)


def render(message: Card) -> tuple[Json, ...]:
    """Write a card as Adaptive Cards to send in this order, nearly always one."""
    summary = label(message.summary, SUMMARY_MAX)
    parts = [part for place, block in enumerate(message.blocks) for part in _block(block, place)]
    if not parts or units(message.summary) > SUMMARY_MAX:
        parts = [*_texts(rich((Run(message.summary),))), *parts]
    return tuple(card(body, summary) for body in _cards(parts, CARD_BYTES - WRAPPING_BYTES - len(summary.encode())))


def read_press(data: Mapping[str, Any]) -> tuple[str, str]:
    """Read what a button or menu brings back: its action and subject, the latter empty if none was chosen."""
    subject = data.get(str(data.get(_CHOICE, ""))) if _CHOICE in data else data.get("subject")
    return str(data["action"]), str(subject or "")


def read_ticks(data: Mapping[str, Any]) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Read what saving brings back, list by list: its id, the ticks shown, and those ticked.

    All lists of the card come, the one that was saved last: whoever ticks in two and saves one means both.
    """
    lists: dict[str, dict[str, object]] = {}
    for key, value in data.items():
        if named := _tick_of(key):
            lists.setdefault(named[0], {})[named[1]] = value
    saved = str(data["subject"])
    order = [*(one for one in lists if one != saved), saved]
    states = [(one, lists.get(one, {})) for one in order]
    return [
        (one, frozenset(of), frozenset(tick for tick, state in of.items() if state == "true")) for one, of in states
    ]


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


def _texts(elements: Iterable[Json]) -> Iterator[_Part]:
    return (_Part((element,)) for element in elements)


def _block(block: Block, place: int) -> Iterator[_Part]:  # noqa: C901, PLR0911 - one case a kind of block
    """Write a block; its `place` in the message tells its inputs apart from those of other blocks."""
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
            return _texts(tables(block) if block.rows else _empty(block.empty))
        case Chart():
            return _texts(charts(block))
        case Buttons():
            return _buttons(block.buttons, place)
        case Menu():
            return _menu(block, place)
    assert_never(block)


def _quote(element: Json) -> Json:
    return {"type": "Container", "style": "emphasis", "items": [element]}


def _empty(text: str) -> Iterator[Json]:
    return rich((Run(text),), isSubtle=True)


def _facts(facts: Facts) -> Iterator[Json]:
    for row in facts.rows:
        yield from rich((Run(f"{shown(row.label)}  ", strong=True), Run(shown(row.value))))


def _action(title: str, data: Json, *, inputs: bool, dialog: bool = False, **looks: str) -> Json:
    """Write an action; only with `inputs` does it bring back what stands in the card's inputs.

    Only Action.Submit can open a dialog, and only when its data says so.
    """
    common = {
        "title": label(title, BUTTON_TEXT_MAX),
        "data": {"msteams": {"type": "task/fetch"}, **data} if dialog else data,
        "associatedInputs": "auto" if inputs else "none",
        **looks,
    }
    submit = {"type": "Action.Submit", **common}
    return submit if dialog else {"type": "Action.Execute", "verb": data["action"], **common, "fallback": submit}


def _actions(actions: Sequence[Json]) -> Json:
    return {"type": "ActionSet", "actions": list(actions)}


def _tick_id(checklist: str, tick: str) -> str:
    """Name a toggle; its list's length says where the list's id ends, whatever signs stand in it."""
    return f"{TICK_VERB}:{len(checklist)}:{checklist}:{tick}"


def _tick_of(input_id: str) -> tuple[str, str] | None:
    """Read back which list and tick a toggle is; None where it is no tick's."""
    kind, _, rest = input_id.partition(":")
    length, _, named = rest.partition(":")
    if kind != TICK_VERB or not length.isdecimal():
        return None
    return named[: int(length)], named[int(length) + 1 :]


def _checklist(checklist: Checklist) -> Iterator[_Part]:
    yield from _texts(rich((Run(checklist.title, strong=True),)))
    if not checklist.ticks:
        yield from _texts(_empty(checklist.empty))
    # Saving brings back a card's inputs, so each group of ticks has its own button on its own card.
    weigh = lambda tick: size_of(_toggle("", tick))  # noqa: E731
    for group in packed(checklist.ticks, len(checklist.ticks) or 1, PART_BYTES, weigh):
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


def _buttons(buttons: Sequence[Button], place: int) -> Iterator[_Part]:
    yield from _texts(in_full((button.label for button in buttons), BUTTON_TEXT_MAX))
    yield from _texts(in_full((button.confirm for button in buttons), QUESTION_MAX))
    numbered = [(button, f"sure:{place}:{number}") for number, button in enumerate(buttons)]
    for few in packed(numbered, CARD_ACTIONS, CARD_ACTIONS, lambda pair: _weight(pair[0])):
        for group in packed(few, CARD_ACTIONS, PART_BYTES, lambda pair: sum(map(size_of, _button(*pair)))):
            firsts, questions = zip(*(_button(*pair) for pair in group), strict=True)
            asked = tuple(question for question in questions if question)
            yield _Part((_actions(firsts), *asked), actions=sum(_weight(button) for button, _ in group))


def _weight(button: Button) -> int:
    return QUESTION_ACTIONS if button.confirm else 1


def _button(button: Button, question_id: str) -> tuple[Json, Json]:
    """Write a button, and the question it opens where it asks one first: only the yes in there counts as pressed."""
    style = {"plain": {}, "primary": {"style": "positive"}, "danger": {"style": "destructive"}}[button.style]
    data = {"action": button.action, "subject": button.subject}
    press = _action(button.label, data, inputs=False, dialog=button.dialog, **style)
    if not button.confirm:
        return press, {}
    words = rich((Run(shorten(shown(button.confirm), QUESTION_MAX)),))
    items = [*words, _actions([press, _toggle_question("No, go back", question_id)])]
    question = {"type": "Container", "id": question_id, "isVisible": False, "style": "emphasis", "items": items}
    return _toggle_question(button.label, question_id, **style), question


def _toggle_question(title: str, question_id: str, **looks: str) -> Json:
    title = label(title, BUTTON_TEXT_MAX)
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [question_id], **looks}


def _menu(menu: Menu, place: int) -> Iterator[_Part]:
    yield from _texts(in_full([menu.label], OPTION_TEXT_MAX))
    if not menu.options:
        yield from _texts(rich((Run(f"{shown(menu.label)}: ", strong=True), Run(shown(menu.empty)))))
    weigh = lambda entry: size_of(choice(entry, markdown=False))  # noqa: E731
    for number, group in enumerate(packed(menu.options, len(menu.options) or 1, PART_BYTES, weigh)):
        part = replace(menu, options=tuple(group))
        yield _Part(tuple(_select(part, f"{_CHOICE}:{place}:{number}")), actions=1)
        yield from _texts(in_full((entry.label for entry in group), OPTION_TEXT_MAX))


def _select(menu: Menu, input_id: str) -> Iterator[Json]:
    yield {
        "type": "Input.ChoiceSet",
        "id": input_id,
        "label": label(menu.label, OPTION_TEXT_MAX),
        "style": "compact",
        "choices": [choice(entry, markdown=False) for entry in menu.options],
    }
    yield _actions([_action("Go", {"action": menu.action, _CHOICE: input_id}, inputs=True, dialog=menu.dialog)])
