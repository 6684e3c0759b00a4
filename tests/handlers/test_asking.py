"""A sentence without a platform goes the way of a direct message, and leaves nothing."""

from pathlib import Path

import pytest

from bot.chat.plain import of_reply
from bot.chat.replies import Ask, Say
from content.library import Playbook
from handlers.asking import ask
from tests.handlers.conftest import NOW


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("tip", "Two minutes:"),
        ("deal add Wayne renewal, $12.5k and deals", "Wayne renewal"),
        ("settings", "UTC"),
        ("won nosuchdeal", "nosuchdeal"),
        ("what do I say to this?", "You could say:"),
        ("they want 15% off", "For 15% off you could trade:"),
        ("", "What"),
    ],
)
async def test_a_sentence_is_answered(playbook: Playbook, elsewhere: Path, sentence: str, said: str) -> None:
    assert said in of_reply(await ask(sentence, playbook, lambda: NOW))
    assert is_empty(elsewhere)


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


async def test_who_asks_twice_is_met_for_the_first_time_twice(playbook: Playbook) -> None:
    first, again = [await ask("tip", playbook, lambda: NOW) for _ in range(2)]
    assert first == again
    assert isinstance(first[0], Say)


async def test_a_form_is_an_answer_too(playbook: Playbook) -> None:
    (act,) = await ask("deal add", playbook, lambda: NOW)
    assert isinstance(act, Ask)
