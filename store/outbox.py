"""What the coach will say unasked: put here in the transaction of what it is about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, literal_column

from bot.chat import cards
from bot.chat.address import Address
from bot.chat.cards import Card
from store.access import Scope, delete_mine, select_mine, upsert_ours
from store.tables import OUTBOX

_PUT = upsert_ours(OUTBOX, lambda row: row.on_conflict_do_nothing(index_elements=["tenant", "owner", "key"]))
_FATE = select_mine(OUTBOX.c.status, OUTBOX.c.last_error, OUTBOX.c.due_at, of=OUTBOX).where(
    OUTBOX.c.key == bindparam("this")
)
CANCEL = delete_mine(OUTBOX).where(
    OUTBOX.c.key == bindparam("this"),
    OUTBOX.c.status != literal_column("'sent'"),
    OUTBOX.c.send_started_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Fate:
    """How a letter that was due at `due_at` stands: "pending", "sent" or "dead", and then `why`."""

    status: str
    why: str
    due_at: datetime


class Outbox:
    """The letters to one person, or of one team. A courier carries each into the person's own chat with the coach.

    One with a conversation goes there instead, for all who read there: a team has no chat of its own.
    """

    __slots__ = ("_address", "_scope", "filled")

    def __init__(self, scope: Scope, address: Address) -> None:
        """Write through a scope, for the platform of one address."""
        self._scope = scope
        self._address = address
        self.filled = False

    def put(  # noqa: PLR0913  a letter, and where it goes
        self,
        key: str,
        card: Card,
        due_at: datetime,
        *,
        subject: str = "",
        conversation: str = "",
        beside: str = "",
    ) -> bool:
        """Say `card` to this person at `due_at`; False, and nothing is added, where the occurrence is there already.

        `key` says what it is, about what, and which occurrence: `checkins:2026-11-24`. Its first word is what
        measurements call the letter, so it holds nothing private. `subject` ("checkins:17") remembers where the card
        was put, so that it changes in place later. Buttons that open a form need no mark: the courier sees to it.

        `conversation` is where all who read there shall see it; letters of several owners may stand side by side there,
        so the key names the team or the line too. `beside` is another person to bring into one chat with this one and
        the coach, or into this one's own chat where the platform opens none. At most one of the two.
        """
        values = {"platform": self._address.platform, "key": key, "subject": subject, "card": cards.dump(card)}
        where = {"conversation": conversation, "beside": beside}
        fresh = {"status": "pending", "attempts": 0, "token": "", "message": "", "last_error": ""}
        moments = {"due_at": due_at, "next_at": due_at, "send_started_at": None, "sent_at": None}
        added = self._scope.run(_PUT, **values, **where, **fresh, **moments)
        self.filled = self.filled or bool(added.rowcount)
        return bool(added.rowcount)

    def fate(self, key: str) -> Fate | None:
        """Say how a letter stands; None where there is none."""
        row = self._scope.run(_FATE, this=key).first()
        return Fate(row.status, row.last_error, row.due_at) if row else None

    def cancel(self, key: str) -> bool:
        """Take back what is no longer due, or was given up; False where there is none, or it may be out already."""
        return bool(self._scope.run(CANCEL, this=key).rowcount)
