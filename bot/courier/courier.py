"""One process' courier: for each platform rounds of their own, so that none waits for another."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.chat.address import Platform
from bot.chat.ports import Messenger, Now
from bot.courier.delivery import Deliveries
from bot.courier.habits import Habits
from bot.courier.rounds import Rounds
from bot.telemetry import Telemetry
from store.letters import Letters


class Courier:
    """Carries letters; any number of couriers share an outbox."""

    def __init__(
        self,
        letters: Letters,
        messengers: Mapping[Platform, Messenger],
        now: Now,
        telemetry: Telemetry,
        habits: Habits | None = None,
    ) -> None:
        """Carry letters through these messengers; those for other platforms are left to other replicas."""
        self._letters = letters
        kept = habits or Habits()
        self._rounds = [
            Rounds(letters, platform, Deliveries(letters, messenger, now, telemetry, kept), now, kept)
            for platform, messenger in messengers.items()
        ]

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Carry letters until this is left: then take no more, finish what was begun, and put back the rest."""
        for one in self._rounds:
            one.start()
        listening = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            listening.cancel()
            await asyncio.gather(*(one.stop() for one in self._rounds))

    async def sweep(self) -> None:
        """Carry what is due by now, and see it settled."""
        await asyncio.gather(*(one.sweep() for one in self._rounds))

    async def wake(self) -> None:
        """Look whether anything is due: what a clock calls."""
        for one in self._rounds:
            one.news.set()

    async def _listen(self) -> None:
        while True:
            await self._letters.news.wait()
            self._letters.news.clear()
            await self.wake()
