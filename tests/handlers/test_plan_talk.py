"""Whole conversations with the planner, as reps have them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.coach.deals import DealDraft
from bot.coach.plans import Entry, Estimate, Floor, Plan, Step, Worth
from content.library import Playbook
from tests.handlers.talking import Rep, desk

QUESTIONS = {
    Step.DEMAND: "What are they asking for?",
    Step.BEHIND: "What is behind it?",
    Step.GIVES: "What could we give?",
    Step.GETS: "What could they give that helps us?",
    Step.WORTHS: "What is it worth?",
    Step.FLOOR: "Where do you stop?",
}
AT_ONCE = "could do 8% off, at most 10%, and free onboarding if they take two years and net 30"


@pytest.fixture
async def rep(database: str, playbook: Playbook) -> AsyncIterator[Rep]:
    """Ann with one deal, who has just been asked what the client wants."""
    async with desk(database, playbook) as opened:
        ann = Rep(opened)
        await ann.says("help")
        await ann.does(lambda work: work.deals.add(DealDraft(name="Acme renewal", client="Acme")))
        await ann.says("plan acme")
        yield ann


async def whole(rep: Rep) -> Plan:
    """Answer everything."""
    for typed in ("they want 15% off or they walk", "their budget was cut", AT_ONCE, "looks right", "not below 40k"):
        await rep.says(typed)
    assert "Your plan: Acme renewal" in rep.read
    return await rep.plan()


def line(plan: Plan, what: str) -> Entry:
    return next(entry for entry in plan.entries if entry.tradable.what == what)


async def test_five_answers_make_a_plan(rep: Rep) -> None:
    for typed, asked in (
        ("they want 15% off or they walk", Step.BEHIND),
        ("their budget was cut", Step.GIVES),
        (AT_ONCE, Step.WORTHS),
        ("looks right", Step.FLOOR),
    ):
        assert QUESTIONS[asked] in await rep.says(typed)
    assert "Your plan: Acme renewal" in await rep.says("not below 40k")
    assert [entry.tradable.what for entry in (await rep.plan()).entries] == [
        "discount",
        "onboarding",
        "contract length",
        "payment terms",
    ]


async def test_one_sentence_may_answer_three_questions(rep: Rep) -> None:
    said = await rep.says(f"they want 15% off because their budget was cut. {AT_ONCE}")
    assert QUESTIONS[Step.WORTHS] in said
    assert "We give: 8% off (at most 10%), onboarding." in said
    assert "We get: a two-year contract, payment net 30." in said
    assert (await rep.plan()).behind == "their budget was cut"


async def test_the_tired_rep_only_presses(rep: Rep) -> None:
    for label in ("Nothing yet", "Onboarding", "That's all", "Case study", "That's all", "Looks right"):
        await rep.presses(label)
    assert QUESTIONS[Step.FLOOR] in rep.read
    assert "Your plan" in await rep.presses("A little worse would do")
    plan = await rep.plan()
    assert [entry.tradable.what for entry in plan.entries] == ["onboarding", "case study"]
    assert plan.floor is Floor.LITTLE


async def test_the_tired_rep_only_says_no(rep: Rep) -> None:
    for typed in ("nothing yet", "nothing", "no", "skip", "idk"):
        await rep.says(typed)
    plan = await rep.plan()
    assert (plan.step, plan.entries, plan.floor) == (None, (), Floor.LEVEL)
    assert "There is nothing to give yet" in rep.read
    assert "Name what could be given, or asked for" in rep.read


async def test_not_knowing_what_is_behind_it_gives_the_question_to_ask(rep: Rep) -> None:
    await rep.says("they want 15% off")
    said = await rep.says("not sure")
    assert "Then ask that first: “" in said
    assert "I'll plan for both answers" in said


async def test_nothing_is_agreed_to_by_who_does_not_know(rep: Rep) -> None:
    await rep.says(f"they want 15% off because of budget. {AT_ONCE}")
    await rep.says("not sure")
    assert not any(entry.ours.known for entry in (await rep.plan()).entries)


async def test_back_asks_the_question_before_and_shows_what_is_noted(rep: Rep) -> None:
    await rep.says("they want 15% off")
    await rep.says("their budget was cut")
    await rep.says("up to 8% off")
    assert QUESTIONS[Step.GETS] in rep.read
    said = await rep.says("back")
    assert QUESTIONS[Step.GIVES] in said
    assert "They ask for 15% off." in said
    assert "Noted so far: 8% off (your limit)" in said
    assert "Noted so far: their budget was cut" in await rep.presses("Back")
    assert "Noted so far: they want 15% off" in await rep.says("go back")
    assert "That was the first question." in await rep.says("back")
    for asked in (Step.BEHIND, Step.GIVES, Step.GETS):
        assert QUESTIONS[asked] in await rep.says("ok")


async def test_ok_to_an_empty_question_asks_it_again(rep: Rep) -> None:
    for _ in range(2):
        assert QUESTIONS[Step.DEMAND] in await rep.says("ok")
    assert QUESTIONS[Step.DEMAND] in await rep.says("thanks")
    assert len(rep.reply) > 1  # thanks are met first
    assert (await rep.plan()).settled == frozenset()


@pytest.mark.parametrize(
    ("typed", "amount", "limit"),
    [
        (("change the discount", "to 10%"), 10, 10),
        (("change the discount", "9%, at most 12%"), 9, 12),
        (("change the discount to 9%",), 9, 10),
        (("change the discount to 12%",), 12, 10),
        (("set our discount to 5%, at most 6%",), 5, 6),
        (("change the limit to 12%",), 8, 12),
        (("change the discount limit to 12%",), 8, 12),
    ],
)
async def test_a_line_changes_in_words(rep: Rep, typed: tuple[str, ...], amount: int, limit: int) -> None:
    await whole(rep)
    for one in typed:
        await rep.says(one)
    changed = line(await rep.plan(), "discount")
    assert (changed.tradable.amount, changed.limit, changed.asked) == (Decimal(amount), Decimal(limit), Decimal(15))
    assert "We give: " in rep.read
    assert "Your plan" in rep.read


async def test_a_line_is_rated_in_words(rep: Rep) -> None:
    await whole(rep)
    assert "onboarding: costs us little" in await rep.says("make onboarding cheap")
    await rep.says("change the discount")
    assert "8% off: costs us a lot, worth a lot to them" in await rep.says("it hurts, a lot for us")
    assert line(await rep.plan(), "discount").ours == Estimate(Worth.HIGH, known=True)


async def test_what_should_it_be_can_be_left(rep: Rep) -> None:
    await rep.says("they want 15% off")
    await rep.says("their budget was cut")
    await rep.says("8% off, at most 10%")
    plan = await rep.plan()
    for leave in ("never mind", "ok", "back", "no"):
        assert "What should it be? Now: 8% off (at most 10%)." in await rep.says("change the discount")
        assert QUESTIONS[Step.GETS] in await rep.says(leave)
        assert await rep.plan() == plan


async def test_what_should_it_be_takes_a_question_and_something_else_in_between(rep: Rep) -> None:
    await whole(rep)
    await rep.says("change the discount")
    said = await rep.says("what's a MESO?")
    assert "Several offers made at the same time" in said
    assert "What should it be?" in said
    assert "What should it be?" in await rep.says("purple")
    assert "We give: training." in await rep.says("we could also give training")


async def test_a_line_that_went_meanwhile_leaves_nobody_stuck(rep: Rep) -> None:
    plan = await whole(rep)
    await rep.says("change the discount")
    await rep.forges("plan.drop", f"{plan.id}.1")
    await rep.says("change onboarding")
    before = await rep.plan()
    await rep.does(lambda work: work.plans.change(plan_without(before, "2"), rep.desk.now))
    assert "We give: 9% off." in await rep.says("we could do 9% off")
    assert "no longer on the table" not in rep.read


def plan_without(plan: Plan, this: str) -> Plan:
    return Plan(
        id=plan.id,
        deal_id=plan.deal_id,
        demand=plan.demand,
        entries=tuple(one for one in plan.entries if one.id != this),
        settled=plan.settled,
        floor=plan.floor,
    )


async def test_lines_are_dropped_in_words(rep: Rep) -> None:
    await whole(rep)
    assert "Off the table: 8% off, onboarding." in await rep.says("drop the discount and the onboarding")
    assert [one.tradable.what for one in (await rep.plan()).entries] == ["contract length", "payment terms"]
    await rep.says("back")
    assert "I don't find “rocket” in this plan." in await rep.says("drop the rocket")


async def test_what_was_said_is_taken_back_and_put_there_again(rep: Rep) -> None:
    await rep.says("they want 15% off")
    await rep.says("their budget was cut")
    before = await rep.plan()
    await rep.says("8% off")
    after = await rep.plan()
    assert QUESTIONS[Step.GIVES] in await rep.says("forget that")
    assert "Taken back." in rep.read
    assert await rep.plan() == before
    await rep.says("what's a BATNA?")
    await rep.says("undo")
    assert await rep.plan() == after


async def test_starting_over_is_asked_first(rep: Rep) -> None:
    plan = await whole(rep)
    for keep in ("no", "never mind"):
        assert "Start the plan for Acme renewal over?" in await rep.says("start over")
        await rep.says(keep)
        assert await rep.plan() == plan
    await rep.says("start over")
    await rep.presses("Keep it")
    assert await rep.plan() == plan
    await rep.says("start over")
    assert "All cleared" in await rep.says("yes")
    assert await rep.plan() == Plan(id=plan.id, deal_id=plan.deal_id)
    await rep.says("undo")
    assert await rep.plan() == plan


async def test_the_walk_away_moves_in_words(rep: Rep) -> None:
    await whole(rep)
    assert "You noted: 42k and not less." in await rep.says("change the walk-away to 42k and not less")
    assert QUESTIONS[Step.FLOOR] in await rep.says("change the walk-away")
    assert "much worse would do" in await rep.says("much worse would do")
    assert (await rep.plan()).floor is Floor.MUCH


async def test_a_later_question_is_answered_early_or_promised(rep: Rep) -> None:
    await rep.says("they want 15% off")
    assert QUESTIONS[Step.BEHIND] in await rep.says("change the walk-away to 42k")
    assert (await rep.plan()).walk_away == "42k"
    assert "We come to that in a moment." in await rep.says("change the walk-away")
    assert QUESTIONS[Step.BEHIND] in rep.read


async def test_the_plan_so_far_can_be_seen_before_it_is_whole(rep: Rep) -> None:
    await rep.says("they want 15% off")
    said = await rep.says("show me the plan")
    assert said.index("Your plan: Acme renewal") < said.index(QUESTIONS[Step.BEHIND])
    assert "they want 15% off" in said


async def test_who_returns_after_a_week_goes_on_where_they_were(rep: Rep, database: str, playbook: Playbook) -> None:
    await rep.says("they want 15% off")
    assert "All kept" in await rep.says("later")
    assert QUESTIONS[Step.GIVES] not in await rep.says("their budget was cut")  # the talk rests
    async with desk(database, playbook) as restarted:
        restarted.now = rep.desk.now + timedelta(days=7)
        again = Rep(restarted)
        assert QUESTIONS[Step.BEHIND] in await again.says("plan acme")
        assert QUESTIONS[Step.GIVES] in await again.says("their budget was cut")


async def test_a_restart_in_the_middle_is_not_noticed(rep: Rep, database: str, playbook: Playbook) -> None:
    await rep.says("they want 15% off")
    await rep.desk.close()
    async with desk(database, playbook) as restarted:
        again = Rep(restarted)
        assert QUESTIONS[Step.GIVES] in await again.says("their budget was cut")
        assert (await again.plan()).demand == "they want 15% off"


async def test_two_devices_at_once_lose_nothing(rep: Rep, database: str, playbook: Playbook) -> None:
    await rep.says("they want 15% off")
    await rep.says("their budget was cut")
    async with desk(database, playbook) as replica:
        other = Rep(replica)
        await asyncio.gather(
            rep.says("onboarding"), other.says("training"), rep.says("8% off"), other.says("premium support")
        )
        names = {one.tradable.what for one in (await rep.plan()).entries}
        assert names == {"discount", "onboarding", "training", "support"}
        assert QUESTIONS[Step.GETS] in await other.says("plan acme")


async def test_a_question_in_the_middle_is_answered_and_asked_again(rep: Rep) -> None:
    await rep.says("they want 15% off")
    before = await rep.plan()
    for typed in ("what's a MESO?", "what does BATNA mean?", "how do I open the call?"):
        said = await rep.says(typed)
        assert len(rep.reply) > 1
        assert "Acme renewal. Only you can see this." in said
        assert QUESTIONS[Step.BEHIND] in said
    assert await rep.plan() == before
    assert QUESTIONS[Step.GIVES] in await rep.says("their budget was cut")


async def test_a_bluff_is_refused_and_the_plan_goes_on(rep: Rep) -> None:
    await rep.says("they want 15% off")
    said = await rep.says("can I tell them we have another buyer? we don't")
    assert "Honest, and it works:" in said
    assert said.index("Honest") < said.index(QUESTIONS[Step.BEHIND])
    assert (await rep.plan()).behind == ""


async def test_a_new_demand_in_the_middle_is_noted_and_met_from_a_whole_plan(rep: Rep) -> None:
    await rep.says("they want 15% off")
    await rep.says("their budget was cut")
    await rep.says("they also want net 60 now")
    plan = await rep.plan()
    assert plan.demand == "they want 15% off; they also want net 60 now"
    assert [one.asked for one in plan.entries] == [15, 60]
    await rep.says("8% off if they take two years")
    await rep.says("ok")
    await rep.says("not below 40k")
    done = await rep.plan()
    assert done.step is None
    assert "For 20% off you could trade:" in await rep.says("now they want 20% off")
    assert await rep.plan() == done
    assert "We give: 9% off" in await rep.says("change the discount to 9%")  # the plan is still what we talk about


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("120% off", "“120% off” is more than all of it"),
        ("-5% off", "is less than nothing"),
        ("8% off, at most 5%", "sets a limit below the offer"),
        ("120% off and training", "We give: training."),
    ],
)
async def test_what_cannot_be_meant_is_said_and_asked_again(rep: Rep, typed: str, said: str) -> None:
    await rep.says("they want 15% off")
    await rep.says("their budget was cut")
    assert said in await rep.says(typed)
    assert QUESTIONS[Step.GIVES] in rep.read
    assert "Which amount did you mean?" in rep.read


async def test_an_impossible_change_is_asked_again(rep: Rep) -> None:
    plan = await whole(rep)
    assert "more than all of it" in await rep.says("change the discount to 120%")
    assert "What should it be?" in rep.read
    assert await rep.plan() == plan


async def test_a_give_over_the_limit_is_called_out(rep: Rep) -> None:
    await whole(rep)
    assert "Over your limit: they ask for 15% off, and you stop at 10% off." in rep.read
    await rep.says("change the discount to 12%")
    assert "Over your limit: you planned 12% off, and you stop at 10% off." in rep.read


async def test_words_nobody_knows_can_be_put_on_the_table_as_they_are(rep: Rep) -> None:
    await rep.says("they want 15% off")
    await rep.says("their budget was cut")
    said = await rep.says("we could throw in purple elephants and a rooftop party")
    assert "I didn't get “" in said
    first, second = (label for label in rep.labels if label.startswith("Add “"))
    await rep.presses(first)
    assert [label for label in rep.labels if label.startswith("Add “")] == [second]
    await rep.presses(second)
    assert len((await rep.plan()).gives) == 3
    assert "I no longer have those words" in await rep.presses(first)


async def test_fifty_things_in_one_sentence_leave_eight_and_say_so(rep: Rep) -> None:
    await rep.says("they want 15% off")
    await rep.says("their budget was cut")
    things = "8% off, net 45, onboarding, training, premium support, 10 seats, a pilot, a workshop, migration, an SLA"
    said = await rep.says(f"we could give {', '.join([things] * 5)}")
    assert "Left out: " in said
    assert len((await rep.plan()).gives) == 8


NASTY = {
    "huge": "we could do 5% off and onboarding, " * 140,
    "emoji": "😀🎉👩‍👩‍👧‍👦 5% 💸 off",
    "right to left": "\u05d4\u05dd \u05e8\u05d5\u05e6\u05d9\u05dd 15% \u05d4\u05e0\u05d7\u05d4 \u202e abc",
    "control": "\x00\x1b[31m 5% off \x07",
    "slack": "<!channel> *5% off* <http://x|y> &amp;",
    "braces": "{give} {0} %s 5% off",
    "lines": "5% off\n\nonboarding\n- training",
}


@pytest.mark.parametrize("typed", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("step", Step)
async def test_nothing_typed_breaks_the_talk(rep: Rep, typed: str, step: Step) -> None:
    plan = await rep.plan()
    earlier = frozenset(one for one in Step if list(Step).index(one) < list(Step).index(step))
    anew = Plan(id=plan.id, deal_id=plan.deal_id, settled=earlier)
    await rep.does(lambda work: work.plans.change(anew, rep.desk.now))
    await rep.says("plan acme")
    assert "Something broke" not in await rep.says(typed)
    assert any(asked in rep.read for asked in QUESTIONS.values()) or "Your plan" in rep.read


_PIECES = st.sampled_from(
    """they want 15% off|we could do 8% off|ok|back|later|no|forget that|start over|yes|plan acme|change the discount|
    10%|drop onboarding|what's a MESO?|two years|onboarding|-5% off|thanks|😀|show plan|make onboarding cheap|
    their budget was cut|change the walk-away to 5|not below 40k|looks right|lunch with the CEO""".replace(
        "\n    ", ""
    ).split("|")
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(talk=st.lists(st.one_of(_PIECES, st.text(max_size=40)), max_size=12))
async def test_any_talk_at_all_goes_on(rep: Rep, talk: list[str]) -> None:
    for typed in ("plan acme", *talk):
        said = await rep.says(typed)
        assert said
        assert "Something broke" not in said


async def test_the_walk_away_stands_on_the_plan_card_and_nowhere_else(rep: Rep) -> None:
    secret = "never below 40417"
    await rep.says(f"they want 15% off because of budget. {AT_ONCE}")
    await rep.says("looks right")
    await rep.says(secret)
    shown = {}
    for typed in ("change the discount", "9%", "later", "counter 15% off", "they want 20% off", "what's a BATNA?"):
        shown[typed] = await rep.says(typed)
    for label in ("After the call", "Add gives", "Later", "Add gets"):
        shown[label] = await rep.presses(label)
    leaking = [about for about, said in shown.items() if "40417" in said and "Your plan:" not in said]
    assert leaking == []


async def test_a_reason_that_begins_like_a_request_is_a_reason(rep: Rep) -> None:
    await rep.says("they want 15% off")
    assert QUESTIONS[Step.GIVES] in await rep.says("lost their budget in Q3")
    assert (await rep.plan()).behind == "lost their budget in Q3"
    assert "closed as lost" in await rep.says("lost acme")
