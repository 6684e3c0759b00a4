"""The outbox as its courier sees it: everybody's letters, each taken by one courier at a time.

Taking a letter moves `next_at` ahead: that is the lease, and no other courier sees the letter until it is over. A
token names the taking, so that a courier which slept past its lease settles nothing (ADR 15).
"""

import asyncio
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Update, bindparam, exists, func, literal_column

from bot.chat.address import Address, Platform
from store.access import Scope, delete_letters, select_letters, update_letters
from store.engine import Database
from store.places import Places
from store.tables import OUTBOX
from store.together import Together

# A letter's key is refused as long as it is kept; no occurrence is found due again after so long.
KEPT: Final = timedelta(days=30)
# One claim at a time: a second one wouldn't see yet whose letters the first has taken.
_QUEUE: Final = "outbox claim"
REASON_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the hands of one courier, until `until`.

    Its address has a conversation where it is for all who read there; else it goes to its reader's own chat, or, where
    it is `beside` somebody, to a chat of both.
    `doubtful_since` is when a sending began of which nobody knows how it ended: look for it before sending again.
    `attempts` counts those before this one.
    """

    id: int
    address: Address
    key: str
    subject: str
    card: str = field(repr=False)
    due_at: datetime
    until: datetime
    token: str
    attempts: int
    doubtful_since: datetime | None
    beside: str = ""

    @property
    def kind(self) -> str:
        """What measurements call it: the first word of its key."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outbox stands: letters that wait though they were due, and those given up, by the reason.

    `refused` counts by the reason, too, those among the waiting that were attempted in vain.
    """

    overdue: int
    dead: Mapping[str, int]
    refused: Mapping[str, int] = field(default_factory=dict)


_PENDING = OUTBOX.c.status == literal_column("'pending'")
_IS_DEAD = OUTBOX.c.status == "dead"
_OTHER = OUTBOX.alias()
# A person whose letter is in some courier's hands, or waits for another attempt, gets no other one meanwhile.
_BUSY = exists().where(
    _OTHER.c.status == literal_column("'pending'"),
    _OTHER.c.token != literal_column("''"),
    _OTHER.c.tenant == OUTBOX.c.tenant,
    _OTHER.c.owner == OUTBOX.c.owner,
    _OTHER.c.next_at > bindparam("now"),
)
_DUE = (
    select_letters(OUTBOX.c.id)
    .where(
        _PENDING,
        OUTBOX.c.next_at <= bindparam("now"),
        OUTBOX.c.platform == bindparam("on_platform"),
        OUTBOX.c.tenant.not_in(bindparam("held", expanding=True)),
        ~_BUSY,
    )
    .order_by(OUTBOX.c.next_at, OUTBOX.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update_letters()
    .where(OUTBOX.c.id.in_(_DUE.scalar_subquery()))
    .values(token=bindparam("mark"), next_at=bindparam("until"))
    .returning(OUTBOX)
)
_MINE = update_letters().where(
    _PENDING, OUTBOX.c.id == bindparam("this"), OUTBOX.c.token == bindparam("mark", type_=OUTBOX.c.token.type)
)
_BEGIN = _MINE.values(
    attempts=OUTBOX.c.attempts + 1, send_started_at=func.coalesce(OUTBOX.c.send_started_at, bindparam("began"))
)
_SENT = _MINE.values(status="sent", sent_at=bindparam("at"), message=bindparam("name"), card="", last_error="")
_RETRY = _MINE.values(next_at=bindparam("then"), last_error=bindparam("reason"), attempts=bindparam("made"))
_SURELY_NOT_SENT = _RETRY.values(send_started_at=None)
_DEAD = _MINE.values(status="dead", last_error=bindparam("reason"))
_SURELY_DEAD = _DEAD.values(send_started_at=None)
_RELEASE = _MINE.values(token="", next_at=bindparam("then"))
_REVIVE = (
    update_letters()
    .where(_IS_DEAD)
    .values(status="pending", token="", attempts=0, next_at=bindparam("now"), last_error="")
)
_BY_REASON = select_letters(OUTBOX.c.last_error, func.count().label("letters")).group_by(OUTBOX.c.last_error)
# By when they were due: a platform's refusals move `next_at` ahead, again and again.
_OVERDUE = _BY_REASON.where(_PENDING, OUTBOX.c.due_at <= bindparam("now"))
_GIVEN_UP = _BY_REASON.where(_IS_DEAD)
_TIDY = delete_letters().where(OUTBOX.c.status != "pending", OUTBOX.c.due_at < bindparam("before"))


class Letters:
    """Takes letters and says what became of them. What `settles` gives False where the lease was lost meanwhile."""

    def __init__(self, database: Database) -> None:
        """Stand on a database. `news` is set when something was put here; who waits for it clears it."""
        self._database = database
        self._together = Together(database)
        self.news = asyncio.Event()

    async def claim(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        *,
        platform: Platform,
        held: Collection[str] = (),
    ) -> list[Letter]:
        """Take the letters due longest, for as long as the lease; none of the tenants that are `held` back."""
        token = secrets.token_hex(8)
        wanted = {"now": now, "until": now + lease, "most": limit, "mark": token}
        among = {"on_platform": platform, "held": list(held)}
        rows = await self._database.write(
            lambda connection: connection.execute(_CLAIM, wanted | among).all(), queue=_QUEUE
        )
        return sorted(map(_letter, rows), key=lambda letter: (letter.due_at, letter.id))

    async def begin(self, letter: Letter, now: datetime) -> bool:
        """Write down that the letter is about to be sent, before it is."""
        return await self._settle(letter, _BEGIN, began=now)

    async def settle_sent(self, letter: Letter, message: str, now: datetime) -> bool:
        """The letter stands at its address as `message`: empty it, and remember where its subject's card is."""

        def work(connection: Connection) -> bool:
            if not _run(connection, letter, _SENT, at=now, name=message):
                return False
            if letter.subject:
                scope = Scope(connection, letter.address.tenant, letter.address.user)
                Places(scope, letter.address).put(letter.subject, message, now)
            return True

        return await self._together.run(work)

    async def settle_retry(
        self, letter: Letter, next_at: datetime, error: str, *, counted: bool = True, doubtful: bool = False
    ) -> bool:
        """Try again at `next_at`; `counted` unless nothing was taken in, `doubtful` where it may have been sent."""
        statement = _RETRY if doubtful or letter.doubtful_since else _SURELY_NOT_SENT
        made = letter.attempts + counted
        return await self._settle(letter, statement, then=next_at, reason=error[:REASON_MAX], made=made)

    async def settle_dead(self, letter: Letter, error: str, *, doubtful: bool = False) -> bool:
        """Give the letter up; it keeps its card, to be sent again by `revive`. `doubtful` as in `settle_retry`."""
        statement = _DEAD if doubtful or letter.doubtful_since else _SURELY_DEAD
        return await self._settle(letter, statement, reason=error[:REASON_MAX])

    async def release(self, letter: Letter, next_at: datetime) -> bool:
        """Put a letter back that was not begun."""
        return await self._settle(letter, _RELEASE, then=next_at)

    async def revive(self, now: datetime) -> int:
        """Let every letter that was given up be sent again; gives how many."""
        revived = await self._database.write(lambda connection: connection.execute(_REVIVE, {"now": now}).rowcount)
        self.news.set()
        return revived

    async def standing(self, now: datetime) -> Standing:
        """Count what should be out by now."""

        def work(connection: Connection) -> Standing:
            waiting = {row.last_error: row.letters for row in connection.execute(_OVERDUE, {"now": now})}
            dead = {row.last_error: row.letters for row in connection.execute(_GIVEN_UP)}
            return Standing(sum(waiting.values()), dead, {why: count for why, count in waiting.items() if why})

        return await self._database.read(work)

    async def tidy(self, now: datetime) -> int:
        """Delete what was due a month ago and is over; gives how many."""
        return await self._database.write(lambda connection: connection.execute(_TIDY, {"before": now - KEPT}).rowcount)

    async def _settle(self, letter: Letter, statement: Update, **values: object) -> bool:
        return await self._together.run(lambda connection: _run(connection, letter, statement, **values))


def _run(connection: Connection, letter: Letter, statement: Update, **values: object) -> bool:
    return connection.execute(statement, {"this": letter.id, "mark": letter.token, **values}).rowcount == 1


def _letter(row: Any) -> Letter:  # noqa: ANN401
    return Letter(
        id=row.id,
        address=Address(row.platform, row.tenant, row.conversation, row.owner),
        key=row.key,
        subject=row.subject,
        card=row.card,
        due_at=row.due_at,
        until=row.next_at,
        token=row.token,
        attempts=row.attempts,
        doubtful_since=row.send_started_at,
        beside=row.beside,
    )
