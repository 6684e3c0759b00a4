"""Who may see what of a team: the other half of `store.access`, and like it the only place where such statements begin.

A statement carries its tenant and its team. Which team is open to whom, `handlers.gate` says before; what only those
in the team may have, and what nobody may, is said here.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Delete,
    Executable,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from store.access import OFFER, OFFERED, Asked, Upsert, in_tenant, mine, tied, upsert_of
from store.tables import (
    AGENDAS,
    AUDIT,
    DEALS,
    DIGESTS,
    HANDOVERS,
    OUTBOX,
    PEOPLE,
    SHARED_LINES,
    TEAM_MEMBERS,
    TEAMS,
    WITHHELD,
)

_THIS_TEAM: BindParameter[str] = bindparam("this_team")
# Who is only invited hasn't said yes: they are in no team, and nothing of theirs is looked at.
_SAID_YES = TEAM_MEMBERS.c.role != "invited"
_TEAM_OWNER = "team:" + TEAM_MEMBERS.c.team_id


def _of_team(table: Table) -> ColumnElement[bool]:
    column = table.c.id if table is TEAMS else table.c.team_id
    return and_(in_tenant(table), column == _THIS_TEAM)


def select_team(*columns: Asked) -> Select[Any]:
    """Begin a query of one team of the tenant; whether it is this person's to see, `handlers.gate` says."""
    return select(*columns).where(_of_team(TEAMS))


def update_team() -> Update:
    """Begin a change of one team."""
    return update(TEAMS).where(_of_team(TEAMS))


def delete_empty_team() -> Delete:
    """Begin the removal of one team, with its lines and digests, where nobody is left in it."""
    left = exists().where(TEAM_MEMBERS.c.tenant == TEAMS.c.tenant, TEAM_MEMBERS.c.team_id == TEAMS.c.id, _SAID_YES)
    return delete(TEAMS).where(_of_team(TEAMS), ~left)


def lease_teams(choose: Callable[[Select[Any]], Select[Any]]) -> Update:
    """Move ahead to `until` the moment of the teams, of any tenant, that `choose` leaves: only for the clock."""
    chosen = choose(select(TEAMS.c.tenant, TEAMS.c.id).with_for_update(skip_locked=True))
    return update(TEAMS).where(tuple_(TEAMS.c.tenant, TEAMS.c.id).in_(chosen))


def wake_members() -> Upsert:
    """Move up the moment of everybody in one team at which the clock looks in on them: when, never what."""
    members = select(
        TEAM_MEMBERS.c.tenant,
        TEAM_MEMBERS.c.owner,
        bindparam("platform", type_=AGENDAS.c.platform.type),
        bindparam("next_at", type_=AGENDAS.c.next_at.type),
        literal(value=False),
    ).where(_of_team(TEAM_MEMBERS), _SAID_YES)
    # In one order, so that two who do so at once never wait for each other crosswise.
    ordered = members.order_by(TEAM_MEMBERS.c.owner)
    columns = ["tenant", "owner", "platform", "next_at", "back"]

    def made(insert: Any) -> Executable:  # noqa: ANN401  each database's own kind
        row = insert.from_select(columns, ordered)
        woken: Executable = row.on_conflict_do_update(
            index_elements=list(AGENDAS.primary_key), set_={"next_at": row.excluded.next_at}
        )
        return woken

    return upsert_of(AGENDAS, made)


def select_digests(*columns: Asked) -> Select[Any]:
    """Begin a query of what one team's digests counted: there are no names in it."""
    return select(*columns).where(_of_team(DIGESTS))


def select_members(*columns: Asked) -> Select[Any]:
    """Begin a query of who is in one team or invited to it, with the names they gave the coach."""
    people = TEAM_MEMBERS.outerjoin(PEOPLE, tied(PEOPLE, TEAM_MEMBERS))
    return select(*columns).select_from(people).where(_of_team(TEAM_MEMBERS))


def select_lines() -> Select[Any]:
    """Begin a query of what those in one team share with it."""
    member = and_(tied(TEAM_MEMBERS, SHARED_LINES), TEAM_MEMBERS.c.team_id == SHARED_LINES.c.team_id, _SAID_YES)
    return select(SHARED_LINES).select_from(SHARED_LINES.join(TEAM_MEMBERS, member)).where(_of_team(SHARED_LINES))


def select_helpers(*columns: Asked) -> Select[Any]:
    """Begin a query of who helps with what is asked for in one team, with the names they gave the coach."""
    named = and_(PEOPLE.c.tenant == SHARED_LINES.c.tenant, PEOPLE.c.owner == SHARED_LINES.c.helper)
    lines = SHARED_LINES.outerjoin(PEOPLE, named)
    return select(*columns).select_from(lines).where(_of_team(SHARED_LINES), SHARED_LINES.c.helper != "")


def help_line() -> Update:
    """Begin to help with what somebody else in one team asks for; of their line nothing else can be changed."""
    free = and_(SHARED_LINES.c.kind == "help", SHARED_LINES.c.helper == "")
    others = SHARED_LINES.c.owner != bindparam("my_owner")
    return update(SHARED_LINES).where(_of_team(SHARED_LINES), free, others).values(helper=bindparam("my_owner"))


_HELPED = and_(in_tenant(SHARED_LINES), SHARED_LINES.c.helper == bindparam("my_owner"))


def select_helped(*columns: Asked) -> Select[Any]:
    """Begin a query of the lines of others that I help with."""
    return select(*columns).where(_HELPED)


def update_helped() -> Update:
    """Begin to help with them no longer."""
    return update(SHARED_LINES).where(_HELPED).values(helper="")


def update_beside() -> Update:
    """Begin to leave me out of the letters that open a chat of somebody else with me."""
    # With a literal: only so both databases see that the partial index fits.
    with_me = and_(in_tenant(OUTBOX), OUTBOX.c.beside == bindparam("my_owner"), literal_column("beside <> ''"))
    return update(OUTBOX).where(with_me).values(beside="")


_ASKER = TEAM_MEMBERS.alias()
# Counts are for those in the team themselves, and for its own unit; anybody else gets no rows.
_MAY_COUNT = or_(
    bindparam("my_owner") == _TEAM_OWNER,
    exists().where(
        _ASKER.c.tenant == bindparam("my_tenant"),
        _ASKER.c.owner == bindparam("my_owner"),
        _ASKER.c.team_id == _THIS_TEAM,
        _ASKER.c.role != "invited",
    ),
)


def select_counted() -> Select[Any]:
    """Begin a query of those in one team, to count what they did."""
    return select(TEAM_MEMBERS.c.owner).where(_of_team(TEAM_MEMBERS), _SAID_YES, _MAY_COUNT)


def count_members(table: Table, what: str, *sums: ColumnElement[Any]) -> Select[Any]:
    """Begin to count rows of those in one team, one row of numbers for each of them, and nothing but numbers.

    What somebody withheld of `what`, for the period that begins on `from_day`, is not looked at.
    """
    withheld = exists().where(
        tied(WITHHELD, TEAM_MEMBERS),
        WITHHELD.c.team_id == _THIS_TEAM,
        WITHHELD.c.starts == bindparam("from_day"),
        WITHHELD.c.what == what,
    )
    counted = select_counted().add_columns(*sums).where(~withheld).group_by(TEAM_MEMBERS.c.owner)
    return counted.select_from(TEAM_MEMBERS.join(table, tied(table, TEAM_MEMBERS)))


_MY_TEAMS_OFFER = exists().where(
    mine(TEAM_MEMBERS), TEAM_MEMBERS.c.role == "manager", HANDOVERS.c.owner == "team:" + TEAM_MEMBERS.c.team_id
)


def select_offers_of_my_teams() -> Select[Any]:
    """Begin a query of the hand-overs that teams which I manage offer or offered."""
    query = select(*OFFER).select_from(HANDOVERS.join(DEALS, OFFERED))
    return query.where(in_tenant(HANDOVERS), _MY_TEAMS_OFFER)


def update_offers_of_my_teams() -> Update:
    """Begin a change of such hand-overs."""
    return update(HANDOVERS).where(in_tenant(HANDOVERS), _MY_TEAMS_OFFER)


_MY_LOOKS = and_(in_tenant(AUDIT), AUDIT.c.actor == bindparam("my_owner"))


def select_my_looks(*columns: Asked) -> Select[Any]:
    """Begin a query of what was written down of what I saw or changed."""
    return select(*columns).where(_MY_LOOKS)


def update_my_looks() -> Update:
    """Begin to take my name out of it; that somebody did stays."""
    return update(AUDIT).where(_MY_LOOKS).values(actor="")


def select_looks(*columns: Asked) -> Select[Any]:
    """Begin a query of what everybody saw or changed, of any tenant, with names: only for whoever runs the coach."""
    people = and_(PEOPLE.c.tenant == AUDIT.c.tenant, PEOPLE.c.owner == AUDIT.c.actor)
    teams = and_(TEAMS.c.tenant == AUDIT.c.tenant, TEAMS.c.id == AUDIT.c.team_id)
    return select(*columns).select_from(AUDIT.outerjoin(PEOPLE, people).outerjoin(TEAMS, teams))
