"""Packages to offer at the same time: about equal to us, different to the client, who shows by choosing what matters.

Multiple equivalent simultaneous offers (MESO), after Medvec and Galinsky (Negotiation 8/4, 2005).
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import reduce
from operator import add

from bot.coach.agreements import frontier, rational
from bot.coach.plans import Entry
from bot.coach.scoring import NOTHING, THEIR_RESERVATION, Board, Points, Span, them, us
from bot.coach.tradables import Side

WANTED = 3
# In points, the most that packages may differ in for us: first what is of low worth, then wider until there are three.
SPREADS = (10, 20, 30, 60)
# Two packages that differ in one issue only are one package and a haggle over it.
DIFFERENT_ISSUES = 2
# Agreements to choose among; every three of these are looked at.
SHORTLIST = 80


@dataclass(frozen=True, slots=True)
class Term:
    """So much of an entry: `amount` in the tradable's unit, if it has one, and `share` of what was planned."""

    entry: Entry
    amount: Decimal | None
    share: Fraction


@dataclass(frozen=True, slots=True)
class Package:
    """Terms for one agreement, and what it brings either side beside today's offer.

    `efficient` says that it lies on the Pareto frontier: nothing is left on the table.
    """

    terms: tuple[Term, ...]
    us: Span
    them: Span
    efficient: bool


class Shortage(StrEnum):
    """Why there are fewer than three packages."""

    NO_GIVE = "no_give"
    NO_GET = "no_get"
    NO_ZONE = "no_zone"
    """No exchange leaves both sides at or above their reservation points."""
    TOO_FEW = "too_few"
    """One more give or get would make room."""


@dataclass(frozen=True, slots=True)
class Offers:
    """At most three packages, by worth to the client, most first; `spread` is how far they differ for us, in points.

    `shortage` is None when there are three.
    """

    packages: tuple[Package, ...] = ()
    spread: Points = 0
    shortage: Shortage | None = None


@dataclass(frozen=True, slots=True)
class Scatter:
    """Every agreement as a point (to us, to them), in whole points and each once; and what lies among them.

    `packages` are in the order of the offers. Today's offer is (0, 0). `ours` and `theirs` are the
    reservation points.
    """

    points: tuple[tuple[int, int], ...]
    frontier: tuple[tuple[Points, Points], ...]
    packages: tuple[tuple[Points, Points], ...]
    ours: Points
    theirs: Points
    today: tuple[int, int] = (0, 0)


def offers(board: Board) -> Offers:
    """Choose packages: rational for both, with a give and a get in each, different in at least two issues.

    None dominates another. They come from the frontier where three of it are even for us; else
    from all agreements, the best by the product of gains first.
    """
    sides = {entry.side for entry in board.entries.values()}
    if missing := _missing(sides):
        return Offers(shortage=missing)
    zone = rational(board.us, board.them)
    edge = frontier(board.us, board.them, zone)
    pools = [_shortlist(board, edge), _shortlist(board, zone)]
    if not any(pools):
        return Offers(shortage=Shortage.NO_ZONE)
    places = sorted(_even(board, pools), key=lambda place: (-board.them.values[place], -board.us.values[place]))
    ours = [board.us.values[place] for place in places]
    return Offers(
        packages=tuple(_package(board, place, efficient=place in edge) for place in places),
        spread=max(ours) - min(ours),
        shortage=None if len(places) == WANTED else Shortage.TOO_FEW,
    )


def picture(board: Board, chosen: Offers) -> Scatter:
    """Lay the agreements out as points."""
    edge = frontier(board.us, board.them, rational(board.us, board.them))
    every = zip(board.us.values, board.them.values, strict=True)
    return Scatter(
        points=tuple(sorted({(round(ours), round(theirs)) for ours, theirs in every})),
        frontier=tuple(dict.fromkeys((board.us.values[place], board.them.values[place]) for place in edge)),
        packages=tuple((package.us.at, package.them.at) for package in chosen.packages),
        ours=board.us.reserve,
        theirs=THEIR_RESERVATION,
    )


def _missing(sides: set[Side]) -> Shortage | None:
    if Side.GIVE not in sides:
        return Shortage.NO_GIVE
    return None if Side.GET in sides else Shortage.NO_GET


def _shortlist(board: Board, places: Sequence[int]) -> list[int]:
    """Take the exchanges, best first by the product of gains: what only gives or only takes is no package."""
    ranked = sorted(places, key=lambda place: board.us.gain(place) * board.them.gain(place), reverse=True)
    exchanges = (place for place in ranked if len({term.entry.side for term in _terms(board, place)}) > 1)
    return list(itertools.islice(exchanges, SHORTLIST))


def _even(board: Board, pools: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Three that are as even as can be; else two; else one."""
    for size in range(WANTED, 1, -1):
        for spread in SPREADS:
            for pool in pools:
                if found := min(_groups(board, pool, size, spread), key=_by_rank, default=()):
                    return tuple(pool[rank] for rank in found)
    return (next(pool for pool in pools if pool)[0],)


def _by_rank(group: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    return sum(group), group


def _groups(board: Board, pool: Sequence[int], size: int, spread: int) -> Iterator[tuple[int, ...]]:
    """Every group of that size, as ranks in the pool, in which each goes with each."""
    agreements = {place: tuple(board.agreements[place].values()) for place in pool}

    def match(one: int, other: int) -> bool:
        differing = sum(mine != theirs for mine, theirs in zip(agreements[one], agreements[other], strict=True))
        us, them = (side.values[one] - side.values[other] for side in (board.us, board.them))
        even = abs(us) <= spread + board.us.slack and (us * them < 0 or us == them == 0)
        return even and differing >= DIFFERENT_ISSUES

    pairs = {pair for pair in itertools.combinations(range(len(pool)), 2) if match(pool[pair[0]], pool[pair[1]])}
    if size < WANTED:
        yield from pairs
        return
    for first, second in pairs:
        for third in range(second + 1, len(pool)):
            if (first, third) in pairs and (second, third) in pairs:
                yield first, second, third


def _package(board: Board, place: int, *, efficient: bool) -> Package:
    terms = _terms(board, place)
    ours, theirs = (
        reduce(add, (worth(term.entry).times(term.share) for term in terms), NOTHING) for worth in (us, them)
    )
    return Package(terms, ours, theirs, efficient)


def _terms(board: Board, place: int) -> tuple[Term, ...]:
    """What an agreement holds, without what it leaves as it is."""
    taken = board.agreements[place].items()
    return tuple(Term(board.entries[id_], level.amount, level.share) for id_, level in taken if level.share)
