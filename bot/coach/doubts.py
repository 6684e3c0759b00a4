"""What a guess could change: which estimate to ask the client about before the offer is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.coach.logrolling import Trade, offerable, pairs, trade
from bot.coach.packages import Package
from bot.coach.plans import Entry, Estimate, Plan
from bot.coach.scoring import THEIR_RESERVATION, neighbours, reservation, them, us
from bot.coach.tradables import Side


class Whose(StrEnum):
    """Whose worth or cost was guessed."""

    OURS = "ours"
    THEIRS = "theirs"


class Flip(StrEnum):
    """What would be otherwise if a guess were one step off, gravest first."""

    BELOW_WALK_AWAY = "below_walk_away"
    """A package would leave us below our reservation point."""
    REFUSED = "refused"
    """A package would be worse for the client than today's offer."""
    BEST_PAIR = "best_pair"
    """Another pair would be the best one."""
    PAIR_LOST = "pair_lost"
    """A pair would no longer let both gain."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A guess that matters: of which entry, whose side's estimate, and what it could change, gravest first."""

    entry: Entry
    whose: Whose
    flips: tuple[Flip, ...]
    pairs_lost: int = 0


def could_change(plan: Plan, packages: Sequence[Package] = ()) -> tuple[Doubt, ...]:
    """Find the guesses that would flip something if they were one step off, what matters most first.

    One guess at a time; what is known is not doubted. `packages` are those chosen for this plan.
    """
    ranked = pairs(plan)
    found = (
        _doubt(plan, entry, whose, ranked, packages)
        for entry in plan.entries
        for whose in Whose
        if not _estimate(entry, whose).known
    )
    return tuple(sorted((doubt for doubt in found if doubt.flips), key=_gravity, reverse=True))


def _gravity(doubt: Doubt) -> tuple[tuple[bool, ...], int]:
    return tuple(flip in doubt.flips for flip in Flip), doubt.pairs_lost


def _doubt(plan: Plan, entry: Entry, whose: Whose, ranked: Sequence[Trade], packages: Sequence[Package]) -> Doubt:
    lost, flips = 0, set[Flip]()
    for other in _otherwise(entry, whose):
        gone = _lost(entry, other, ranked)
        lost = max(lost, gone)
        happens = {
            Flip.BELOW_WALK_AWAY: any(_short_of(reservation(plan), entry, other, one) for one in packages),
            Flip.REFUSED: any(_refused(entry, other, one) for one in packages),
            Flip.BEST_PAIR: _new_best(plan, entry, other, ranked),
            Flip.PAIR_LOST: gone > 0,
        }
        flips |= {flip for flip in Flip if happens[flip]}
    return Doubt(entry, whose, tuple(flip for flip in Flip if flip in flips), lost)


def _estimate(entry: Entry, whose: Whose) -> Estimate:
    return entry.ours if whose is Whose.OURS else entry.theirs


def _otherwise(entry: Entry, whose: Whose) -> Iterator[Entry]:
    """The entry with this one guess a step lower, and a step higher."""
    now = _estimate(entry, whose)
    for worth in neighbours(now.worth):
        if worth is not now.worth:
            guess = replace(now, worth=worth)
            yield replace(entry, ours=guess) if whose is Whose.OURS else replace(entry, theirs=guess)


def _swapped(one: Trade, entry: Entry, other: Entry) -> Trade:
    give, get = (other if each is entry else each for each in (one.give, *one.gets))
    return trade(give, get)


def _touches(one: Trade, entry: Entry) -> bool:
    return entry is one.give or entry in one.gets


def _lost(entry: Entry, other: Entry, ranked: Sequence[Trade]) -> int:
    return sum(not _swapped(one, entry, other).valid for one in ranked if _touches(one, entry))


def _new_best(plan: Plan, entry: Entry, other: Entry, ranked: Sequence[Trade]) -> bool:
    """Tell whether another pair would come before the best one of now, or a first one be found."""
    partners = plan.gets if entry.side is Side.GIVE else offerable(plan)
    changed = (trade(other, one) if entry.side is Side.GIVE else trade(one, other) for one in partners)
    rest = next((one for one in ranked if not _touches(one, entry)), None)
    valid = [one for one in (*changed, rest) if one and one.valid]
    if not ranked or not valid:
        return bool(ranked) != bool(valid)
    now = _swapped(ranked[0], entry, other)
    return not now.valid or now.rank < max(one.rank for one in valid)


def _short_of(floor: int, entry: Entry, other: Entry, package: Package) -> bool:
    return any(
        package.us.at + us(other).times(term.share).at - us(entry).times(term.share).at < floor
        for term in package.terms
        if term.entry is entry
    )


def _refused(entry: Entry, other: Entry, package: Package) -> bool:
    return any(
        package.them.at + them(other).times(term.share).at - them(entry).times(term.share).at < THEIR_RESERVATION
        for term in package.terms
        if term.entry is entry
    )
