"""A messenger as its courier uses it: what was begun although the courier had been told to wait."""

import time
from datetime import datetime

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Messenger, Pace, Profile
from bot.errors import BusyError


class Watched:
    """Passes everything on, and knows from when to when each tenant is to be left alone."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._quiet_until: dict[str, float] = {}
        self.too_early = 0

    @property
    def pace(self) -> Pace:
        return self._messenger.pace

    async def direct(self, who: Address) -> Address:
        self._early(who)
        return await self._messenger.direct(who)

    async def send(self, to: Address, card: Card, key: str = "") -> str:
        self._early(to)
        try:
            return await self._messenger.send(to, card, key)
        except BusyError as error:
            self._quiet_until[to.tenant] = time.monotonic() + error.retry_after
            raise

    async def post(self, to: Address, card: Card, key: str = "") -> str:
        return await self._messenger.post(to, card, key)

    async def together(self, who: Address, other: str) -> Address | None:
        return await self._messenger.together(who, other)

    async def reads(self, who: Address, place: str) -> bool:
        return await self._messenger.reads(who, place)

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        self._early(to)
        return await self._messenger.find(to, key, since)

    async def update(self, to: Address, message: str, card: Card) -> None:
        await self._messenger.update(to, message, card)

    def _early(self, who: Address) -> None:
        self.too_early += time.monotonic() < self._quiet_until.get(who.tenant, 0)

    async def profile(self, who: Address) -> Profile:
        return await self._messenger.profile(who)
