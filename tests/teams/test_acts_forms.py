"""Forms in Teams: as a dialog, as a card where a client has none, and too late."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.replies import Act, Ask, Change, Home, Refuse, Say
from bot.teams import answers
from bot.teams.adaptive_card_forms import render_form
from tests.doors import Coach
from tests.teams.acting import CARDS, FILE, FORM, HELLO, PRESS, SENTENCE, TO_OWN_CHAT, lines, sent
from tests.teams.conftest import Build, House
from tests.teams.platform import GROUP, FakeTeams, Json, Person


class TestDialog:
    async def test_a_form_opens_filled_with_what_is_known(self, ann: Person, coach: Coach, teams: FakeTeams) -> None:
        coach.reply = (Ask(FORM),)
        answer = await ann.fetches(PRESS, "1600")
        task = answer.json["task"]
        assert task["type"] == "continue"
        assert task["value"]["card"]["content"] == render_form(FORM, "1600")
        assert teams.calls == []

    async def test_a_form_that_is_taken_closes_and_the_answer_stands_in_the_chat(
        self, ann: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        answer = await ann.fills_in(sent(matters="Time"))
        assert (answer.status, answer.text) == (200, "")
        assert lines(teams) == ["Hello."]

    async def test_a_refused_form_stays_with_what_was_typed_and_each_sentence(self, ann: Person, coach: Coach) -> None:
        coach.reply = (Refuse({"matters": "Say more.", "": "And try again."}),)
        answer = await ann.fills_in(sent(matters="A calm launch"))
        card = answer.json["task"]["value"]["card"]["content"]
        [field] = [one for one in card["body"] if one.get("id") == "answer:matters"]
        assert field["value"] == "A calm launch"
        assert all(words in answer.text for words in ("Say more.", "And try again."))
        coach.reply = ()
        assert (await ann.fills_in(card["actions"][0]["data"])).text == ""

    @pytest.mark.parametrize("carried", ["", "{", '{"id": "x"}'])
    async def test_a_refused_form_that_lost_its_questions_says_all_that_is_wrong(
        self, ann: Person, coach: Coach, carried: str
    ) -> None:
        coach.reply = (Refuse({"matters": "Say more.", "": "And try again."}),)
        answer = await ann.fills_in(sent(matters="Time") | {"carried": carried})
        assert answer.json == answers.sentence("submit", "Say more. And try again.")

    async def test_a_form_can_lead_to_the_next_one(self, ann: Person, coach: Coach, teams: FakeTeams) -> None:
        coach.reply = (Ask(replace(FORM, title="And now this")),)
        answer = await ann.fills_in(sent())
        assert answer.json["task"]["type"] == "continue"
        assert "And now this" in answer.text
        assert teams.calls == []

    async def test_where_a_form_was_to_open_a_sentence_is_read(
        self, ann: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(SENTENCE),)
        assert (await ann.fetches(PRESS)).json == answers.sentence("fetch", "That is gone.")
        assert teams.calls == []

    @pytest.mark.parametrize("act", [Say(HELLO), Say(SENTENCE, lasting=True), Home(HELLO), Change(HELLO), FILE])
    async def test_whatever_else_comes_stands_in_the_chat_and_the_dialog_is_never_empty(
        self, ann: Person, coach: Coach, teams: FakeTeams, act: Act
    ) -> None:
        coach.reply = (act,)
        task = (await ann.fetches(PRESS, "1600")).json["task"]
        assert (task["type"], bool(task["value"])) == ("message", True)
        assert len(teams.standing()) == 1

    async def test_where_nothing_is_to_be_said_the_dialog_says_that_it_is_done(self, ann: Person) -> None:
        assert (await ann.fetches(PRESS)).json == answers.sentence("fetch", answers.SAVED)
        assert (await ann.presses(PRESS)).json == answers.sentence("press", answers.SAVED)
        assert (await ann.fills_in(sent())).text == ""


class TestFormAsACard:
    """Typed words, and clients without dialogs, get a form as a card in the chat."""

    async def opened(self, ann: Person, house: House, coach: Coach, teams: FakeTeams) -> tuple[str, Json]:
        coach.reply = (Ask(FORM),)
        await ann.says("deal add")
        await house.door.drain()
        [sheet] = teams.standing()
        return sheet["id"], sheet["attachments"][0]["content"]["actions"][0]["data"]

    async def test_a_form_that_is_taken_folds_into_one_line(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        sheet, data = await self.opened(ann, house, coach, teams)
        coach.reply = (Say(HELLO),)
        await ann.submits(data | {"answer:matters": "Time"}, sheet)
        await house.door.drain()
        assert lines(teams) == [answers.SAVED, "Hello."]

    async def test_a_refused_form_stays_in_its_place_with_what_was_typed(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        sheet, data = await self.opened(ann, house, coach, teams)
        coach.reply = (Refuse({"matters": "Say more."}),)
        await ann.submits(data | {"answer:matters": "A calm launch"}, sheet)
        await house.door.drain()
        [again] = teams.standing()
        assert again["id"] == sheet
        assert all(words in str(again) for words in ("Say more.", "A calm launch"))

    async def test_a_refused_form_whose_card_is_gone_comes_anew(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Refuse({"matters": "Say more."}),)
        await ann.submits(sent(matters="A calm launch"), "1600")
        await house.door.drain()
        assert "A calm launch" in str(teams.cards())

    async def test_a_form_that_lost_its_questions_is_answered_and_nothing_claims_it_was_saved(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        sheet, data = await self.opened(ann, house, coach, teams)
        coach.reply = (Refuse({"matters": "Say more."}),)
        await ann.submits(data | {"carried": "", "answer:matters": "Time"}, sheet)
        await house.door.drain()
        assert lines(teams) == ["Three questions", "Say more."]
        coach.reply = (Say(SENTENCE),)
        await ann.submits(data | {"carried": "", "answer:matters": "Time"}, sheet)
        await house.door.drain()
        assert answers.SAVED not in lines(teams)

    async def test_a_form_that_leads_to_the_next_is_replaced_by_it(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        sheet, data = await self.opened(ann, house, coach, teams)
        coach.reply = (Ask(replace(FORM, title="And now this")),)
        await ann.submits(data, sheet)
        await house.door.drain()
        assert lines(teams) == ["And now this"]

    async def test_a_press_that_opens_no_dialog_says_that_the_form_comes(
        self, ann: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Ask(FORM),)
        assert (await ann.presses(PRESS)).json == answers.sentence("press", "Three questions")
        assert lines(teams) == ["Three questions"]


class TestLate:
    """At the deadline Teams gets a word; whatever comes later comes into the chat."""

    @pytest.fixture
    async def house(self, build: Build) -> House:
        return await build(deadline=0.05)

    async def late(self, house: House, coach: Coach, asking: Any) -> Json:  # noqa: ANN401  any gesture
        coach.gate.clear()
        async with asyncio.timeout(1):
            answer = await asking
        coach.gate.set()
        await house.door.drain()
        assert answers.LATER in answer.text
        body: Json = answer.json
        return body

    async def test_a_late_change_is_found_in_the_message(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        await ann.says("tip")
        await house.door.drain()
        coach.reply = (Change(SENTENCE), Say(CARDS))
        await self.late(house, coach, ann.presses(PRESS, teams.standing()[0]["id"]))
        assert lines(teams) == ["That is gone.", "Choose."]

    async def test_a_late_form_stands_in_the_chat(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Ask(FORM),)
        await self.late(house, coach, ann.fetches(PRESS))
        assert lines(teams) == ["Three questions"]
        assert "prep.quick" in str(teams.cards())

    async def test_a_late_sentence_stands_in_the_chat(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(SENTENCE),)
        await self.late(house, coach, ann.fetches(PRESS))
        assert lines(teams) == ["That is gone."]

    async def test_what_was_typed_into_a_form_that_is_refused_late_comes_back(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Refuse({"matters": "Say more."}),)
        await self.late(house, coach, ann.fills_in(sent(matters="A calm launch")))
        assert lines(teams) == ["Say more."]
        assert "A calm launch" in str(teams.cards())

    async def test_what_was_typed_into_a_form_that_fails_late_comes_back(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.failure = RuntimeError("boom")
        await self.late(house, coach, ann.fills_in(sent(matters="A calm launch")))
        assert "A calm launch" in str(teams.cards())

    async def test_a_late_press_in_company_is_answered_in_private(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        await self.late(house, coach, ann.presses(PRESS, where=GROUP))
        assert (lines(teams, GROUP), lines(teams, TO_OWN_CHAT)) == ([], ["Hello."])
