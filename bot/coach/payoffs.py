"""What staying in touch brought: a renewal, an expansion, a referral. Counted, never claimed to be caused by it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Payoff(StrEnum):
    """What came of a client."""

    RENEWAL = "renewal"
    EXPANSION = "expansion"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One of them, on a local date, from the client of `deal_id`; `to` names the new client or deal, or is empty."""

    id: str
    deal_id: str
    kind: Payoff
    on: date
    to: str = ""
