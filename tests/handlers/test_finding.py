"""The one deal that loose words mean, or what to do instead."""

import pytest

from bot.chat.cards import Button, Buttons, Card, Menu
from bot.chat.ids import SUBJECT_MAX
from bot.coach.deals import Deal, DealDraft, Stage
from bot.errors import StaleError
from handlers.finding import mine, named
from store import Unit
from tests.handlers.conftest import NOW, Within


def add(work: Unit, *names: str) -> list[Deal]:
    return [work.deals.add(DealDraft(name=name, client=name.split()[0])) for name in names]


def buttons(card: Deal | Card) -> list[Button]:
    assert isinstance(card, Card)
    return [button for block in card.blocks if isinstance(block, Buttons) for button in block.buttons]


def test_an_open_deal_wins_over_one_that_is_closed(within: Within) -> None:
    def story(work: Unit) -> None:
        old, new = add(work, "Acme pilot", "Acme renewal")
        work.deals.close(old.id, Stage.WON, NOW)
        assert named("acme", work, "prep.open") == new
        found = named("pilot", work, "prep.open")
        assert isinstance(found, Deal)
        assert found.id == old.id

    within(story)


def test_several_that_fit_are_offered_in_a_menu(within: Within) -> None:
    def story(work: Unit) -> None:
        deals = add(work, "Acme pilot", "Acme renewal")
        card = named("acme", work, "deal.won")
        assert isinstance(card, Card)
        [menu] = [block for block in card.blocks if isinstance(block, Menu)]
        assert menu.action == "deal.won"
        assert {option.id for option in menu.options} == {deal.id for deal in deals}

    within(story)


def test_a_misspelling_is_answered_with_the_nearest_and_a_way_to_start(within: Within) -> None:
    def story(work: Unit) -> None:
        [globex] = add(work, "Globex rollout")
        near, start, *_ = buttons(named("glbex", work, "deal.won"))
        assert (near.action, near.subject) == ("deal.won", globex.id)
        assert (start.action, start.subject) == ("prep.new", "glbex")

    within(story)


@pytest.mark.parametrize("words", ["nobody", "🎉", "%", "<!channel>", "'; DROP TABLE deals"])
def test_what_is_not_found_can_be_started_by_hand(within: Within, words: str) -> None:
    start, *_ = buttons(within(lambda work: named(words, work, "prep.open")))
    assert (start.action, start.subject, start.style) == ("prep.new", words, "primary")


def test_words_too_long_for_a_button_are_asked_again(within: Within) -> None:
    start, *_ = buttons(within(lambda work: named("x" * (SUBJECT_MAX + 1), work, "prep.open")))
    assert (start.action, start.subject) == ("prep.other", "")


def test_a_deal_that_is_gone_is_a_plain_sentence(within: Within) -> None:
    with pytest.raises(StaleError, match="Nothing was changed"):
        within(lambda work: mine("no-such-deal", work))
