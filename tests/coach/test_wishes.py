import pytest

from bot.coach.wishes import claim, is_wish


@pytest.mark.parametrize(
    "before", ["", "should i ", "can you ", "they're tough, so let's ", "why not just ", "help me "]
)
def test_what_the_rep_would_do_is_a_wish(before: str) -> None:
    assert is_wish(f"{before}bluff", len(before))


@pytest.mark.parametrize(
    "before",
    ["they ", "how do i stay firm without ", "i don't want to ", "my boss wants me to ", "how can i tell if they "],
)
def test_what_others_do_or_the_rep_refuses_is_none(before: str) -> None:
    assert not is_wish(f"{before}bluff", len(before))


@pytest.mark.parametrize(
    "sentence", ["say the hall is full", "i want to tell anna we moved", "make it look like we won"]
)
def test_something_particular_to_be_said_is_a_claim(sentence: str) -> None:
    assert claim(sentence)


@pytest.mark.parametrize(
    "sentence", ["what do i say", "how do i say no", "they tell him it's full", "say sorry for me"]
)
def test_asking_what_to_say_claims_nothing(sentence: str) -> None:
    assert claim(sentence) is None
