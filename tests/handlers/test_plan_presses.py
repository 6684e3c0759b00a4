"""Buttons and forms of the planner: pressed in order, twice, a month late, and by who never saw them."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Never

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.address import Address
from bot.chat.replies import Ask, Change, Refuse
from bot.coach.deals import DealDraft
from bot.coach.plans import Estimate, Floor, Worth
from bot.coach.preparation import Certainty
from content.library import Playbook
from handlers import plan_talk
from handlers.plan_turn import Turn
from handlers.table import PRESSES
from store import Unit
from tests.handlers.conftest import ANN, NOW
from tests.handlers.talking import Rep, desk

BOB = Address("slack", "T1", "D2", "U2")
PLAN_PRESSES = sorted(action for action in PRESSES if action.startswith("plan.") and action != "plan.ask")


@pytest.fixture
async def rep(database: str, playbook: Playbook) -> AsyncIterator[Rep]:
    """Ann, whose plan for Acme holds a discount and onboarding for two years; what they are worth is asked."""
    async with desk(database, playbook) as opened:
        ann = Rep(opened)
        await ann.says("help")
        await ann.does(lambda work: work.deals.add(DealDraft(name="Acme renewal", client="Acme")))
        await ann.says("plan acme: they want 15% off because of budget. could do 8% off and onboarding for two years")
        assert "What is it worth?" in ann.read
        yield ann


async def test_a_question_turns_into_its_answer(rep: Rep) -> None:
    await rep.presses("Looks right")
    change, following = rep.reply
    assert isinstance(change, Change)
    assert "What is it worth? looks right" in rep.read
    assert "Where do you stop?" in rep.read
    assert all(entry.ours.known and not entry.theirs.known for entry in (await rep.plan()).entries)
    await rep.presses("Clearly worse would do")
    assert "Where do you stop? Clearly worse would do" in rep.read
    assert (await rep.plan()).floor is Floor.SOME
    del following


async def test_a_likely_reason_is_taken_as_a_guess(rep: Rep) -> None:
    plan = await rep.plan()
    await rep.forges("plan.again", f"{plan.id}.behind")
    reason = next(label for label in rep.labels if label not in ("I don't know", "Back", "Later"))
    assert f"{reason} (my guess)" in await rep.presses(reason)
    anew = await rep.plan()
    assert (anew.behind, anew.certainty) == (reason, Certainty.GUESS)
    await rep.forges("plan.again", f"{plan.id}.behind")
    await rep.presses("I don't know")
    anew = await rep.plan()
    assert (anew.behind, anew.certainty) == ("", Certainty.UNKNOWN)


async def test_a_press_delivered_twice_does_one_thing(rep: Rep) -> None:
    plan = await rep.plan()
    await rep.forges("plan.suggest", f"{plan.id}.get.case study", receipt="once")
    once = await rep.plan()
    assert await rep.forges("plan.suggest", f"{plan.id}.get.case study", receipt="once") == ""
    assert await rep.plan() == once


@pytest.mark.parametrize("action", PLAN_PRESSES)
async def test_a_press_made_twice_breaks_nothing(rep: Rep, action: str) -> None:
    plan = await rep.plan()
    subject = {
        "plan.open": plan.deal_id, "plan.new": "Acme renewal", "plan.suggest": f"{plan.id}.get.case study",
        "plan.behind": f"{plan.id}.0", "plan.floor": f"{plan.id}.some", "plan.line": f"{plan.id}.1",
        "plan.drop": f"{plan.id}.1", "plan.add": f"{plan.id}.give.0", "plan.skip": f"{plan.id}.gives",
        "plan.back": f"{plan.id}.gets", "plan.again": f"{plan.id}.gives",
    }.get(action, plan.id)  # fmt: skip
    for _ in range(2):
        said = await rep.forges(action, subject)
        assert said
        assert "Something broke" not in said


async def test_last_months_button_still_works_and_after_the_plan_says_so(rep: Rep) -> None:
    plan = await rep.plan()
    rep.desk.now += timedelta(days=31)
    assert "Where do you stop?" in await rep.presses("Looks right")
    assert "Where do you stop?" in await rep.forges("plan.skip", f"{plan.id}.gives")  # answered long ago
    await rep.forges("privacy.gone", "")
    said = await rep.forges("plan.skip", f"{plan.id}.gives")
    assert "That plan is gone, or it isn't yours. Nothing was changed" in said


async def test_not_knowing_where_one_stops_leaves_what_is_set(rep: Rep) -> None:
    plan = await rep.plan()
    await rep.forges("plan.floor", f"{plan.id}.much")
    await rep.forges("plan.skip", f"{plan.id}.floor")
    assert (await rep.plan()).floor is Floor.MUCH
    assert "no worse than today's offer." not in rep.read


@pytest.mark.parametrize("action", [*PLAN_PRESSES, "coach.plan", "moved.show"])
async def test_somebody_elses_plan_is_gone_for_whoever_forges_its_id(rep: Rep, action: str) -> None:
    plan, bob = await rep.plan(), Rep(rep.desk, BOB)
    await bob.says("help")
    for tail in ("", ".1", ".gives", ".give.training", ".0", ".some", ".worths"):
        for theirs, nowhere in ((plan.id, "nowhere"), (plan.deal_id, "nothing")):
            if action in ("plan.new", "plan.other"):
                continue
            said = await bob.forges(action, f"{theirs}{tail}")
            assert said == await bob.forges(action, f"{nowhere}{tail}")
            assert "Acme" not in said
            assert "Something broke" not in said
    assert await rep.plan() == plan


async def test_somebody_elses_line_is_not_changed_by_a_forged_form(rep: Rep) -> None:
    plan, bob = await rep.plan(), Rep(rep.desk, BOB)
    await bob.says("help")
    await rep.forges("plan.line", f"{plan.id}.1")
    bob.open = rep.open
    assert "That plan is gone" in await bob.sends({"amount": "50%"})
    assert await rep.plan() == plan


FORGED = [
    ("plan.skip", "dance"), ("plan.skip", ""), ("plan.behind", "-1"), ("plan.behind", "99"), ("plan.behind", "²"),
    ("plan.behind", "9" * 150), ("plan.suggest", "give."), ("plan.suggest", "give.plutonium"),
    ("plan.suggest", "take.training"), ("plan.suggest", "training"), ("plan.add", "give.7"), ("plan.add", "give.-1"),
    ("plan.add", "give"), ("plan.floor", "bottomless"), ("plan.back", "dance"), ("plan.again", ""),
    ("plan.line", "99"), ("plan.line", "-1"), ("plan.line", ""), ("plan.drop", "1.2"), ("plan.drop", "\u0661"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "tail"), FORGED)
async def test_what_no_button_carries_changes_nothing(rep: Rep, action: str, tail: str) -> None:
    plan = await rep.plan()
    said = await rep.forges(action, f"{plan.id}.{tail}")
    assert "othing was changed" in said
    assert await rep.plan() == plan


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(action=st.sampled_from(PLAN_PRESSES), tail=st.text(max_size=40))
async def test_any_subject_at_all_has_an_answer(rep: Rep, action: str, tail: str) -> None:
    await rep.says("plan acme")
    plan = await rep.plan()
    for subject in (f"{plan.id}.{tail}", tail):
        said = await rep.forges(action, subject)
        assert said
        assert "Something broke" not in said


# One line in a form


async def test_a_line_changes_in_its_form(rep: Rep) -> None:
    await rep.presses("8% off")
    assert isinstance(rep.reply[0], Ask)
    assert rep.open is not None
    assert {one.id: getattr(one, "value", "") for one in rep.open.fields}["amount"] == "8%"
    await rep.sends({"amount": "9%, at most 12%", "ours": "low", "theirs": "high", "known": "said"})
    changed = (await rep.plan()).entries[0]
    assert (changed.tradable.amount, changed.limit) == (Decimal(9), Decimal(12))
    assert changed.ours == Estimate(Worth.LOW, known=True)
    assert changed.theirs == Estimate(Worth.HIGH, known=True)
    await rep.presses("9% off")
    await rep.sends({"amount": "9%"})  # the limit was taken out
    assert (await rep.plan()).entries[0].limit is None
    await rep.presses("9% off")
    await rep.sends({"amount": ""})
    assert (await rep.plan()).entries[0].tradable.amount is None


async def test_sent_as_it_stands_a_form_changes_no_amount(rep: Rep) -> None:
    before = await rep.plan()
    await rep.presses("8% off")
    await rep.sends({})
    after = await rep.plan()
    assert [one.tradable for one in after.entries] == [one.tradable for one in before.entries]


async def test_a_line_is_taken_off_in_its_form_and_then_it_is_gone(rep: Rep) -> None:
    await rep.presses("8% off")
    assert "Off the table: 8% off." in await rep.sends({"keep": "off"})
    assert "no longer on the table" in await rep.sends({"amount": "9%"})
    assert isinstance(rep.reply[0], Refuse)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8%, at most 5%", "sets a limit below the offer"),
        ("120%", "is more than all of it"),
        ("-5%", "is less than nothing"),
        ("purple", "I couldn't read that"),
        ("😀" * 3000, "I couldn't read that"),
    ],
)
async def test_an_amount_that_cannot_be_kept_keeps_the_form_open(rep: Rep, typed: str, said: str) -> None:
    plan = await rep.plan()
    await rep.presses("8% off")
    assert said in await rep.sends({"amount": typed})
    (refusal,) = rep.reply
    assert isinstance(refusal, Refuse)
    assert refusal.problems.keys() == {"amount"}
    assert await rep.plan() == plan


@pytest.mark.parametrize("answers", [{"ours": "priceless"}, {"theirs": ""}, {"ours": "-1"}])
async def test_a_forged_choice_in_a_form_changes_nothing(rep: Rep, answers: dict[str, str]) -> None:
    plan = await rep.plan()
    await rep.presses("8% off")
    await rep.sends(answers)
    assert isinstance(rep.reply[0], Refuse)
    assert await rep.plan() == plan


# Broken off in the middle of a turn


def half(event: object, work: Unit, playbook: Playbook, now: object) -> Never:
    """Do all of a turn, then fall over before it is kept."""
    deal = work.deals.find("Acme")[0]
    plan = work.plans.of(deal.id)
    assert plan
    plan_talk.answer(Turn(work, playbook, NOW, deal, plan), "also a case study and 3 reference calls")
    del event, now
    raise RuntimeError("in the middle")


async def test_a_handler_that_fails_half_way_leaves_plan_and_talk_as_they_were(rep: Rep) -> None:
    before, talk = await rep.plan(), await rep.desk.store.read(ANN, lambda work: work.conversations.get())
    with pytest.raises(RuntimeError):
        await rep.desk.store.write(ANN, lambda work: half(None, work, rep.desk.playbook, None), at=NOW)
    assert await rep.plan() == before
    assert await rep.desk.store.read(ANN, lambda work: work.conversations.get()) == talk
    assert "Where do you stop?" in await rep.says("looks right")


KILLED = """
import asyncio, os, signal, sys
from content.library import load
from store import Store
from tests.handlers.conftest import ANN, NOW
from tests.handlers.test_plan_presses import half

def killed(work):
    try:
        half(None, work, load(), None)
    except RuntimeError:
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(Store.open(sys.argv[1]).write(ANN, killed, at=NOW))
"""


async def test_a_process_killed_in_the_middle_of_a_turn_leaves_plan_and_talk_as_they_were(
    rep: Rep, database: str, playbook: Playbook
) -> None:
    before = await rep.plan()
    talk = await rep.desk.store.read(ANN, lambda work: work.conversations.get())
    root = Path(__file__).parents[2]
    ended = subprocess.run(  # noqa: ASYNC221  nothing else runs meanwhile
        [sys.executable, "-c", KILLED, database], cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    async with desk(database, playbook) as restarted:
        again = Rep(restarted)
        assert await again.plan() == before
        assert await restarted.store.read(ANN, lambda work: work.conversations.get()) == talk
        assert "Where do you stop?" in await again.says("looks right")
    path = database.partition("///")[2]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
