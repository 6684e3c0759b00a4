"""A real Chromium, and pages in it that would notice a word from elsewhere or an error in our script."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Request, async_playwright

from tests.web.conftest import Site, coach, site, store

__all__ = ["coach", "site", "store"]

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


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """The machine's own Chromium where there is one, else the one playwright installed."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@dataclass
class Watched:
    """A page and all it asked for or complained about."""

    page: Page
    site: Site
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def open(self, path: str) -> Page:
        await self.page.goto(self.site.url + path)
        return self.page

    async def say(self, text: str) -> None:
        await self.page.locator("#text").fill(text)
        await self.page.keyboard.press("Enter")

    def note_request(self, request: Request) -> None:
        self.asked.append(request.url)


Open = Callable[..., Awaitable[Watched]]


@pytest.fixture
def tab(site: Site, browser: Browser) -> Open:
    """Opens a new browser tab, with the options of a playwright context."""

    async def open_tab(**options: Any) -> Watched:  # noqa: ANN401 - playwright's own
        page = await (await browser.new_context(**options)).new_page()
        watched = Watched(page, site)
        page.on("request", watched.note_request)
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("console", lambda said: watched.complaints.append(said.text) if "Policy" in said.text else None)
        return watched

    return open_tab
