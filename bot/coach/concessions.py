"""What was given in the room, by whom and when."""

from dataclasses import dataclass
from datetime import datetime

from bot.coach.plans import Estimate
from bot.coach.tradables import Side, Tradable


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """One line of a deal's log, noted at the moment `at`, in UTC.

    Of a give, `ours` is what it costs us and `theirs` what it is worth to them; of a get, the other way
    round, as in a plan; None: nobody said. `entry` is the id of the plan's line it came from, and `paired` the
    id of the concession it was traded for; empty where there is none.
    """

    id: str
    deal_id: str
    side: Side
    tradable: Tradable
    ours: Estimate | None = None
    theirs: Estimate | None = None
    entry: str = ""
    paired: str = ""
    at: datetime
