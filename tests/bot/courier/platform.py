"""A platform in memory that says yes, no and nothing, and a courier before it on a clock moved by hand."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Pace, Profile
from bot.errors import AmbiguousError, PlatformError
from tests.doors import Clock


@dataclass(frozen=True)
class Message:
    """What stands in a chat."""

    to: Address
    card: Card
    key: str
    at: datetime


def _open() -> asyncio.Event:
    gate = asyncio.Event()
    gate.set()
    return gate


@dataclass
class Chat:
    """A messenger. `troubles` are met one by one by those who send; one that is `lost` is accepted all the same.

    `opens` says whether it opens chats of two people; `shared` are the keys of what many read.
    """

    clock: Clock
    pace: Pace = field(default_factory=Pace)
    troubles: deque[PlatformError | None] = field(default_factory=deque)
    refuses: dict[str, Exception] = field(default_factory=dict)
    silent: dict[str, PlatformError] = field(default_factory=dict)
    remembers: bool = True
    unsearchable: PlatformError | None = None
    hangs: bool = False
    opens: bool = True
    shared: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=_open)
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    standing: list[Message] = field(default_factory=list)
    attempts: list[tuple[str, datetime]] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    while_searching: Callable[[], Awaitable[object]] | None = None

    async def direct(self, who: Address) -> Address:
        self.looked_up.append(who.user)
        if who.user in self.silent:
            raise self.silent[who.user]
        return replace(who, conversation=f"D{who.user}")

    async def together(self, who: Address, other: str) -> Address | None:
        return replace(who, conversation=f"G{who.user}{other}") if self.opens else None

    async def reads(self, who: Address, place: str) -> bool:
        raise NotImplementedError

    async def post(self, to: Address, card: Card, key: str = "") -> str:
        self.shared.append(key)
        return await self.send(to, card, key)

    async def send(self, to: Address, card: Card, key: str = "") -> str:
        self.attempts.append((key, self.clock()))
        self.reached.set()
        await self.gate.wait()
        trouble = self.refuses.get(to.tenant) or (self.troubles.popleft() if self.troubles else None)
        if trouble is None or isinstance(trouble, AmbiguousError):
            self.standing.append(Message(to, card, key, self.clock()))
        if self.hangs:
            await asyncio.Event().wait()
        if trouble:
            raise trouble
        return str(len(self.standing))

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        if self.unsearchable:
            raise self.unsearchable
        self.searches.append(key)
        if self.while_searching:
            await self.while_searching()
        found = [n for n, one in enumerate(self.standing, 1) if one.key == key and one.to == to and one.at >= since]
        return str(found[0]) if found and self.remembers else None

    async def update(self, to: Address, message: str, card: Card) -> None:
        raise NotImplementedError

    async def profile(self, who: Address) -> Profile:
        raise NotImplementedError

    @property
    def keys(self) -> list[str]:
        """What stands, in the order it came."""
        return [message.key for message in self.standing]


@dataclass
class Patience:
    """Waits by moving the clock."""

    clock: Clock
    waited: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.clock.passes(timedelta(seconds=seconds))
