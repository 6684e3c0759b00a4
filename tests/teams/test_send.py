"""The coach's own words on their way: to the right chat, changed in place, and remembered where they can't go."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.chat.address import Address
from bot.chat.cards import Button, Buttons, Card, Option, prose
from bot.chat.ports import Messenger, Profile
from bot.errors import AmbiguousError, BusyError, PlatformError, StoreUnavailableError, UnreachableError
from bot.teams.connector import Connector
from bot.teams.messages import messages
from bot.teams.refusals import TeamsRefusedError
from bot.teams.send import TeamsMessenger
from store import Reference, Store
from store.references import ConversationKind
from tests.doors import NOW, Clock
from tests.teams.platform import ANN, BOT, CHANNEL, GROUP, PERSONAL, TENANT, FakeTeams, in_thread

HERE = Address("teams", TENANT, PERSONAL, ANN)
IN_GROUP = replace(HERE, conversation=GROUP)
IN_CHANNEL = replace(HERE, conversation=CHANNEL)
SHORT = Card("Short.", (prose("Short."),))


class _NoToken:
    async def token(self) -> str:
        return ""

    def refused(self, token: str) -> None:
        raise AssertionError(token)


def many_buttons(count: int) -> Card:
    return Card("Choose.", (Buttons(tuple(Button(f"Number {n}", "deal.won", str(n)) for n in range(count))),))


def long(paragraphs: int) -> Card:
    return Card("Long.", tuple(prose("x" * 3900) for _ in range(paragraphs)))


@pytest.fixture
def messenger(session: ClientSession, store: Store, clock: Clock) -> TeamsMessenger:
    return TeamsMessenger(Connector(_NoToken(), session), store, clock)


def reference(
    teams: FakeTeams, address: Address = HERE, kind: ConversationKind = "personal", name: str = ""
) -> Reference:
    return Reference(address=address, kind=kind, service_url=f"{teams.url}/", bot=BOT, name=name)


async def stored(store: Store, address: Address = HERE) -> Reference | None:
    return await store.read(address, lambda unit: unit.references.here())


def test_it_is_what_the_coach_expects_of_a_messenger(messenger: TeamsMessenger) -> None:
    expected: Messenger = messenger
    assert expected is messenger


async def test_a_card_is_sent_where_only_its_reader_sees_it(messenger: TeamsMessenger, teams: FakeTeams) -> None:
    await messenger.note(reference(teams))
    await messenger.note(reference(teams, IN_GROUP, "group"))
    message = await messenger.send(IN_GROUP, SHORT)
    assert [said["id"] for said in teams.standing()] == [message]
    assert teams.standing(GROUP) == []
    assert teams.of("POST")[0].body["summary"] == "Short."


async def test_whoever_never_wrote_in_private_is_written_to_all_the_same(
    messenger: TeamsMessenger, teams: FakeTeams, store: Store
) -> None:
    await messenger.note(reference(teams, replace(IN_GROUP, user="29:bob"), "group"))
    await messenger.send(IN_GROUP, SHORT)
    await messenger.send(IN_GROUP, SHORT)
    assert [call.path for call in teams.calls].count("/v3/conversations") == 1
    opened = replace(HERE, conversation=f"a:{ANN}")
    assert len(teams.standing(opened.conversation)) == 2
    assert await stored(store, opened) == reference(teams, opened)
    assert await messenger.direct(IN_GROUP) == opened


async def test_nobody_is_sought_where_teams_was_never_heard_of(messenger: TeamsMessenger) -> None:
    with pytest.raises(UnreachableError, match="own chat"):
        await messenger.send(HERE, SHORT)
    with pytest.raises(UnreachableError):
        await messenger.post(IN_GROUP, SHORT)


async def test_a_card_is_posted_where_it_is_addressed(messenger: TeamsMessenger, teams: FakeTeams) -> None:
    await messenger.note(reference(teams, replace(HERE, conversation=in_thread("1700")), "channel"))
    await messenger.post(IN_CHANNEL, SHORT)
    await messenger.post(IN_CHANNEL, SHORT, reply_to="1700")
    await messenger.post(replace(HERE, conversation=in_thread("1800")), SHORT)
    await messenger.post(replace(HERE, conversation=in_thread("1900")), SHORT, reply_to="1900")
    assert [said["thread"] for said in teams.standing(CHANNEL)] == ["", "1700", "1800", "1900"]


async def test_a_card_of_many_buttons_is_one_message_that_changes_in_place(
    messenger: TeamsMessenger, teams: FakeTeams
) -> None:
    await messenger.note(reference(teams))
    message = await messenger.post(HERE, many_buttons(20))
    assert [said["id"] for said in teams.standing()] == [message]
    assert len(teams.cards()) == 4
    await messenger.update(HERE, message, SHORT)
    assert [said["id"] for said in teams.standing()] == [message]
    assert len(teams.cards()) == 1
    await messenger.update(HERE, message, many_buttons(20))
    assert len(teams.cards()) == 4


@pytest.mark.parametrize("emoji", ["", "👩🏽\N{ZERO WIDTH JOINER}🚀" * 200])
async def test_a_very_long_card_is_as_few_messages_as_teams_takes(
    messenger: TeamsMessenger, teams: FakeTeams, emoji: str
) -> None:
    await messenger.note(reference(teams))
    card = Card(f"Long. {emoji}", (*long(18).blocks, *many_buttons(90).blocks))
    message = await messenger.post(HERE, card)
    ids = message.split(",")
    assert len(ids) > 1
    assert [said["id"] for said in teams.standing()] == ids
    assert {said["summary"] for said in teams.standing()} == {messages(card)[0]["summary"]}
    await messenger.update(HERE, message, SHORT)
    assert [said["id"] for said in teams.standing()] == ids[:1]
    await messenger.update(HERE, ids[0], card)
    assert len(teams.standing()) == len(ids)


async def test_a_message_that_is_gone_is_a_plain_sentence(messenger: TeamsMessenger, teams: FakeTeams) -> None:
    await messenger.note(reference(teams))
    with pytest.raises(TeamsRefusedError, match="no longer has"):
        await messenger.update(HERE, "1600", SHORT)


async def test_the_newest_service_url_is_used(messenger: TeamsMessenger, teams: FakeTeams) -> None:
    await messenger.note(replace(reference(teams), service_url="http://127.0.0.1:1/old/"))
    await messenger.note(reference(teams))
    await messenger.send(HERE, SHORT)
    await messenger.post(HERE, SHORT)
    assert len(teams.standing()) == 2


async def test_an_answer_is_given_even_while_nothing_can_be_saved(
    session: ClientSession, teams: FakeTeams, tmp_path: Path, clock: Clock
) -> None:
    away = Store.open(f"sqlite+aiosqlite:///{tmp_path}/no/such/folder.db")
    messenger = TeamsMessenger(Connector(_NoToken(), session), away, clock)
    for _ in range(2):
        with pytest.raises(StoreUnavailableError):
            await messenger.note(reference(teams))
    await messenger.send(HERE, SHORT)
    await messenger.post(HERE, SHORT)
    teams.blocked.add(PERSONAL)
    with pytest.raises(UnreachableError):
        await messenger.send(HERE, SHORT)
    await away.close()


async def test_whoever_blocks_the_coach_is_remembered_until_heard_from_again(
    messenger: TeamsMessenger, teams: FakeTeams, store: Store
) -> None:
    await messenger.note(reference(teams), "Europe/Berlin")
    await messenger.note(reference(teams, IN_GROUP, "group"))
    teams.blocked.add(PERSONAL)
    with pytest.raises(UnreachableError):
        await messenger.send(HERE, SHORT)
    blocked = await stored(store)
    assert blocked == replace(reference(teams), zone="Europe/Berlin", unreachable_at=NOW)
    await messenger.note(reference(teams, IN_GROUP, "group"))
    assert await stored(store) == replace(reference(teams), zone="Europe/Berlin")


async def test_whoever_can_not_even_be_opened_a_chat_with_is_remembered(
    messenger: TeamsMessenger, teams: FakeTeams, store: Store
) -> None:
    await messenger.note(reference(teams, IN_GROUP, "group"))
    teams.blocked.add(ANN)
    with pytest.raises(UnreachableError):
        await messenger.send(IN_GROUP, SHORT)
    known = await stored(store, IN_GROUP)
    assert known
    assert known.unreachable_at == NOW


async def test_places_are_offered_by_name_until_the_coach_is_taken_out(
    messenger: TeamsMessenger, teams: FakeTeams, clock: Clock
) -> None:
    two, sales = "19:two@thread.v2", Option(CHANNEL, "Sales")
    assert await messenger.places(HERE) == ()
    await messenger.note(reference(teams))
    await messenger.note(reference(teams, IN_CHANNEL, "channel", "Sales"))
    for conversation in (two, GROUP):
        clock.passes(timedelta(seconds=1))
        await messenger.note(reference(teams, replace(HERE, conversation=conversation), "group"))
    expected = (
        Option(GROUP, "A group chat (1)"),
        Option("19:two@thread.v2", "A group chat (2)"),
        Option(CHANNEL, "Sales"),
    )
    assert await messenger.places(HERE) == expected
    teams.blocked.add(GROUP)
    with pytest.raises(UnreachableError):
        await messenger.post(IN_GROUP, SHORT)
    assert await messenger.places(HERE) == (Option(two, "A group chat"), sales)
    assert await messenger.places(replace(HERE, user="29:bob")) == ()


async def test_a_person_is_known_by_name_email_and_zone(messenger: TeamsMessenger, teams: FakeTeams) -> None:
    in_a_thread = replace(HERE, conversation=in_thread("1700"))
    await messenger.note(reference(teams, in_a_thread, "channel"), "Europe/Berlin")
    teams.members[ANN] = {"id": ANN, "name": "Ann", "email": "ann@example.com", "userPrincipalName": "a@corp.example"}
    assert await messenger.profile(in_a_thread) == Profile("Ann", "ann@example.com", "Europe/Berlin")
    assert teams.of("GET")[0].path.startswith("/v3/conversations/19%3Achannel%40thread.tacv2/members/")
    teams.members[ANN] = {"id": ANN, "userPrincipalName": "ann@corp.example"}
    assert await messenger.profile(in_a_thread) == Profile("", "ann@corp.example", "Europe/Berlin")
    teams.members[ANN] = {"id": ANN, "name": "Ann", "userPrincipalName": "ann"}
    assert await messenger.profile(in_a_thread) == Profile("Ann", "", "Europe/Berlin")


async def test_a_zone_that_is_not_said_again_stays(messenger: TeamsMessenger, teams: FakeTeams, store: Store) -> None:
    await messenger.note(reference(teams), "Europe/Berlin")
    await messenger.note(reference(teams, name="Ann"))
    assert await stored(store) == replace(reference(teams, name="Ann"), zone="Europe/Berlin")


async def test_a_letter_is_attempted_once_because_its_courier_has_patience(
    messenger: TeamsMessenger, teams: FakeTeams
) -> None:
    await messenger.note(reference(teams))
    teams.refuses(429, retry_after="30")
    with pytest.raises(BusyError) as busy:
        await messenger.send(HERE, SHORT, "checkins:1")
    assert (busy.value.retry_after, busy.value.reason) == (30, "Teams says 429 ServiceError")
    teams.refuses(400, code="BadSyntax")
    with pytest.raises(TeamsRefusedError) as refused:
        await messenger.send(HERE, SHORT, "checkins:1")
    assert refused.value.reason == "Teams says 400 BadSyntax"
    assert not isinstance(refused.value, BusyError | AmbiguousError)
    assert len(teams.of("POST")) == 2


async def test_a_letter_of_several_messages_is_not_begun_anew_where_teams_is_busy_in_the_middle(
    messenger: TeamsMessenger, teams: FakeTeams
) -> None:
    await messenger.note(reference(teams))
    card = long(30)
    teams.takes()
    teams.refuses(429)
    await messenger.send(HERE, card, "checkins:1")
    assert len(teams.standing()) == len(messages(card)) > 1


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_what_a_service_did_before_it_failed_is_in_doubt(
    messenger: TeamsMessenger, teams: FakeTeams, status: int
) -> None:
    await messenger.note(reference(teams))
    teams.refuses(status)
    with pytest.raises(AmbiguousError):
        await messenger.send(HERE, SHORT, "checkins:1")
    teams.hangs_up(after=True)
    with pytest.raises(AmbiguousError):
        await messenger.send(HERE, SHORT, "checkins:1")
    assert await messenger.find(HERE, "checkins:1", NOW) is None


async def test_a_teams_letter_is_posted_where_nobody_of_that_name_was_ever_heard(
    messenger: TeamsMessenger, teams: FakeTeams
) -> None:
    await messenger.note(reference(teams, IN_CHANNEL, "channel"))
    await messenger.post(replace(IN_CHANNEL, user="team:7"), SHORT, "digest:7:2026-03-02")
    assert [said["thread"] for said in teams.standing(CHANNEL)] == [""]


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, "BotNotInConversationRoster", "not_in_channel"),
        (403, "ConversationBlockedByUser", "forbidden"),
        (403, "TeamArchived", "archived"),
        (404, "ConversationNotFound", "gone"),
    ],
)
async def test_why_a_channel_can_not_be_posted_to_is_one_word_and_teams_own(
    messenger: TeamsMessenger, teams: FakeTeams, status: int, code: str, reason: str
) -> None:
    await messenger.note(reference(teams, IN_CHANNEL, "channel"))
    teams.refuses(status, code=code)
    with pytest.raises(UnreachableError) as refusal:
        await messenger.post(IN_CHANNEL, SHORT, "digest:7:2026-03-02")
    assert refusal.value.reason == f"{reason}: Teams says {status} {code}"


async def test_a_channel_slowed_down_is_attempted_once_by_who_has_patience(
    messenger: TeamsMessenger, teams: FakeTeams
) -> None:
    await messenger.note(reference(teams, IN_CHANNEL, "channel"))
    teams.refuses(429, retry_after="30")
    with pytest.raises(BusyError) as refusal:
        await messenger.post(IN_CHANNEL, SHORT, "digest:7:2026-03-02")
    assert (refusal.value.retry_after, len(teams.of("POST"))) == (30, 1)


async def test_who_is_in_a_channel_is_its_members_of_the_same_company(
    messenger: TeamsMessenger, teams: FakeTeams
) -> None:
    await messenger.note(reference(teams, IN_GROUP, "group"))
    assert not await messenger.reads(HERE, CHANNEL)
    teams.members[ANN] = {"id": ANN, "tenantId": HERE.tenant.upper()}
    assert await messenger.reads(HERE, CHANNEL)
    teams.rosters[CHANNEL] = {"29:2-bob"}
    assert not await messenger.reads(HERE, CHANNEL)
    assert await messenger.reads(HERE, IN_GROUP.conversation)
    teams.members[ANN] = {"id": ANN, "tenantId": "another company"}
    assert not await messenger.reads(HERE, IN_GROUP.conversation)


async def test_where_teams_can_not_tell_who_is_in_a_channel_nobody_guesses(
    messenger: TeamsMessenger, teams: FakeTeams
) -> None:
    await messenger.note(reference(teams, IN_CHANNEL, "channel"))
    teams.refuses(500)
    with pytest.raises(PlatformError):
        await messenger.reads(HERE, CHANNEL)


async def test_only_people_can_begin_a_chat_of_several(messenger: TeamsMessenger) -> None:
    assert await messenger.together(HERE, "29:2-bob") is None
