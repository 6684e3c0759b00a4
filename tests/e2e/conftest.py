"""A real browser, somebody else's idea of Slack, and the real program."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser

from tests.e2e.browsing import chromium
from tests.e2e.served import Served
from tests.e2e.slack.emulator import Emulator, emulating
from tests.program import Operator


def _as_long_as_the_loop(fixture_name: str, config: pytest.Config) -> Literal["session", "function"]:
    """A browser lives in one event loop: `make e2e` has one for all tests."""
    del fixture_name
    return "session" if config.getini("asyncio_default_test_loop_scope") == "session" else "function"


@pytest.fixture(scope=_as_long_as_the_loop)
async def one_browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def browser(one_browser: Browser) -> AsyncIterator[Browser]:
    """A browser in which nothing is open, and nothing remembered."""
    yield one_browser
    for context in one_browser.contexts:
        await context.close()


@pytest.fixture
async def try_page(tmp_path: Path) -> AsyncIterator[Served]:
    """`python app.py try`, with the sample deals; at the end it must have stopped cleanly and logged no error."""
    async with Served(Operator(tmp_path), "try") as served:
        yield served


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with ClientSession() as session, emulating(session) as emulator:
        yield emulator
