"""Takes one platform's due letters out of the outbox, batch by batch, each person's one after the other (ADR 15)."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import structlog

from bot.chat.address import Address, Platform
from bot.chat.ports import Now
from bot.chat.underway import UnderWay
from bot.courier.delivery import Deliveries
from bot.courier.habits import Habits
from bot.errors import StoreUnavailableError
from bot.telemetry import bind_reference
from store import Letter
from store.letters import Letters

log = structlog.get_logger()

BATCH_MAX: Final = 50
# Held in hand for each that may be on its way at once: enough that none waits for the database, and not much more.
AHEAD: Final = 5


class Rounds:
    """The rounds to one platform. `news` is set when there may be something to carry."""

    def __init__(self, letters: Letters, platform: Platform, deliveries: Deliveries, now: Now, habits: Habits) -> None:
        """Carry this platform's letters by these deliveries."""
        self.news = asyncio.Event()
        self._letters = letters
        self._platform = platform
        self._now = now
        self._habits = habits
        self._deliveries = deliveries
        self._most = deliveries.at_once * AHEAD
        self._batch = min(BATCH_MAX, self._most // 2)
        self._lanes = UnderWay()
        self._in_hand = 0
        self._eased = asyncio.Event()
        self._alarm: asyncio.TimerHandle | None = None
        self._going: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Go round whenever there is news, until `stop`."""
        self._going = asyncio.create_task(self._go_round())

    async def stop(self) -> None:
        """Take no more, finish what was begun, and put back the rest."""
        self._deliveries.stopping = True
        self.news.set()
        self._eased.set()
        if self._going:
            await self._going
        self._come_back({}, 0)
        await self._lanes.finish(self._habits.sending.total_seconds())

    async def sweep(self) -> None:
        """Carry what is due by now, and see it settled."""
        while await self._take():
            await self._room(self._most)

    async def _go_round(self) -> None:
        while not self._deliveries.stopping:
            self.news.clear()
            bind_reference()
            try:
                await self._take()
            except StoreUnavailableError:
                log.warning("the outbox is out of reach; the next tick tries again", action="outbox_claim")
            except Exception:
                log.exception("letters could not be taken; the next tick tries again")
            await self.news.wait()

    async def _take(self) -> bool:
        """Take letters until none is due; they are carried beside. False where there was none."""
        some = False
        while not self._deliveries.stopping:
            await self._room(self._batch)
            now = self._now()
            held = self._deliveries.pacing.held(now.timestamp())
            letters = await self._letters.claim(
                now, self._batch, self._habits.lease, platform=self._platform, held=held
            )
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
        while self._in_hand > self._most - letters and not self._deliveries.stopping:
            self._eased.clear()
            await self._eased.wait()

    def _come_back(self, held: Mapping[str, float], now: float) -> None:
        """Look again when a tenant that was held back may be served, not only at the next tick."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if held:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(min(held.values()) - now, self.news.set)

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
            self.news.set()  # some may have waited for those of the same person


def _by_person(letters: Iterable[Letter]) -> Iterable[list[Letter]]:
    theirs: defaultdict[Address, list[Letter]] = defaultdict(list)
    for letter in letters:
        theirs[replace(letter.address, conversation="")].append(letter)
    return theirs.values()
