"""A walk through flow 1 at the try page, with pictures to look at in var/e2e/pictures."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.browser_rep import CHANNEL, BrowserRep
from tests.e2e.served import Served

PICTURES = Path(__file__).parents[2] / "var/e2e/pictures"
WIDE = {"width": 1280, "height": 900}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "light": {"viewport": WIDE, "color_scheme": "light"},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
}
ANSWERS = {
    "matters": "Live before summer, without extra work for her team",
    "certainty": "guess",
    "ideal": "Two years at list price",
    "realistic": "Two years, 5% off",
    "walk_away": "Below 43k",
    "give": "Onboarding in week one",
}
# More stops of the Tab key than any room has.
STOPS = 80
# What can be seen, but scrolls sideways or can't be told by a screen reader.
FAULTS = """
() => {
  const faults = [];
  for (const part of [document.documentElement, byId("talk"), document.querySelector("dialog")]) {
    if (part && part.scrollWidth > part.clientWidth) faults.push(`scrolls sideways: ${part.tagName}#${part.id}`);
  }
  const text = (ids) => ids.split(" ").map((id) => byId(id)?.textContent ?? "").join("");
  for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a, summary, img")) {
    const labels = [...(one.labels ?? [])].map((label) => label.textContent).join("");
    const own = one.matches("input, select, textarea") ? "" : one.textContent;
    const name = one.getAttribute("aria-label") ?? text(one.getAttribute("aria-labelledby") ?? "");
    if (!(name + labels + own).trim() && !one.hasAttribute("alt")) faults.push(`no label: ${one.outerHTML}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  faults.push(...ids.filter((id, n) => ids.indexOf(id) !== n).map((id) => `twice: #${id}`));
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  return faults;
}
"""


class Album:
    """Pictures of one person's screen, numbered; what can be told to be wrong with it is told."""

    def __init__(self, look: str, rep: BrowserRep) -> None:
        """Collect what `rep` sees under the name of a look."""
        self._look = look
        self._rep = rep
        self._count = 0

    async def takes(self, name: str) -> None:
        """Take a picture of the screen as it stands."""
        page = await self._rep.page()
        self._count += 1
        await page.screenshot(path=PICTURES / f"{self._look}-{self._count:02}-{name}.png", animations="disabled")
        assert await page.evaluate(FAULTS) == [], name


@pytest.mark.parametrize("look", LOOKS)
async def test_flow_one_is_good_to_look_at(look: str, try_page: Served, browser: Browser) -> None:
    ines = BrowserRep("ines", try_page, browser, screen=LOOKS[look])
    album = Album(look, ines)
    await album.takes("empty")
    await _prepares(ines, album)
    await _shares(ines, album)
    await _looks_around(ines, album)
    assert ines.complaints() == []


async def _prepares(ines: BrowserRep, album: Album) -> None:
    await ines.says("prep acme renewal")
    await album.takes("start")
    await ines.presses("Quick: three questions")
    await album.takes("form")
    await ines.fills(**ANSWERS)
    await ines.sees("Give to get.")
    await album.takes("prep")
    await ines.ticks("Pair every give with something to ask for")
    await ines.ticks("Turn each guess about them into a what or how question")
    await ines.sees("2 of 38 steps ticked")
    await album.takes("ticks")
    await ines.presses("All twelve")
    await album.takes("all-twelve")
    await ines.presses("Draft the playback")
    await album.takes("playback")


async def _shares(ines: BrowserRep, album: Album) -> None:
    await ines.presses("Share without numbers")
    await album.takes("share")
    await ines.fills(place="deals")
    await ines.commands("prep acme renewal")
    await album.takes("channel")


async def _looks_around(ines: BrowserRep, album: Album) -> None:
    await ines.commands("prep globex")
    page = await ines.page()
    for name in ("Block Kit", "Adaptive Card"):
        await page.get_by_role("link", name=name).last.click()
        await expect(page.get_by_role("region", name="JSON")).to_be_in_viewport()
        await album.takes(name.lower().replace(" ", "-"))
    await ines.opens_home()
    await album.takes("home")
    await ines.says("deal add")
    await ines.fills(name="Wayne renewal", value="a lot", closes="someday")
    await ines.sees("Write an amount with its currency")
    await album.takes("wrong-field")
    await page.keyboard.press("Escape")
    await ines.says("forget me")
    await page.locator("summary", has_text="Forget me").click()
    await expect(page.locator(".sure").last).to_be_in_viewport(ratio=1)
    await album.takes("question")
    await ines.goes(CHANNEL)
    if await (menu := page.get_by_role("button", name="People and places")).is_visible():
        await menu.click()
        await album.takes("menu")
    await page.get_by_role("button", name="Next morning").click()
    await expect(page.locator(".clock time")).to_contain_text("09:00")
    await album.takes("next-morning")


async def test_the_picture_of_the_readme_shows_focus_points_and_ticks(try_page: Served, browser: Browser) -> None:
    """Copy `try-page.png` to docs/ where it looks different from the one that is there."""
    ines = BrowserRep("ines", try_page, browser, screen=LOOKS["light"])
    page = await ines.page()
    await page.get_by_role("button", name="Next morning").click()
    await ines.says("prep initech")
    await ines.presses("Quick: three questions")
    await ines.fills(
        matters="One person to call", certainty="guess", walk_away="Below £68k", give="Onboarding in week one"
    )
    await ines.ticks("Turn each guess about them into a what or how question")
    await ines.ticks("Pair every give with something to ask for")
    await ines.sees("2 of 38 steps ticked")
    await page.locator(".line").last.evaluate("(line) => line.scrollIntoView({ block: 'start' })")
    await page.mouse.move(0, 0)
    for part in (page.get_by_text("Focus on these"), page.get_by_role("checkbox", checked=True).last):
        await expect(part).to_be_in_viewport(ratio=1)
    await page.screenshot(path=PICTURES / "try-page.png", animations="disabled")


async def test_flow_one_needs_nothing_but_the_keyboard(try_page: Served, browser: Browser) -> None:
    ines = BrowserRep("ines", try_page, browser)
    page = await ines.page()
    await _tabs_to(page, page.get_by_role("textbox", name="Write to the coach"))
    await page.keyboard.type("prep acme renewal")
    await page.keyboard.press("Enter")
    await _tabs_to(page, page.get_by_role("button", name="Quick: three questions"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="What matters to them")).to_be_focused()
    await page.keyboard.type("Live before summer")
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await _tabs_to(page, page.get_by_role("textbox", name="Your ideal result"))
    await page.keyboard.type("Two years")
    await page.keyboard.press("Enter")
    await ines.sees("What matters to them", "Live before summer", "Two years")
    tick = page.get_by_role("checkbox").first
    await _tabs_to(page, tick)
    await page.keyboard.press("Space")
    await ines.sees("1 of 38 steps ticked")
    await expect(tick).to_be_focused()
    await _tabs_to(page, page.get_by_role("button", name="All twelve", exact=True))
    await page.keyboard.press("Enter")
    await ines.sees("0 of 13", "Just the essentials")
    await expect(page.locator(".line").last).to_be_focused()
    assert ines.complaints() == []


async def _tabs_to(page: Page, control: Locator) -> None:
    await expect(control).to_be_visible()
    for _ in range(STOPS):
        await page.keyboard.press("Tab")
        if await control.evaluate("(one) => one === document.activeElement"):
            return
    pytest.fail(f"Tab doesn't lead to {control}")
