"""The try page as a visitor finds it."""

import re
from io import BytesIO

import pytest

from bot.chat.cards import Card, prose
from bot.chat.replies import Say
from bot.web.page import STATIC
from tests.web.conftest import Site, Visitor
from tests.web.test_html import Page


async def test_the_page_opens_on_the_first_persons_direct_messages(visitor: Visitor) -> None:
    page = await visitor.see("/")
    assert page.path == "/ines/dm"
    assert "Hello Ines. Who are you meeting next?" in page.text


async def test_the_page_remembers_who_i_was(visitor: Visitor) -> None:
    await visitor.see("/maya/home")
    assert (await visitor.see("/")).path == "/maya/dm"


async def test_a_cookie_that_names_nobody_is_nobody(visitor: Visitor) -> None:
    visitor.session.cookie_jar.update_cookies({"coach_try_who": "../root"})
    assert (await visitor.see("/")).path == "/ines/dm"


@pytest.mark.parametrize("path", ["/bob/dm", "/ines/attic", "/ines", "/static/nothing.css", "/static/../door.py"])
async def test_what_is_not_there_is_not_found(visitor: Visitor, path: str) -> None:
    assert (await visitor.see(path)).status == 404


@pytest.mark.parametrize("what", ["say", "act", "form", "clock", "afresh"])
async def test_the_address_of_a_form_leads_back_to_its_room(visitor: Visitor, what: str) -> None:
    assert (await visitor.see(f"/tom/deals/{what}")).path == "/tom/deals"


@pytest.mark.parametrize("room", ["dm", "deals", "home"])
async def test_every_tag_of_a_page_closes_and_nothing_comes_from_elsewhere(
    site: Site, visitor: Visitor, room: str
) -> None:
    site.coach.answer = lambda _event: (Say(Card("Hi", (prose("<script>"),))),)
    await visitor.say("/negotiate tip", "/ines/deals")
    page = Page((await visitor.see(f"/ines/{room}")).html)
    addresses = [attrs[name] for _, attrs in page.tags for name in ("src", "href", "action") if name in attrs]
    assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in addresses)
    assert not [attrs for _, attrs in page.tags for name in attrs if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", sorted(STATIC))
async def test_what_the_page_loads_is_served_and_loads_nothing_else(visitor: Visitor, name: str) -> None:
    file = await visitor.see(f"/static/{name}")
    assert file.status == 200
    assert not re.search(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z]+\.", file.html)


async def test_a_hint_is_a_form_that_says_it(visitor: Visitor) -> None:
    page = await visitor.see("/ines/dm")
    assert 'name="text" value="/negotiate prep acme"' in page.html


async def test_a_card_can_be_seen_as_another_platform_gets_it(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(Card("<Hi>", (prose("Shown as a card"),))),)
    line = (await visitor.say("tip")).lines[-1]
    page = await visitor.see(f"/ines/dm?card={line}&as=Block+Kit")
    assert '{ "fallback": "<Hi>" }' in page.text
    assert "Shown as a card" not in page.text
    assert "Shown as a card" in (await visitor.see(f"/ines/dm?card={line}&as=Nothing")).text


async def test_the_clock_shows_the_time_of_the_person(visitor: Visitor) -> None:
    assert "10:30 Wed 25 Nov Lisbon time" in (await visitor.see("/ines/dm")).text
    assert "11:30 Wed 25 Nov Berlin time" in (await visitor.see("/tom/dm")).text


async def test_the_pulse_tells_whether_something_was_said(visitor: Visitor) -> None:
    page = await visitor.see("/tom/deals")
    before = re.search(r'data-pulse="(\w+)"', page.html)
    assert before
    assert (await visitor.see("/tom/deals/pulse")).html == before[1]
    await visitor.say("hello", "/ines/deals")
    assert (await visitor.see("/tom/deals/pulse")).html != before[1]


@pytest.mark.parametrize("body", [b"\xff\xfe=\x00", b"text=%ff%fe&csrf=%00", b"x" * 2_000_000])
async def test_a_garbled_body_is_refused(site: Site, visitor: Visitor, body: bytes) -> None:
    headers = {"Origin": site.url, "Content-Type": "application/x-www-form-urlencoded"}
    async with visitor.session.post(f"{site.url}/ines/dm/say", data=BytesIO(body), headers=headers) as response:
        assert 400 <= response.status < 500
    assert site.coach.events == []
