"""Payloads of every shape: what a translation gives, and that nonsense gives only the one error."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.events import Asked, Pressed, Quoted, Said, Ticked
from bot.slack import receive
from bot.slack.origin import GarbledError, Happened, Origin, keep, recall
from bot.slack.parts import Mark, read_mark
from bot.slack.receive import Gone
from tests.garbage import json_values, paths, with_garbage

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
Json = dict[str, Any]
COMMAND: Json = {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2.a", "text": "prep acme"}
PRESS: Json = {
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "trigger_id": "1.2.a",
    "response_url": "https://hooks.slack.example/1",
    "channel": {"id": "D1"},
    "container": {"type": "message", "message_ts": "1700000000.000100"},
    "message": {"blocks": []},
    "actions": [{"type": "button", "action_id": "prep.full:17", "action_ts": "1700000000.000200"}],
}
SUBMISSION: Json = {
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "view": {
        "id": "V1",
        "callback_id": "prep.quick",
        "private_metadata": keep(Origin(team="T1", user="U1", voice="post", channel="D1"), "17"),
        "state": {"values": {"matters": {"answer": {"type": "plain_text_input", "value": "Time"}}}},
    },
    "response_urls": [{"channel_id": "C7", "response_url": "https://hooks.slack.example/2"}],
}
MESSAGE: Json = {
    "team_id": "T1",
    "event_id": "Ev1",
    "event_time": 1700000000,
    "authorizations": [{"team_id": "T1", "user_id": "U0"}],
    "event": {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": "U1",
        "ts": "1700000000.1",
        "text": "hi",
    },
}
SHORTCUT: Json = {
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "trigger_id": "1.2.a",
    "action_ts": "1700000000.000200",
    "response_url": "https://hooks.slack.example/1",
    "channel": {"id": "C1"},
    "message": {
        "text": "",
        "username": "Ana",
        "blocks": [
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "*15%*"},
                "fields": [{"type": "plain_text", "text": "off"}],
            },
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "or"}]}],
            },
        ],
        "attachments": [{"text": "we walk", "fields": [{"title": "When", "value": "Friday"}], "fallback": "we walk"}],
    },
}
HOME: Json = {"team_id": "T1", "event_id": "Ev1", "event": {"type": "app_home_opened", "user": "U1", "tab": "home"}}
REVOKED: Json = {
    "team_id": "T1",
    "event_time": 1700000000,
    "event": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0"]}},
}
TRANSLATIONS: list[tuple[Callable[[Any, datetime], object], Json]] = [
    (receive.command, COMMAND),
    (receive.action, PRESS),
    (receive.submission, SUBMISSION),
    (receive.shortcut, SHORTCUT),
    (receive.shortcut, SHORTCUT | {"message": {"attachments": SHORTCUT["message"]["attachments"]}}),
    (receive.message, MESSAGE),
    (receive.mention, MESSAGE),
    (receive.opened, HOME),
    (receive.gone, REVOKED),
]

WORDS = {
    "prep acme": "prep acme",
    "Bolt &amp; Sons": "Bolt & Sons",
    "&amp;lt;": "&lt;",
    "&lt;b&gt;": "<b>",
    "<https://a.example/x?y=1&amp;z=2>": "https://a.example/x?y=1&z=2",
    "<https://a.example|a.example>": "a.example",
    "<mailto:a@b.example|a@b.example>": "a@b.example",
    "<@U1> and <@U2|bob>": "@U1 and @bob",
    "<#C1|sales>": "#sales",
    "<!channel> <!here|here>": "@channel here",
    "<!subteam^S1|@team>": "@team",
    "<!date^1392734382^{date}|18 Feb>": "18 Feb",
    "a < b > c": "a < b > c",
    " spaced\u0000 out ": "spaced out",
}


@pytest.mark.parametrize(("sent", "seen"), WORDS.items())
def test_words_are_read_as_their_writer_sees_them(sent: str, seen: str) -> None:
    happened = receive.command(COMMAND | {"text": sent}, NOW)
    assert isinstance(happened.event, Asked)
    assert happened.event.text == seen


@pytest.mark.parametrize(
    ("channel", "name", "direct"),
    [("C1", "sales", False), ("D1", "directmessage", True), ("D1", "", True), ("G1", "directmessage", True)],
)
def test_a_command_knows_whether_others_read_along(channel: str, name: str, *, direct: bool) -> None:
    assert receive.command(COMMAND | {"channel_id": channel, "channel_name": name}, NOW).event.direct is direct


def test_a_press_on_a_whisper_in_a_channel_is_direct_and_on_an_open_card_it_is_not() -> None:
    channel = {"channel": {"id": "C1"}}
    whisper = {"type": "message", "message_ts": "1.2", "is_ephemeral": True}
    assert receive.action(PRESS | channel | {"container": whisper}, NOW).event.direct
    assert not receive.action(PRESS | channel, NOW).event.direct


def test_a_whisper_in_a_conversation_of_two_people_is_never_answered_aloud() -> None:
    whisper = {"type": "message", "message_ts": "1.2", "is_ephemeral": True}
    assert receive.action(PRESS | {"container": whisper}, NOW).origin.voice == "response"


def test_a_message_pointed_at_counts_as_read_by_others_even_between_two_people() -> None:
    event = receive.shortcut(SHORTCUT | {"channel": {"id": "D1"}}, NOW).event
    assert isinstance(event, Quoted)
    assert (event.direct, event.receipt, event.message) == (False, "1.2.a", "")
    assert event.at == datetime(2023, 11, 14, 22, 13, 20, 200, tzinfo=UTC)


def test_moments_are_read_to_the_microsecond() -> None:
    assert receive.action(PRESS, NOW).event.at == datetime(2023, 11, 14, 22, 13, 20, 200, tzinfo=UTC)


def test_a_press_on_a_later_part_names_the_first_part() -> None:
    part = {"blocks": [{"block_id": "part:2:1700000000.000001"}]}
    happened = receive.action(PRESS | {"message": part}, NOW)
    assert happened.event.message == "1700000000.000001"
    assert happened.origin.scattered


def test_ticks_of_a_whisper_are_at_least_those_chosen() -> None:
    act = {
        "type": "checkboxes",
        "action_id": "tick:prep:17:0",
        "selected_options": [{"value": "a"}],
        "action_ts": "1.2",
    }
    event = receive.action({key: PRESS[key] for key in PRESS if key != "message"} | {"actions": [act]}, NOW).event
    assert isinstance(event, Ticked)
    assert (event.checklist, event.shown, event.chosen) == ("prep:17", frozenset("a"), frozenset("a"))


def test_in_a_shared_channel_the_installed_company_is_the_tenant() -> None:
    elsewhere = MESSAGE | {"team_id": "T9", "authorizations": [{"team_id": "T1", "user_id": "U0"}]}
    happened = receive.message(elsewhere, NOW)
    assert happened
    assert isinstance(happened.event, Said)
    assert happened.event.address.tenant == "T1"


def test_only_a_bot_token_that_is_taken_back_ends_an_installation() -> None:
    assert receive.gone(REVOKED, NOW) == Gone("T1", datetime.fromtimestamp(1700000000, UTC))
    assert receive.gone(REVOKED | {"event": {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}}, NOW) is None
    assert receive.gone({"team_id": "T1", "event": {"type": "app_uninstalled"}}, NOW) == Gone("T1", NOW)


voices = st.sampled_from(["response", "post", "aside", "direct", "home"])
origins = st.builds(
    Origin,
    team=st.just("T1"),
    user=st.just("U1"),
    voice=voices,
    channel=st.sampled_from(["", "C1"]),
    message=st.sampled_from(["", "1.2", "1.2,1.3"]),
    scattered=st.booleans(),
    ephemeral=st.booleans(),
    company=st.booleans(),
    response_url=st.sampled_from(["", "https://hooks.slack.example/1"]),
)


@given(origins, st.text(max_size=180))
def test_a_form_remembers_where_it_was_opened(origin: Origin, subject: str) -> None:
    assert recall(keep(origin, subject), "T1", "U1") == (subject, origin)


def test_the_longest_note_fits_a_modal() -> None:
    url = "https://hooks.slack.example/actions/" + "x" * 200
    origin = Origin(
        team="T1", user="U1", voice="response", channel="C" * 20, message="1700000000.000100", response_url=url
    )
    assert len(keep(origin, "\u2603" * 180)) < 3000


@given(st.sampled_from(TRANSLATIONS), st.data(), json_values, st.booleans())
def test_garbage_anywhere_in_a_payload_is_read_or_refused_and_never_breaks(
    translation: tuple[Callable[[Any, datetime], object], Json],
    data: st.DataObject,
    garbage: object,
    gone: bool,  # noqa: FBT001  drawn by hypothesis
) -> None:
    translate, payload = translation
    path = data.draw(st.sampled_from(list(paths(payload))))
    try:
        result = translate(with_garbage(payload, path, garbage, gone=gone), NOW)
    except GarbledError:
        return
    assert result is None or isinstance(result, Gone) or is_sound(result)


@given(st.sampled_from(TRANSLATIONS), json_values)
def test_a_payload_of_pure_garbage_is_refused(
    translation: tuple[Callable[[Any, datetime], object], Json], garbage: object
) -> None:
    with pytest.raises(GarbledError):
        translation[0](garbage, NOW)


def is_sound(result: object) -> bool:
    """Everything that leaves the door can be stored and looked up."""
    assert isinstance(result, Happened)
    event = result.event
    words = [event.address.tenant, event.address.user, event.receipt, event.message]
    words += [event.text] if isinstance(event, Asked | Said) else []
    words += [event.text, event.author] if isinstance(event, Quoted) else []
    words += [event.action, event.subject] if isinstance(event, Pressed) else []
    assert all(isinstance(word, str) for word in words)
    json.dumps(words, ensure_ascii=False).encode()
    return event.at.tzinfo is UTC and "\x00" not in "".join(words)


def test_a_mark_that_is_none_is_none() -> None:
    assert read_mark([{"block_id": "part:x:"}, {"block_id": 7}, {}]) is None
    assert read_mark([{}, {"block_id": "part:1:"}]) == Mark(1)
