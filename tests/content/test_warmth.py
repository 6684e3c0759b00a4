"""The words of staying in touch, of promises and of putting things right; a company's own are laid over them."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.coach.reasons import Occasion
from bot.coach.recovery import FaultKind, Part, Step, faults
from bot.errors import PlaybookError
from content.library import load
from content.warmth import FILE, OURS, SLOTS, Said, Warmth, fill, load_warmth
from tests.content.test_playbook_words import AMERICAN, BANNED, FEELINGS

WARMTH = load_warmth()
TEXT = OURS.read_text(encoding="utf-8")
EMPTY_WORDS = re.compile(
    r"\b(just (checking|wanted)|checking in|circling|hope (this|you)|any updates?)\b", re.IGNORECASE
)


def overlay(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def to_clients(warmth: Warmth) -> Iterator[str]:
    """Every sentence that is meant for a client."""
    yield from (reason.draft for reasons in warmth.reasons.values() for reason in reasons)
    yield from warmth.draft.values()
    yield from (warmth.promise[said] for said in (Said.KEPT, Said.KEPT_LATE, Said.LATE, Said.OVERDUE, Said.RENEGOTIATE))


def test_every_occasion_question_part_and_fault_has_words() -> None:
    assert set(WARMTH.reasons) == set(Occasion)
    assert set(WARMTH.questions) == set(Step)
    assert set(WARMTH.draft) == set(Part)
    assert set(WARMTH.faults) == set(FaultKind)
    assert load().warmth == WARMTH


def test_no_hype_no_cliche_and_nobody_is_told_what_they_feel() -> None:
    assert [one for one in TEXT.splitlines() if BANNED.search(one) or AMERICAN.search(one) or "!" in one] == []
    assert [one for one in to_clients(WARMTH) if FEELINGS.search(one)] == []


def test_nobody_is_ever_just_checked_in_on() -> None:
    assert [one for one in to_clients(WARMTH) if EMPTY_WORDS.search(one)] == []


def test_a_draft_is_short_enough_to_be_read() -> None:
    assert [one for one in to_clients(WARMTH) if len(one.split()) > 45] == []


def test_a_reason_says_why_in_one_or_two_sentences() -> None:
    whys = [reason.why for reasons in WARMTH.reasons.values() for reason in reasons]
    assert [why for why in whys if not re.fullmatch(r"[A-Z].*\.", why) or why.count(". ") > 1] == []


def test_where_an_occasion_has_several_reasons_they_take_turns() -> None:
    reasons = WARMTH.reasons[Occasion.LATER]
    assert [WARMTH.reason(Occasion.LATER, turn) for turn in range(len(reasons) + 1)] == [*reasons, reasons[0]]


def test_our_own_draft_has_no_fault_of_its_own() -> None:
    words = {
        "happened": "we sent you the wrong report",
        "means": "you couldn't send invoices",
        "fix": "send the right report",
    }
    draft = " ".join(
        fill(WARMTH.draft[part], **words, date="Fri 4 Dec 2026", follow_up="Tue 8 Dec 2026") for part in Part
    )
    assert faults(draft, date(2026, 11, 25)) == ()


@pytest.mark.parametrize(
    ("phrase", "unnamed", "named"),
    [
        ("{contact}, you have {promise}.", "You have the draft.", "Ana, you have the draft."),
        ("Good morning, {contact}. All well?", "Good morning. All well?", "Good morning, Ana. All well?"),
        ("You see, {contact}, it works.", "You see, it works.", "You see, Ana, it works."),
    ],
)
def test_a_draft_reads_naturally_with_a_name_and_without(phrase: str, unnamed: str, named: str) -> None:
    assert fill(phrase, promise=" the draft ") == unnamed
    assert fill(phrase, promise="the draft", contact="Ana") == named


def test_no_draft_ever_shows_a_bracket() -> None:
    phrases = [*to_clients(WARMTH), *(reason.why for reasons in WARMTH.reasons.values() for reason in reasons)]
    assert [said for phrase in phrases if re.search(r"[\[\]{}]", said := fill(phrase))] == []
    assert [said for phrase in phrases if not (said := fill(phrase))[0].isupper()] == []
    assert not re.search(r"[\[\]]", " ".join(SLOTS.values()))


def test_three_clients_of_a_day_get_different_drafts_and_nobody_last_times() -> None:
    questions = load().practice("stability.keep_warm").questions
    own = {Occasion.LATE, Occasion.OWED, Occasion.KEPT, Occasion.FIXED, Occasion.INHERITED}
    for occasion in set(Occasion) - own:
        drafts = [
            fill(WARMTH.reason(occasion, number).draft, question=questions[number % len(questions)])
            for number in range(6)
        ]
        assert len(set(drafts)) == 6, occasion


def test_a_company_replaces_the_reasons_of_an_occasion_and_single_words(tmp_path: Path) -> None:
    text = (
        '[[reason]]\noccasion = "week"\nwhy = "Ours."\ndraft = "How is it, {contact}? Write to me."\n'
        '[promise]\nkept = "Done: {promise}."\n'
    )
    theirs = load_warmth(overlay(tmp_path, text))
    assert [reason.why for reason in theirs.reasons[Occasion.WEEK]] == ["Ours."]
    assert theirs.promise[Said.KEPT] == "Done: {promise}."
    assert theirs.promise[Said.LATE] == WARMTH.promise[Said.LATE]
    assert theirs.reasons[Occasion.MONTH] == WARMTH.reasons[Occasion.MONTH]


def test_a_playbook_of_nothing_else_is_laid_over_ours(tmp_path: Path) -> None:
    assert load(overlay(tmp_path, '[promise]\nkept = "Done."\n')).warmth.promise[Said.KEPT] == "Done."


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('[promise]\nkept = "{promse}"', 2, "unknown slot {promse}"),
        ('[promise]\nkept = "{question}"', 2, "unknown slot {question}"),
        ('[promise]\nkept = "{promise"', 2, "a stray brace"),
        ('[promise]\n\nbroken = "x"', 3, "promise.broken"),
        ('[[reason]]\noccasion = "week"\nwhy = "W."\ndraft = "One."', 4, "a draft is two sentences"),
        ('[[reason]]\noccasion = "week"\nwhy = "W."\ndraft = "One. Two. Three."', 4, "a draft is two sentences"),
        ('[[reason]]\noccasion = "weekend"\nwhy = "W."\ndraft = "One. Two."', 2, "occasion"),
        ('[draft]\nown = ""', 2, "draft.own"),
        ('[faults.but]\nmeans = "M."', 1, "faults.but.better"),
        ('[faults.but]\nmeans = "{client}"\nbetter = "B."', 2, "unknown slot {client}"),
        ("[colours]", 1, "colours"),
        ('[promise]\nkept = "We thank {contact}."', 2, "so that it can be left out"),
        ('[[reason]]\noccasion = "week"\nwhy = "W."\ndraft = "We know {note}. Two."', 4, "unknown slot {note}"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(PlaybookError, match=rf"{FILE}:{line}: .*{re.escape(problem)}"):
        load_warmth(overlay(tmp_path, text))


def test_the_example_in_the_documentation_is_taken(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "run-it-for-a-company.md"
    example = re.findall(r"```toml\n(\[\[reason\]\].*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    [reason] = load_warmth(overlay(tmp_path, example[0])).reasons[Occasion.MONTH]
    assert reason.why.startswith("After a month our own users")
