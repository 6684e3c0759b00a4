"""The door over real HTTP: what is heard, what is refused, what is measured, and that nothing breaks it."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.chat.address import Address
from bot.chat.cards import Card, Checklist, Form, TextField, Tick, prose
from bot.chat.events import Joined, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.chat.replies import Ask, Change, Say
from bot.errors import CoachError, NotFoundError, StoreUnavailableError
from bot.teams import answers
from bot.teams.adaptive_card import render
from store import Reference, Store
from tests.doors import Coach
from tests.teams.acting import HELLO, PLACES, PRESS, TO_OWN_CHAT, lines, sent
from tests.teams.activities import quotable, ticked
from tests.teams.conftest import Build, House, Visit
from tests.teams.platform import ANN, CHANNEL, GROUP, PERSONAL, TENANT, FakeTeams, Json, Person, in_thread

HERE = Address("teams", TENANT, PERSONAL, ANN)


async def known(store: Store, address: Address = HERE) -> Reference | None:
    return await store.read(address, lambda unit: unit.references.here())


async def test_every_gesture_is_heard(ann: Person, house: House, coach: Coach) -> None:
    await ann.says("prep acme")
    await ann.mentions("prep acme")
    await ann.says("home")
    await ann.presses(PRESS)
    await ann.fetches(PRESS)
    await ann.fills_in(sent(matters="Time"))
    await ann.submits(sent(matters="Time"))
    await ann.points(quotable())
    await ann.presses({"action": "tick", "subject": "a", "tick:1:a:x": "true"})
    await ann.installs()
    await ann.welcomes()
    await house.door.drain()
    heard = [Said, Said, Opened, Pressed, Pressed, Submitted, Submitted, Quoted, Ticked, Joined, Joined]
    assert [type(event) for event in coach.events] == heard


@pytest.mark.parametrize(
    "text", ["x" * 5000, "👩‍👩‍👧‍👦" * 300, "Größe \u202e\u0627", "a\x00b\ud800c", "", "'; DROP TABLE deals; --"]
)
async def test_whatever_is_typed_arrives(ann: Person, house: House, coach: Coach, teams: FakeTeams, text: str) -> None:
    coach.reply = (Say(Card(text or "-", (prose(text),))),)
    assert (await ann.says(text)).status == 200
    assert (await ann.fills_in(sent(matters=text[:3000]))).status == 200
    await house.door.drain()
    said, submitted = coach.events
    assert isinstance(said, Said)
    assert isinstance(submitted, Submitted)
    assert said.text == text.replace("\x00", "").replace("\ud800", "")
    assert submitted.answers == {"matters": said.text[:3000]}
    assert len(teams.standing()) == 2


async def test_a_second_delivery_carries_the_same_receipt(ann: Person, coach: Coach) -> None:
    activity = ann.message("prep acme")
    await ann.sends(activity)
    await ann.sends(activity)
    first, second = coach.events
    assert first.receipt == second.receipt


async def test_what_concerns_nobody_is_taken_note_of(ann: Person, house: House, coach: Coach, teams: FakeTeams) -> None:
    gestures = (
        ann.reacts("1"),
        ann.edits("prep acme"),
        ann.deletes(),
        ann.sends(ann.message("people among themselves", GROUP)),
        ann.sends(ann.message("people among themselves", in_thread("1600"))),
        ann.sends(ann.message("beep") | {"from": {"id": "28:other", "role": "bot"}}),
        ann.welcomes(GROUP, added="29:bob"),
        ann.sends(ann.invoke("composeExtension/query", {"commandId": "x"})),
        ann.sends(ann.invoke("composeExtension/fetchTask", {"commandId": "x"})),
        ann.sends(ann.invoke("composeExtension/submitAction", {"commandId": "coachMessage", "data": {}})),
    )
    assert {(await gesture).status for gesture in gestures} == {200}
    assert (coach.events, teams.calls) == ([], [])
    assert set(house.observed) == {"ignored"}


async def test_a_dialog_of_a_message_that_is_sent_just_closes(ann: Person) -> None:
    answer = await ann.sends(ann.invoke("composeExtension/submitAction", {"commandId": "coachMessage", "data": {}}))
    assert (answer.status, answer.text) == (200, "")


async def test_where_a_message_stands_is_not_remembered_as_a_place_of_the_coach(
    ann: Person, house: House, coach: Coach, store: Store
) -> None:
    """It may be two people's own chat, which Teams calls personal, too."""
    coach.reply = (Say(HELLO, lasting=True),)
    two = {"id": "19:a_b@unq.gbl.spaces", "conversationType": "personal"}
    await ann.points(quotable(), conversation=two)
    await house.door.drain()
    assert await known(store, replace(HERE, conversation=two["id"])) is None
    personal = await store.read(HERE, lambda unit: unit.references.personal())
    assert personal
    assert personal.address.conversation == TO_OWN_CHAT


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "hi",
        {"commandId": "coachMessage"},
        {"commandId": "coachMessage", "messagePayload": []},
        {"commandId": "coachMessage", "messagePayload": {"body": "hi"}},
        {"commandId": "coachMessage", "messagePayload": {"body": {"content": ["hi"]}}},
    ],
)
async def test_what_is_no_message_of_teams_is_refused(ann: Person, coach: Coach, teams: FakeTeams, value: Json) -> None:
    answer = await ann.sends(ann.invoke("composeExtension/fetchTask", value))
    assert answer.status == 400
    assert (coach.events, teams.calls) == ([], [])


async def test_two_lists_saved_by_one_button_are_both_kept_and_the_card_shows_it(
    ann: Person, house: House, coach: Coach, teams: FakeTeams
) -> None:
    card = Card("Prep", (Checklist("a", "Before", (Tick("x", "X"),)), Checklist("b", "After", (Tick("y", "Y"),))))
    [adaptive] = render(card)
    toggles = {part["id"]: "true" for part in adaptive["body"] if part["type"] == "Input.Toggle"}
    coach.reply = (Say(card),)
    await ann.says("prep acme")
    await house.door.drain()
    coach.reply = (Change(HELLO),)
    answer = await ann.presses({"action": "tick", "subject": "a", **toggles}, teams.standing()[0]["id"])
    await house.door.drain()
    ticked = [(event.checklist, event.chosen) for event in coach.events if isinstance(event, Ticked)]
    assert ticked == [("b", frozenset("y")), ("a", frozenset("x"))]
    assert answer.json["value"] == teams.cards()[0]
    assert len(teams.of("PUT")) == 1


async def test_a_list_that_cannot_be_kept_is_said_once(ann: Person, coach: Coach, teams: FakeTeams) -> None:
    sorry = NotFoundError().sentence
    coach.reply = (Say(Card(sorry, (prose(sorry),))),)
    data = {"action": "tick", "subject": "a", "tick:1:a:x": "true", "tick:1:b:y": "true"}
    assert (await ann.presses(data)).json == answers.sentence("press", sorry)
    assert lines(teams) == [sorry]


class TestForms:
    """What Teams checks is checked again: not everybody who talks to us is Teams."""

    async def test_a_field_left_empty_that_must_not_be_never_reaches_the_coach(self, ann: Person, coach: Coach) -> None:
        form = Form("a", "17", "A", (TextField("matters", "What matters?", required=True, max_length=20),))
        for typed in ("", "much too long to be kept"):
            task = (await ann.fills_in(sent(form, matters=typed))).json["task"]
            card = task["value"]["card"]["content"]
            [shown] = [one for one in card["body"] if one.get("id") == "answer:matters"]
            assert shown["value"] == typed
        assert coach.events == []

    async def test_a_form_as_a_card_is_checked_too(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        await ann.submits(sent(PLACES, place="19:elsewhere", note="A calm launch"), "1600")
        await house.door.drain()
        assert coach.events == []
        assert lines(teams) == ["Please choose one."]
        assert "A calm launch" in str(teams.cards())

    async def test_what_is_kept_already_may_stay_as_long_as_it_is(self, ann: Person, coach: Coach) -> None:
        form = Form("a", "17", "A", (TextField("matters", "What matters?", value="x" * 40, max_length=20),))
        assert (await ann.fills_in(sent(form, matters="x" * 40))).text == ""
        assert len(coach.events) == 1


class TestFailures:
    async def test_a_failing_coach_is_said_wherever_somebody_waits(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.failure = RuntimeError("boom")
        sentence = CoachError().sentence
        assert (await ann.says("prep acme")).status == 200
        await house.door.drain()
        assert lines(teams) == [sentence]
        assert (await ann.presses(PRESS)).json == answers.sentence("press", sentence)
        assert (await ann.fetches(PRESS)).json == answers.sentence("fetch", sentence)
        refused = await ann.fills_in(sent(matters="A calm launch"))
        assert all(words in refused.text for words in (sentence, "A calm launch"))

    async def test_an_error_of_ours_is_said_in_its_own_words(self, ann: Person, coach: Coach) -> None:
        coach.failure = NotFoundError()
        assert (await ann.presses(PRESS)).json == answers.sentence("press", NotFoundError().sentence)

    async def test_an_answer_that_cannot_be_shown_is_said(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(None),)  # type: ignore[arg-type]  # a handler's mistake
        assert (await ann.presses(PRESS)).json == answers.sentence("press", CoachError().sentence)
        await ann.says("tip")
        await house.door.drain()
        assert lines(teams) == [CoachError().sentence]

    async def test_a_store_out_of_reach_keeps_nobody_from_an_answer(
        self, build: Build, visit: Visit, away: Store, coach: Coach, teams: FakeTeams
    ) -> None:
        house = await build(memory=away)
        coach.reply = (Say(HELLO),)
        await visit(house).says("tip")
        await house.door.drain()
        assert lines(teams) == ["Hello."]

    async def test_a_form_whose_places_cannot_be_looked_up_says_so_in_the_dialog(
        self, build: Build, visit: Visit, away: Store, coach: Coach
    ) -> None:
        coach.reply = (Ask(PLACES),)
        answer = await visit(await build(memory=away)).fetches(PRESS)
        assert answer.json == answers.sentence("fetch", StoreUnavailableError().sentence)

    async def test_what_no_card_of_ours_holds_gets_a_sentence_and_no_message_gets_one(
        self, ann: Person, house: House, coach: Coach
    ) -> None:
        for way, asking in (
            ("press", ann.presses({"action": "Drop Table"})),
            ("fetch", ann.fetches({"action": 7})),
            ("submit", ann.fills_in({"form": "x"})),
        ):
            answer = await asking
            assert (answer.status, answer.json) == (200, answers.sentence(way, answers.GARBLED))  # type: ignore[arg-type]
        assert (await ann.submits({"action": "Drop Table"})).status == 400
        assert (await ann.submits(ticked(7000))).status == 400
        assert (coach.events, house.observed) == ([], ["refused"] * 5)


class TestComingAndGoing:
    async def test_whoever_is_heard_can_be_reached_later(self, ann: Person, house: House, store: Store) -> None:
        await ann.says("hello")
        await house.door.drain()
        reference = await known(store)
        assert reference
        assert (reference.kind, reference.service_url, reference.zone) == (
            "personal",
            f"{ann.teams.url}/",
            "Europe/Berlin",
        )

    async def test_a_thread_is_known_as_its_channel(self, ann: Person, house: House, store: Store) -> None:
        await ann.mentions("tip", in_thread("1600"))
        await house.door.drain()
        assert await known(store, replace(HERE, conversation=CHANNEL))

    async def test_one_welcome_for_both_things_that_teams_says(self, ann: Person, house: House, coach: Coach) -> None:
        await ann.installs(GROUP)
        await ann.welcomes(GROUP)
        await house.door.drain()
        assert len({event.receipt for event in coach.events}) == 1

    @pytest.mark.parametrize("removed", ["installationUpdate", "conversationUpdate"])
    async def test_a_conversation_the_coach_is_taken_out_of_is_forgotten(
        self, ann: Person, house: House, store: Store, removed: str
    ) -> None:
        group = replace(HERE, conversation=GROUP)
        await ann.mentions("tip")
        await house.door.drain()
        assert await known(store, group)
        told: Json = {"action": "remove", "membersRemoved": [{"id": ann.bot}]}
        assert (await ann.sends(ann.activity(removed, GROUP, **told))).status == 200
        await house.door.drain()
        assert await known(store, group) is None
        assert house.observed[-1] == "left"

    async def test_an_update_of_the_app_forgets_nobody(self, ann: Person, house: House, store: Store) -> None:
        await ann.says("hello")
        await ann.installs(action="remove-upgrade")
        await house.door.drain()
        assert await known(store)

    async def test_a_store_out_of_reach_is_no_reason_to_be_told_twice(
        self, build: Build, visit: Visit, away: Store
    ) -> None:
        house = await build(memory=away)
        assert (await visit(house).installs(action="remove")).status == 200
        await house.door.drain()


async def test_a_slow_answer_to_a_message_keeps_teams_waiting_no_longer_than_the_deadline(
    build: Build, visit: Visit, coach: Coach, teams: FakeTeams
) -> None:
    house = await build(deadline=0.05)
    coach.reply = (Say(HELLO),)
    coach.gate.clear()
    async with asyncio.timeout(1):
        answer = await visit(house).says("prep acme")
    assert (answer.status, answer.text, teams.calls) == (200, "", [])
    coach.gate.set()
    await teams.until("POST")


async def test_stopping_finishes_what_is_under_way(house: House, ann: Person, coach: Coach, teams: FakeTeams) -> None:
    coach.reply = (Say(HELLO),)
    coach.gate.clear()
    asking = asyncio.create_task(ann.says("prep acme"))
    await coach.heard.wait()
    stopping = asyncio.create_task(house.door.stop())
    coach.gate.set()
    await stopping
    assert lines(teams) == ["Hello."]
    assert (await asking).status == 200


async def test_every_request_is_measured_by_its_kind(house: House, ann: Person) -> None:
    await ann.says("help")
    await ann.presses(PRESS)
    await ann.fills_in(sent())
    await ann.consents({"action": "privacy.export"}, accept=False)
    await ann.sends_raw(b"help", {"Content-Type": "application/json"})
    await house.door.drain()
    assert house.observed == ["said", "pressed", "submitted", "consented", "refused"]


async def test_nothing_private_reaches_the_log(
    ann: Person, coach: Coach, teams: FakeTeams, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    teams.refuses(403)
    coach.reply = (Say(Card("48000", (prose("48000"),))),)
    await ann.says("my walk-away is 48000")
    await teams.until("POST", 2)
    await ann.presses({"action": "Drop 48000"})
    await ann.fills_in(sent(matters="48000") | {"carried": "48000"})
    await ann.sends_raw(b'{"text": "48000', {"Content-Type": "application/json"})
    assert "48000" not in caplog.text + "".join(capsys.readouterr())
