"""Card -> Adaptive Cards, and the way back for what is pressed and ticked.

Nothing is dropped: what one card can't hold goes on in the next one, and a text shortened on a
control stands in full beside it. Every action carries what it means in its data, so that a client
which knows only Action.Submit brings the same back.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, assert_never
from urllib.parse import quote

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
)
from bot.chat.charts import Chart
from bot.chat.contact import Chat
from bot.chat.scatter import Scatter
from bot.chat.text import packed, shorten, shown, units
from bot.teams.adaptive_card_charts import charts
from bot.teams.adaptive_card_scatter import scatters
from bot.teams.adaptive_card_tables import tables
from bot.teams.adaptive_card_ticks import TICK_VERB, TOGGLE_TEXT_MAX, toggle
from bot.teams.elements import (
    BUTTON_TEXT_MAX,
    OPTION_TEXT_MAX,
    Json,
    bullets,
    card,
    choice,
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
# What the button that saves ticks takes, without its list's id.
SAVE_BYTES: Final = 500
# Of a card, so that one such part and its neighbours fit.
PART_BYTES: Final = 12_000
QUESTION_MAX: Final = 1000
# A button that asks first is three: itself, yes and no.
QUESTION_ACTIONS: Final = 3

# One address: a comma would bring somebody else into the chat.
_EMAIL: Final = re.compile(r"[^\s,;@\x00-\x1f\x7f]{1,100}@[A-Za-z0-9.-]{1,150}")
CHAT_URL: Final = "https://teams.microsoft.com/l/chat/0/0"

_CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class _Part:
    """Elements that must stay on one card, and the number of actions among them.

    `list_id` names the checklist that a tick is of; `saves` marks where the ticks so far are to be saved.
    """

    elements: tuple[Json, ...]
    actions: int = 0
    list_id: str = ""
    saves: bool = False

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return sum(size_of(element) for element in self.elements)


_SAVING: Final = _Part((), saves=True)


def render(message: Card) -> tuple[Json, ...]:
    """Write a card as Adaptive Cards to send in this order, nearly always one."""
    summary = label(message.summary, SUMMARY_MAX)
    lists = {place: block for place, block in enumerate(message.blocks) if isinstance(block, Checklist)}
    parts: list[_Part] = []
    for place, block in enumerate(message.blocks):
        parts += _block(block, place)
        if place == max(lists, default=None):
            parts += _after_the_lists(lists.values())
    if not parts or units(message.summary) > SUMMARY_MAX:
        parts = [*_texts(rich((Run(message.summary),))), *parts]
    return tuple(card(body, summary) for body in _cards(parts, CARD_BYTES - WRAPPING_BYTES - len(summary.encode())))


def read_press(data: Mapping[str, Any]) -> tuple[str, str]:
    """Read what a button or menu brings back: its action and subject, the latter empty if none was chosen."""
    subject = data.get(str(data.get(_CHOICE, ""))) if _CHOICE in data else data.get("subject")
    return str(data["action"]), str(subject or "")


def _cards(parts: Iterable[_Part], room: int) -> Iterator[list[Json]]:
    """Fill cards in order, by their actions and by their size. Ticks are saved on the card they stand on."""
    body: list[Json] = []
    actions = size = 0
    unsaved = ""
    for part in parts:
        list_id = part.list_id or unsaved
        kept_actions, kept_size = (1, SAVE_BYTES + len(list_id.encode())) if list_id else (0, 0)
        if body and (actions + part.actions + kept_actions > CARD_ACTIONS or size + part.size + kept_size > room):
            yield [*body, *_saved(unsaved)]
            body, actions, size, unsaved = [], 0, 0, ""
        body = [*body, *(_saved(unsaved) if part.saves else part.elements)]
        actions += part.actions + bool(part.saves and unsaved)
        size += part.size + (kept_size if part.saves else 0)
        unsaved = "" if part.saves else part.list_id or unsaved
    yield [*body, *_saved(unsaved)]


def _saved(list_id: str) -> list[Json]:
    """Write the one button that brings back every tick of a card."""
    if not list_id:
        return []
    return [_actions([_action("Save ticks", {"action": TICK_VERB, "subject": list_id}, inputs=True)])]


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
        case Scatter():
            return _texts(scatters(block))
        case Buttons():
            return _buttons(block.buttons, place)
        case Menu():
            return _menu(block, place)
        case Chat():
            return _chat(block)
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


def _checklist(checklist: Checklist) -> Iterator[_Part]:
    yield from _texts(rich((Run(checklist.title, strong=True),)))
    if not checklist.ticks:
        yield from _texts(_empty(checklist.empty))
    for tick in checklist.ticks:
        yield _Part((toggle(checklist.id, tick),), list_id=checklist.id)


def _after_the_lists(lists: Iterable[Checklist]) -> Iterator[_Part]:
    """Save once what is ticked in all of them, and give in full what stood shortened."""
    yield _SAVING
    yield from _texts(in_full((tick.text for one in lists for tick in one.ticks), TOGGLE_TEXT_MAX))


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


def _chat(chat: Chat) -> Iterator[_Part]:
    """Lead to the chat with a person, whom Teams finds by their address alone."""
    if not _EMAIL.fullmatch(chat.email):
        yield from _texts(rich((Run(chat.words),)))
        return
    yield from _texts(in_full((chat.label,), BUTTON_TEXT_MAX))
    url = f"{CHAT_URL}?users={quote(chat.email, safe='@', errors='ignore')}"
    yield _Part((_actions([{"type": "Action.OpenUrl", "title": label(chat.label, BUTTON_TEXT_MAX), "url": url}]),), 1)


def _select(menu: Menu, input_id: str) -> Iterator[Json]:
    yield {
        "type": "Input.ChoiceSet",
        "id": input_id,
        "label": label(menu.label, OPTION_TEXT_MAX),
        "style": "compact",
        "choices": [choice(entry, markdown=False) for entry in menu.options],
    }
    yield _actions([_action("Go", {"action": menu.action, _CHOICE: input_id}, inputs=True, dialog=menu.dialog)])
