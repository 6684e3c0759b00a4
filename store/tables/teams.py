"""A team with one digest a week: who is in it, what they share, what it counted, and who looked."""

from datetime import date, datetime, time
from typing import Any, ClassVar, Final

from sqlalchemy import ColumnElement, ForeignKeyConstraint, Index, literal_column
from sqlmodel import Field

from bot.coach.payoffs import Payoff
from bot.coach.teams import Count, Role, Share
from store.columns import Words
from store.rows import DERIVED, JSON, SMALL, Personal, Row, belongs, one_of, table_of

_AWAITED: Final[ColumnElement[bool]] = literal_column("next_at IS NOT NULL")
CHECK_IN_OUTCOMES: Final = ("done", "snoozed", "skipped")


class TeamRow(Row, table=True):
    """One team. `next_at` is when to look after its digest, moved ahead by a lease; `awaited` is a letter under way."""

    __tablename__: ClassVar[Any] = "teams"
    __table_args__ = (Index(None, "next_at", "platform", sqlite_where=_AWAITED, postgresql_where=_AWAITED),)
    tenant: str = Field(primary_key=True, sa_type=Words)
    id: str = Field(primary_key=True, sa_type=Words)
    platform: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    channel: str = Field(sa_type=Words)
    channel_name: str = Field(sa_type=Words)
    weekday: int
    at: time
    zone: str = Field(sa_type=Words)
    covered_to: date
    next_at: datetime | None
    awaited: str = Field(sa_type=Words)
    problem: str = Field(sa_type=Words)


def _of_team() -> ForeignKeyConstraint:
    """Let a row go with its team."""
    return ForeignKeyConstraint(["tenant", "team_id"], ["teams.tenant", "teams.id"], ondelete="CASCADE")


class MemberRow(Personal, table=True):
    """One person in one team."""

    __tablename__: ClassVar[Any] = "team_members"
    __table_args__ = (one_of("role", Role), _of_team(), Index(None, "tenant", "team_id", "role"), SMALL)
    team_id: str = Field(primary_key=True, sa_type=Words)
    role: str = Field(sa_type=Words)
    joined_at: datetime


class SharedRow(Personal, table=True):
    """A line that its owner put into a team's digest, until they take it back."""

    __tablename__: ClassVar[Any] = "shared_lines"
    __table_args__ = (one_of("kind", Share), _of_team(), Index(None, "tenant", "team_id", "said_on", "id"))
    id: str = Field(primary_key=True, sa_type=Words)
    team_id: str = Field(sa_type=Words)
    kind: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)
    said_on: date
    helper: str = Field(sa_type=Words)
    at: datetime


class WithheldRow(Personal, table=True):
    """A part of the counts that its owner took out of the digest whose period begins at `starts`."""

    __tablename__: ClassVar[Any] = "withheld"
    __table_args__ = (one_of("what", Count), _of_team(), SMALL)
    team_id: str = Field(primary_key=True, sa_type=Words)
    starts: date = Field(primary_key=True)
    what: str = Field(primary_key=True, sa_type=Words)


class DigestRow(Row, table=True):
    """What a team's digest counted, without names. `counts` is a JSON object; `practice` the id of its practice."""

    __tablename__: ClassVar[Any] = "digests"
    __table_args__ = (_of_team(), SMALL)
    tenant: str = Field(primary_key=True, sa_type=Words)
    team_id: str = Field(primary_key=True, sa_type=Words)
    starts: date = Field(primary_key=True)
    ends: date
    counts: str = Field(sa_type=Words, sa_column_kwargs=JSON)
    practice: str = Field(sa_type=Words)
    at: datetime


class CheckInRow(Personal, table=True):
    """What became of one check-in on a local day."""

    __tablename__: ClassVar[Any] = "check_ins"
    # Led by the day, so that a week of one person is read in one go.
    __table_args__ = (one_of("outcome", CHECK_IN_OUTCOMES), belongs("deals", "deal_id"), SMALL)
    on_day: date = Field(primary_key=True)
    deal_id: str = Field(primary_key=True, sa_type=Words)
    outcome: str = Field(primary_key=True, sa_type=Words)


class PayoffRow(Personal, table=True):
    """What came of a client: `deal_id` is the deal it came from, `to_name` the new deal or client, or empty."""

    __tablename__: ClassVar[Any] = "payoffs"
    __table_args__ = (
        one_of("kind", Payoff),
        belongs("deals", "deal_id"),
        Index(None, "tenant", "owner", "on_day", "kind"),
        Index(None, "tenant", "owner", "deal_id", "on_day"),
    )
    id: str = Field(primary_key=True, sa_type=Words)
    deal_id: str = Field(sa_type=Words)
    kind: str = Field(sa_type=Words)
    to_name: str = Field(sa_type=Words)
    on_day: date


class LookRow(Row, table=True):
    """Who saw or changed what an access rule allowed, without content. `actor` is emptied when they are forgotten."""

    __tablename__: ClassVar[Any] = "audit"
    __table_args__ = (
        Index(None, "tenant", "at"),
        Index(None, "tenant", "actor"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True, sa_column_kwargs=DERIVED)
    tenant: str = Field(sa_type=Words)
    actor: str = Field(sa_type=Words)
    rule: str = Field(sa_type=Words)
    team_id: str = Field(sa_type=Words)
    about: str = Field(sa_type=Words)
    at: datetime


TEAMS = table_of(TeamRow)
TEAM_MEMBERS = table_of(MemberRow)
SHARED_LINES = table_of(SharedRow)
WITHHELD = table_of(WithheldRow)
DIGESTS = table_of(DigestRow)
CHECK_INS = table_of(CheckInRow)
PAYOFFS = table_of(PayoffRow)
AUDIT = table_of(LookRow)
