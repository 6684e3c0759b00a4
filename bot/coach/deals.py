"""A deal as the coach thinks of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.coach.money import Money


class Stage(StrEnum):
    """Where a deal stands. A CRM's finer steps are all open to us."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class DealDraft:
    """What is known of a deal before it has an id. `notes` are about the contact, private to the owner."""

    name: str
    client: str
    value: Money | None = None
    stage: Stage = Stage.OPEN
    closes_on: date | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(DealDraft):
    """A deal with its id and owner. `closed_at` is when it was won or lost, in UTC."""

    id: str
    owner: str
    closed_at: datetime | None = None
