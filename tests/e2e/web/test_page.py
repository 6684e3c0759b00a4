"""The try page in a real browser."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from aiohttp import web
from playwright.async_api import expect

from bot.chat.cards import Button, Buttons, Card, Checklist, Form, TextField, Tick, prose
from bot.chat.events import Event, Pressed, Submitted, Ticked
from bot.chat.replies import Ask, Change, Hand, Refuse, Reply, Say
from bot.web.cast import COACH, PEOPLE
from bot.web.lines import Shown
from bot.web.talk import Talk
from tests.cards.nasty import everywhere
from tests.cards.suite import CARDS, FORMS
from tests.doors import serving
from tests.e2e.browsing import Watched
from tests.e2e.web.conftest import Open
from tests.web.conftest import START, Site

INES = PEOPLE["ines"]
FORM = Form("deal.add", "", "New deal", (TextField("name", "Deal", required=True), TextField("value", "Value")))


def listed(done: frozenset[str]) -> Card:
    ticks = tuple(Tick(f"t{n}", f"Step {n}", f"t{n}" in done) for n in range(40))
    buttons = Buttons(
        (Button("Add a deal", "deal.add", style="primary"), Button("Forget", "forget", confirm="For good?"))
    )
    return Card("A list", (Checklist("list", "Steps", ticks), buttons))


def coaching(event: Event) -> Reply:
    """A coach with one list, one form and one question."""
    match event:
        case Ticked():
            return (Change(listed(event.chosen)),)
        case Pressed(action="deal.add"):
            return (Ask(FORM),)
        case Pressed():
            return (Change(Card("Forgotten.", (prose("Forgotten."),))),)
        case Submitted() if event.answers["value"] == "lots":
            return (Refuse({"value": "Write it as 48k EUR."}),)
        case Submitted():
            return (Say(Card("Added.", (prose(f"Added {event.answers['name']}."),))),)
        case _:
            return (Say(listed(frozenset())),)


def always(reply: Reply, _event: Event) -> Reply:
    """A coach that says the same whatever happens."""
    return reply


@pytest.fixture
async def ines(site: Site, tab: Open) -> AsyncIterator[Watched]:
    """Ines at her desk; nothing may have come from elsewhere, and no script may have failed."""
    site.coach.answer = coaching
    watched = await tab(viewport={"width": 1280, "height": 800})
    await watched.open("/ines/dm")
    yield watched
    assert watched.elsewhere() == []
    assert watched.complaints == []


async def test_a_whole_talk_needs_nothing_but_the_keyboard(ines: Watched) -> None:
    page = ines.page
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="/negotiate prep acme")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("checkbox", name="Step 0")).to_be_visible()
    await page.get_by_role("button", name="Add a deal").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Deal")).to_be_focused()
    await page.keyboard.type("Acme renewal")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Added Acme renewal.")).to_be_visible()


async def test_a_tick_is_saved_in_place_and_the_eye_stays_where_it_was(ines: Watched) -> None:
    await ines.say("prep")
    page = ines.page
    await page.get_by_text("20 more").click()
    box = page.get_by_role("checkbox", name="Step 30")
    await box.scroll_into_view_if_needed()
    before = await box.bounding_box()
    await box.check()
    await expect(page.get_by_text("1 of 40")).to_be_visible()
    await expect(box).to_be_checked()
    await expect(box).to_be_focused()
    assert await box.bounding_box() == before


async def test_quick_ticks_are_all_kept(ines: Watched) -> None:
    await ines.say("prep")
    for n in range(8):
        await ines.page.get_by_role("checkbox", name=f"Step {n}", exact=True).click()
    await expect(ines.page.get_by_text("8 of 40")).to_be_visible()
    await ines.page.get_by_role("checkbox", name="Step 3", exact=True).click()
    await expect(ines.page.get_by_text("7 of 40")).to_be_visible()


async def test_a_tick_that_goes_back_and_forth_ends_where_it_was_left(ines: Watched) -> None:
    await ines.say("prep")
    box = ines.page.get_by_role("checkbox", name="Step 0", exact=True)
    await box.evaluate("(box) => { box.click(); box.click(); box.click(); }")
    await expect(ines.page.get_by_text("1 of 40")).to_be_visible()
    await expect(box).to_be_checked()


async def test_a_refused_form_stays_open_on_the_wrong_field(ines: Watched) -> None:
    await ines.say("prep")
    page = ines.page
    await page.get_by_role("button", name="Add a deal").click()
    dialog = page.get_by_role("dialog", name="New deal")
    await dialog.get_by_role("textbox", name="Deal").fill("Acme")
    await dialog.get_by_label("Value").fill("lots")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("Write it as 48k EUR.")).to_be_visible()
    await expect(dialog.get_by_label("Value")).to_be_focused()
    await expect(dialog.get_by_label("Value")).to_have_accessible_description("Write it as 48k EUR.")
    await expect(dialog.get_by_role("textbox", name="Deal")).to_have_value("Acme")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_a_dangerous_button_asks_first(ines: Watched, site: Site) -> None:
    await ines.say("prep")
    page = ines.page
    await page.locator("summary", has_text="Forget").click()
    await expect(page.get_by_text("For good?")).to_be_in_viewport()
    assert not any(isinstance(event, Pressed) for event in site.coach.events)
    await page.get_by_role("button", name="Forget").click()
    await expect(page.get_by_text("Forgotten.")).to_be_visible()


async def test_what_is_half_typed_survives_somebody_elses_message(ines: Watched, tab: Open) -> None:
    page = await ines.open("/ines/deals")
    await page.locator("#text").fill("half a sent")
    tom = await tab()
    await tom.open("/tom/deals")
    await tom.say("Good morning, team")
    await expect(page.locator(".words", has_text="Good morning, team")).to_be_visible(timeout=10_000)
    await expect(page.locator("#text")).to_have_value("half a sent")


async def test_a_coach_that_does_not_answer_takes_nothing_away(ines: Watched, site: Site) -> None:
    page = ines.page
    await page.route("**/say", lambda route: route.abort())
    await ines.say("promise two days")
    await expect(page.get_by_role("alert").first).to_contain_text("What you typed is still here")
    await expect(page.locator("#text")).to_have_value("promise two days")
    assert site.coach.events == []
    assert "ERR_FAILED" in ines.complaints.pop()


async def test_everything_works_without_javascript(site: Site, tab: Open) -> None:
    site.coach.answer = coaching
    watched = await tab(java_script_enabled=False)
    page = await watched.open("/ines/dm")
    await page.get_by_role("button", name="/negotiate prep acme").click()
    await page.get_by_role("checkbox", name="Step 1", exact=True).check()
    await page.get_by_role("button", name="Save ticks").click()
    await expect(page.get_by_role("checkbox", name="Step 1", exact=True)).to_be_checked()
    await page.get_by_role("button", name="Add a deal").click()
    await page.get_by_role("textbox", name="Deal").fill("Acme")
    await page.get_by_label("Value").fill("lots")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Write it as 48k EUR.")).to_be_visible()
    await page.get_by_label("Value").fill("48k EUR")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Added Acme.")).to_be_in_viewport()


async def test_a_file_is_downloaded(ines: Watched, site: Site) -> None:
    site.coach.answer = lambda _event: (
        Hand(Card("Yours.", ()), "my-data.json", "application/json", b"{}", "privacy.export"),
    )
    await ines.say("export")
    async with ines.page.expect_download() as download:
        await ines.page.get_by_role("link", name="my-data.json").click()
    assert (await download.value).suggested_filename == "my-data.json"


# What can't be typed on a page, half a character, is only met by the renderer's own tests.
TYPED = [name for name in CARDS if name != "hostile_control"]
ASKED = [name for name in FORMS if name != "hostile_control"]
# Whatever sticks out of its card or form, but for tables, which scroll.
TOO_WIDE = """
() => [...document.querySelectorAll(".card, .sheet")].flatMap((whole) => [...whole.querySelectorAll("*")]
  .filter((part) => !part.closest(".table, select") && part.getClientRects().length)
  .filter((part) => part.getBoundingClientRect().right > whole.getBoundingClientRect().right + 1)
  .map((part) => part.outerHTML.slice(0, 120)))
"""


@pytest.mark.parametrize("width", [360, 1280])
async def test_no_card_is_wider_than_the_screen(site: Site, tab: Open, width: int) -> None:
    talk = Talk(site.store)
    for card in (*(CARDS[name] for name in TYPED), everywhere("W" * 300)):
        await talk.post(INES.direct, COACH, Shown(card), START)
    page = await (await tab(viewport={"width": width, "height": 740})).open("/ines/dm")
    await page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert await page.evaluate(TOO_WIDE) == []
    assert await page.evaluate("byId('talk').scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
async def test_no_form_is_wider_than_the_screen(site: Site, tab: Open, width: int) -> None:
    watched = await tab(viewport={"width": width, "height": 740})
    await watched.open("/ines/dm")
    for name in ASKED:
        asks: Reply = (Ask(FORMS[name]),)
        site.coach.answer = partial(always, asks)
        await watched.say("form")
        await expect(watched.page.get_by_role("dialog")).to_be_visible()
        assert await watched.page.evaluate(TOO_WIDE) == [], name
        await watched.page.keyboard.press("Escape")


@asynccontextmanager
async def elsewhere(html: str) -> AsyncIterator[str]:
    """Another page, on another port of this machine."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", answer)])
    async with serving(app) as url:
        yield f"{url}/"


SUBMIT = "<script>document.forms[0].submit()</script>"
FETCH = "{method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams('text=hi')}"
ATTACKS = {
    "a form": f"<form method=post action='SITE/ines/dm/say'><input name=text value=hi></form>{SUBMIT}",
    "a script": f"<script>fetch('SITE/ines/dm/say', {FETCH})</script>",
    "a frame": "<iframe src='SITE/ines/home'></iframe>",
    "an image": "<img src='SITE/ines/home'>",
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_another_page_in_the_same_browser_cannot_drive_it(site: Site, tab: Open, attack: str) -> None:
    victim = await tab()
    await victim.open("/ines/dm")
    tried = asyncio.Event()
    victim.page.context.on("response", lambda answer: tried.set() if answer.url.startswith(site.url) else None)
    victim.page.context.on("requestfailed", lambda asked: tried.set() if asked.url.startswith(site.url) else None)
    async with elsewhere(ATTACKS[attack].replace("SITE", site.url)) as address:
        other = await victim.page.context.new_page()
        await other.goto(address, wait_until="commit")
        await asyncio.wait_for(tried.wait(), 10)
    assert site.coach.events == []
    assert await Talk(site.store).history(INES.direct) == []
