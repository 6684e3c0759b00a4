"""Databases for faults: the same as the store's own tests have."""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.program import unmeasured
from tests.store.conftest import (
    Server,
    bare_postgres_url,
    bare_url,
    postgres,
    postgres_database,
    postgres_url,
    sqlite_url,
    url,
)

__all__ = [
    "bare_postgres_url",
    "bare_url",
    "postgres",
    "postgres_database",
    "postgres_url",
    "sqlite_url",
    "url",
]


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Couriers that are killed on the way tell nothing of coverage."""
    for name in os.environ.keys() - unmeasured():
        monkeypatch.delenv(name)


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url_maker(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Make databases without tables, of each kind."""
    numbers = count()
    if request.param == "sqlite":
        return lambda: f"sqlite+aiosqlite:///{tmp_path}/{next(numbers)}.db"
    server: Server = request.getfixturevalue("postgres")

    def make() -> str:
        name = f"fault_{tmp_path.name[-20:].replace('-', '_')}_{next(numbers)}".lower()
        server.psql(f'CREATE DATABASE "{name}"')
        return server.get_uri(name, "asyncpg")

    return make
