"""When there is next something to say to a person: one line each, which the clock looks through.

Finding who is due leases them. Who dies in between leaves nothing undone, because the person is due again when the
lease is over; who finishes writes the moment that comes next, and that ends the lease. The lease isn't written into the
line itself: those due are spread over the lines of all, and on SQLite each would cost a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam

from bot.chat.address import Address
from bot.coach.keep_warm import Pause
from store.access import Scope, delete_mine, lease_agendas, replace_mine, select_mine
from store.engine import Database
from store.tables import AGENDA_LEASES, AGENDAS

LEASE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """When there is next something to say, in UTC; None: nothing yet.

    `last_day` is the local date of the newest bundle, `back` whether the next one welcomes back.
    """

    next_at: datetime | None = None
    last_day: date | None = None
    pause: Pause | None = None
    back: bool = False


_GET = select_mine(AGENDAS, of=AGENDAS)
_PUT = replace_mine(AGENDAS)
_WORKED_OFF = delete_mine(AGENDA_LEASES)
_CLAIM = lease_agendas(
    lambda free: free.where(AGENDAS.c.next_at <= bindparam("now")).order_by(AGENDAS.c.next_at).limit(bindparam("most"))
)


class MyAgenda:
    """The agenda of one person."""

    __slots__ = ("_address", "_scope")

    def __init__(self, scope: Scope, address: Address) -> None:
        """Look through a scope, from one address."""
        self._scope = scope
        self._address = address

    def get(self) -> Agenda:
        """Give this person's agenda; an empty one where there is none yet."""
        row: Any = self._scope.run(_GET).first()
        if row is None:
            return Agenda()
        pause = Pause(row.pause_since, row.pause_until) if row.pause_since else None
        return Agenda(next_at=row.next_at, last_day=row.last_day, pause=pause, back=row.back)

    def put(self, agenda: Agenda) -> None:
        """Keep an agenda in place of what was; it will be worked off on the platform of this unit's address."""
        pause = agenda.pause
        self._scope.run(
            _PUT,
            platform=self._address.platform,
            next_at=agenda.next_at,
            last_day=agenda.last_day,
            pause_since=pause.since if pause else None,
            pause_until=pause.until if pause else None,
            back=agenda.back,
        )
        self._scope.run(_WORKED_OFF)


class Agendas:
    """Everybody's agendas, as the clock sees them."""

    def __init__(self, database: Database) -> None:
        """Stand on a database."""
        self._database = database

    async def due(self, now: datetime, limit: int = 100, lease: timedelta = LEASE) -> list[Address]:
        """Name those whose moment came longest ago, in no order, and nobody twice until the lease is over.

        The conversation is empty: it is the person's own chat with the coach, where they last used it. Work off who is
        named before asking again: those who are leased stand in the way of others a little.
        """
        wanted = {"now": now, "until": now + lease, "most": limit}

        def work(connection: Connection) -> Sequence[Row[Any]]:
            return connection.execute(_CLAIM.by_dialect[connection.dialect.name], wanted).all()

        rows = await self._database.write(work)
        return [Address(row.platform, row.tenant, "", row.owner) for row in rows]
