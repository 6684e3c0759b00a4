"""What can happen, as a closed union. Doors translate payloads into these and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.chat.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What every event carries.

    `at` is the moment the platform gives, in UTC. `receipt` names this happening: a second delivery
    carries the same one, and its effects are refused. `direct` says that nobody but this person
    and the coach reads the conversation. `message` names the card an event came from, if any.
    """

    address: Address
    at: datetime
    receipt: str
    direct: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Happening):
    """A sentence in a direct conversation, or one that mentions the coach."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Happening):
    """A command: everything typed after its name, `prep acme`."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Happening):
    """A button or a menu entry: what to do, and the id of what to do it to."""

    action: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked(Happening):
    """A checklist was touched: of the ticks `shown`, exactly `chosen` are ticked now."""

    checklist: str
    shown: frozenset[str]
    chosen: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Happening):
    """A form came back: field id to what was typed or chosen, empty where nothing was.

    `places` holds, by field id, the conversations chosen in it, each looked up: this person is in it. What a handler
    keeps to post to later it takes from here, never from `answers`, where a forger may name any conversation.
    """

    form: str
    subject: str
    answers: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Happening):
    """The person opened the coach's own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Happening):
    """The coach was added to this conversation, by this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted(Happening):
    """This person pointed the coach at a message, their own or somebody else's, wherever it stands.

    `text` is what a reader sees of it as plain text, empty where it holds no words; it may be long. `author` is the
    name of whoever wrote it, empty where the platform doesn't give one along. The answer is for this person alone.
    """

    text: str
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Happening):
    """Something of this person's has become due: what kind of thing, and the id of which.

    Nobody waits for an answer: what there is to say goes into the outbox.
    """

    kind: str
    subject: str


Event: TypeAlias = Said | Asked | Pressed | Ticked | Submitted | Opened | Joined | Quoted | Due
