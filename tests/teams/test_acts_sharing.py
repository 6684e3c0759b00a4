"""What leaves the private chat: a card for others, a file for its owner."""

from dataclasses import replace

import pytest

from bot.chat.cards import Option, PlaceField, TextField
from bot.chat.events import Submitted
from bot.chat.replies import Ask, Refuse, Say, Share
from bot.errors import NotThereError
from bot.teams.acts import NO_PLACE
from tests.doors import Coach
from tests.teams.acting import FILE, HELLO, PLACES, PRESS, SENTENCE, SHARED, TO_OWN_CHAT, lines, sent
from tests.teams.conftest import House
from tests.teams.platform import ANN, CHANNEL, GROUP, FakeTeams, Json, Person, in_thread

OFFERED = replace(PLACES, fields=(PLACES.fields[0], PlaceField("place", "Where?", (Option(CHANNEL, "Sales"),))))


@pytest.fixture(autouse=True)
def _ann_is_everywhere(teams: FakeTeams) -> None:
    teams.members[ANN] = {"id": ANN, "name": "Ann"}


class TestShare:
    async def test_a_card_is_shared_where_its_author_was_heard(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = ()
        await heard.mentions("tip", in_thread("1600"))
        coach.reply = (Share(HELLO, CHANNEL), SHARED)
        assert (await heard.fills_in(sent(PLACES))).text != ""  # nothing was chosen: refused here already
        form = replace(PLACES, fields=(PLACES.fields[0],))
        assert (await heard.fills_in(sent(form))).text == ""
        await house.door.drain()
        assert [(said["summary"], said["thread"]) for said in teams.standing(CHANNEL)] == [("Hello.", "")]
        assert lines(teams) == ["Shared."]

    async def test_a_form_offers_those_places_and_keeps_the_chosen_one(self, heard: Person, coach: Coach) -> None:
        await heard.mentions("tip", GROUP)
        coach.reply = (Ask(PLACES),)
        card = (await heard.fetches(PRESS)).json["task"]["value"]["card"]["content"]
        coach.reply = (Refuse({"note": "Shorter."}),)
        filled = card["actions"][0]["data"] | {"answer:place": GROUP, "answer:note": "long"}
        again = (await heard.fills_in(filled)).json["task"]["value"]["card"]["content"]
        [place] = [one for one in again["body"] if one.get("id") == "answer:place"]
        assert (place["value"], [one["value"] for one in place["choices"]]) == (GROUP, [GROUP])

    async def test_nobody_posts_where_they_were_never_heard_and_nothing_says_it_was_shared(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Share(HELLO, "19:elsewhere"), SHARED)
        answer = await heard.fills_in(sent(matters="A calm launch"))
        assert all(words in answer.text for words in (NO_PLACE, "A calm launch"))
        await heard.says("share")
        await house.door.drain()
        assert (lines(teams, "19:elsewhere"), lines(teams)) == ([], [NO_PLACE])

    async def test_a_form_as_a_card_keeps_what_was_typed_where_sharing_fails(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = (Share(HELLO, "19:elsewhere"), SHARED)
        await heard.submits(sent(matters="A calm launch"), "1600")
        await house.door.drain()
        assert lines(teams) == [NO_PLACE]
        assert "A calm launch" in str(teams.cards())

    async def test_a_place_the_coach_was_taken_out_of_is_said_and_no_longer_offered(
        self, heard: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        await heard.mentions("tip", GROUP)
        teams.blocked.add(GROUP)
        coach.reply = (Share(HELLO, GROUP), SHARED)
        assert "add me there" in (await heard.fills_in(sent())).text
        coach.reply = (Ask(PLACES),)
        assert GROUP not in (await heard.fetches(PRESS)).text
        assert lines(teams) == []

    async def test_a_channel_of_ones_own_is_chosen_and_the_coach_knows_it_was_looked_up(
        self, heard: Person, coach: Coach
    ) -> None:
        await heard.mentions("tip", CHANNEL)
        coach.events.clear()
        await heard.fills_in(sent(OFFERED, place=CHANNEL))
        (event,) = coach.events
        assert isinstance(event, Submitted)
        assert event.places == {"place": CHANNEL}

    async def test_a_channel_the_person_left_keeps_the_form_open_and_tells_the_coach_nothing(
        self, heard: Person, coach: Coach, teams: FakeTeams
    ) -> None:
        await heard.mentions("tip", CHANNEL)
        coach.events.clear()
        teams.rosters[CHANNEL] = {"29:2-bob"}
        answer = (await heard.fills_in(sent(OFFERED, place=CHANNEL, note="A calm launch"))).text
        assert all(words in answer for words in ("I can't see that you are in that channel", "A calm launch"))
        assert coach.events == []

    async def test_a_forged_field_brings_no_place_the_coach_would_believe(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        """The form travels through the person's own client: there a place's field can become one of text."""
        forged = replace(OFFERED, fields=(TextField("place", "Where?"),))
        teams.rosters["19:elsewhere"] = set()
        coach.reply = (Share(HELLO, "19:elsewhere"), SHARED)
        await heard.fills_in(sent(forged, place="19:elsewhere"))
        await house.door.drain()
        (event,) = coach.events[-1:]
        assert isinstance(event, Submitted)
        assert event.places == {}
        assert (lines(teams, "19:elsewhere"), lines(teams)) == ([], [])

    async def test_nothing_is_shared_where_the_person_was_heard_once_and_is_no_more(
        self, heard: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        coach.reply = ()
        await heard.mentions("tip", CHANNEL)
        teams.rosters[CHANNEL] = {"29:2-bob"}
        coach.reply = (Share(HELLO, CHANNEL), SHARED)
        await heard.says("share")
        await house.door.drain()
        assert (lines(teams, CHANNEL), lines(teams)) == ([], [NotThereError().sentence])

    @pytest.mark.parametrize("where", [GROUP, CHANNEL])
    async def test_a_welcome_is_posted_in_the_conversation_itself_and_is_no_reply(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams, where: str
    ) -> None:
        coach.reply = (Share(HELLO, where),)
        await ann.installs(where)
        await house.door.drain()
        assert [(said["summary"], said["thread"]) for said in teams.standing(where)] == [("Hello.", "")]
        assert teams.standing() == teams.standing(TO_OWN_CHAT) == []


class TestFile:
    async def offered(self, ann: Person, house: House, coach: Coach, teams: FakeTeams) -> Json:
        coach.reply = (FILE,)
        await ann.says("won acme and export")
        await house.door.drain()
        context: Json = teams.standing()[-1]["attachments"][0]["content"]["acceptContext"]
        return context

    async def test_a_file_is_offered_first(self, ann: Person, house: House, coach: Coach, teams: FakeTeams) -> None:
        await self.offered(ann, house, coach, teams)
        [offer] = teams.standing()
        assert offer["attachments"][0]["name"] == "mine.json"
        assert teams.uploads == {}

    async def test_a_file_that_is_wanted_is_made_again_by_its_button_and_by_nothing_that_was_said_with_it(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        context = await self.offered(ann, house, coach, teams)
        answer = await ann.consents(context, name="mine.json")
        await house.door.drain()
        assert (answer.status, answer.text) == (200, "")
        assert teams.uploads == {"mine.json": b'{"a": 1}'}
        assert [(event.action, event.subject) for event in coach.events[1:]] == [("privacy.export", "")]  # type: ignore[union-attr]
        there, said = teams.standing()[1:]
        assert there["attachments"][0]["contentUrl"] == f"{teams.url}/upload/mine.json"
        assert said["summary"] == "Hello."

    async def test_a_file_that_is_not_wanted_is_not_made(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        context = await self.offered(ann, house, coach, teams)
        await ann.consents(context, accept=False)
        await house.door.drain()
        assert len(coach.events) == 1
        assert "no file" in lines(teams)[-1]
        assert teams.uploads == {}

    async def test_a_file_that_cannot_be_brought_is_said(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        context = await self.offered(ann, house, coach, teams)
        teams.refuses(500)
        await ann.consents(context)
        await house.door.drain()
        assert "ask for it once more" in lines(teams)[-1]

    async def test_an_answer_that_is_no_file_is_said(
        self, ann: Person, house: House, coach: Coach, teams: FakeTeams
    ) -> None:
        context = await self.offered(ann, house, coach, teams)
        coach.reply = (Say(SENTENCE),)
        await ann.consents(context)
        await house.door.drain()
        assert lines(teams)[-1] == "That is gone."
        assert teams.uploads == {}
