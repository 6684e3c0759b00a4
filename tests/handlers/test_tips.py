"""A tip is found by the loose name of its practice or pillar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import Button, Buttons, Card, Heading
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Say
from bot.errors import StaleError
from content.library import Playbook, load
from handlers import tips
from store import Unit
from tests.handlers.conftest import ANN, NOW, Within

PLAYBOOK = load()


def ask(words: str, work: Unit, playbook: Playbook = PLAYBOOK) -> Card:
    asked = Asked(address=ANN, at=NOW, receipt="", text=words)
    [say] = tips.tip(asked, work, playbook, NOW)
    assert isinstance(say, Say)
    return say.card


def press(subject: str, work: Unit) -> Card:
    pressed = Pressed(address=ANN, at=NOW, receipt="", action="tip.show", subject=subject)
    [say] = tips.press(pressed, work, PLAYBOOK, NOW)
    assert isinstance(say, Say)
    return say.card


def practice_of(card: Card) -> str:
    title = next(block.text for block in card.blocks if isinstance(block, Heading))
    return next(one.id for one in PLAYBOOK.practices if one.title == title)


@pytest.mark.parametrize(
    ("words", "practice"),
    [
        ("connection.rapport", "connection.rapport"),
        ("rapport", "connection.rapport"),
        ("RAPPORT", "connection.rapport"),
        ("raport", "connection.rapport"),
        ("open questions", "clarity.open_questions"),
        ("open_questions", "clarity.open_questions"),
        ("clarity open questions", "clarity.open_questions"),
        ("keep warm", "stability.keep_warm"),
        ("warm", "stability.keep_warm"),
        ("paraphrse", "clarity.paraphrase"),
        ("balance", "balance.plan"),
        ("stability", "stability.deliver"),
    ],
)
def test_a_loose_name_finds_its_practice(within: Within, words: str, practice: str) -> None:
    assert practice_of(within(lambda work: ask(words, work))) == practice


@pytest.mark.parametrize("practice", PLAYBOOK.practices, ids=lambda practice: str(practice.id))
def test_every_practice_is_found_by_its_own_title(within: Within, practice: object) -> None:
    title = getattr(practice, "title", "")
    assert practice_of(within(lambda work: ask(title, work))) == getattr(practice, "id", "")


def test_a_name_that_fits_nothing_offers_the_pillars(within: Within) -> None:
    card = within(lambda work: ask("gibberish", work))
    buttons = next(block.buttons for block in card.blocks if isinstance(block, Buttons))
    assert card.summary.startswith("I have no tip called “gibberish”")
    assert all(isinstance(button, Button) for button in buttons)
    assert [button.subject for button in buttons] == [*(pillar.id for pillar in PLAYBOOK.pillars), ""]


def test_without_a_name_every_practice_comes_once_before_one_comes_again(within: Within) -> None:
    seen = within(lambda work: [practice_of(ask("", work)) for _ in range(13)])
    assert len(set(seen[:12])) == 12
    assert seen[12] == seen[0]


def test_a_pillar_goes_round_among_its_own_with_another_phrase_each_time(within: Within) -> None:
    cards = within(lambda work: [ask("balance", work) for _ in range(6)])
    assert {practice_of(card).partition(".")[0] for card in cards} == {"balance"}
    assert len({card.blocks for card in cards}) == 6


def test_a_button_of_a_practice_that_left_the_playbook_says_so(within: Within) -> None:
    assert practice_of(within(lambda work: press("balance.trade", work))) == "balance.trade"
    with pytest.raises(StaleError, match="left the playbook"):
        within(lambda work: press("balance.flattery", work))


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(words: str) -> None:
    assert set(tips._meant(words, PLAYBOOK)) <= set(PLAYBOOK.practices)  # noqa: SLF001  without a store for each example


def test_a_situation_brings_the_tip_that_fits_it(within: Within, playbook: Playbook) -> None:
    event = Asked(address=ANN, at=NOW, receipt="r", text="handling a tough buyer who wants a discount")
    (say,) = within(lambda work: tips.tip(event, work, playbook, NOW))
    assert say.card.summary == "Tip: Trade instead of giving away"
