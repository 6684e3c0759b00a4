"""What is remembered, as tables. Records leave this folder as the frozen classes of `bot.coach`, never as these.

Every personal table begins with (tenant, owner), in its keys and its references too: a row can't
point at another person's row, and moving a deal to an owner moves what hangs on it.
"""

from store.rows import Row
from store.tables.deals import CONCESSIONS, DEAL_WORDS, DEALS, PLANS, PREPS, TICKS
from store.tables.house import INSTALLATIONS, OAUTH_STATES, RECEIPTS
from store.tables.keeping import AGENDA_LEASES, AGENDAS, HANDOVERS, PROMISES, RECOVERIES, WARMTH
from store.tables.people import PEOPLE, TIPS
from store.tables.talk import CONVERSATIONS, OUTBOX, PLACES, REFERENCES, TRANSCRIPT
from store.tables.teams import AUDIT, CHECK_INS, DIGESTS, PAYOFFS, SHARED_LINES, TEAM_MEMBERS, TEAMS, WITHHELD

METADATA = Row.metadata
# Whose rows each belong to one person, or to a team.
PERSONAL = tuple(table for table in METADATA.sorted_tables if "owner" in table.c)

__all__ = [
    "AGENDAS",
    "AGENDA_LEASES",
    "AUDIT",
    "CHECK_INS",
    "CONCESSIONS",
    "CONVERSATIONS",
    "DEALS",
    "DEAL_WORDS",
    "DIGESTS",
    "HANDOVERS",
    "INSTALLATIONS",
    "METADATA",
    "OAUTH_STATES",
    "OUTBOX",
    "PAYOFFS",
    "PEOPLE",
    "PERSONAL",
    "PLACES",
    "PLANS",
    "PREPS",
    "PROMISES",
    "RECEIPTS",
    "RECOVERIES",
    "REFERENCES",
    "SHARED_LINES",
    "TEAMS",
    "TEAM_MEMBERS",
    "TICKS",
    "TIPS",
    "TRANSCRIPT",
    "WARMTH",
    "WITHHELD",
]
