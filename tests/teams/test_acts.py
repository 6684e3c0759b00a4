"""What a handler wants done, and what people in Teams see of it, alone and in company."""

import pytest

from bot.chat.address import Address
from bot.chat.cards import Button, Buttons, Card
from bot.chat.replies import Act, Ask, Change, Home, Refuse, Say, Share
from bot.errors import StoreUnavailableError
from bot.teams import answers
from bot.teams.acts import NO_CHAT, POINTER
from tests.doors import Coach
from tests.teams.acting import CARDS, FILE, FORM, HELLO, LONG, PLACES, PRESS, SENTENCE, TO_OWN_CHAT, lines, sent
from tests.teams.conftest import Build, House, Visit
from tests.teams.platform import ANN, CHANNEL, GROUP, PERSONAL, TENANT, FakeTeams, Person, in_thread


class TestSay:
    async def test_what_is_said_is_a_new_message(self, ann: Person, coach: Coach, teams: FakeTeams) -> None:
        coach.reply = (Say(HELLO),)
        answer = await ann.says("tip")
        [said] = await teams.until("POST")
        assert (answer.status, answer.text) == (200, "")
        assert said.body["summary"] == "Hello."
        assert "Hello there." in str(teams.cards())

    async def test_a_card_to_come_back_to_is_remembered_where_it_stands(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO, lasting=True, subject="prep:17"),)
        await ann.mentions("prep acme")
        await house.door.drain()
        [said] = teams.standing(TO_OWN_CHAT)
        assert coach.put == [(Address("teams", TENANT, TO_OWN_CHAT, ANN), "prep:17", said["id"])]

    async def test_a_card_of_many_buttons_is_one_message(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(CARDS, lasting=True, subject="deals"),)
        await ann.says("deals")
        await house.door.drain()
        [said] = teams.standing()
        assert len(said["attachments"]) == 2
        assert coach.put[0][2] == said["id"]

    async def test_a_card_too_long_for_a_message_becomes_several_with_one_name(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(LONG, lasting=True, subject="long"),)
        await ann.says("all")
        await house.door.drain()
        assert len(teams.standing()) > 1
        assert coach.put[0][2] == ",".join(said["id"] for said in teams.standing())

    async def test_a_press_is_told_in_short_what_comes_into_the_chat(
        self, ann: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        answer = await ann.presses(PRESS)
        assert answer.json == answers.sentence("press", "Hello.")
        assert lines(teams) == ["Hello."]

    async def test_the_page_is_a_card_in_the_chat(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Home(HELLO),)
        await ann.says("home")
        await house.door.drain()
        assert lines(teams) == ["Hello."]

    async def test_a_place_that_cannot_be_remembered_is_said_and_the_card_stands(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply, coach.unkept = (Say(HELLO, lasting=True, subject="prep:17"),), StoreUnavailableError()
        await ann.says("prep acme")
        await house.door.drain()
        assert lines(teams) == ["Hello.", StoreUnavailableError().sentence]
        assert StoreUnavailableError().sentence in (await ann.presses(PRESS)).text


class TestInCompany:
    @pytest.mark.parametrize("act", [Say(HELLO), Say(HELLO, lasting=True), Home(HELLO), Change(HELLO), Ask(FORM), FILE])
    async def test_one_neutral_line_stands_there_and_everything_else_in_private(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams, act: Act
    ) -> None:
        coach.reply = (act, act)
        await heard.mentions("prep acme")
        await house.door.drain()
        assert lines(teams, GROUP) == [POINTER]
        assert len(teams.standing()) == 2

    async def test_in_a_channel_it_is_said_in_the_thread(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        await heard.mentions("tip", CHANNEL, id="1700")
        await heard.mentions("tip", in_thread("1600"))
        await house.door.drain()
        assert sorted((said["thread"], said["summary"]) for said in teams.standing(CHANNEL)) == [
            ("1600", POINTER),
            ("1700", POINTER),
        ]
        assert lines(teams) == ["Hello.", "Hello."]

    async def test_whoever_never_wrote_in_private_is_written_to_first(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        await ann.mentions("tip")
        await house.door.drain()
        assert (lines(teams, GROUP), lines(teams, TO_OWN_CHAT)) == ([POINTER], ["Hello."])

    async def test_a_press_there_is_told_alone_where_the_answer_is(
        self, heard: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        for act in (Say(HELLO), Change(HELLO), Ask(FORM), FILE):
            coach.reply = (act,)
            assert (await heard.presses(PRESS, where=GROUP)).json == answers.sentence("press", POINTER)
        assert (lines(teams, GROUP), len(teams.standing())) == ([], 4)

    async def test_a_dialog_there_is_told_alone_where_the_answer_is(
        self, heard: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO, lasting=True),)
        assert (await heard.fetches(PRESS, where=GROUP)).json == answers.sentence("fetch", POINTER)
        assert (await heard.fills_in(sent(), where=GROUP)).json == answers.sentence("submit", POINTER)
        assert lines(teams, GROUP) == []

    @pytest.mark.parametrize("known", [True, False], ids=["a chat that was closed", "no chat yet"])
    async def test_whoever_cannot_be_written_to_alone_is_told_how_they_can(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams, *, known: bool
    ) -> None:
        if known:
            await ann.says("hello")
        teams.blocked |= {PERSONAL, TO_OWN_CHAT, ANN}
        coach.reply = (Say(HELLO), Say(HELLO))
        await ann.mentions("tip")
        await house.door.drain()
        assert lines(teams, GROUP) == [NO_CHAT]
        assert (await ann.presses(PRESS, where=GROUP)).json == answers.sentence("press", NO_CHAT)

    async def test_a_chat_that_teams_opens_but_lets_nobody_write_into_is_no_chat(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        teams.blocked |= {PERSONAL, TO_OWN_CHAT}
        coach.reply = (Say(HELLO),)
        await ann.mentions("tip")
        await house.door.drain()
        assert lines(teams, GROUP) == [NO_CHAT]


class TestChange:
    async def test_a_press_shows_its_card_in_place_and_the_message_keeps_it(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        await ann.says("tip")
        [said] = (await teams.until("POST"), teams.standing())[1]
        coach.reply = (Change(SENTENCE),)
        answer = await ann.presses(PRESS, said["id"])
        await house.door.drain()
        assert answer.json["type"] == "application/vnd.microsoft.card.adaptive"
        assert answer.json["value"] == teams.cards()[0]
        assert lines(teams) == ["That is gone."]

    async def test_a_change_of_many_cards_is_seen_in_the_message_and_told_in_short(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        await ann.says("tip")
        await house.door.drain()
        coach.reply = (Change(CARDS),)
        answer = await ann.presses(PRESS, teams.standing()[0]["id"])
        assert answer.json == answers.sentence("press", "Choose.")
        assert lines(teams) == ["Choose."]

    async def test_what_changes_in_a_message_that_is_gone_is_said_anew(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Change(HELLO),)
        await ann.presses(PRESS, "1600")
        await house.door.drain()
        assert lines(teams) == ["Hello."]

    async def test_what_was_typed_has_no_card_to_change(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Change(HELLO),)
        await ann.says("deals")
        await house.door.drain()
        assert lines(teams) == ["Hello."]
        assert teams.of("PUT") == []

    async def test_a_card_that_others_read_is_never_changed_into_a_private_one(
        self, heard: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Change(HELLO),)
        await heard.presses(PRESS, "1600", where=GROUP)
        assert teams.of("PUT") == []
        assert (lines(teams, GROUP), lines(teams)) == ([], ["Hello."])

    async def test_a_card_for_all_changes_for_all_and_what_is_private_is_said_alone(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        card = await house.messenger.post(Address("teams", TENANT, CHANNEL, ANN), SENTENCE)
        coach.reply = (Change(HELLO, for_all=True), Say(SENTENCE))
        answer = await heard.presses(PRESS, card, where=CHANNEL)
        await house.door.drain()
        assert answer.json["value"] == teams.cards(CHANNEL)[0]
        assert (lines(teams, CHANNEL), lines(teams)) == (["Hello."], ["That is gone."])

    async def test_a_card_for_all_pressed_in_an_old_client_leaves_no_line_behind(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        card = await house.messenger.post(Address("teams", TENANT, CHANNEL, ANN), SENTENCE)
        coach.reply = (Change(HELLO, for_all=True),)
        await heard.submits(PRESS, card, where=CHANNEL)
        await house.door.drain()
        assert (lines(teams, CHANNEL), lines(teams)) == (["Hello."], [])

    async def test_a_form_that_names_a_card_of_the_channel_changes_it_for_nobody(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        card = await house.messenger.post(Address("teams", TENANT, CHANNEL, ANN), SENTENCE)
        coach.reply = (Change(HELLO, for_all=True),)
        await heard.fills_in(sent(opened_from=card), where=CHANNEL)
        await house.door.drain()
        assert (lines(teams, CHANNEL), lines(teams)) == (["That is gone."], ["Hello."])

    async def test_a_form_changes_the_card_it_was_opened_from(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Say(HELLO),)
        await ann.says("tip")
        await house.door.drain()
        coach.reply = (Ask(FORM),)
        opened = await ann.fetches(PRESS, teams.standing()[0]["id"])
        [submit] = opened.json["task"]["value"]["card"]["content"]["actions"]
        coach.reply = (Change(SENTENCE),)
        assert (await ann.fills_in(submit["data"])).text == ""
        await house.door.drain()
        assert lines(teams) == ["That is gone."]


ACTS: dict[str, Act] = {
    "say": Say(HELLO),
    "keep": Say(HELLO, lasting=True, subject="prep:17"),
    "change": Change(HELLO),
    "ask": Ask(PLACES),
    "refuse": Refuse({"a": "No."}),
    "share": Share(HELLO, GROUP),
    "hand": FILE,
    "home": Home(HELLO),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_a_teams_that_refuses_everything_costs_no_answer(
    ann: Person, coach: Coach, teams: FakeTeams, house: House, act: Act
) -> None:
    teams.refuses(500, times=1000)
    coach.reply = (act,)
    replies = (
        await ann.says("anything"),
        await ann.mentions("anything"),
        await ann.mentions("anything", in_thread("1600")),
        await ann.presses(PRESS),
        await ann.presses(PRESS, where=GROUP),
        await ann.fetches(PRESS),
        await ann.fills_in(sent()),
        await ann.submits(sent(), "1600"),
        await ann.installs(),
        await ann.consents({"action": "privacy.export"}),
    )
    await house.door.drain()
    assert {reply.status for reply in replies} == {200}
    assert all(reply.json for reply in replies[3:6])


async def test_what_cannot_be_delivered_stops_nothing_else(
    ann: Person, house: House, coach: Coach, teams: FakeTeams
) -> None:
    teams.refuses(413)
    coach.reply = (Say(LONG), Say(HELLO))
    await ann.says("anything")
    await house.door.drain()
    first, second = lines(teams)
    assert "too long for one message" in first
    assert second == "Hello."


async def test_a_client_without_dialogs_has_no_dead_buttons_in_place_either(
    build: Build, coach: Coach, visit: Visit
) -> None:
    opens = Card("Deals", (Buttons((Button("Add", "deal.add", dialog=True),)),))
    coach.reply = (Change(opens),)
    assert "task/fetch" in (await visit(await build()).presses(PRESS)).text
    assert "task/fetch" not in (await visit(await build(dialogs=False)).presses(PRESS)).text
