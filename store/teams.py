"""Teams with one digest a week: who is in them, where their digest goes, and who looked.

Which team is open to whom and for what, `handlers.gate` says before anything here is asked for. What is here keeps to
one tenant, and puts nobody into a team but who asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, func

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.coach.access import Rule
from bot.coach.people import Person
from bot.coach.teams import Membership, Role, Team, team_owner
from store import departures
from store.access import Scope, insert_ours, select_mine, tied, update_mine, upsert_ours
from store.deal_rows import HELD, new_id
from store.outbox import Outbox
from store.people import People
from store.tables import AUDIT, DEALS, HANDOVERS, PEOPLE, TEAM_MEMBERS, TEAMS
from store.team_access import select_members, select_team, update_team, wake_members


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownerless:
    """A deal that was left to a team; `offered_to` is the member who is asked to take it, or empty."""

    deal_id: str
    name: str
    client: str
    offered_to: str = ""


# What is stored under the name it has in `Team`.
_PLAIN: Final = ("name", "channel", "channel_name", "weekday", "at", "zone", "covered_to", "problem")
_IN_TEAM: Final = TEAM_MEMBERS.c.team_id == bindparam("this_team")
_SAID_YES: Final = TEAM_MEMBERS.c.role != Role.INVITED.value

_ADD = insert_ours(TEAMS)
_GET = select_team(TEAMS)
_CHANGE = update_team()
_MINE = (
    select_mine(TEAMS, TEAM_MEMBERS.c.role, of=TEAM_MEMBERS)
    .select_from(
        TEAM_MEMBERS.join(TEAMS, and_(TEAMS.c.tenant == TEAM_MEMBERS.c.tenant, TEAMS.c.id == TEAM_MEMBERS.c.team_id))
    )
    .order_by(TEAMS.c.name, TEAMS.c.id)
)
_ROLE = select_mine(TEAM_MEMBERS.c.role, of=TEAM_MEMBERS).where(_IN_TEAM)
_MEMBERS = select_members(TEAM_MEMBERS.c.owner, TEAM_MEMBERS.c.role, PEOPLE.c.name).order_by(
    TEAM_MEMBERS.c.joined_at, TEAM_MEMBERS.c.owner
)
_PUT = upsert_ours(TEAM_MEMBERS, lambda row: row.on_conflict_do_nothing(index_elements=list(TEAM_MEMBERS.primary_key)))
_SAY_YES = update_mine(TEAM_MEMBERS).where(_IN_TEAM, TEAM_MEMBERS.c.role == Role.INVITED.value)
_SET_ROLE = update_mine(TEAM_MEMBERS).where(_IN_TEAM, _SAID_YES)
_WAKE = wake_members()
_NOTE = insert_ours(AUDIT)
_LEFT = select_mine(of=DEALS).where(HELD)
_COUNT_LEFT = _LEFT.with_only_columns(func.count())
_OFFERED = and_(tied(HANDOVERS, DEALS), HANDOVERS.c.deal_id == DEALS.c.id, HANDOVERS.c.state == "offered")
_ALL_LEFT = (
    _LEFT.with_only_columns(DEALS.c.id, DEALS.c.name, DEALS.c.client, HANDOVERS.c.receiver)
    .select_from(DEALS.outerjoin(HANDOVERS, _OFFERED))
    .order_by(DEALS.c.name_key, DEALS.c.id)
    .limit(bindparam("most"))
)


class Teams:
    """The teams of one tenant, as one person or one team's own unit deals with them."""

    __slots__ = ("_address", "_outbox", "_scope")

    def __init__(self, scope: Scope, address: Address, outbox: Outbox) -> None:
        """Look through a scope; what others are told is counted among the letters of this unit's outbox."""
        self._scope = scope
        self._address = address
        self._outbox = outbox

    @staticmethod
    def fresh_id() -> str:
        """Give an id for a team that is about to be set up. It holds no "."."""
        return new_id()

    def create(self, team: Team, at: datetime) -> Team:
        """Set a team up, and be its manager. The clock doesn't look at it before `look_at` says when."""
        self._scope.run(
            _ADD, id=team.id, platform=self._address.platform, next_at=None, awaited="", **_columns_of(team)
        )
        self._scope.run(_PUT, team_id=team.id, role=Role.MANAGER, joined_at=at)
        return self._known(team.id)

    def get(self, team_id: str) -> Team | None:
        """Give a team of this tenant, whoever is in it."""
        row = self._scope.run(_GET, this_team=team_id).first()
        return _team_of(row) if row else None

    def held(self, team_id: str) -> Team | None:
        """Give it to be changed: until the end of the transaction nobody else changes it."""
        self._scope.wait_for(team_owner(team_id))
        return self.get(team_id)

    def mine(self) -> list[tuple[Team, Role]]:
        """Give the teams this person is in or invited to, by name, each with what they are in it."""
        return [(_team_of(row), Role(row.role)) for row in self._scope.run(_MINE).all()]

    def role(self, team_id: str) -> Role | None:
        """Say what this person is in a team; None: nothing."""
        row = self._scope.run(_ROLE, this_team=team_id).first()
        return Role(row.role) if row else None

    def members(self, team_id: str) -> list[Membership]:
        """Give who is in a team or invited to it, the longest there first."""
        rows = self._scope.run(_MEMBERS, this_team=team_id).all()
        return [Membership(team_id=team_id, user=row.owner, role=Role(row.role)) for row in rows]

    def names(self, team_id: str) -> Mapping[str, str]:
        """Name the same people; empty where the platform gave no name."""
        return {row.owner: row.name or "" for row in self._scope.run(_MEMBERS, this_team=team_id).all()}

    def change(self, team: Team) -> Team | None:
        """Keep a team as it now is. None: no such team."""
        changed = self._scope.run(_CHANGE, this_team=team.id, **_columns_of(team)).rowcount
        return self._known(team.id) if changed else None

    def invite(self, team_id: str, user: str, at: datetime) -> bool:
        """Let a colleague be asked; they are in the team once they `join`. False: they are in it or asked already."""
        if self.get(team_id) is None:
            return False
        theirs = self._scope.acting_as(user)
        return bool(theirs.run(_PUT, team_id=team_id, role=Role.INVITED, joined_at=at).rowcount)

    def join(self, team_id: str, at: datetime) -> bool:
        """Be a member from now on; False where this person was one already, or there is no such team."""
        self._scope.wait_for(team_owner(team_id))
        if self.get(team_id) is None:
            return False
        yes = {"role": Role.MEMBER, "joined_at": at}
        asked = self._scope.run(_SAY_YES, this_team=team_id, **yes).rowcount
        return bool(asked or self._scope.run(_PUT, team_id=team_id, **yes).rowcount)

    def leave(self, team_id: str) -> bool:
        """Be in it no longer, or invited to it, and take my lines along; False where I wasn't.

        The last one to leave takes the team along, with the clients that were left to it: name those before.
        """
        return departures.leave(self._scope, team_id)

    def remove(self, team_id: str, user: str) -> bool:
        """Let somebody else be in it no longer, as if they had left."""
        return departures.leave(self._scope.acting_as(user), team_id)

    def set_role(self, team_id: str, user: str, role: Role) -> bool:
        """Make a member a manager, or the other way round; False for who isn't in it or hasn't said yes."""
        return bool(self._scope.acting_as(user).run(_SET_ROLE, this_team=team_id, role=role).rowcount)

    def take_over(self, team_id: str) -> bool:
        """Be its manager, where it has none; False where it has one by now, or this person isn't in it."""
        self._scope.wait_for(team_owner(team_id))
        if any(one.role is Role.MANAGER for one in self.members(team_id)):
            return False
        return self.set_role(team_id, self._scope.owner, Role.MANAGER)

    def look_at(self, team_id: str, when: datetime | None) -> None:
        """Let the clock look after its digest at that moment, in UTC; None: never."""
        self._scope.run(_CHANGE, this_team=team_id, next_at=when)

    def awaits(self, team_id: str, key: str) -> None:
        """Remember under which key the letter with its digest is under way; empty: none is."""
        self._scope.run(_CHANGE, this_team=team_id, awaited=key)

    def awaited(self, team_id: str) -> str:
        """Give that key."""
        row = self._scope.run(_GET, this_team=team_id).first()
        return str(row.awaited) if row else ""

    def tell(  # noqa: PLR0913  a letter, and to whom
        self,
        team_id: str,
        user: str,
        key: str,
        card: Card,
        due_at: datetime,
        *,
        subject: str = "",
        beside: str = "",
    ) -> bool:
        """Put a letter to somebody in the team, or invited to it, as `Outbox.put` does; False too where they aren't."""
        if all(one.user != user for one in self.members(team_id)):
            return False
        put = self._outbox_of(user).put(key, card, due_at, subject=subject, beside=beside)
        self._outbox.filled = self._outbox.filled or put
        return put

    def post(self, team_id: str, key: str, card: Card, due_at: datetime, *, subject: str = "") -> bool:
        """Put a letter of the team's into its channel, as `Outbox.put` does; False too where there is no such team."""
        team = self.get(team_id)
        if team is None:
            return False
        put = self._outbox_of(team_owner(team_id)).put(key, card, due_at, subject=subject, conversation=team.channel)
        self._outbox.filled = self._outbox.filled or put
        return put

    def unpost(self, team_id: str, key: str) -> bool:
        """Take such a letter back, as `Outbox.cancel` does."""
        return self._outbox_of(team_owner(team_id)).cancel(key)

    def person(self, team_id: str, user: str) -> Person | None:
        """Give somebody in the team, or invited to it: to name them. None: they aren't."""
        inside = any(one.user == user for one in self.members(team_id))
        return People(self._scope.acting_as(user)).me() if inside else None

    def wake(self, team_id: str, now: datetime) -> None:
        """Let the clock look in on everybody in the team, because something that they see has moved."""
        self._scope.run(_WAKE, this_team=team_id, platform=self._address.platform, next_at=now)

    def ownerless(self, team_id: str, limit: int = 50) -> list[Ownerless]:
        """Give the deals left to the team, by name; none to who isn't in it."""
        rows = self._as_team(team_id).run(_ALL_LEFT, most=limit).all() if self._inside(team_id) else []
        return [
            Ownerless(deal_id=row.id, name=row.name, client=row.client, offered_to=row.receiver or "") for row in rows
        ]

    def count_ownerless(self, team_id: str) -> int:
        """Count them, for all who read the digest: it says how many there are, and names none."""
        return int(self._as_team(team_id).run(_COUNT_LEFT).scalar_one())

    def audit(self, rule: Rule, team_id: str, about: str, at: datetime) -> None:
        """Write down that this person did what a rule allowed; `about` names the button or verb, never its content."""
        self._scope.run(_NOTE, actor=self._scope.owner, rule=rule, team_id=team_id, about=about, at=at)

    def _outbox_of(self, owner: str) -> Outbox:
        return Outbox(self._scope.acting_as(owner), replace(self._address, user=owner))

    def _as_team(self, team_id: str) -> Scope:
        return self._scope.acting_as(team_owner(team_id))

    def _inside(self, team_id: str) -> bool:
        """Whether this is somebody in the team, or the team's own unit."""
        return self._scope.owner == team_owner(team_id) or self.role(team_id) in (Role.MEMBER, Role.MANAGER)

    def _known(self, team_id: str) -> Team:
        """Read back what was just written: as it is stored is how everybody will see it."""
        return _team_of(self._scope.run(_GET, this_team=team_id).one())


def _columns_of(team: Team) -> dict[str, object]:
    return {name: getattr(team, name) for name in _PLAIN}


def _team_of(row: Row[Any]) -> Team:
    return Team(id=row.id, **{name: getattr(row, name) for name in _PLAIN})
