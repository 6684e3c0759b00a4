"""PostgreSQL: a pool of connections, and one queue of writers for each person."""

from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from bot.chat.ports import Observe, unobserved
from store.engine import T, attending
from store.queues import QUEUE_UP

CONNECTIONS = 10
# Seconds until a database that doesn't answer counts as away.
CONNECT, ANSWER = 5, 30
# Until a process that stopped in the middle of its work holds up nobody who waits for the same.
STUCK = 10


class PostgresDatabase:
    """One database on a server."""

    def __init__(self, url: str, observe: Observe = unobserved) -> None:
        """Stand on the database at a `postgresql+asyncpg` URL; it is connected to on first use."""
        self._observe = observe
        self._engine = create_async_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=CONNECT,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "timeout": CONNECT,
                "command_timeout": ANSWER,
                "server_settings": {"idle_in_transaction_session_timeout": f"{STUCK}s"},
            },
        )
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run work in a read-only transaction."""
        with attending("read", self._observe):
            async with self._reading.begin() as connection:
                return await connection.run_sync(work)

    async def write(self, work: Callable[[Connection], T], *, queue: str = "") -> T:
        """Run work in a transaction, after others of its queue: what it reads stays true until it writes."""
        with attending("write", self._observe):
            async with self._engine.begin() as connection:
                if queue:
                    await connection.execute(QUEUE_UP, {"queue": queue})
                return await connection.run_sync(work)

    async def reshape(self, work: Callable[[Connection], T]) -> T:
        """Run work alone among its like: two replicas that start together migrate one after the other."""
        return await self.write(work, queue="reshape")

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()
