"""Where something happened in Slack, and every way there is to answer it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from bot.chat.address import Address
from bot.chat.events import Event

# A response URL answers where only this person sees it, `post` writes into their conversation with
# the coach, `aside` whispers in a channel, `direct` goes to that conversation from elsewhere.
Voice: TypeAlias = Literal["response", "post", "aside", "direct", "home"]


class GarbledError(ValueError):
    """Slack would not have sent this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The place of one happening. `channel` is empty on the coach's own page.

    `message` is the card it came from, if it can be changed later, and `ephemeral` says that only
    its response URL can change it. `scattered` marks a card that takes several messages.
    `view` is Slack's account of the modal that was submitted, `places` the response URL of each
    conversation chosen in it.
    """

    team: str
    user: str
    voice: Voice
    channel: str = ""
    message: str = ""
    scattered: bool = False
    ephemeral: bool = False
    company: bool = False
    thread: str = ""
    response_url: str = field(default="", repr=False)
    trigger: str = field(default="", repr=False)
    view: Mapping[str, Any] = field(default_factory=dict, repr=False)
    places: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def address(self) -> Address:
        """Whose talk this is; the coach's own page counts as a conversation with its reader."""
        return Address("slack", self.team, self.channel or self.user, self.user)


@dataclass(frozen=True, slots=True)
class Happened:
    """An event and where it came from."""

    event: Event
    origin: Origin


# A modal remembers these about where it was opened, under one letter each: its room is small.
_KEPT: Final = {
    "v": "voice",
    "c": "channel",
    "m": "message",
    "s": "scattered",
    "e": "ephemeral",
    "o": "company",
    "t": "thread",
    "r": "response_url",
}
_VOICES: Final = ("response", "post", "aside", "direct", "home")


def keep(origin: Origin, subject: str) -> str:
    """Write down, for a modal's private metadata, what it is about and where it was opened."""
    kept = {letter: value for letter, name in _KEPT.items() if (value := getattr(origin, name))}
    return json.dumps({"about": subject, **kept}, separators=(",", ":"))


def recall(note: str, team: str, user: str) -> tuple[str, Origin]:
    """Read back what `keep` wrote: the subject, and where the modal was opened. Raises `GarbledError`."""
    try:
        kept = json.loads(note)
        subject = kept.pop("about")
        values = {_KEPT[letter]: value for letter, value in kept.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise GarbledError("a form without its note") from error
    flags = ("scattered", "ephemeral", "company")
    sound = isinstance(subject, str) and all(
        isinstance(value, bool if name in flags else str) for name, value in values.items()
    )
    if not sound or values.get("voice") not in _VOICES:
        raise GarbledError("a form without its note")
    return subject, Origin(team=team, user=user, **values)
