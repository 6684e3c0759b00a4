"""Any sentence gets a human answer: the practice that fits, words to say, or no lesson at all."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.cards import Buttons, Card, Prose, Quote
from bot.chat.events import Quoted
from bot.chat.replies import Say
from content.library import Playbook
from handlers.coaching import quoted, understood
from handlers.coaching_cards import QUOTED_MAX, quotation
from handlers.table import PRESSES
from tests.handlers.conftest import ANN, NOW, Within
from tests.handlers.in_the_room import Rep
from tests.handlers.talking import desk


@pytest.fixture
async def rep(database: str, playbook: Playbook) -> AsyncIterator[Rep]:
    async with desk(database, playbook) as opened:
        yield Rep(opened)


# What a rep writes


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("how do I open a call with a new contact", "Open on a human note"),
        ("she told me they got burned by the last vendor", "Listen, then name what matters"),
        ("they want 15% off or they walk", "Trade instead of giving away"),
        ("hi, they want 15% off", "Trade instead of giving away"),
        ("help me with procurement, they want net 90", "Trade instead of giving away"),
        ("we messed up the delivery and they're furious", "Own a problem and put it right"),
        ("deal is signed, how do I stay in touch", "Stay in touch after signing"),
        ("I promised them a report by Friday and forgot", "Keep every promise as agreed"),
        ("all my questions get a yes and I learn nothing", "Ask what and how"),
    ],
)
async def test_a_situation_is_met_with_the_practice_that_fits(rep: Rep, typed: str, title: str) -> None:
    read = await rep.says(typed)
    assert read.startswith(f"{title}. ")
    assert read.endswith("Only you can see this.")
    assert "More on this" in rep.labels
    assert rep.to_say


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("she told me they got burned by the last vendor", "You said you got burned by the last vendor. "),
        ("they said the budget is frozen until June", "You said the budget is frozen until June. "),
        ("they keep saying 'your price is too high'", "You said our price is too high. "),
        ("the client says 'we have no money left this year'", "You said you have no money left this year. "),
        ("they told me you're too expensive", "You said we're too expensive. "),
    ],
)
async def test_the_clients_own_words_are_in_the_sentence_to_say(rep: Rep, typed: str, said: str) -> None:
    await rep.says(typed)
    assert rep.to_say[0].startswith(said)
    assert rep.to_say[0].endswith("?")


@pytest.mark.parametrize("typed", ["they said we are too slow", "he told me they'd call us back and that we decide"])
async def test_words_that_could_be_anybodys_are_put_into_nobodys_mouth(rep: Rep, typed: str) -> None:
    await rep.says(typed)
    assert not any(words.startswith("You said") for words in rep.to_say)


@pytest.mark.parametrize(
    "typed",
    ["what should I do now", "they went silent", "they said the budget is frozen until June", "I'm scared of the CFO",
     "prep took ages and they cancelled", "won over their CFO today", "lost my temper on the call"],
)  # fmt: skip
async def test_at_most_two_alternatives_are_shown(rep: Rep, typed: str) -> None:
    read = await rep.says(typed)
    assert read.partition("Or, if that is closer:")[2].count("- ") <= 2


@pytest.mark.parametrize(
    "typed", ["I feel that they don't trust me", "got burned by procurement last year and now I'm nervous"]
)
async def test_what_matters_to_them_is_asked_where_nobody_said_it(rep: Rep, typed: str) -> None:
    await rep.says(typed)
    assert "[what matters to them]" not in rep.to_say[0]


async def test_what_went_wrong_is_owned_in_a_sentence_with_a_gap_to_fill(rep: Rep) -> None:
    await rep.says("we messed up the delivery and they're furious")
    assert rep.to_say[0].startswith("We got this wrong")


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("hello", "Here is what you can ask"),
        ("thanks a lot", "Any time."),
        ("ok", "Any time."),
        ("got it", "Any time."),
        ("how was your weekend?", ""),
        ("what's the weather like in Paris?", "I'd be no good at that one."),
        ("who are you?", "I help you negotiate"),
        ("asdf qwer", ""),
        ("🎉🎉", ""),
        ("forget it", ""),
    ],
)
async def test_what_is_no_matter_for_a_practice_gets_a_human_answer(rep: Rep, typed: str, answered: str) -> None:
    read = await rep.says(typed)
    assert answered in read
    assert "More on this" not in rep.labels
    assert rep.to_say == []


@pytest.mark.parametrize(("typed", "term"), [("what's a BATNA?", "BATNA. "), ("what is a MESO", "MESO. ")])
async def test_a_word_of_the_field_is_explained(rep: Rep, typed: str, term: str) -> None:
    assert (await rep.says(typed)).startswith(term)


async def test_deceit_is_refused_with_an_honest_line(rep: Rep) -> None:
    read = await rep.says("should I tell them we have another buyer?")
    assert read.startswith("I won't help invent another offer.")
    assert len(rep.to_say) == 1


async def test_a_demand_is_traded_at_once_and_can_be_planned_without_typing_it_again(rep: Rep) -> None:
    await rep.has("Acme renewal")
    read = await rep.says("they want 15% off or they walk")
    assert "For 15% off you could trade:" in read
    assert "Or, if that is closer" not in read
    assert "What is behind it?" in await rep.presses("Plan it for Acme renewal")
    (entry,) = (await rep.plan()).gives
    assert (entry.tradable.what, str(entry.tradable.amount)) == ("discount", "15")


async def test_a_demand_of_somebody_unknown_leans_on_no_plan_of_mine(rep: Rep) -> None:
    await rep.has("Acme renewal")
    await rep.plans()
    assert "Over your limit" in await rep.says("they want 15% off")
    assert "Over your limit" not in await rep.says("globex want 15% off")


@pytest.mark.parametrize(("typed", "meant"), [("prpe acme", "prep"), ("tpi", "tip")])
async def test_a_slip_of_the_finger_is_asked_about(rep: Rep, typed: str, meant: str) -> None:
    assert f"Did you mean {meant}?" in await rep.says(typed)


async def test_a_slip_is_run_by_its_button(rep: Rep) -> None:
    await rep.says("tpi")
    assert "Two minutes:" in await rep.presses("tip")


@given(st.lists(st.text(max_size=200), min_size=20, max_size=20))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_pointed_at_gets_a_card(within: Within, playbook: Playbook, texts: list[str]) -> None:
    cards = within(lambda work: [quoted(pointed(text), work, playbook, NOW)[0] for text in texts])
    assert all(say.card.summary for say in cards)


# What a client wrote


def pointed(text: str, author: str = "") -> Quoted:
    return Quoted(address=ANN, at=NOW, receipt="r", text=text, author=author)


def words(event: Quoted) -> list[str]:
    """What the quotation says, part by part."""
    blocks = quotation(event)
    assert all(isinstance(block, Prose | Quote) for block in blocks)
    return [block.text if isinstance(block, Quote) else block.runs[0].text for block in blocks]  # type: ignore[union-attr]


@pytest.fixture
def card(within: Within, playbook: Playbook) -> Card:
    (say,) = within(lambda work: quoted(pointed("15% off\nor we walk.", "Ana Silva"), work, playbook, NOW))
    assert isinstance(say, Say)
    assert say.lasting
    return say.card


def test_the_message_is_quoted_with_its_author_in_a_card_that_stays(card: Card) -> None:
    assert words(pointed("15% off\nor we walk.", "Ana Silva")) == ["Ana Silva wrote:", "15% off\nor we walk."]
    quotes = [block.text for block in card.blocks if isinstance(block, Quote)]
    assert quotes == ["15% off\nor we walk.", "If we could take 15% off, would you sign for longer?"]


def test_every_button_below_it_leads_somewhere(card: Card) -> None:
    buttons = [button for block in card.blocks if isinstance(block, Buttons) for button in block.buttons]
    assert {button.action for button in buttons} <= set(PRESSES)


def test_without_a_name_nobody_is_named() -> None:
    assert words(pointed(" Hello ")) == ["They wrote:", "Hello"]


def test_a_very_long_message_is_quoted_by_its_beginning_and_says_so() -> None:
    who, begins, note = words(pointed("word " * 8000))
    assert len(begins) <= QUOTED_MAX
    assert begins.endswith("…")
    assert (who, note) == ("They wrote:", "It is longer than that; I quote how it begins.")


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_message_without_words_is_asked_for_in_words(within: Within, playbook: Playbook, text: str) -> None:
    (say,) = within(lambda work: quoted(pointed(text), work, playbook, NOW))
    assert say.lasting
    assert "no words" in say.card.summary
    assert not any(isinstance(block, Quote) for block in say.card.blocks)


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_words_and_any_name_make_a_quotation(text: str, author: str) -> None:
    assert all(words(pointed(text, author)))


@pytest.mark.parametrize(
    ("message", "title", "to_say"),
    [
        ("We got burned by our last vendor, so I am careful.", "Listen, then name what matters",
         "You said you got burned by your last vendor, so you are careful. "),
        ("You promised us a report by Friday and it is still not here.", "Keep every promise as agreed",
         "You said we promised you a report by Friday and it is still not here. "),
        ("could you include onboarding if we sign for two years?", "Trade instead of giving away",
         "If we could add some onboarding, would you sign for two years?"),
        ("We'd sign by Friday if you throw in training.", "Trade instead of giving away",
         "If we could add some training, would you sign by Friday?"),
    ],
)  # fmt: skip
async def test_a_clients_message_is_met_and_their_point_said_back(
    rep: Rep, message: str, title: str, to_say: str
) -> None:
    read = await rep.points_at(message)
    assert f"They wrote: > {message} {title}. " in read
    assert rep.to_say[1].startswith(to_say)


async def test_what_they_ask_for_is_ours_and_what_they_offer_theirs(rep: Rep) -> None:
    read = await rep.points_at("We need 15% off and net 60, or we walk")
    assert "For 15% off and payment net 60 you could trade:" in read
    read = await rep.points_at("we could pay net 30")
    assert "you could trade" not in read


async def test_a_friendly_message_gets_no_practice_forced_on_it(rep: Rep) -> None:
    read = await rep.points_at("Thanks, talk soon!")
    assert "Before you answer: name what matters to them, then ask one open question about it." in read


@pytest.mark.parametrize("message", ["Can you do 20%?", "We need 20% off and it's urgent for us"])
async def test_a_demand_in_a_message_can_be_planned_without_typing_it(rep: Rep, message: str) -> None:
    await rep.has("Acme renewal")
    await rep.points_at(message)
    assert "What is behind it?" in await rep.presses("Plan it for Acme renewal")
    (entry,) = (await rep.plan()).gives
    assert (entry.tradable.what, str(entry.tradable.amount)) == ("discount", "20")


async def test_the_private_limit_is_in_no_words_for_the_client(rep: Rep) -> None:
    await rep.has("Acme renewal")
    await rep.plans(gives="8% off, at most 10%")
    read = await rep.points_at("Can you do 15%?")
    assert "Over your limit: you stop at 10% off." in read
    assert not any("10%" in said or "15% off" in said for said in rep.to_say[1:])


async def test_a_message_pointed_at_while_a_plan_is_under_way_leaves_it_under_way(rep: Rep) -> None:
    await rep.has("Acme renewal")
    await rep.says("plan acme")
    await rep.points_at("We need 15% off")
    assert "What is behind it?" in await rep.says("they want 15% off")


def test_what_is_understood_has_the_shape_that_is_measured(playbook: Playbook) -> None:
    assert understood("hi", playbook) == {"text": "hi", "practices": [], "gives": [], "gets": []}
    (give,) = understood("up to 8% off", playbook)["gives"]
    assert give == {"what": "discount", "amount": 8, "unit": "%", "limit": True}


async def test_a_demand_without_a_deal_keeps_its_words_until_one_is_chosen(rep: Rep) -> None:
    for deal in ("Globex rollout", "Initech pilot"):
        await rep.says(f"deal add {deal}")
    await rep.says("the client wants net 90")
    await rep.presses("Plan it")
    assert "Which negotiation shall we plan?" in rep.read
    await rep.presses("Globex rollout")
    assert "They ask for: payment net 90." in rep.read


async def test_a_demand_that_cannot_be_meant_is_asked_about(rep: Rep) -> None:
    assert "“120% off” is more than all of it" in await rep.says("they want 120% off")


async def test_a_slip_of_a_verb_that_stands_alone_leads_to_that_verb(rep: Rep) -> None:
    await rep.says("forget that")
    assert "Did you mean forget me?" in rep.read
    await rep.presses("forget me")
    assert "Forget me" in rep.read
