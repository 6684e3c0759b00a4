"""Socket Mode: the same listeners, without a public address."""

import asyncio

import pytest
from aiohttp import web

from bot.chat.cards import Card, prose
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Say
from bot.slack.door import SlackDoor
from tests.doors import Clock, Coach
from tests.slack.conftest import Build, House
from tests.slack.platform import WAIT_SECONDS, FakeSlack, Json, Person


@pytest.fixture
async def socket_house(build: Build) -> House:
    return await build(signing_secret="", app_token="xapp-1")


@pytest.fixture
async def socket(socket_house: House, slack: FakeSlack) -> web.WebSocketResponse:
    assert socket_house.door.routes() == []
    async with asyncio.timeout(WAIT_SECONDS):
        return await slack.sockets.get()


@pytest.fixture
def bob(slack: FakeSlack, clock: Clock) -> Person:
    """Somebody whose gestures are only written down: nothing is sent over HTTP here."""
    return Person("", slack, None, clock)  # type: ignore[arg-type]


async def deliver(slack: FakeSlack, socket: web.WebSocketResponse, kind: str, payload: Json) -> Json:
    await socket.send_json({"envelope_id": "e1", "type": kind, "payload": payload, "accepts_response_payload": True})
    async with asyncio.timeout(WAIT_SECONDS):
        return await slack.received.get()


async def test_a_command_is_answered_in_its_envelope(
    slack: FakeSlack, socket: web.WebSocketResponse, bob: Person, coach: Coach
) -> None:
    coach.reply = (Say(Card("Hello.", (prose("Hello."),))),)
    answer = await deliver(slack, socket, "slash_commands", bob.command("prep acme"))
    assert answer["envelope_id"] == "e1"
    assert answer["payload"]["text"] == "Hello."
    assert isinstance(coach.events[0], Asked)
    assert [call.token for call in slack.calls if call.method == "apps.connections.open"] == ["xapp-1"]


async def test_presses_and_events_arrive_the_same_way(
    slack: FakeSlack, socket: web.WebSocketResponse, bob: Person, coach: Coach
) -> None:
    press = bob.action({"type": "button", "action_id": "help.show:", "action_ts": "1700000100.000200"})
    assert await deliver(slack, socket, "interactive", press) == {"envelope_id": "e1"}
    said = bob.event({"type": "app_home_opened", "user": "U1", "tab": "home", "event_ts": "1700000300.000400"})
    assert await deliver(slack, socket, "events_api", said) == {"envelope_id": "e1"}
    assert isinstance(coach.events[0], Pressed)
    assert len(coach.events) == 2


async def test_the_door_stops_while_slack_cannot_be_reached(build: Build, slack: FakeSlack) -> None:
    slack.refuses["apps.connections.open"] = "fatal_error"
    house = await build(app_token="xapp-1")
    await slack.until("apps.connections.open")
    async with asyncio.timeout(WAIT_SECONDS):
        await house.door.stop()
    assert isinstance(house.door, SlackDoor)
