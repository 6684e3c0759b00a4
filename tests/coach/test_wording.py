import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.wording import LONGEST, by_stem, cues, letters, meanings, plain, stems

IDEAS = by_stem({"anger": ["angry", "furious"], "apology": ["apologise", "sorry"]})


def test_endings_and_numbers_make_no_difference() -> None:
    assert stems("dropped prices by 10%") == stems("drops price by 25%")
    assert stems("replies") == stems("reply")


def test_two_words_for_one_idea_share_it() -> None:
    shared = meanings("they are furious", IDEAS) & meanings("they are angry", IDEAS)
    assert shared["*anger"] == 2


def test_a_typing_error_leaves_most_letters() -> None:
    right, wrong = letters("discount"), letters("discuont")
    assert (right & wrong).total() * 3 >= right.total()


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("acme want 15% off or they walk", "demands an amount"),
        ("the buyer is asking for net 90", "demands an amount"),
        ("he wants the training for free", "demands a gift"),
        ("we haven't spoken since may", "no word for long"),
        ("our update broke their reports", "we did harm"),
        ("the report won't be ready", "a date in danger"),
        ("I promised a draft", "we promised"),
        ("she finally agreed to two years", "they moved"),
        ("we threw in onboarding", "we gave"),
    ],
)
def test_what_more_than_one_word_shows_has_a_name(sentence: str, cue: str) -> None:
    assert cue in set(cues(sentence))


@pytest.mark.parametrize("sentence", ["I want 15% more salary", "what do they want", "hello"])
def test_an_innocent_sentence_shows_no_demand(sentence: str) -> None:
    assert not {cue for cue in cues(sentence) if cue.startswith("demands")}


@given(st.text(max_size=300))
def test_any_text_has_features(text: str) -> None:
    assert len(plain(text * 10)) <= 3 * LONGEST
    assert all(stems(text))
    assert meanings(text, IDEAS).total() >= len(stems(text))
    assert all(times > 0 for times in letters(text).values())
