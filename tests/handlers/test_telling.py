"""What a client brought may be told without a verb in front; what only sounds like it is a sentence."""

import time

import pytest

from handlers.grammar import Request, read


@pytest.mark.parametrize(
    ("typed", "verb"),
    [
        ("acme renewed", "renewal"),
        ("Acme Holding has renewed today 🎉", "renewal"),
        ("acme renewed for another two years", "renewal"),
        ("acme just expanded!", "expansion"),
        ("acme referred us to globex", "referral"),
        ("Acme has referred us to Globex yesterday.", "referral"),
        ("globex came through acme", "referral"),
        ("Globex came to us via Acme.", "referral"),
    ],
)
def test_a_client_named_with_what_they_brought_is_a_request(typed: str, verb: str) -> None:
    assert read(typed) == Request(verb, typed)


def test_blanks_of_any_kind_part_words() -> None:
    assert read("acme\t \nrenewed") == Request("renewal", "acme renewed")


@pytest.mark.parametrize(
    "typed",
    [
        "they renewed",
        "our biggest client renewed",
        "the deal came through",
        "Globex came through for us",
        "the order came through procurement",
        "budget came through finance",
        "they referred us to procurement",
        "acme referred us to legal",
        "acme referred us to their lawyer",
        "acme renewed, now they want 15% off",
        "acme renewed?",
        "acme renewed but only for one year",
        "one of the clients that I had given up on renewed",
        "🎉" * 250 + " renewed",
    ],
)
def test_what_names_no_client_is_told_to_the_coach(typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize(
    "piece", ["a referred us to ", "a came to us ", "renewed ", "a renewed  ", "a renewed for ", "\t"]
)
@pytest.mark.parametrize("length", [200, 100_000])
def test_a_long_one_is_read_at_once(piece: str, length: int) -> None:
    began = time.perf_counter()
    read(piece * (length // len(piece)))
    assert time.perf_counter() - began < 0.5
