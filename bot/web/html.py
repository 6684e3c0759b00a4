"""Cards as HTML: pure functions. Every text is cleaned and escaped here, once."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

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
    Runs,
    Table,
    Tick,
)
from bot.chat.charts import Chart
from bot.chat.contact import Chat
from bot.chat.scatter import Scatter
from bot.web import charts, scatter

# A text above LONG is folded to its first SHOWN characters; so are lists above MANY entries.
LONG = 600
SHOWN = 280
MANY_TICKS = 20
MANY_BUTTONS = 12
MANY_ROWS = 25

# What no HTML page can hold: control characters, and halves of a surrogate pair. Tab and newline stay.
_UNPRINTABLE = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), *range(0xD800, 0xE000)))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the forms of a card post to, and the hidden fields that each of them carries along."""

    action: str = ""
    carried: tuple[tuple[str, str], ...] = ()


ALONE = Frame()


def render(card: Card, frame: Frame = ALONE) -> Markup:
    """Write a card; its buttons come back as `press`, its menus as `pick`, its ticks as `checklist`."""
    blocks = (
        (_block(block, frame) for block in card.blocks) if card.blocks else (paragraph("prose", (Run(card.summary),)),)
    )
    return Markup('<article class="card" aria-label="{}">\n{}</article>\n').format(clean(card.summary), _lines(blocks))


def clean(text: str) -> str:
    """Leave out what no HTML page can hold."""
    return text.translate(_UNPRINTABLE)


def enclose(kind: str, frame: Frame, inner: Markup) -> Markup:
    """Put what can be submitted into a form of its own."""
    carried = _join(hidden(name, value) for name, value in frame.carried)
    return Markup('<form class="{}" method="post" action="{}">{}{}</form>').format(kind, frame.action, carried, inner)


def hidden(name: str, value: str) -> Markup:
    """Carry a value along unseen."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, clean(value))


def paragraph(kind: str, runs: Runs) -> Markup:
    """Write a paragraph, folded where it is long; HTML allows no fold inside a `p`."""
    if _length(runs) > LONG:
        return Markup('<div class="{}" dir="auto">{}</div>').format(kind, _text(runs))
    return Markup('<p class="{}" dir="auto">{}</p>').format(kind, _text(runs))


def _block(block: Block, frame: Frame) -> Markup:  # noqa: C901, PLR0911 - one case a kind
    match block:
        case Heading():
            return _heading(block.text)
        case Prose():
            return paragraph("prose quiet" if block.quiet else "prose", block.runs)
        case Quote():
            return Markup('<blockquote dir="auto">{}</blockquote>').format(_text((Run(block.text),)))
        case Points():
            return _points(block)
        case Facts():
            return _facts(block)
        case Checklist():
            return _checklist(block, frame)
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case Scatter():
            return _scatter(block)
        case Buttons():
            return _buttons(block, frame)
        case Menu():
            return _menu(block, frame)
        case Chat():
            return paragraph("prose", (Run(block.words),))


def _heading(text: str) -> Markup:
    return Markup('<h3 dir="auto">{}</h3>{}').format(*_label(text))


def _points(block: Points) -> Markup:
    if not block.items:
        return _empty(block.empty)
    items = _join(Markup('<li dir="auto">{}</li>').format(_text(item)) for item in block.items)
    return Markup("<ul>{}</ul>").format(items)


def _facts(block: Facts) -> Markup:
    if not block.rows:
        return _empty(block.empty)
    row = Markup('<div><dt dir="auto">{}</dt><dd dir="auto">{}</dd></div>')
    rows = (row.format(_plain(fact.label), _plain(fact.value)) for fact in block.rows)
    return Markup("<dl>\n{}</dl>").format(_lines(rows))


def _checklist(block: Checklist, frame: Frame) -> Markup:
    title, rest = _label(block.title)
    if not block.ticks:
        return Markup('<h4 dir="auto">{}</h4>{}{}').format(title, rest, _empty(block.empty))
    done = sum(tick.done for tick in block.ticks)
    ticks = [_tick(tick) for tick in block.ticks]
    inner = Markup(
        '\n<fieldset><legend><span dir="auto">{}</span> <span class="count">{} of {}</span></legend>{}{}\n'
        '<ul class="ticks">\n{}</ul>{}\n'
        '<button class="button save">Save ticks</button></fieldset>\n'
    ).format(
        title, done, len(ticks), rest, hidden("checklist", block.id), _lines(ticks[:MANY_TICKS]), _more_ticks(ticks)
    )
    return enclose("checklist", frame, inner)


def _more_ticks(ticks: list[Markup]) -> Markup:
    if len(ticks) <= MANY_TICKS:
        return Markup()
    return _folded(
        f"{len(ticks) - MANY_TICKS} more", Markup('<ul class="ticks">\n{}</ul>').format(_lines(ticks[MANY_TICKS:]))
    )


def _tick(tick: Tick) -> Markup:
    text, rest = _label(tick.text)
    checked = Markup(" checked") if tick.done else ""
    return Markup(
        '<li><label><input type="checkbox" name="chosen" value="{}"{}> <span dir="auto">{}</span></label>{}{}</li>'
    ).format(tick.id, checked, text, rest, hidden("shown", tick.id))


def _table(block: Table) -> Markup:
    if not block.rows:
        return _empty(block.empty)
    head = _join(Markup('<th scope="col" dir="auto">{}</th>').format(_plain(name)) for name in block.columns)
    rows = [_row(row) for row in block.rows]
    table = Markup("<table><thead><tr>{}</tr></thead><tbody>\n{}</tbody></table>")
    first = table.format(head, _lines(rows[:MANY_ROWS]))
    rest = _folded(f"{len(rows) - MANY_ROWS} more rows", table.format(head, _lines(rows[MANY_ROWS:])))
    names = clean(", ".join(block.columns))
    return Markup('<div class="table" role="region" tabindex="0" aria-label="{}">{}{}</div>').format(
        names if len(names) <= SHOWN else "Table", first, rest if len(rows) > MANY_ROWS else ""
    )


def _row(cells: tuple[str, ...]) -> Markup:
    return Markup("<tr>{}</tr>").format(_join(Markup('<td dir="auto">{}</td>').format(_plain(cell)) for cell in cells))


def _chart(block: Chart) -> Markup:
    caption = paragraph("chart-title", (Run(block.caption, strong=True),))
    if not block.labels:
        return Markup("{}{}").format(caption, _empty(block.empty))
    values = _folded("The values as a table", _table(Table(block.columns, block.rows)))
    says = paragraph("quiet", (Run(block.says),))
    return Markup('<div class="chart">\n{}{}{}{}</div>').format(caption, charts.picture(block), says, values)


def _scatter(block: Scatter) -> Markup:
    title = paragraph("chart-title", (Run(block.title, strong=True),))
    if not block.points:
        return Markup("{}{}").format(title, _empty(block.empty))
    worths = _folded("The worths as a table", _table(Table(block.columns, block.rows))) if block.rows else ""
    says = paragraph("quiet", (Run(block.says),))
    return Markup('<div class="chart">\n{}{}{}{}</div>').format(title, scatter.picture(block), says, worths)


def _buttons(block: Buttons, frame: Frame) -> Markup:
    buttons = [_button(button) for button in block.buttons]
    rest = _folded(
        f"{len(buttons) - MANY_BUTTONS} more",
        Markup('<div class="row">\n{}</div>').format(_lines(buttons[MANY_BUTTONS:])),
    )
    inner = Markup("\n{}{}").format(_lines(buttons[:MANY_BUTTONS]), rest if len(buttons) > MANY_BUTTONS else "")
    return enclose("buttons", frame, inner)


def _button(button: Button) -> Markup:
    """A button with a question opens the question; the button below it is the answer yes."""
    press = Markup('<button class="button {}" name="press" value="{}:{}" dir="auto">{}</button>').format(
        button.style, button.action, button.subject, clean(button.label)
    )
    if not button.confirm:
        return press
    return Markup(
        '<details class="confirm"><summary class="button {}"><span class="when-closed" dir="auto">{}</span>'
        '<span class="when-open">Not now</span></summary><div class="sure">{}{}</div></details>'
    ).format(button.style, clean(button.label), paragraph("prose", (Run(button.confirm),)), press)


def _menu(block: Menu, frame: Frame) -> Markup:
    label, rest = _label(block.label)
    if not block.options:
        return Markup('<h4 dir="auto">{}</h4>{}{}').format(label, rest, _empty(block.empty))
    options = options_of(((option.id, option.label) for option in block.options), "")
    inner = Markup(
        '<label><span dir="auto">{}</span>\n<select name="option" required>{}</select></label>{}'
        '<button class="button" name="pick" value="{}">Choose</button>'
    ).format(label, options, rest, block.action)
    return enclose("menu", frame, inner)


def options_of(options: Iterable[tuple[str, str]], chosen: str) -> Markup:
    """Write the entries of a select, an empty one first."""
    option = Markup('<option value="{}"{} dir="auto">{}</option>')
    rows = (option.format(key, Markup(" selected") if key == chosen else "", clean(label)) for key, label in options)
    return Markup('<option value="">Choose…</option>\n{}').format(_lines(rows))


def _empty(text: str) -> Markup:
    return paragraph("empty", (Run(text),))


def _plain(text: str) -> Markup:
    return _text((Run(text),))


def _text(runs: Runs) -> Markup:
    """Write runs; of a long text the beginning shows, and all of it on request."""
    if _length(runs) <= LONG:
        return _join(_run(run) for run in runs)
    return Markup(
        '<details class="fold"><summary><span class="when-closed">{}… </span>'
        '<span class="when-closed link">Show all</span>'
        '<span class="when-open link">Show less</span></summary><div dir="auto">{}</div></details>'
    ).format(_join(_run(run) for run in _start(runs)), _join(_run(run) for run in runs))


def _label(text: str) -> tuple[Markup, Markup]:
    """Split what must stay in one line of HTML, such as a title, from the fold that holds all of it."""
    if len(text) <= LONG:
        return escape(clean(text)), Markup()
    whole = Markup('<div class="prose" dir="auto">{}</div>').format(clean(text))
    return Markup("{}…").format(clean(text[: _cut(text)])), _folded("Show all", whole)


def _folded(summary: str, inner: Markup) -> Markup:
    return Markup('<details class="fold"><summary class="link">{}</summary>{}</details>').format(summary, inner)


def _run(run: Run) -> Markup:
    return Markup('<strong dir="auto">{}</strong>').format(clean(run.text)) if run.strong else escape(clean(run.text))


def _length(runs: Runs) -> int:
    return sum(len(run.text) for run in runs)


def _start(runs: Runs) -> Runs:
    """The beginning, each run as strong as it was."""
    left = _cut("".join(run.text for run in runs))
    beginning = []
    for run in runs:
        beginning.append(Run(run.text[:left], run.strong))
        left -= min(left, len(run.text))
    return tuple(beginning)


def _cut(text: str) -> int:
    """Where a long text is cut: at SHOWN characters, or the end of the word before."""
    space = text.rfind(" ", 0, SHOWN)
    return space if space > 0 else SHOWN


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)


def _lines(parts: Iterable[Markup]) -> Markup:
    return Markup().join(Markup("{}\n").format(part) for part in parts)
