"""What can't be meant as it was typed, and what to type instead."""

from collections.abc import Sequence

from bot.chat.cards import Button, Buttons, Card, prose
from bot.coach.reading import Impossible, Problem
from handlers.wording import clip

_WHY = {
    Impossible.OVER_A_HUNDRED: "is more than all of it",
    Impossible.NEGATIVE: "is less than nothing",
    Impossible.ZERO: "is nothing at all",
    Impossible.LIMIT_BELOW_OFFER: "sets a limit below the offer",
}
_SHOWN = 3


def problem_sentence(problem: Problem) -> str:
    """Say what is wrong with an amount."""
    return f"“{clip(problem.words)}” {_WHY[problem.why]}, so I left it out. Which amount did you mean?"


def problem_card(problems: Sequence[Problem]) -> Card:
    """Say what is wrong, at most three things of it."""
    said = " ".join(problem_sentence(problem) for problem in problems[:_SHOWN])
    return Card(said, (prose(said, " Nothing was changed."), Buttons((Button("Plan trades", "plan.ask"),))))
