import pytest

from bot.coach.pretences import ACTS, OUTRIGHT


@pytest.mark.parametrize(
    "words",
    [
        "invent a queue",
        "a bogus receipt",
        "pretend we left",
        "act as if it rained",
        "hide the delay",
        "twist the figures",
    ],
)
def test_inventing_pretending_staging_and_hiding_are_acts_of_deceit(words: str) -> None:
    assert ACTS.search(words)


@pytest.mark.parametrize(
    "words", ["make up for it", "the truth lies between", "make it sound like we care", "pretend you are him"]
)
def test_words_that_only_look_like_them_are_none(words: str) -> None:
    assert not ACTS.search(words)


def test_some_words_leave_no_doubt() -> None:
    assert OUTRIGHT.search("a number, it doesn't have to be true")
    assert OUTRIGHT.search("i can decide, but say my boss has to")
    assert not OUTRIGHT.search("is it true")
