import pytest

from bot.coach.glossary import asked_about
from tests.growth import LINEAR, growth

TERMS = {
    "meso": ["MESO", "equivalent offers"],
    "batna": ["BATNA"],
    "walk_away": ["walk-away", "reservation point", "bottom line"],
    "anchor": ["anchor", "anchoring"],
}


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("what's a MESO?", "meso"),
        ("What’s a meso again", "meso"),
        ("what are mesos", "meso"),
        ("what does BATNA mean", "batna"),
        ("what does batna stand for?", "batna"),
        ("BATNA?", "batna"),
        ("walk away?", "walk_away"),
        ("explain walkaway please", "walk_away"),
        ("so what exactly is a reservation point", "walk_away"),
        ("define anchoring", "anchor"),
        ("can you explain what an anchor is", "anchor"),
        ("hey coach, what do you mean by bottom line?", "walk_away"),
        ("remind me what equivalent offers are", "meso"),
    ],
)
def test_a_question_about_the_coachs_own_words_is_recognised(question: str, term: str) -> None:
    assert asked_about(question, TERMS) == term


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "?",
        "what's my batna",
        "what is our walk-away for acme",
        "they walk away",
        "should I anchor",
        "what does the anchor do to their target",
        "help me find my walk-away",
        "what does this mean",
        "the bottom line is that they want more",
    ],
)
def test_a_sentence_that_only_uses_such_a_word_is_no_question_about_it(sentence: str) -> None:
    assert asked_about(sentence, TERMS) == ""


def test_a_wall_of_text_is_no_question_and_costs_no_more_than_its_length() -> None:
    assert asked_about("what is a " * 10_000, TERMS) == ""
    assert growth(lambda text: asked_about(text, TERMS), "what is a ") < LINEAR
