"""A plan for one negotiation: what is asked of us, what could be given, what could be got, where we stop."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.coach.preparation import Certainty
from bot.coach.tradables import Side, Tradable


class Worth(StrEnum):
    """How much something costs or brings: three steps are enough to trade by."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one side would put on it, and whether that is known or a guess of ours."""

    worth: Worth
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a plan.

    Of a give, `ours` is what it costs us and `theirs` what it is worth to them; of a get, `ours` is
    what it is worth to us and `theirs` what it costs them. `limit` is the most of it we would
    give, in the tradable's unit. `demanded` marks what the client asked for, `asked` how much of it.
    """

    id: str
    side: Side
    tradable: Tradable
    ours: Estimate
    theirs: Estimate
    limit: Decimal | None = None
    demanded: bool = False
    asked: Decimal | None = None


class Floor(StrEnum):
    """How far below today's offer a deal may leave us before no deal is better."""

    LEVEL = "level"
    LITTLE = "little"
    SOME = "some"
    MUCH = "much"


class Step(StrEnum):
    """What the planner asks for, in this order."""

    DEMAND = "demand"
    BEHIND = "behind"
    GIVES = "gives"
    GETS = "gets"
    WORTHS = "worths"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One rep's plan for one deal.

    `demand` and `behind` are the client's words and what they are about; `certainty` says how the rep
    knows. `walk_away` is the reservation point in the rep's words and `floor` the same on our scale, None
    until asked: both never leave the rep's private view. `settled` are the steps that need no more asking.
    """

    id: str
    deal_id: str
    demand: str = ""
    behind: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    entries: tuple[Entry, ...] = ()
    walk_away: str = ""
    floor: Floor | None = None
    settled: frozenset[Step] = frozenset()

    @property
    def gives(self) -> tuple[Entry, ...]:
        """What we could give, in the order in which it was named."""
        return tuple(entry for entry in self.entries if entry.side is Side.GIVE)

    @property
    def gets(self) -> tuple[Entry, ...]:
        """What we could ask for, in the order in which it was named."""
        return tuple(entry for entry in self.entries if entry.side is Side.GET)

    @property
    def step(self) -> Step | None:
        """What to ask next; None: the plan is whole."""
        return next((step for step in Step if step not in self.settled), None)
