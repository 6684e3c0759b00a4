"""What the planner asks and how: one card a question, with what was understood on top."""

from collections.abc import Iterable

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
from bot.coach.planning import SIDE_MAX, Heard
from bot.coach.plans import Entry, Estimate, Floor, Plan, Step, Worth
from bot.coach.tradables import Side, Tradable
from handlers.plan_turn import Turn
from handlers.prep_cards import ONLY_YOU
from handlers.problems import problem_sentence
from handlers.trade_words import behind, noun
from handlers.wording import amount, clip, deal_line

FLOORS = {
    Floor.LEVEL: "No worse than today's offer",
    Floor.LITTLE: "A little worse would do",
    Floor.SOME: "Clearly worse would do",
    Floor.MUCH: "Much worse would do",
}
WORTHS = {Worth.LOW: "little", Worth.MEDIUM: "some", Worth.HIGH: "a lot"}
TITLES = {
    Step.DEMAND: "What are they asking for?",
    Step.BEHIND: "What is behind it?",
    Step.GIVES: "What could we give?",
    Step.GETS: "What could they give that helps us?",
    Step.WORTHS: "What is it worth?",
    Step.FLOOR: "Where do you stop?",
}
SKIPPED = {
    Step.DEMAND: "nothing yet",
    Step.BEHIND: "I don't know yet",
    Step.GIVES: "nothing more",
    Step.GETS: "nothing more",
    Step.WORTHS: "looks right",
    Step.FLOOR: "no worse than today's offer",
}
FLOOR_UNKNOWN = "Then I plan with no worse than today's offer. “change the walk-away” moves it."
_ASKS = {
    Step.DEMAND: "Their own words are best, for example: 15% off, or we look elsewhere.",
    Step.BEHIND: "Why they ask decides what helps them. In a few words, or choose:",
    Step.GIVES: "Several at once is fine, with a limit where you have one: up to 10% off, onboarding, training.",
    Step.GETS: "A longer term, faster payment, a reference: several at once is fine.",
    Step.WORTHS: "My guesses. Change what's off in words, like “onboarding is cheap for us”, or choose a line.",
    Step.FLOOR: "Below that, no deal is the better deal. It stays in your private view.",
}
_SKIP = {
    Step.DEMAND: "Nothing yet",
    Step.BEHIND: "I don't know",
    Step.GIVES: "That's all",
    Step.GETS: "That's all",
    Step.FLOOR: "I don't know",
}
_SUGGESTED = 3


def whose(plans: list[tuple[Plan, Deal]], deals: list[Deal]) -> Card:
    """Ask which deal: plans under way first, then the next deals, or any other."""
    chosen = {deal.id: deal for deal in (*(deal for _, deal in plans), *deals)}
    other = Button("Other", "plan.other", style="plain" if chosen else "primary")
    if not chosen:
        said = "Which negotiation shall we plan? A client's name is enough."
        return Card(said, (prose(said), quiet("Or type it: plan, then the name."), Buttons((other,))))
    said = "Which negotiation shall we plan?"
    lines = Points(tuple(runs(deal_line(deal)) for deal in chosen.values()))
    buttons = tuple(Button(clip(deal.name, 40), "plan.open", deal.id) for deal in chosen.values())
    return Card(said, (prose(said), lines, Buttons((*buttons, other))))


def question(turn: Turn, step: Step, said: tuple[Block, ...], unread: str) -> Card:
    """Ask one thing, with what is likely as buttons, and the ways back and out."""
    blocks = (*said, Heading(TITLES[step]), *_body(turn, step), Buttons(_buttons(turn, step, unread)))
    return Card(f"{TITLES[step]} {clip(turn.deal.name)}", (*blocks, quiet(f"{clip(turn.deal.name)}. {ONLY_YOU}")))


def answered(step: Step, words: str) -> Card:
    """What a question turns into once its button is pressed."""
    return Card(TITLES[step], (prose(f"{TITLES[step]} ", strong(words)),))


def understood(turn: Turn, heard: Heard, lead: str) -> tuple[Block, ...]:
    """Say what was taken from an answer, and what wasn't: nobody should have to guess."""
    touched = [entry for entry in turn.plan.entries if entry.id in heard.touched]
    sides = ((Side.GIVE, "We give"), (Side.GET, "We get"))
    rows = [
        prose(f"{label}: ", strong(listed(turn, (one for one in touched if one.side is side))), ".")
        for side, label in sides
        if any(one.side is side for one in touched)
    ]
    left = ", ".join(thing(turn, one) for one in heard.left_out)
    too_many = (prose(f"Left out: {clip(left, 200)}. {SIDE_MAX} on a side are as many as anybody keeps in mind."),)
    return (
        *((prose(lead),) if lead else ()),
        *rows,
        *(too_many if left else ()),
        *(prose(problem_sentence(problem)) for problem in heard.problems[:3]),
        *((prose(f"I didn't get “{clip(heard.unread[0])}”."),) if heard.unread else ()),
    )


def listed(turn: Turn, entries: Iterable[Entry]) -> str:
    """Write entries in a line, each with its limit: `8% off (at most 10%), onboarding`."""
    return ", ".join(f"{thing(turn, one.tradable)}{_limit(one)}" for one in entries)


def thing(turn: Turn, tradable: Tradable) -> str:
    """Write a tradable as a thing."""
    return noun(tradable, turn.playbook.trading)


def taken_off(turn: Turn, gone: Iterable[Tradable]) -> str:
    """Say what is no longer in the plan."""
    return f"Off the table: {', '.join(thing(turn, one) for one in gone)}."


def behind_unknown(turn: Turn) -> str:
    """Give the question to ask first; the plan then holds for both answers."""
    return f"Then ask that first: “{open_question(turn)}” I'll plan for both answers."


def open_question(turn: Turn) -> str:
    """The question that finds out what is behind their demand."""
    demanded = next((one.tradable for one in turn.plan.entries if one.demanded), None)
    return behind(demanded, turn.playbook.trading)[0]


def motives(turn: Turn) -> tuple[str, ...]:
    """What such a demand is often about."""
    demanded = next((one.tradable.what for one in turn.plan.entries if one.demanded), "")
    return turn.playbook.trading.motives(demanded)


def change(turn: Turn, entry: Entry) -> Card:
    """Ask what a line should be instead."""
    said = f"What should it be? Now: {listed(turn, (entry,))}."
    form = Button("Change it here", "plan.line", f"{turn.plan.id}.{entry.id}", "primary")
    off = Button("Take it off", "plan.drop", f"{turn.plan.id}.{entry.id}")
    return Card(said, (prose(said), quiet("For example: 8%, at most 10%. Or: cheap for us."), Buttons((form, off))))


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
    asks = prose(_ASKS[step])
    match step:
        case Step.GIVES if turn.plan.demand and any(one.demanded for one in turn.plan.gives):
            asked = listed(turn, (one for one in turn.plan.gives if one.demanded))
            return (
                prose("They ask for ", strong(asked), ". How far could you go, and what else is cheap?"),
                asks,
            )
        case Step.WORTHS:
            return (asks, _worths(turn), _lines(turn))
        case Step.FLOOR if turn.plan.walk_away:
            return (prose("You noted: ", strong(clip(turn.plan.walk_away, 200))), asks)
        case _:
            return (asks,)


def _worths(turn: Turn) -> Table:
    rows = tuple(
        (
            f"{'We give' if one.side is Side.GIVE else 'They give'}: {listed(turn, (one,))}",
            _estimate("costs us" if one.side is Side.GIVE else "brings us", one.ours),
            _estimate("worth" if one.side is Side.GIVE else "costs them", one.theirs),
        )
        for one in turn.plan.entries
    )
    empty = "Nothing is on the table yet. Name something we could give, or ask for."
    return Table(("On the table", "To us", "To them"), rows, empty)


def _estimate(verb: str, estimate: Estimate) -> str:
    return f"{verb} {WORTHS[estimate.worth]}{'' if estimate.known else ' (guess)'}"


def _lines(turn: Turn) -> Menu:
    options = tuple(Option(f"{turn.plan.id}.{one.id}", clip(listed(turn, (one,)), 70)) for one in turn.plan.entries)
    return Menu("plan.line", "Change a line", options)


def _buttons(turn: Turn, step: Step, unread: str) -> tuple[Button, ...]:
    this = turn.plan.id
    own = (Button(f"Add “{clip(unread, 40)}” as it is", "plan.add", f"{this}.{_side(step)}"),) if unread else ()
    skip = (Button(_SKIP[step], "plan.skip", f"{this}.{step}"),) if step in _SKIP else ()
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


def _limit(entry: Entry) -> str:
    if entry.limit is None:
        return ""
    is_all = entry.limit == entry.tradable.amount
    return " (your limit)" if is_all else f" (at most {amount(entry.limit, entry.tradable.unit)})"
