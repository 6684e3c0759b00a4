"""What a team's weekly digest holds: lines that people chose to share, and sums that nobody can be found in."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar, assert_never

from bot.coach.practices import PRACTICE_IDS
from bot.coach.teams import Count, Period, Share, Shared

# A sum is shown where at least so many people have something in it: with fewer, a colleague can work out whose it is.
FEWEST: Final = 4
WEEKS: Final = 8  # so far back the picture goes
# A habit is worth a week's practice when this share of its occasions, or more, were missed.
_WEAK: Final = 0.25
# So many digests pass before a practice comes again because a habit is weak.
_RESTS: Final = 2
_WEEK: Final = timedelta(days=7)
_Sum = TypeVar("_Sum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one member did in a period, in numbers: no names, no clients.

    Promises are `due` where their day lies in the period and they are still open. Of `gives`, `gives_with_get` were
    given in return for something.
    """

    promises_kept: int = 0
    promises_late: int = 0
    promises_due: int = 0
    done: int = 0
    snoozed: int = 0
    skipped: int = 0
    gives: int = 0
    gives_with_get: int = 0
    gets: int = 0
    renewals: int = 0
    expansions: int = 0
    referrals: int = 0

    def of(self, count: Count) -> tuple[int, int, int]:
        """Give the three numbers of one kind, in the order in which they stand above."""
        match count:
            case Count.PROMISES:
                return self.promises_kept, self.promises_late, self.promises_due
            case Count.CHECK_INS:
                return self.done, self.snoozed, self.skipped
            case Count.TRADES:
                return self.gives, self.gives_with_get, self.gets
            case Count.PAYOFFS:
                return self.renewals, self.expansions, self.referrals
        assert_never(count)


NOTHING: Final = Counted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What one member has in the digest of a period: lines, and their part of the counts unless `withheld`."""

    period: Period
    shared: tuple[Shared, ...] = ()
    counted: Counted = NOTHING
    withheld: AbstractSet[Count] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see, and nothing to put back."""
        return not self.shared and not self.withheld and self.counted == NOTHING


@dataclass(frozen=True, slots=True)
class Promises:
    """A team's promises of a period."""

    kept: int
    late: int
    due: int


@dataclass(frozen=True, slots=True)
class CheckIns:
    """What became of a team's check-ins in a period."""

    done: int
    snoozed: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Trades:
    """What a team gave and got in a period; `with_get` of the gives had something in return."""

    gives: int
    with_get: int
    gets: int


@dataclass(frozen=True, slots=True)
class Payoffs:
    """What came of a team's clients in a period. Counted, never claimed to be caused by anything."""

    renewals: int
    expansions: int
    referrals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A team's sums. A kind in which fewer than `FEWEST` people have something is None: there is no number to leak."""

    promises: Promises | None = None
    check_ins: CheckIns | None = None
    trades: Trades | None = None
    payoffs: Payoffs | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no number at all."""
        return self == NO_NUMBERS


NO_NUMBERS: Final = Totals()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a digest that went out counted, and which practice it brought; without names."""

    period: Period
    totals: Totals
    practice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest. `last` are the sums of the one before it, where it had any.

    `weeks` are the last eight, oldest first, this one included; one without numbers is a gap, not a zero.
    `ownerless` counts clients that were left to the team.
    """

    period: Period
    wins: tuple[Shared, ...]
    lines: tuple[Shared, ...]
    help: tuple[Shared, ...]
    totals: Totals
    last: Totals
    weeks: tuple[Sent, ...]
    practice: str
    ownerless: int = 0


def digest(
    period: Period, shared: Sequence[Shared], counts: Iterable[Counted], before: Sequence[Sent], *, ownerless: int = 0
) -> Digest:
    """Put a digest together. `before` are the digests that went out earlier, oldest first."""
    totals = total(counts)
    chosen = practice(totals, [sent.practice for sent in before])
    return again(Sent(period, totals, chosen), shared, before, ownerless=ownerless)


def again(sent: Sent, shared: Sequence[Shared], before: Sequence[Sent], *, ownerless: int = 0) -> Digest:
    """Put a digest together from what it counted when it went out, and what is shared in it now."""
    of_kind = {kind: tuple(one for one in shared if one.kind is kind) for kind in Share}
    return Digest(
        period=sent.period,
        wins=of_kind[Share.WIN],
        lines=of_kind[Share.LINE],
        help=of_kind[Share.HELP],
        totals=sent.totals,
        last=before[-1].totals if before else NO_NUMBERS,
        weeks=_weeks((*before, sent)),
        practice=sent.practice,
        ownerless=ownerless,
    )


def total(counts: Iterable[Counted]) -> Totals:
    """Sum up what the members did, each kind only where enough of them have something in it."""
    everyone = tuple(counts)
    return Totals(
        promises=_sum(everyone, Count.PROMISES, Promises),
        check_ins=_sum(everyone, Count.CHECK_INS, CheckIns),
        trades=_sum(everyone, Count.TRADES, Trades),
        payoffs=_sum(everyone, Count.PAYOFFS, Payoffs),
    )


def practice(totals: Totals, seen: Sequence[str]) -> str:
    """The id of the practice to work on: by the habit missed most often, else the one not shown for longest.

    `seen` are the practices of earlier digests, oldest first; what was shown lately rests, however weak the habit.
    """
    rested = [(missed, this) for missed, this in _missed(totals) if this not in seen[-_RESTS:] and missed >= _WEAK]
    if rested:
        return max(rested, key=lambda habit: habit[0])[1]
    latest = {this: place for place, this in enumerate(seen)}
    return min(PRACTICE_IDS, key=lambda this: latest.get(this, -1))


def _missed(totals: Totals) -> list[tuple[float, str]]:
    """The share of its occasions in which each habit was missed; of two equal ones the first counts."""
    found = []
    if (trades := totals.trades) and trades.gives:
        found.append((1 - trades.with_get / trades.gives, "balance.trade"))
    if (promises := totals.promises) and (settled := promises.kept + promises.late):
        found.append((promises.late / settled, "stability.deliver"))
    if (seen := totals.check_ins) and (all_seen := seen.done + seen.snoozed + seen.skipped):
        found.append((1 - seen.done / all_seen, "stability.keep_warm"))
    return found


def _sum(everyone: Sequence[Counted], count: Count, make: Callable[[int, int, int], _Sum]) -> _Sum | None:
    having = [numbers for one in everyone if any(numbers := one.of(count))]
    if len(having) < FEWEST:
        return None
    first, second, third = (sum(column) for column in zip(*having, strict=True))
    return make(first, second, third)


def _weeks(sent: Sequence[Sent]) -> tuple[Sent, ...]:
    """The last eight; where there were not so many yet, empty weeks stand before them."""
    weeks = list(sent[-WEEKS:])
    while len(weeks) < WEEKS:
        first = weeks[0].period.starts
        weeks.insert(0, Sent(Period(first - _WEEK, first), NO_NUMBERS))
    return tuple(weeks)
