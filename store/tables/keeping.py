"""A deal after its signature: what was promised, how it is kept warm, what was put right, who takes it over."""

from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import ColumnElement, Index, literal_column
from sqlmodel import Field

from bot.coach.keep_warm import Rhythm
from bot.coach.promises import Notice, State
from store.columns import Words
from store.rows import DERIVED, SMALL, Personal, belongs, one_of, table_of

# Literals, so that both databases see that a query fits the partial index.
_OPEN: Final[ColumnElement[bool]] = literal_column("state = 'open'")
_OFFERED: Final[ColumnElement[bool]] = literal_column("state = 'offered'")
_AWAITED: Final[ColumnElement[bool]] = literal_column("next_at IS NOT NULL")


class PromiseRow(Personal, table=True):
    """A promise to a client. `concession` and `instead_of` are ids, and empty like `noticed` where there is none."""

    __tablename__: ClassVar[Any] = "promises"
    __table_args__ = (
        one_of("state", (state for state in State if state is not State.LATE)),
        one_of("noticed", ("", *Notice)),
        belongs("deals", "deal_id"),
        Index(None, "tenant", "owner", "deal_id", "due", "id"),
        Index(None, "tenant", "owner", "due", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "tenant", "owner", "settled_on", "state", "due"),
    )
    id: str = Field(primary_key=True, sa_type=Words)
    deal_id: str = Field(sa_type=Words)
    what: str = Field(sa_type=Words)
    due: date
    made_on: date
    state: str = Field(sa_type=Words)
    settled_on: date | None
    concession: str = Field(sa_type=Words)
    instead_of: str = Field(sa_type=Words)
    noticed: str = Field(sa_type=Words)


class WarmthRow(Personal, table=True):
    """How one deal is kept warm. `days` is the distance of a custom rhythm, else 0."""

    __tablename__: ClassVar[Any] = "warmth"
    __table_args__ = (one_of("rhythm", Rhythm), belongs("deals", "deal_id"), SMALL)
    deal_id: str = Field(primary_key=True, sa_type=Words)
    won_on: date
    rhythm: str = Field(sa_type=Words)
    days: int
    touched_on: date | None
    done: int
    skipped_on: date | None
    put_off_to: date | None
    snoozes: int
    shown_on: date | None
    follow_up_on: date | None


class RecoveryRow(Personal, table=True):
    """A problem of one deal and how it is put right; what isn't said yet is empty."""

    __tablename__: ClassVar[Any] = "recoveries"
    __table_args__ = (belongs("deals", "deal_id"), Index(None, "tenant", "owner", "deal_id", "at", "id"))
    id: str = Field(primary_key=True, sa_type=Words)
    deal_id: str = Field(sa_type=Words)
    happened: str = Field(sa_type=Words)
    means: str = Field(sa_type=Words)
    fix: str = Field(sa_type=Words)
    by: date | None
    at: datetime


HANDOVER_STATES: Final = ("offered", "accepted", "declined", "withdrawn")


class HandoverRow(Personal, table=True):
    """A deal that its owner offers to `receiver`, a person of the same tenant; one offer at a time."""

    __tablename__: ClassVar[Any] = "handovers"
    __table_args__ = (
        one_of("state", HANDOVER_STATES),
        belongs("deals", "deal_id"),
        Index(None, "tenant", "owner", "deal_id", unique=True, sqlite_where=_OFFERED, postgresql_where=_OFFERED),
        Index(None, "tenant", "receiver", "at"),
    )
    id: str = Field(primary_key=True, sa_type=Words)
    deal_id: str = Field(sa_type=Words)
    receiver: str = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    at: datetime
    answered_at: datetime | None


class AgendaRow(Personal, table=True):
    """When there is next something to say to a person, and on which platform; `last_day` is their newest bundle's."""

    __tablename__: ClassVar[Any] = "agendas"
    # With the platform in the index, finding who is due reads nothing else.
    __table_args__ = (Index(None, "next_at", "platform", sqlite_where=_AWAITED, postgresql_where=_AWAITED), SMALL)
    platform: str = Field(sa_type=Words)
    next_at: datetime | None
    last_day: date | None
    pause_since: date | None
    pause_until: date | None
    back: bool


class AgendaLeaseRow(Personal, table=True):
    """A person whose agenda is being worked off. Apart, because so few are, and lie together: one page holds many."""

    __tablename__: ClassVar[Any] = "agenda_leases"
    __table_args__ = DERIVED | SMALL
    platform: str = Field(sa_type=Words)
    until: datetime


PROMISES = table_of(PromiseRow)
WARMTH = table_of(WarmthRow)
RECOVERIES = table_of(RecoveryRow)
HANDOVERS = table_of(HandoverRow)
AGENDAS = table_of(AgendaRow)
AGENDA_LEASES = table_of(AgendaLeaseRow)
