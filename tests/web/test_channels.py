"""Channels of the try page: who is in them, what is posted there for all, and what changes there."""

from dataclasses import asdict, replace
from zoneinfo import ZoneInfo

import pytest

from bot.chat.address import Address
from bot.chat.cards import Button, Buttons, Card, Form, PlaceField, TextField, prose
from bot.chat.events import Submitted
from bot.chat.forms import carry
from bot.chat.replies import Ask, Change, Say, Share
from bot.errors import NotThereError, UnreachableError
from bot.web.cast import CHANNELS, PEOPLE
from tests.web.conftest import START, Site, Visitor

WEST = Address("web", "try", "deals", "team:7")
DIGEST = Card("West's week.", (prose("West's week."), Buttons((Button("I'll help", "help.offer", "7.3"),))))
HELPED = Card("West's week, helped.", (prose("Ines will help."),))
FORM = Form("team.setup", "", "A team", (TextField("name", "Name"), PlaceField("channel", "Where?")))


def test_a_team_can_be_tried_with_numbers_and_with_a_channel_its_manager_is_not_in() -> None:
    reps = [one for one in PEOPLE.values() if one.role == "Sales rep"]
    assert len(reps) >= 4
    assert any("maya" not in members for members in CHANNELS.values())
    assert len({one.initials for one in PEOPLE.values()}) == len(PEOPLE)
    assert {ZoneInfo(one.zone).key.partition("/")[0] for one in reps} == {"Europe", "America"}


async def test_a_card_for_a_channel_is_read_by_all_in_it_and_found_again(site: Site, visitor: Visitor) -> None:
    message = await site.messenger.post(WEST, DIGEST, "digest:7:1")
    assert await site.messenger.find(WEST, "digest:7:1", START) == message
    assert await site.messenger.find(PEOPLE["ines"].direct, "digest:7:1", START) is None
    for name in PEOPLE:
        assert "West's week." in (await visitor.see(f"/{name}/deals")).text
    await site.messenger.update(WEST, message, HELPED)
    assert "Ines will help." in (await visitor.see("/omar/deals")).text


async def test_a_channel_there_is_none_of_is_gone(site: Site) -> None:
    with pytest.raises(UnreachableError) as refusal:
        await site.messenger.post(replace(WEST, conversation="archive"), DIGEST, "digest:7:1")
    assert refusal.value.reason == "gone"


async def test_people_are_in_their_own_channels_and_in_no_direct_messages_of_others(site: Site) -> None:
    reads = site.messenger.reads
    maya, ines = PEOPLE["maya"].direct, PEOPLE["ines"].direct
    assert (await reads(maya, "deals"), await reads(maya, "reps"), await reads(ines, "reps")) == (True, False, True)
    assert not await reads(maya, "dm-ines")
    assert not await reads(replace(ines, tenant="elsewhere"), "deals")
    assert await site.messenger.together(ines, "tom") is None


async def test_whoever_is_not_in_a_channel_reads_nothing_of_it(site: Site, visitor: Visitor) -> None:
    await site.messenger.post(replace(WEST, conversation="reps"), DIGEST)
    assert "West's week." in (await visitor.see("/tom/reps")).text
    assert 'href="/maya/dm"' in visitor.page.html if visitor.page else False
    closed = await visitor.see("/maya/reps")
    assert (closed.status, "West" in closed.text) == (404, False)
    assert "/maya/reps" not in (await visitor.see("/maya/deals")).html


async def test_a_card_for_all_changes_for_everybody_and_what_is_private_is_said_alone(
    site: Site, visitor: Visitor
) -> None:
    message = await site.messenger.post(WEST, DIGEST)
    site.coach.answer = lambda _event: (Change(HELPED, for_all=True), Say(Card("Thank you.", (prose("Thank you."),))))
    await visitor.see("/ines/deals")
    page = await visitor.send("/ines/deals/act", ("message", message), ("press", "help.offer:7.3"))
    assert "Thank you." in page.text
    others = (await visitor.see("/tom/deals")).text
    assert ("Ines will help." in others, "Thank you." in others) == (True, False)


async def test_a_card_that_others_read_is_never_changed_into_a_private_one(site: Site, visitor: Visitor) -> None:
    message = await site.messenger.post(WEST, DIGEST)
    site.coach.answer = lambda _event: (Change(HELPED),)
    await visitor.see("/ines/deals")
    page = await visitor.send("/ines/deals/act", ("message", message), ("press", "help.offer:7.3"))
    assert "Ines will help." in page.text
    others = (await visitor.see("/tom/deals")).text
    assert ("West's week." in others, "Ines will help." in others) == (True, False)


async def _sets_up(site: Site, visitor: Visitor, who: str, channel: str, form: Form = FORM) -> str:
    site.coach.answer = lambda event: () if isinstance(event, Submitted) else (Ask(form),)
    await visitor.say("digest", f"/{who}/dm")
    fields = [("form", carry(form)), ("field.name", "West"), ("field.channel", channel)]
    return (await visitor.send(f"/{who}/dm/form", *fields)).text


async def test_a_channel_of_ones_own_is_chosen_and_the_coach_knows_it_was_looked_up(
    site: Site, visitor: Visitor
) -> None:
    await _sets_up(site, visitor, "ines", "reps")
    event = site.coach.events[-1]
    assert isinstance(event, Submitted)
    assert event.places == {"channel": "reps"}


async def test_a_channel_the_manager_is_not_in_keeps_the_form_open_and_tells_the_coach_nothing(
    site: Site, visitor: Visitor
) -> None:
    page = await _sets_up(site, visitor, "maya", "reps")
    assert NotThereError().sentence in page
    assert not any(isinstance(event, Submitted) for event in site.coach.events)


async def test_a_forged_field_brings_no_place_the_coach_would_believe(site: Site, visitor: Visitor) -> None:
    """The form travels through the page: there a place's field can become one of text."""
    forged = replace(FORM, fields=(TextField("name", "Name"), TextField("channel", "Where?")))
    await _sets_up(site, visitor, "maya", "reps", forged)
    event = site.coach.events[-1]
    assert isinstance(event, Submitted)
    assert (event.places, asdict(event)["answers"]["channel"]) == ({}, "reps")


async def test_nothing_is_shared_in_a_channel_the_person_is_not_in(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Share(DIGEST, "reps"), Say(Card("Shared.", (prose("Shared."),))))
    page = await visitor.say("share", "/maya/dm")
    assert NotThereError().sentence in page.text
    assert "Shared." not in page.text
    assert "West's week." not in (await visitor.see("/ines/reps")).text
