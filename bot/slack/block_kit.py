"""Card -> Block Kit messages and the App Home, and the way back for what is pressed and ticked.

Nothing is dropped: what a block can't hold goes on in the next one, what a message can't hold in
the next message, and a text shortened inside a control stands in full beside it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias, assert_never

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Checklist,
    Facts,
    Heading,
    Menu,
    Option,
    Points,
    Prose,
    Quote,
    Run,
    Runs,
    Table,
    Tick,
    quiet,
)
from bot.chat.charts import Chart
from bot.chat.contact import Chat
from bot.chat.scatter import Scatter
from bot.chat.text import packed, pieces, shorten, shown, units
from bot.slack.block_kit_charts import fits, in_words, picture
from bot.slack.block_kit_scatter import image, scatter_in_words
from bot.slack.block_kit_tables import as_points, tables
from bot.slack.elements import OPTION_TEXT_MAX, Json, bullets, contact, in_full, option, paragraph, plain, values_of

MESSAGE_BLOCKS: Final = 50
# Slack answers `msg_blocks_too_long` from about 13,170 characters of all blocks together, as JSON.
MESSAGE_BYTES: Final = 12_000
# Of these blocks, Slack takes only so many in one message.
MOST: Final[Mapping[str, int]] = {"table": 1, "data_visualization": 2}
FALLBACK_MAX: Final = 4000
HOME_BLOCKS: Final = 100
HEADER_MAX: Final = 150
CONTEXT_TEXT_MAX: Final = 2000
ACTIONS_MAX: Final = 25
BUTTON_TEXT_MAX: Final = 75
CHECKBOXES_MAX: Final = 10
OPTIONS_MAX: Final = 100
# One block of controls leaves room for its neighbours in a message.
CONTROLS_BYTES: Final = 9000
PLACEHOLDER_MAX: Final = 150
CONFIRM_TITLE_MAX: Final = 100
CONFIRM_TEXT_MAX: Final = 300
CONFIRM_BUTTON_MAX: Final = 30

HOME_ENDS = quiet("There is more than fits on this page. Ask me in our conversation to see all of it.")

# The file of each picture that Slack has of us; without one, its words and a table stand alone.
Pictures: TypeAlias = Mapping[Scatter, str]
WORDS_ONLY: Final[Pictures] = {}

_TICK = "tick"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Message:
    """One message to post: its blocks, and the escaped text that a notification shows."""

    text: str
    blocks: tuple[Json, ...]


def render(card: Card, pictures: Pictures = WORDS_ONLY) -> tuple[Message, ...]:
    """Write a card as messages to post in this order, nearly always one; `pictures` holds the files of its scatters."""
    text = _escaped(shorten(shown(card.summary), FALLBACK_MAX))
    blocks = _blocks(card.blocks, pictures) or list(paragraph((Run(card.summary),)))
    overflow = paragraph((Run(card.summary),)) if units(card.summary) > FALLBACK_MAX else ()
    return tuple(Message(text, tuple(group)) for group in _messages([*overflow, *blocks]))


def render_home(card: Card) -> Json:
    """Write a card as the App Home; a page too long ends with where to see the rest."""
    # Charts, tables and pictures are for messages only.
    worded = [part for block in card.blocks for part in _worded(block)]
    flat = [as_points(block) if isinstance(block, Table) else block for block in worded]
    blocks = _blocks(flat) or list(paragraph((Run(card.summary),)))
    if len(blocks) > HOME_BLOCKS:
        blocks = [*blocks[: HOME_BLOCKS - 1], *_block(HOME_ENDS)]
    return {"type": "home", "blocks": blocks}


def parse_action_id(action_id: str) -> tuple[str, str]:
    """Read back what a button or menu carries: its action, and its subject where it is a button's."""
    action, _, subject = action_id.partition(":")
    return action, subject


def parse_checklist_id(action_id: str) -> str:
    """Read back which checklist a group of checkboxes belongs to; raises `ValueError` where to none."""
    kind, _, rest = action_id.partition(":")
    checklist, mark, number = rest.rpartition(":")
    if kind != _TICK or not mark or not number.isdecimal():
        raise ValueError(f"not a checklist: {action_id}")
    return checklist


def shown_ticks(blocks: Iterable[Mapping[str, Any]], action_id: str) -> frozenset[str]:
    """Gather the ids of the ticks that one group of checkboxes shows, from the blocks Slack sends back."""
    return values_of([element for block in blocks for element in block.get("elements", ())], action_id)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _messages(blocks: list[Json]) -> Iterator[list[Json]]:
    """Fill messages in order, each with one table and two charts at most; nearly every card is one message."""
    runs = list(_runs(blocks))
    if len(runs) == 1 and len(blocks) <= MESSAGE_BLOCKS and _bytes(blocks) <= MESSAGE_BYTES:
        yield blocks
        return
    for run in runs:
        yield from packed(run, MESSAGE_BLOCKS, MESSAGE_BYTES, _weight)


def _runs(blocks: list[Json]) -> Iterator[list[Json]]:
    """Begin anew where a block is one too many of its kind."""
    run: list[Json] = []
    kinds = Counter[str]()
    for block in blocks:
        kind = block["type"]
        if kind in MOST and kinds[kind] == MOST[kind]:
            yield run
            run, kinds = [], Counter()
        run.append(block)
        kinds[kind] += 1
    yield run


def _weight(block: Json) -> int:
    if block["type"] == "table":
        return sum(len(cell["text"].encode()) for row in block["rows"] for cell in row)
    return _bytes(block)


def _bytes(part: Json | list[Json]) -> int:
    return len(_encode(part).encode())


def _worded(block: Block) -> tuple[Block, ...]:
    match block:
        case Chart():
            return in_words(block)
        case Scatter():
            return scatter_in_words(block)
        case _:
            return (block,)


def _blocks(blocks: Sequence[Block], pictures: Pictures = WORDS_ONLY) -> list[Json]:
    return [rendered for block in blocks for rendered in _block(block, pictures)]


def _block(block: Block, pictures: Pictures = WORDS_ONLY) -> Iterator[Json]:  # noqa: C901, PLR0911 - one case a kind of block
    match block:
        case Heading():
            return _heading(block)
        case Prose():
            return _small_print(block.runs) if block.quiet else paragraph(block.runs)
        case Quote():
            return paragraph((Run(block.text),), "rich_text_quote")
        case Points():
            return bullets(block.items) if block.items else _empty(block.empty)
        case Facts():
            return _facts(block) if block.rows else _empty(block.empty)
        case Checklist():
            return _checklist(block)
        case Table():
            return tables(block) if block.rows else _empty(block.empty)
        case Chart():
            return picture(block) if fits(block) else iter(_blocks(in_words(block)))
        case Scatter():
            title, *words = scatter_in_words(block)
            return iter([*_block(title), *image(block, pictures.get(block, "")), *_blocks(words)])
        case Buttons():
            return _buttons(block.buttons)
        case Menu():
            return _menu(block)
        case Chat():
            return contact(block)
    assert_never(block)


def _heading(heading: Heading) -> Iterator[Json]:
    if units(heading.text) > HEADER_MAX:
        return paragraph((Run(heading.text, strong=True),))
    return iter([{"type": "header", "text": plain(heading.text, HEADER_MAX)}])


def _small_print(runs: Runs) -> Iterator[Json]:
    for piece in pieces(shown("".join([run.text for run in runs])), CONTEXT_TEXT_MAX):
        yield {"type": "context", "elements": [plain(piece, CONTEXT_TEXT_MAX)]}


def _empty(text: str) -> Iterator[Json]:
    return _small_print((Run(text),))


def _facts(facts: Facts) -> Iterator[Json]:
    rows = ((Run(f"{shown(row.label)}  ", strong=True), Run(f"{shown(row.value)}\n")) for row in facts.rows)
    return paragraph(tuple(run for row in rows for run in row))


def _checklist(checklist: Checklist) -> Iterator[Json]:
    yield from paragraph((Run(checklist.title, strong=True),))
    if not checklist.ticks:
        yield from _empty(checklist.empty)
    for start in range(0, len(checklist.ticks), CHECKBOXES_MAX):
        group = checklist.ticks[start : start + CHECKBOXES_MAX]
        yield _checkboxes(f"{_TICK}:{checklist.id}:{start // CHECKBOXES_MAX}", group)
        yield from in_full((tick.text for tick in group), OPTION_TEXT_MAX)


def _checkboxes(action_id: str, ticks: Sequence[Tick]) -> Json:
    options = [option(Option(tick.id, tick.text)) for tick in ticks]
    element: Json = {"type": "checkboxes", "action_id": action_id, "options": options}
    done = [entry for entry, tick in zip(options, ticks, strict=True) if tick.done]
    if done:
        element["initial_options"] = done
    # A client keeps what its user ticked under a known block id, whatever an update says. So the
    # state is part of the id, and a tick set from elsewhere shows.
    state = sum(1 << n for n, tick in enumerate(ticks) if tick.done)
    return {"type": "actions", "block_id": f"{action_id}:{state:x}", "elements": [element]}


def _buttons(buttons: Sequence[Button]) -> Iterator[Json]:
    yield from in_full((button.label for button in buttons), BUTTON_TEXT_MAX)
    yield from in_full((button.confirm for button in buttons), CONFIRM_TEXT_MAX)
    for group in packed([_button(button) for button in buttons], ACTIONS_MAX, CONTROLS_BYTES, _bytes):
        yield from ({"type": "actions", "elements": row} for row in _rows(group))


def _rows(elements: Sequence[Json]) -> Iterator[list[Json]]:
    """Begin a new row where an action id comes again: within a block it must be unique."""
    row: dict[str, Json] = {}
    for element in elements:
        if element["action_id"] in row:
            yield list(row.values())
            row = {}
        row[element["action_id"]] = element
    yield list(row.values())


def _button(button: Button) -> Json:
    element: Json = {
        "type": "button",
        "action_id": f"{button.action}:{button.subject}",
        "text": plain(button.label, BUTTON_TEXT_MAX),
    }
    if button.style != "plain":
        element["style"] = button.style
    if button.confirm:
        element["confirm"] = {
            "title": plain("Are you sure?", CONFIRM_TITLE_MAX),
            "text": plain(button.confirm, CONFIRM_TEXT_MAX),
            "confirm": plain("Yes", CONFIRM_BUTTON_MAX),
            "deny": plain("No, go back", CONFIRM_BUTTON_MAX),
        }
    return element


def _menu(menu: Menu) -> Iterator[Json]:
    if not menu.options:
        yield from _empty(f"{shown(menu.label)}: {shown(menu.empty)}")
    groups = list(packed(menu.options, OPTIONS_MAX, CONTROLS_BYTES, lambda entry: _bytes(option(entry))))
    yield from in_full([menu.label] if menu.options else [], PLACEHOLDER_MAX)
    first = 1
    for group in groups:
        label = menu.label if len(groups) == 1 else f"{first}-{first + len(group) - 1}: {menu.label}"
        yield from _select(replace(menu, label=label, options=tuple(group)))
        first += len(group)


def _select(menu: Menu) -> Iterator[Json]:
    element = {
        "type": "static_select",
        "action_id": f"{menu.action}:",
        "placeholder": plain(menu.label, PLACEHOLDER_MAX),
        "options": [option(entry) for entry in menu.options],
    }
    yield {"type": "actions", "elements": [element]}
    yield from in_full((entry.label for entry in menu.options), OPTION_TEXT_MAX)
