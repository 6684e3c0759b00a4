"""How a courier works. What stands here is right for the platforms as they are; a test may be hastier."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.chat.cards import Card
from store import Letter

# Longer than any platform's own time limits; the lease is longer than that, with some waiting for one's turn.
SENDING: Final = timedelta(seconds=30)
LEASE: Final = timedelta(minutes=2)
ATTEMPTS: Final = 10
FIRST_WAIT: Final = timedelta(seconds=2)
LONGEST_WAIT: Final = timedelta(minutes=15)
# What was accepted a moment ago may not be found yet.
DOUBT: Final = timedelta(seconds=10)


def _as_it_is(card: Card) -> Card:
    return card


async def _at_once(_letter: Letter, now: datetime) -> datetime:
    return now


def _unobserved(_step: str, _letter: Letter) -> None:
    """Hear nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a courier keeps to.

    `dressed` makes a card ready for its way out. `opportune` says from when on its reader may be disturbed with a
    letter; it may as well take the letter back. `sending` is the longest that one posting may take, `doubt` how long
    to wait before one is looked for. After so many `attempts` a letter is given up. `chance` gives a random number
    from 0 to 1. `observe` is told each step as a letter takes it: "claimed", "begun", "posted" and "settled".
    """

    dressed: Callable[[Card], Card] = _as_it_is
    opportune: Callable[[Letter, datetime], Awaitable[datetime]] = _at_once
    lease: timedelta = LEASE
    sending: timedelta = SENDING
    doubt: timedelta = DOUBT
    first_wait: timedelta = FIRST_WAIT
    attempts: int = ATTEMPTS
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    observe: Callable[[str, Letter], None] = _unobserved

    def __post_init__(self) -> None:
        """Refuse a lease that is over before a search and a posting are: letters would be put back for ever."""
        if self.lease <= self.sending * 2:
            raise ValueError("a lease has to be longer than the longest search and sending")

    def wait(self, failures: int) -> timedelta:
        """Give a random wait, longer on average the more has failed already: nobody comes back all at once."""
        # Up to 64 doublings: no longest wait is reached later, and the number stays one.
        longest = min(self.first_wait.total_seconds() * 2.0 ** min(failures, 64), LONGEST_WAIT.total_seconds())
        return timedelta(seconds=self.chance() * longest)
