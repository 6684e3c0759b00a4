import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.coaching import SHOWN, Advice, Coach, Kind, Lessons
from bot.coach.honesty import Deceit
from bot.coach.practices import PRACTICE_IDS
from content.library import load
from tests.growth import LINEAR, growth

COACH = load().advisor
ROUTING = [json.loads(line) for line in (Path(__file__).parent / "routing.jsonl").read_text("utf-8").splitlines()]
MEANT = [(one["text"], one["label"]) for one in ROUTING if one["label"] != "none"]
OTHER = [one["text"] for one in ROUTING if one["label"] == "none"]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_the_sentences_to_judge_by_cover_every_practice_and_are_no_situations() -> None:
    playbook = load()
    assert {label for _, label in MEANT} == set(PRACTICE_IDS)
    assert all(sum(label == one for _, label in MEANT) >= 10 for one in PRACTICE_IDS)
    taught = {line for practice in playbook.practices for line in practice.situations}
    assert not taught & {text for text, _ in MEANT}


def test_four_of_five_sentences_are_met_with_the_practice_that_fits() -> None:
    assert share([COACH.advise(text).practices[:1] == (label,) for text, label in MEANT]) >= 0.80


def test_nineteen_of_twenty_find_it_among_the_three_shown() -> None:
    assert share([label in COACH.advise(text).practices for text, label in MEANT]) >= 0.95


def test_other_talk_is_hardly_ever_forced_onto_a_practice() -> None:
    assert share([COACH.advise(text).kind is Kind.PRACTICE for text in OTHER]) <= 0.05


@pytest.mark.parametrize(
    "demand",
    [
        "acme want 15% off or they walk",
        "Globex asks for net 90",
        "hey coach, they want 10% off",
        "the client wants 3 months free",
        "she asked for $5k less",
        "they demand a 20 percent discount, otherwise they sign with somebody else",
        "he wants 500 seats at the price of 300",
    ],
)
def test_a_demand_with_a_number_is_answered_with_a_trade_first(demand: str) -> None:
    assert COACH.advise(demand).practices[0] == "balance.trade"


@pytest.mark.parametrize(
    ("late", "practice"),
    [
        ("I promised them the contract by friday and it won't be ready", "stability.deliver"),
        ("our delivery date is at risk", "stability.deliver"),
        ("we delivered a month late and they lost a customer over it", "stability.recover"),
        ("our outage cost them a day of sales", "stability.recover"),
    ],
)
def test_a_promise_at_risk_is_delivered_and_damage_done_is_mended(late: str, practice: str) -> None:
    assert COACH.advise(late).practices[0] == practice


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", Kind.GREETING),
        ("Thank you", Kind.THANKS),
        ("ok", Kind.SMALL_TALK),
        ("👍", Kind.SMALL_TALK),
        ("who are you", Kind.ABOUT),
        ("what's the weather like in rome", Kind.OFF_TOPIC),
        ("", Kind.UNCLEAR),
        ("مرحبا كيف حالك", Kind.UNCLEAR),
        ("xkqj zvw bxq", Kind.UNCLEAR),
    ],
)
def test_other_talk_is_called_by_its_name(text: str, kind: Kind) -> None:
    assert COACH.advise(text) == Advice(kind)


def test_a_question_about_a_term_names_the_term() -> None:
    assert COACH.advise("what's a MESO?") == Advice(Kind.QUESTION, term="meso")


def test_a_request_to_deceive_is_met_as_that_and_with_no_practice() -> None:
    assert COACH.advise("invent a rival bid") == Advice(Kind.DECEIT, deceit=Deceit.RIVAL_BID)


def test_a_typing_error_changes_nothing() -> None:
    assert COACH.advise("they wnat a bigger disscount").practices[0] == "balance.trade"


def test_alternatives_are_close_only_when_the_sentence_is_in_between() -> None:
    assert not COACH.advise("they want 20% off and net 60").close
    assert COACH.advise("customer angry").close


@given(st.text(max_size=200))
def test_whatever_is_typed_is_met_with_at_most_three_practices_or_none(text: str) -> None:
    advice = COACH.advise(text)
    assert len(advice.practices) == len(set(advice.practices)) <= SHOWN
    assert bool(advice.practices) == (advice.kind is Kind.PRACTICE)


@pytest.mark.parametrize("piece", ["a", "they want 15% ", "🙂", " ", "don't 'say' ", "\u202eabc"])
def test_a_wall_of_text_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(COACH.advise, piece) < LINEAR


def test_a_coach_that_was_taught_nothing_else_still_answers() -> None:
    lessons = Lessons(
        situations={"balance.trade": ["they want a discount"]},
        lines={},
        talk={},
        people={},
        ideas={},
        elsewhere={},
        terms={},
    )
    assert Coach(lessons).advise("they want a discount on everything we sell").kind in Kind
