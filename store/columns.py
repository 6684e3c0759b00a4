"""How values become columns: the same on SQLite and PostgreSQL."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

# What "no date" is stored as, so that one index gives "soonest first, undated last" on both databases.
UNDATED = date.max


def storable(text: str) -> str:
    """Make text that both databases keep: no NUL, and no half of a surrogate pair.

    PostgreSQL refuses the first, UTF-8 the second; both reach us from broken clients only.
    """
    if text.isascii():
        return text.replace("\x00", "")
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Words(TypeDecorator[str]):
    """Text of any length: the one place where what a database refuses is taken out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  the base class's shape
        """Clean on the way in."""
        return None if value is None else storable(value)


class Key(Words):
    """Text compared and ordered by code point, whatever the locale of a database: ranges of it are prefixes."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Ask PostgreSQL for what SQLite does anyway."""
        return dialect.type_descriptor(Text(collation="C" if dialect.name == "postgresql" else None))


class Exact(TypeDecorator[Decimal]):
    """A number with every digit as given, as text: SQLite has none but floating point."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002  the base class's shape
        """Write it out."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Read it back."""
        return None if value is None else Decimal(value)


class ClosingDay(TypeDecorator[date]):
    """A day, or None for not yet known, which sorts last."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date:  # noqa: ARG002  the base class's shape
        """Give the unknown day its place at the end."""
        return UNDATED if value is None else value

    def process_result_value(self, value: date | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        """Give None back for the unknown day."""
        return None if value == UNDATED else value
