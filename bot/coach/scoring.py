"""From a plan to points: what each entry costs and brings, how sure that is, and the tables it makes."""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from bot.coach.agreements import Agreements, Scores, agreements, scores
from bot.coach.plans import Entry, Estimate, Floor, Plan, Worth
from bot.coach.tradables import Side

# The steps grow, because people call high what they would feel: two things of low worth don't make up for a medium one.
POINTS: Mapping[Worth, int] = {Worth.LOW: 10, Worth.MEDIUM: 30, Worth.HIGH: 60}
# Reservation points; today's offer is 0 for both sides. The client can always keep today's offer.
RESERVATION: Mapping[Floor, int] = {Floor.LEVEL: 0, Floor.LITTLE: -10, Floor.SOME: -30, Floor.MUCH: -60}
THEIR_RESERVATION = 0
# A limit this many times the planned amount is still a step; beyond, points in proportion would mean nothing.
STEEPEST = 10
# Of agreements, for one plan card.
MOST = 100_000

Points: TypeAlias = int | float


@dataclass(frozen=True, slots=True)
class Span:
    """Points as estimated, and the least and most they could be if a guess is one step off."""

    at: Points
    low: Points
    high: Points

    def __add__(self, other: "Span") -> "Span":
        """Everything could be off at once."""
        return Span(self.at + other.at, self.low + other.low, self.high + other.high)

    def __neg__(self) -> "Span":
        """A cost instead of a worth: its most is the least that is left."""
        return Span(-self.at, -self.high, -self.low)

    def times(self, share: Fraction) -> "Span":
        """So much of it. Whole points stay whole numbers."""
        return Span(*(_number(Fraction(points) * share) for points in (self.at, self.low, self.high)))


NOTHING = Span(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Level:
    """How much of an entry: `share` of what is planned, 0 for none of it; `amount` in the tradable's unit, if any."""

    share: Fraction
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A plan as scoring tables: each entry an issue by its id, each level an option.

    `left_out` are the entries there was no room for among `MOST` agreements.
    """

    entries: Mapping[str, Entry]
    agreements: Agreements[Level]
    us: Scores
    them: Scores
    left_out: tuple[Entry, ...] = ()


def us(entry: Entry) -> Span:
    """What the planned amount changes for us: below 0 for a give."""
    return -span(entry.ours) if entry.side is Side.GIVE else span(entry.ours)


def them(entry: Entry) -> Span:
    """What the planned amount changes for the client: below 0 for a get."""
    return span(entry.theirs) if entry.side is Side.GIVE else -span(entry.theirs)


def span(estimate: Estimate) -> Span:
    """Points of an estimate; a guess may be one step off either way."""
    low, high = (estimate.worth, estimate.worth) if estimate.known else neighbours(estimate.worth)
    return Span(POINTS[estimate.worth], POINTS[low], POINTS[high])


def neighbours(worth: Worth) -> tuple[Worth, Worth]:
    """One step down and one step up, where there is one."""
    steps = list(Worth)
    place = steps.index(worth)
    return steps[max(place - 1, 0)], steps[min(place + 1, len(steps) - 1)]


def reservation(plan: Plan) -> int:
    """Our reservation point. Before the rep was asked: today's offer, which nobody regrets keeping."""
    return RESERVATION[plan.floor or Floor.LEVEL]


def most(entry: Entry) -> Decimal | None:
    """The most of a give that we would give, in its unit: its limit, or its amount where that was said as one."""
    if entry.side is Side.GET:
        return None
    if entry.limit is not None:
        return max(entry.limit, Decimal(0))
    return entry.tradable.amount if entry.tradable.limit else None


def levels(entry: Entry) -> tuple[Level, ...]:
    """None of it, what is planned, and the limit where it is higher, up to ten times as high.

    Points grow in proportion to the amount. A demand above our limit comes down to it; with a limit of 0
    only none of it is left.
    """
    amount, top = entry.tradable.amount, most(entry)
    none = Level(Fraction(0))
    if top is not None and top <= 0:
        return (none,)
    if amount is None or amount <= 0:
        return none, Level(Fraction(1), top)
    amounts = {amount if top is None else min(amount, top)}
    if top is not None and top <= amount * STEEPEST:
        amounts.add(top)
    return none, *(Level(Fraction(each) / Fraction(amount), each) for each in sorted(amounts))


def board(plan: Plan) -> Board:
    """Lay out a plan as scoring tables of at most `MOST` agreements.

    Too many: first the higher limits go, then whole entries, those that matter least before others.
    """
    ranked = _by_weight(plan)
    options = {entry.id: levels(entry) for entry in ranked}
    for entry in reversed(ranked):
        if _count(options.values()) > MOST:
            options[entry.id] = options[entry.id][:2]
    for entry in reversed(ranked):
        if _count(options.values()) > MOST:
            del options[entry.id]
    entries = {entry.id: entry for entry in plan.entries if entry.id in options}
    issues = {id_: options[id_] for id_ in entries}
    ours = {id_: {level: us(entries[id_]).times(level.share).at for level in issues[id_]} for id_ in issues}
    theirs = {id_: {level: them(entries[id_]).times(level.share).at for level in issues[id_]} for id_ in issues}
    every = agreements(issues, ours, theirs)
    return Board(
        entries=entries,
        agreements=every,
        us=scores(every.ours, reservation(plan)),
        them=scores(every.theirs, THEIR_RESERVATION),
        left_out=tuple(entry for entry in plan.entries if entry.id not in options),
    )


def _by_weight(plan: Plan) -> list[Entry]:
    """What was demanded and what gains most jointly first; gives and gets in turn, so that neither side runs out."""

    def weight(entry: Entry) -> tuple[bool, Points, Points]:
        mine, other = us(entry).at, them(entry).at
        return entry.demanded, mine + other, max(mine, other)

    return list(_in_turn(*(sorted(side, key=weight, reverse=True) for side in (plan.gives, plan.gets))))


def _in_turn(*sides: Sequence[Entry]) -> Iterator[Entry]:
    return (entry for both in itertools.zip_longest(*sides) for entry in both if entry is not None)


def _count(options: Iterable[tuple[Level, ...]]) -> int:
    return math.prod(map(len, options))


def _number(points: Fraction) -> Points:
    return int(points) if points.denominator == 1 else float(points)
