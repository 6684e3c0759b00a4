"""Pages in a real browser, open at a try page whose coach follows a script."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.e2e.browsing import Watched, new_tab
from tests.web.conftest import Site, coach, site, store

__all__ = ["coach", "site", "store"]

Open = Callable[..., Awaitable[Watched]]


@pytest.fixture
def tab(site: Site, browser: Browser) -> Open:
    """Opens a new browser tab, with the options of a playwright context."""

    async def open_tab(**options: Any) -> Watched:  # noqa: ANN401 - playwright's own
        return await new_tab(browser, site.url, **options)

    return open_tab
