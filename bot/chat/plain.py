"""What the coach says as plain text: for a terminal, and for whoever quotes one of its cards."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from bot.chat.cards import (
    Block,
    Button,
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
    Runs,
    Table,
    TextField,
    Tick,
)
from bot.chat.charts import Chart
from bot.chat.contact import Chat
from bot.chat.replies import Act, Ask, Change, Hand, Home, Refuse, Reply, Say, Share
from bot.chat.scatter import Scatter
from bot.chat.text import shown


def of_reply(reply: Reply) -> str:
    """Write everything that a reply brings, an empty line between."""
    return "\n\n".join(map(_act, reply))


def of_card(card: Card, *, controls: bool = True) -> str:
    """Write a card, a paragraph a block; without `controls` only what it says, not what can be pressed on it."""
    blocks = [block for block in card.blocks if controls or not isinstance(block, Buttons | Menu)]
    return "\n\n".join(_lines(_block(block)) for block in blocks) or shown(card.summary)


def of_form(form: Form) -> str:
    """Write what a form asks for."""
    fields = (line for field in form.fields for line in _field(field))
    return _lines((form.title, *filter(None, (form.intro,)), *fields, f"[{form.submit}]"))


def _act(act: Act) -> str:
    match act:
        case Say() | Change() | Share() | Home():
            return of_card(act.card)
        case Hand():
            return f"{of_card(act.card)}\n\n{shown(act.name)}"
        case Ask():
            return of_form(act.form)
        case Refuse():
            return _lines(act.problems.values())
        case _:
            assert_never(act)


def _block(block: Block) -> Iterable[str]:  # noqa: C901, PLR0911, PLR0912 - one case a kind of block
    match block:
        case Heading():
            return (block.text,)
        case Prose():
            return (_joined(block.runs),)
        case Quote():
            return (f"> {line}" for line in shown(block.text).split("\n"))
        case Points():
            return [f"- {_joined(item)}" for item in block.items] or (block.empty,)
        case Facts():
            return [f"{fact.label}: {fact.value}" for fact in block.rows] or (block.empty,)
        case Checklist():
            return (block.title, *([_tick(tick) for tick in block.ticks] or (block.empty,)))
        case Table():
            return _table(block.columns, block.rows, block.empty)
        case Chart():
            return (block.caption, block.says, *_table(block.columns, block.rows, block.empty))
        case Scatter():
            told = block.points and not block.rows
            return (block.title, block.says, *(() if told else _table(block.columns, block.rows, block.empty)))
        case Buttons():
            return map(_button, block.buttons)
        case Menu():
            return (f"{block.label}:", *([f"- {option.label}" for option in block.options] or (block.empty,)))
        case Chat():
            return (block.words,)
        case _:
            assert_never(block)


def _tick(tick: Tick) -> str:
    return f"[{'x' if tick.done else ' '}] {tick.text}"


def _table(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], empty: str) -> Iterator[str]:
    yield " | ".join(columns)
    yield from (" | ".join(row) for row in rows) if rows else (empty,)


def _button(button: Button) -> str:
    return f"[{button.label}]{f' {button.confirm}' if button.confirm else ''}"


def _field(field: Field) -> Iterator[str]:
    """Write a field: its name, what stands in it so far, and a hint or what there is to choose from."""
    match field:
        case TextField():
            yield f"{field.label}: {field.value}"
            yield from filter(None, (field.hint,))
        case ChoiceField() | PlaceField():
            yield f"{field.label}:"
            yield from [f"- {option.label}" for option in field.options] or (field.empty,)
        case _:
            assert_never(field)


def _joined(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(map(shown, lines))
