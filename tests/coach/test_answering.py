"""What an answer does to a plan, sentence by sentence."""

from collections import Counter
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.answering import WORDS_MAX, answer, understand
from bot.coach.planning import SIDE_MAX, Heard, reopen
from bot.coach.plans import Entry, Estimate, Floor, Plan, Step, Worth
from bot.coach.preparation import Certainty
from bot.coach.reading import Impossible
from bot.coach.tradables import Side
from tests.growth import LINEAR, growth

BLANK = Plan(id="p1", deal_id="d1")
STEPS = (*Step, None)


def typical(side: Side, what: str) -> tuple[Worth, Worth]:
    del side, what
    return Worth.MEDIUM, Worth.MEDIUM


def said(*sentences: str, plan: Plan = BLANK, step: Step | None = None) -> tuple[Plan, Heard]:
    """Answer what is asked, sentence after sentence; `step` is what the first of them answers."""
    heard = Heard()
    for sentence in sentences:
        asked, step = step or plan.step, None
        plan, heard = answer(plan, asked, sentence, understand(sentence, asked, {}), typical)
    return plan, heard


def lines(plan: Plan) -> list[str]:
    """Each line as `give discount 8% <=10 asked 15`."""
    return [line(entry) for entry in plan.entries]


def line(entry: Entry) -> str:
    tradable = entry.tradable
    amount = "" if tradable.amount is None else f" {tradable.amount}{tradable.unit}"
    limit = "" if entry.limit is None else f" <={entry.limit}"
    asked = "" if entry.asked is None else f" asked {entry.asked}"
    return f"{entry.side} {tradable.what}{amount}{limit}{asked}"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("they want 15% off", ["give discount 15% asked 15"]),
        ("15% off", ["give discount 15% asked 15"]),
        ("15% off, or we look elsewhere", ["give discount 15% asked 15"]),
        ("20% discount and net 60", ["give discount 20% asked 20", "give payment terms 60days asked 60"]),
        ("we need 15% off or we go elsewhere", ["give discount 15% asked 15"]),
        ("they want it cheaper", []),
        ("something about the price, I guess", []),
    ],
)
def test_a_demand_is_kept_in_its_own_words(sentence: str, expected: list[str]) -> None:
    plan, heard = said(sentence)
    assert lines(plan) == expected
    assert plan.demand == sentence
    assert plan.step is Step.BEHIND
    assert heard.unread == ()
    assert all(entry.demanded for entry in plan.entries)


def test_our_own_offer_is_no_demand_even_where_their_demand_was_asked_for() -> None:
    plan, _ = said("we could do 8% off")
    assert lines(plan) == ["give discount 8%"]
    assert (plan.demand, plan.step) == ("", Step.DEMAND)


def test_everything_can_be_said_at_once() -> None:
    plan, heard = said(
        "they want 15% off because their budget was cut. could do 8% off, up to 10%, and free onboarding if they take "
        "two years and net 30"
    )
    assert lines(plan) == [
        "give discount 8% <=10 asked 15",
        "give onboarding",
        "get contract length 2years",
        "get payment terms 30days",
    ]
    assert plan.demand == "they want 15% off because their budget was cut."
    assert (plan.behind, plan.certainty) == ("their budget was cut", Certainty.GUESS)
    assert plan.step is Step.WORTHS
    assert len(heard.added) == len(plan.entries)


def test_a_reason_somebody_gave_is_no_guess() -> None:
    plan, _ = said("they want 15% off", "they told me the budget was cut")
    assert (plan.behind, plan.certainty) == ("they told me the budget was cut", Certainty.SAID)


def test_a_further_demand_goes_beside_the_first_and_a_new_amount_replaces_it() -> None:
    plan, _ = said("they want 15% off", "margin", "they also want net 60")
    assert plan.demand == "they want 15% off; they also want net 60"
    plan, _ = said("now they want 20% off", plan=plan)
    assert plan.demand == "now they want 20% off"
    assert lines(plan) == ["give discount 15% asked 20", "give payment terms 60days asked 60"]


def test_what_they_ask_in_another_unit_is_not_compared() -> None:
    plan, _ = said("they want $5,000 off", "margin", "we could do 8% off")
    assert lines(plan) == ["give discount 8%"]
    assert plan.entries[0].demanded


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("8% off", "9% off"), "give discount 9%"),
        (("8% off, at most 10%", "9% off"), "give discount 9% <=10"),
        (("8% off, at most 10%", "12% off"), "give discount 12% <=10"),
        (("8% off", "up to 12% off"), "give discount 8% <=12"),
        (("up to 12% off", "8% off"), "give discount 8% <=12"),
        (("up to 8% off", "up to 12% off"), "give discount 12% <=12"),
        (("8% off", "$500 off"), "give discount 500USD"),
    ],
)
def test_the_same_thing_said_again_changes_it(sentences: tuple[str, ...], expected: str) -> None:
    plan, heard = said(*sentences, plan=Plan(id="p1", deal_id="d1", settled=frozenset({Step.DEMAND, Step.BEHIND})))
    assert lines(plan) == [expected]
    assert (heard.added, heard.changed) == ((), ("1",))


def test_what_only_we_can_give_stays_ours_where_gets_were_asked_for() -> None:
    plan, _ = said("training, 5% off and two years", step=Step.GETS)
    assert lines(plan) == ["give training", "give discount 5%", "get contract length 2years"]


def test_what_only_they_can_give_is_theirs_where_gives_were_asked_for() -> None:
    plan, _ = said("up to 10% off and net 45, but only for two years", step=Step.GIVES)
    assert lines(plan) == ["give discount 10% <=10", "give payment terms 45days", "get contract length 2years"]
    plan, _ = said("they also want a case study with us", step=Step.GIVES)
    assert [(one.side, one.demanded) for one in plan.entries] == [(Side.GIVE, True)]


@pytest.mark.parametrize("filler", ["hmm", "Let me think...", "um", "haha", "one moment"])
@pytest.mark.parametrize("step", Step)
def test_what_fills_a_pause_answers_nothing(filler: str, step: Step) -> None:
    plan, _ = said(filler, step=step)
    assert plan == BLANK


def test_a_bare_thing_goes_where_it_belongs_where_worths_were_asked_for() -> None:
    plan, _ = said("onboarding, a case study", step=Step.WORTHS)
    assert lines(plan) == ["give onboarding", "get case study"]
    plan, heard = said("onboarding is cheap for us", step=Step.WORTHS)
    assert (lines(plan), heard.unread) == ([], ("onboarding is cheap for us",))


def test_worths_are_read_where_a_sentence_names_nothing_new() -> None:
    start = Plan(id="p1", deal_id="d1", settled=frozenset({Step.DEMAND, Step.BEHIND}))
    plan, heard = said("some onboarding", "case study", "onboarding is cheap for us", plan=start)
    assert plan.entries[0].ours == Estimate(Worth.LOW, known=True)
    assert (heard.rated, heard.changed, heard.unread) == (("1",), (), ())
    plan, _ = said("onboarding and some training", plan=reopen(plan, Step.GIVES))
    assert plan.entries[-1].ours == Estimate(Worth.MEDIUM)


@pytest.mark.parametrize(
    ("sentence", "why", "kept"),
    [
        ("120% off and onboarding", Impossible.OVER_A_HUNDRED, ["give onboarding"]),
        ("-5% off", Impossible.NEGATIVE, []),
        ("8% off, at most 5%, and training", Impossible.LIMIT_BELOW_OFFER, ["give discount 8%", "give training"]),
    ],
)
def test_an_impossible_amount_is_left_out_alone_and_the_question_stays(
    sentence: str, why: Impossible, kept: list[str]
) -> None:
    plan, heard = said(sentence, step=Step.GIVES)
    assert [problem.why for problem in heard.problems] == [why]
    assert lines(plan) == kept
    assert Step.GIVES not in plan.settled


@pytest.mark.parametrize(
    ("sentence", "floor", "walk_away"),
    [
        ("a little worse would do", Floor.LITTLE, ""),
        ("Much worse would do.", Floor.MUCH, ""),
        ("No worse than today’s offer", Floor.LEVEL, ""),
        ("Clearly worse would do", Floor.SOME, ""),
        ("not a cent below 40k", Floor.LEVEL, "not a cent below 40k"),
        ("at 12% off we walk", Floor.LEVEL, "at 12% off we walk"),
    ],
)
def test_a_walk_away_is_kept_as_said_and_is_no_give(sentence: str, floor: Floor, walk_away: str) -> None:
    plan, heard = said(sentence, step=Step.FLOOR)
    assert (plan.floor, plan.walk_away, plan.entries) == (floor, walk_away, ())
    assert Step.FLOOR in plan.settled
    assert heard.nothing


@pytest.mark.parametrize("step", [Step.GIVES, Step.GETS, Step.WORTHS])
def test_what_says_nothing_for_the_plan_is_said_to_be_unread(step: Step) -> None:
    plan, heard = said("it is about five too much", step=step)
    assert (plan.settled, plan.entries) == (frozenset(), ())
    assert heard.unread


def test_nine_on_a_side_are_one_too_many() -> None:
    start = Plan(id="p1", deal_id="d1", settled=frozenset({Step.DEMAND, Step.BEHIND}))
    plan, heard = said(
        "we could give 8% off, net 45, onboarding, training, premium support, 10 seats, a pilot, a workshop, "
        "three months free, migration, an SLA",
        plan=start,
    )
    assert len(plan.gives) == SIDE_MAX
    assert heard.left_out
    assert not {one.what for one in heard.left_out} & {one.tradable.what for one in plan.gives}


_PIECES = st.sampled_from(
    [
        "they want",
        "we could do",
        "15% off",
        "up to 10%",
        "net 30",
        "two years",
        "training",
        "because",
        "budget",
        "if",
        "and",
        ",",
        ".",
        ";",
        "they said",
        "no",
        "never",
        "\n    -5%",
        "120% off",
        "at most 5%",
        "cheap",
        "a lot",
        "for us",
        "$5k",
        "😀",
        "שלום",
        "onboarding",
        "case study",
        "walk",
        "worse",
        "?",
    ]
)
SENTENCES = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map(" ".join))


@given(talk=st.lists(st.tuples(st.sampled_from(STEPS), SENTENCES), max_size=5))
def test_any_talk_leaves_a_sound_plan(talk: list[tuple[Step | None, str]]) -> None:
    plan = BLANK
    for step, sentence in talk:
        after, heard = answer(plan, step, sentence, understand(sentence, step, {}), typical)
        assert after.settled >= plan.settled
        ids = [entry.id for entry in after.entries]
        assert len(set(ids)) == len(ids)
        assert set(heard.touched) <= set(ids)
        assert max(Counter(entry.side for entry in after.entries).values(), default=0) <= SIDE_MAX
        assert all(len(words) <= WORDS_MAX for words in (after.demand, after.behind, after.walk_away))
        assert all(entry.limit is None or entry.side is Side.GIVE for entry in after.entries)
        assert all(isinstance(entry.tradable.amount, Decimal | None) for entry in after.entries)
        plan = after


@pytest.mark.parametrize("piece", ["they want 15% off because ", ". ", " ", "never ", "; ", "we could do ", "😀", "a"])
def test_a_huge_sentence_costs_no_more_than_its_length(piece: str) -> None:
    for step in (Step.DEMAND, Step.GIVES, Step.WORTHS, Step.FLOOR):
        answered = partial(_answered, step)
        assert growth(answered, piece) < LINEAR


def _answered(step: Step, huge: str) -> object:
    return answer(BLANK, step, huge, understand(huge, step, {}), typical)


@pytest.mark.parametrize(
    ("words", "step", "line"),
    [
        ("Contract length", Step.GETS, "get contract length"),
        ("onboarding", Step.GETS, "give onboarding"),
        ("payment terms", Step.GETS, "get payment terms"),
        ("payment terms.", Step.GIVES, "give payment terms"),
    ],
)
def test_a_name_as_a_button_says_it_can_be_typed(words: str, step: Step, line: str) -> None:
    plan, _ = said(words, step=step)
    assert lines(plan) == [line]


@pytest.mark.parametrize("step", [Step.GIVES, Step.GETS])
@pytest.mark.parametrize("sentence", ["minus 5 days", "we could give minus 5 days", "free training and minus 5 days"])
def test_less_than_nothing_is_refused_and_not_offered_as_own_words(step: Step, sentence: str) -> None:
    reading = understand(sentence, step, {})
    assert [(one.why, one.words) for one in reading.problems] == [(Impossible.NEGATIVE, "minus 5 days")]
    assert reading.unread == ()
