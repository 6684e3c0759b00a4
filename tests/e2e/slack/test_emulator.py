"""Our door's words against somebody else's idea of Slack's Web API."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.chat.address import Address
from bot.chat.cards import Card, prose
from bot.chat.replies import Act, Ask, Hand, Home, Say
from bot.errors import UnreachableError
from bot.slack.door import SlackDoor
from bot.slack.options import SlackOptions, new_messenger
from bot.slack.send import SlackMessenger
from store import Store
from tests.cards import ordinary
from tests.doors import Coach, serving
from tests.e2e.slack.emulator import BOT_TOKEN, LOOKING_TOKEN, SIGNING_SECRET, USER_TOKEN, Emulator
from tests.slack.platform import Answer, Person

Types = Callable[[Act], Awaitable[Answer]]
LONG = Card("Long.", tuple(prose(f"Paragraph {n}.") for n in range(120)))


def now() -> datetime:
    return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
async def options(emulator: Emulator) -> SlackOptions:
    return SlackOptions(signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, api_url=emulator.api_url)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path}/coach.db")
    yield store
    await store.close()


@pytest.fixture
async def messenger(options: SlackOptions, store: Store) -> AsyncIterator[SlackMessenger]:
    messenger = new_messenger(options, store.installations, now)
    yield messenger
    await messenger.api.close()


@pytest.fixture
async def alice(emulator: Emulator) -> Address:
    team = (await emulator.call("auth.test"))["team_id"]
    return Address("slack", team, await emulator.channel("deals"), await emulator.user("alice"))


async def test_a_card_is_posted_into_the_direct_conversation_and_changes_there(
    emulator: Emulator, messenger: SlackMessenger, alice: Address
) -> None:
    message = await messenger.send(alice, ordinary.PREP)
    channel = (await messenger.direct(alice)).conversation
    there = Address("slack", alice.tenant, channel, alice.user)
    await messenger.update(there, message, ordinary.TIP)
    (posted,) = await emulator.history(channel)
    assert posted["ts"] == message
    assert posted["text"] == ordinary.TIP.summary
    assert "Trade, don't discount" in str(posted["blocks"])


async def test_a_picture_is_taken_and_its_file_shared_nowhere(
    emulator: Emulator, messenger: SlackMessenger, alice: Address
) -> None:
    await messenger.send(alice, ordinary.PLAN)
    (posted,) = await emulator.history((await messenger.direct(alice)).conversation)
    (image,) = [block for block in posted["blocks"] if block["type"] == "image"]
    (file,) = (await emulator.call("files.list", LOOKING_TOKEN))["files"]
    assert image["slack_file"] == {"id": file["id"]}
    assert (file["mimetype"], file["channels"], file["ims"]) == ("image/png", [], [])


async def test_a_card_of_several_messages_shrinks_and_grows_without_a_trace(
    emulator: Emulator, messenger: SlackMessenger, alice: Address
) -> None:
    message = await messenger.send(alice, LONG)
    there = await messenger.direct(alice)
    assert len(await emulator.history(there.conversation)) == 3
    await messenger.update(there, message, ordinary.TIP)
    assert len(await emulator.history(there.conversation)) == 1
    await messenger.update(there, message, LONG)
    await messenger.update(there, message, LONG)
    assert len(await emulator.history(there.conversation)) == 3


async def test_a_letter_to_a_channel_is_posted_there_found_by_its_key_and_changed_for_all(
    emulator: Emulator, messenger: SlackMessenger, alice: Address
) -> None:
    west = replace(alice, user="team:7")
    message = await messenger.post(west, ordinary.WEEK, "digest:7:2026-03-02")
    began = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251  the emulator's messages are of now
    assert await messenger.find(west, "digest:7:2026-03-02", began) == message
    assert await messenger.find(west, "digest:7:2026-03-09", began) is None
    await messenger.update(west, message, ordinary.TIP)
    (posted,) = await emulator.history(alice.conversation)
    assert (posted["ts"], posted["text"]) == (message, ordinary.TIP.summary)


async def test_a_channel_shows_who_is_in_it_and_an_archived_one_says_so(
    emulator: Emulator, messenger: SlackMessenger, alice: Address
) -> None:
    token, tom = USER_TOKEN, await emulator.user("tom")
    made = (await emulator.call("conversations.create", token, name="west"))["channel"]["id"]
    assert await messenger.reads(alice, made)
    assert not await messenger.reads(replace(alice, user=tom), made)
    assert not await messenger.reads(alice, "C0FORGED")
    await emulator.call("conversations.archive", token, channel=made)
    with pytest.raises(UnreachableError) as refusal:
        await messenger.post(replace(alice, conversation=made), ordinary.WEEK, "digest:7:2026-03-02")
    assert refusal.value.reason in ("archived", "not_in_channel")


async def test_two_people_and_the_coach_have_a_conversation(
    emulator: Emulator, messenger: SlackMessenger, alice: Address
) -> None:
    both = await messenger.together(alice, await emulator.user("tom"))
    assert both
    await messenger.post(both, ordinary.HELPED, "help:1")
    (posted,) = await emulator.history(both.conversation)
    assert posted["text"] == ordinary.HELPED.summary


async def test_a_person_is_looked_up(messenger: SlackMessenger, alice: Address) -> None:
    profile = await messenger.profile(alice)
    assert (profile.name, profile.email) == ("alice", "alice@example.com")


@pytest.fixture
async def types(
    emulator: Emulator, options: SlackOptions, messenger: SlackMessenger, store: Store, alice: Address
) -> AsyncIterator[Types]:
    """Lets Alice type a command that the coach answers with one act, and finishes what that takes."""
    coach = Coach()
    door = SlackDoor(options, coach, messenger, store.installations, now)
    app = web.Application()
    app.add_routes(door.routes())

    async def type_and_get(act: Act) -> Answer:
        coach.reply = (act,)
        trigger = await emulator.trigger(alice.user)
        return await person.types("anything", channel=alice.conversation, trigger_id=trigger)

    async with serving(app) as url:
        person = Person(url, emulator, emulator.session, now, alice.user, alice.tenant, SIGNING_SECRET)
        yield type_and_get
        await door.stop()


ACCEPTED = {"home": Home(ordinary.HELP), "quick": Ask(ordinary.QUICK), "share": Ask(ordinary.SHARE)}


@pytest.mark.parametrize("act", ACCEPTED.values(), ids=ACCEPTED)
async def test_pages_and_forms_are_accepted(types: Types, act: Act) -> None:
    answer = await types(act)
    assert (answer.status, answer.text) == (200, "")


async def test_a_file_arrives_in_the_direct_conversation(
    emulator: Emulator, types: Types, messenger: SlackMessenger, alice: Address
) -> None:
    await types(Hand(ordinary.TIP, "my-data.json", "application/json", b'{"deals": []}', "privacy.export"))
    history = await emulator.history((await messenger.direct(alice)).conversation)
    assert any(file["name"] == "my-data.json" for message in history for file in message.get("files", []))


async def test_a_long_answer_goes_on_through_the_response_url(emulator: Emulator, types: Types) -> None:
    first = await types(Say(LONG))
    assert "Paragraph 0." in first.text
    async with asyncio.timeout(5):
        while len(told := await emulator.told("one")) < 2:
            pass
    assert "Paragraph 119." in str(told)
