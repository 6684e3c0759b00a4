"""What has happened already: a second delivery of the same happening has no effect."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete

from bot.errors import CoachError
from store.access import Scope, upsert_ours
from store.tables import OAUTH_STATES, RECEIPTS

# No platform delivers again after so long: Slack gives up within hours, Teams within minutes.
KEPT = timedelta(days=7)


class AlreadyDoneError(CoachError):
    """That is done already. Nothing was changed a second time."""


_FILE = upsert_ours(RECEIPTS, lambda row: row.on_conflict_do_nothing(index_elements=list(RECEIPTS.primary_key)))
_DROP_OLD = delete(RECEIPTS).where(RECEIPTS.c.at < bindparam("before"))
_DROP_STATES = delete(OAUTH_STATES).where(OAUTH_STATES.c.expires_at <= bindparam("now"))


def file(scope: Scope, receipt: str, at: datetime) -> None:
    """Keep a receipt; raises `AlreadyDoneError` where it is kept already, also by a transaction under way elsewhere."""
    if not scope.run(_FILE, receipt=receipt, at=at).rowcount:
        raise AlreadyDoneError


def tidy(connection: Connection, now: datetime) -> int:
    """Delete old receipts and expired installations under way; gives how many."""
    old = connection.execute(_DROP_OLD, {"before": now - KEPT}).rowcount
    return old + connection.execute(_DROP_STATES, {"now": now}).rowcount
