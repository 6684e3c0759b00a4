"""Reading what a rep types: sides, limits, what is asked, what is impossible, and nothing invented."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.currencies import CURRENCIES
from bot.coach.lexicon import CATALOGUE
from bot.coach.reading import Impossible, read
from bot.coach.tradables import Side, Tradable
from tests.coach.test_sentences import cases
from tests.growth import LINEAR, growth

SENTENCES = [sentence for sentence, _, _ in cases()]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
IN_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
    "fifteen": 15, "twenty": 20,
}  # fmt: skip
UNITS = {"", "%", "days", "weeks", "months", "years", "hours", "seats"} | CURRENCIES

jumbles = st.lists(st.sampled_from([*WORDS, ",", ".", "%", "€", "-3", "120", "0.5", "1.000"]), max_size=25).map(
    " ".join
)


def whats(tradables: tuple[Tradable, ...]) -> list[str]:
    return [one.what for one in tradables]


def stands_in(amount: Decimal, sentence: str) -> bool:
    digits = format(amount, "f").replace(".", "").strip("0")
    words = re.findall(r"[a-z]+", sentence.lower())
    spelt = {IN_WORDS.get(word) for word in words} | ({Decimal("0.5"), Decimal(50)} if "half" in words else set())
    return digits in re.sub(r"[^0-9]", "", sentence) or amount in spelt


# What stands alone


def test_a_list_belongs_to_the_side_that_was_asked_about() -> None:
    given_ = read("8% off, net 45 and a case study", Side.GIVE)
    got = read("a testimonial, 2 yrs + sign by june", Side.GET)

    assert whats(given_.gives) == ["discount", "payment terms", "case study"]
    assert whats(got.gets) == ["case study", "contract length", "early signature"]
    assert given_.gets == got.gives == ()


def test_a_clause_with_its_own_side_keeps_it() -> None:
    found = read("8% for a logo, net 45, and they could take two years", Side.GIVE)

    assert whats(found.gives) == ["discount"]
    assert whats(found.gets) == ["logo", "payment terms", "contract length"]


def test_an_item_nobody_knows_is_kept_as_it_was_typed() -> None:
    found = read("8% off,  a call with our CTO and maybe a Roadmap session.", Side.GIVE)

    assert whats(found.gives) == ["discount"]
    assert found.unread == ("a call with our CTO", "a Roadmap session")


@pytest.mark.parametrize(
    "answer", ["not sure", "nothing really", "I don't know", "what's a MESO?", "no idea", "skip", ""]
)
def test_an_answer_that_names_nothing_is_no_item(answer: str) -> None:
    found = read(answer, Side.GIVE)

    assert (found.gives, found.gets, found.unread) == ((), (), ())


def test_a_condition_that_was_not_understood_is_asked_about() -> None:
    found = read("we could do 5% off if they double the order frequency")

    assert whats(found.gives) == ["discount"]
    assert found.unread == ("double the order frequency",)


@pytest.mark.parametrize("sentence", ["they want 10k off", "we could knock 5 grand off", "I'd give them 2k back"])
def test_money_without_a_currency_is_asked_not_guessed(sentence: str) -> None:
    found = read(sentence)

    assert (found.gives, found.gets) == ((), ())
    assert found.unread


def test_a_company_has_names_of_its_own() -> None:
    names = {"whitespot audit": "white spot audit", "wsa": "white spot audit"}

    found = read("we could throw in a WSA if they give us two Whitespot Audits", names=names)
    assert [(one.what, one.amount) for one in found.gives] == [("white spot audit", None)]


def test_an_amount_of_nothing_known_is_asked_about() -> None:
    found = read("8% off, up to 10, max 12", Side.GIVE)

    assert whats(found.gives) == ["discount"]
    assert found.unread == ("up to 10", "max 12")


# A client's own words


@pytest.mark.parametrize(
    "sentence",
    [
        'she wrote "we sign for 3 years if you give us 7%"',
        "'you give us 7% and we sign for 3 years', he said",
        "client: we sign for 3 years if you give us 7%",
        "if you give us 7%, we will sign for 3 years",
    ],
)
def test_a_client_who_is_quoted_says_we_of_themselves(sentence: str) -> None:
    found = read(sentence)

    assert [(one.what, one.amount) for one in found.gives] == [("discount", Decimal(7))]
    assert [(one.what, one.amount) for one in found.gets] == [("contract length", Decimal(3))]


@pytest.mark.parametrize("sentence", ["I told them 'we need net 20'", 'we wrote: "we need net 20"', "we need net 20"])
def test_what_we_said_ourselves_stays_ours(sentence: str) -> None:
    found = read(sentence)

    assert (whats(found.gives), whats(found.gets)) == ([], ["payment terms"])


def test_in_a_dialogue_each_line_is_its_speakers() -> None:
    found = read("buyer: can we pay net 90?\nme: we could do net 45")

    assert [(one.amount, found.demanded) for one in found.gives] == [(Decimal(45), False)]
    assert [one.amount for one in found.asked] == [90]


def test_our_answer_on_the_clients_line_is_ours() -> None:
    found = read("client: we need net 75. me: we need a logo then")

    assert (whats(found.gives), whats(found.gets)) == (["payment terms"], ["logo"])


# Demands, limits, impossible amounts


def test_what_the_client_asks_for_is_told_from_what_we_offer() -> None:
    assert read("acme want 15% off or they walk").demanded
    assert not read("could do 15% off").demanded


def test_our_own_offer_takes_the_place_of_the_demand_it_answers() -> None:
    found = read("they want 15% off and net 60, we could do 8%")

    assert [(one.what, one.amount) for one in found.gives] == [("payment terms", Decimal(60)), ("discount", Decimal(8))]
    asked = [("discount", Decimal(15)), ("payment terms", Decimal(60))]
    assert [(one.what, one.amount) for one in found.asked] == asked
    assert not found.demanded


@pytest.mark.parametrize("sentence", ["8% off, but never more than 10%", "could do 8% off, max 10%", "we offer 8-10%"])
def test_a_ceiling_beside_an_offer_is_its_limit(sentence: str) -> None:
    found = read(sentence, Side.GIVE)

    assert [(one.amount, one.limit) for one in found.gives] == [(Decimal(8), False)]
    assert found.limit_of(found.gives[0]) == 10


def test_an_offer_that_is_itself_the_most_is_its_own_limit() -> None:
    found = read("we can go up to 12% but no further")

    assert found.limit_of(found.gives[0]) == 12
    assert read("8% off", Side.GIVE).limit_of(Tradable(what="discount", unit="%")) is None


def test_of_a_range_that_we_would_get_only_the_first_end_is_read() -> None:
    found = read("5% if they commit to 2-3 years")

    assert [one.amount for one in found.gets] == [2]
    assert found.limits == ()


def test_what_we_get_has_no_limit() -> None:
    found = read("8% off, max 10%, if the term goes up to 36 months")

    assert [(one.amount, one.limit) for one in found.gets] == [(Decimal(36), False)]
    assert [one.amount for one in found.limits] == [10]


@pytest.mark.parametrize(
    "sentence", ["up to 9% off, so 9% off at most", "3 days of training, free training", "training, 3 days, for a logo"]
)
def test_a_thing_named_twice_is_one(sentence: str) -> None:
    assert [one.amount is not None for one in read(sentence).gives] == [True]


@pytest.mark.parametrize(
    ("sentence", "why", "words"),
    [
        ("we'd do 120% off", Impossible.OVER_A_HUNDRED, "120% off"),
        ("we could offer net -30", Impossible.NEGATIVE, "net -30"),
        ("give them 0 months free", Impossible.ZERO, "0 months free"),
        ("we could do 8% off with a limit of 5%", Impossible.LIMIT_BELOW_OFFER, "a limit of 5%"),
    ],
)
def test_what_cannot_be_is_named_and_kept_out_of_the_plan(sentence: str, why: Impossible, words: str) -> None:
    found = read(sentence)

    assert [(one.why, one.words) for one in found.problems] == [(why, words)]
    assert all(one.words != words for one in (*found.gives, *found.gets, *found.limits))


def test_what_was_read_can_be_shown_as_typed() -> None:
    found = read("Could do  8 % OFF if they take Two Years")

    assert [one.words for one in (*found.gives, *found.gets)] == ["8 % OFF", "Two Years"]


# For any sentence


@given(st.text(max_size=300) | jumbles, st.sampled_from([None, *Side]))
def test_no_text_breaks_the_reading(text: str, lean: Side | None) -> None:
    found = read(text, lean)

    for one in (*found.gives, *found.gets, *found.asked, *found.limits):
        assert one.what in CATALOGUE
        assert one.unit in UNITS
        assert one.words
        assert one.words in text
        assert one.amount is None or one.amount >= 0
    assert all(stretch in text for stretch in found.unread)


@given(jumbles, st.sampled_from([None, *Side]))
def test_every_amount_that_is_read_stands_in_the_sentence(text: str, lean: Side | None) -> None:
    found = read(text, lean)

    for one in (*found.gives, *found.gets, *found.asked, *found.limits):
        assert one.amount is None or one.amount == 0 or stands_in(one.amount, text), one


def _moved(sentence: str) -> tuple[tuple[tuple[object, ...], ...], ...]:
    """What is read, but for its words."""
    found = read(sentence)
    sides = (found.gives, found.gets)
    return tuple(tuple((one.what, one.amount, one.unit, one.limit) for one in side) for side in sides)


def test_capitals_change_nothing() -> None:
    assert [sentence for sentence in SENTENCES if _moved(sentence.upper()) != _moved(sentence)] == []


@pytest.mark.parametrize(
    "around",
    [
        "hi coach! {} ... thanks a lot",
        "😀 {} 🙏",
        "they want a call with me. {}",
        "so here it is. {}\n\nwhat do you think?",
    ],
)
def test_filler_around_a_sentence_changes_nothing(around: str) -> None:
    def changes(sentence: str) -> bool:
        alone, wrapped = read(sentence), read(around.format(sentence))
        return (wrapped.gives, wrapped.gets) != (alone.gives, alone.gets)

    assert [sentence for sentence in SENTENCES if changes(sentence)] == []


@pytest.mark.parametrize(
    "piece",
    [
        *SENTENCES[:3],
        "8% off ",
        "we can't give 8% unless ",
        "1",
        "12 000 ",
        "a-",
        "or they 8% ",
        "sign by ",
        "want ",
        "net ",
        "max ",
        "client: we ",
        "said 'we sign' ",
        "\u201cwe ",
        "5% for a logo ",
        "training, 5 days, ",
        "8% off the first x ",
        "from us in return ",
    ],
)
def test_a_wall_of_text_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(lambda wall: read(wall, Side.GIVE), piece) < LINEAR
