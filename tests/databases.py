"""Databases of the present schema, made by copying one: to migrate takes longer than most tests."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from store import Store


def furnished(folder: Path) -> Path:
    """Give the database of a folder, as it stands there, or else a new one with every table."""
    path = folder / "coach.db"
    if not path.exists():
        path.write_bytes(_template())
    return path


def url_in(folder: Path) -> str:
    """Give the address of the database of a folder; see `furnished`."""
    return f"sqlite+aiosqlite:///{furnished(folder)}"


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as beside:
        path = Path(folder) / "coach.db"
        # In a thread, for who asks may be in an event loop.
        beside.submit(asyncio.run, migrate(f"sqlite+aiosqlite:///{path}")).result()
        return path.read_bytes()


async def migrate(url: str) -> None:
    """Make the tables of an empty database, or bring it up to date."""
    store = Store.open(url)
    await store.migrate()
    await store.close()
