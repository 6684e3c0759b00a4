"""Where two sides could meet: the classical solutions of bargaining over scoring tables.

Utility is additive: an agreement is worth the sum of its options' points. An agreement is rational when it
leaves neither side below its reservation point; everything else is looked for within that set only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias

from bot.coach.agreements import Agreements, Number, Option, Scores, agreements, frontier, rational, scores

Result: TypeAlias = tuple[dict[str, Option], Number, Number]
_Measure: TypeAlias = Callable[[int], int | float]


@dataclass(frozen=True, slots=True)
class Solutions(Generic[Option]):
    """What two scoring tables and two reservation points allow, each as (agreement, our points, their points).

    All are empty where there is no zone of possible agreement. Every tie is there; of those that tie,
    one that another dominates is not.
    """

    rational: list[Result[Option]]
    """At or above both reservation points, as the options come."""
    pareto: list[Result[Option]]
    """The frontier: nobody can gain without the other losing. By our points, least first."""
    nash: list[Result[Option]]
    """The largest product of both gains over the reservation points (Nash, Econometrica 18, 1950).

    Where no agreement lets both gain, every product is 0 and this is the whole frontier.
    """
    egalitarian: list[Result[Option]]
    """The largest smaller gain (Kalai, Econometrica 45, 1977)."""
    kalai_smorodinsky: list[Result[Option]]
    """The largest smaller share, a share being a side's gain out of the most it gains in any rational agreement.

    This is how the solution (Kalai and Smorodinsky, Econometrica 43, 1975) is read on a finite set, where
    equal shares may not exist. A side that can gain nothing has no say, and the other takes the most it can.
    """
    best_joint: list[Result[Option]]
    """The largest sum of both sides' points."""


def analyse(
    issues: Mapping[str, Sequence[Option]],
    ours: Mapping[str, Mapping[Option, Number]],
    theirs: Mapping[str, Mapping[Option, Number]],
    our_reserve: Number,
    their_reserve: Number,
) -> Solutions[Option]:
    """Solve `{issue: [option, ...]}` with `{issue: {option: points}}` for each side.

    Without issues there is one agreement, `{}`, worth 0 to both. Whole numbers are compared exactly, all
    others to a millionth of a millionth of the largest sum (`agreements.TOLERANCE`). 100,000 agreements take well
    under a second. Raises ValueError with a sentence for tables with a hole in them, numbers that
    are none, and more than 250,000 agreements.
    """
    every = agreements(issues, ours, theirs)
    us, them = scores(every.ours, our_reserve), scores(every.theirs, their_reserve)
    zone = rational(us, them)
    edge = frontier(us, them, zone)
    # A solution is never dominated by an agreement that isn't itself one: the frontier holds them all.
    found, cross = sorted(edge), _cross_slack(us, them, edge)
    built = _build(every, zone)

    def results(places: Sequence[int]) -> list[Result[Option]]:
        return [built[place] for place in places]

    return Solutions(
        rational=results(zone),
        pareto=results(edge),
        nash=results(nash(us, them, found)),
        egalitarian=results(_best(found, _smaller(us, them), max(us.slack, them.slack))),
        kalai_smorodinsky=results(_best(found, _smaller_share(us, them, edge), cross)),
        best_joint=results(_best(found, _joint(us, them), us.slack + them.slack)),
    )


def nash(us: Scores, them: Scores, edge: Sequence[int]) -> list[int]:
    """Find the places on the frontier with the largest product of gains."""
    return _best(edge, _product(us, them), _cross_slack(us, them, edge))


def _best(places: Sequence[int], measure: _Measure, slack: float) -> list[int]:
    top = max(map(measure, places), default=0)
    return [place for place in places if measure(place) >= top - slack]


def _product(us: Scores, them: Scores) -> _Measure:
    return lambda place: us.gain(place) * them.gain(place)


def _smaller(us: Scores, them: Scores) -> _Measure:
    return lambda place: min(us.gain(place), them.gain(place))


def _joint(us: Scores, them: Scores) -> _Measure:
    return lambda place: us.gain(place) + them.gain(place)


def _smaller_share(us: Scores, them: Scores, edge: Sequence[int]) -> _Measure:
    """Multiply each gain by the other side's ideal one: in the order of the shares, and no division to round."""
    our_ideal, their_ideal = _ideal(us, edge), _ideal(them, edge)
    return lambda place: min(us.gain(place) * their_ideal, them.gain(place) * our_ideal)


def _ideal(side: Scores, edge: Sequence[int]) -> int | float:
    """Find the most a side gains in any rational agreement; one of those is on the frontier."""
    return max(map(side.gain, edge), default=0)


def _cross_slack(us: Scores, them: Scores, edge: Sequence[int]) -> int | float:
    """How far products of two gains may be off."""
    return us.slack * _ideal(them, edge) + them.slack * _ideal(us, edge)


def _build(every: Agreements[Option], places: Sequence[int]) -> dict[int, Result[Option]]:
    """Build the agreements at these places, each once."""
    wanted = set(places)
    lines = enumerate(zip(every, every.ours, every.theirs, strict=True))
    return {place: line for place, line in lines if place in wanted}
