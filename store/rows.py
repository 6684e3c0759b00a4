"""What every table is made of: names, whose a row is, what a column may hold, what goes with what."""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, MetaData, Table
from sqlmodel import Field, SQLModel

from store.columns import Words

_METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    },
)
# Kept for the machine only: never part of what a person gets as "everything stored about me".
DERIVED = {"info": {"derived": True}}
# JSON, which a person gets unfolded.
JSON = {"info": {"json": True}}
# Small rows kept in the tree of their key: on SQLite a write then touches one page, not two.
SMALL = {"sqlite_with_rowid": False}


class Row(SQLModel):
    """A row of a table of ours."""

    metadata = _METADATA


class Personal(Row):
    """Somebody's own: `owner` is the platform's id of a person, or `mailto:...` until that person is met."""

    tenant: str = Field(primary_key=True, sa_type=Words)
    owner: str = Field(primary_key=True, sa_type=Words)


def one_of(column: str, kinds: Iterable[str]) -> CheckConstraint:
    """Let a column hold nothing else."""
    allowed = ", ".join(f"'{kind}'" for kind in kinds)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def belongs(table: str, column: str) -> ForeignKeyConstraint:
    """Let a row refer to one of the same person, move with it to another owner, and go with it."""
    return ForeignKeyConstraint(
        ["tenant", "owner", column],
        [f"{table}.tenant", f"{table}.owner", f"{table}.id"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    )


def table_of(row: type[SQLModel]) -> Table:
    """Give the table that a class of rows describes."""
    return cast("Table", row.__table__)  # type: ignore[attr-defined]  # SQLModel sets it without saying so
