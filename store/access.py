"""Who may see what, in one place: every statement on people's data is begun here and run through a `Scope`.

What is a team's, or counted for it, is begun in `store.team_access`, and run in the same way.

A statement begun here carries its tenant, and its owner where the table is personal; a `Scope` fills
both in. Repositories hold a scope, never a connection, so a query without a tenant can't be written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    Executable,
    Insert,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from store.queues import QUEUE_UP, queue_of
from store.tables import AGENDA_LEASES, AGENDAS, DEALS, HANDOVERS, OUTBOX, PEOPLE, REFERENCES, TRANSCRIPT

_INSERTS: Mapping[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Upsert:
    """An insert that says what happens where the row is already there: one form for each database."""

    by_dialect: Mapping[str, Executable]


Statement: TypeAlias = Executable | Upsert
Asked: TypeAlias = ColumnElement[Any] | Table


def in_tenant(table: Table) -> ColumnElement[bool]:
    """Say which rows of a table are this tenant's."""
    return table.c.tenant == bindparam("my_tenant")


def mine(table: Table) -> ColumnElement[bool]:
    """Say which rows of a personal table are this person's."""
    return and_(in_tenant(table), table.c.owner == bindparam("my_owner"))


def _ours(table: Table) -> dict[str, Any]:
    """Give the values that every new row of a table begins with."""
    owner: dict[str, Any] = {"owner": bindparam("my_owner")} if "owner" in table.c else {}
    return {"tenant": bindparam("my_tenant"), **owner}


def tied(one: Table, other: Table) -> ColumnElement[bool]:
    """Join two personal tables within one person."""
    return and_(one.c.tenant == other.c.tenant, one.c.owner == other.c.owner)


def select_mine(*columns: Asked, of: Table) -> Select[Any]:
    """Begin a query of my own rows; another table is joined by `tied`."""
    return select(*columns).where(mine(of))


def update_mine(table: Table) -> Update:
    """Begin a change of my own rows; what to set comes with the parameters, by column name."""
    return update(table).where(mine(table))


def delete_mine(table: Table) -> Delete:
    """Begin a removal of my own rows."""
    return delete(table).where(mine(table))


def insert_ours(table: Table) -> Insert:
    """Add a row in my tenant, my own where the table is personal."""
    return insert(table).values(_ours(table))


def upsert_ours(table: Table, conflict: Callable[[Any], Executable]) -> Upsert:
    """Add such a row; `conflict` completes the insert with what happens where its key is taken."""
    return upsert_of(table, lambda row: conflict(row.values(_ours(table))))


def upsert_of(table: Table, made: Callable[[Any], Executable]) -> Upsert:
    """Complete an insert for each database; what it brings says whose it is."""
    return Upsert({name: made(make(table)) for name, make in _INSERTS.items()})


def replace_mine(table: Table) -> Upsert:
    """Add a row of my own, or overwrite the one with its key."""
    return upsert_ours(
        table,
        lambda row: row.on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_={column.name: row.excluded[column.name] for column in table.c if not column.primary_key},
        ),
    )


def select_people(*columns: Asked) -> Select[Any]:
    """Begin a query of everybody in the tenant: only to tell whose deals an import brings, or whom an address names."""
    return select(*columns).where(in_tenant(PEOPLE))


def select_moments(*columns: Asked) -> Select[Any]:
    """Begin a query of when, never what, the tenant's try page last heard something."""
    return select(*columns).where(in_tenant(TRANSCRIPT))


def select_services(*columns: Asked) -> Select[Any]:
    """Begin a query of where, never with whom, a platform serves the tenant's conversations."""
    return select(*columns).where(in_tenant(REFERENCES))


def select_letters(*columns: Asked) -> Select[Any]:
    """Begin a query of everybody's letters, of any tenant: only for the courier, which carries them all."""
    return select(*columns).select_from(OUTBOX)


def update_letters() -> Update:
    """Begin a change of such letters."""
    return update(OUTBOX)


def delete_letters() -> Delete:
    """Begin the removal of such letters."""
    return delete(OUTBOX)


def delete_letters_about() -> Delete:
    """Begin the removal of letters of the tenant, to anybody, that have one of `these` keys and were not sent."""
    named = OUTBOX.c.key.in_(bindparam("these", expanding=True))
    return delete(OUTBOX).where(in_tenant(OUTBOX), named, OUTBOX.c.status != literal_column("'sent'"))


def lease_agendas(choose: Callable[[Select[Any]], Select[Any]]) -> Upsert:
    """Lease until `until` the agendas, of any tenant, that `choose` leaves and nobody leases `now`: only for the clock.

    It is told when, never what, there is something to say, and to whom.
    """
    leased = exists().where(tied(AGENDA_LEASES, AGENDAS), AGENDA_LEASES.c.until > bindparam("now"))
    chosen = choose(
        select(AGENDAS.c.tenant, AGENDAS.c.owner, AGENDAS.c.platform, bindparam("until", type_=AGENDAS.c.next_at.type))
        .where(~leased)
        .with_for_update(of=AGENDAS, skip_locked=True)
    )

    def made(insert: Any) -> Executable:  # noqa: ANN401  each database's own kind
        row = insert.from_select(list(AGENDA_LEASES.c.keys()), chosen)
        # Of two that choose the same one at once, the second sees here what it couldn't see when it chose.
        free = row.on_conflict_do_update(
            index_elements=list(AGENDA_LEASES.primary_key),
            set_={"platform": row.excluded.platform, "until": row.excluded.until},
            where=AGENDA_LEASES.c.until <= bindparam("now"),
        )
        leased: Executable = free.returning(AGENDA_LEASES)
        return leased

    return upsert_of(AGENDA_LEASES, made)


def select_over(table: Table, over: ColumnElement[bool]) -> Select[Any]:
    """Begin a query of the keys, of any tenant, of at `most` so many rows that are over: only for `store.retention`."""
    return select(*table.primary_key).where(over).limit(bindparam("most"))


def delete_over(table: Table, over: ColumnElement[bool]) -> Delete:
    """Begin the removal of one row by its key (`key_name` and so on), unless it isn't over any more."""
    # One by one: SQLite would walk the whole table for a list of keys.
    key = [column == bindparam(f"key_{column.name}", type_=column.type) for column in table.primary_key]
    return delete(table).where(*key, over)


OFFER: Sequence[ColumnElement[Any]] = (
    *(column for column in HANDOVERS.c if column is not HANDOVERS.c.tenant),
    DEALS.c.name.label("deal_name"),
    DEALS.c.client,
)
OFFERED = and_(tied(HANDOVERS, DEALS), DEALS.c.id == HANDOVERS.c.deal_id)
_TO_ME = and_(in_tenant(HANDOVERS), HANDOVERS.c.receiver == bindparam("my_owner"))


def select_offers() -> Select[Any]:
    """Begin a query of the hand-overs that I offer or offered."""
    return select_mine(*OFFER, of=HANDOVERS).select_from(HANDOVERS.join(DEALS, OFFERED))


def select_offers_to_me() -> Select[Any]:
    """Begin a query of the hand-overs that others offer or offered to me: of their deals it shows the names only."""
    return select(*OFFER).select_from(HANDOVERS.join(DEALS, OFFERED)).where(_TO_ME)


def update_offers_to_me() -> Update:
    """Begin a change of such hand-overs."""
    return update(HANDOVERS).where(_TO_ME)


def delete_offers_to_me() -> Delete:
    """Begin the removal of such hand-overs; the deals stay whose they are."""
    return delete(HANDOVERS).where(_TO_ME)


_SHOWN = and_(
    in_tenant(TRANSCRIPT),
    TRANSCRIPT.c.conversation == bindparam("my_conversation"),
    or_(TRANSCRIPT.c.only_for == "", TRANSCRIPT.c.only_for == bindparam("my_owner")),
)
# What was written by a person, or for that person alone, is theirs to take along and to have removed.
_ABOUT_ME = and_(
    in_tenant(TRANSCRIPT),
    or_(TRANSCRIPT.c.author == bindparam("my_owner"), TRANSCRIPT.c.only_for == bindparam("my_owner")),
)


def select_shown(*columns: Asked) -> Select[Any]:
    """Begin a query of the try page's messages that this person reads in this conversation."""
    return select(*columns).where(_SHOWN)


def update_shown() -> Update:
    """Begin a change of such messages."""
    return update(TRANSCRIPT).where(_SHOWN)


def delete_shown() -> Delete:
    """Begin the removal of such messages."""
    return delete(TRANSCRIPT).where(_SHOWN)


def select_about_me(*columns: Asked) -> Select[Any]:
    """Begin a query of the try page's messages by or only for this person, in any conversation."""
    return select(*columns).where(_ABOUT_ME)


def delete_about_me() -> Delete:
    """Begin the removal of such messages."""
    return delete(TRANSCRIPT).where(_ABOUT_ME)


class Scope:
    """One connection as one person in one tenant: the only way to run what was begun above."""

    __slots__ = ("_connection", "_mine", "_owner", "_tenant")

    def __init__(self, connection: Connection, tenant: str, owner: str) -> None:
        """See as `owner` in `tenant`; the owner is empty for work of the tenant as a whole."""
        self._connection = connection
        self._tenant = tenant
        self._owner = owner
        self._mine = {"my_tenant": tenant, "my_owner": owner}

    @property
    def owner(self) -> str:
        """Whose rows these are."""
        return self._owner

    def acting_as(self, owner: str) -> "Scope":
        """See as another owner of the tenant: only for a deal that passes from one to the other, or for a team.

        The deal is one imported for somebody's e-mail address, or handed over (`store.handovers`). Of a team it is
        what belongs to it as a whole, or a place in it that its manager gives or takes (`store.teams`).
        """
        return Scope(self._connection, self._tenant, owner)

    def wait_for(self, owner: str) -> None:
        """Let nobody else write as that owner from here to the end of the transaction."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(QUEUE_UP, {"queue": queue_of(self._tenant, owner)})

    def run(self, statement: Statement, /, **values: object) -> CursorResult[Any]:
        """Run a statement."""
        return self._connection.execute(self._form(statement), {**self._mine, **values})

    def run_many(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        """Run a statement once for each of many rows; none is fine."""
        if rows:
            self._connection.execute(self._form(statement), [{**self._mine, **row} for row in rows])

    def _form(self, statement: Statement) -> Executable:
        return statement.by_dialect[self._connection.dialect.name] if isinstance(statement, Upsert) else statement
