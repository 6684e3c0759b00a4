"""When the next message may go, so that a platform doesn't have to say no."""

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from bot.chat.address import Address
from bot.chat.ports import Pace, Rate

# Who was written to so many others ago is in no hurry any more.
REMEMBERED: Final = 20_000
# So many times in a row nobody knew what became of a message: that is no chance any more.
STUMBLES: Final = 5
# Seconds ahead that a tenant may be booked out, before others are served instead.
BOOKED_AHEAD: Final = 1.0

Key = TypeVar("Key")


@dataclass(slots=True)
class _Lane:
    """The latest moments booked, oldest first; until when to keep still, and how often in a row it was asked for."""

    booked: deque[float] = field(default_factory=deque)
    paused_until: float = 0
    refusals: int = 0
    stumbles: int = 0

    def free(self, rates: tuple[Rate, ...], now: float) -> float:
        """Give the first moment that keeps every rate."""
        latest = self.booked[-1] if self.booked else now
        behind = (self.booked[-rate.count] + rate.seconds for rate in rates if len(self.booked) >= rate.count)
        return max(now, latest, *behind)

    def book(self, rates: tuple[Rate, ...], moment: float) -> None:
        """Take a moment, and forget what no rate looks back to."""
        self.booked.append(moment)
        while len(self.booked) > max((rate.count for rate in rates), default=0):
            self.booked.popleft()

    def taken_until(self) -> float:
        """Give the moment from which there is something free again."""
        return max(self.paused_until, self.booked[-1] - BOOKED_AHEAD if self.booked else 0)


class Pacing:
    """Books messages to one platform, by conversation and by tenant. All moments are in seconds on one clock.

    A conversation is one whoever's words go there; one that isn't named yet is the person's own.
    """

    def __init__(self, pace: Pace) -> None:
        """Keep a platform's pace."""
        self._pace = pace
        self._conversations: dict[Address, _Lane] = {}
        self._tenants: dict[str, _Lane] = {}

    def in_tenant(self, who: Address, now: float) -> float:
        """Take the next moment at which a message may go to this person's tenant."""
        rates, lane = self._pace.tenant, _lane(self._tenants, who.tenant)
        moment = lane.free(rates, now)
        lane.book(rates, moment)
        return moment

    def in_conversation(self, there: Address, now: float) -> float:
        """Give the next moment at which a message may go to this conversation; whoever sends one then says `goes`."""
        return self._conversation(there).free(self._pace.conversation, now)

    def goes(self, there: Address, now: float) -> None:
        """Hear that a message goes to this conversation now."""
        self._conversation(there).book(self._pace.conversation, now)

    def _conversation(self, there: Address) -> _Lane:
        return _lane(self._conversations, replace(there, user="") if there.conversation else there)

    def pause(self, tenant: str, now: float, until: float) -> None:
        """Leave a tenant alone until this moment, because its platform said so; those refused together count once."""
        lane = _lane(self._tenants, tenant)
        lane.refusals += lane.paused_until <= now
        lane.paused_until = max(lane.paused_until, until)

    def went(self, tenant: str) -> None:
        """Hear that a tenant's platform takes messages."""
        lane = _lane(self._tenants, tenant)
        lane.refusals = lane.stumbles = 0

    def stumbled(self, tenant: str) -> bool:
        """Hear that nobody knows what became of a message; say whether that happens all the time."""
        lane = _lane(self._tenants, tenant)
        lane.stumbles += 1
        return lane.stumbles >= STUMBLES

    def refusals(self, tenant: str) -> int:
        """Give how often in a row this tenant's platform has said no."""
        return _lane(self._tenants, tenant).refusals

    def paused_until(self, tenant: str) -> float:
        """Give until when a tenant is left alone; a moment that is past where it isn't."""
        return _lane(self._tenants, tenant).paused_until

    def held(self, now: float) -> dict[str, float]:
        """Give the tenants of whom to take no more for now, each with the moment from which to."""
        ahead = {tenant: lane.taken_until() for tenant, lane in self._tenants.items()}
        return {tenant: moment for tenant, moment in ahead.items() if moment > now}


def _lane(lanes: dict[Key, _Lane], key: Key) -> _Lane:
    if key not in lanes and len(lanes) >= REMEMBERED:
        lanes.clear()
    return lanes.setdefault(key, _Lane())
