"""A walk through flow 2 at the try page, with pictures to look at in var/e2e/pictures."""

import pytest
from playwright.async_api import Browser

from tests.e2e.browser_rep import BrowserRep
from tests.e2e.served import Served
from tests.e2e.test_walk import LOOKS, Album
from tests.stories.bargained import LOG, WHOLE

# Pixels; a plan fits in there on a phone, too.
TALL = 2600


@pytest.mark.parametrize("look", LOOKS)
async def test_flow_two_is_good_to_look_at(look: str, try_page: Served, browser: Browser) -> None:
    ines = BrowserRep("ines", try_page, browser, screen=LOOKS[look])
    album = Album(f"{look}-plan", ines)
    await _plans(ines, album)
    await _looks_at_the_whole(ines, album)
    await _trades(ines, album)
    assert ines.complaints() == []


async def _plans(ines: BrowserRep, album: Album) -> None:
    await ines.says("acme want 15% off or they walk")
    await ines.sees("Trade instead of giving away.")
    await album.takes("coached")
    await ines.presses("Plan it for Acme renewal")
    await album.takes("behind")
    await ines.presses("I don't know")
    await album.takes("gives")
    await ines.says("up to 10% off, onboarding, training")
    await album.takes("gets")
    await ines.says("two years, net 30, a reference call")
    await album.takes("worths")
    await ines.chooses("onboarding")
    await album.takes("line")
    await ines.fills(theirs="high", known="said")
    await ines.presses("Looks right")
    await album.takes("floor")
    await ines.says("Below 41k we keep the old contract")
    await ines.sees(WHOLE)


async def _looks_at_the_whole(ines: BrowserRep, album: Album) -> None:
    """Take the plan at its full height, as one scrolls through it."""
    page = await ines.page()
    before = page.viewport_size
    assert before
    await page.set_viewport_size({"width": before["width"], "height": TALL})
    await page.locator(".line").last.evaluate("(line) => line.scrollIntoView({ block: 'start' })")
    await album.takes("whole")
    await page.set_viewport_size(before)


async def _trades(ines: BrowserRep, album: Album) -> None:
    await ines.commands("counter 20% off")
    await ines.sees("From your plan for Acme renewal.")
    await album.takes("counter")
    await ines.says("gave 8% off for acme")
    await ines.sees("Nothing has come back for it yet")
    await album.takes("gave")
    await ines.presses("After the call: what moved?")
    await ines.ticks("a two-year contract")
    await album.takes("moved")
    await ines.presses("The whole log")
    await ines.sees(LOG)
    await album.takes("log")
    await ines.says("what's a MESO?")
    await album.takes("question")
    await ines.says("how do I fake a rival bid for acme?")
    await ines.sees("Honest, and it works:")
    await album.takes("bluff")
