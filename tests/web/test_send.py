"""The coach reaches people on the try page."""

import pytest

from bot.chat.address import Address
from bot.chat.cards import Card, prose
from bot.chat.ports import Messenger, Profile
from bot.errors import PlatformError
from bot.web.cast import PEOPLE
from bot.web.lines import Shown
from bot.web.send import WebMessenger
from bot.web.talk import Talk
from store import Store
from tests.web.conftest import START, Time

INES, TOM = PEOPLE["ines"], PEOPLE["tom"]
FIRST, SECOND = Card("One", (prose("One"),)), Card("Two", (prose("Two"),))
NOBODY = Address("web", "try", "dm-nobody", "nobody")


@pytest.fixture
def messenger(store: Store) -> Messenger:
    return WebMessenger(store, Time())


async def test_a_card_goes_to_the_direct_messages_wherever_it_was_asked_for(store: Store, messenger: Messenger) -> None:
    message = await messenger.send(INES.channel, FIRST)
    (entry,) = await Talk(store).history(INES.direct)
    assert (entry.id, entry.line, entry.at) == (message, Shown(FIRST), START)
    assert await Talk(store).history(INES.channel) == []


async def test_a_card_changes_in_place(store: Store, messenger: Messenger) -> None:
    message = await messenger.send(INES.direct, FIRST)
    await messenger.update(INES.direct, message, SECOND)
    (entry,) = await Talk(store).history(INES.direct)
    assert entry.line == Shown(SECOND)


async def test_nobody_else_reads_or_changes_it(store: Store, messenger: Messenger) -> None:
    message = await messenger.send(INES.direct, FIRST)
    eavesdropper = Address("web", "try", INES.direct.conversation, TOM.id)
    assert await Talk(store).history(eavesdropper) == []
    with pytest.raises(PlatformError):
        await messenger.update(eavesdropper, message, SECOND)


async def test_a_message_that_is_gone_cannot_be_changed(messenger: Messenger) -> None:
    with pytest.raises(PlatformError, match="no longer"):
        await messenger.update(INES.direct, "4711", FIRST)


async def test_a_person_has_a_name_an_address_and_a_zone(messenger: Messenger) -> None:
    assert await messenger.profile(TOM.channel) == Profile("Tom Becker", "tom@example.com", "Europe/Berlin")


async def test_somebody_unknown_is_a_platform_error(messenger: Messenger) -> None:
    with pytest.raises(PlatformError):
        await messenger.profile(NOBODY)
    with pytest.raises(PlatformError):
        await messenger.send(NOBODY, FIRST)


async def test_what_was_said_unasked_is_found_again_by_its_key(messenger: Messenger) -> None:
    there = await messenger.direct(INES.channel)
    message = await messenger.send(there, FIRST, "checkins:1")
    await messenger.send(there, FIRST, "checkins:2")
    assert await messenger.find(there, "checkins:1", START) == message
    assert await messenger.find(there, "checkins:3", START) is None
    assert there == INES.direct
