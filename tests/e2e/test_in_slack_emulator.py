"""The stories in Slack: the real program, a real database, signed requests, and somebody else's Web API."""

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import now
from handlers.samples import DEALS
from tests.doors import serving
from tests.e2e.digest_week import WIN, colleagues_trade, sets_up, trades_and_shares
from tests.e2e.served import Served
from tests.e2e.slack.emulator import BOT_TOKEN, SIGNING_SECRET, Emulator
from tests.e2e.slack.relay import Relay
from tests.e2e.weeks import Weeks, begins_to_stay_in_touch, puts_off_three_times, puts_something_right
from tests.program import Operator
from tests.slack.platform import Answer, Json, Person
from tests.stories.bargained import BargainingStories
from tests.stories.slack_rep import Places, SlackRep, texts_of
from tests.stories.told import Stories


@dataclass(kw_only=True)
class Member(Person):
    """Somebody of the emulated workspace: what they do carries a trigger that opens a form there."""

    emulator: Emulator

    async def types(self, text: str, *, channel: str = "C1", **changed: str) -> Answer:
        return await super().types(text, channel=channel, **{"trigger_id": await self._emulated()} | changed)

    async def interacts(self, payload: Json) -> Answer:
        return await super().interacts(payload | {"trigger_id": await self._emulated()})

    async def _emulated(self) -> str:
        trigger = await self.emulator.trigger(self.user)
        self.triggers.add(trigger)
        return trigger


@pytest.fixture
async def relay(emulator: Emulator) -> AsyncIterator[Relay]:
    """The emulator as the coach reaches it; at the end it must have taken every call."""
    relay = Relay(emulator)
    async with serving(relay.app()) as relay.url:
        yield relay
    assert relay.refused == []


@pytest.fixture
async def coach(emulator: Emulator, relay: Relay, tmp_path: Path) -> AsyncIterator[Served]:
    """`python app.py serve`, with the sample deals imported."""
    operator = Operator(tmp_path)
    team = (await emulator.call("auth.test"))["team_id"]
    await operator.has_deals(team, DEALS.read_bytes(), now())
    settings = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_BOT_TOKEN": BOT_TOKEN}
    async with Served(operator, "serve", SLACK_API_URL=f"{relay.url}/api/", **settings) as served:
        yield served


@pytest.fixture
async def rep(emulator: Emulator, relay: Relay, coach: Served) -> SlackRep:
    """Ines in the emulated Slack, and Tom."""
    team, deals = (await emulator.call("auth.test"))["team_id"], await emulator.channel("deals")
    people, places, count = [], {}, defaultdict[str, int](int)
    for name in ("ines", "tom"):
        user = await emulator.user(name)
        direct = (await emulator.call("conversations.open", users=user))["channel"]["id"]
        places[user] = Places(direct, deals)
        common: dict[str, Any] = {"user": user, "team": team, "secret": SIGNING_SECRET, "_count": count}
        people.append(Member(coach.url, relay, emulator.session, now, emulator=emulator, **common))
    ines, tom = people
    return SlackRep(ines, relay, coach.again, tom, places.__getitem__)


class TestInEmulatedSlack(Stories):
    """Every story as it goes in Slack, from outside."""


class TestBargainingInEmulatedSlack:
    """The stories of the trade planner that need most of Slack and of a program that starts anew."""

    test_a_demand = BargainingStories.test_a_demand_becomes_a_plan_to_take_into_the_room
    test_a_correction = BargainingStories.test_a_line_is_corrected_in_words_and_in_its_form
    test_after_a_week = BargainingStories.test_a_plan_goes_on_after_a_week
    test_in_the_channel = BargainingStories.test_a_plan_asked_for_in_the_channel_is_read_by_me_alone
    test_what_moved = BargainingStories.test_what_moved_is_noted_worded_drawn_and_taken_back
    test_ticks = BargainingStories.test_after_the_call_what_moved_is_ticked


async def test_flow_three_goes_on_week_after_week(rep: SlackRep, coach: Served) -> None:
    weeks = Weeks(coach)
    await begins_to_stay_in_touch(rep, weeks)
    await puts_off_three_times(rep, weeks)
    await puts_something_right(rep, weeks)


async def test_flow_four_brings_the_digest_into_the_channel(rep: SlackRep, coach: Served, emulator: Emulator) -> None:
    weeks, team = Weeks(coach), (await emulator.call("auth.test"))["team_id"]
    await sets_up(rep, weeks)
    await rep.presses("Join")
    await rep.sees("You are in West already.")
    await rep.colleague().presses("Join")
    await rep.colleague().sees("You are in West.")
    await trades_and_shares(rep)
    await colleagues_trade(coach, "slack", team, ("U0AMARA", "U0OMAR", "U0PRIYA"))
    await weeks.passes()
    stored = await _digest_in(emulator)
    assert "4 of 8" in texts_of(stored["blocks"])
    charts = [block for block in stored["blocks"] if block["type"] == "data_visualization"]
    assert [chart["title"] for chart in charts] == ["Gives and gets by week"]
    assert f"ines: {WIN}" in texts_of(stored["blocks"])
    await rep.colleague().presses("I'll help")
    await rep.colleague().sees("Thank you. I let ines know that you help")
    assert "tom is helping." in texts_of((await _digest_in(emulator))["blocks"])


async def _digest_in(emulator: Emulator) -> Json:
    """The message that stands in the channel."""
    history = await emulator.history(await emulator.channel("deals"))
    return next(one for one in history if "the digest for" in one["text"])
