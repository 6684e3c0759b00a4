"""Every way a trade is said, written out to be read: tests/golden/trade_words.txt."""

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import Run
from bot.coach.tradables import Tradable
from content.library import load
from handlers.tradable_words import together
from handlers.trade_words import (
    adversarial,
    common_exchanges,
    courtesy,
    joint,
    noun,
    offer,
    offer_runs,
    package,
    question,
    thanks,
)
from tests.growth import LINEAR, growth
from tests.handlers.trade_book import (
    CASE_STUDY,
    EIGHT_OFF,
    NET_30,
    ONBOARDING,
    OWN,
    TRADING,
    TWO_YEARS,
    UNITS,
    book,
    sentences,
    trades,
    variants,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "trade_words.txt"
LONGEST = 140


def test_every_sentence_is_as_it_was_read_and_found_good() -> None:
    """UPDATE_GOLDENS=1 writes the file anew; read what changed."""
    if os.environ.get("UPDATE_GOLDENS"):
        assert not os.environ.get("CI"), "golden files are looked at by a person, never written in CI"
        GOLDEN.write_text(book(), encoding="utf-8", newline="\n")
    assert book() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*TRADING.listings, *OWN])
def test_every_tradable_makes_whole_sentences_in_all_its_forms(name: str) -> None:
    for tradable in variants(name):
        for said in sentences(tradable):
            assert re.fullmatch(r"[A-Z][^{}*!]*[.?]", said), said
            assert "  " not in said
            assert not re.search(
                r"\b(\w+) \1\b|\ba (?:[aei8]|o(?!ne))\w*-|\b1 \w+s\b|\bone \w+s\b(?! to)|\(\)", said
            ), said


@pytest.mark.parametrize("name", TRADING.listings)
def test_what_is_said_fits_one_breath(name: str) -> None:
    said = [said for tradable in variants(name) for said in sentences(tradable)]
    assert [one for one in said if len(one) > LONGEST + 40 * ("You made that" in one)] == []


def test_a_trade_names_the_condition_first_and_then_what_we_do() -> None:
    assert offer([EIGHT_OFF], [TWO_YEARS], TRADING) == "If you sign for two years, then we take 8% off."
    assert question([EIGHT_OFF], [TWO_YEARS], TRADING) == "If we could take 8% off, would you sign for two years?"


def test_on_a_card_if_and_then_are_strong() -> None:
    assert offer_runs([EIGHT_OFF], [TWO_YEARS], TRADING) == (
        Run("If", strong=True),
        Run(" you sign for two years, "),
        Run("then", strong=True),
        Run(" we take 8% off."),
    )


def test_a_package_is_listed_as_it_is_said() -> None:
    gives, gets = [EIGHT_OFF, ONBOARDING], [TWO_YEARS, NET_30, CASE_STUDY]
    assert offer(gives, gets, TRADING) == (
        "If you sign for two years, pay net 30 and agree to a case study, "
        "then we take 8% off and add three days of onboarding."
    )
    assert package("B", gives, gets, TRADING) == (
        "B: 8% off and three days of onboarding in return for a two-year contract, payment net 30 and a case study"
    )
    assert package("C", gives, [], TRADING) == "C: 8% off and three days of onboarding"


@pytest.mark.parametrize(
    ("deeds", "said"),
    [
        (["sign for two years", "sign by 30 June"], "sign for two years and by 30 June"),
        (["add training", "take 8% off", "add 10 seats"], "add training and 10 seats, and take 8% off"),
        (["take 8% off", "take part in a case study"], "take 8% off and take part in a case study"),
        (["pay net 30", "agree to a trial", "sign early"], "pay net 30, agree to a trial and sign early"),
        (["sign"], "sign"),
        ([], ""),
    ],
)
def test_a_verb_that_two_things_share_is_said_once(deeds: list[str], said: str) -> None:
    assert together(deeds) == said


def test_half_a_trade_asks_for_its_other_half() -> None:
    assert offer([EIGHT_OFF], [], TRADING) == "We could take 8% off. What could you do for us in return?"
    alone = offer([], [TWO_YEARS], TRADING)
    assert alone == "Would you sign for two years, and what would you need from us to do it?"
    assert offer([], [], TRADING) == "If you [what we ask for], then we [what we give]."


def test_how_far_we_would_go_is_said_to_the_rep_and_not_to_the_client() -> None:
    limit = Tradable(what="discount", amount=Decimal(10), unit="%", limit=True)
    assert noun(limit, TRADING) == "10% off at most"
    said = [offer([limit], [TWO_YEARS], TRADING), question([limit], [TWO_YEARS], TRADING), courtesy(limit, TRADING)]
    said += [joint([limit], [TWO_YEARS], TRADING), package("A", [limit], [TWO_YEARS], TRADING)]
    assert [one for one in said if "10" in one] == []


def test_a_condition_is_kept_as_typed() -> None:
    early = Tradable(what="early signature", condition="by 30 June")
    support = Tradable(what="support", condition="24/7")
    assert offer([support], [early], TRADING) == "If you sign by 30 June, then we add 24/7 support."
    off = Tradable(what="discount", amount=Decimal(8), unit="%", condition="on the first year")
    assert offer([off], [early], TRADING) == "If you sign by 30 June, then we take 8% off on the first year."


def test_the_reps_own_words_stay_theirs() -> None:
    give, get = Tradable(what="A workshop in Porto."), Tradable(what="a call with our CTO")
    assert offer([give], [get], TRADING) == "If you agree to a call with our CTO, then we offer a workshop in Porto."
    days = Tradable(what="consulting", amount=Decimal(2), unit="days")
    assert offer([days], [get], TRADING) == "If you agree to a call with our CTO, then we offer consulting (two days)."
    told = Tradable(what="2 days on site", amount=Decimal(2), unit="days")
    assert noun(told, TRADING) == "2 days on site"


def test_a_courtesy_names_what_the_client_did_for_it() -> None:
    assert courtesy(ONBOARDING, TRADING, gets=[TWO_YEARS]) == (
        "We've added three days of onboarding, so that your team has somebody beside it at the start. "
        "You made that possible with a two-year contract."
    )


def test_without_a_plan_the_demand_stands_as_asked_and_no_amount_is_invented() -> None:
    demand = Tradable(what="discount", amount=Decimal(15), unit="%")
    assert trades(demand) == [
        "If you sign for longer, then we take 15% off.",
        "If you pay in advance, then we take 15% off.",
        "If you agree to a case study, then we take something off the price.",
    ]


@pytest.mark.parametrize("what", [*TRADING.listings, *OWN, ""])
def test_a_demand_without_a_plan_meets_three_different_things_to_ask_for(what: str) -> None:
    found = common_exchanges(Tradable(what=what), TRADING)
    assert len({get.what for _, get in found} - {what}) == 3
    assert all(get.amount is None for _, get in found)


def test_a_demand_nobody_understood_still_gets_three_trades() -> None:
    assert len(trades(None)) == 3


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("This is our Final  Offer.", "Final Offer"),
        ("Take it or leave it", "Take it or leave it"),
        ("I\N{RIGHT SINGLE QUOTATION MARK}m sorry, our policy is net 30", "our policy is"),
        ("you\N{RIGHT SINGLE QUOTATION MARK}d better sign", "you\N{RIGHT SINGLE QUOTATION MARK}d better"),
        ("I DEMAND an answer", "I DEMAND"),
    ],
)
def test_adversarial_words_are_pointed_out_with_a_joint_way_to_say_it(typed: str, heard: str) -> None:
    found = adversarial(typed, TRADING)
    assert found
    assert found[0] == heard
    assert re.fullmatch(r"[A-Z][^!]+[.?]", found[1])


def test_nothing_the_coach_words_is_adversarial() -> None:
    said = [said for name in (*TRADING.listings, *OWN) for tradable in variants(name) for said in sentences(tradable)]
    said += [asked for listing in TRADING.tradable for asked in listing.behind]
    said += [one.rather for one in TRADING.adversarial]
    said += [said for practice in load().practices for said in (*practice.phrases, *practice.questions)]
    assert [(one, adversarial(one, TRADING)) for one in said if adversarial(one, TRADING)] == []


@pytest.mark.parametrize(
    "typed", ["", "Could we take 8% off?", "noway", "our policies isolate", "a demand you people"[:8]]
)
def test_friendly_words_are_left_alone(typed: str) -> None:
    assert adversarial(typed, TRADING) is None


@pytest.mark.parametrize("piece", ["you ", "a ", " ", "take it or ", "\N{RIGHT SINGLE QUOTATION MARK}", "you always"])
def test_a_very_long_text_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(lambda words: adversarial(words, TRADING), piece) < LINEAR
    assert growth(lambda words: noun(Tradable(what=words, condition=words), TRADING), piece) < LINEAR


NUMBERS = st.decimals(allow_nan=True, allow_infinity=True) | st.none()
TRADABLES = st.builds(
    Tradable,
    what=st.sampled_from(list(TRADING.listings)) | st.text(max_size=200),
    amount=NUMBERS,
    unit=st.sampled_from(UNITS),
    limit=st.booleans(),
    condition=st.text(max_size=200),
)


@given(st.lists(TRADABLES, max_size=4), st.lists(TRADABLES, max_size=4))
def test_anything_typed_gives_one_line_of_bounded_length(gives: list[Tradable], gets: list[Tradable]) -> None:
    for word in (offer, question, joint):
        said = word(gives, gets, TRADING)
        assert len(said.splitlines()) == 1
        assert len(said) <= 80 + 300 * (len(gives) + len(gets))
    for one in (*gives, *gets):
        assert noun(one, TRADING)
        assert courtesy(one, TRADING, gets)
        assert thanks(one, TRADING)
