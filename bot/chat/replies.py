"""What a handler wants done, as a closed union. A door carries it out; nothing else leaves the coach."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.chat.cards import Card, Form, prose
from bot.chat.scatter import Scatter


@dataclass(frozen=True, slots=True)
class Say:
    """Answer this person alone.

    A `lasting` card is one to come back to: it goes where only this person reads and stays there,
    and where they asked in company a pointer says so. `subject` ("prep:17") remembers where it
    was put, so that the same card changes in place from anywhere later.
    """

    card: Card
    lasting: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Show this card in place of the one the event came from.

    One that others read too stays as it is, and this person alone is shown the new one: unless it is `for_all`, which
    holds nothing private.
    """

    card: Card
    for_all: bool = False


@dataclass(frozen=True, slots=True)
class Refresh:
    """Show this card wherever `subject` was put before. The router does it; a door never sees it.

    It was put for this person; or, with the id of a `team`, for that team: then it stands where all its members read.
    """

    card: Card
    subject: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Open a form."""

    form: Form


@dataclass(frozen=True, slots=True)
class Refuse:
    """Keep the submitted form open with a sentence at each wrong field; what was typed stays."""

    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """Post a card where others read it, because this person asked for it."""

    card: Card
    place: str

    def __post_init__(self) -> None:
        """Refuse a picture of where both sides could meet: it shows the walk-away, and is the rep's alone."""
        if any(isinstance(block, Scatter) for block in self.card.blocks):
            raise ValueError("a scatter is private: it can't be shared")


@dataclass(frozen=True, slots=True)
class Hand:
    """Give this person a file.

    Some platforms first ask whether it is wanted, and it is not kept meanwhile: a press of `again` gives it once more.
    """

    card: Card
    name: str
    media_type: str
    content: bytes = field(repr=False)
    again: str


@dataclass(frozen=True, slots=True)
class Home:
    """Show this card as the coach's own page."""

    card: Card


Act: TypeAlias = Say | Change | Ask | Refuse | Share | Hand | Home
Reply: TypeAlias = tuple[Act, ...]
Answer: TypeAlias = tuple[Act | Refresh, ...]
"""What a handler gives: a reply, and what else has to look different now."""


def plain(sentence: str) -> Card:
    """Make a card of one sentence."""
    return Card(sentence, (prose(sentence),))
