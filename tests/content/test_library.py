"""The playbook is checked once, at the start: a broken one stops it with file and line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.practices import PRACTICE_IDS, Phase
from bot.errors import PlaybookError
from content.library import OURS, SLOTS, fill, load, say

GOOD = (OURS / "connection.toml").read_text(encoding="utf-8")


def overlay(folder: Path, text: str, name: str = "connection.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def first_practice(text: str) -> str:
    """Our file cut down to its first practice."""
    head, practice, *_ = text.split("[[practice]]")
    return f"{head}[[practice]]{practice}"


def test_our_playbook_is_complete() -> None:
    playbook = load()
    assert tuple(practice.id for practice in playbook.practices) == PRACTICE_IDS
    for practice in playbook.practices:
        assert (len(practice.phrases) >= 6, len(practice.questions) >= 4) == (True, True)
        assert (len(practice.checklist) >= 3, len(practice.situations) >= 4) == (True, True)
    assert {item.phase for item in playbook.items()} == set(Phase)


def test_a_company_lays_its_own_practice_over_ours_and_keeps_the_rest(tmp_path: Path) -> None:
    title = load().practice("connection.rapport").title
    playbook = load(overlay(tmp_path, first_practice(GOOD).replace(title, "Say hello first")))
    assert playbook.practice("connection.rapport").title == "Say hello first"
    assert playbook.practice("connection.empathy") == load().practice("connection.empathy")


@pytest.mark.parametrize(
    ("break_it", "named"),
    [
        (lambda text: text.replace("why =", "why", 1), "at line"),
        (lambda text: text.replace("connection.rapport", "connection.flattery"), "unknown practice"),
        (lambda text: text.replace('id = "connection"', 'id = "kindness"', 1), "unknown pillar"),
        (lambda text: text.replace("{", "{nobody_", 1), "unknown slot {nobody_"),
        (lambda text: text.replace("{", "{{{", 1), "connection.toml"),
        (lambda text: text.replace('phase = "before"', 'phase = "yesterday"', 1), "phase"),
        (lambda text: text.replace("exercise =", "exercises =", 1), "exercise"),
        (lambda text: text.replace('id = "connection.rapport.', 'id = "elsewhere.', 1), "must start with"),
    ],
)
def test_a_broken_file_stops_the_start_with_file_and_line(tmp_path: Path, break_it: object, named: str) -> None:
    assert callable(break_it)
    broken = break_it(GOOD)
    assert broken != GOOD
    with pytest.raises(PlaybookError, match=r"connection\.toml(:\d+)?:.*") as refused:
        load(overlay(tmp_path, broken))
    assert named in refused.value.sentence
    assert any(character.isdigit() for character in refused.value.sentence.partition("connection.toml")[2])


def test_the_line_named_is_the_line_that_is_wrong(tmp_path: Path) -> None:
    broken = GOOD.replace('phase = "before"', 'phase = "yesterday"', 1)
    with pytest.raises(PlaybookError) as refused:
        load(overlay(tmp_path, GOOD.replace("{", "{nobody_", 1)))
    line = next(number for number, text in enumerate(broken.splitlines(), 1) if "{" in text)
    assert f"connection.toml:{line}:" in refused.value.sentence


def test_too_few_phrases_are_refused(tmp_path: Path) -> None:
    text = first_practice(GOOD)
    start, end = text.index("phrases = ["), text.index("questions = [")
    short = f'{text[:start]}phrases = ["Only one."]\n{text[end:]}'
    with pytest.raises(PlaybookError, match="at least 6 items"):
        load(overlay(tmp_path, short))


def test_a_folder_without_a_playbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="holds no"):
        load(tmp_path)


def test_a_slot_without_words_shows_what_belongs_there() -> None:
    assert fill("Hello {contact} of {client}", client="Acme") == "Hello [name] of Acme"


@given(st.sampled_from(sorted(SLOTS)), st.text(min_size=1).filter(str.strip))
def test_words_in_a_slot_stay_as_typed_even_with_braces(slot: str, words: str) -> None:
    assert fill(f"a {{{slot}}} b", **{slot: words}) == f"a {words.strip()} b"


def test_the_first_phrase_that_speaks_of_what_is_meant_is_said() -> None:
    trade = load().practice("balance.trade")
    assert say(trade, "give", "get", give="training") == fill(trade.phrases[0], give="training")
    assert "{" not in say(trade, "priority")
    assert say(trade, "success") == fill(trade.phrases[0])


def test_it_learns_beside_whatever_else_goes_on() -> None:
    playbook = load()
    playbook.learn()
    assert "advisor" not in vars(playbook)
    assert playbook.advisor.advise("they want 15% off").practices[0] == "balance.trade"
    assert playbook.advisor is playbook.advisor
