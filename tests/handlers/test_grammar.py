"""One grammar behind every door: what a tired rep types finds its verb."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.grammar import SPELLINGS, Request, nearest, read, split
from handlers.table import VERBS


@pytest.mark.parametrize(
    ("typed", "verb", "words"),
    [
        ("", "help", ""),
        ("   ", "help", ""),
        ("?", "help", ""),
        ("Hi!", "help", ""),
        ("prep acme", "prep", "acme"),
        ("PREP   Acme renewal", "prep", "Acme renewal"),
        ("/negotiate prep acme", "prep", "acme"),
        ("prep: acme", "prep", "acme"),
        ("prepare me for the meeting with Acme", "prep", "Acme"),
        ("prep", "prep", ""),
        ("tip", "tip", ""),
        ("tip balance", "tip", "balance"),
        ("deal add Acme renewal, €48k", "deal add", "Acme renewal, €48k"),
        ("add deal Globex", "deal add", "Globex"),
        ("deals", "deals", ""),
        ("we won acme 🎉", "won", "acme 🎉"),
        ("lost globex", "lost", "globex"),
        ("forget me", "forget me", ""),
        ("thanks!", "thanks", ""),
        ("“prep acme”", "prep", "acme"),
    ],
)
def test_what_is_typed_finds_its_verb(typed: str, verb: str, words: str) -> None:
    assert read(typed) == Request(verb, words)


NO_VERBS = ["prepaid plan", "tipping point", "wonderful", "they want 20% off", "dealership", "🎉"]
SLIPS = [
    ("prpe acme", "prep"),
    ("pepr acme", "prep"),
    ("tpi", "tip"),
    ("wno acme", "won"),
    ("setings", "settings"),
    ("dels", "deals"),
    ("xyzzy", ""),
]


@pytest.mark.parametrize("typed", NO_VERBS)
def test_a_word_that_only_starts_like_a_verb_is_none(typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize(("typed", "verb"), SLIPS)
def test_a_slip_finds_the_nearest_verb(typed: str, verb: str) -> None:
    assert nearest(typed) == verb


@pytest.mark.parametrize("typed", ["the weather", "price is too high", "what now", "client called", "no", "😀"])
def test_a_sentence_that_is_no_slip_suggests_nothing(typed: str) -> None:
    assert nearest(typed) == ""


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("won globex and prep acme", ["won globex", "prep acme"]),
        ("prep acme; tip", ["prep acme", "tip"]),
        ("won globex, and then prep acme", ["won globex", "prep acme"]),
        ("prep johnson and johnson", ["prep johnson and johnson"]),
        ("prep rock and roll", ["prep rock and roll"]),
    ],
)
def test_two_things_in_one_sentence_are_taken_apart(typed: str, parts: list[str]) -> None:
    assert list(split(typed)) == parts


def test_every_verb_has_a_spelling_and_an_answer() -> None:
    assert set(SPELLINGS) == set(VERBS)


@given(st.text(max_size=300))
def test_no_text_breaks_the_grammar(text: str) -> None:
    assert all(request is None or request.verb in SPELLINGS for request in map(read, split(text)))
    nearest(text)
