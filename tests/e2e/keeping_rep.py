"""People at the try page whose days pass, because the page's clock is turned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from playwright.async_api import Browser, expect

from tests.e2e.browser_rep import DESK, DIRECT, BrowserRep
from tests.e2e.served import Served
from tests.stories.kept import KeepingRep


class KeepingInBrowser(BrowserRep, KeepingRep):
    """Ines at her browser, or somebody else, day after day; each begins at nine."""

    def __init__(
        self,
        served: Served,
        browser: Browser,
        tom: BrowserRep | None = None,
        screen: Mapping[str, Any] = DESK,
        name: str = "ines",
    ) -> None:
        super().__init__(name, served, browser, tom, screen)

    async def begins(self) -> None:
        """Start over on the first Monday that comes."""
        await (await self.goes(DIRECT)).reload()
        await self.presses_aside("Start over", sure=True)
        await self.presses_aside("Next week")
        self.monday = (await self._now()).date()

    async def passes(self, days: int) -> int:
        page = await self.goes(DIRECT)
        before = await page.locator(".line").count()
        for _ in range(days):
            await self._served.quiet(await self.turns_the_clock("Next morning"))
        await page.reload()
        return await page.locator(".line").count() - before

    async def comes_to_next_monday(self) -> None:
        """Let a weekend pass, or more of a week, and what it brings arrive."""
        await self._served.quiet(await self.turns_the_clock("Next week"))

    async def turns_the_clock(self, label: str) -> datetime:
        """Press what moves the page's clock; gives what it shows then."""
        before = await self._now()
        await self.presses_aside(label)
        await expect((await self.page()).locator(f'.clock time[datetime^="{before:%Y-%m-%dT%H:%M}"]')).to_have_count(0)
        return await self._now()

    async def presses_aside(self, label: str, *, sure: bool = False) -> None:
        """Press what stands beside the conversation."""
        page = await self.page()
        rail = page.locator("#rail")
        if await (menu := page.get_by_role("button", name="People and places")).is_visible():
            await menu.click()
        if sure:
            await rail.locator("summary", has_text=label).click()
        await rail.get_by_role("button", name=label, exact=True).click()
        await self._settled()

    async def _now(self) -> datetime:
        """What the page's clock shows."""
        shown = (await self.page()).locator(".clock time")
        return datetime.fromisoformat(str(await shown.get_attribute("datetime")))
