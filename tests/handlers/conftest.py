"""A unit of work for handlers that need one."""

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.chat.address import Address
from content.library import Playbook, load
from store import Store, Unit

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANN = Address("slack", "T1", "D1", "U1")
Within = Callable[[Callable[[Unit], Any]], Any]


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load()


@pytest.fixture
def within(tmp_path: Path) -> Within:
    """Run something as Ann, in a transaction of its own on a database that stays for the test."""
    url = f"sqlite+aiosqlite:///{tmp_path}/coach.db"

    async def run(work: Callable[[Unit], Any]) -> object:
        store = Store.open(url)
        try:
            await store.migrate()
            return await store.write(ANN, work, at=NOW)
        finally:
            await store.close()

    return lambda work: asyncio.run(run(work))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one file, to copy for every conversation."""

    async def migrate(path: Path) -> None:
        store = Store.open(f"sqlite+aiosqlite:///{path}")
        await store.migrate()
        await store.close()

    path = tmp_path_factory.mktemp("template") / "coach.db"
    asyncio.run(migrate(path))
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> str:
    """Make a migrated, empty database."""
    return f"sqlite+aiosqlite:///{shutil.copy(template, tmp_path / 'coach.db')}"
