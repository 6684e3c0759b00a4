"""What a handler wants done, and what Slack is told: act by act, door by door."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.address import Address
from bot.chat.cards import Card, Form, PlaceField, TextField, prose
from bot.chat.events import Submitted
from bot.chat.replies import Act, Ask, Change, Hand, Home, Refuse, Say, Share
from bot.errors import NotThereError, StoreUnavailableError
from bot.slack.acts import POINTER
from bot.slack.block_kit_forms import render_form
from bot.slack.origin import Origin, keep
from tests.doors import Coach
from tests.slack.conftest import House
from tests.slack.platform import ANN, TEAM, Answer, FakeSlack, Person

HELLO = Card("Hello.", (prose("Hello there."),))
LONG = Card("Long.", tuple(prose(f"Paragraph {n}.") for n in range(60)))
FORM = Form("prep.quick", "17", "Three questions", (TextField("matters", "What matters?"),))
EPHEMERAL: dict[str, Any] = {
    "container": {"type": "message", "message_ts": "1.2", "is_ephemeral": True},
    "message": None,
}
HOME: dict[str, Any] = {
    "container": {"type": "view", "view_id": "V9"},
    "channel": None,
    "message": None,
    "view": {"blocks": []},
}
IN_CHANNEL = {"channel": "C1"}


def modal(origin: Origin) -> dict[str, object]:
    return render_form(FORM, keep(origin, "17"))


async def test_a_lasting_card_goes_to_the_direct_conversation_and_is_remembered(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(HELLO, lasting=True, subject="prep:17"),)
    answer = await ann.types("prep acme", channel="C1")
    (posted,) = slack.of("chat.postMessage")
    assert (posted["channel"], posted["text"]) == ("DU1", "Hello.")
    assert posted["unfurl_links"] is False
    assert coach.put == [(Address("slack", TEAM, "DU1", ANN), "prep:17", "1700000000.000001")]
    assert answer.json["text"] == POINTER


async def test_a_lasting_card_asked_for_where_it_goes_needs_no_pointer(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(HELLO, lasting=True, subject="prep:17"),)
    assert (await ann.types("prep acme", channel="DU1")).text == ""
    await ann.says("prep acme")
    await slack.until("chat.postMessage", 2)
    assert [call.method for call in slack.calls if call.method == "one"] == []


async def test_a_lasting_card_asked_for_in_somebody_elses_conversation_stays_private(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(HELLO, lasting=True),)
    answer = await ann.types("prep acme", channel="D_OF_TWO")
    assert slack.of("chat.postMessage")[0]["channel"] == "DU1"
    assert (answer.json["response_type"], answer.json["text"]) == ("ephemeral", POINTER)


@pytest.mark.parametrize("channel", ["C1", "D_OF_TWO"])
async def test_coaching_on_a_message_goes_to_the_direct_conversation_and_a_whisper_says_so(
    ann: Person, coach: Coach, slack: FakeSlack, channel: str
) -> None:
    """The coach need not be in the conversation: only the response URL reaches there."""
    coach.reply = (Say(HELLO, lasting=True),)
    assert (await ann.points({"text": "15% off"}, channel=channel)).text == ""
    (whisper,) = await slack.until("one")
    (posted,) = slack.of("chat.postMessage")
    assert posted["channel"] == "DU1"
    assert (whisper["response_type"], whisper["replace_original"], whisper["text"]) == ("ephemeral", False, POINTER)


async def test_coaching_on_a_message_of_our_own_conversation_needs_no_pointer(
    ann: Person, coach: Coach, slack: FakeSlack, house: House
) -> None:
    coach.reply = (Say(HELLO, lasting=True),)
    await ann.points({"text": "15% off"}, channel="DU1")
    await house.door.drain()
    assert [posted["channel"] for posted in slack.of("chat.postMessage")] == ["DU1"]
    assert slack.of("one") == []


async def test_where_the_whisper_comes_too_late_the_card_is_there_all_the_same(
    ann: Person, coach: Coach, slack: FakeSlack, house: House
) -> None:
    slack.expired.add("one")
    coach.reply = (Say(HELLO, lasting=True),)
    await ann.points({"text": "15% off"})
    await house.door.drain()
    assert [posted["text"] for posted in slack.of("chat.postMessage")] == ["Hello.", POINTER]


async def test_a_card_of_several_pages_goes_on_after_the_acknowledgement(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(LONG),)
    first = (await ann.types("deals")).text
    (rest,) = await slack.until("one")
    assert "Paragraph 0." in first
    assert "Paragraph 59." in str(rest["blocks"])
    assert rest["replace_original"] is False


async def test_a_press_in_a_channel_is_answered_where_only_the_person_sees_it(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(HELLO),)
    await ann.presses("help.show:", **IN_CHANNEL)
    (whisper,) = await slack.until("one")
    assert whisper["response_type"] == "ephemeral"
    assert slack.of("chat.postMessage") == []


async def test_a_press_in_the_direct_conversation_is_answered_there(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(HELLO),)
    await ann.presses("help.show:")
    assert (await slack.until("chat.postMessage"))[0]["channel"] == "DU1"


async def test_a_press_on_the_home_page_is_answered_in_the_direct_conversation(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(HELLO),)
    await ann.presses("help.show:", **HOME)
    assert (await slack.until("chat.postMessage"))[0]["channel"] == "DU1"


async def test_a_mention_is_answered_in_the_channel_to_that_person_only(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(HELLO),)
    await ann.mentions("prep acme", thread_ts="1700000001.000100")
    (aside,) = await slack.until("chat.postEphemeral")
    assert (aside["channel"], aside["user"], aside["thread_ts"]) == ("C1", ANN, "1700000001.000100")


async def test_a_used_up_response_url_is_replaced_by_the_direct_conversation(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    slack.expired.add("one")
    coach.reply = (Say(HELLO),)
    await ann.presses("help.show:", **IN_CHANNEL)
    assert (await slack.until("chat.postMessage"))[0]["channel"] == "DU1"


async def test_a_changed_card_is_changed_in_place(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Change(HELLO),)
    await ann.presses("prep.full:17")
    (update,) = await slack.until("chat.update")
    assert (update["channel"], update["ts"], update["text"]) == ("DU1", "1700000050.000100", "Hello.")


async def test_a_changed_whisper_replaces_the_whisper(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Change(HELLO),)
    await ann.presses("deals.page:20", **IN_CHANNEL, **EPHEMERAL)
    (replaced,) = await slack.until("one")
    assert (replaced["replace_original"], replaced["text"]) == (True, "Hello.")


async def test_a_changed_home_page_is_published_again(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Change(HELLO),)
    await ann.presses("deals.page:20", **HOME)
    (published,) = await slack.until("views.publish")
    assert (published["user_id"], published["view"]["type"]) == (ANN, "home")


async def test_a_card_that_others_read_is_never_changed_into_a_private_one(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Change(HELLO),)
    await ann.presses("prep.full:17", **IN_CHANNEL)
    (whisper,) = await slack.until("one")
    assert (whisper["response_type"], whisper["replace_original"]) == ("ephemeral", False)
    assert slack.of("chat.update") == []


async def test_a_card_of_several_messages_changes_whole_wherever_it_was_pressed(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(LONG, lasting=True),)
    await ann.types("prep acme")
    first, second = slack.history
    coach.reply = (Change(HELLO),)
    await ann.presses("prep.brief:17", message=second, container={"type": "message", "message_ts": second["ts"]})
    (deleted,) = await slack.until("chat.delete")
    assert deleted["ts"] == second["ts"]
    assert slack.of("chat.update")[0]["ts"] == first["ts"]


async def test_a_form_opens_and_remembers_where(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Ask(FORM),)
    await ann.presses("prep.quick:17", **IN_CHANNEL, **EPHEMERAL)
    (opened,) = await slack.until("views.open")
    assert opened["trigger_id"] == "trigger1"
    coach.reply = (Change(HELLO),)
    assert (await ann.submits(opened["view"], {"matters": "Time"})).json == {"response_action": "clear"}
    (replaced,) = await slack.until("one")
    assert replaced["replace_original"] is True


async def test_a_next_form_too_large_for_a_modal_keeps_what_was_typed_in_the_first(ann: Person, coach: Coach) -> None:
    coach.reply = (Ask(Form("big", "17", "Big", tuple(TextField(f"f{n}", "Field") for n in range(101)))),)
    origin = Origin(team=TEAM, user=ANN, voice="post", channel="DU1")
    answer = await ann.submits(modal(origin), {"matters": "Time"})
    assert "Nothing you typed was lost" in answer.json["errors"]["matters"]


async def test_a_command_can_open_a_form(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Ask(FORM),)
    assert (await ann.types("deal add")).text == ""
    assert len(slack.of("views.open")) == 1


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"])
async def test_a_form_that_slack_no_longer_opens_is_offered_again(
    ann: Person, coach: Coach, slack: FakeSlack, code: str
) -> None:
    slack.refuses["views.open"] = code
    coach.reply = (Ask(FORM),)
    await ann.presses("prep.quick:17")
    (offer,) = await slack.until("chat.postMessage")
    assert "prep.quick:17" in str(offer["blocks"])
    assert "Nothing was lost" in offer["text"]


async def test_a_form_asked_for_in_words_is_offered_as_a_button(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Ask(FORM),)
    await ann.says("deal add")
    (offer,) = await slack.until("chat.postMessage")
    assert "verb.run:deal add" in str(offer["blocks"])


async def test_a_card_is_shared_through_the_url_that_came_with_the_choice(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Share(HELLO, "C7"),)
    origin = Origin(team=TEAM, user=ANN, voice="post", channel="DU1", message="1.2")
    chosen = [{"block_id": "place", "channel_id": "C7", "response_url": slack.response_url("shared")}]
    await ann.submits(modal(origin), {}, response_urls=chosen)
    (shared,) = await slack.until("shared")
    assert (shared["response_type"], shared["text"]) == ("in_channel", "Hello.")


async def test_a_channel_the_coach_is_not_in_is_named_as_the_reason(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    slack.refuses["chat.postMessage"] = "not_in_channel"
    coach.reply = (Share(HELLO, "C7"),)
    answer = await ann.types("share")
    assert slack.of("chat.postMessage")[0]["channel"] == "C7"
    assert "Invite me" in answer.json["text"]


async def test_what_was_not_shared_is_not_said_to_be_shared(
    ann: Person, coach: Coach, slack: FakeSlack, house: House
) -> None:
    slack.refuses["chat.postMessage"] = "not_in_channel"
    coach.reply = (Share(HELLO, "C7"), Say(replace(HELLO, summary="Shared.")))
    answer = await ann.types("share")
    await house.door.drain()
    assert "Invite me" in answer.json["text"]
    assert "Shared." not in str(slack.calls)


async def test_nothing_says_it_was_shared_where_it_was_not(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    slack.refuses["chat.postMessage"] = "not_in_channel"
    coach.reply = (Share(HELLO, "C7"), Say(replace(HELLO, summary="Shared.")))
    assert "Shared." not in (await ann.types("share")).text
    assert [call["channel"] for call in slack.of("chat.postMessage")] == ["C7"]


async def test_a_card_for_all_changes_in_the_channel_and_what_is_private_is_whispered(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Change(HELLO, for_all=True), Say(replace(HELLO, summary="You said you would help.")))
    await ann.presses("help.offer:7.3", **IN_CHANNEL)
    (whisper,) = await slack.until("one")
    (update,) = slack.of("chat.update")
    assert (update["channel"], update["ts"], update["text"]) == ("C1", "1700000050.000100", "Hello.")
    assert (whisper["response_type"], whisper["text"]) == ("ephemeral", "You said you would help.")
    assert (whisper["replace_original"], slack.of("chat.postMessage")) == (False, [])


async def test_a_card_for_all_pressed_in_a_preview_changes_the_preview_alone(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Change(HELLO, for_all=True),)
    await ann.presses("help.offer:7.3", **IN_CHANNEL, **EPHEMERAL)
    (replaced,) = await slack.until("one")
    assert (replaced["replace_original"], replaced["response_type"]) == (True, "ephemeral")
    assert slack.of("chat.update") == []


async def test_a_card_for_all_in_a_channel_the_coach_was_taken_out_of_is_said(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    slack.shut["C1"] = "not_in_channel"
    coach.reply = (Change(HELLO, for_all=True),)
    await ann.presses("help.offer:7.3", **IN_CHANNEL)
    (whisper,) = await slack.until("one")
    assert "Invite me" in whisper["text"]


PLACE = Form("team.setup", "", "A team", (TextField("name", "Name"), PlaceField("channel", "Where?")))


def chosen(slack: FakeSlack, place: str) -> dict[str, Any]:
    """What Slack adds for a channel chosen in its picker."""
    return {"response_urls": [{"block_id": "channel", "channel_id": place, "response_url": slack.response_url("lent")}]}


async def sets_up(ann: Person, place: str, **lent: Any) -> Answer:  # noqa: ANN401  any part of a payload
    view = render_form(PLACE, keep(Origin(team=TEAM, user=ANN, voice="post", channel="DU1"), ""))
    return await ann.submits(view, {"name": "West", "channel": place}, **lent)


async def test_a_channel_of_ones_own_is_chosen_and_the_coach_knows_it_was_looked_up(ann: Person, coach: Coach) -> None:
    assert (await sets_up(ann, "C7")).json == {"response_action": "clear"}
    (event,) = coach.events
    assert isinstance(event, Submitted)
    assert event.places == {"channel": "C7"}
    assert event.answers == {"name": "West", "channel": "C7"}


@pytest.mark.parametrize("lent", [True, False], ids=["seen in the picker", "forged"])
async def test_a_channel_the_person_is_not_in_keeps_the_form_open_and_tells_the_coach_nothing(
    ann: Person, coach: Coach, slack: FakeSlack, *, lent: bool
) -> None:
    slack.rooms["C9"] = ["U2"]
    answer = await sets_up(ann, "C9", **(chosen(slack, "C9") if lent else {}))
    assert answer.json == {"response_action": "errors", "errors": {"channel": NotThereError().sentence}}
    assert coach.events == []


async def test_a_private_channel_the_coach_is_not_in_is_believed_only_with_slacks_own_leave(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    slack.hidden.add("C9")
    assert "channel" in (await sets_up(ann, "C9")).json["errors"]
    assert "channel" in (await sets_up(ann, "C9", **chosen(slack, "C8"))).json["errors"]
    assert coach.events == []
    assert (await sets_up(ann, "C9", **chosen(slack, "C9"))).json == {"response_action": "clear"}


async def test_where_slack_can_not_tell_the_form_stays_open(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    slack.refuses["conversations.members"] = "fatal_error"
    assert "try again" in (await sets_up(ann, "C7")).json["errors"]["name"]
    assert coach.events == []


async def test_nothing_is_shared_in_a_channel_the_person_is_not_in(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    slack.rooms["C9"] = ["U2"]
    coach.reply = (Share(HELLO, "C9"), Say(replace(HELLO, summary="Shared.")))
    answer = await ann.types("share")
    assert answer.json["text"] == NotThereError().sentence
    assert slack.of("chat.postMessage") == []


async def test_a_file_is_handed_over_in_the_direct_conversation(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Hand(HELLO, "my-data.json", "application/json", b'{"a": 1}', "privacy.export"),)
    answer = await ann.types("export")
    (upload,) = slack.of("upload")
    assert upload == {"name": "my-data.json", "content": b'{"a": 1}'}
    assert slack.of("files.completeUploadExternal")[0]["channel_id"] == "DU1"
    assert answer.json["text"] == POINTER


async def test_the_home_page_is_published(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Home(HELLO),)
    await ann.opens_home()
    (published,) = await slack.until("views.publish")
    assert published["user_id"] == ANN


async def test_what_goes_wrong_on_the_home_page_is_said_on_it(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Say(HELLO),)
    await ann.opens_home()
    assert "Hello there." in str((await slack.until("views.publish"))[0]["view"])


ACTS: dict[str, Act] = {
    "say": Say(HELLO),
    "keep": Say(HELLO, lasting=True),
    "change": Change(HELLO),
    "ask": Ask(FORM),
    "refuse": Refuse({"a": "No."}),
    "share": Share(HELLO, "C7"),
    "hand": Hand(HELLO, "a.txt", "text/plain", b"a", "privacy.export"),
    "home": Home(HELLO),
}
EVERYTHING_FAILS = dict.fromkeys(
    ("chat.postMessage", "chat.update", "views.open", "views.publish", "conversations.open", "chat.postEphemeral"),
    "fatal_error",
)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_a_slack_that_refuses_everything_costs_no_acknowledgement(
    ann: Person, coach: Coach, slack: FakeSlack, act: Act
) -> None:
    slack.refuses |= EVERYTHING_FAILS
    slack.expired.add("one")
    coach.reply = (act,)
    answers = (
        await ann.types("anything"),
        await ann.presses("any.thing:1"),
        await ann.presses("any.thing:1", **IN_CHANNEL),
        await ann.presses("any.thing:1", **HOME),
        await ann.says("anything"),
        await ann.mentions("anything"),
        await ann.opens_home(),
        await ann.submits(modal(Origin(team=TEAM, user=ANN, voice="direct")), {}),
    )
    assert {answer.status for answer in answers} == {200}


async def test_one_act_that_fails_stops_no_other(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    slack.refuses["views.publish"] = "fatal_error"
    coach.reply = (Home(HELLO), Say(replace(HELLO, summary="Still here.")))
    await ann.says("anything")
    said = [call["text"] for call in await slack.until("chat.postMessage", 2)]
    assert said[1] == "Still here."
    assert "Nothing was lost" in said[0]


async def test_a_store_that_cannot_note_the_place_is_said(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.unkept = StoreUnavailableError()
    coach.reply = (Say(HELLO, lasting=True, subject="prep:17"),)
    answer = await ann.types("prep acme")
    assert "couldn't save" in answer.json["text"]
    assert len(slack.of("chat.postMessage")) == 1
