"""A unit of work for handlers that need one."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.chat.address import Address
from content.library import Playbook, load
from store import Store, Unit
from tests.databases import url_in

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANN = Address("slack", "T1", "D1", "U1")
Within = Callable[[Callable[[Unit], Any]], Any]


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load()


@pytest.fixture
def within(tmp_path: Path) -> Within:
    """Run something as Ann, in a transaction of its own on a database that stays for the test."""

    async def run(work: Callable[[Unit], Any]) -> object:
        store = Store.open(url_in(tmp_path))
        try:
            return await store.write(ANN, work, at=NOW)
        finally:
            await store.close()

    return lambda work: asyncio.run(run(work))


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Make a migrated, empty database."""
    return url_in(tmp_path)
