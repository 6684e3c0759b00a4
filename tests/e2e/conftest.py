"""A real browser, somebody else's idea of Slack, and the real program."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser

from tests.e2e.browsing import chromium
from tests.e2e.served import Served
from tests.e2e.slack.emulator import Emulator, emulating
from tests.program import Operator


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def try_page(tmp_path: Path) -> AsyncIterator[Served]:
    """`python app.py try`, with the sample deals; at the end it must have stopped cleanly and logged no error."""
    async with Served(Operator(tmp_path), "try") as served:
        yield served


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with ClientSession() as session, emulating(session) as emulator:
        yield emulator
