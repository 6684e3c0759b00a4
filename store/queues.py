"""Whose writing units wait for whose: one person's never overlap, from whatever device or replica."""

from typing import Final

from sqlalchemy import Executable, bindparam, func, literal_column, select

# PostgreSQL's only: on SQLite there is one queue for all.
QUEUE_UP: Final[Executable] = select(
    func.pg_advisory_xact_lock(func.hashtextextended(bindparam("queue"), literal_column("0")))
)


def queue_of(tenant: str, owner: str) -> str:
    """Name the queue of one person."""
    return f"{tenant} {owner}"
