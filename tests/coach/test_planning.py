"""What can be done to a plan without a sentence: an amount for a line, a step back, a fresh start."""

import pytest

from bot.coach.planning import amount_of, before, cleared, drop
from bot.coach.plans import Entry, Step
from bot.coach.reading import Impossible, Problem
from tests.coach.test_answering import BLANK, STEPS, line, said


def entry_of(sentence: str) -> Entry:
    plan, _ = said(sentence, step=Step.GIVES)
    return plan.entries[0]


@pytest.mark.parametrize(
    ("first", "typed", "expected"),
    [
        ("8% off", "10%", "give discount 10%"),
        ("8% off", "9%, at most 10%", "give discount 9% <=10"),
        ("8% off, at most 10%", "9%", "give discount 9% <=10"),
        ("8% off, at most 10%", "12%", "give discount 12% <=10"),
        ("up to 8% off", "10%", "give discount 10% <=10"),
        ("8% off, at most 10%", "$500", "give discount 500USD"),
        ("8% off, at most 10%", "at most 12%", "give discount 8% <=12"),
        ("up to 8% off", "up to 12%", "give discount 12% <=12"),
        ("net 30", "45 days", "give payment terms 45days"),
    ],
)
def test_an_amount_typed_for_a_line_is_read_as_an_amount_of_that(first: str, typed: str, expected: str) -> None:
    anew = amount_of(entry_of(first), typed, {})
    assert isinstance(anew, Entry)
    assert line(anew) == expected
    assert anew.id == "1"


def test_an_amount_that_cannot_be_meant_comes_back_as_a_problem_and_nonsense_as_nothing() -> None:
    problem = amount_of(entry_of("8% off"), "120%", {})
    assert isinstance(problem, Problem)
    assert problem.why is Impossible.OVER_A_HUNDRED
    assert amount_of(entry_of("8% off"), "purple", {}) is None


def test_the_step_before_and_a_plan_cleared() -> None:
    assert [before(step) for step in STEPS] == [None, *Step]
    plan, _ = said("they want 15% off", "margin")
    assert cleared(plan) == BLANK
    assert drop(plan, ["1", "7"]).entries == ()
