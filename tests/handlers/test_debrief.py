"""After the call: the plan's lines are ticked into the log, late and out of order too."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.address import Address
from bot.coach.tradables import Tradable
from content.library import Playbook
from tests.handlers.conftest import NOW
from tests.handlers.in_the_room import Rep
from tests.handlers.talking import desk

LATER = NOW + timedelta(minutes=1)
LATEST = NOW + timedelta(minutes=2)


@pytest.fixture
async def ann(database: str, playbook: Playbook) -> AsyncIterator[Rep]:
    """Ann, asked what moved, with a plan of two gives and a get."""
    async with desk(database, playbook) as opened:
        rep = Rep(opened)
        await rep.has("Acme renewal")
        await rep.plans(gives="8% off and training", gets="two years")
        await rep.forges("moved.show", (await rep.plan()).deal_id)
        yield rep


async def test_the_plans_lines_stand_ready_to_tick(ann: Rep) -> None:
    assert "What moved? Acme renewal" in ann.read
    assert ann.ticked == {"8% off": False, "training": False, "a two-year contract": False}
    assert ann.labels == ["The whole log", "Back to the plan"]


async def test_a_tick_is_noted_with_its_worth_and_shown_in_place(ann: Rep) -> None:
    read = await ann.ticks("8% off", "8% off")
    assert ann.ticked == {"8% off": True, "training": False, "a two-year contract": False}
    assert "1 give without a get so far" in read
    (line,) = await ann.log()
    (entry, _) = (await ann.plan()).gives
    assert (line.entry, line.ours, line.theirs, line.at) == (entry.id, entry.ours, entry.theirs, NOW)


async def test_a_get_pays_for_the_give_and_unticked_leaves_it_open(ann: Rep) -> None:
    await ann.ticks("8% off", "8% off")
    assert "Every give has a get." in await ann.ticks("a two-year contract", "a two-year contract", at=LATER)
    assert "1 give without a get so far." in await ann.ticks("a two-year contract", at=LATEST)
    (give,) = await ann.log()
    assert give.paired == ""


async def test_when_a_give_is_unticked_its_get_pays_for_another(ann: Rep) -> None:
    await ann.ticks("8% off", "8% off", "training")
    await ann.ticks("a two-year contract", "a two-year contract")
    assert "Every give has a get." in await ann.ticks("8% off", "training", at=LATER)


async def test_ticked_twice_it_is_noted_once(ann: Rep) -> None:
    await ann.ticks("8% off", "8% off")
    await ann.ticks("8% off", "8% off", at=LATER)
    assert await ann.moved() == ["give discount"]


async def test_an_older_tick_does_not_undo_a_newer_one(ann: Rep) -> None:
    await ann.ticks("8% off", "8% off", at=LATEST)
    await ann.ticks("8% off", at=LATER)
    assert await ann.moved() == ["give discount"]
    await ann.ticks("8% off", at=LATEST)
    assert await ann.moved() == []


async def test_an_older_untick_takes_out_only_what_was_there_before_it(ann: Rep) -> None:
    await ann.ticks("8% off", "training", at=NOW)
    await ann.ticks("8% off", "8% off", "training", at=LATEST)
    await ann.ticks("8% off", at=LATER)
    assert await ann.moved() == ["give discount"]


async def test_what_was_typed_for_a_line_of_the_plan_is_ticked(ann: Rep) -> None:
    await ann.says("gave 6% off")
    await ann.forges("moved.show", (await ann.plan()).deal_id)
    assert ann.ticked["6% off"]
    assert not ann.ticked["training"]


async def test_ticks_of_a_plan_that_is_gone_change_nothing(ann: Rep) -> None:
    await ann.does(lambda work: work.forget())
    await ann.has("Acme renewal")
    assert "That plan is gone, or it isn't yours. Nothing was changed" in await ann.ticks("8% off", "8% off")
    assert await ann.log() == []


async def test_ticks_of_a_line_that_is_off_the_table_change_nothing_else(ann: Rep) -> None:
    plan = await ann.plan()
    await ann.does(lambda work: work.plans.change(replace(plan, entries=plan.entries[1:]), NOW))
    await ann.ticks("8% off", "8% off")
    assert await ann.moved() == []
    assert ann.ticked == {"training": False, "a two-year contract": False}


async def test_what_took_the_place_of_a_line_is_not_ticked_for_it(ann: Rep) -> None:
    await ann.ticks("8% off", "8% off")
    plan = await ann.plan()
    other = replace(plan.entries[0], tradable=Tradable(what="support"))
    await ann.does(lambda work: work.plans.change(replace(plan, entries=(other, *plan.entries[1:])), NOW))
    await ann.forges("moved.show", plan.deal_id)
    assert not any(ann.ticked.values())


async def test_somebody_else_can_tick_nothing_of_it(ann: Rep) -> None:
    tom = Rep(ann.desk, address=Address("slack", "T1", "D2", "U2"), cards=ann.cards)
    assert "it isn't yours" in await tom.ticks("8% off", "8% off")
    assert await ann.log() == []


async def test_without_a_plan_what_moved_is_typed(ann: Rep) -> None:
    await ann.has("Globex rollout")
    await ann.says("gave 5% off for globex")
    assert "There is no plan to tick off yet." in await ann.forges("moved.show", (await ann.log("Globex"))[0].deal_id)
