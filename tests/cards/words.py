"""Every piece of text, every press and every tick that a card or form holds: what no renderer may lose."""

import re
from collections.abc import Iterator

from bot.chat.cards import (
    Block,
    Buttons,
    Card,
    Checklist,
    ChoiceField,
    Facts,
    Field,
    Form,
    Heading,
    Menu,
    PlaceField,
    Points,
    Prose,
    Quote,
    Table,
    TextField,
)
from bot.chat.charts import Chart, number
from bot.chat.contact import Chat
from bot.chat.scatter import Scatter

# White space may fall differently on each platform, and these have no shape anywhere.
_SHAPELESS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\u2060\ud800-\udfff]+")


def squeeze(text: str) -> str:
    """Reduce a text to what has a shape, so that wrapping and splitting compare equal."""
    return _SHAPELESS.sub("", text)


def of_card(card: Card) -> Iterator[str]:
    """Yield every text of a card."""
    yield card.summary
    for block in card.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[str]:  # noqa: C901 - one case a kind of block
    match block:
        case Heading() | Quote():
            yield block.text
        case Prose():
            yield "".join(run.text for run in block.runs)
        case Points():
            yield from ("".join(run.text for run in item) for item in block.items) if block.items else (block.empty,)
        case Facts():
            yield from (text for row in block.rows for text in (row.label, row.value)) if block.rows else (block.empty,)
        case Checklist():
            yield block.title
            yield from (tick.text for tick in block.ticks) if block.ticks else (block.empty,)
        case Table():
            yield from (*block.columns, *(cell for row in block.rows for cell in row)) if block.rows else (block.empty,)
        case Chart():
            yield from _of_chart(block)
        case Scatter():
            yield from _of_scatter(block)
        case Buttons():
            yield from (text for button in block.buttons for text in (button.label, button.confirm))
        case Menu():
            yield block.label
            yield from (option.label for option in block.options) if block.options else (block.empty,)
        case Chat():
            yield block.label  # the address stands where a platform leads nowhere with the id, and the other way round


def _of_chart(chart: Chart) -> Iterator[str]:
    yield chart.title
    if not chart.labels:
        yield chart.empty
        return
    yield from (chart.says, chart.unit, *chart.labels)
    yield from (number(value) for one in chart.series for value in one.known)
    # The name of a single series may give way to the title.
    yield from (one.name for one in chart.series[1:])


def _of_scatter(scatter: Scatter) -> Iterator[str]:
    yield scatter.title
    if not scatter.points:
        yield scatter.empty
        return
    yield from (scatter.says, *((scatter.across, scatter.up) if scatter.rows else ()))
    yield from (mark.name for mark in scatter.marks)
    if not scatter.rows:  # named elsewhere on the card, with their worths
        return
    worths = (*(worth for mark in scatter.marks for worth in mark.point), *(scatter.here or ()))
    limits = (one for one in (scatter.walk_away, scatter.their_limit) if one is not None)
    yield from map(number, (*worths, *limits))


def of_form(form: Form) -> Iterator[str]:
    """Yield every text of a form, the values typed so far among them."""
    yield from (form.title, form.intro, form.submit)
    for field in form.fields:
        yield from _of_field(field)


def _of_field(field: Field) -> Iterator[str]:
    yield field.label
    match field:
        case TextField():
            yield from (field.hint, field.value)
        case ChoiceField():
            yield from (option.label for option in field.options) if field.options else (field.empty,)
        case PlaceField():
            pass  # a platform may know its own places and offer those


def presses(card: Card) -> set[tuple[str, str]]:
    """Gather what each button and menu entry carries back: action and subject."""
    found = set[tuple[str, str]]()
    for block in card.blocks:
        match block:
            case Buttons():
                found |= {(button.action, button.subject) for button in block.buttons}
            case Menu():
                found |= {(block.action, option.id) for option in block.options}
            case _:
                pass
    return found


def ticks(card: Card) -> set[tuple[str, str, bool]]:
    """Gather every tick: its checklist, its id, and whether it is done."""
    lists = [block for block in card.blocks if isinstance(block, Checklist)]
    return {(block.id, tick.id, tick.done) for block in lists for tick in block.ticks}
