"""A real Chromium, and pages in it that notice a word from elsewhere and an error in our script."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# A form that is refused comes back with this status, which Chromium reports as an error.
REFUSED = "422"


@dataclass
class Watched:
    """A page of the site at `url`, and all it asked for or complained about."""

    page: Page
    url: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def open(self, path: str) -> Page:
        """Go to a path of the site."""
        await self.page.goto(self.url + path)
        return self.page

    async def say(self, text: str) -> None:
        """Write a line and send it."""
        await self.page.locator("#text").fill(text)
        await self.page.keyboard.press("Enter")

    def hear(self, said: ConsoleMessage) -> None:
        """Note what the browser's console says, but for a refused form."""
        if said.type in ("error", "warning") and REFUSED not in said.text:
            self.complaints.append(said.text)

    def elsewhere(self) -> list[str]:
        """Give the addresses asked for that are not on this machine."""
        return [url for url in self.asked if urlsplit(url).hostname != "127.0.0.1"]


async def new_page(context: BrowserContext, url: str) -> Watched:
    """Open a page in these cookies, to be used with the site at `url`."""
    page = await context.new_page()
    watched = Watched(page, url)
    page.on("request", lambda request: watched.asked.append(request.url))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("console", watched.hear)
    return watched


async def new_tab(browser: Browser, url: str, **options: Any) -> Watched:  # noqa: ANN401  playwright's own
    """Open a page with nothing remembered, with the options of a playwright context."""
    return await new_page(await browser.new_context(**options), url)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start the machine's own Chromium where there is one, else the one playwright installed."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()
