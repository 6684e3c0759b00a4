"""What a plan comes to: pairs, packages, what is given for nothing, what is over a limit, and the order of play."""

from dataclasses import dataclass

from bot.coach.doubts import Doubt, could_change
from bot.coach.logrolling import Case, Trade, bundles, cases, offerable, pairs
from bot.coach.packages import Offers, Scatter, offers, picture
from bot.coach.plans import Entry, Plan
from bot.coach.scoring import board, most, them, us


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything the plan card is made of; the words are the card's own."""

    pairs: tuple[Trade, ...]
    """A give for one get, best first."""
    bundles: tuple[Trade, ...]
    """A give that no single get pays for, with the two or three gets that do together."""
    naked: tuple[Entry, ...]
    """Gives that nothing in the plan pays for: our utility would fall and nothing move towards us."""
    over_limit: tuple[Entry, ...]
    """Gives whose amount, planned or demanded, is more than our limit."""
    offers: Offers
    order: tuple[Entry, ...]
    """Gives to play, cheapest to us first; of equals the one worth more to them."""
    cases: tuple[Case, ...]
    """Both readings of the demand, when nobody knows yet what is behind it."""
    doubts: tuple[Doubt, ...]
    """Guesses to ask about, what matters most first."""
    left_out: tuple[Entry, ...]
    """Entries there was no room for among the packages and in the picture."""
    picture: Scatter


def analysis(plan: Plan) -> Analysis:
    """Work out everything there is to say about a plan, an empty one too."""
    single, several = pairs(plan), bundles(plan)
    paid = {one.give.id for one in (*single, *several)}
    table = board(plan)
    chosen = offers(table)
    return Analysis(
        pairs=single,
        bundles=several,
        naked=tuple(give for give in offerable(plan) if give.id not in paid),
        over_limit=over_limit(plan),
        offers=chosen,
        order=order_of_play(plan),
        cases=cases(plan),
        doubts=could_change(plan, chosen.packages),
        left_out=table.left_out,
        picture=picture(table, chosen),
    )


def over_limit(plan: Plan) -> tuple[Entry, ...]:
    """Find the gives of which more is planned or demanded than we would give."""
    return tuple(give for give in plan.gives if _is_over(give))


def order_of_play(plan: Plan) -> tuple[Entry, ...]:
    """Sort what may be given: cheapest to us first, of equals what is worth more to them."""
    return tuple(sorted(offerable(plan), key=lambda give: (-us(give).at, -them(give).at)))


def _is_over(give: Entry) -> bool:
    top = most(give)
    wanted = (amount for amount in (give.tradable.amount, give.asked) if amount is not None)
    return top is not None and any(amount > top for amount in wanted)
