"""Leaving a team: what goes along, and what becomes of a team that nobody is left in."""

from typing import Final

from sqlalchemy import bindparam

from bot.coach.teams import team_owner
from store.access import Scope, delete_mine, select_mine, select_offers_to_me, update_offers_to_me
from store.outbox import CANCEL
from store.tables import HANDOVERS, PERSONAL, SHARED_LINES, TEAM_MEMBERS, WITHHELD
from store.team_access import delete_empty_team

_TEAMS: Final = select_mine(TEAM_MEMBERS.c.team_id, of=TEAM_MEMBERS).order_by(TEAM_MEMBERS.c.team_id)
_LEAVE: Final = delete_mine(TEAM_MEMBERS).where(TEAM_MEMBERS.c.team_id == bindparam("this_team"))
_ALONG: Final = tuple(
    delete_mine(table).where(table.c.team_id == bindparam("this_team")) for table in (SHARED_LINES, WITHHELD)
)
_WITHDRAW: Final = update_offers_to_me().where(
    HANDOVERS.c.owner == bindparam("this_owner"), HANDOVERS.c.state == bindparam("still")
)
_OFFERS: Final = select_offers_to_me().where(
    HANDOVERS.c.owner == bindparam("this_owner"), HANDOVERS.c.state == bindparam("still")
)
_DROP: Final = delete_empty_team()
_OF_TEAM: Final = tuple(delete_mine(table) for table in reversed(PERSONAL))


def leave(scope: Scope, team_id: str) -> bool:
    """Take somebody out of a team with their lines; what it offers them is offered no more. False: they weren't in it.

    The last one to leave takes the team along.
    """
    owner = team_owner(team_id)
    scope.wait_for(owner)
    left = scope.run(_LEAVE, this_team=team_id).rowcount
    if not left:
        return False
    for statement in _ALONG:
        scope.run(statement, this_team=team_id)
    for offer in scope.run(_OFFERS, this_owner=owner, still="offered").all():
        scope.run(CANCEL, this=f"handover:{offer.id}:offered")
    scope.run(_WITHDRAW, this_owner=owner, still="offered", state="withdrawn")
    drop_empty(scope, team_id)
    return True


def teams_of(scope: Scope) -> list[str]:
    """Name the teams somebody is in or invited to, and hold them until the end of the transaction.

    Of two who leave a team at once, each would still see the other. They are held in one order, so that two people
    never wait for each other crosswise.
    """
    teams = [row.team_id for row in scope.run(_TEAMS).all()]
    for team_id in teams:
        scope.wait_for(team_owner(team_id))
    return teams


def drop_empty(scope: Scope, team_id: str) -> None:
    """Remove a team that nobody is left in, and the clients that were left to it; nobody could see them any more."""
    if scope.run(_DROP, this_team=team_id).rowcount:
        team = scope.acting_as(team_owner(team_id))
        for statement in _OF_TEAM:
            team.run(statement)
