"""What a team's digests counted, without names: kept for the weeks to come, one for each period."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam

from bot.coach.teams import Period
from store.access import Scope, upsert_ours
from store.tables import DIGESTS
from store.team_access import select_digests

Numbers = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One digest of a team: its sums by kind (a kind without numbers is left out), and the id of its practice."""

    period: Period
    counts: Numbers
    practice: str
    at: datetime


_LATEST: Final = select_digests(DIGESTS).order_by(DIGESTS.c.starts.desc()).limit(bindparam("most"))
_PUT: Final = upsert_ours(DIGESTS, lambda row: row.on_conflict_do_nothing(index_elements=list(DIGESTS.primary_key)))


class Digests:
    """The digests of a tenant's teams."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def put(self, team_id: str, period: Period, counts: Numbers, practice: str, at: datetime) -> bool:
        """Keep what a digest counted; False, and nothing is added, where that period has one."""
        numbers = json.dumps(counts, sort_keys=True)
        values = {"team_id": team_id, "starts": period.starts, "ends": period.ends, "practice": practice, "at": at}
        return bool(self._scope.run(_PUT, counts=numbers, **values).rowcount)

    def last(self, team_id: str, weeks: int = 8) -> list[Issue]:
        """Give the newest digests of a team, oldest first."""
        rows = self._scope.run(_LATEST, this_team=team_id, most=weeks).all()
        return [_issue_of(row) for row in reversed(rows)]

    def latest(self, team_id: str) -> Issue | None:
        """Give the newest of them."""
        issues = self.last(team_id, 1)
        return issues[0] if issues else None


def _issue_of(row: Row[Any]) -> Issue:
    return Issue(period=Period(row.starts, row.ends), counts=json.loads(row.counts), practice=row.practice, at=row.at)
