"""What the planner asks and how: one card a question, with what was understood on top."""

from dataclasses import replace

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Heading,
    Menu,
    Option,
    Points,
    Table,
    prose,
    quiet,
    runs,
    strong,
)
from bot.coach.deals import Deal
from bot.coach.planning import SIDE_MAX, Heard, is_ours
from bot.coach.plans import Entry, Plan, Step
from bot.coach.tradables import Side
from handlers.plan_turn import Turn
from handlers.plan_words import ASKS, ASKS_REASON, FLOORS, SKIP, TITLES, listed, motives, thing, worths
from handlers.prep_cards import ONLY_YOU
from handlers.problems import problem_sentence
from handlers.wording import clip, deal_line
from handlers.wording import listed as listed_words

_WE_GIVE, _WE_GET = "We give", "We get"
_THEY_ASK = "They ask for"
_LATER = " “later” keeps it for another day."
_SUGGESTED = 3
# Teams shows so many on a card; a seventh would stand on a card of its own.
_BUTTONS_MAX = 6


def whose(plans: list[tuple[Plan, Deal]], deals: list[Deal], action: str = "plan.open") -> Card:
    """Ask which deal: plans under way first, then the next deals, or any other; `action` is what a choice does."""
    chosen = {deal.id: deal for deal in (*(deal for _, deal in plans), *deals)}
    other = Button("Other", "plan.other", style="plain" if chosen else "primary")
    if not chosen:
        said = "Which negotiation shall we plan? A client's name is enough."
        return Card(said, (prose(said), quiet("Or type it: plan, then the name."), Buttons((other,))))
    said = "Which negotiation shall we plan?"
    lines = Points(tuple(runs(deal_line(deal)) for deal in chosen.values()))
    buttons = tuple(Button(clip(deal.name, 40), action, deal.id) for deal in chosen.values())
    return Card(said, (prose(said), lines, Buttons((*buttons, other))))


def question(turn: Turn, step: Step, said: tuple[Block, ...], unread: tuple[str, ...]) -> Card:
    """Ask one thing, with what is likely as buttons, and the ways back and out."""
    buttons = _buttons(turn, step, unread)
    hint = _LATER if len(buttons) > _BUTTONS_MAX else ""
    blocks = (*said, Heading(TITLES[step]), *_body(turn, step), Buttons(buttons[:_BUTTONS_MAX]))
    foot = quiet(f"{clip(turn.deal.name)}. {ONLY_YOU}{hint}")
    return Card(f"{TITLES[step]} {clip(turn.deal.name)}", (*blocks, foot))


def answered(step: Step, words: str) -> Card:
    """What a question turns into once its button is pressed."""
    return Card(TITLES[step], (prose(f"{TITLES[step]} ", strong(words)),))


def understood(turn: Turn, heard: Heard, lead: str) -> tuple[Block, ...]:
    """Say what was taken from an answer, and what wasn't: nobody should have to guess."""
    rows = (_taken(turn, [one for one in turn.plan.entries if one.side is side], heard) for side in Side)
    left = ", ".join(thing(turn, one) for one in heard.left_out)
    too_many = f"Left out: {clip(left, 200)}. {SIDE_MAX} on a side are as many as anybody keeps in mind."
    missed = listed_words([f"“{clip(one)}”" for one in heard.unread[:_SUGGESTED]])
    return (
        *((prose(lead),) if lead else ()),
        *(row for side in rows for row in side),
        *((prose(too_many),) if left else ()),
        *(prose(problem_sentence(problem)) for problem in heard.problems[:_SUGGESTED]),
        *((prose(f"I didn't get {missed}."),) if missed else ()),
    )


def _taken(turn: Turn, entries: list[Entry], heard: Heard) -> tuple[Block, ...]:
    """What one side now gives, or is asked to give, and what that is said to be worth."""
    put = [one for one in entries if one.id in heard.added + heard.changed]
    wanted = [one for one in put if _is_only_asked(one)]
    own = [one for one in put if one not in wanted]
    ours = _WE_GIVE if own and own[0].side is Side.GIVE else _WE_GET
    leads = tuple(
        prose(f"{label}: ", strong(listed(turn, group)), ".")
        for label, group in ((_THEY_ASK, wanted), (ours, own))
        if group
    )
    rated = tuple(
        prose(strong(f"{thing(turn, one.tradable)}: "), f"{', '.join(worths(one))}.")
        for one in entries
        if one.id in heard.rated
    )
    return (*leads, *rated)


def _is_only_asked(entry: Entry) -> bool:
    """Whether a line holds what they want, and nothing yet of what we would do."""
    return entry.demanded and entry.limit is None and entry.tradable.amount == entry.asked


def change(turn: Turn, entry: Entry, lead: str = "") -> Card:
    """Ask what a line should be instead."""
    said = f"What should it be? Now: {listed(turn, (entry,))}."
    form = Button("Change it here", "plan.line", f"{turn.plan.id}.{entry.id}", "primary")
    off = Button("Take it off", "plan.drop", f"{turn.plan.id}.{entry.id}")
    example = quiet("For example: 8%, at most 10%. Or: cheap for us.")
    return Card(said, (*((prose(lead),) if lead else ()), prose(said), example, Buttons((form, off))))


def over(turn: Turn) -> Card:
    """Ask before everything in a plan goes."""
    said = f"Start the plan for {clip(turn.deal.name)} over? Everything in it goes; the deal itself stays."
    yes = Button("Start over", "plan.over", turn.plan.id, "danger")
    return Card(said, (prose(said), Buttons((yes, Button("Keep it", "plan.open", turn.deal.id, "primary")))))


def resting(turn: Turn) -> Card:
    """Say that nothing is lost, and how to go on."""
    said = f"All kept. Go on whenever you like: plan {clip(turn.deal.name)}."
    return Card(said, (prose(said), Buttons((Button("Go on now", "plan.open", turn.deal.id),))))


def _body(turn: Turn, step: Step) -> tuple[Block, ...]:
    asks = prose(ASKS[step])
    match step:
        case Step.DEMAND:
            return (*_noted(turn.plan.demand), asks)
        case Step.BEHIND:
            return (*_noted(turn.plan.behind), asks if motives(turn) else prose(ASKS_REASON))
        case Step.GIVES:
            return (*_asked(turn), *_noted(listed(turn, filter(is_ours, turn.plan.gives))), asks)
        case Step.GETS:
            return (*_noted(listed(turn, turn.plan.gets)), asks)
        case Step.WORTHS:
            return (asks, _worths(turn), *((_lines(turn),) if turn.plan.entries else ()))
        case Step.FLOOR:
            return (*_noted(turn.plan.walk_away), asks)


def _noted(words: str) -> tuple[Block, ...]:
    return (prose("Noted so far: ", strong(clip(words, 300))),) if words else ()


def _asked(turn: Turn) -> tuple[Block, ...]:
    """What they ask for, as they asked it, whatever we would do of it."""
    demanded = [
        thing(turn, one.tradable if one.asked is None else replace(one.tradable, amount=one.asked))
        for one in turn.plan.gives
        if one.demanded
    ]
    asked = listed_words(demanded)
    return (prose("They ask for ", strong(asked), ". How far could you go, and what else is cheap?"),) if asked else ()


def _worths(turn: Turn) -> Table:
    rows = tuple(
        (f"{'We give' if one.side is Side.GIVE else 'They give'}: {listed(turn, (one,))}", *worths(one))
        for one in turn.plan.entries
    )
    empty = "Nothing is on the table yet. Name something we could give, or ask for."
    return Table(("On the table", "To us", "To them"), rows, empty)


def _lines(turn: Turn) -> Menu:
    options = tuple(Option(f"{turn.plan.id}.{one.id}", clip(listed(turn, (one,)), 70)) for one in turn.plan.entries)
    return Menu("plan.line", "Change a line", options)


def _buttons(turn: Turn, step: Step, unread: tuple[str, ...]) -> tuple[Button, ...]:
    """Answers first, then the ways out; the last one can as well be typed."""
    this = turn.plan.id
    own = tuple(
        Button(f"Add “{clip(words, 40)}” as it is", "plan.add", f"{this}.{_side(step)}.{place}")
        for place, words in enumerate(unread)
    )
    skip = (Button(SKIP[step], "plan.skip", f"{this}.{step}"),) if step in SKIP else ()
    back = (Button("Back", "plan.back", f"{this}.{step}"),) if step is not Step.DEMAND else ()
    return (*own, *_choices(turn, step), *skip, *back, Button("Later", "plan.later", this))


def _choices(turn: Turn, step: Step) -> tuple[Button, ...]:
    this = turn.plan.id
    match step:
        case Step.BEHIND:
            return tuple(Button(one, "plan.behind", f"{this}.{place}") for place, one in enumerate(motives(turn)))
        case Step.GIVES | Step.GETS:
            side = _side(step)
            names = _usual(turn, side)
            return tuple(Button(name.capitalize(), "plan.suggest", f"{this}.{side}.{name}") for name in names)
        case Step.WORTHS:
            return (Button("Looks right", "plan.agree", this, "primary"),)
        case Step.FLOOR:
            return tuple(Button(label, "plan.floor", f"{this}.{floor}") for floor, label in FLOORS.items())
        case Step.DEMAND:
            return ()


def _usual(turn: Turn, side: Side) -> tuple[str, ...]:
    """What others often put on the table here, and isn't there yet."""
    there = {one.tradable.what for one in turn.plan.entries}
    demanded = next((one.tradable.what for one in turn.plan.entries if one.demanded), "")
    names = turn.playbook.trading.usual(side, demanded)
    return tuple(name for name in names if name not in there)[:_SUGGESTED]


def _side(step: Step) -> Side:
    return Side.GET if step is Step.GETS else Side.GIVE
