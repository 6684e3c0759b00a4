"""From `plan acme` to the first question, and whose plan it is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.address import Address
from bot.chat.replies import Ask, Refuse
from bot.coach.deals import DealDraft, Stage
from bot.coach.plans import Step
from bot.coach.preparation import Certainty
from content.library import Playbook
from store import Unit
from tests.handlers.conftest import ANN
from tests.handlers.talking import Desk, Rep, desk

BOB = Address("slack", "T1", "D2", "U2")


async def rep_with(opened: Desk, *names: str) -> Rep:
    """Ann, whom the coach has met, with deals of these names."""
    rep = Rep(opened)
    await rep.says("help")

    def add(work: Unit) -> None:
        for name in names:
            work.deals.add(DealDraft(name=name, client=name.split()[0]))

    await rep.does(add)
    return rep


async def test_nobody_with_deals_has_to_type_a_name(database: str, playbook: Playbook) -> None:
    async with desk(database, playbook) as opened:
        rep = await rep_with(opened, "Acme renewal", "Globex expansion")
        assert "Which negotiation shall we plan?" in await rep.says("plan")
        assert rep.labels == ["Acme renewal", "Globex expansion", "Other"]
        assert "What are they asking for?" in await rep.presses("Globex")
        await rep.says("plan")
        assert rep.labels[0] == "Globex expansion"  # what is under way comes first


async def test_without_any_deal_a_clients_name_is_enough(database: str, playbook: Playbook) -> None:
    async with desk(database, playbook) as opened:
        rep = Rep(opened)
        assert "A client's name is enough" in await rep.says("plan")
        await rep.presses("Other")
        assert isinstance(rep.reply[0], Ask)
        await rep.sends({"client": "  "})
        assert isinstance(rep.reply[0], Refuse)
        assert "What are they asking for? " in await rep.sends({"client": "Northwind"})
        assert (await rep.plan("Northwind")).step is Step.DEMAND
        assert "What are they asking for? " in await rep.sends({"client": "Northwind"})  # once, however often
        await rep.says("plan")
        assert rep.labels == ["Northwind", "Other"]


async def test_one_line_names_the_deal_and_answers_the_first_question(database: str, playbook: Playbook) -> None:
    async with desk(database, playbook) as opened:
        rep = await rep_with(opened, "Acme renewal")
        for typed in ("plan acme: they want 15% off or they walk", "plan acme they want 15% off or they walk"):
            assert "What is behind it?" in await rep.says(typed)
            plan = await rep.plan()
            assert plan.demand == "they want 15% off or they walk"
            assert [one.demanded for one in plan.entries] == [True]
            await rep.says("start over")
            await rep.presses("Start over")


@pytest.mark.parametrize("typed", ["plan acme", "planner acme", "plan trades for acme", "plan acme: they want 15% off"])
async def test_a_name_may_fit_several_deals(database: str, playbook: Playbook, typed: str) -> None:
    async with desk(database, playbook) as opened:
        rep = await rep_with(opened, "Acme renewal", "Acme expansion")
        assert "Which one do you mean by “acme”?" in await rep.says(typed)
        asked = "What is behind it?" if "15%" in typed else "What are they asking for?"
        assert asked in await rep.presses("Acme expansion")


async def test_a_wrong_name_offers_what_is_near_and_a_start_by_hand(database: str, playbook: Playbook) -> None:
    async with desk(database, playbook) as opened:
        rep = await rep_with(opened, "Acme renewal")
        assert "Did you mean one of these?" in await rep.says("plan acmee")
        await rep.presses("Start with “acmee”")
        assert (await rep.plan("acmee")).step is Step.DEMAND


async def test_too_long_a_name_is_asked_for_again(database: str, playbook: Playbook) -> None:
    async with desk(database, playbook) as opened:
        rep = await rep_with(opened)
        await rep.says(f"plan {'x' * 500}")
        await rep.presses("Name a client")
        assert "What are they asking for?" in await rep.sends({"client": "y" * 5000})


async def test_somebody_elses_deal_is_as_if_it_were_none(database: str, playbook: Playbook) -> None:
    async with desk(database, playbook) as opened:
        ann, bob = await rep_with(opened, "Acme renewal"), Rep(opened, BOB)
        await bob.says("help")
        mine = await ann.says("plan nobody")
        assert (await bob.says("plan acme renewal")).replace("acme renewal", "nobody") == mine
        plan = await ann.plan() if await ann.says("plan acme") else None
        assert plan
        assert "isn't among yours any more" in await bob.forges("plan.open", plan.deal_id)


async def test_what_was_prepared_is_not_asked_again(database: str, playbook: Playbook) -> None:
    async with desk(database, playbook) as opened:
        rep = await rep_with(opened, "Acme renewal")
        await rep.says("prep acme")
        await rep.presses("Quick")
        assert rep.open is not None
        fields = {one.id for one in rep.open.fields}
        answers = {"walk_away": "nothing below 40k", "give": "onboarding, up to 5% off", "get": "two years"}
        assert answers.keys() <= fields
        await rep.sends(answers)
        await rep.says("plan acme")
        plan = await rep.plan()
        assert plan.walk_away == "nothing below 40k"
        assert [one.tradable.what for one in plan.entries] == ["onboarding", "discount", "contract length"]
        assert "What are they asking for?" in rep.read


async def test_a_plan_is_kept_for_a_lost_or_a_deleted_deal_only_as_long_as_there_is_one(
    database: str, playbook: Playbook
) -> None:
    async with desk(database, playbook) as opened:
        rep = await rep_with(opened, "Acme renewal")
        await rep.says("plan acme: they want 15% off")
        plan = await rep.plan()
        await rep.does(lambda work: work.deals.close(plan.deal_id, Stage.WON, opened.now))
        assert "What could we give?" in await rep.says("their budget was cut")
        assert (await rep.plan()).certainty is Certainty.GUESS
        await rep.does(lambda work: work.forget())
        assert "That plan is gone" in await rep.forges("plan.skip", f"{plan.id}.gives")
        assert "What could we give?" not in await rep.says("onboarding and 5% off")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(text=st.text(max_size=60))
async def test_any_name_at_all_has_an_answer(database: str, playbook: Playbook, text: str) -> None:
    async with desk(database, playbook) as opened:
        rep = Rep(opened, ANN)
        assert "Something broke" not in await rep.says(f"plan {text}")
        assert "Something broke" not in await rep.forges("plan.new", text)
        assert "Something broke" not in await rep.forges("plan.open", text)
