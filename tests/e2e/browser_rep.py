"""A rep at the try page: finds what to press by what stands on it, and reads what is on the screen."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.browsing import Watched, new_page
from tests.e2e.served import Served
from tests.stories.rep import Rep

DIRECT, CHANNEL, HOME = "Coach", "deals", "Home"
ROOMS = {DIRECT: "dm", CHANNEL: "deals", HOME: "home"}
DESK: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 900}}
POINTER = "Open it in our direct messages"


class BrowserRep(Rep):
    """One of the people to be, at a browser of their own."""

    def __init__(
        self,
        name: str,
        served: Served,
        browser: Browser,
        colleague: "BrowserRep | None" = None,
        screen: Mapping[str, Any] = DESK,
    ) -> None:
        """Be `name`, of the page's people, before a screen described by options of a playwright context."""
        self._name = name
        self._served = served
        self._browser = browser
        self._screen = screen
        self._context: BrowserContext | None = None
        self._watched: list[Watched] = []
        self._colleague = colleague

    async def says(self, words: str) -> None:
        await self.writes(DIRECT, words)

    async def commands(self, words: str) -> None:
        await self.writes(CHANNEL, f"/negotiate {words}")

    async def coaches(self, message: str) -> None:
        assert self._colleague
        await self._colleague.writes(CHANNEL, message)
        page = await self.goes(CHANNEL)
        await page.reload()
        line = page.locator(".line").filter(has_text=message).last
        await line.hover()
        await line.get_by_role("button", name="Coach this message").click()
        await self._settled()

    async def presses(self, label: str) -> None:
        room = await self._room()
        folded = room.locator("summary").filter(has_text=label)
        button = room.get_by_role("button", name=label, exact=True).or_(folded).last
        asks = await button.evaluate("(one) => one.tagName === 'SUMMARY'")
        await button.click()
        if asks:
            await room.locator(".confirm[open]").get_by_role("button", name=label, exact=True).click()
        await self._settled()

    async def chooses(self, option: str) -> None:
        room = await self._room()
        menu = room.locator("form").filter(has=room.page.get_by_role("option", name=_starting(option))).last
        entry = await menu.get_by_role("option", name=_starting(option)).inner_text()
        await menu.get_by_role("combobox").select_option(label=entry)
        await menu.get_by_role("button", name="Choose").click()
        await self._settled()

    async def ticks(self, line: str) -> None:
        await (await self._line(line)).click()
        await self._settled()

    async def fills(self, **fields: str) -> None:
        form = (await self.page()).get_by_role("dialog")
        for field, value in fields.items():
            await _fill(form.locator(f'[name="field.{field}"]'), value)
        await form.get_by_role("button").click()
        await self._settled()

    async def opens_home(self) -> None:
        await self.goes(HOME)

    async def comes_back(self) -> None:
        """Return through the page's address alone: a cookie knows who was here."""
        assert self._context
        await (await self.page()).close()
        await self._served.again()
        self._watched.append(await new_page(self._context, self._served.url))
        page = await self._watched[-1].open("/")
        await expect(page).to_have_url(self._address(DIRECT))

    def colleague(self) -> Rep:
        assert self._colleague
        return self._colleague

    async def sees(self, *words: str) -> None:
        room = await self._room()
        newest = room.page.get_by_role("dialog").or_(room.locator(".line").last).last
        for one in words:
            await expect(newest).to_contain_text(one, use_inner_text=True)

    async def sees_ticked(self, line: str) -> None:
        await expect(await self._line(line)).to_be_checked()

    async def sees_picture(self, title: str) -> None:
        line = (await self._room()).locator(".line").filter(has_text=title).last
        await expect(line.locator("svg[role=img]").first).to_be_visible()

    async def reads(self) -> str:
        """Look through both conversations in a second window; lines are numbered in the order of their writing."""
        lines = [line for room in (CHANNEL, DIRECT) for line in await self._lines(room)]
        return "\n".join(text for _, text in sorted(lines))

    async def reads_in_channel(self) -> str:
        """Look with the eyes of the manager, who did none of it."""
        maya = BrowserRep("maya", self._served, self._browser)
        return "\n".join(text for _, text in await maya._lines(CHANNEL))

    async def page(self) -> Page:
        """Give the page as it stands; the first time, the person opens their direct messages."""
        if not self._watched:
            self._context = await self._browser.new_context(**self._screen)
            self._watched.append(await new_page(self._context, self._served.url))
            await self._watched[-1].page.goto(self._address(DIRECT))
        return self._watched[-1].page

    async def takes_another_window(self) -> Page:
        """Go on in another window; gives the one left behind, which hears no news, like one that slept."""
        left = await self.page()
        await left.route("**/pulse", lambda route: route.fulfill(body=""))
        self._watched.append(await new_page(left.context, self._served.url))
        await self._watched[-1].page.goto(self._address(DIRECT))
        return left

    def complaints(self) -> list[str]:
        """Give what went wrong unseen: errors in the console, requests to another machine."""
        return [one for watched in self._watched for one in (*watched.complaints, *watched.elsewhere())]

    async def writes(self, place: str, words: str) -> None:
        """Write in one of the person's places."""
        page = await self.goes(place)
        await page.get_by_role("main").get_by_role("textbox").fill(words)
        await page.keyboard.press("Enter")
        await self._settled()

    async def goes(self, place: str) -> Page:
        """Go to one of the person's places, by its link."""
        page = await self.page()
        if not page.url.startswith(self._address(place)):
            menu = page.get_by_role("button", name="People and places")
            if await menu.is_visible():
                await menu.click()
            await page.get_by_role("navigation", name="Places").get_by_role("link", name=place).click()
            await page.wait_for_url(f"{self._address(place)}*")
        return page

    async def _room(self) -> Locator:
        """The room as it stands; where its newest line points to the direct messages, they go there."""
        page = await self.page()
        pointer = page.locator(".line").last.get_by_role("link", name=POINTER)
        if await pointer.count():
            await pointer.click()
            await page.wait_for_url(f"{self._address(DIRECT)}*")
        return page.get_by_role("main")

    async def _line(self, line: str) -> Locator:
        room = await self._room()
        return room.get_by_role("checkbox", name=_starting(line)).last

    async def _lines(self, place: str) -> list[tuple[int, str]]:
        await self.page()
        assert self._context
        window = await new_page(self._context, self._served.url)
        await window.page.goto(self._address(place))
        lines = await window.page.locator(".line").all()
        found = [(int((await line.get_attribute("id") or "m0")[1:]), await line.inner_text()) for line in lines]
        await window.page.close()
        return found

    async def _settled(self) -> None:
        """Wait until the page shows the answer to the last gesture."""
        await (await self.page()).wait_for_function("() => waiting === 0")

    def _address(self, place: str) -> str:
        return f"{self._served.url}/{self._name}/{ROOMS[place]}"


def _starting(words: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(words)}")


async def _fill(control: Locator, value: str) -> None:
    """Type, or choose where there is a choice."""
    kind = await control.first.evaluate("(one) => one.tagName === 'SELECT' ? 'select' : one.type")
    if kind == "radio":
        await control.and_(control.page.locator(f'[value="{value}"]')).check()
    elif kind == "select":
        await control.select_option(value)
    else:
        await control.fill(value)
