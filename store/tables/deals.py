"""A deal and how it is negotiated: preparations, plans, and who gave what."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from bot.coach.deals import Stage
from bot.coach.plans import Worth
from bot.coach.preparation import Certainty, Depth
from bot.coach.tradables import Side
from store.columns import ClosingDay, Exact, Key, Words
from store.rows import DERIVED, JSON, SMALL, Personal, belongs, one_of, table_of


class DealRow(Personal, table=True):
    """One deal. `hundredths` is its value in hundredths of `currency`; the `_key` columns are folded for comparing.

    `handed_at` is when it was handed over: from then on the row only carries what its former owner wrote for it.
    """

    __tablename__: ClassVar[Any] = "deals"
    __table_args__ = (
        one_of("stage", Stage),
        UniqueConstraint("tenant", "owner", "import_key"),
        Index(None, "tenant", "owner", "stage", "closes_on", "name_key", "id", "handed_at"),
    )
    id: str = Field(primary_key=True, sa_type=Words)
    name: str = Field(sa_type=Words)
    client: str = Field(sa_type=Words)
    hundredths: int | None = Field(sa_type=BigInteger)
    currency: str = Field(sa_type=Words)
    stage: str = Field(sa_type=Words)
    closes_on: date = Field(sa_type=ClosingDay)
    closed_at: datetime | None
    handed_at: datetime | None = Field(default=None)
    notes: str = Field(sa_type=Words)
    name_key: str = Field(sa_type=Key, sa_column_kwargs=DERIVED)
    client_key: str = Field(sa_type=Key, sa_column_kwargs=DERIVED)
    import_key: str | None = Field(default=None, sa_type=Words)
    import_digest: str | None = Field(default=None, sa_type=Words, sa_column_kwargs=DERIVED)


class DealWordRow(Personal, table=True):
    """The inverted index: which of my deals hold a word in their name or client."""

    __tablename__: ClassVar[Any] = "deal_words"
    __table_args__ = (
        belongs("deals", "deal_id"),
        # Led by the deal: with the owner in front, SQLite would rather walk all my words than look one up.
        Index(None, "deal_id", "owner", "tenant"),
        DERIVED | SMALL,
    )
    word: str = Field(primary_key=True, sa_type=Key)
    deal_id: str = Field(primary_key=True, sa_type=Words)


class PrepRow(Personal, table=True):
    """One rep's preparation of one deal; the answers are the rep's own words."""

    __tablename__: ClassVar[Any] = "preps"
    __table_args__ = (
        one_of("certainty", Certainty),
        one_of("depth", Depth),
        belongs("deals", "deal_id"),
        UniqueConstraint("tenant", "owner", "deal_id"),
        Index(None, "tenant", "owner", "touched_at"),
    )
    id: str = Field(primary_key=True, sa_type=Words)
    deal_id: str = Field(sa_type=Words)
    matters: str = Field(sa_type=Words)
    certainty: str = Field(sa_type=Words)
    ideal: str = Field(sa_type=Words)
    realistic: str = Field(sa_type=Words)
    walk_away: str = Field(sa_type=Words)
    give: str = Field(sa_type=Words)
    get: str = Field(sa_type=Words)
    answered: bool
    depth: str = Field(sa_type=Words)
    touched_at: datetime


class TickRow(Personal, table=True):
    """One checklist line of a prep and when it was last touched, ticked or not."""

    __tablename__: ClassVar[Any] = "prep_ticks"
    __table_args__ = (belongs("preps", "prep_id"), SMALL)
    prep_id: str = Field(primary_key=True, sa_type=Words)
    item: str = Field(primary_key=True, sa_type=Words)
    done: bool
    at: datetime


class PlanRow(Personal, table=True):
    """One rep's plan for one deal. `body` is the plan as JSON, of the form `version`; `turn` counts its changes."""

    __tablename__: ClassVar[Any] = "plans"
    __table_args__ = (
        belongs("deals", "deal_id"),
        UniqueConstraint("tenant", "owner", "deal_id"),
        Index(None, "tenant", "owner", "touched_at"),
    )
    id: str = Field(primary_key=True, sa_type=Words)
    deal_id: str = Field(sa_type=Words)
    version: int
    body: str = Field(sa_type=Words, sa_column_kwargs=JSON)
    turn: int
    touched_at: datetime


class ConcessionRow(Personal, table=True):
    """What one side gave. `number` counts a deal's; `entry` is a line of its plan; an unknown worth is empty."""

    __tablename__: ClassVar[Any] = "concessions"
    __table_args__ = (
        one_of("side", Side),
        one_of("ours", ("", *Worth)),
        one_of("theirs", ("", *Worth)),
        belongs("deals", "deal_id"),
        Index(None, "tenant", "owner", "deal_id", "at", "number"),
        Index(None, "tenant", "owner", "at", "side", "paired"),
    )
    id: str = Field(primary_key=True, sa_type=Words)
    deal_id: str = Field(sa_type=Words)
    number: int = Field(sa_column_kwargs=DERIVED)
    side: str = Field(sa_type=Words)
    what: str = Field(sa_type=Words)
    amount: Decimal | None = Field(sa_type=Exact)
    unit: str = Field(sa_type=Words)
    at_most: bool
    condition: str = Field(sa_type=Words)
    words: str = Field(sa_type=Words)
    ours: str = Field(sa_type=Words)
    ours_known: bool
    theirs: str = Field(sa_type=Words)
    theirs_known: bool
    entry: str = Field(sa_type=Words)
    paired: str = Field(sa_type=Words)
    at: datetime


DEALS = table_of(DealRow)
DEAL_WORDS = table_of(DealWordRow)
PREPS = table_of(PrepRow)
TICKS = table_of(TickRow)
PLANS = table_of(PlanRow)
CONCESSIONS = table_of(ConcessionRow)
