"""The door against everybody who isn't Teams, and against whatever Teams might send some day."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.replies import Refuse, Say
from tests.doors import Coach
from tests.teams.acting import HELLO, PRESS, sent
from tests.teams.attacks import ATTACKS, Attack
from tests.teams.authority import Authority
from tests.teams.conftest import Build, House, Visit
from tests.teams.platform import Answer, FakeTeams, Json, Person


@dataclass
class Tried:
    """How an attack went."""

    attack: Attack
    house: House
    answer: Answer


@pytest.fixture(params=list(ATTACKS.values()), ids=list(ATTACKS))
async def tried(
    request: pytest.FixtureRequest, build: Build, visit: Visit, authority: Authority, teams: FakeTeams
) -> Tried:
    attack: Attack = request.param
    authority.keys = attack.keys or authority.keys
    authority.reachable = attack.reachable
    house = await build(authority.options(**attack.options))
    answer = await visit(house).sends_raw(*attack.request(authority, f"{teams.url}/"))
    await house.door.drain()
    return Tried(attack, house, answer)


async def test_an_attack_is_refused_and_nothing_happens(
    tried: Tried, authority: Authority, coach: Coach, teams: FakeTeams
) -> None:
    assert tried.answer.status == tried.attack.status
    assert "Traceback" not in tried.answer.text
    assert (coach.events, teams.calls, authority.asked) == ([], [], [])
    assert tried.house.observed == ["refused"]


async def test_who_is_really_teams_is_answered_with_the_bots_own_token(
    build: Build, visit: Visit, authority: Authority, coach: Coach, teams: FakeTeams
) -> None:
    house = await build(authority.options())
    coach.reply = (Say(HELLO),)
    ann = visit(house, token=authority.token(serviceurl=f"{teams.url}/"))
    assert (await ann.says("tip")).status == 200
    [said] = await teams.until("POST")
    assert said.token == "token-1"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["adaptiveCard/action", "task/fetch", "task/submit", "fileConsent/invoke"]
DATA = st.sampled_from([PRESS, sent(matters="Time"), {"action": "tick", "subject": "a", "tick:1:a:x": "true"}]) | JSON
ACTION = st.fixed_dictionaries({"action": st.fixed_dictionaries({"data": DATA})})
CHANGES = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["message", "invoke", "installationUpdate", "conversationUpdate", "event"]) | JSON,
        "name": st.sampled_from(NAMES) | JSON,
        "value": JSON | DATA | ACTION | st.fixed_dictionaries({"data": DATA}),
    },
    optional=dict.fromkeys(["text", "entities", "replyToId", "id", "recipient", "timestamp", "membersAdded"], JSON),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
async def test_whatever_comes_through_the_gate_is_answered_or_refused_and_never_breaks(
    ann: Person, coach: Coach, changed: Json
) -> None:
    coach.reply = (Refuse({"": "No."}),)
    answer = await ann.sends(ann.activity("invoke") | changed)
    assert answer.status in (200, 400), answer
    if answer.status == 200 and answer.text:
        assert isinstance(json.loads(answer.text), dict)
