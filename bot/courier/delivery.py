"""Brings one letter to its reader, or settles why not.

A letter in doubt, begun by somebody of whom nobody knows how it ended, is looked for before it is sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from bot.chat import cards
from bot.chat.address import Address, Platform
from bot.chat.cards import Card
from bot.chat.ports import Messenger, Now
from bot.courier.habits import Habits
from bot.courier.pacing import Pacing
from bot.errors import AmbiguousError, BusyError, PlatformError, StoreUnavailableError, UnreachableError
from bot.telemetry import Telemetry
from store import Letter
from store.letters import Letters

log = structlog.get_logger()

# How the reason begins where somebody doesn't want the coach to write, or is gone.
UNREACHABLE: Final = "unreachable"
# So many are in doubt at most where the process is killed.
AT_ONCE: Final = 30
# Seconds until a database that went away is asked again to write down what became of a letter.
SETTLE_AGAIN: Final = 0.5


class Deliveries:
    """Posts letters one by one. `stopping` lets none begin any more."""

    def __init__(
        self,
        letters: Letters,
        messengers: Mapping[Platform, Messenger],
        now: Now,
        telemetry: Telemetry,
        habits: Habits,
    ) -> None:
        """Stand between the outbox and the platforms."""
        self._letters = letters
        self._messengers = messengers
        self._now = now
        self._telemetry = telemetry
        self._habits = habits
        self.pacing = Pacing({platform: messenger.pace for platform, messenger in messengers.items()})
        self.stopping = False
        self._at_once = asyncio.Semaphore(AT_ONCE)

    def book(self, letter: Letter) -> float:
        """Take the next moment at which the letter's tenant may be sent something."""
        return self.pacing.in_tenant(letter.address, self._now().timestamp())

    async def deliver(self, letter: Letter, earliest: float) -> bool:
        """Bring a letter on its way, not before `earliest`; False where it has to wait, with what follows it.

        Raises `StoreUnavailableError` where it can't be settled: then its lease runs out, and it is in doubt.
        """
        try:
            card = self._habits.dressed(cards.load(letter.card))
        except ValueError:
            return await self._give_up(letter, "unreadable card")
        messenger = self._messengers[letter.address.platform]
        try:
            there = await messenger.direct(letter.address)
            earliest = await self._turn(letter, there, earliest)
            async with self._at_once:
                if not await self._may_go(letter, there, earliest):
                    return False
                if not await self._begun(letter):
                    return True
                message = await self._posted(messenger, letter, there, card)
                return await self._arrived(replace(letter, address=there), message)
        except PlatformError as error:
            return await self._failed(letter, error)

    async def _turn(self, letter: Letter, there: Address, earliest: float) -> float:
        """Wait until the platform allows another message, unless that takes too long; give when it does."""
        earliest = max(earliest, self.pacing.in_conversation(there, self._now().timestamp()))
        wait = max(earliest - self._now().timestamp(), 0)
        if wait and self._in_time(letter, wait):
            await self._habits.pause(wait)
        return earliest

    async def _may_go(self, letter: Letter, there: Address, earliest: float) -> bool:
        """Look once more before a letter is begun, and put it back where it has to wait."""
        now = self._now()
        next_at = datetime.fromtimestamp(max(earliest, self.pacing.paused_until(there.tenant)), UTC)
        if self.stopping or next_at > now or not self._in_time(letter):
            if not await self._letters.release(letter, max(next_at, now)):
                self._telemetry.letter(there.platform, "stale")
            return False
        self.pacing.goes(there, now.timestamp())
        return True

    async def _begun(self, letter: Letter) -> bool:
        """Write down that it is about to be sent; False where somebody else has the letter now."""
        mine = await self._letters.begin(letter, self._now())
        self._habits.observe("begun", letter)
        # Whoever was asleep since may find that somebody else has taken the letter in the meantime.
        if mine and self._in_time(letter):
            return True
        self._telemetry.letter(letter.address.platform, "stale")
        return False

    def _in_time(self, letter: Letter, wait: float = 0) -> bool:
        """Say whether a posting that begins in so many seconds is over before the lease is."""
        return self._now() + timedelta(seconds=wait) + self._habits.sending <= letter.until

    async def _posted(self, messenger: Messenger, letter: Letter, there: Address, card: Card) -> str:
        """Post a letter, or find that it was posted before."""
        try:
            async with asyncio.timeout(self._habits.sending.total_seconds()):
                if letter.doubtful_since:
                    found = await messenger.find(there, letter.key, letter.doubtful_since)
                    if found:
                        self._telemetry.letter(there.platform, "found")
                        return found
                if self.pacing.paused_until(there.tenant) > self._now().timestamp():
                    raise BusyError  # another letter was refused while this one was begun or looked for
                return await messenger.send(there, card, letter.key)
        except TimeoutError as error:
            raise AmbiguousError from error

    async def _arrived(self, letter: Letter, message: str) -> bool:
        self.pacing.went(letter.address.tenant)
        self._habits.observe("posted", letter)
        now = self._now()
        mine = await self._settle(letter, lambda: self._letters.settle_sent(letter, message, now))
        self._habits.observe("settled", letter)
        self._telemetry.letter(letter.address.platform, "sent" if mine else "stale")
        self._telemetry.late((now - letter.due_at).total_seconds())
        return True

    async def _failed(self, letter: Letter, error: PlatformError) -> bool:
        """Settle what was refused: given up, or to be tried again when there is hope."""
        match error:
            case UnreachableError():
                return await self._give_up(letter, f"{UNREACHABLE}: {error.reason}")
            case BusyError():
                return await self._try_again(letter, error, self._quiet(letter, error), counted=False)
            case _ if letter.attempts + 1 >= self._habits.attempts:
                return await self._give_up(letter, error.reason)
            case AmbiguousError():
                wait = self._habits.doubt + self._habits.wait(letter.attempts)
                return await self._try_again(letter, error, wait, doubtful=True)
            case _:
                return await self._try_again(letter, error, self._habits.wait(letter.attempts))

    def _quiet(self, letter: Letter, error: BusyError) -> timedelta:
        """Leave the whole tenant alone for as long as its platform asks, and a random time on top."""
        tenant, now = letter.address.tenant, self._now()
        asked = timedelta(seconds=error.retry_after)
        left = timedelta(seconds=self.pacing.paused_until(tenant) - now.timestamp())
        wait = max(asked, left) if left > timedelta() else asked + self._habits.wait(self.pacing.refusals(tenant))
        self.pacing.pause(tenant, now.timestamp(), (now + wait).timestamp())
        return wait

    async def _try_again(
        self, letter: Letter, error: PlatformError, wait: timedelta, *, counted: bool = True, doubtful: bool = False
    ) -> bool:
        next_at = self._now() + wait
        settle = self._letters.settle_retry
        await self._settle(letter, lambda: settle(letter, next_at, error.reason, counted=counted, doubtful=doubtful))
        self._telemetry.letter(letter.address.platform, "again")
        return False

    async def _give_up(self, letter: Letter, reason: str) -> bool:
        await self._settle(letter, lambda: self._letters.settle_dead(letter, reason))
        self._telemetry.letter(letter.address.platform, "dead")
        log.warning("a letter is given up", action="outbox_dead", kind=letter.kind, reason=reason)
        return True

    async def _settle(self, letter: Letter, settle: Callable[[], Awaitable[bool]]) -> bool:
        """Write down what became of a letter, again and again while the database is away and the lease lasts."""
        while True:
            try:
                return await settle()
            except StoreUnavailableError:
                if self._now() >= letter.until:
                    raise
            await self._habits.pause(SETTLE_AGAIN)
