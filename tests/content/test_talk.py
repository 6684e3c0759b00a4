"""What the coach says besides the playbook is checked at the start, and worded as everything else."""

import re
from pathlib import Path

import pytest

from bot.coach.coaching import Kind
from bot.coach.honesty import Deceit
from bot.errors import PlaybookError
from content import library
from content.talk import ANSWERED, OURS, load

GOOD = OURS.read_text(encoding="utf-8")
TALK = load()
SLA = '[terms.sla]\nnames = ["SLA"]\nmeans = "What service was agreed."\nexample = "An answer within four hours."\n'
SAID = [
    *(line for answer in TALK.answers.values() for line in answer.says),
    *(line for refusal in TALK.honesty.values() for line in (refusal.no, refusal.instead)),
    *(line for term in TALK.terms.values() for line in (term.means, term.example)),
]


def overlay(folder: Path, text: str) -> Path:
    (folder / "talk.toml").write_text(text, encoding="utf-8")
    return folder


def test_there_is_an_answer_to_everything_that_is_no_practice() -> None:
    assert set(TALK.answers) == ANSWERED
    assert set(TALK.honesty) == set(Deceit)
    assert all(2 <= len(answer.says) <= 4 for answer in TALK.answers.values())


@pytest.mark.parametrize("kind", sorted(ANSWERED))
def test_the_same_words_get_the_same_answer_and_others_may_get_another(kind: Kind) -> None:
    answers = {TALK.answer(kind, f"hello {number}") for number in range(40)}
    assert answers == set(TALK.answers[kind].says)
    assert TALK.answer(kind, "hi 🙂 \ud800") == TALK.answer(kind, "hi 🙂 \ud800")


def test_what_a_practice_answers_has_no_answer_here() -> None:
    with pytest.raises(KeyError):
        TALK.answer(Kind.PRACTICE, "hello")


def test_the_glossary_explains_the_words_of_the_field() -> None:
    wanted = {
        "meso",
        "batna",
        "zopa",
        "walk_away",
        "logrolling",
        "anchor",
        "target",
        "concession",
        "naked_concession",
        "frontier",
    }
    assert wanted <= set(TALK.terms)
    assert all(len(re.findall(r"[.?](?= |$)", term.means)) <= 2 for term in TALK.terms.values())


def test_no_name_of_a_term_stands_for_two() -> None:
    names = [(name.lower(), id_) for id_, term in TALK.terms.items() for name in term.names]
    assert len(dict(names)) == len(set(names))


def test_every_text_is_short_and_nobody_is_shouted_at() -> None:
    assert not [line for line in SAID if len(line) > 180 or "!" in line or not re.search(r"""^["A-Z].*[.?]"?$""", line)]


def test_every_answer_leads_back_to_a_client_or_a_next_step() -> None:
    step = re.compile(r"\b(client|tell me|say (help|tip|prep)|conversation|them|what did)\b", re.IGNORECASE)
    assert not [line for answer in TALK.answers.values() for line in answer.says if not step.search(line)]


def test_there_is_enough_other_talk_to_know_it_by() -> None:
    counts = {kind: len(set(answer.examples)) for kind, answer in TALK.answers.items()}
    assert all(counts[kind] >= 30 for kind in (Kind.GREETING, Kind.THANKS, Kind.ABOUT))
    assert all(counts[kind] >= 60 for kind in (Kind.SMALL_TALK, Kind.OFF_TOPIC))


def test_a_company_lays_its_own_answers_over_ours_and_keeps_the_rest(tmp_path: Path) -> None:
    talk = load(overlay(tmp_path, f'[answers.thanks]\nsays = ["Any time.", "Happy to."]\n{SLA}'))
    assert talk.answers[Kind.THANKS].says == ("Any time.", "Happy to.")
    assert talk.answers[Kind.GREETING] == TALK.answers[Kind.GREETING]
    assert {"sla", "meso"} <= set(talk.terms)


def test_a_folder_with_a_talk_and_no_practices_is_enough(tmp_path: Path) -> None:
    playbook = library.load(overlay(tmp_path, SLA))
    assert playbook.advisor.advise("what's an SLA?").term == "sla"
    assert playbook.pillars == library.load().pillars


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[answers.greeting]", "[answers.greetings]", "greetings"),
        ("[answers.greeting]", "[answers.practice]", "takes no answer"),
        ("[honesty.fact]", "[honesty.fiction]", "fiction"),
        ("means =", "meaning =", "terms.meso"),
        ("[people]", "[persons]", "persons"),
        ("says = [", "says = 3 # [", "talk.toml"),
        ("[terms.meso]", "[terms.meso", "talk.toml"),
    ],
)
def test_a_broken_file_stops_the_start_with_file_and_line(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in GOOD
    with pytest.raises(PlaybookError, match=r"talk\.toml(:\d+)?:.*") as refused:
        load(overlay(tmp_path, GOOD.replace(old, new, 1)))
    assert named in refused.value.sentence
    assert any(character.isdigit() for character in refused.value.sentence.partition("talk.toml")[2])


def test_the_line_named_is_the_line_that_is_wrong(tmp_path: Path) -> None:
    broken = GOOD.replace("[terms.zopa]\nnames = [", "[terms.zopa]\nname = [", 1)
    with pytest.raises(PlaybookError) as refused:
        load(overlay(tmp_path, broken))
    assert f"talk.toml:{broken.splitlines().index('[terms.zopa]') + 1}" in refused.value.sentence


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(PlaybookError, match="can't be read"):
        load(tmp_path)
