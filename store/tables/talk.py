"""What was said where, what waits to be said, and where a person can be reached."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import ColumnElement, Index, UniqueConstraint, literal_column
from sqlmodel import Field

from store.columns import Words
from store.rows import DERIVED, JSON, SMALL, Personal, Row, one_of, table_of


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


_NONE: Final[dict[str, ColumnElement[str]]] = {"server_default": literal_column("''")}
LETTER_STATUSES: Final = ("pending", "sent", "dead")
_PENDING: Final[ColumnElement[bool]] = literal_column("status = 'pending'")
_FOR_TWO: Final[ColumnElement[bool]] = literal_column("beside <> ''")
_TAKEN: Final[ColumnElement[bool]] = literal_column("status = 'pending' AND token <> ''")


class LetterRow(Row, table=True):
    """What the coach says unasked. `key` names the occurrence, and is taken once for each person.

    It goes to the person's own chat; to `conversation`, for all who read there, where that isn't empty; or to a chat
    of both with `beside`, another person, where that isn't.

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
        Index(None, "tenant", "beside", sqlite_where=_FOR_TWO, postgresql_where=_FOR_TWO),
        {"sqlite_autoincrement": True},  # a late word about a deleted letter never names another one
    )
    id: int | None = Field(default=None, primary_key=True, sa_column_kwargs=DERIVED)
    tenant: str = Field(sa_type=Words)
    owner: str = Field(sa_type=Words)
    platform: str = Field(sa_type=Words)
    conversation: str = Field(default="", sa_type=Words, sa_column_kwargs=_NONE)
    beside: str = Field(default="", sa_type=Words, sa_column_kwargs=_NONE)
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


CONVERSATIONS = table_of(ConversationRow)
PLACES = table_of(PlaceRow)
REFERENCES = table_of(ReferenceRow)
OUTBOX = table_of(LetterRow)
TRANSCRIPT = table_of(MessageRow)
