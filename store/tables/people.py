"""A person, and what they have seen."""

from datetime import datetime, time
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Words
from store.rows import SMALL, Personal, table_of


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


class TipRow(Personal, table=True):
    """How often a person was shown a practice."""

    __tablename__: ClassVar[Any] = "tips"
    __table_args__ = SMALL
    practice: str = Field(primary_key=True, sa_type=Words)
    times: int
    last_at: datetime


PEOPLE = table_of(PersonRow)
TIPS = table_of(TipRow)
