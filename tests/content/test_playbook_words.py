"""How the playbook is worded: what the loader can't know and a reader would notice."""

import re
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any, TypedDict

import pytest

PLAYBOOK = Path(__file__).parents[2] / "content" / "playbook"


class Item(TypedDict):
    """One checklist line."""

    id: str
    phase: str
    text: str


class Practice(TypedDict):
    """One practice, as it stands in its file."""

    id: str
    title: str
    why: str
    how: list[str]
    avoid: list[str]
    phrases: list[str]
    questions: list[str]
    situations: list[str]
    exercise: str
    checklist: list[Item]


FILES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(PLAYBOOK.glob("*.toml"))
}
PRACTICES: list[Practice] = [practice for file in FILES.values() for practice in file["practice"]]
ITEMS = [item for practice in PRACTICES for item in practice["checklist"]]
each_practice = pytest.mark.parametrize("practice", PRACTICES, ids=[practice["id"] for practice in PRACTICES])

SLOTS = {"client", "contact", "priority", "give", "get", "promise", "date", "success", "problem", "value"}
SLOT = re.compile(r"\{(\w+)\}")

# Each is one a reader is tired of, or one that says nothing.
BANNED = re.compile(
    r"\b(win[- ]win|leverag\w+|synerg\w+|circle back|touch(ing)? base|game[- ]chang\w+|low[- ]hanging|reach(ing)? out"
    r"|at the end of the day|move the needle|deep dive|outside the box|going forward|value[- ]add\w*|no[- ]brainer"
    r"|seamless\w*|unlock\w*|empower\w*|robust|best[- ]in[- ]class|holistic\w*|actionable|paradigm\w*|ecosystem\w*"
    r"|stakeholders?|utili[sz]\w+|delve\w*|ninja\w*|crush\w*|rockstar\w*|super|amazing|awesome|incredibl\w+|simply put"
    r"|pain points?|buy-in|takeaways?|key learnings?|proactive\w*|impactful)\b",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"\b(\w+[^aeiou\W]iz(e|es|ed|ing|ation)|favors?|honors?|colors?|behaviors?|centers?|canceled|canceling|fulfill"
    r"|defense|offense|catalog|program|traveled|labeled|labor)\b",
    re.IGNORECASE,
)
# The coach never tells anybody what somebody feels or is like.
FEELINGS = re.compile(
    r"\byou(?:'re| are| seem| look| sound| feel| must be| must feel)(?: \w+)? (?:angry|upset|frustrated|stressed"
    r"|anxious|nervous|afraid|annoyed|disappointed|tired|worried|difficult|emotional|stubborn|aggressive)\b",
    re.IGNORECASE,
)
# A slot may hold "fewer outages" as well as "going live": it can't be the subject of a verb that shows number.
SUBJECT = re.compile(r"\{(?!client|contact|date)\w+\} (?:is|are|was|were|has|have|does|do|needs?|matters?|comes?)\b")
OPENINGS = ("What", "How", "Which", "Who", "When", "Where")
LONGEST = {
    "title": 40,
    "why": 180,
    "how": 110,
    "avoid": 100,
    "phrases": 120,
    "questions": 80,
    "situations": 90,
    "exercise": 220,
    "checklist": 75,
}
ALIKE = 0.6  # of the words of two lines together, those they share


def _texts(practice: Practice) -> dict[str, list[str]]:
    """Every text of a practice by its kind; the ids and phases are left out."""
    return {
        "title": [practice["title"]],
        "why": [practice["why"]],
        "how": practice["how"],
        "avoid": practice["avoid"],
        "phrases": practice["phrases"],
        "questions": practice["questions"],
        "situations": practice["situations"],
        "exercise": [practice["exercise"]],
        "checklist": [item["text"] for item in practice["checklist"]],
    }


def _all(practice: Practice) -> list[str]:
    return [text for texts in _texts(practice).values() for text in texts]


def _bare(text: str) -> str:
    """Reduce a text to its words, to compare by."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def _faults(pattern: re.Pattern[str], texts: list[str]) -> list[str]:
    return [text for text in texts if pattern.search(text)]


def test_the_four_pillars_are_worded_like_everything_else() -> None:
    assert set(FILES) == {"connection", "clarity", "balance", "stability"}
    promises = [file["promise"] for file in FILES.values()]
    assert all(promise.endswith(".") and promise.count(".") == 1 and len(promise) <= 100 for promise in promises)
    assert not _faults(BANNED, promises)
    assert "!" not in "".join(promises)


@each_practice
def test_no_hype_no_jargon_and_no_cliche_is_said(practice: Practice) -> None:
    assert not _faults(BANNED, _all(practice))


@each_practice
def test_nobody_is_shouted_at(practice: Practice) -> None:
    assert not [text for text in _all(practice) if "!" in text]


@each_practice
def test_spelling_is_british_throughout(practice: Practice) -> None:
    assert not [text for text in _faults(AMERICAN, _all(practice)) if not re.search(r"\b(prize|size|seize)", text)]


@each_practice
def test_no_phrase_or_question_tells_the_client_what_they_feel(practice: Practice) -> None:
    assert not _faults(FEELINGS, practice["phrases"] + practice["questions"])


@each_practice
def test_a_practice_has_enough_of_everything(practice: Practice) -> None:
    counts = {kind: len(texts) for kind, texts in _texts(practice).items()}
    assert counts["how"] == 3
    assert 2 <= counts["avoid"] <= 3
    assert counts["phrases"] >= 8
    assert counts["questions"] >= 5
    assert counts["situations"] >= 10
    assert counts["checklist"] >= 3


@each_practice
def test_every_text_is_short_enough_to_read_between_two_meetings(practice: Practice) -> None:
    texts = _texts(practice)
    assert not [text for kind, limit in LONGEST.items() for text in texts[kind] if len(text) > limit]


@each_practice
def test_why_takes_one_or_two_sentences(practice: Practice) -> None:
    assert 1 <= len(re.findall(r"[.?](?= |$)", practice["why"])) <= 2


@each_practice
def test_sentences_start_with_a_capital_and_end_with_a_stop(practice: Practice) -> None:
    texts = _texts(practice)
    sentences = [text for kind in ("why", "how", "avoid", "phrases", "exercise") for text in texts[kind]]
    assert not [text for text in sentences if not re.search(r"""^["A-Z{].*[.?]"?$""", text)]


@each_practice
def test_titles_and_checklist_items_are_labels_and_take_no_full_stop(practice: Practice) -> None:
    labels = _texts(practice)["title"] + _texts(practice)["checklist"]
    assert not [label for label in labels if not re.search(r"""^[A-Z].*[^.?!:;,]("|\.\.\.")?$""", label)]


@each_practice
def test_questions_are_open(practice: Practice) -> None:
    assert not [text for text in practice["questions"] if not (text.startswith(OPENINGS) and text.endswith("?"))]


@each_practice
def test_situations_are_typed_as_a_rep_types(practice: Practice) -> None:
    capitals = re.compile(r"\b(?!I\b)[A-Z][a-z]|[.!]$")
    assert not _faults(capitals, practice["situations"])


@each_practice
def test_slots_are_known_and_stand_in_phrases_only(practice: Practice) -> None:
    texts = _texts(practice)
    assert {slot for phrase in texts.pop("phrases") for slot in SLOT.findall(phrase)} <= SLOTS
    assert not [text for others in texts.values() for text in others if "{" in text or "}" in text]


@each_practice
def test_most_phrases_have_a_slot(practice: Practice) -> None:
    with_slot = [phrase for phrase in practice["phrases"] if SLOT.search(phrase)]
    assert len(with_slot) * 3 >= len(practice["phrases"]) * 2


@each_practice
def test_a_slot_can_be_filled_in_lower_case_singular_or_plural(practice: Practice) -> None:
    opening = re.compile(r"(?:^|[.?] )\{(?!client|contact)")
    assert not _faults(opening, practice["phrases"])
    assert not _faults(SUBJECT, practice["phrases"])


@each_practice
def test_every_practice_is_on_the_list_before_or_in_the_meeting(practice: Practice) -> None:
    assert {item["phase"] for item in practice["checklist"]} & {"before", "room"}


@each_practice
def test_checklist_ids_are_the_practice_and_one_word(practice: Practice) -> None:
    own = re.compile(re.escape(practice["id"]) + r"\.[a-z]+")
    assert not [item["id"] for item in practice["checklist"] if not own.fullmatch(item["id"])]


def test_the_whole_checklist_can_be_walked_through_before_a_meeting() -> None:
    phases = Counter(item["phase"] for item in ITEMS)
    assert set(phases) == {"before", "room", "after"}
    assert 36 <= phases.total() <= 40
    assert all(12 <= number <= 14 for number in phases.values())


def test_nothing_is_said_twice() -> None:
    said = Counter(_bare(text) for practice in PRACTICES for text in _all(practice))
    assert not [text for text, times in said.items() if times > 1]


@pytest.mark.parametrize("kind", ["phrases", "questions", "situations", "checklist"])
def test_no_two_lines_say_nearly_the_same(kind: str) -> None:
    lines = [frozenset(_bare(text).split()) for practice in PRACTICES for text in _texts(practice)[kind]]
    assert not [(one, other) for one, other in combinations(lines, 2) if len(one & other) > ALIKE * len(one | other)]
