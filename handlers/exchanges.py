"""What to offer for a demand: trades from the plan where there is one, else the usual ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from bot.chat.cards import Block, Points, Quote, prose, runs, strong
from bot.coach.logrolling import Trade, bundles, pairs
from bot.coach.plans import Entry, Plan
from bot.coach.reading import Reading
from bot.coach.scoring import most
from bot.coach.tradables import Tradable
from content.catalogue import Trading
from handlers import trade_words
from handlers.wording import listed

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Exchange:
    """One trade to offer: what we give, and what we ask for it."""

    give: Tradable
    gets: tuple[Tradable, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """The trades to offer, the best first, and whether they are the plan's."""

    trades: tuple[Exchange, ...]
    planned: bool


def demanded(reading: Reading) -> tuple[Tradable, ...]:
    """Everything that a sentence says is asked of us, in the order in which it was said."""
    return tuple({one.what: one for one in (*reading.gives, *reading.asked)}.values())


def _to_offer(reading: Reading) -> tuple[Tradable, ...]:
    """What could answer it: our own offer of a thing before what they ask of it."""
    return tuple({one.what: one for one in (*reading.asked, *reading.gives)}.values())


def exchanges(reading: Reading, plan: Plan | None, trading: Trading) -> Offers:
    """Give at most three, those that answer a demand before those that offer something else instead.

    What they offer by themselves ("15% off and we pay upfront") is asked for before anything else.
    """
    demands = _to_offer(reading)
    if planned := [*_planned(demands, plan)] if plan else []:
        return Offers(tuple(planned[:SHOWN]), planned=True)
    within = [_within(demand, plan) for demand in demands if not _refused(demand.what, plan)]
    offered = [Exchange(demand, (get,)) for demand in within for get in reading.gets]
    usual = [_usual(demand, trading) for demand in within] or [_instead(demands, plan, trading)]
    found: dict[tuple[str, ...], Exchange] = {}
    for one in (*offered, *_in_turn(usual)):
        found.setdefault((one.give.what, *(get.what for get in one.gets)), one)
    return Offers(tuple(found.values())[:SHOWN], planned=False)


def exchange_blocks(offers: Offers, trading: Trading) -> tuple[Block, ...]:
    """Show exchanges with the words to say, the best as a question ready to ask."""
    lines = tuple(runs(*trade_words.offer_runs([one.give], one.gets, trading)) for one in offers.trades)
    first = offers.trades[0]
    return (Points(lines), prose("Or as a question:"), Quote(trade_words.question([first.give], first.gets, trading)))


def over_limit(demands: Iterable[Tradable], plan: Plan | None, trading: Trading) -> tuple[Block, ...]:
    """Say that a demand is more than the rep wanted to give at most: to the rep alone."""
    limits = [limit for demand in demands if (limit := _limit(demand, plan))]
    stops = [_stop(limit, trading) for limit in limits]
    said = f"you {listed(stops)}. The trades below stay within it."
    return (prose(strong("Over your limit: "), said),) if limits else ()


def _stop(limit: Tradable, trading: Trading) -> str:
    return f"stop at {trade_words.noun(limit, trading)}" if limit.amount else f"give nothing of this: {limit.what}"


def _limit(demand: Tradable, plan: Plan | None) -> Tradable | None:
    """The most the rep would give of what is demanded, where the demand is more than that."""
    entry = _entry(demand.what, plan)
    top = most(entry) if entry else None
    if entry is None or top is None:
        return None
    more = demand.amount is not None and demand.unit == entry.tradable.unit and demand.amount > top
    return replace(entry.tradable, amount=top, limit=False) if more or top == 0 else None


def _refused(what: str, plan: Plan | None) -> bool:
    entry = _entry(what, plan)
    return entry is not None and most(entry) == 0


def _planned(demands: Sequence[Tradable], plan: Plan) -> Iterator[Exchange]:
    trades = (*pairs(plan), *bundles(plan))
    wanted = {demand.what: demand for demand in demands}
    answers = [
        [_answer(one, demand) for one in trades if one.give.tradable.what == what] for what, demand in wanted.items()
    ]
    yield from _in_turn(answers)
    yield from (Exchange(one.give.tradable, _gets(one)) for one in trades if one.give.tradable.what not in wanted)


def _answer(trade: Trade, demand: Tradable) -> Exchange:
    """What they ask for, where that is within the limit; else what was planned."""
    top, same_unit = most(trade.give), demand.unit == trade.give.tradable.unit
    within = demand.amount is not None and same_unit and (top is None or demand.amount <= top)
    give = trade.give.tradable
    return Exchange(replace(give, amount=demand.amount, limit=False) if within else give, _gets(trade))


def _gets(trade: Trade) -> tuple[Tradable, ...]:
    return tuple(get.tradable for get in trade.gets)


def _usual(demand: Tradable | None, trading: Trading) -> list[Exchange]:
    return [Exchange(give, (get,)) for give, get in trade_words.common_exchanges(demand, trading)]


def _in_turn(lists: Iterable[Sequence[Exchange]]) -> Iterator[Exchange]:
    """The best of each list, then the second of each, and so on."""
    return (one for one in chain.from_iterable(zip_longest(*lists)) if one is not None)


def _instead(demands: Sequence[Tradable], plan: Plan | None, trading: Trading) -> list[Exchange]:
    """What fits most deals, without what was refused."""
    wanted = {demand.what for demand in demands}
    return [one for one in _usual(None, trading) if one.give.what not in wanted and not _refused(one.give.what, plan)]


def _within(demand: Tradable, plan: Plan | None) -> Tradable:
    """A demand above the rep's limit, or that can't be compared with it, is answered without its amount."""
    entry = _entry(demand.what, plan)
    top = most(entry) if entry else None
    if entry is None or top is None or demand.amount is None:
        return demand
    fits = demand.unit == entry.tradable.unit and demand.amount <= top
    return demand if fits else replace(demand, amount=None, unit="", limit=False)


def _entry(what: str, plan: Plan | None) -> Entry | None:
    return next((one for one in plan.gives if one.tradable.what == what), None) if plan else None
