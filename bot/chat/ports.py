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


class Messenger(Protocol):
    """How the coach reaches a person through one platform. Raises `PlatformError`."""

    async def send(self, to: Address, card: Card) -> str:
        """Post a card where only `to.user` reads it, and return the platform's name for the message."""

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Show `card` in place of an earlier message."""

    async def profile(self, who: Address) -> Profile:
        """Look a person up."""
