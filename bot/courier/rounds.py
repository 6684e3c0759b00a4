"""Takes due letters out of the outbox, batch by batch, each person's one after the other (ADR 15)."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

import structlog

from bot.chat.address import Address, Platform
from bot.chat.ports import Messenger, Now
from bot.chat.underway import UnderWay
from bot.courier.delivery import Deliveries
from bot.courier.habits import Habits
from bot.errors import StoreUnavailableError
from bot.telemetry import Telemetry, bind_reference
from store import Letter
from store.letters import Letters

log = structlog.get_logger()

BATCH: Final = 50
IN_HAND_MAX: Final = 150


class Courier:
    """One process' courier; any number of them share an outbox."""

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
        self._platforms = tuple(messengers)
        self._now = now
        self._habits = habits or Habits()
        self._deliveries = Deliveries(letters, messengers, now, telemetry, self._habits)
        self._lanes = UnderWay()
        self._in_hand = 0
        self._eased = asyncio.Event()
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Carry letters until this is left: then take no more, finish what was begun, and put back the rest."""
        rounds = asyncio.create_task(self._rounds())
        try:
            yield
        finally:
            self._deliveries.stopping = True
            self._letters.news.set()
            self._eased.set()
            await rounds
            self._come_back({}, 0)
            await self._lanes.finish(self._habits.sending.total_seconds())

    async def sweep(self) -> None:
        """Carry what is due by now, and see it settled."""
        while await self._take():
            await self._room(IN_HAND_MAX)

    async def wake(self) -> None:
        """Look whether anything is due: what a clock calls."""
        self._letters.news.set()

    async def _rounds(self) -> None:
        while not self._deliveries.stopping:
            self._letters.news.clear()
            bind_reference()
            try:
                await self._take()
            except StoreUnavailableError:
                log.warning("the outbox is out of reach; the next tick tries again", action="outbox_claim")
            except Exception:
                log.exception("letters could not be taken; the next tick tries again")
            await self._letters.news.wait()

    async def _take(self) -> bool:
        """Take letters until none is due; they are carried beside. False where there was none."""
        some = False
        while not self._deliveries.stopping:
            await self._room(BATCH)
            now = self._now()
            held = self._deliveries.pacing.held(now.timestamp())
            letters = await self._letters.claim(now, BATCH, self._habits.lease, platforms=self._platforms, held=held)
            self._in_hand += len(letters)
            for theirs in _by_person(letters):
                self._lanes.start(self._carry(theirs, [*map(self._deliveries.book, theirs)]))
            if not letters:
                self._come_back(held, now.timestamp())
                break
            some = True
        return some

    async def _room(self, letters: int) -> None:
        """Wait until so many more can be held in hand."""
        while self._in_hand > IN_HAND_MAX - letters and not self._deliveries.stopping:
            self._eased.clear()
            await self._eased.wait()

    def _come_back(self, held: Mapping[str, float], now: float) -> None:
        """Look again when a tenant that was held back may be served, not only at the next tick."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if held:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(min(held.values()) - now, self._letters.news.set)

    async def _carry(self, letters: Sequence[Letter], moments: Sequence[float]) -> None:
        """Carry one person's letters one after the other; what follows one that has to wait is put back."""
        bind_reference()
        left = len(letters)
        try:
            for number, (letter, moment) in enumerate(zip(letters, moments, strict=True), start=1):
                self._habits.observe("claimed", letter)
                if not await self._deliveries.deliver(letter, moment):
                    await self._put_back(letters[number:])
                    return
                left -= 1
                self._ease(1)
        except StoreUnavailableError:
            log.warning("the outbox is out of reach; a letter is left to its lease", action="outbox_settle")
        except Exception:
            log.exception("a letter is left to its lease")
        finally:
            self._ease(left)

    async def _put_back(self, letters: Iterable[Letter]) -> None:
        for letter in letters:
            await self._letters.release(letter, self._now())

    def _ease(self, letters: int) -> None:
        self._in_hand -= letters
        self._eased.set()
        if not self._in_hand:
            self._letters.news.set()  # some may have waited for those of the same person


def _by_person(letters: Iterable[Letter]) -> Iterable[list[Letter]]:
    theirs: defaultdict[Address, list[Letter]] = defaultdict(list)
    for letter in letters:
        theirs[letter.address].append(letter)
    return theirs.values()
