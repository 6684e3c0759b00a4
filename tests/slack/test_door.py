"""Every gesture, over real HTTP with real signatures, against a scripted coach."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from bot.chat.cards import Card, Form, TextField, prose
from bot.chat.events import Asked, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.chat.replies import Ask, Refuse, Say
from bot.slack.block_kit_forms import render_form
from bot.slack.door import NOT_INSTALLED
from bot.slack.origin import Origin, keep
from tests.doors import Clock, Coach
from tests.slack.conftest import Build, House, Visit
from tests.slack.platform import ANN, TEAM, FakeSlack, Person

HELLO = Card("Hello.", (prose("Hello there."),))
FORM = Form("prep.quick", "17", "Three questions", (TextField("matters", "What matters?"), TextField("get", "Ask for")))
OPENED_IN_DM = Origin(team=TEAM, user=ANN, voice="post", channel="DU1", message="1700000050.000100")


def modal(origin: Origin = OPENED_IN_DM, form: Form = FORM) -> dict[str, object]:
    return render_form(form, keep(origin, form.subject))


async def test_a_command_is_answered_privately_in_the_acknowledgement(ann: Person, coach: Coach) -> None:
    coach.reply = (Say(HELLO),)
    answer = await ann.types("prep acme")
    assert answer.status == 200
    assert answer.json["response_type"] == "ephemeral"
    assert answer.json["text"] == "Hello."
    assert "Hello there." in answer.text


async def test_a_command_says_who_asked_what_and_where(ann: Person, coach: Coach, clock: Clock) -> None:
    await ann.types("prep &lt;Bolt &amp; Sons&gt; <mailto:a@b.example|a@b.example>")
    (event,) = coach.events
    assert isinstance(event, Asked)
    assert event.text == "prep <Bolt & Sons> a@b.example"
    assert (event.address.tenant, event.address.conversation, event.address.user) == (TEAM, "C1", ANN)
    assert event.receipt == "trigger1"
    assert event.at == clock()
    assert not event.direct


async def test_a_command_with_nothing_to_say_is_acknowledged_empty(ann: Person) -> None:
    answer = await ann.types("prep acme")
    assert (answer.status, answer.text) == (200, "")


async def test_a_press_says_what_was_pressed_and_when(ann: Person, coach: Coach) -> None:
    answer = await ann.presses("prep.full:17:a")
    assert (answer.status, answer.text) == (200, "")
    (event,) = coach.events
    assert isinstance(event, Pressed)
    assert (event.action, event.subject) == ("prep.full", "17:a")
    assert event.at == datetime.fromtimestamp(1700000100, UTC).replace(microsecond=200)
    assert event.receipt == "trigger1:prep.full:17:a:1700000100.000200"
    assert event.message == "1700000050.000100"
    assert event.direct


async def test_a_message_pointed_at_is_acknowledged_empty_and_read_as_its_writer_sees_it(
    ann: Person, coach: Coach, house: House
) -> None:
    answer = await ann.points({"text": "15% off &amp; <https://a.example|terms>", "user": "U9", "thread_ts": "1.2"})
    assert (answer.status, answer.text) == (200, "")
    (event,) = coach.events
    assert isinstance(event, Quoted)
    assert (event.text, event.author) == ("15% off & terms", "")
    assert (event.address.tenant, event.address.conversation, event.address.user) == (TEAM, "C1", ANN)
    assert (event.receipt, event.direct) == ("trigger1", False)
    assert house.observed == ["shortcut"]


@pytest.mark.parametrize("changed", [{"callback_id": "another"}, {"message": []}, {"channel": None}, {"user": "U1"}])
async def test_what_slack_would_not_send_as_a_shortcut_is_refused(
    ann: Person, coach: Coach, changed: dict[str, object]
) -> None:
    assert (await ann.interacts(ann.shortcut({"text": "hi"}) | changed)).status == 400
    assert coach.events == []


async def test_a_menu_gives_the_chosen_option(ann: Person, coach: Coach) -> None:
    act = {"type": "static_select", "action_id": "prep.open:", "selected_option": {"value": "d1"}}
    await ann.interacts(ann.action(act))
    (event,) = coach.events
    assert isinstance(event, Pressed)
    assert (event.action, event.subject) == ("prep.open", "d1")


async def test_a_touched_checklist_says_what_it_showed_and_what_is_ticked(ann: Person, coach: Coach) -> None:
    options = [{"value": name, "text": {"type": "plain_text", "text": name}} for name in ("a", "b", "c")]
    box = {"type": "checkboxes", "action_id": "tick:prep:17:before:0", "options": options}
    act = box | {"selected_options": options[1:2], "action_ts": "1700000100.000200"}
    message = {"ts": "1700000050.000100", "blocks": [{"type": "actions", "block_id": "x", "elements": [box]}]}
    await ann.interacts(ann.action(act, message=message))
    (event,) = coach.events
    assert isinstance(event, Ticked)
    assert event.checklist == "prep:17:before"
    assert (event.shown, event.chosen) == (frozenset("abc"), frozenset("b"))


async def test_a_submitted_form_gives_its_answers_and_closes(ann: Person, coach: Coach) -> None:
    answer = await ann.submits(modal(), {"matters": "A calm launch & time"})
    assert answer.json == {"response_action": "clear"}
    (event,) = coach.events
    assert isinstance(event, Submitted)
    assert (event.form, event.subject) == ("prep.quick", "17")
    assert event.answers == {"matters": "A calm launch & time", "get": ""}
    assert event.receipt == "view:V1:1700000000.abc"
    assert event.message == "1700000050.000100"
    assert event.address.conversation == "DU1"


async def test_a_refused_form_stays_open_with_its_errors_at_the_fields(ann: Person, coach: Coach) -> None:
    coach.reply = (Refuse({"get": "Say what.", "elsewhere": "And this."}),)
    answer = await ann.submits(modal(), {})
    assert answer.json == {"response_action": "errors", "errors": {"get": "Say what.", "matters": "And this."}}


async def test_a_form_can_lead_to_the_next_one(ann: Person, coach: Coach) -> None:
    coach.reply = (Ask(FORM),)
    answer = await ann.submits(modal(), {})
    assert answer.json["response_action"] == "update"
    assert answer.json["view"]["callback_id"] == "prep.quick"


async def test_a_sentence_in_the_direct_conversation_is_heard(ann: Person, coach: Coach) -> None:
    await ann.says("prep acme")
    (event,) = coach.events
    assert isinstance(event, Said)
    assert (event.text, event.direct, event.receipt) == ("prep acme", True, "Ev1")
    assert event.address.conversation == "DU1"


async def test_a_mention_is_heard_without_the_name_it_begins_with(ann: Person, coach: Coach) -> None:
    await ann.mentions("prep acme with <@U7|bob> in <#C9|deals>")
    (event,) = coach.events
    assert isinstance(event, Said)
    assert (event.text, event.direct) == ("prep acme with @bob in #deals", False)


async def test_the_opened_page_is_noticed_and_its_other_tabs_are_not(ann: Person, coach: Coach) -> None:
    await ann.opens_home()
    await ann.causes({"type": "app_home_opened", "user": ANN, "tab": "messages"})
    (event,) = coach.events
    assert isinstance(event, Opened)


UNHEARD = {
    "a bot's message": {"bot_id": "B9"},
    "an edited message": {"subtype": "message_changed"},
    "a deleted message": {"subtype": "message_deleted"},
    "somebody joining": {"subtype": "channel_join"},
    "our own words": {"user": "U0BOT"},
    "a message in a channel": {"channel_type": "channel", "channel": "C1"},
}


@pytest.mark.parametrize("changed", UNHEARD.values(), ids=UNHEARD)
async def test_what_no_person_says_to_the_coach_is_acknowledged_and_left(
    ann: Person, coach: Coach, changed: dict[str, str]
) -> None:
    assert (await ann.says("prep acme", **changed)).status == 200
    assert coach.events == []


async def test_an_event_nobody_waits_for_is_acknowledged(ann: Person) -> None:
    assert (await ann.causes({"type": "team_rename", "name": "New"})).status == 200


async def test_slack_can_verify_the_address(ann: Person) -> None:
    answer = await ann.sends('{"type": "url_verification", "challenge": "abc"}', "application/json")
    assert (answer.status, answer.json) == (200, {"challenge": "abc"})


async def test_a_slow_answer_is_acknowledged_in_time_and_arrives_later(
    build: Build, coach: Coach, slack: FakeSlack, visit: Visit
) -> None:
    house = await build(deadline=0.05)
    coach.reply = (Say(HELLO),)
    coach.gate.clear()
    ann = visit(house)
    async with asyncio.timeout(1):
        answer = await ann.types("prep acme")
    assert (answer.status, answer.text) == (200, "")
    coach.gate.set()
    (late,) = await slack.until("one")
    assert (late["response_type"], late["text"]) == ("ephemeral", "Hello.")


async def test_a_slow_form_says_it_is_still_saving_and_then_that_it_is_saved(
    build: Build, coach: Coach, slack: FakeSlack, visit: Visit
) -> None:
    house = await build(deadline=0.05)
    coach.gate.clear()
    ann = visit(house)
    async with asyncio.timeout(1):
        answer = await ann.submits(modal(), {"matters": "Time"})
    assert answer.json["response_action"] == "update"
    assert answer.json["view"]["title"]["text"] == "Still saving"
    coach.gate.set()
    (update,) = await slack.until("views.update")
    assert update["view_id"] == "V1"
    assert "saved" in str(update["view"])


async def test_a_slow_form_that_fails_comes_back_with_everything_typed(
    build: Build, coach: Coach, slack: FakeSlack, visit: Visit
) -> None:
    house = await build(deadline=0.05)
    coach.failure = RuntimeError("boom")
    coach.gate.clear()
    ann = visit(house)
    await ann.submits(modal(), {"matters": "A calm launch"})
    coach.gate.set()
    (update,) = await slack.until("views.update")
    view = update["view"]
    assert "Nothing you typed was lost" in str(view["blocks"][0])
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert fields["matters"]["initial_value"] == "A calm launch"
    assert (view["callback_id"], view["private_metadata"]) == ("prep.quick", modal()["private_metadata"])


async def test_a_failing_coach_never_costs_the_acknowledgement(ann: Person, coach: Coach) -> None:
    coach.failure = RuntimeError("boom")
    answer = await ann.types("prep acme")
    assert answer.status == 200
    assert "Nothing you typed was lost" in answer.json["text"]
    assert (await ann.presses("prep.full:17")).status == 200
    assert (await ann.says("prep acme")).status == 200
    refused = await ann.submits(modal(), {"matters": "Time"})
    assert refused.json["response_action"] == "errors"
    assert "Nothing you typed was lost" in refused.json["errors"]["matters"]


async def test_another_workspace_is_told_that_the_coach_is_not_set_up_there(ann: Person, coach: Coach) -> None:
    answer = await ann.types("prep acme", team_id="T2")
    assert answer.json["text"] == NOT_INSTALLED
    assert coach.events == []


async def test_stopping_finishes_what_is_under_way(house: House, ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Say(HELLO),)
    coach.gate.clear()
    asking = asyncio.create_task(ann.says("prep acme"))
    await coach.heard.wait()
    stopping = asyncio.create_task(house.door.stop())
    coach.gate.set()
    await stopping
    assert slack.of("chat.postMessage")[0]["text"] == "Hello."
    assert (await asking).status == 200


async def test_every_request_is_measured_by_its_kind(house: House, ann: Person) -> None:
    await ann.types("help")
    await ann.presses("help.show:")
    await ann.says("help")
    await ann.sends_raw(b"help", {})
    assert house.observed == ["command", "action", "message", "refused"]


async def test_nothing_private_reaches_the_log(
    ann: Person, coach: Coach, slack: FakeSlack, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    coach.reply = (Say(Card("a private number", (prose("48000"),))),)
    slack.refuses["chat.postMessage"] = "channel_not_found"
    await ann.says("my walk-away is 48000")
    await ann.sends("payload={my walk-away is 48000")
    await ann.sends('{"type": "shortcut", "callback_id": "48000"}', "application/json")
    await slack.until("chat.postMessage", 2)
    printed = caplog.text + "".join(capsys.readouterr())
    assert "48000" not in printed
    assert "xoxb-one" not in printed
