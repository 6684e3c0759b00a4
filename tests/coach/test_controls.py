"""What steers a conversation, and what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.controls import Control, Steer, control
from tests.growth import LINEAR, growth


@pytest.mark.parametrize(
    ("typed", "steer"),
    [
        ("back", Steer.BACK),
        ("Go back!", Steer.BACK),
        ("previous question", Steer.BACK),
        ("start over", Steer.OVER),
        ("Let's start again please", Steer.OVER),
        ("later", Steer.LATER),
        ("not now", Steer.LATER),
        ("that's enough for today", Steer.LATER),
        ("nothing yet", Steer.NOTHING),
        ("I don’t know", Steer.NOTHING),
        ("idk", Steer.NOTHING),
        ("no", Steer.NOTHING),
        ("They haven't asked yet", Steer.NOTHING),
        ("ok", Steer.RIGHT),
        ("  OK .", Steer.RIGHT),
        ("looks right", Steer.RIGHT),
        ("that's all", Steer.RIGHT),
        ("👍", Steer.RIGHT),
        ("forget that", Steer.UNDO),
        ("never mind", Steer.UNDO),
        ("oops", Steer.UNDO),
        ("show me the plan", Steer.SHOW),
        ("where were we?", None),
        ("where were we", Steer.SHOW),
    ],
)
def test_a_few_words_on_their_own_steer(typed: str, steer: Steer | None) -> None:
    assert control(typed) == (Control(steer) if steer else None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("change the discount", Control(Steer.CHANGE, "discount")),
        ("change the discount to 10%", Control(Steer.CHANGE, "discount", "10%")),
        ("Change the discount to 9%, at most 10%", Control(Steer.CHANGE, "discount", "9%, at most 10%")),
        ("please set our payment terms to net 45", Control(Steer.CHANGE, "payment terms", "net 45")),
        ("make onboarding cheap", Control(Steer.CHANGE, "onboarding cheap")),
        ("change the walk-away", Control(Steer.CHANGE, "walk-away")),
        ("drop the case study", Control(Steer.DROP, "case study")),
        ("take out training and onboarding", Control(Steer.DROP, "training and onboarding")),
        ("forget about the logo", Control(Steer.DROP, "logo")),
    ],
)
def test_a_wish_to_change_names_what_and_may_say_how(typed: str, expected: Control) -> None:
    assert control(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "they can sign later",
        "they want it back by Friday",
        "they'd be ok with net 30",
        "we go back a long way with them",
        "no discount without a longer term, and training on top of it if they insist on something else instead",
        "15% off",
        "they said nothing",
        "8%",
        "",
        "   ",
        "…",
    ],
)
def test_the_same_words_in_a_sentence_do_not(typed: str) -> None:
    assert control(typed) is None


_STEERING = st.sampled_from(["ok", "later", "back", "stop", "nothing", "yes", "pause", "undo", "skip"])


@given(
    before=st.sampled_from(["they", "we could sign", "net 30 and"]), word=_STEERING, after=st.sampled_from(["", "x"])
)
def test_no_steering_word_steers_from_inside_a_longer_sentence(before: str, word: str, after: str) -> None:
    assert control(f"{before} {word} {after}") is None


@given(st.text(max_size=400))
def test_any_text_is_read_without_complaint(text: str) -> None:
    found = control(text)
    assert found is None or len(found.about) <= 61


@pytest.mark.parametrize("piece", ["change the ", "drop ", "no ", "a ", " ", "-", "ok ", "😀", "start over ", "to "])
def test_a_huge_text_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(control, piece) < LINEAR
    assert growth(lambda text: control(f"change the {text}"), piece) < LINEAR
