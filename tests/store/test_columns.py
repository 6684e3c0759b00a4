from hypothesis import given
from hypothesis import strategies as st

from store.columns import storable


@given(st.text())
def test_text_is_kept_as_it_is_but_for_nul(text: str) -> None:
    assert storable(text) == text.replace("\x00", "")


@given(st.text(st.characters(categories=None)))
def test_whatever_a_broken_client_sends_becomes_text_that_can_be_stored(text: str) -> None:
    kept = storable(text)
    assert "\x00" not in kept.encode().decode()
    assert storable(kept) == kept


def test_half_a_character_shows_as_unreadable_and_two_halves_as_one() -> None:
    assert storable("a\ud83db") == "a\ufffdb"
    assert storable("\ud83d\ude80") == "🚀"
