"""The planner's words: what each question says, and how what is on the table reads in a sentence."""

from collections.abc import Iterable

from bot.coach.plans import Entry, Estimate, Floor, Step, Worth
from bot.coach.tradables import Side, Tradable
from handlers.plan_turn import Turn
from handlers.trade_words import behind, noun
from handlers.wording import amount

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
ASKS = {
    Step.DEMAND: "Their own words are best, for example: 15% off, or we look elsewhere.",
    Step.BEHIND: "Why they ask decides what helps them. In a few words, or choose:",
    Step.GIVES: "Several at once is fine, with a limit where you have one: up to 10% off, onboarding, training.",
    Step.GETS: "A longer term, faster payment, a reference: several at once is fine.",
    Step.WORTHS: "My guesses. Change what's off in words, like “onboarding is cheap for us”, or choose a line.",
    Step.FLOOR: "Below that, no deal is the better deal. It stays in your private view.",
}
ASKS_REASON = "Why they ask decides what helps them. A few words are enough."
SKIP = {
    Step.DEMAND: "Nothing yet",
    Step.BEHIND: "I don't know",
    Step.GIVES: "That's all",
    Step.GETS: "That's all",
    Step.FLOOR: "I don't know",
}


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


def worths(entry: Entry) -> tuple[str, str]:
    """Say what a line costs or brings us, and them."""
    ours, theirs = ("costs us {}", "worth {} to them") if entry.side is Side.GIVE else ("brings us {}", "costs them {}")
    return _estimate(ours, entry.ours), _estimate(theirs, entry.theirs)


def _estimate(said: str, estimate: Estimate) -> str:
    return f"{said.format(WORTHS[estimate.worth])}{'' if estimate.known else ' (guess)'}"


def _limit(entry: Entry) -> str:
    if entry.limit is None:
        return ""
    is_all = entry.limit == entry.tradable.amount
    return " (your limit)" if is_all else f" (at most {amount(entry.limit, entry.tradable.unit)})"
