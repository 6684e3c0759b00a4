"""The stories at the try page: the real program, a real database, a real browser."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.browser_rep import BrowserRep
from tests.e2e.served import Served
from tests.stories.rep import Rep
from tests.stories.told import Stories


@pytest.fixture
async def rep(try_page: Served, browser: Browser) -> AsyncIterator[BrowserRep]:
    """Ines at her browser, and Tom at his."""
    tom = BrowserRep("tom", try_page, browser)
    ines = BrowserRep("ines", try_page, browser, tom)
    yield ines
    assert ines.complaints() + tom.complaints() == []


class TestOnTheTryPage(Stories):
    """Every story as it goes at the try page."""

    async def test_a_button_of_something_gone_answers_in_a_sentence(self, rep: Rep) -> None:
        """Here the conversation goes with the rest: only a window left open still shows the button."""
        assert isinstance(rep, BrowserRep)
        await rep.says("prep globex")
        await rep.presses("Full: all twelve practices")
        left = await rep.takes_another_window()
        await rep.says("forget me")
        await rep.presses("Forget me")
        await rep.sees("Done. Removed:")
        await left.get_by_role("button", name="Just the essentials").click()
        await expect(left.locator(".line").last).to_contain_text("Nothing was changed")
