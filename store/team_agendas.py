"""When to look after a team's digest: one moment each, which the clock looks through.

Finding which are due moves their moment ahead. Who dies in between leaves nothing undone, because the team is due again
then; who finishes says when to look next (`Teams.look_at`). Unlike people's, the moment is moved in the row itself:
teams are few.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, bindparam

from bot.chat.address import Address
from bot.coach.teams import team_owner
from store.agendas import LEASE
from store.engine import Database
from store.tables import TEAMS
from store.team_access import lease_teams

_CLAIM = (
    lease_teams(
        lambda teams: (
            teams.where(TEAMS.c.next_at <= bindparam("now")).order_by(TEAMS.c.next_at).limit(bindparam("most"))
        )
    )
    .values(next_at=bindparam("until"))
    .returning(TEAMS.c.tenant, TEAMS.c.id, TEAMS.c.platform)
)


class TeamAgendas:
    """Every team's next moment, as the clock sees them."""

    def __init__(self, database: Database) -> None:
        """Stand on a database."""
        self._database = database

    async def due(self, now: datetime, limit: int = 100, lease: timedelta = LEASE) -> list[tuple[Address, str]]:
        """Name the teams whose moment came longest ago, in no order, and none twice until the lease is over.

        Each comes with its id and the address of its own unit of work, whose conversation is empty.
        """
        wanted = {"now": now, "until": now + lease, "most": limit}

        def work(connection: Connection) -> Sequence[Row[tuple[str, str, str]]]:
            return connection.execute(_CLAIM, wanted).all()

        rows = await self._database.write(work)
        return [(Address(row.platform, row.tenant, "", team_owner(row.id)), row.id) for row in rows]
