"""The one door to the database: short synchronous work, each in its own transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Final, Literal, Protocol, TypeAlias, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.chat.ports import Observe
from bot.errors import StoreUnavailableError

T = TypeVar("T")
Mode: TypeAlias = Literal["read", "write"]

# SQLite's result codes: permission, busy, locked, read-only, input/output, corrupt, full, can't open, protocol,
# not a database.
_SQLITE_OUT: Final = frozenset({3, 5, 6, 8, 10, 11, 13, 14, 15, 26})
_SQLITE_READ_ONLY: Final = 8
# Beginnings of SQLSTATE: connection, resources, operator, system, credentials, no such database, rolled back by
# the server (deadlock), lock timeout, a standby that takes no writes, and a transaction left idle too long.
_POSTGRES_OUT: Final = ("08", "53", "57", "58", "28", "3D000", "40", "55P03", "25006", "25P03")
_POSTGRES_READ_ONLY: Final = "25006"


class Database(Protocol):
    """What the store stands on. Raises `StoreUnavailableError` where the database can't do its work now."""

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run work that sees one moment of the database and can't change it."""

    async def write(self, work: Callable[[Connection], T], *, queue: str = "") -> T:
        """Run work whose effects are kept all or, where it raises, none. Work of one `queue` never overlaps."""

    async def reshape(self, work: Callable[[Connection], T]) -> T:
        """Run work that changes tables, alone."""

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""


@contextmanager
def attending(mode: Mode, observe: Observe) -> Iterator[None]:
    """Measure one unit of work, and call an outage by its name."""
    began = perf_counter()
    try:
        yield
    except Exception as error:
        if is_outage(error, mode):
            raise StoreUnavailableError from error
        raise
    finally:
        observe(mode, perf_counter() - began)


def is_outage(error: Exception, mode: Mode) -> bool:
    """Tell a database that can't do its work now from a mistake of ours, which must be seen as one."""
    if isinstance(error, PoolTimeoutError | OSError):  # a refused or timed out connection comes as an OSError
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the rest of it tells finer what the first byte says
    state = getattr(cause, "sqlstate", None) or ""
    if mode == "read" and (code == _SQLITE_READ_ONLY or state == _POSTGRES_READ_ONLY):
        return False  # a read that writes
    return code in _SQLITE_OUT or state.startswith(_POSTGRES_OUT)
