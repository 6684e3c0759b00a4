"""A walk through flow 4 at the try page, with pictures to look at in var/e2e/pictures."""

from typing import Final

from playwright.async_api import Browser, expect

from tests.e2e.browser_rep import CHANNEL, BrowserRep
from tests.e2e.keeping_rep import KeepingInBrowser
from tests.e2e.served import Served
from tests.e2e.test_walk import LOOKS, Album

TALL: Final = 1800
PHONE: Final = {**LOOKS["phone"], "viewport": {"width": 360, "height": TALL}}
SCREENS: Final = {
    "phone-dark": {**PHONE, "color_scheme": "dark"},
    "desk": {"viewport": {"width": 1280, "height": TALL}},
    "desk-dark": {"viewport": {"width": 1280, "height": TALL}, "color_scheme": "dark"},
}
DEALS: Final = {"ines": "Lumen", "tom": "Bluebird", "amara": "Harbour", "omar": "Kestrel"}
WIN: Final = "Globex named the date themselves, because we asked what summer means to them"
WANTED: Final = "who has talked to a procurement lead about payment terms?"


async def test_flow_four_is_good_to_look_at(try_page: Served, browser: Browser) -> None:
    maya = BrowserRep("maya", try_page, browser, screen=PHONE)
    ines = KeepingInBrowser(try_page, browser, screen=PHONE)
    reps = {"ines": ines} | {one: BrowserRep(one, try_page, browser, screen=PHONE) for one in list(DEALS)[1:]}
    album, of_ines = Album("phone-digest", maya), Album("phone-lines", ines)
    await ines.begins()
    await _sets_up(maya, album)
    for name, rep in reps.items():
        await _joins_and_works(rep, DEALS[name])
    await _shares(ines, reps["tom"], of_ines)
    await maya.says("digest preview")
    await maya.sees("A preview, for you alone.", WIN)
    await album.takes("preview")
    await _sees_on_friday(ines, of_ines)
    await ines.comes_to_next_monday()
    await _reads(maya, album)
    await _helps(reps["omar"], try_page, browser)
    await _manages(maya, album)
    assert [said for one in (maya, *reps.values()) for said in one.complaints()] == []


async def _sets_up(maya: BrowserRep, album: Album) -> None:
    """Maya's team is at home where she reads herself."""
    await maya.says("digest")
    await album.takes("empty")
    await maya.presses("Set up a team")
    await album.takes("form")
    await maya.fills(name="West", place="reps", when="Monday 8:30")
    await maya.sees("I can't see that you are in that channel")
    await album.takes("refused")
    await maya.fills(place="deals")
    await maya.sees("West is set up.")
    await album.takes("set-up")
    page = await maya.goes(CHANNEL)
    await expect(page.get_by_role("button", name="Join")).to_be_visible()
    await album.takes("announced")


async def _joins_and_works(rep: BrowserRep, deal: str) -> None:
    """Give twice, get once, and keep a promise."""
    page = await rep.goes(CHANNEL)
    await page.get_by_role("button", name="Join").click()
    await rep.sees("You are in West.")
    await rep.says(f"deal add {deal}")
    await rep.says(f"gave 5% off for {deal}")
    await rep.says(f"got net 30 for {deal}")
    await rep.says(f"gave two days of training for {deal}")
    await rep.says(f"promise send the draft by friday for {deal}")
    await rep.presses("It will be late")
    await rep.presses("It is kept after all")
    await rep.sees("this is done")


async def _shares(ines: BrowserRep, tom: BrowserRep, album: Album) -> None:
    await ines.says("digest")
    await album.takes("mine")
    await ines.presses("Share a win")
    await album.takes("share")
    await ines.fills(words=WIN)
    await ines.sees("In the next digest of West")
    await album.takes("shared")
    await ines.says("digest line the new price sheet saves ten minutes a call")
    await ines.sees("In the next digest of West")
    await tom.says(f"digest help {WANTED}")
    await tom.sees("In the next digest of West")


async def _sees_on_friday(ines: KeepingInBrowser, album: Album) -> None:
    for _ in range(3):
        await ines.turns_the_clock("Next morning")
    assert await ines.passes(1) == 1
    await ines.sees("Your lines for West", WIN, "price sheet")
    await album.takes("friday")
    await ines.chooses("A line: the new price sheet")
    await expect((await ines.page()).locator(".line").last).not_to_contain_text("price sheet")
    await album.takes("taken-out")


async def _reads(maya: BrowserRep, album: Album) -> None:
    page = await maya.goes(CHANNEL)
    await page.reload()
    await maya.sees("What went well", f"Ines Duarte: {WIN}", WANTED, "4 of 8", "Practice of the week")
    await expect(page.get_by_text("price sheet")).to_have_count(0)
    await album.takes("digest")


async def _helps(omar: BrowserRep, served: Served, browser: Browser) -> None:
    """Everybody's copy shows who helps, on every kind of screen."""
    page = await omar.goes(CHANNEL)
    await page.reload()
    await omar.presses("I'll help")
    await Album("phone-help", omar).takes("offered")
    for look, screen in SCREENS.items():
        priya = BrowserRep("priya", served, browser, screen=screen)
        await priya.goes(CHANNEL)
        await Album(look, priya).takes("digest")
        await expect((await priya.page()).get_by_text("Omar Haddad is helping.")).to_be_visible()


async def _manages(maya: BrowserRep, album: Album) -> None:
    await maya.says("digest now")
    await maya.sees("Your own copy of what went to")
    await album.takes("own-copy")
    await maya.presses("Post this tip")
    await maya.sees("On its way to the channel.")
    await maya.says("digest team")
    await album.takes("team")
    await maya.presses("What's not here?")
    await album.takes("not-here")
    await maya.opens_home()
    await album.takes("home")
