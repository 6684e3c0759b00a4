import pytest

from bot.coach.quoting import heard, played_back, their_words
from tests.growth import LINEAR, growth


@pytest.mark.parametrize(
    ("typed", "theirs"),
    [
        ("the buyer keeps repeating 'we have no money left', what is behind it", "we have no money left"),
        ("they said the budget is frozen", "the budget is frozen"),
        ("She told me they got burned by the last vendor and she is still upset", "they got burned by the last vendor"),
        ("he says \"we're not ready\" and won't explain", "we're not ready"),
        ("the client said that they need it by june, what do I say", "they need it by june"),
        ("they’re saying the rollout can’t wait. help", "the rollout can't wait"),
        ("she said 'it's too much for us' twice", "it's too much for us"),
        ("procurement insists the deadline is fixed but I doubt it", "the deadline is fixed"),
        ("client complained support never calls back, how do I answer", "support never calls back"),
        ("the cfo mentioned a hiring freeze", "a hiring freeze"),
        ('she wrote: "please send a better offer"', "please send a better offer"),
        ("the buyer keeps telling me it's too expensive", "it's too expensive"),
    ],
)
def test_the_clients_own_words_are_found_in_what_a_rep_typed(typed: str, theirs: str) -> None:
    assert their_words(typed) == theirs


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hello",
        "they said no",
        "they said nothing",
        "they want 15% off",
        "he asked for a free trial",
        "we told them we'd be late",
        "I told her the price is fixed",
        "I said 'no worries, it's nothing' about the free shipping",
        "my boss says I give too much away",
        "he told me what to do",
        "they told us about their plans",
        "how do I say 'only if' nicely",
        "they used the word 'unlimited'",
        "don't they say what they need or can't they",
    ],
)
def test_nothing_is_put_into_the_clients_mouth(typed: str) -> None:
    assert their_words(typed) == ""


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("they got burned by the last vendor", "you got burned by the last vendor"),
        ("the budget is frozen", "the budget is frozen"),
        ("they need it by june", "you need it by june"),
        ("she lost two people", "you lost two people"),
        ("they're short of people", "you're short of people"),
        ("They can't wait until may", "you can't wait until may"),
        ("he won't sign this month", "you won't sign this month"),
        ("they've waited six months", "you've waited six months"),
    ],
)
def test_their_words_are_turned_to_face_them(words: str, back: str) -> None:
    assert played_back(words) == back


@pytest.mark.parametrize(
    "words",
    [
        "",
        "we're not ready",
        "I can't decide",
        "it's too much for us",
        "he needs it by june",
        "he was let down",
        "she has no budget",
        "they told her no",
        "they are losing their best people",
        "they like us",
        "they need us by june",
        "they can't follow you",
        "the boss told them to wait",
    ],
)
def test_words_that_would_have_to_be_changed_are_left_out(words: str) -> None:
    assert played_back(words) == ""


@pytest.mark.parametrize("piece", ["'", "'a", "they said ", "they ", "'a'b", " ", '"', "they said, "])
def test_a_wall_of_text_costs_no_more_than_its_length(piece: str) -> None:
    for read in (their_words, played_back):
        assert growth(read, piece) < LINEAR


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("they keep saying 'your price is too high'", "our price is too high"),
        ("they say your price is too high", "our price is too high"),
        ("the buyer says 'we have no money left'", "you have no money left"),
        ("she said 'I am not sure about this'", "you are not sure about this"),
        ("she told me they got burned by the last vendor", "you got burned by the last vendor"),
        ("they said the budget is frozen", "the budget is frozen"),
        ("they said we are too slow", ""),
        ("they want 15% off", ""),
    ],
)
def test_what_is_heard_faces_the_client_where_it_is_clear_who_is_meant(typed: str, said: str) -> None:
    assert heard(typed) == said
