"""Which practices a person was shown, so that the next tip is the one seen least."""

from datetime import datetime

from store.access import Scope, select_mine, upsert_ours
from store.tables import TIPS

_SEEN = select_mine(TIPS.c.practice, TIPS.c.times, of=TIPS)
_SAW = upsert_ours(
    TIPS,
    lambda row: row.on_conflict_do_update(
        index_elements=list(TIPS.primary_key),
        set_={"times": TIPS.c.times + 1, "last_at": row.excluded.last_at},
    ),
)


class Tips:
    """What one person was shown."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def seen(self) -> dict[str, int]:
        """Give how often each practice was shown; those never shown are not in it."""
        return {row.practice: row.times for row in self._scope.run(_SEEN).all()}

    def saw(self, practice_id: str, at: datetime) -> None:
        """Count one more showing."""
        self._scope.run(_SAW, practice=practice_id, times=1, last_at=at)
