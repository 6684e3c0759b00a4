"""What a rep says that something is worth, and to whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.plans import Estimate, Plan, Worth
from bot.coach.worths import mentioned, rated
from tests.coach.entries import HIGH, LOW, MEDIUM, PLANS, get, give, plan
from tests.growth import LINEAR, growth

ON_TABLE = plan(
    give("discount", MEDIUM, MEDIUM, known=False),
    give("onboarding", MEDIUM, MEDIUM, known=False),
    get("case study", MEDIUM, MEDIUM, known=False),
)


def estimates(after: Plan, what: str) -> tuple[Estimate, Estimate]:
    found = next(entry for entry in after.entries if entry.tradable.what == what)
    return found.ours, found.theirs


GUESS = Estimate(MEDIUM)


@pytest.mark.parametrize(
    ("sentence", "what", "ours", "theirs"),
    [
        ("onboarding is cheap for us", "onboarding", Estimate(LOW, known=True), GUESS),
        ("onboarding: cheap", "onboarding", Estimate(LOW, known=True), GUESS),
        ("the discount hurts", "discount", Estimate(HIGH, known=True), GUESS),
        ("the discount isn't worth much to them", "discount", GUESS, Estimate(LOW)),
        ("the discount isn’t cheap for us", "discount", Estimate(HIGH, known=True), GUESS),
        ("onboarding doesn't cost us a lot", "onboarding", Estimate(LOW, known=True), GUESS),
        ("onboarding matters a lot to them", "onboarding", GUESS, Estimate(HIGH)),
        ("they told me onboarding means a lot to them", "onboarding", GUESS, Estimate(HIGH, known=True)),
        ("onboarding is cheap for us, they'd value it a lot", "onboarding", Estimate(LOW, known=True), Estimate(HIGH)),
        ("a case study is worth a lot", "case study", Estimate(HIGH, known=True), GUESS),
        ("a case study is easy for them", "case study", GUESS, Estimate(LOW)),
        ("the discount is not that expensive", "discount", Estimate(LOW, known=True), GUESS),
    ],
)
def test_cost_belongs_to_who_gives_and_worth_to_who_gets(
    sentence: str, what: str, ours: Estimate, theirs: Estimate
) -> None:
    after, ids = rated(ON_TABLE, sentence)
    assert estimates(after, what) == (ours, theirs)
    assert ids == (what,)


@pytest.mark.parametrize("sentence", ["", "ok", "they love it", "onboarding", "training is cheap", "it costs a lot"])
def test_a_sentence_that_rates_nothing_on_the_table_changes_nothing(sentence: str) -> None:
    assert rated(ON_TABLE, sentence) == (ON_TABLE, ())


def test_several_are_rated_at_once() -> None:
    after, ids = rated(ON_TABLE, "onboarding is cheap and the discount hurts, a case study is worth a lot to us")
    assert ids == ("onboarding", "discount", "case study")
    assert [entry.ours.worth for entry in after.entries] == [HIGH, LOW, HIGH]


def test_a_line_is_found_by_another_spelling_and_by_what_was_typed() -> None:
    assert [one.id for one in mentioned(ON_TABLE, "the rebate")] == ["discount"]
    assert [one.id for one in mentioned(ON_TABLE, "Case Study!")] == ["case study"]


@given(plan=PLANS, sentence=st.text(max_size=200))
def test_rating_keeps_every_line_and_changes_nothing_but_worths(plan: Plan, sentence: str) -> None:
    after, ids = rated(plan, sentence)
    assert [one.id for one in after.entries] == [one.id for one in plan.entries]
    assert {one.id for one in after.entries if one not in plan.entries} <= set(ids)
    assert all(isinstance(one.ours.worth, Worth) for one in after.entries)


@pytest.mark.parametrize("piece", ["onboarding is cheap, ", "not so ", " ", "a lot ", "and ", "😀", "case "])
def test_a_huge_text_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(lambda text: rated(ON_TABLE, text), piece) < LINEAR
