"""What a host asks from outside."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from bot.web.status import status_routes
from tests.doors import serving


@pytest.fixture
async def problem() -> list[str]:
    """What the store says when it is asked; empty while all is well."""
    return [""]


@pytest.fixture
async def url(problem: list[str]) -> AsyncIterator[str]:
    async def ready() -> str:
        return problem[0]

    app = web.Application()
    app.add_routes(status_routes(ready, lambda: b"coach_requests_total 3\n"))
    async with serving(app) as url:
        yield url


async def get(url: str) -> tuple[int, str, str]:
    async with ClientSession() as session, session.get(url) as response:
        return response.status, await response.text(), response.content_type


async def test_alive_is_answered_whatever_the_store_says(url: str, problem: list[str]) -> None:
    problem[0] = "The database can't be reached."
    assert (await get(f"{url}/healthz"))[:2] == (200, "alive\n")


async def test_ready_says_why_not(url: str, problem: list[str]) -> None:
    assert (await get(f"{url}/readyz"))[:2] == (200, "ready\n")
    problem[0] = "The tables are behind: run migrate."
    assert (await get(f"{url}/readyz"))[:2] == (503, "The tables are behind: run migrate.\n")


async def test_metrics_are_prometheus_text(url: str) -> None:
    assert await get(f"{url}/metrics") == (200, "coach_requests_total 3\n", "text/plain")
