"""What to offer for a demand: trades from the plan where there is one, else the usual ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.cards import Block, Points, Quote, prose, runs, strong
from bot.coach.logrolling import Trade, bundles, pairs
from bot.coach.plans import Entry, Plan
from bot.coach.reading import Reading
from bot.coach.scoring import most
from bot.coach.tradables import Tradable
from content.catalogue import Trading
from handlers import trade_words

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Exchange:
    """One trade to offer: what we give, and what we ask for it."""

    give: Tradable
    gets: tuple[Tradable, ...]


def demanded(reading: Reading) -> Tradable | None:
    """What is asked of us, if a sentence says so: of several things the first."""
    return next(iter((*reading.asked, *reading.gives)), None)


def exchanges(demand: Tradable | None, plan: Plan | None, trading: Trading) -> tuple[Exchange, ...]:
    """Give at most three, those that answer the demand before those that offer something else instead."""
    planned = _planned(demand, plan) if plan else []
    if planned:
        return tuple(planned[:SHOWN])
    usual = trade_words.common_exchanges(_within(demand, plan), trading)
    return tuple(Exchange(give, (get,)) for give, get in usual)


def exchange_blocks(found: Sequence[Exchange], trading: Trading) -> tuple[Block, ...]:
    """Show exchanges with the words to say, the best as a question ready to ask."""
    lines = tuple(runs(*trade_words.offer_runs([one.give], one.gets, trading)) for one in found)
    first = found[0]
    return (Points(lines), prose("Or as a question:"), Quote(trade_words.question([first.give], first.gets, trading)))


def over_limit(demand: Tradable | None, plan: Plan | None, trading: Trading) -> tuple[Block, ...]:
    """Say that a demand is more than the rep wanted to give at most: to the rep alone."""
    entry = _entry(demand, plan)
    top = most(entry) if entry else None
    if demand is None or entry is None or top is None or demand.amount is None or demand.unit != entry.tradable.unit:
        return ()
    if demand.amount <= top:
        return ()
    limit = trade_words.noun(replace(entry.tradable, amount=top), trading)
    return (prose(strong("Over your limit: "), f"you stop at {limit}. The trades below stay within it."),)


def _planned(demand: Tradable | None, plan: Plan) -> list[Exchange]:
    trades = (*pairs(plan), *bundles(plan))
    if demand is None:
        return [_exchange(one) for one in trades]
    answering = [one for one in trades if one.give.tradable.what == demand.what]
    others = [one for one in trades if one.give.tradable.what != demand.what]
    return [*(_answer(one, demand) for one in answering), *map(_exchange, others)]


def _exchange(trade: Trade) -> Exchange:
    return Exchange(trade.give.tradable, tuple(get.tradable for get in trade.gets))


def _answer(trade: Trade, demand: Tradable) -> Exchange:
    """What they ask for, where that is within the limit; else what was planned."""
    top, same_unit = most(trade.give), demand.unit == trade.give.tradable.unit
    within = demand.amount is not None and same_unit and (top is None or demand.amount <= top)
    give = replace(trade.give.tradable, amount=demand.amount) if within else trade.give.tradable
    return replace(_exchange(trade), give=give)


def _within(demand: Tradable | None, plan: Plan | None) -> Tradable | None:
    """A demand above the rep's limit is answered without its amount."""
    entry = _entry(demand, plan)
    top = most(entry) if entry else None
    if demand is None or top is None or demand.amount is None or demand.amount <= top:
        return demand
    return replace(demand, amount=None, unit="")


def _entry(demand: Tradable | None, plan: Plan | None) -> Entry | None:
    gives = plan.gives if plan and demand else ()
    return next((one for one in gives if demand and one.tradable.what == demand.what), None)
