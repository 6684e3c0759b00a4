"""What is missing before the meeting, and the three points to focus on."""

import pytest

from bot.coach.practices import PRACTICE_IDS
from bot.coach.preparation import CLOSES, FOCUS_POINTS, Answers, Certainty, Gap, focus, gaps

READY = Answers(
    matters="Live before summer",
    certainty=Certainty.SAID,
    ideal="Two years",
    realistic="Two years, 5% off",
    walk_away="10% off",
    give="Onboarding in week one",
    get="A reference call",
)


def test_someone_who_thought_of_everything_is_told_nothing() -> None:
    assert gaps(READY, "Just moved to Lyon") == ()


def test_empty_answers_get_three_points_and_no_more() -> None:
    assert focus(Answers(), "") == (Gap.NEED_UNKNOWN, Gap.NO_WALK_AWAY, Gap.NO_OPENER)
    assert len(gaps(Answers(), "")) > FOCUS_POINTS


@pytest.mark.parametrize(
    ("answers", "notes", "gap"),
    [
        (Answers(matters="Speed", certainty=Certainty.GUESS), "x", Gap.NEED_GUESSED),
        (Answers(matters="Speed", certainty=Certainty.UNKNOWN), "x", Gap.NEED_UNKNOWN),
        (Answers(give="Onboarding"), "x", Gap.GIVE_WITHOUT_GET),
        (Answers(), "x", Gap.NO_GIVE),
        (Answers(), "", Gap.NO_OPENER),
    ],
)
def test_each_gap_is_found_by_itself(answers: Answers, notes: str, gap: Gap) -> None:
    assert gap in gaps(answers, notes)


def test_a_give_with_its_get_is_no_gap() -> None:
    assert Gap.GIVE_WITHOUT_GET not in gaps(Answers(give="Onboarding", get="A reference"), "")


def test_every_gap_has_a_practice_that_closes_it() -> None:
    assert set(CLOSES) == set(Gap)
    assert set(CLOSES.values()) <= set(PRACTICE_IDS)


def test_a_promise_still_open_for_this_client_is_a_gap() -> None:
    assert gaps(READY, "Just moved to Lyon", owes=True) == (Gap.PROMISE_OPEN,)
    assert focus(Answers(), "", owes=True) == (Gap.NEED_UNKNOWN, Gap.PROMISE_OPEN, Gap.NO_WALK_AWAY)
    assert CLOSES[Gap.PROMISE_OPEN] == "stability.deliver"
