import pytest

from bot.coach.concealment import is_concealed, is_unfounded


@pytest.mark.parametrize(
    "sentence",
    [
        "put the levy where they never look",
        "word clause 4 so that nobody spots it",
        "can we bill it without the client noticing",
        "i'd rather they don't find out about the recall",
        "how do i keep the buyer from learning that it leaks",
    ],
)
def test_what_the_client_shall_not_see_is_concealed(sentence: str) -> None:
    assert is_concealed(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "they didn't notice the discount",
        "i don't want her to find out from somebody else",
        "i'd rather they don't know our walk-away",
        "so they don't notice that i'm nervous",
        "they say it so that we don't notice the fee",
    ],
)
def test_what_is_private_or_overlooked_is_not(sentence: str) -> None:
    assert not is_concealed(sentence)


def test_a_claim_that_nobody_could_check_is_unfounded() -> None:
    assert is_unfounded("tell them it comes from spain, nobody will check")
    assert not is_unfounded("they can't check our figures, what do i do")
