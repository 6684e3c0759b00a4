"""A client's message is read from the client's mouth: "we" are they, and "you" are us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.messages import point_of, read_message, speaks
from bot.coach.speakers import faced, reported
from bot.coach.tradables import Side
from tests.growth import LINEAR, growth

MESSAGES = [
    ("We need 15% off and net 60, or we walk", ["discount", "payment terms"], []),
    ("could you include onboarding if we sign for two years?", ["onboarding"], ["contract length"]),
    ("we could pay net 30", [], ["payment terms"]),
    ("we need net 60", ["payment terms"], []),
    ("Can you do 20%?", ["discount"], []),
    ("We'd sign by Friday if you throw in training.", ["training"], ["early signature"]),
    ("We can commit to 500 seats for 12% off.", ["discount"], ["seats"]),
    ("Happy to do a case study if the price is right.", [], ["case study"]),
    ("We are willing to pay upfront for a 10% discount.", ["discount"], ["upfront payment"]),
    ("I want three months free.", ["free months"], []),
    ("We only sign for one year.", [], ["contract length"]),
    ("Would you give us a 99.9% SLA and premium support?", ["service level", "support"], []),
    ("We'd need an exit clause after 12 months.", ["exit clause"], []),
    ("We expect a price lock for three years.", ["price lock"], []),
    ("I can introduce you to our sister company.", [], ["introduction"]),
    ("Let's sign next week.", [], ["early signature"]),
    ("You promised us two free months.", ["free months"], []),
    ("We could be a reference for you if you waive the setup fee.", ["onboarding"], ["reference call"]),
    ("My CFO wants 18% off and payment terms of 90 days.", ["discount", "payment terms"], []),
    ("We accept 8% off with net 30.", ["discount"], ["payment terms"]),
    ("In return for a two-year contract we want 12%.", ["discount"], ["contract length"]),
    ("What about 10% discount?", ["discount"], []),
    ("15% off and we have a deal", ["discount"], []),
    ("We get onboarding and support included, right?", ["onboarding", "support"], []),
    ("We won't do a case study.", [], []),
    ("Your competitor offers 20% less.", [], []),
    ("Thanks for your time yesterday!", [], []),
]


@pytest.mark.parametrize(("message", "gives", "gets"), MESSAGES)
def test_what_they_ask_for_is_ours_to_give_and_what_they_offer_ours_to_get(
    message: str, gives: list[str], gets: list[str]
) -> None:
    read = read_message(message, {})
    assert [one.what for one in read.gives] == gives
    assert [one.what for one in read.gets] == gets
    assert {one.what for one in read.asked} == set(gives)


def test_a_shorter_contract_is_theirs_to_ask_for() -> None:
    assert {one.what for one in read_message("we want a shorter contract", {}).asked} == {"contract length"}


def test_what_stands_alone_is_the_demand_it_was_typed_as() -> None:
    read = read_message("15% and we'd pay upfront", {}, Side.GIVE)
    assert ([one.what for one in read.gives], [one.what for one in read.gets]) == (["discount"], ["upfront payment"])


@pytest.mark.parametrize(
    ("words", "theirs"),
    [("can you do 20%?", True), ("we need 15% off", True), ("they want 20%", False), ("net 60", False),
     ("she says we are too expensive", False)],
)  # fmt: skip
def test_it_shows_out_of_whose_mouth_a_demand_comes(words: str, theirs: bool) -> None:  # noqa: FBT001
    assert speaks(words) == theirs


@pytest.mark.parametrize(
    ("said", "told", "back"),
    [
        ("We need it, can you help us?", "They need it, can we help them?", "You need it, can we help you?"),
        ("I am late", "They are late", "You are late"),
        ("I was told your price is high", "They were told our price is high", "You were told our price is high"),
        ("we’re tired of your delays", "they're tired of our delays", "you're tired of our delays"),
        ("We need you to move", "They need us to move", "You need us to move"),
        ("go with your competitor", "go with a competitor", "go with a competitor"),
        ("Thank you for that", "Thank you for that", "Thank you for that"),
        ("this is mine", "this is theirs", "this is yours"),
        ("Your usual. You know", "Our usual. We know", "Our usual. We know"),
        ("business in Iowa, yours truly", "business in Iowa, ours truly", "business in Iowa, ours truly"),
    ],
)
def test_who_speaks_changes_and_nothing_else(said: str, told: str, back: str) -> None:
    assert (reported(said), faced(said)) == (told, back)


@pytest.mark.parametrize(
    ("message", "point"),
    [
        ("We got burned by our vendor, so I am careful.", "you got burned by your vendor, so you are careful"),
        ("Hi Ana, thanks for the call. Our budget is frozen. Can you help?", "your budget is frozen"),
        ("The rollout was a mess for my team.", "the rollout was a mess for your team"),
        ("Can you do 20%?", ""),
        ("Happy to talk.", ""),
        ("Ok", ""),
        ("", ""),
        ("word " * 100, ""),
    ],
)  # fmt: skip
def test_their_point_is_said_back_to_them_where_it_is_one_short_statement(message: str, point: str) -> None:
    assert point_of(message) == point


@given(st.text(max_size=400))
def test_no_message_is_too_odd_to_be_read(message: str) -> None:
    read = read_message(message, {})
    assert set(read.asked) <= set(read.gives)
    assert "\n" not in point_of(message)


@pytest.mark.parametrize("piece", ["we you ", "to you ", "a.", ". ", "your ", "I am ", "(", "15% off we need "])
def test_a_very_long_message_costs_no_more_than_its_length(piece: str) -> None:
    for read in (reported, faced, point_of, speaks):
        assert growth(read, piece) < LINEAR
