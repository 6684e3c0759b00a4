"""How coaching looks: short, with words to say, and the next step at hand."""

import pytest

from bot.chat.cards import Buttons, Card, Points, Quote
from bot.chat.plain import of_card
from bot.coach.coaching import Advice, Kind
from bot.coach.deals import Deal
from bot.coach.honesty import Deceit
from bot.coach.practices import PRACTICE_IDS
from bot.coach.reading import Reading, read
from content.library import Playbook
from content.talk import ANSWERED
from handlers import coaching_cards as cards
from handlers.coaching_cards import Found
from handlers.table import PRESSES

ACME = Deal(id="7", owner="U1", name="Acme renewal", client="Acme")
MANY = ("connection.empathy", "clarity.open_questions", "stability.recover", "balance.plan")


def found(*practices: str, sentence: str = "", heard: str = "", deal: Deal | None = None, close: bool = False) -> Found:
    advice = Advice(Kind.PRACTICE, practices, close=close)
    reading = read(sentence) if sentence else Reading()
    return Found(advice=advice, reading=reading, heard=heard, deal=deal, plan=None)


def buttons(card: Card) -> dict[str, str]:
    return {one.label: one.action for block in card.blocks if isinstance(block, Buttons) for one in block.buttons}


def to_say(card: Card) -> list[str]:
    return [block.text for block in card.blocks if isinstance(block, Quote)]


@pytest.mark.parametrize("practice", sorted(PRACTICE_IDS))
@pytest.mark.parametrize("deal", [None, ACME])
def test_every_practice_makes_a_short_card_with_one_sentence_to_say(
    playbook: Playbook, practice: str, deal: Deal | None
) -> None:
    card = cards.practice(found(practice, deal=deal), playbook)
    assert len(to_say(card)) == 1
    assert len(of_card(card)) < 600
    assert set(buttons(card).values()) <= set(PRESSES)
    assert "{" not in of_card(card)
    assert "[what matters to them]" not in to_say(card)[0]


@pytest.mark.parametrize("practice", sorted(PRACTICE_IDS))
def test_the_clients_own_words_come_before_a_question(playbook: Playbook, practice: str) -> None:
    (said,) = to_say(cards.practice(found(practice, heard="the budget is frozen"), playbook))
    assert said.startswith("You said the budget is frozen. ")
    assert "?" in said


def test_two_alternatives_are_shown_where_they_are_close_and_none_where_not(playbook: Playbook) -> None:
    near = cards.practice(found(*MANY, close=True), playbook)
    (points,) = [block for block in near.blocks if isinstance(block, Points)]
    assert len(points.items) == 2
    assert not any(isinstance(block, Points) for block in cards.practice(found(*MANY), playbook).blocks)


def test_a_demand_brings_its_trades_instead_of_alternatives(playbook: Playbook) -> None:
    card = cards.practice(
        found("balance.trade", "balance.plan", "connection.empathy", sentence="they want net 90", close=True), playbook
    )
    assert "For payment net 90 you could trade:" in of_card(card)
    assert "Or, if that is closer" not in of_card(card)


def test_our_own_offer_is_worded_as_a_trade(playbook: Playbook) -> None:
    card = cards.practice(found("balance.trade", sentence="8% off if they take two years"), playbook)
    assert to_say(card) == ["If you sign for two years, then we take 8% off."]


def test_a_deal_that_is_known_is_the_next_step(playbook: Playbook) -> None:
    demand = cards.practice(found("balance.trade", sentence="they want net 90", deal=ACME), playbook)
    other = cards.practice(found("connection.empathy", deal=ACME), playbook)
    assert buttons(demand)["Plan it for Acme renewal"] == "coach.plan"
    assert buttons(other)["Prepare the meeting"] == "prep.open"
    assert buttons(cards.practice(found("balance.plan"), playbook))["Plan trades"] == "plan.ask"
    assert buttons(cards.practice(found("connection.empathy"), playbook))["Prepare a meeting"] == "prep.ask"


@pytest.mark.parametrize("kind", sorted(ANSWERED))
def test_small_talk_gets_a_line_and_no_lesson(playbook: Playbook, kind: Kind) -> None:
    card = cards.other("whatever", Advice(kind), playbook)
    assert card.summary
    assert to_say(card) == []
    assert "tip.show" not in buttons(card).values()


@pytest.mark.parametrize("deceit", Deceit)
def test_every_wish_to_deceive_gets_a_no_and_something_honest_to_say(playbook: Playbook, deceit: Deceit) -> None:
    card = cards.other("whatever", Advice(Kind.DECEIT, deceit=deceit), playbook)
    assert "Honest, and it works:" in of_card(card)
    assert len(to_say(card)) == 1


def test_every_word_of_the_glossary_is_explained_with_an_example(playbook: Playbook) -> None:
    for term in playbook.talk.terms:
        said = of_card(cards.other("what is it", Advice(Kind.QUESTION, term=term), playbook))
        assert "For example: " in said
