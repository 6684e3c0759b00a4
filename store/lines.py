"""What people share with a team in their own words, and what they take out of its counts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam

from bot.coach.teams import Count, Period, Role, Share, Shared
from bot.errors import NotFoundError
from store.access import Scope, delete_mine, insert_ours, select_mine, upsert_ours
from store.deal_rows import new_id
from store.tables import PEOPLE, SHARED_LINES, TEAM_MEMBERS, WITHHELD
from store.team_access import help_line, select_helpers, select_lines

_THIS: Final = SHARED_LINES.c.id == bindparam("this")
_WITHIN: Final = (SHARED_LINES.c.said_on >= bindparam("from_day"), SHARED_LINES.c.said_on < bindparam("to_day"))
_ORDER: Final = (SHARED_LINES.c.said_on, SHARED_LINES.c.at, SHARED_LINES.c.id)
_PART: Final = (WITHHELD.c.team_id == bindparam("this_team"), WITHHELD.c.starts == bindparam("from_day"))

_IS_IN = select_mine(TEAM_MEMBERS.c.role, of=TEAM_MEMBERS).where(
    TEAM_MEMBERS.c.team_id == bindparam("this_team"), TEAM_MEMBERS.c.role != Role.INVITED.value
)
_ADD = insert_ours(SHARED_LINES)
_ADDED = select_mine(SHARED_LINES, of=SHARED_LINES).where(_THIS)
_TAKE_BACK = delete_mine(SHARED_LINES).where(_THIS)
_MINE = (
    select_mine(SHARED_LINES, of=SHARED_LINES)
    .where(SHARED_LINES.c.team_id == bindparam("this_team"), *_WITHIN)
    .order_by(*_ORDER)
)
_OF_TEAM = select_lines().where(*_WITHIN).order_by(*_ORDER)
_GET = select_lines().where(_THIS)
_HELPERS = select_helpers(SHARED_LINES.c.helper, PEOPLE.c.name).distinct()
_HELP = help_line().where(_THIS)
_WITHHOLD = upsert_ours(WITHHELD, lambda row: row.on_conflict_do_nothing(index_elements=list(WITHHELD.primary_key)))
_WITHHELD = select_mine(WITHHELD.c.what, of=WITHHELD).where(*_PART)
_GIVE_BACK = delete_mine(WITHHELD).where(*_PART, WITHHELD.c.what == bindparam("this"))


class Lines:
    """What one person shares with their teams, and what is shared there."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    @staticmethod
    def fresh_id() -> str:
        """Give an id for a line that is about to be shared."""
        return new_id()

    def share(self, shared: Shared, at: datetime) -> Shared:
        """Put a line into a team's digest, as mine whoever it names. Raises `NotFoundError`: I'm not in that team."""
        self._must_be_in(shared.team_id)
        what = {"team_id": shared.team_id, "kind": shared.kind, "text": shared.text, "said_on": shared.on}
        self._scope.run(_ADD, id=shared.id, helper="", at=at, **what)
        return _shared_of(self._scope.run(_ADDED, this=shared.id).one())

    def take_back(self, this: str) -> bool:
        """Take a line of mine back; False where there is none."""
        return bool(self._scope.run(_TAKE_BACK, this=this).rowcount)

    def mine(self, team_id: str, period: Period) -> list[Shared]:
        """Give what I share with a team in a period, in the order in which I did."""
        return self._lines(_MINE, team_id, period)

    def of_team(self, team_id: str, period: Period) -> list[Shared]:
        """Give what those in a team share with it in a period, in the order in which they did."""
        return self._lines(_OF_TEAM, team_id, period)

    def get(self, team_id: str, this: str) -> Shared | None:
        """Give one line of somebody in the team."""
        row = self._scope.run(_GET, this_team=team_id, this=this).first()
        return _shared_of(row) if row else None

    def helpers(self, team_id: str) -> Mapping[str, str]:
        """Name those who said that they help, in the team or not; empty where the platform gave no name."""
        return {row.helper: row.name or "" for row in self._scope.run(_HELPERS, this_team=team_id).all()}

    def help_with(self, team_id: str, this: str) -> bool:
        """Be the one who helps with what somebody else asks for; False where somebody already does."""
        return bool(self._scope.run(_HELP, this_team=team_id, this=this).rowcount)

    def withhold(self, team_id: str, starts: date, what: Count) -> bool:
        """Take my part of the counts out of the digest whose period begins then; False where it is out already.

        Raises `NotFoundError`: I'm not in that team.
        """
        self._must_be_in(team_id)
        return bool(self._scope.run(_WITHHOLD, team_id=team_id, starts=starts, what=what).rowcount)

    def give_back(self, team_id: str, starts: date, what: Count) -> bool:
        """Let it be counted again; False where it was."""
        return bool(self._scope.run(_GIVE_BACK, this_team=team_id, from_day=starts, this=what).rowcount)

    def withheld(self, team_id: str, starts: date) -> frozenset[Count]:
        """Give what I took out of that digest."""
        rows = self._scope.run(_WITHHELD, this_team=team_id, from_day=starts)
        return frozenset(Count(row.what) for row in rows)

    def _must_be_in(self, team_id: str) -> None:
        if self._scope.run(_IS_IN, this_team=team_id).first() is None:
            raise NotFoundError

    def _lines(self, query: Any, team_id: str, period: Period) -> list[Shared]:  # noqa: ANN401  a statement of several classes
        rows = self._scope.run(query, this_team=team_id, from_day=period.starts, to_day=period.ends).all()
        return [_shared_of(row) for row in rows]


def _shared_of(row: Row[Any]) -> Shared:
    return Shared(
        id=row.id,
        team_id=row.team_id,
        user=row.owner,
        kind=Share(row.kind),
        text=row.text,
        on=row.said_on,
        helper=row.helper,
    )
