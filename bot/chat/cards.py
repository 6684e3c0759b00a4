"""What the coach shows: blocks that mean something. How they look is each renderer's business.

All text is plain: a renderer escapes it, once, so that a deal named `<!channel>` shows as typed.
Cards are immutable, versioned data; `dump` and `load` carry them through the store.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import TypeAdapter

from bot.chat.charts import Chart
from bot.chat.contact import Chat
from bot.chat.ids import check_action, check_fields, check_option, check_ticks
from bot.chat.scatter import Scatter

VERSION = 1


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, strong where the eye should land."""

    text: str
    strong: bool = False


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the card."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph. A quiet one is small print: who can see this, where it is kept."""

    runs: Runs
    quiet: bool = False
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, or words ready to be said."""

    text: str
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Points:
    """A short bulleted list: advice, never more than three when it is advice."""

    items: tuple[Runs, ...]
    empty: str = "Nothing here yet."
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, label by label."""

    rows: tuple[Fact, ...]
    empty: str = "Nothing noted yet."
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of a checklist; `id` is unique within it."""

    id: str
    text: str
    done: bool = False

    def __post_init__(self) -> None:
        """Refuse an id that some platform could not carry back."""
        check_option(self.id)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines to tick off in place. Every change comes back as `Ticked` with this `id`."""

    id: str
    title: str
    ticks: tuple[Tick, ...]
    empty: str = "Nothing to tick yet."
    kind: Literal["checklist"] = "checklist"

    def __post_init__(self) -> None:
        """Refuse ids that could not tell the ticks apart when they come back."""
        check_ticks(self.id, [tick.id for tick in self.ticks])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column names; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "Nothing here yet."
    kind: Literal["table"] = "table"

    def __post_init__(self) -> None:
        """Refuse a ragged table: a cell under the wrong name is worse than none."""
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table needs one cell per column")


@dataclass(frozen=True, slots=True)
class Button:
    """Comes back as `Pressed(action, subject)`. `confirm` is a question to answer yes to first."""

    label: str
    action: str
    subject: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    confirm: str = ""
    dialog: bool = False  # pressing it opens a form; some platforms must know that beforehand

    def __post_init__(self) -> None:
        """Refuse ids that some platform could not carry back."""
        check_action(self.action, self.subject)


@dataclass(frozen=True, slots=True)
class Buttons:
    """Next steps, the most likely one first."""

    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a menu or a choice; `id` comes back, `label` is read."""

    id: str
    label: str

    def __post_init__(self) -> None:
        """Refuse an id that some platform could not carry back."""
        check_option(self.id)


@dataclass(frozen=True, slots=True)
class Menu:
    """Choose one, and it happens: comes back as `Pressed(action, option id)`. `dialog` as for a button."""

    action: str
    label: str
    options: tuple[Option, ...]
    empty: str = "Nothing to choose from yet."
    dialog: bool = False
    kind: Literal["menu"] = "menu"

    def __post_init__(self) -> None:
        """Refuse an action that some platform could not carry back."""
        check_action(self.action)


Block: TypeAlias = (
    Heading | Prose | Quote | Points | Facts | Checklist | Table | Chart | Scatter | Buttons | Menu | Chat
)


@dataclass(frozen=True, slots=True)
class Card:
    """A message. `summary` is what a notification or a screen reader says, one line, never empty."""

    summary: str
    blocks: tuple[Block, ...]
    version: int = VERSION

    def __post_init__(self) -> None:
        """Refuse two checklists of one id: nobody could say which of them was ticked."""
        ids = [block.id for block in self.blocks if isinstance(block, Checklist)]
        if len(set(ids)) < len(ids):
            raise ValueError("two checklists of a card have the same id")


@dataclass(frozen=True, slots=True)
class TextField:
    """A field to type in. `long` gives it several lines."""

    id: str
    label: str
    hint: str = ""
    value: str = ""
    long: bool = False
    required: bool = False
    max_length: int = 3000
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """Choose one of a few; `value` is the id chosen so far, or empty."""

    id: str
    label: str
    options: tuple[Option, ...]
    value: str = ""
    required: bool = False
    empty: str = "Nothing to choose from yet."
    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class PlaceField:
    """Choose a channel to post to; its platform id comes back. Who has no picker of its own offers `options`."""

    id: str
    label: str
    options: tuple[Option, ...] = ()
    empty: str = "There is no channel to offer yet. Add me to one, then open this again."
    kind: Literal["place"] = "place"


Field: TypeAlias = TextField | ChoiceField | PlaceField


@dataclass(frozen=True, slots=True)
class Form:
    """Questions asked in a dialog. Comes back as `Submitted(id, subject, answers)`."""

    id: str
    subject: str
    title: str
    fields: tuple[Field, ...]
    submit: str = "Save"
    intro: str = ""

    def __post_init__(self) -> None:
        """Refuse field ids that could not be told apart when they come back."""
        check_fields([field.id for field in self.fields])


_CARDS: TypeAdapter[Card] = TypeAdapter(Card)


def dump(card: Card) -> str:
    """Write a card as JSON."""
    return _CARDS.dump_json(card).decode()


def load(text: str) -> Card:
    """Read a card back; raises `ValueError` where the JSON is not a card of this version."""
    card = _CARDS.validate_json(text)
    if card.version != VERSION:
        raise ValueError(f"card version {card.version} is not {VERSION}")
    return card


def runs(*parts: str | Run) -> Runs:
    """Join plain and strong stretches: `runs("If ", strong("you"), " sign")`."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def strong(text: str) -> Run:
    """Give one stretch weight."""
    return Run(text, strong=True)


def prose(*parts: str | Run) -> Prose:
    """Write a paragraph."""
    return Prose(runs(*parts))


def quiet(*parts: str | Run) -> Prose:
    """Write small print."""
    return Prose(runs(*parts), quiet=True)
