"""The coach's own words on their way: posted once, changed in place, and plain about what Slack refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.address import Address
from bot.chat.cards import Card, prose
from bot.chat.ports import Messenger, Profile
from bot.errors import AmbiguousError, BusyError, PlatformError, UnreachableError
from bot.slack.api import SlackRefusedError
from bot.slack.parts import read_mark
from bot.slack.send import SlackMessenger
from tests.cards import ordinary
from tests.doors import NOW
from tests.slack.conftest import House
from tests.slack.platform import ANN, TEAM, FakeSlack, Json

TO = Address("slack", TEAM, "C1", ANN)
THERE = Address("slack", TEAM, "DU1", ANN)
SHORT = Card("Short.", (prose("Short."),))


def long(blocks: int) -> Card:
    return Card("Long.", tuple(prose(f"Paragraph {n}.") for n in range(blocks)))


@pytest.fixture
def messenger(house: House) -> SlackMessenger:
    return house.messenger


def test_it_is_what_the_coach_expects_of_a_messenger(messenger: SlackMessenger) -> None:
    expected: Messenger = messenger
    assert expected is messenger


async def test_a_card_is_sent_where_only_its_reader_sees_it(messenger: SlackMessenger, slack: FakeSlack) -> None:
    assert await messenger.send(TO, SHORT) == "1700000000.000001"
    await messenger.send(TO, SHORT)
    assert [call["channel"] for call in slack.of("chat.postMessage")] == ["DU1", "DU1"]
    assert len(slack.of("conversations.open")) == 1


async def test_a_long_card_is_several_messages_of_one_id(messenger: SlackMessenger, slack: FakeSlack) -> None:
    message = await messenger.send(TO, long(120))
    assert message == "1700000000.000001,1700000000.000002,1700000000.000003"
    marks = [read_mark(call["blocks"]) for call in slack.of("chat.postMessage")]
    assert [mark.number for mark in marks if mark] == [1, 2, 3]
    assert {mark.first for mark in marks if mark} == {"", "1700000000.000001"}


async def test_a_card_that_shrinks_leaves_nothing_behind(messenger: SlackMessenger, slack: FakeSlack) -> None:
    message = await messenger.send(TO, long(120))
    await messenger.update(THERE, message, SHORT)
    assert [call["ts"] for call in slack.of("chat.update")] == ["1700000000.000001"]
    assert [call["ts"] for call in slack.of("chat.delete")] == ["1700000000.000002", "1700000000.000003"]


async def test_a_card_that_grows_is_found_whole_by_its_old_id(messenger: SlackMessenger, slack: FakeSlack) -> None:
    message = await messenger.send(TO, SHORT)
    await messenger.update(THERE, message, long(60))
    assert len(slack.of("chat.postMessage")) == 2
    await messenger.update(THERE, message, long(60))
    assert len(slack.of("chat.postMessage")) == 2
    assert [call["ts"] for call in slack.of("chat.update")][1:] == ["1700000000.000001", "1700000000.000002"]


async def test_a_person_is_known_by_name_email_and_zone(messenger: SlackMessenger, slack: FakeSlack) -> None:
    assert await messenger.profile(TO) == Profile("Ann", "ann@example.com", "Europe/Berlin")
    slack.answers["users.info"] = {"user": {"name": "ann"}}
    assert await messenger.profile(TO) == Profile("ann", "", "")


async def test_a_post_is_never_repeated_by_itself(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.refuses["chat.postMessage"] = "ratelimited"
    with pytest.raises(PlatformError, match="slow down"):
        await messenger.send(TO, SHORT)
    assert len(slack.of("chat.postMessage")) == 1


async def test_a_post_whose_answer_got_lost_is_not_posted_twice(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.drops.add("chat.postMessage")
    with pytest.raises(PlatformError):
        await messenger.send(TO, SHORT)
    assert len(slack.of("chat.postMessage")) == 1


async def test_a_look_up_waits_as_long_as_slack_says_and_asks_once_more(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.refuses["users.info"] = "ratelimited"
    with pytest.raises(PlatformError):
        await messenger.profile(TO)
    assert len(slack.of("users.info")) == 2


@pytest.mark.parametrize(
    "code", ["not_in_channel", "channel_not_found", "is_archived", "missing_scope", "anything_else"]
)
async def test_a_refusal_is_a_plain_sentence(messenger: SlackMessenger, slack: FakeSlack, code: str) -> None:
    slack.refuses["chat.postMessage"] = code
    with pytest.raises(SlackRefusedError) as refusal:
        await messenger.post(TO, SHORT)
    assert refusal.value.code == code
    assert "Nothing was lost" in refusal.value.sentence or "nothing was lost" in refusal.value.sentence
    assert "_" not in refusal.value.sentence


async def test_a_slack_out_of_reach_is_a_plain_sentence(
    messenger: SlackMessenger, unused_tcp_port_factory: Callable[[], int]
) -> None:
    messenger.api.url = f"http://127.0.0.1:{unused_tcp_port_factory()}/api/"
    with pytest.raises(PlatformError) as failure:
        await messenger.profile(TO)
    assert "try again" in failure.value.sentence


async def test_an_answer_that_is_not_slacks_is_a_plain_sentence(messenger: SlackMessenger) -> None:
    messenger.api.url = messenger.api.url.replace("/api/", "/nowhere/")
    with pytest.raises(PlatformError):
        await messenger.post(TO, SHORT)


async def test_every_message_has_words_for_a_notification(messenger: SlackMessenger, slack: FakeSlack) -> None:
    await messenger.send(TO, long(60))
    posted: list[Json] = slack.of("chat.postMessage")
    assert [call["text"] for call in posted] == ["Long.", "Long."]
    assert {(call["unfurl_links"], call["unfurl_media"]) for call in posted} == {(False, False)}


async def test_a_letter_is_found_again_by_its_key_and_by_no_other(messenger: SlackMessenger, slack: FakeSlack) -> None:
    await messenger.send(TO, SHORT)
    message = await messenger.send(TO, SHORT, "checkins:1")
    await messenger.send(TO, SHORT, "checkins:10")
    assert await messenger.find(THERE, "checkins:1", NOW) == message
    assert await messenger.find(THERE, "checkins:2", NOW) is None
    asked = slack.of("conversations.history")[0]
    assert (asked["channel"], float(asked["oldest"])) == ("DU1", (NOW - timedelta(minutes=1)).timestamp())


async def test_a_letter_is_found_however_much_was_said_since(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.page = 2
    for key in ("a:1", "a:2", "a:3", "a:4", "a:5"):
        await messenger.send(TO, SHORT, key)
    assert await messenger.find(THERE, "a:5", NOW) == "1700000000.000005"
    assert len(slack.of("conversations.history")) == 3


async def test_a_busy_slack_is_not_waited_for_by_whoever_looks_for_a_letter(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.retry_after = "60"
    slack.refuses["conversations.history"] = "ratelimited"
    with pytest.raises(BusyError) as busy:
        await messenger.find(TO, "checkins:1", NOW)
    assert busy.value.retry_after == 60
    assert len(slack.of("conversations.history")) == 1


async def test_a_letter_of_several_messages_is_found_whole(messenger: SlackMessenger) -> None:
    message = await messenger.send(TO, long(120), "a:1")
    assert await messenger.find(THERE, "a:1", NOW) == message


async def test_a_letter_with_a_picture_that_slack_is_not_done_with_is_found_by_its_key(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.unready = 1
    message = await messenger.send(TO, ordinary.PLAN, "checkins:1")
    assert len(slack.of("chat.postMessage")) == 2
    assert await messenger.find(THERE, "checkins:1", NOW) == message


async def test_a_letter_that_arrived_in_part_is_taken_away_to_be_sent_anew(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    await messenger.send(TO, long(120), "a:1")
    del slack.history[1]
    assert await messenger.find(THERE, "a:1", NOW) is None
    assert slack.history == []


async def test_a_letter_whose_second_message_is_refused_is_in_doubt(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.refuses_after["chat.postMessage"] = 1
    with pytest.raises(AmbiguousError):
        await messenger.send(TO, long(120), "a:1")
    assert len(slack.history) == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ratelimited", BusyError),
        ("invalid_auth", BusyError),
        ("account_inactive", UnreachableError),
        ("user_disabled", UnreachableError),
        ("internal_error", AmbiguousError),
        ("invalid_blocks", SlackRefusedError),
    ],
)
async def test_what_slack_says_no_to_is_told_apart_by_what_helps(
    messenger: SlackMessenger, slack: FakeSlack, code: str, kind: type[PlatformError]
) -> None:
    slack.retry_after = "30"
    slack.refuses["chat.postMessage"] = code
    with pytest.raises(kind) as refusal:
        await messenger.send(TO, SHORT, "a:1")
    named = {"account_inactive": "forbidden", "user_disabled": "gone"}
    assert refusal.value.reason == named.get(code, f"Slack says {code}")
    assert getattr(refusal.value, "retry_after", 0) == (30 if kind is BusyError else 0)
    helped = isinstance(refusal.value, BusyError | AmbiguousError | UnreachableError)
    assert helped is (kind is not SlackRefusedError)


async def test_a_post_whose_answer_got_lost_is_in_doubt_and_one_that_never_left_is_not(
    messenger: SlackMessenger, slack: FakeSlack, unused_tcp_port_factory: Callable[[], int]
) -> None:
    slack.drops.add("chat.postMessage")
    with pytest.raises(AmbiguousError):
        await messenger.send(TO, SHORT, "a:1")
    messenger.api.url = f"http://127.0.0.1:{unused_tcp_port_factory()}/api/"
    with pytest.raises(BusyError):
        await messenger.send(TO, SHORT, "a:1")


async def test_a_workspace_that_took_the_coach_out_can_not_be_reached(messenger: SlackMessenger) -> None:
    with pytest.raises(UnreachableError):
        await messenger.send(replace(TO, tenant="T9"), SHORT, "a:1")


async def test_a_letter_to_a_channel_is_found_there_and_nowhere_else(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    message = await messenger.post(TO, SHORT, "digest:7:2026-03-02")
    assert await messenger.find(TO, "digest:7:2026-03-02", NOW) == message
    assert [call["channel"] for call in slack.of("chat.postMessage")] == ["C1"]
    assert [call["channel"] for call in slack.of("conversations.history")] == ["C1"]
    assert slack.of("conversations.open") == []


async def test_a_post_in_a_channel_whose_answer_got_lost_is_found_before_it_is_posted_again(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.drops.add("chat.postMessage")
    with pytest.raises(AmbiguousError):
        await messenger.post(TO, SHORT, "digest:7:2026-03-02")
    assert await messenger.find(TO, "digest:7:2026-03-02", NOW) == "1700000000.000001"


async def test_a_workspace_that_grants_no_look_back_tells_nothing(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.refuses["conversations.history"] = "missing_scope"
    assert await messenger.find(TO, "digest:7:2026-03-02", NOW) is None
    slack.refuses["conversations.history"] = "fatal_error"
    with pytest.raises(PlatformError):
        await messenger.find(TO, "digest:7:2026-03-02", NOW)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("is_archived", "archived"),
        ("not_in_channel", "not_in_channel"),
        ("channel_not_found", "gone"),
        ("restricted_action", "forbidden"),
    ],
)
async def test_why_a_channel_can_not_be_posted_to_is_one_word(
    messenger: SlackMessenger, slack: FakeSlack, code: str, reason: str
) -> None:
    slack.shut["C1"] = code
    with pytest.raises(UnreachableError) as refusal:
        await messenger.post(TO, SHORT, "digest:7:2026-03-02")
    assert refusal.value.reason == refusal.value.obstacle == reason


async def test_a_channel_slowed_down_is_tried_again_when_slack_says(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.refuses["chat.postMessage"], slack.retry_after = "ratelimited", "30"
    with pytest.raises(BusyError) as refusal:
        await messenger.post(TO, SHORT, "digest:7:2026-03-02")
    assert refusal.value.retry_after == 30


async def test_who_is_in_a_channel_is_found_however_many_are(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.page = 2
    slack.rooms["C1"] = ["U8", "U9", "U7", "U6", ANN]
    assert await messenger.reads(TO, "C1")
    assert not await messenger.reads(replace(TO, user="U5"), "C1")
    assert [call["limit"] for call in slack.of("conversations.members")] == ["1000"] * 6


async def test_nobody_is_in_a_channel_that_slack_hides(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.hidden.add("C1")
    assert not await messenger.reads(TO, "C1")
    slack.refuses["conversations.members"] = "missing_scope"
    assert not await messenger.reads(TO, "C2")


async def test_where_slack_can_not_tell_who_is_in_a_channel_nobody_guesses(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.refuses["conversations.members"] = "fatal_error"
    with pytest.raises(PlatformError):
        await messenger.reads(TO, "C1")


async def test_two_people_and_the_coach_share_one_conversation(messenger: SlackMessenger, slack: FakeSlack) -> None:
    both = await messenger.together(TO, "U2")
    assert both == replace(TO, conversation="GU1U2")
    assert await messenger.together(TO, "U2") == both
    assert [call["users"] for call in slack.of("conversations.open")] == ["U1,U2"]


@pytest.mark.parametrize("code", ["user_disabled", "users_not_found", "missing_scope"])
async def test_a_chat_that_can_not_be_opened_is_none(messenger: SlackMessenger, slack: FakeSlack, code: str) -> None:
    slack.refuses["conversations.open"] = code
    assert await messenger.together(TO, "U2") is None
    assert await messenger.together(TO, ANN) is None


async def test_a_chat_that_can_not_be_opened_just_now_is_opened_later(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.refuses["conversations.open"] = "ratelimited"
    with pytest.raises(BusyError):
        await messenger.together(TO, "U2")
