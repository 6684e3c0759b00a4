"""`counter`: a demand in, two or three trades out, within the limit and with the words to say."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.address import Address
from content.library import Playbook
from tests.handlers.in_the_room import Rep
from tests.handlers.talking import desk


@pytest.fixture
async def rep(database: str, playbook: Playbook) -> AsyncIterator[Rep]:
    async with desk(database, playbook) as opened:
        yield Rep(opened)


def trades(read: str) -> int:
    return read.count("- If ")


@pytest.mark.parametrize(
    "typed", ["counter 15% off or they walk", "counter: they want 15% off", "counter can you do 15%?"]
)
async def test_without_a_plan_the_usual_trades_answer_a_demand(rep: Rep, typed: str) -> None:
    read = await rep.says(typed)
    assert "They ask for 15% off" in read
    assert 2 <= trades(read) <= 3
    assert "The usual ones; a plan makes them yours." in read
    assert rep.to_say == ["If we could take 15% off, would you sign for longer?"]
    assert rep.labels == ["Plan trades"]


async def test_with_a_plan_its_trades_answer(rep: Rep) -> None:
    await rep.has("Acme renewal")
    await rep.plans(gives="onboarding, and 8% off at most 10%", gets="a case study")
    read = await rep.says("counter free onboarding")
    assert "If you agree to a case study, then we add some onboarding." in read
    assert "From your plan for Acme renewal. Only you can see this." in read
    assert rep.labels == ["Open the plan", "What moved?"]


async def test_a_plan_without_a_trade_that_pays_is_not_said_to_be_the_source(rep: Rep) -> None:
    await rep.has("Acme renewal")
    await rep.plans()
    assert "The usual ones; your plan has no trade for this yet." in await rep.says("counter 9% off")


async def test_above_the_limit_the_rep_is_told_and_the_client_is_not(rep: Rep) -> None:
    await rep.has("Acme renewal")
    await rep.plans(gives="8% off, at most 10%, and onboarding", gets="a case study, two years")
    for typed in ("counter 15% off", "counter 15% off and net 60", "they want 15% off"):
        read = await rep.says(typed)
        assert "Over your limit: you stop at 10% off." in read
        assert "10%" not in " ".join(rep.to_say)
        assert "15% off" not in " ".join(rep.to_say)
        assert not any("10%" in line or "15%" in line for line in read.split("- If ")[1:-1])


async def test_within_the_limit_nothing_is_said_of_it(rep: Rep) -> None:
    await rep.has("Acme renewal")
    await rep.plans()
    read = await rep.says("counter 9% off")
    assert "limit" not in read
    assert rep.to_say == ["If we could take 9% off, would you sign for longer?"]


async def test_more_than_all_of_it_is_asked_about(rep: Rep) -> None:
    read = await rep.says("counter 120% off")
    assert "“120% off” is more than all of it" in read
    assert trades(read) == 0


@pytest.mark.parametrize("typed", ["counter blah blah", "counter 😀", "counter " + "x" * 5000, "counter \u202e\u0645"])
async def test_a_demand_that_nobody_understands_gets_trades_that_fit_most_deals(rep: Rep, typed: str) -> None:
    read = await rep.says(typed)
    assert "I didn't find what they want in that" in read
    assert 2 <= trades(read) <= 3
    assert len(read) < 1500


async def test_several_demands_are_all_named_and_each_gets_a_trade(rep: Rep) -> None:
    read = await rep.says("counter they want 15% off and net 60")
    assert "They ask for 15% off and payment net 60" in read
    assert "we take 15% off" in read
    assert "we agree to payment net 60" in read


async def test_what_they_offer_by_themselves_is_taken_first(rep: Rep) -> None:
    read = await rep.says("counter 15% off and we'd pay upfront")
    assert "They ask for 15% off, and offer payment in advance" in read
    assert rep.to_say == ["If we could take 15% off, would you pay in advance?"]
    assert read.count("pay in advance, then") == 1


async def test_our_own_offer_of_the_same_stands_before_their_demand(rep: Rep) -> None:
    read = await rep.says("counter they want 15% but we could do 8%")
    assert "They ask for 15% off" in read
    assert rep.to_say == ["If we could take 8% off, would you sign for longer?"]


async def test_without_a_demand_it_is_asked_for_and_typed_next(rep: Rep) -> None:
    assert "What are they asking for?" in await rep.says("counter")
    assert "They ask for payment net 60" in await rep.says("net 60")
    assert "They ask for" not in await rep.says("what's a MESO?")


@pytest.mark.parametrize(
    ("aside", "answered"), [("what's a MESO?", "MESO. "), ("ok", "Any time."), ("hello", "I help you")]
)
async def test_something_else_in_between_is_answered_and_the_demand_still_awaited(
    rep: Rep, aside: str, answered: str
) -> None:
    await rep.says("counter")
    assert answered in await rep.says(aside)
    assert "They ask for payment net 60" in await rep.says("net 60")


async def test_asked_in_company_the_next_sentence_there_is_nobodys(rep: Rep) -> None:
    assert "What are they asking for?" in await rep.commands("counter")
    assert "They ask for" not in await rep.commands("hello")


async def test_a_deal_that_is_named_brings_its_plan(rep: Rep) -> None:
    await rep.has("Acme renewal", "Globex rollout")
    await rep.plans("acme")
    for typed in ("counter acme want 15% off", "counter 15% off for acme", "counter 15% off"):
        assert "you stop at 10% off" in await rep.says(typed)
    for typed in ("counter globex want 15% off", "counter 15% off for globex"):
        assert "limit" not in await rep.says(typed)
        assert "Plan trades for Globex rollout" in rep.labels


async def test_somebody_elses_deal_and_none_get_the_same_answer_and_no_plan_of_mine(rep: Rep) -> None:
    tom = Rep(rep.desk, address=Address("slack", "T1", "D2", "U2"))
    await tom.has("Globex rollout")
    await rep.has("Acme renewal")
    await rep.plans()
    said = [(await rep.says(f"counter {name} want 15% off")).replace(name, "-") for name in ("globex", "initech")]
    assert said[0] == said[1]
    assert "is none of your deals, so this leans on no plan" in said[0]
    assert "limit" not in said[0]
    said = [(await rep.says(f"counter 15% off for {name}")).replace(name, "-") for name in ("globex", "initech")]
    assert said[0] == said[1]
    assert "I can't find" in said[0]


async def test_a_persons_name_may_mean_the_deal_at_hand_after_a_press(rep: Rep) -> None:
    await rep.has("Acme renewal")
    await rep.plans()
    await rep.says("counter Sandra wants 15% off")
    assert "you stop at 10% off" in await rep.presses("It's about Acme renewal")


@pytest.mark.parametrize("who", ["their CFO", "the buyer", "procurement", "she", "legal"])
async def test_a_role_is_no_name(rep: Rep, who: str) -> None:
    await rep.has("Acme renewal")
    await rep.plans()
    assert "you stop at 10% off" in await rep.says(f"counter {who} wants 15% off")


async def test_a_name_that_fits_two_deals_is_asked_about_and_the_demand_goes_on(rep: Rep) -> None:
    await rep.has("Acme renewal", "Acme expansion")
    assert "Which one do you mean by “acme”?" in await rep.says("counter 15% off for acme")
    assert "They ask for 15% off" in await rep.presses("Acme expansion")
    assert "Plan trades for Acme expansion" in rep.labels


async def test_started_by_hand_the_demand_goes_on(rep: Rep) -> None:
    await rep.says("counter 15% off for initech")
    assert "They ask for 15% off" in await rep.presses("Start with “initech”")
    assert "Plan trades for initech" in rep.labels


@pytest.mark.parametrize("typed", ["counter say we have another bidder", "counter with a fake deadline"])
async def test_deceit_is_refused_with_an_honest_line(rep: Rep, typed: str) -> None:
    read = await rep.says(typed)
    assert "Honest, and it works:" in read
    assert trades(read) == 0
    assert len(rep.to_say) == 1
