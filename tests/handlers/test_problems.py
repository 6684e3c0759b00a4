"""What can't be meant, in words."""

import pytest

from bot.chat.plain import of_card
from bot.coach.reading import Impossible, Problem
from handlers.problems import problem_card, problem_sentence


@pytest.mark.parametrize("why", Impossible)
def test_every_impossible_amount_is_quoted_and_asked_for_again(why: Impossible) -> None:
    said = problem_sentence(Problem(why=why, what="discount", words="120% off"))
    assert said.startswith("“120% off” ")
    assert said.endswith("Which amount did you mean?")


def test_three_are_enough_to_say() -> None:
    problems = [Problem(why=Impossible.ZERO, what="discount", words=f"{n} zeros") for n in range(5)]
    said = of_card(problem_card(problems))
    assert [f"“{n} zeros”" in said for n in range(5)] == [True] * 3 + [False] * 2
    assert "Nothing was changed." in said
