"""What can be traded: gives and gets, with amount, unit and limit, as a rep types them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Side(StrEnum):
    """Who gives it: a give comes from us, a get from them."""

    GIVE = "give"
    GET = "get"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tradable:
    """One thing on the table.

    `what` is a name of the catalogue ("discount", "payment terms"), or the rep's own words for what it
    doesn't know. `amount` is in `unit`: "%", "days", "months", "years", "seats", or an ISO 4217
    currency. `limit` says that the amount is the most we would do ("up to 10%"). `condition` holds
    words that tie it down and are kept as typed: a date, a service level. `words` is the stretch
    it was read from.
    """

    what: str
    amount: Decimal | None = None
    unit: str = ""
    limit: bool = False
    condition: str = ""
    words: str = ""
