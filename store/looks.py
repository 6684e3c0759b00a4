"""Who saw or changed what a rule allowed, as whoever runs the coach reads it: never what they saw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam

from store.engine import Database
from store.tables import AUDIT, PEOPLE, TEAMS
from store.team_access import select_looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One line: `rule` is its id, `about` the button or verb. A person who was forgotten has no id and no name."""

    at: datetime
    tenant: str
    user: str
    name: str
    rule: str
    team_id: str
    team: str
    about: str


_SINCE: Final = (
    select_looks(
        AUDIT.c.at,
        AUDIT.c.tenant,
        AUDIT.c.actor,
        PEOPLE.c.name,
        AUDIT.c.rule,
        AUDIT.c.team_id,
        TEAMS.c.name.label("team"),
        AUDIT.c.about,
    )
    .where(AUDIT.c.at >= bindparam("since"))
    .order_by(AUDIT.c.at.desc(), AUDIT.c.id.desc())
)
_SINCE_IN: Final = _SINCE.where(AUDIT.c.tenant == bindparam("this_tenant"))


class Looks:
    """What was written down, of everybody."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        """Stand on a database."""
        self._database = database

    async def since(self, moment: datetime, tenant: str = "") -> list[Look]:
        """Give what was written down from a moment on, newest first; of one tenant, or of all."""
        query, values = (_SINCE_IN, {"this_tenant": tenant}) if tenant else (_SINCE, {})
        rows = await self._database.read(
            lambda connection: connection.execute(query, {"since": moment, **values}).all()
        )
        return [
            Look(
                at=row.at,
                tenant=row.tenant,
                user=row.actor,
                name=row.name or "",
                rule=row.rule,
                team_id=row.team_id,
                team=row.team or "",
                about=row.about,
            )
            for row in rows
        ]
