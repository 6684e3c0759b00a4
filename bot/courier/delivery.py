"""Brings one letter to its reader, or settles why not.

A letter in doubt, begun by somebody of whom nobody knows how it ended, is looked for before it is sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

import structlog

from bot.chat import cards
from bot.chat.address import Address
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
# Why a letter is given up that was begun again and again and never settled: it may end every process that has it.
INTERRUPTED: Final = "interrupted each time"
# No platform means more than this when it asks to be left alone.
LONGEST_ASKED: Final = timedelta(days=1)
# Seconds until a database that went away is asked again to write down what became of a letter.
SETTLE_AGAIN: Final = 0.5


# Posts a card somewhere under a key, and gives the message's name.
Posting: TypeAlias = Callable[[Address, Card, str], Awaitable[str]]


class _BrokenError(AmbiguousError):
    """I couldn't make that message. Nothing was lost; somebody who can repair it was told."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    @property
    def reason(self) -> str:
        return f"broken: {type(self.error).__name__}"


class Deliveries:
    """Posts letters one by one to one platform. `stopping` lets none begin any more."""

    def __init__(self, letters: Letters, messenger: Messenger, now: Now, telemetry: Telemetry, habits: Habits) -> None:
        """Stand between the outbox and a platform."""
        self._letters = letters
        self._messenger = messenger
        self._now = now
        self._telemetry = telemetry
        self._habits = habits
        self.pacing = Pacing(messenger.pace)
        self.stopping = False
        self.at_once = messenger.pace.at_once
        self._turns = asyncio.Semaphore(self.at_once)

    def book(self, letter: Letter) -> float:
        """Take the next moment at which the letter's tenant may be sent something."""
        return self.pacing.in_tenant(letter.address, self._now().timestamp())

    async def deliver(self, letter: Letter, earliest: float) -> bool:
        """Bring a letter on its way, not before `earliest`; False where it has to wait, with what follows it.

        Raises `StoreUnavailableError` where it can't be settled: then its lease runs out, and it is in doubt.
        """
        if letter.attempts >= self._habits.attempts:
            return await self._give_up(letter, INTERRUPTED, doubtful=True)
        try:
            card = self._habits.dressed(cards.load(letter.card))
        except ValueError:
            return await self._give_up(letter, "unreadable card")
        try:
            return await self._go(letter, card, earliest)
        except PlatformError as error:
            return await self._failed(letter, error)
        except StoreUnavailableError:
            raise
        except Exception as error:
            log.exception("a letter can't be sent", action="outbox_broken", kind=letter.kind)
            return await self._failed(letter, _BrokenError(error))

    async def _go(self, letter: Letter, card: Card, earliest: float) -> bool:
        """Wait for one's turn, look for what may have arrived before, and post."""
        opportune = await self._habits.opportune(letter, self._now())
        earliest = await self._turn(letter, max(earliest, opportune.timestamp()))
        async with self._turns:
            if not await self._may_go(letter, earliest):
                return False
            self.pacing.goes(letter.address, self._now().timestamp())
            there, posting = await _way(self._messenger, letter)
            message = await self._found(letter, there)
            if not message:
                if not await self._begun(letter):
                    return True
                message = await self._posted(posting, letter, there, card)
            return await self._arrived(replace(letter, address=there), message)

    async def _turn(self, letter: Letter, earliest: float) -> float:
        """Wait until the platform allows another message, unless that takes too long; give when it does."""
        earliest = max(earliest, self.pacing.in_conversation(letter.address, self._now().timestamp()))
        wait = max(earliest - self._now().timestamp(), 0)
        if wait and self._in_time(letter, wait):
            await self._habits.pause(wait)
        return earliest

    async def _may_go(self, letter: Letter, earliest: float) -> bool:
        """Look before the platform is asked for anything, and put a letter back where it has to wait."""
        now = self._now()
        # Another owner's letter may have gone to the same channel while this one waited for its turn.
        earliest = max(earliest, self.pacing.in_conversation(letter.address, now.timestamp()))
        next_at = datetime.fromtimestamp(max(earliest, self.pacing.paused_until(letter.address.tenant)), UTC)
        if not self.stopping and next_at <= now and self._in_time(letter):
            return True
        if not await self._letters.release(letter, max(next_at, now)):
            self._telemetry.letter(letter.address.platform, "stale")
        return False

    async def _begun(self, letter: Letter) -> bool:
        """Write down that it is about to be sent; False where somebody else has the letter now."""
        mine = await self._letters.begin(letter, self._now())
        self._habits.observe("begun", letter)
        # Whoever was asleep since may find that somebody else has taken the letter in the meantime.
        if mine and self._now() + self._habits.sending <= letter.until:
            return True
        self._telemetry.letter(letter.address.platform, "stale")
        return False

    def _in_time(self, letter: Letter, wait: float = 0) -> bool:
        """Say whether what begins in so many seconds, a posting and perhaps a search, is over before the lease is."""
        takes = self._habits.sending * (2 if letter.doubtful_since else 1)
        return self._now() + timedelta(seconds=wait) + takes <= letter.until

    async def _found(self, letter: Letter, there: Address) -> str:
        """Look for a letter in doubt; empty where it isn't there. Looking may fail as often as it likes."""
        if letter.doubtful_since is None:
            return ""
        try:
            async with asyncio.timeout(self._habits.sending.total_seconds()):
                message = await self._messenger.find(there, letter.key, letter.doubtful_since)
        except (AmbiguousError, TimeoutError) as error:
            raise BusyError from error
        if message:
            self._telemetry.letter(there.platform, "found")
        return message or ""

    async def _posted(self, posting: Posting, letter: Letter, there: Address, card: Card) -> str:
        if self.pacing.paused_until(there.tenant) > self._now().timestamp():
            raise BusyError  # another letter was refused while this one was begun or looked for
        try:
            async with asyncio.timeout(self._habits.sending.total_seconds()):
                return await posting(there, card, letter.key)
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
                return await self._give_up(letter, error.reason, doubtful=isinstance(error, AmbiguousError))
            case AmbiguousError():
                self._stumble(letter)
                wait = self._habits.doubt + self._habits.wait(letter.attempts)
                return await self._try_again(letter, error, wait, doubtful=True)
            case _:
                return await self._try_again(letter, error, self._habits.wait(letter.attempts))

    def _quiet(self, letter: Letter, error: BusyError) -> timedelta:
        """Leave the whole tenant alone for as long as its platform asks, and a random time on top."""
        tenant, now = letter.address.tenant, self._now()
        asked = timedelta(seconds=min(error.retry_after, LONGEST_ASKED.total_seconds()))
        left = timedelta(seconds=self.pacing.paused_until(tenant) - now.timestamp())
        wait = max(asked, left) if left > timedelta() else asked + self._habits.wait(self.pacing.refusals(tenant))
        self.pacing.pause(tenant, now.timestamp(), (now + wait).timestamp())
        return wait

    def _stumble(self, letter: Letter) -> None:
        """Leave a tenant alone for a while whose platform answers nothing clear: it would hold all others up."""
        tenant, now = letter.address.tenant, self._now()
        if self.pacing.stumbled(tenant) and self.pacing.paused_until(tenant) <= now.timestamp():
            wait = self._habits.wait(self.pacing.refusals(tenant))
            self.pacing.pause(tenant, now.timestamp(), (now + wait).timestamp())

    async def _try_again(
        self, letter: Letter, error: PlatformError, wait: timedelta, *, counted: bool = True, doubtful: bool = False
    ) -> bool:
        next_at = self._now() + wait
        settle = self._letters.settle_retry
        await self._settle(letter, lambda: settle(letter, next_at, error.reason, counted=counted, doubtful=doubtful))
        self._telemetry.letter(letter.address.platform, "again")
        return False

    async def _give_up(self, letter: Letter, reason: str, *, doubtful: bool = False) -> bool:
        await self._settle(letter, lambda: self._letters.settle_dead(letter, reason, doubtful=doubtful))
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


async def _way(messenger: Messenger, letter: Letter) -> tuple[Address, Posting]:
    """Find where a letter goes, and how it is posted there."""
    if letter.address.conversation:
        return letter.address, messenger.post
    if letter.beside and (both := await messenger.together(letter.address, letter.beside)):
        return both, messenger.post
    return await messenger.direct(letter.address), messenger.send
