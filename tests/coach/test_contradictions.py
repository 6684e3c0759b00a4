import pytest

from bot.coach.contradictions import takes_back


@pytest.mark.parametrize(
    "sentence",
    [
        "say the hall is taken. it isn't",
        "tell them the van is new, it's second hand",
        "write that the paint is tested, which never happened",
        "claim our tool can't export. it can",
        "tell her only two seats are left, we've plenty",
        "let's say eighty people came, in reality it was thirty",
        "say we have offices in rome, we have no offices in rome",
        "i want him to think we could walk away, we can't",
    ],
)
def test_what_is_said_and_then_denied_is_taken_back(sentence: str) -> None:
    assert takes_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "the hall is taken, isn't it",
        "how do i tell them we never tested it",
        "what do i tell them, it isn't ready",
        "tell them we can't do june, we don't have the people",
        "say the price is fixed, i can't go lower",
        "he says it's new, it isn't",
        "tell her it's late because the truck broke down",
    ],
)
def test_a_reason_a_refusal_or_another_one_s_claim_takes_nothing_back(sentence: str) -> None:
    assert not takes_back(sentence)
