"""A conversation that goes on from another replica, on either database."""

import asyncio

from bot.coach.deals import DealDraft
from bot.coach.plans import Step
from content.library import load
from tests.handlers.talking import Rep, desk


async def test_a_plan_goes_on_at_another_replica_and_answers_at_once_lose_nothing(url: str) -> None:
    playbook = load()
    async with desk(url, playbook) as one, desk(url, playbook) as another:
        here, there = Rep(one), Rep(another)
        await here.says("help")
        await here.does(lambda work: work.deals.add(DealDraft(name="Acme renewal", client="Acme")))
        await here.says("plan acme: they want 15% off because their budget was cut")
        assert "What could they give" in await there.says("we could do 8% off")
        await asyncio.gather(
            *(here.says(what) for what in ("a case study", "onboarding")),
            *(there.says(what) for what in ("if they sign for two years", "we could do training")),
        )
        plan = await here.plan()
        assert sorted(one.tradable.what for one in plan.entries) == [
            "case study",
            "contract length",
            "discount",
            "onboarding",
            "training",
        ]
        assert plan.settled >= {Step.DEMAND, Step.BEHIND, Step.GIVES, Step.GETS}
        assert "Where do you stop?" in await there.says("looks right")
        assert "What is it worth?" in await here.says("forget that")
