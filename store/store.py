"""What the coach remembers: the whole of it, as the rest of the house sees it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot.chat.address import Address
from bot.chat.ports import Observe, unobserved
from bot.errors import SettingsError, StoreUnavailableError
from store import receipts, retention, schema
from store.access import Scope
from store.agendas import Agendas
from store.cipher import Cipher
from store.engine import Database
from store.imports import ImportedDeal, ImportResult, import_deals
from store.installations import Installations
from store.letters import Letters
from store.looks import Looks
from store.queues import queue_of
from store.team_agendas import TeamAgendas
from store.unit import Unit

T = TypeVar("T")
_OUT_OF_REACH = "The database can't be reached: check DATABASE_URL, and that it is running."


class Store:
    """The memory of one coach. Every method raises `StoreUnavailableError` where the database can't do its work now."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        """Stand on a database."""
        self._database = database
        self.installations = Installations(database, cipher)
        self.letters = Letters(database)
        self.agendas = Agendas(database)
        self.team_agendas = TeamAgendas(database)
        self.looks = Looks(database)

    @classmethod
    def open(cls, url: str, keys: Sequence[str] = (), observe: Observe = unobserved) -> "Store":
        """Stand on the database that a `DATABASE_URL` names; it is connected to on first use.

        `keys` are `SECRET_KEY` values, newest first; `observe` is told the mode ("read" or "write") and the
        seconds of each unit of work. Raises `SettingsError` for a URL of another kind.
        """
        return cls(database_at(url, observe), Cipher(keys))

    async def read(self, address: Address, work: Callable[[Unit], T]) -> T:
        """Run work that sees one moment of what the person at `address` may see; it can't change anything."""
        return await self._database.read(lambda connection: work(Unit(connection, address)))

    async def write(self, address: Address, work: Callable[[Unit], T], *, receipt: str = "", at: datetime) -> T:
        """Run work whose effects are kept all or, where it raises, none; one person's work never overlaps.

        `receipt` names the happening it answers, at the moment `at`: raises `AlreadyDoneError`, and
        changes nothing, where that was answered before.
        """

        def whole(connection: Connection) -> tuple[T, bool]:
            if receipt:
                receipts.file(Scope(connection, address.tenant, address.user), receipt, at)
            unit = Unit(connection, address)
            return work(unit), unit.outbox.filled

        result, filled = await self._database.write(whole, queue=queue_of(address.tenant, address.user))
        if filled:
            self.letters.news.set()
        return result

    async def import_deals(self, tenant: str, rows: Sequence[ImportedDeal], at: datetime) -> ImportResult:
        """Bring a tenant's deals in line with a CRM's export: all rows or none, and twice the same as once."""
        return await self._database.write(
            lambda connection: import_deals(Scope(connection, tenant, owner=""), rows, at), queue=f"{tenant} import"
        )

    async def ready(self) -> str:
        """Say in one plain sentence why the store can't be used; empty where it can."""
        try:
            return await self._database.read(schema.misfit)
        except StoreUnavailableError:
            return _OUT_OF_REACH

    async def migrate(self) -> None:
        """Bring the tables to this version; nothing happens where they are.

        Raises `SettingsError` where a newer version of the coach has brought them further.
        """
        try:
            await self._database.reshape(schema.upgrade)
        except StoreUnavailableError as error:
            raise StoreUnavailableError(_OUT_OF_REACH) from error

    async def tidy(self, now: datetime, kept: timedelta | None = None) -> int:
        """Delete old receipts, letters that are over and installations never finished; gives how many rows.

        So is what has been over for longer than `kept`, as `store.retention` says it; None keeps all of it.
        """
        old = await self._database.write(lambda connection: receipts.tidy(connection, now))
        over = await retention.tidy(self._database, now, kept) if kept else 0
        return old + over + await self.letters.tidy(now)

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""
        await self._database.close()


def database_at(url: str, observe: Observe = unobserved) -> Database:
    """Choose by the URL, loading only the driver it needs."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError("DATABASE_URL is not a database URL.") from error
    if parsed.drivername == "sqlite+aiosqlite" and parsed.database not in (None, "", ":memory:"):
        from store.sqlite import SqliteDatabase  # noqa: PLC0415  only the one that is used

        return SqliteDatabase(Path(str(parsed.database)), observe)
    if parsed.drivername == "postgresql+asyncpg":
        from store.postgres import PostgresDatabase  # noqa: PLC0415

        return PostgresDatabase(url, observe)
    raise SettingsError("DATABASE_URL must be `sqlite+aiosqlite:///FILE` or `postgresql+asyncpg://...`.")
