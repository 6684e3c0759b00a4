"""The few sockets between the doors and the rooms behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.events import Event
from bot.chat.replies import Reply

Now: TypeAlias = Callable[[], datetime]
"""The present moment, aware, in UTC."""
Observe: TypeAlias = Callable[[str, float], None]
"""Told what kind of thing was done, and the seconds it took, waiting included."""


def unobserved(_kind: str, _seconds: float) -> None:
    """Measure nothing."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform tells about a person; empty where it keeps silent."""

    name: str = ""
    email: str = ""
    zone: str = ""


class Dispatch(Protocol):
    """Where a door brings what happened."""

    async def __call__(self, event: Event) -> Reply:
        """Answer an event. Never raises: an error is a reply too."""

    async def placed(self, address: Address, subject: str, message: str) -> None:
        """Remember that the card of `subject` stands in this conversation as `message`."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many messages within so many seconds."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform lets one app post: into one conversation, and within one tenant.

    `at_once` is how many letters may be on their way at a time. So many are in doubt where the process is killed.
    """

    conversation: tuple[Rate, ...] = ()
    tenant: tuple[Rate, ...] = ()
    at_once: int = 30


class Known(Protocol):
    """People and cards that a platform has already. Raises `PlatformError`."""

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Show `card` in place of an earlier message."""

    async def profile(self, who: Address) -> Profile:
        """Look a person up."""

    async def reads(self, who: Address, place: str) -> bool:
        """Say whether this person is in the conversation `place`, which is one of their own company; False in doubt."""


class Messenger(Known, Protocol):
    """How the coach reaches a person through one platform. Raises `PlatformError`.

    Whoever has to know raises it as what it is: `BusyError` where nothing was taken in, `UnreachableError` where
    nothing will be, `AmbiguousError` where only the platform knows; any other says that it was refused.
    """

    @property
    def pace(self) -> Pace:
        """How fast messages may follow each other."""

    async def direct(self, who: Address) -> Address:
        """Give the address of the person's own chat with the coach, opening it where there is none."""

    async def send(self, to: Address, card: Card, key: str = "") -> str:
        """Post a card where only `to.user` reads it, and return the platform's name for the message.

        A `key` goes along, unseen, for `find`; and then it is attempted once, because whoever has keys has patience.
        """

    async def post(self, to: Address, card: Card, key: str = "") -> str:
        """Post a card into `to.conversation`, for all who read there; `key` and what it gives are as with `send`."""

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        """Look in `to.conversation` for what became of a posting with this key that began at `since`.

        Gives None where no such message stands there, or the platform can't tell.
        """

    async def together(self, who: Address, other: str) -> Address | None:
        """Give the address of a chat of this person, another one and the coach, opening it where there is none.

        None where the coach can't open one: only people can in Teams, and one of the two may be gone.
        """
