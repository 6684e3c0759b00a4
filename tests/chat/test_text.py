import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import Run
from bot.chat.text import BLANK, inside_a_word, packed, parts, pieces, printable, shorten, shown, units

ASTRONAUT = "👩🏽\u200d🚀"
ANY = st.text(alphabet="ab \n\u00e9\u0301👩🏽\u200d🇹🇷\ufe0f", max_size=60)


@given(ANY, st.integers(2, 20))
def test_a_split_text_is_whole_again_when_joined(text: str, limit: int) -> None:
    found = list(pieces(text, limit))
    assert "".join(found) == text
    assert all(units(piece) <= limit for piece in found)


@given(ANY, st.integers(3, 20))
def test_a_shortened_text_fits_and_says_that_it_was_shortened(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert units(short) <= limit
    assert short == text or short.endswith("…")


@given(st.lists(st.builds(Run, ANY, st.booleans()), max_size=5), st.integers(4, 20))
def test_a_split_paragraph_keeps_every_word_and_its_weight(runs: list[Run], limit: int) -> None:
    found = [run for part in parts(tuple(runs), limit, cost=0) for run in part]
    before = [(letter, run.strong) for run in runs for letter in run.text]
    after = [(letter, run.strong) for run in found for letter in run.text]
    assert after == before or (not "".join(run.text for run in runs).strip() and found == [Run(BLANK)])


def test_an_emoji_of_several_characters_is_never_cut_in_two() -> None:
    assert list(pieces(ASTRONAUT * 3, 8)) == [ASTRONAUT] * 3
    assert list(pieces("ab" + ASTRONAUT, 7)) == ["ab", ASTRONAUT]
    assert [shorten("ab" + ASTRONAUT, limit) for limit in range(5, 9)] == ["ab…"] * 4
    assert list(pieces("🇹🇷🇩🇪", 5)) != ["🇹🇷"]


def test_a_text_is_split_between_words_where_there_are_any() -> None:
    assert list(pieces("one two three", 8)) == ["one two ", "three"]


def test_a_text_that_will_be_trimmed_is_split_inside_a_word() -> None:
    assert list(pieces("one two three", 8, inside_a_word)) == ["one tw", "o three"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("a\x00b\x1b", "ab"), ("a\r\nb\rc\u2028d", "a\nb\nc\nd"), ("a\tb", "a\tb"), ("a\ud800b", "ab"), ("é 👩", "é 👩")],
)
def test_what_has_no_shape_is_left_out(raw: str, expected: str) -> None:
    assert printable(raw) == expected


@pytest.mark.parametrize("raw", ["", "  ", "\n\t", "\x00", " \ud800 "])
def test_a_dash_stands_for_a_blank_text(raw: str) -> None:
    assert shown(raw) == BLANK
    assert [run.text for part in parts((Run(raw),), 100) for run in part] == [BLANK]


def test_things_are_packed_in_order_and_one_too_heavy_stands_alone() -> None:
    assert list(packed([1, 2, 3, 9, 1, 1, 1], 2, 5, int)) == [[1, 2], [3], [9], [1, 1], [1]]
    assert list(packed([], 2, 5, int)) == []
