"""The plan card: trades to offer, what they leave open, three packages, the picture, the order of play."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Menu,
    Option,
    Points,
    Runs,
    prose,
    quiet,
    runs,
    strong,
)
from bot.chat.charts import number
from bot.chat.scatter import Mark, Scatter, thinned
from bot.coach.doubts import Doubt, Flip, Whose
from bot.coach.logrolling import Case, Reading, Trade
from bot.coach.packages import Package, Shortage
from bot.coach.plans import Entry, Plan, Step
from bot.coach.scoring import most
from bot.coach.tradables import Side
from bot.coach.trades import Analysis, analysis
from handlers import trade_words
from handlers.plan_turn import Turn
from handlers.plan_words import FLOORS, listed, open_question, thing
from handlers.prep_cards import CERTAINTIES, ONLY_YOU
from handlers.wording import clip, count
from handlers.wording import listed as listed_words

_TRADES = 3
_LETTERS = "ABC"
_SCALE = "Points: a lot counts 60, some 30, little 10; today's offer is 0 for both."
_SHORT_OF = {
    Shortage.NO_GIVE: "There is nothing to give yet, so there are no packages. Name one thing that costs us little.",
    Shortage.NO_GET: "There is nothing to ask for yet, so there are no packages. Name one thing they could do for us.",
    Shortage.NO_ZONE: (
        "No package leaves both sides better off than today's offer. Add a cheaper give, or move your walk-away."
    ),
    Shortage.TOO_FEW: "One more give or get would make room for another package.",
}
_READINGS = {
    Reading.AS_SAID: "It is what they say. ",
    Reading.SOMETHING_ELSE: "Something else is behind it. ",
}


def card(turn: Turn) -> Card:
    """Show the whole plan."""
    found = analysis(turn.plan)
    blocks: tuple[Block, ...] = (
        Heading(f"Your plan: {clip(turn.deal.name)}"),
        _facts(turn.plan, turn),
        *_first(turn, found),
        *_trades(turn, found),
        *_called_out(turn, found),
        *_packages(turn, found),
        *_order(turn, found),
        *_stop(turn.plan),
        *_picture(found),
        quiet(f"{_SCALE} “start over” clears the plan. {ONLY_YOU}"),
        *((_lines(turn),) if turn.plan.entries else ()),
        _next_steps(turn),
    )
    return Card(f"Your plan for {clip(turn.deal.name)}", blocks)


def subject(plan: Plan) -> str:
    """What a plan card is remembered by."""
    return f"plan:{plan.id}"


def trade_runs(trade: Trade, turn: Turn) -> Runs:
    """Word a trade jointly: **If** you ..., **then** we ..."""
    return trade_words.offer_runs([trade.give.tradable], [get.tradable for get in trade.gets], turn.playbook.trading)


def _facts(plan: Plan, turn: Turn) -> Facts:
    rows = [
        Fact("They ask", plan.demand),
        Fact(f"Behind it ({CERTAINTIES[plan.certainty].lower()})", plan.behind),
        Fact("We could give", listed(turn, plan.gives)),
        Fact("We could ask for", listed(turn, plan.gets)),
    ]
    return Facts(
        tuple(row for row in rows if row.value), "Nothing is on the table yet. Name what could be given, or asked for."
    )


def _first(turn: Turn, found: Analysis) -> tuple[Block, ...]:
    """With the reason unknown, the question comes before any offer, and the plan holds for both answers."""
    if not found.cases:
        return ()
    lines = tuple(runs(_READINGS[case.reading], *_case(case, turn)) for case in found.cases)
    return (Heading("Ask first"), prose(f"“{open_question(turn)}”"), Points(lines))


def _case(case: Case, turn: Turn) -> Runs:
    answer = case.answer if case.reading is Reading.AS_SAID else case.best
    trade = answer or case.best
    return (
        trade_runs(trade, turn)
        if trade
        else runs("keep what they ask for out of it, and offer something else that helps.")
    )


def _trades(turn: Turn, found: Analysis) -> tuple[Block, ...]:
    best = _varied((*found.pairs, *found.bundles))
    if not best:
        return (
            Heading("Trades"),
            prose("No give and get make both of you better off yet. Add one of each, or change a line."),
        )
    lines = tuple(runs(*trade_runs(trade, turn), f" ({_gains(trade)})") for trade in best)
    return (Heading("Trades, best first"), Points(lines))


def _varied(ranked: Sequence[Trade]) -> tuple[Trade, ...]:
    """The best trade of each give before a second one of the same: a plan has more than one thing to offer."""
    firsts = {trade.give.id: trade for trade in reversed(ranked)}
    best = [trade for trade in ranked if firsts[trade.give.id] is trade]
    return (*best, *(trade for trade in ranked if trade not in best))[:_TRADES]


def _gains(trade: Trade | Package) -> str:
    return f"+{number(trade.us.at)} for us, +{number(trade.them.at)} for them"


def _called_out(turn: Turn, found: Analysis) -> tuple[Block, ...]:
    """What would be given for nothing, what passes a limit, and which guess to check: three points at most."""
    naked = [
        runs(strong("Nothing comes back"), f" for {listed(turn, (one,))}. Ask for something, or keep it.")
        for one in found.naked
    ]
    over = [runs(strong("Over your limit: "), _over(turn, one)) for one in found.over_limit]
    doubts = [runs(strong("Check a guess: "), _doubt(turn, one)) for one in found.doubts[:1]]
    points = (*over, *naked, *doubts)[:_TRADES]
    return (Heading("Mind this"), Points(points)) if points else ()


def _over(turn: Turn, entry: Entry) -> str:
    limit = trade_words.noun(replace(entry.tradable, amount=most(entry)), turn.playbook.trading)
    planned, top = entry.tradable.amount, most(entry)
    is_ours = planned is not None and top is not None and planned > top
    wanted = trade_words.noun(
        replace(entry.tradable, amount=planned if is_ours else entry.asked), turn.playbook.trading
    )
    verb = "you planned" if is_ours else "they ask for"
    return f"{verb} {wanted}, and you stop at {limit}."


def _doubt(turn: Turn, doubt: Doubt) -> str:
    what = thing(turn, doubt.entry.tradable)
    cost = (doubt.whose is Whose.OURS) == (doubt.entry.side is Side.GIVE)
    who = "us" if doubt.whose is Whose.OURS else "them"
    asks = f"what {what} would cost {who}" if cost else f"what {what} is worth to {who}"
    return f"{asks}. {_FLIPS[doubt.flips[0]]}"


_FLIPS = {
    Flip.BELOW_WALK_AWAY: "One step off, a package would fall below your walk-away.",
    Flip.REFUSED: "One step off, a package would be worse for them than today's offer.",
    Flip.BEST_PAIR: "One step off, another trade would be the best one.",
    Flip.PAIR_LOST: "One step off, one of the trades would no longer pay for both.",
}


def _packages(turn: Turn, found: Analysis) -> tuple[Block, ...]:
    packages, shortage = found.offers.packages, found.offers.shortage
    without = f"So many deals are possible that these are in none of them: {listed(turn, found.left_out)}."
    short = (*((prose(_SHORT_OF[shortage]),) if shortage else ()), *((prose(without),) if found.left_out else ()))
    if not packages:
        return (Heading("Packages"), *short)
    how = "Put them side by side and ask which suits best: the choice tells you what matters to them."
    lines = tuple(
        runs(strong(f"{letter}: "), f"{_content(turn, one)} ({_gains(one)})")
        for letter, one in zip(_LETTERS, packages, strict=False)
    )
    return (Heading("Packages to offer together"), prose(how), Points(lines), *short)


def _content(turn: Turn, package: Package) -> str:
    gives, gets = (
        [replace(term.entry.tradable, amount=term.amount) for term in package.terms if term.entry.side is side]
        for side in (Side.GIVE, Side.GET)
    )
    return trade_words.package("", gives, gets, turn.playbook.trading)


def _picture(found: Analysis) -> tuple[Block, ...]:
    """Draw every deal with the packages by their letters; last, because the words above can be said in the room."""
    if not found.offers.packages:
        return ()
    drawn = found.picture
    marks = tuple(
        Mark(letter, "", one.us.at, one.them.at) for letter, one in zip(_LETTERS, found.offers.packages, strict=False)
    )
    scatter = Scatter(
        title="Every deal you could make",
        says=_says(found, marks),
        across="Worth to us",
        up="Worth to them",
        points=thinned(drawn.points),
        frontier=tuple(sorted(drawn.frontier)),
        marks=marks,
        here=drawn.today,
        walk_away=drawn.ours,
        their_limit=drawn.theirs,
    )
    return (scatter,)


def _says(found: Analysis, marks: Sequence[Mark]) -> str:
    deals = f"{count(len(found.picture.points), 'deal')} you could make, by what each is worth to both sides"
    letters = listed_words([mark.label for mark in marks])
    return f"{deals}. {letters} {'is' if len(marks) == 1 else 'are'} worth offering: never below your walk-away."


def _order(turn: Turn, found: Analysis) -> tuple[Block, ...]:
    if len(found.order) < 2:  # noqa: PLR2004  one give needs no order
        return ()
    return (prose(strong("Order of play, cheapest first: "), f"{listed(turn, found.order)}."),)


def _stop(plan: Plan) -> tuple[Block, ...]:
    noted = f" You noted: {plan.walk_away}." if plan.walk_away else ""
    floor = FLOORS[plan.floor].lower() if plan.floor else "not set"
    return (prose(strong("Walk-away, private: "), f"{floor}.{noted}"),)


def _lines(turn: Turn) -> Menu:
    options = tuple(Option(f"{turn.plan.id}.{one.id}", clip(listed(turn, (one,)), 70)) for one in turn.plan.entries)
    return Menu("plan.line", "Change a line", options)


def _next_steps(turn: Turn) -> Buttons:
    this = turn.plan.id
    moved = Button("After the call: what moved?", "moved.show", turn.deal.id, "primary")
    more = (("Add gives", Step.GIVES), ("Add gets", Step.GETS), ("Move the walk-away", Step.FLOOR))
    steps = tuple(Button(label, "plan.again", f"{this}.{step}") for label, step in more)
    return Buttons((moved, *steps))
