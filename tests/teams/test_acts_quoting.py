"""What whoever points at somebody's message sees: the coaching in their own chat, a short word in the dialog."""

import pytest

from bot.chat.cards import Button, Buttons, Card, prose
from bot.chat.replies import Act, Ask, Change, Refuse, Say
from bot.errors import CoachError, NotFoundError
from bot.teams import answers
from bot.teams.acts import POINTER, UNSAID
from tests.doors import Coach
from tests.stories.teams_cards import texts
from tests.teams.acting import FORM, HELLO, TO_OWN_CHAT, lines
from tests.teams.activities import quotable
from tests.teams.conftest import Build, House, Visit
from tests.teams.platform import ANN, CHANNEL, GROUP, PERSONAL, Answer, FakeTeams, Json, Person

COACHING = Card("Hello.", (prose("Hello there."), Buttons((Button("A tip", "tip.show"),))))


def read(answer: Answer) -> str:
    """What stands in the dialog, where nothing can be pressed."""
    assert answer.status == 200
    task: Json = answer.json["task"]
    assert task["type"] == "continue"
    content: Json = task["value"]["card"]["content"]
    assert "Action." not in str(content)
    return texts(content)


@pytest.mark.parametrize("where", [CHANNEL, GROUP, "19:a_b@unq.gbl.spaces"])
async def test_the_coaching_goes_into_our_own_chat_and_nowhere_else(
    ann: Person, coach: Coach, teams: FakeTeams, where: str
) -> None:
    """Even for somebody the coach has never heard of."""
    coach.reply = (Say(COACHING, lasting=True),)
    assert read(await ann.points(quotable(), where)) == POINTER
    assert lines(teams, TO_OWN_CHAT) == ["Hello."]
    assert teams.conversations.keys() == {TO_OWN_CHAT}


async def test_who_has_a_chat_with_the_coach_gets_it_there(heard: Person, coach: Coach, teams: FakeTeams) -> None:
    coach.reply = (Say(COACHING, lasting=True),)
    assert read(await heard.points(quotable(), GROUP)) == POINTER
    assert lines(teams, PERSONAL) == ["Hello."]
    assert teams.conversations.keys() == {PERSONAL}


async def test_a_message_of_our_own_chat_is_coached_there(heard: Person, coach: Coach, teams: FakeTeams) -> None:
    coach.reply = (Say(COACHING, lasting=True),)
    assert read(await heard.points(quotable())) == POINTER
    assert lines(teams) == ["Hello."]


async def test_who_cannot_be_written_to_reads_it_in_the_dialog(ann: Person, coach: Coach, teams: FakeTeams) -> None:
    teams.blocked.add(ANN)
    coach.reply = (Say(COACHING, lasting=True),)
    assert read(await ann.points(quotable(), GROUP)) == f"{UNSAID}\nHello there."
    assert not any(teams.conversations.values())


async def test_a_second_delivery_is_answered_too(ann: Person, coach: Coach) -> None:
    """The coach, who knows its receipt, says nothing then."""
    activity = ann.pointer(quotable())
    for _ in range(2):
        assert read(await ann.sends(activity)) == answers.SAVED
    first, second = coach.events
    assert first.receipt == second.receipt


@pytest.mark.parametrize("failure", [NotFoundError("That is gone."), ValueError("a secret")])
async def test_what_goes_wrong_is_said_in_the_dialog(
    ann: Person, coach: Coach, teams: FakeTeams, failure: Exception
) -> None:
    coach.failure = failure
    said = failure.sentence if isinstance(failure, NotFoundError) else CoachError().sentence
    assert read(await ann.points(quotable(), GROUP)) == said
    assert teams.calls == []


async def test_a_teams_that_is_down_is_said_in_the_dialog_and_not_among_others(
    ann: Person, coach: Coach, teams: FakeTeams
) -> None:
    teams.refuses(500, times=9)
    coach.reply = (Say(COACHING, lasting=True),)
    assert "Nothing was lost" in read(await ann.points(quotable(), GROUP))
    assert not any(GROUP in call.path for call in teams.calls)


async def test_a_slow_answer_is_promised_in_the_dialog_and_kept(
    build: Build, visit: Visit, coach: Coach, teams: FakeTeams
) -> None:
    house = await build(deadline=0.1)
    coach.gate.clear()
    coach.reply = (Say(COACHING, lasting=True),)
    assert read(await visit(house).points(quotable(), GROUP)) == answers.LATER
    coach.gate.set()
    await house.door.drain()
    assert lines(teams, TO_OWN_CHAT) == ["Hello."]


async def test_what_fails_after_that_is_not_said_where_others_read(
    build: Build, visit: Visit, coach: Coach, teams: FakeTeams
) -> None:
    house = await build(deadline=0.1)
    coach.gate.clear()
    coach.reply = (Say(COACHING, lasting=True),)
    await visit(house).points(quotable(), GROUP)
    teams.refuses(500, times=9)
    coach.gate.set()
    await house.door.drain()
    assert not any(GROUP in call.path for call in teams.calls)


@pytest.mark.parametrize("act", [Ask(FORM), Refuse({"": "No."}), Change(HELLO), Say(HELLO)])
async def test_whatever_the_coach_wants_it_is_done_in_our_own_chat(
    heard: Person, house: House, coach: Coach, teams: FakeTeams, act: Act
) -> None:
    """A dialog of a message brings back nothing that is filled in."""
    coach.reply = (act,)
    assert read(await heard.points(quotable(), GROUP)) == POINTER
    await house.door.drain()
    assert len(teams.standing(PERSONAL)) == 1
    assert teams.conversations.keys() == {PERSONAL}


async def test_a_sentence_is_said_in_the_dialog(heard: Person, coach: Coach, teams: FakeTeams) -> None:
    coach.reply = (Say(Card("Not now.", (prose("Not now."),))),)
    assert read(await heard.points(quotable(), GROUP)) == "Not now."
    assert teams.standing(PERSONAL) == []


async def test_a_client_without_dialogs_gets_no_dead_buttons(build: Build, visit: Visit, coach: Coach) -> None:
    house = await build(dialogs=False)
    coach.reply = (Say(COACHING, lasting=True),)
    assert read(await visit(house).points(quotable(), GROUP)) == POINTER
