"""What is remembered, as tables. Records leave this folder as the frozen classes of `bot.coach`, never as these.

Every personal table begins with (tenant, owner), in its keys and its references too: a row can't
point at another person's row, and moving a deal to an owner moves what hangs on it.
"""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar, Final, cast

from sqlalchemy import BigInteger, ColumnElement, Index, Table, UniqueConstraint, literal_column
from sqlmodel import Field, SQLModel

from bot.coach.deals import Stage
from bot.coach.plans import Worth
from bot.coach.preparation import Certainty, Depth
from bot.coach.tradables import Side
from store.columns import ClosingDay, Exact, Key, Words
from store.rows import DERIVED, JSON, SMALL, Personal, Row, belongs, one_of


class PersonRow(Personal, table=True):
    """One person. `chose_zone` keeps a zone set by hand from being refreshed away."""

    __tablename__: ClassVar[Any] = "people"
    __table_args__ = (Index(None, "tenant", "email"),)
    name: str = Field(sa_type=Words)
    email: str = Field(sa_type=Words)
    zone: str = Field(sa_type=Words)
    chose_zone: bool
    starts: time
    ends: time
    region: str = Field(sa_type=Words)
    met_at: datetime


class DealRow(Personal, table=True):
    """One deal. `hundredths` is its value in hundredths of `currency`; the `_key` columns are folded for comparing."""

    __tablename__: ClassVar[Any] = "deals"
    __table_args__ = (
        one_of("stage", Stage),
        UniqueConstraint("tenant", "owner", "import_key"),
        Index(None, "tenant", "owner", "stage", "closes_on", "name_key", "id"),
    )
    id: str = Field(primary_key=True, sa_type=Words)
    name: str = Field(sa_type=Words)
    client: str = Field(sa_type=Words)
    hundredths: int | None = Field(sa_type=BigInteger)
    currency: str = Field(sa_type=Words)
    stage: str = Field(sa_type=Words)
    closes_on: date = Field(sa_type=ClosingDay)
    closed_at: datetime | None
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


class TipRow(Personal, table=True):
    """How often a person was shown a practice."""

    __tablename__: ClassVar[Any] = "tips"
    __table_args__ = SMALL
    practice: str = Field(primary_key=True, sa_type=Words)
    times: int
    last_at: datetime


class _InConversation(Personal):
    platform: str = Field(primary_key=True, sa_type=Words)
    conversation: str = Field(primary_key=True, sa_type=Words)


class ConversationRow(_InConversation, table=True):
    """A half-finished dialogue; `data` is a JSON object of strings."""

    __tablename__: ClassVar[Any] = "conversations"
    kind: str = Field(sa_type=Words)
    version: int
    data: str = Field(sa_type=Words, sa_column_kwargs=JSON)
    touched_at: datetime


class PlaceRow(_InConversation, table=True):
    """Where a lasting card was put."""

    __tablename__: ClassVar[Any] = "places"
    __table_args__ = (Index(None, "tenant", "owner", "subject"), SMALL)
    subject: str = Field(primary_key=True, sa_type=Words)
    message: str = Field(sa_type=Words)
    put_at: datetime


CONVERSATION_KINDS: Final = ("personal", "group", "channel")


class ReferenceRow(_InConversation, table=True):
    """A conversation as a platform wants it addressed, and since when it lets the coach no longer write."""

    __tablename__: ClassVar[Any] = "conversation_references"
    __table_args__ = (one_of("kind", CONVERSATION_KINDS), Index(None, "tenant", "platform", "updated_at"))
    kind: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    service_url: str = Field(sa_type=Words)
    bot: str = Field(sa_type=Words)
    zone: str = Field(sa_type=Words)
    updated_at: datetime
    unreachable_at: datetime | None


LETTER_STATUSES: Final = ("pending", "sent", "dead")
_PENDING: Final[ColumnElement[bool]] = literal_column("status = 'pending'")
_TAKEN: Final[ColumnElement[bool]] = literal_column("status = 'pending' AND token <> ''")


class LetterRow(Row, table=True):
    """What the coach says unasked. `key` names the occurrence, and is taken once for each person.

    `due_at` never changes; `next_at` is when a courier may take the letter, moved ahead by a lease and by another
    attempt. `token` names the taking: empty while the letter is free. `card` is emptied once it was sent.
    """

    __tablename__: ClassVar[Any] = "outbox"
    __table_args__ = (
        one_of("status", LETTER_STATUSES),
        UniqueConstraint("tenant", "owner", "key"),
        # Partial, and with their predicates as literals: only so both databases see that they fit.
        Index(None, "next_at", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index(None, "tenant", "owner", sqlite_where=_TAKEN, postgresql_where=_TAKEN),
        {"sqlite_autoincrement": True},  # a late word about a deleted letter never names another one
    )
    id: int | None = Field(default=None, primary_key=True, sa_column_kwargs=DERIVED)
    tenant: str = Field(sa_type=Words)
    owner: str = Field(sa_type=Words)
    platform: str = Field(sa_type=Words)
    key: str = Field(sa_type=Words)
    subject: str = Field(sa_type=Words)
    card: str = Field(sa_type=Words, sa_column_kwargs=JSON)
    status: str = Field(sa_type=Words)
    due_at: datetime
    next_at: datetime = Field(sa_column_kwargs=DERIVED)
    attempts: int = Field(sa_column_kwargs=DERIVED)
    token: str = Field(sa_type=Words, sa_column_kwargs=DERIVED)
    send_started_at: datetime | None = Field(sa_column_kwargs=DERIVED)
    sent_at: datetime | None
    message: str = Field(sa_type=Words)
    last_error: str = Field(sa_type=Words)


class MessageRow(Row, table=True):
    """A message of the try page. Shared by a conversation, or `only_for` one person in it."""

    __tablename__: ClassVar[Any] = "transcript"
    __table_args__ = (
        Index(None, "tenant", "conversation", "id"),
        Index(None, "tenant", "at"),
        {"sqlite_autoincrement": True},  # an id of a deleted message never names another one
    )
    id: int | None = Field(default=None, primary_key=True)
    tenant: str = Field(sa_type=Words)
    conversation: str = Field(sa_type=Words)
    author: str = Field(sa_type=Words)
    only_for: str = Field(sa_type=Words)
    body: str = Field(sa_type=Words)
    at: datetime


class ReceiptRow(Row, table=True):
    """A happening whose effects are already here. The key refuses the second one."""

    __tablename__: ClassVar[Any] = "receipts"
    __table_args__ = SMALL
    tenant: str = Field(primary_key=True, sa_type=Words)
    receipt: str = Field(primary_key=True, sa_type=Words)
    at: datetime  # without an index: read once a day, written with every click


class InstallationRow(Row, table=True):
    """A company that installed the coach. Both tokens are encrypted."""

    __tablename__: ClassVar[Any] = "installations"
    tenant: str = Field(primary_key=True, sa_type=Words)
    app_id: str = Field(sa_type=Words)
    enterprise_id: str = Field(sa_type=Words)
    team_name: str = Field(sa_type=Words)
    bot_token: str = Field(sa_type=Words)
    bot_id: str = Field(sa_type=Words)
    bot_user_id: str = Field(sa_type=Words)
    scopes: str = Field(sa_type=Words)
    installed_by: str = Field(sa_type=Words)
    refresh_token: str = Field(sa_type=Words)
    expires_at: datetime | None
    installed_at: datetime


class OauthStateRow(Row, table=True):
    """An installation under way; the state is good for one return."""

    __tablename__: ClassVar[Any] = "oauth_states"
    __table_args__ = SMALL
    state: str = Field(primary_key=True, sa_type=Words)
    expires_at: datetime


def _table(row: type[SQLModel]) -> Table:
    return cast("Table", row.__table__)  # type: ignore[attr-defined]  # SQLModel sets it without saying so


METADATA = Row.metadata
PEOPLE = _table(PersonRow)
DEALS = _table(DealRow)
DEAL_WORDS = _table(DealWordRow)
PREPS = _table(PrepRow)
TICKS = _table(TickRow)
PLANS = _table(PlanRow)
CONCESSIONS = _table(ConcessionRow)
TIPS = _table(TipRow)
CONVERSATIONS = _table(ConversationRow)
PLACES = _table(PlaceRow)
REFERENCES = _table(ReferenceRow)
OUTBOX = _table(LetterRow)
TRANSCRIPT = _table(MessageRow)
RECEIPTS = _table(ReceiptRow)
INSTALLATIONS = _table(InstallationRow)
OAUTH_STATES = _table(OauthStateRow)
