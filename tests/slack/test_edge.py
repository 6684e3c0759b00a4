"""Bad requests: each is refused with a clear status, and nothing happens."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from tests.doors import NOW, Coach
from tests.slack.conftest import House
from tests.slack.platform import FakeSlack, Person, signed

FORM_TYPE = "application/x-www-form-urlencoded"
GOOD = urlencode(
    {"command": "/negotiate", "text": "help", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "t1"}
)
Row = tuple[bytes, Mapping[str, str], int]


def with_signature(body: str | bytes, content_type: str = FORM_TYPE, **changed: str) -> tuple[bytes, dict[str, str]]:
    raw = body.encode() if isinstance(body, str) else body
    return raw, {"Content-Type": content_type} | signed(raw.decode(errors="replace"), NOW) | changed


def interaction(payload: object) -> tuple[bytes, dict[str, str]]:
    return with_signature(urlencode({"payload": json.dumps(payload)}))


def event(**changed: Any) -> tuple[bytes, dict[str, str]]:  # noqa: ANN401  any part of a payload
    inner = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": "U1",
        "ts": "1.2",
        "text": "hi",
    } | changed
    body = {"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": inner}
    return with_signature(json.dumps(body), "application/json")


PRESS = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "trigger_id": "t",
    "channel": {"id": "D1"},
    "container": {"type": "message", "message_ts": "1.2"},
    "actions": [{"type": "button", "action_id": "a:b", "action_ts": "1.2"}],
}
SUBMIT = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "view": {
        "type": "modal",
        "id": "V1",
        "callback_id": "f",
        "private_metadata": '{"about":"1","v":"post"}',
        "state": {"values": {}},
    },
}


def changed(payload: dict[str, Any], **parts: Any) -> tuple[bytes, dict[str, str]]:  # noqa: ANN401
    return interaction(payload | parts)


def view(**parts: Any) -> tuple[bytes, dict[str, str]]:  # noqa: ANN401
    return changed(SUBMIT, view=SUBMIT["view"] | parts)  # type: ignore[operator]


late = signed(GOOD, NOW - timedelta(minutes=6))
early = signed(GOOD, NOW + timedelta(minutes=6))
foreign = signed(GOOD, NOW, secret="another")
REFUSED: dict[str, tuple[tuple[bytes, Mapping[str, str]], int]] = {
    "unsigned": ((GOOD.encode(), {"Content-Type": FORM_TYPE}), 401),
    "a signature without its time": (with_signature(GOOD, **{"X-Slack-Request-Timestamp": ""}), 401),
    "a time without its signature": (with_signature(GOOD, **{"X-Slack-Signature": ""}), 401),
    "another app's signature": (with_signature(GOOD, **foreign), 401),
    "a signature that is no text": (with_signature(GOOD, **{"X-Slack-Signature": "v0=é"}), 401),
    "a stale request": (with_signature(GOOD, **late), 401),
    "a request from the future": (with_signature(GOOD, **early), 401),
    "another body than was signed": ((GOOD.encode() + b"x", with_signature(GOOD)[1]), 401),
    "a time that is no number": (with_signature(GOOD, **{"X-Slack-Request-Timestamp": "noon"}), 400),
    "a time beyond all time": (with_signature(GOOD, **{"X-Slack-Request-Timestamp": "9" * 40}), 400),
    "a body that is no text": (with_signature(b"\xff\xfe"), 400),
    "an empty body": (with_signature(""), 400),
    "JSON cut short": (with_signature('{"type": "event_cal', "application/json"), 400),
    "a JSON list": (with_signature("[1, 2]", "application/json"), 400),
    "a JSON number": (with_signature("7", "application/json"), 400),
    "JSON nested too deep": (with_signature('{"a":' * 3000 + "1" + "}" * 3000, "application/json"), 400),
    "a payload cut short": (with_signature("payload=%7B%22type"), 400),
    "a payload that is a list": (with_signature("payload=%5B%5D"), 400),
    "a form of nothing we know": (with_signature("a=b"), 400),
    "a command without a person": (with_signature(GOOD.replace("user_id", "nobody")), 400),
    "a command without a workspace": (with_signature(GOOD.replace("team_id", "nowhere")), 400),
    "a command with an id that is none": (with_signature(GOOD.replace("U1", "%3Cscript%3E")), 400),
    "a shortcut, which the app has none of": (interaction({"type": "shortcut", "callback_id": "x"}), 400),
    "an interaction of no kind": (interaction({"team": {"id": "T1"}}), 400),
    "a team that is a number": (changed(PRESS, team=5), 400),
    "a user that is a list": (changed(PRESS, user=["U1"]), 400),
    "actions that are none": (changed(PRESS, actions=[]), 400),
    "an action that is a text": (changed(PRESS, actions=["a"]), 400),
    "an element that no card has": (changed(PRESS, actions=[{"type": "overflow", "action_id": "a"}]), 400),
    "a menu with nothing chosen": (changed(PRESS, actions=[{"type": "static_select", "action_id": "a:"}]), 400),
    "a checklist that is none": (
        changed(PRESS, actions=[{"type": "checkboxes", "action_id": "a:b", "selected_options": []}]),
        400,
    ),
    "a press at no time": (changed(PRESS, actions=[{"type": "button", "action_id": "a:b", "action_ts": "noon"}]), 400),
    "a press nowhere": (changed(PRESS, container={}), 400),
    "a response URL that is none": (changed(PRESS, response_url="file:///etc/passwd"), 400),
    "a form without its note": (view(private_metadata="{}"), 400),
    "a form with a note of another": (view(private_metadata='{"about":1,"v":"post"}'), 400),
    "a form with a note that is no JSON": (view(private_metadata="x"), 400),
    "a form without answers": (view(state=None), 400),
    "an event that is a text": (with_signature('{"type":"event_callback","event":"x"}', "application/json"), 400),
    "an event without an inside": (with_signature('{"type":"event_callback"}', "application/json"), 400),
    "a message without its author": (event(user=None), 400),
    "a message at no time": (event(ts="noon"), 400),
    "a message that is a number": (event(text=7), 400),
}


@pytest.mark.parametrize(("request_", "status"), REFUSED.values(), ids=REFUSED)
async def test_a_bad_request_is_refused_and_changes_nothing(
    ann: Person, coach: Coach, slack: FakeSlack, request_: tuple[bytes, Mapping[str, str]], status: int
) -> None:
    answer = await ann.sends_raw(*request_)
    assert answer.status == status
    assert "Traceback" not in answer.text
    assert coach.events == []
    assert slack.calls == []


async def test_a_huge_request_is_refused_before_it_is_read(ann: Person, house: House) -> None:
    answer = await ann.sends_raw(b"x" * (1024 * 1024 + 1), {"Content-Type": FORM_TYPE})
    assert answer.status == 413
    assert house.observed == ["refused"]


async def test_a_huge_request_that_hides_its_size_is_refused_too(house: House, session: ClientSession) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    async with session.post(f"{house.url}/slack/events", data=endless()) as answer:
        assert answer.status == 413


async def test_the_same_request_rightly_signed_is_heard(ann: Person, coach: Coach) -> None:
    good: tuple[Callable[[], tuple[bytes, dict[str, str]]], ...] = (
        lambda: with_signature(GOOD),
        lambda: interaction(PRESS),
        lambda: interaction(SUBMIT),
        event,
    )
    for made in good:
        assert (await ann.sends_raw(*made())).status == 200
    assert len(coach.events) == 4
