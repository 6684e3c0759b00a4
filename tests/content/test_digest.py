"""The words of a team's digest: in the coach's voice, all of them used, a company's own laid over them."""

import re
from pathlib import Path

import pytest

from bot.errors import PlaybookError
from content.digest import FILE, OURS, load_digest
from content.library import load
from tests.content.test_playbook_words import AMERICAN, BANNED

WORDS = load_digest()
HANDLERS = Path(__file__).parents[2] / "handlers"
# A claim that staying in touch brought something, or a verdict on somebody.
CAUSE = re.compile(
    r"\b(because of|thanks to|led to|caused|resulted|drove|best|worst|top|rank(?!ed)|score(?!s of))\b", re.IGNORECASE
)


def overlay(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_no_hype_no_verdict_and_no_claim_of_a_cause() -> None:
    said = WORDS.said.values()
    assert [one for one in said if BANNED.search(one) or AMERICAN.search(one) or CAUSE.search(one) or "!" in one] == []


def test_the_coach_says_every_line_there_is_and_no_other() -> None:
    code = "\n".join(path.read_text() for path in HANDLERS.glob("digest_*.py"))
    used = {key for key in WORDS.said if f'"{key}"' in code or key.startswith("not_here_")}
    assert used == set(WORDS.said)


def test_what_is_not_here_is_said_completely() -> None:
    said = " ".join(WORDS(f"not_here_{n}") for n in range(1, 5))
    for never in (
        "league table",
        "scores of people",
        "private text",
        "walk-aways",
        "drafts",
        "ticks",
        "four",
        "took something out",
    ):
        assert never in said


def test_the_playbook_holds_them() -> None:
    assert load().digest == WORDS


def test_a_slot_shows_what_it_is_given_and_nothing_in_it_is_read_again() -> None:
    assert WORDS("title", team="{days} & <b>", days="16–22 Nov") == "{days} & <b>, 16–22 Nov"


def test_a_company_lays_its_own_lines_over_ours(tmp_path: Path) -> None:
    words = load_digest(overlay(tmp_path, '[say]\nwins = "Good news"\n'))
    assert (words("wins"), words("help")) == ("Good news", WORDS("help"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[say]\nwin_of_the_week = "Ha"\n', ":2: unknown line 'win_of_the_week'"),
        ('[say]\nwins = "What {name} did"\n', ":2: unknown slot {name}"),
        ('[say]\nwins = "What went {well"\n', ":2: a stray brace"),
        ('[say]\nwins = ""\n', "at least 1 character"),
        ('[other]\nwins = "x"\n', "Extra inputs"),
        ("[say\n", FILE),
    ],
)
def test_a_slip_is_refused_with_its_place(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(PlaybookError, match=re.escape(problem)):
        load_digest(overlay(tmp_path, text))


def test_a_folder_without_such_a_file_changes_nothing(tmp_path: Path) -> None:
    assert load_digest(tmp_path) == WORDS
    assert OURS.name == FILE
