"""Logrolling: a give that costs us little and matters to them, against a get that costs them little and matters to us.

After Froman and Cohen (Behavioral Science 15, 1970) and Pruitt (Negotiation Behavior, 1981).
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from operator import add

from bot.coach.plans import Entry, Estimate, Plan, Worth
from bot.coach.preparation import Certainty
from bot.coach.scoring import Points, Span, most, them, us
from bot.coach.tradables import Side

# A sentence holds three things we ask for, and nobody remembers a fourth.
MOST_GETS = 3
# Gets to combine; with more, the best of them.
SHORTLIST = 12


@dataclass(frozen=True, slots=True)
class Trade:
    """A give, and the get or gets that pay for it. `us` and `them` are what each side gains."""

    give: Entry
    gets: tuple[Entry, ...]
    us: Span
    them: Span

    @property
    def valid(self) -> bool:
        """Both sides gain."""
        return self.us.at > 0 and self.them.at > 0

    @property
    def rank(self) -> tuple[Points, Points]:
        """The higher, the better: by the smaller gain, then by the sum."""
        return min(self.us.at, self.them.at), self.us.at + self.them.at


class Reading(StrEnum):
    """What could be meant by a demand whose reason nobody knows yet."""

    AS_SAID = "as_said"
    SOMETHING_ELSE = "something_else"


@dataclass(frozen=True, slots=True)
class Case:
    """One reading of the demand, and what to do if it is the right one.

    `best` is the best trade of all, `answer` the best that holds what was demanded; each a pair, else a
    bundle, else None.
    """

    reading: Reading
    best: Trade | None
    answer: Trade | None


def trade(give: Entry, *gets: Entry) -> Trade:
    """Work out what each side gains: `value_us(gets) - cost_us(give)` and `value_them(give) - cost_them(gets)`."""
    entries = (give, *gets)
    return Trade(give, gets, reduce(add, map(us, entries)), reduce(add, map(them, entries)))


def pairs(plan: Plan) -> tuple[Trade, ...]:
    """Every give with every single get where both sides gain, best first; equals in the order of the plan."""
    return _ranked(trade(give, get) for give in offerable(plan) for get in plan.gets)


def bundles(plan: Plan) -> tuple[Trade, ...]:
    """For each give that no single get pays for, the best two gets that do, or else three; best first."""
    paid = {pair.give.id for pair in pairs(plan)}
    found = (_bundle(give, plan.gets) for give in offerable(plan) if give.id not in paid)
    return _ranked(bundle for bundle in found if bundle)


def offerable(plan: Plan) -> tuple[Entry, ...]:
    """The gives that may be given at all: a limit of 0 says no."""
    return tuple(give for give in plan.gives if (top := most(give)) is None or top > 0)


def cases(plan: Plan) -> tuple[Case, ...]:
    """Both readings of a demand when what is behind it isn't known; none when it is, or nothing is demanded.

    Either it is what they need (HIGH worth to them), or it stands for something else (LOW).
    """
    known = plan.behind and plan.certainty is not Certainty.UNKNOWN
    if known or not any(give.demanded for give in plan.gives):
        return ()
    readings = ((Reading.AS_SAID, Worth.HIGH), (Reading.SOMETHING_ELSE, Worth.LOW))
    return tuple(_case(reading, _read_as(plan, worth)) for reading, worth in readings)


def _case(reading: Reading, plan: Plan) -> Case:
    trades = (*pairs(plan), *bundles(plan))
    answers = (one for one in trades if one.give.demanded)
    return Case(reading, next(iter(trades), None), next(answers, None))


def _read_as(plan: Plan, worth: Worth) -> Plan:
    entries = tuple(
        replace(entry, theirs=Estimate(worth, known=True)) if entry.demanded and entry.side is Side.GIVE else entry
        for entry in plan.entries
    )
    return replace(plan, entries=entries)


def _bundle(give: Entry, gets: Sequence[Entry]) -> Trade | None:
    shortlist = sorted(gets, key=lambda get: us(get).at + them(get).at, reverse=True)[:SHORTLIST]
    for size in range(2, MOST_GETS + 1):
        if ranked := _ranked(trade(give, *some) for some in itertools.combinations(shortlist, size)):
            return ranked[0]
    return None


def _ranked(trades: Iterable[Trade]) -> tuple[Trade, ...]:
    return tuple(sorted((one for one in trades if one.valid), key=lambda one: one.rank, reverse=True))
