"""Activities of every shape: what a translation gives, and that nonsense gives only the one error."""

from datetime import UTC, datetime

import pytest

from bot.chat.events import Asked, Joined, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.teams.adaptive_card_ticks import LISTS_MAX
from bot.teams.origin import Consented, GarbledError, Happened, Left
from bot.teams.receive import translate, way_of
from tests.doors import NOW
from tests.teams.activities import (
    FORM,
    activity,
    consent,
    invoke,
    mention,
    message,
    pointer,
    press,
    quotable,
    sent,
    ticked,
)
from tests.teams.platform import ANN, BOT, CHANNEL, GROUP, PERSONAL, TENANT, Json, in_thread

BUTTON = {"action": "prep.full", "subject": "17"}


def happened(given: Json) -> Happened:
    received = translate(given, NOW)
    assert isinstance(received, Happened)
    return received


def pressed(given: Json) -> Pressed:
    event = happened(given).event
    assert isinstance(event, Pressed)
    return event


def submitted(given: Json) -> Submitted:
    event = happened(given).event
    assert isinstance(event, Submitted)
    return event


def test_what_somebody_writes_to_the_coach_is_heard_with_who_where_and_when() -> None:
    event = happened(message()).event
    assert isinstance(event, Said)
    assert (event.text, event.direct) == ("prep acme", True)
    assert (event.address.tenant, event.address.conversation, event.address.user) == (TENANT, PERSONAL, ANN)
    assert event.at == datetime(2026, 3, 2, 9, 29, 58, 123456, tzinfo=UTC)


def test_teams_names_a_message_by_its_moment_so_its_conversation_belongs_to_its_receipt() -> None:
    here, again, elsewhere = (happened(one).event.receipt for one in (message(), message(), mention()))
    assert here == again != elsewhere


@pytest.mark.parametrize("where", [PERSONAL, GROUP, CHANNEL, in_thread("55"), "19:a_b@unq.gbl.spaces"])
def test_a_message_pointed_at_counts_as_read_by_others_wherever_it_stands(where: str) -> None:
    """Two people's own chat has the same type as the one with the coach."""
    given = pointer(quotable(), where)
    given["conversation"]["conversationType"] = "personal"
    received = happened(given)
    assert isinstance(received.event, Quoted)
    assert (received.event.text, received.event.author) == ("15% off & free", "Ana Silva")
    assert (received.event.direct, received.event.message) == (False, "")
    assert (received.origin.way, received.origin.alone, received.origin.thread) == ("quote", False, "")


def test_another_command_of_a_message_is_not_ours() -> None:
    assert translate(pointer(quotable(), command="another"), NOW) is None


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "hi",
        {},
        {"body": None},
        {"body": []},
        {"body": "hi"},
        {"body": {"content": ["hi"]}},
        {"body": {"content": 7}},
    ],
)
def test_what_is_no_message_of_teams_is_garbled(message: object) -> None:
    with pytest.raises(GarbledError):
        translate(pointer(message), NOW)


@pytest.mark.parametrize("text", ["/negotiate prep acme", "negotiate prep acme", " /Negotiate  prep acme"])
def test_the_command_is_a_request(text: str) -> None:
    event = happened(message(text)).event
    assert isinstance(event, Asked)
    assert event.text == "prep acme"


@pytest.mark.parametrize("text", ["home", "Home", " home "])
def test_home_opens_the_coachs_own_page(text: str) -> None:
    assert isinstance(happened(message(text)).event, Opened)


def test_a_mention_in_a_group_is_heard_without_the_name() -> None:
    received = happened(mention())
    assert isinstance(received.event, Said)
    assert (received.event.text, received.event.direct) == ("prep acme", False)
    assert (received.origin.kind, received.origin.alone, received.origin.thread) == ("group", False, "")


def test_what_is_said_first_in_a_channel_begins_its_thread_and_a_reply_is_in_one() -> None:
    first, reply = happened(mention(where=CHANNEL)).origin, happened(mention(where=in_thread("55"))).origin
    assert (first.conversation, first.thread) == (CHANNEL, "1740000000001")
    assert (reply.conversation, reply.thread) == (CHANNEL, "55")


@pytest.mark.parametrize(
    "given",
    [
        activity("installationUpdate", CHANNEL, action="add"),
        activity("conversationUpdate", CHANNEL, membersAdded=[{"id": BOT}]),
        activity("message", CHANNEL, value=BUTTON, replyToId="77"),
        press(BUTTON, CHANNEL),
    ],
    ids=["an arrival", "the same arrival", "a press by an old client", "a press"],
)
def test_what_is_no_post_begins_no_thread(given: Json) -> None:
    assert happened(given).origin.thread == ""


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"conversationType": "personal"}, "personal"),
        ({"conversationType": "groupChat", "isGroup": True}, "group"),
        ({"conversationType": "channel", "isGroup": True}, "channel"),
        ({}, "personal"),
        ({"isGroup": True}, "group"),
        ({"conversationType": "meeting of the future"}, "group"),
    ],
)
def test_a_conversation_of_a_kind_nobody_knows_may_have_many_readers(told: Json, kind: str) -> None:
    assert (
        happened(
            activity(
                "invoke", name="task/fetch", value={"data": {"action": "tip.show"}}, conversation={"id": "a:1"} | told
            )
        ).origin.kind
        == kind
    )


def test_a_channel_is_named_with_its_team() -> None:
    data = {
        "tenant": {"id": TENANT},
        "team": {"id": "19:t", "name": "Sales"},
        "channel": {"id": "19:c", "name": "Deals"},
    }
    assert happened(mention(where=CHANNEL, channelData=data)).origin.name == "Sales \N{EN DASH} Deals"
    named = {"id": GROUP, "conversationType": "groupChat", "name": "Acme account"}
    assert happened(mention(conversation=named)).origin.name == "Acme account"


@pytest.mark.parametrize("zone", [None, 7, "W. Europe Standard Time", "x" * 100, "Europe/Berlin\x00"])
def test_a_time_zone_that_is_none_is_left_out(zone: object) -> None:
    assert happened(message(localTimezone=zone)).origin.zone == ""
    assert happened(message()).origin.zone == "Europe/Berlin"


def test_where_teams_says_no_moment_it_is_now() -> None:
    assert happened(message(timestamp=None)).event.at == NOW
    assert happened(message(timestamp="2026-03-02T10:29:58+01:00")).event.at == NOW.replace(minute=29, second=58)
    assert happened(message(timestamp="2026-03-02T09:29:58")).event.at == NOW.replace(minute=29, second=58)


UNHEARD = {
    "a reaction": activity("messageReaction", reactionsAdded=[{"type": "like"}], replyToId="77"),
    "an edited message": activity("messageUpdate", text="prep acme", channelData={"eventType": "editMessage"}),
    "a deleted message": activity("messageDelete"),
    "somebody typing": activity("typing"),
    "the end of a talk": activity("endOfConversation"),
    "a kind of the future": activity("hologram"),
    "a bot's words": message() | {"from": {"id": "28:other", "role": "bot"}},
    "a skill's words": message() | {"from": {"id": "28:other", "role": "skill"}},
    "people talking in a group": message(where=GROUP),
    "people talking in a channel": message(where=CHANNEL),
    "somebody else mentioned": message(
        "<at>Bob</at> prep",
        GROUP,
        entities=[{"type": "mention", "mentioned": {"id": "29:bob"}, "text": "<at>Bob</at>"}],
    ),
    "somebody else joining": activity("conversationUpdate", GROUP, membersAdded=[{"id": "29:bob"}]),
    "somebody else leaving": activity("conversationUpdate", GROUP, membersRemoved=[{"id": "29:bob"}]),
    "a renamed channel": activity("conversationUpdate", CHANNEL),
    "an update of the app": activity("installationUpdate", action="add-upgrade"),
    "an update of the app, its other half": activity("installationUpdate", action="remove-upgrade"),
    "a request nobody knows": invoke("composeExtension/query", {"commandId": "x"}),
    "a request without a name": invoke("", {}),
}


@pytest.mark.parametrize("given", UNHEARD.values(), ids=UNHEARD)
def test_what_concerns_nobody_is_left(given: Json) -> None:
    assert translate(given, NOW) is None


def test_one_arrival_that_teams_tells_twice_is_one_happening() -> None:
    told = (
        activity("installationUpdate", GROUP, action="add"),
        activity("conversationUpdate", GROUP, id="f:other", membersAdded=[{"id": "29:bob"}, {"id": BOT}]),
    )
    first, second = (happened(one).event for one in told)
    assert isinstance(first, Joined)
    assert first.receipt == second.receipt
    assert not first.direct


def test_an_arrival_on_another_day_is_another_one() -> None:
    days = (
        activity("installationUpdate", GROUP, action="add", timestamp=f"2026-03-0{day}T09:00:00Z") for day in (2, 3)
    )
    first, second = (happened(one).event.receipt for one in days)
    assert first != second


def test_an_arrival_that_nobody_brought_about_is_no_ones_to_be_welcomed() -> None:
    assert translate(activity("conversationUpdate", membersAdded=[{"id": BOT}]) | {"from": {"id": BOT}}, NOW) is None


@pytest.mark.parametrize(
    "given",
    [
        activity("installationUpdate", GROUP, action="remove"),
        activity("conversationUpdate", GROUP, membersRemoved=[{"id": BOT}]),
    ],
    ids=["installationUpdate", "conversationUpdate"],
)
def test_the_coach_notices_when_it_is_taken_out(given: Json) -> None:
    left = translate(given, NOW)
    assert isinstance(left, Left)
    assert left.origin.conversation == GROUP


@pytest.mark.parametrize(
    ("given", "way"),
    [
        (press(BUTTON), "press"),
        (
            invoke("task/fetch", {"data": {"msteams": {"type": "task/fetch"}, **BUTTON}}),
            "fetch",
        ),
        (activity("message", value=BUTTON, replyToId="77"), "message"),
        (
            activity("message", value=BUTTON | {"msTeams": {}}, replyToId="77", text=""),
            "message",
        ),
    ],
    ids=["in place", "for a dialog", "by an old client", "by the playground"],
)
def test_a_press_says_what_was_pressed_where_however_it_comes(given: Json, way: str) -> None:
    event = pressed(given)
    assert (event.action, event.subject, event.message, event.direct) == ("prep.full", "17", "77", True)
    assert (happened(given).origin.way, way_of(given)) == (way, way)


def test_a_menu_gives_the_chosen_option() -> None:
    event = pressed(press({"action": "prep.open", "choice": "choice:1:0", "choice:1:0": "d1"}))
    assert (event.action, event.subject) == ("prep.open", "d1")


def test_a_submitted_form_gives_every_field_even_those_left_empty() -> None:
    event = submitted(invoke("task/submit", {"data": sent(matters="A calm launch\r\n& time\x00")}))
    assert (event.form, event.subject, event.message) == ("prep.quick", "17", "77")
    assert event.answers == {"matters": "A calm launch\n& time", "get": ""}


def test_a_form_brings_along_how_it_was_asked() -> None:
    assert happened(invoke("task/submit", {"data": sent()})).form == FORM


@pytest.mark.parametrize("carried", ["", "{", "[]", '{"id": "x"}', '"\ud800"', "[" * 3000], ids=range(6))
def test_a_form_that_lost_its_questions_still_says_what_was_typed(carried: str) -> None:
    received = happened(invoke("task/submit", {"data": sent(matters="Time") | {"carried": carried}}))
    assert received.form is None
    assert isinstance(received.event, Submitted)
    assert received.event.answers == {"matters": "Time"}


def test_a_form_that_stood_as_a_card_knows_that_card_and_the_one_it_was_opened_from() -> None:
    origin = happened(activity("message", value=sent(opened_from="66"), replyToId="77")).origin
    assert (origin.message, origin.sheet) == ("66", "77")
    assert happened(invoke("task/submit", {"data": sent(opened_from="66")})).origin.sheet == ""


def test_two_lists_of_a_card_saved_by_one_button_are_both_heard() -> None:
    data = {"action": "tick", "subject": "prep.1.b", "tick:8:prep.1.a:x": "true", "tick:8:prep.1.b:y": "true"}
    received = happened(press(data))
    [before], last = received.also, received.event
    assert isinstance(before, Ticked)
    assert isinstance(last, Ticked)
    assert (before.checklist, before.chosen) == ("prep.1.a", frozenset("x"))
    assert (last.checklist, last.chosen) == ("prep.1.b", frozenset("y"))
    assert before.receipt != last.receipt
    assert before.message == last.message == "77"


def test_as_many_lists_as_a_card_may_have_are_heard() -> None:
    assert len(happened(press(ticked(LISTS_MAX))).also) == LISTS_MAX - 1


def test_a_file_that_is_wanted_is_asked_for_once_more_by_its_own_button_alone() -> None:
    received = translate(invoke("fileConsent/invoke", consent()), NOW)
    assert isinstance(received, Consented)
    assert received.consent.upload_url == "https://x.sharepoint.com/uploadUrl"
    assert isinstance(received.again.event, Pressed)
    assert (received.again.event.action, received.again.event.subject) == ("privacy.export", "")
    assert received.again.origin.way == "message"


def test_a_file_that_is_not_wanted_has_nowhere_to_go() -> None:
    received = translate(invoke("fileConsent/invoke", consent(accept=False)), NOW)
    assert isinstance(received, Consented)
    assert received.consent.upload_url == ""


GARBLED = {
    "an action no card has": press({"action": "Drop Table"}),
    "an action that is a number": press({"action": 7}),
    "a press of nothing": press({}),
    "a press without data": press(None),
    "a subject longer than any": press({"action": "prep.full", "subject": "x" * 181}),
    "more lists than a card has": press(ticked(LISTS_MAX + 1)),
    "data that are a text": press("form"),
    "data that are a list": press(["form"]),
    "an id with a space": message(id="1 2"),
    "an id of another script": message(id="1\u0661"),
    "an id longer than any": message(id="1" * 501),
    "no id": message(id=None),
    "a thread of no channel": mention(where=";messageid=55"),
    "a moment that is none": message(timestamp="yesterday"),
    "a moment before time": message(timestamp="0001-01-01T00:00:00+23:59"),
    "a text that is a number": message(text=7),
    "a value that is a list": activity("message", value=[1], text=["x"]),
    "a bot without an id": message(recipient={}),
    "a form of nothing": invoke("task/submit", {"data": {"form": "x"}}),
    "a form from a message that is none": invoke("task/submit", {"data": sent() | {"from": "7 7"}}),
    "a consent of nothing": invoke("fileConsent/invoke", {}),
    "a consent to an action no card has": invoke("fileConsent/invoke", consent() | {"context": {"action": "Drop"}}),
}


@pytest.mark.parametrize("given", GARBLED.values(), ids=GARBLED)
def test_what_teams_would_not_send_is_refused(given: Json) -> None:
    with pytest.raises(GarbledError):
        translate(given, NOW)
