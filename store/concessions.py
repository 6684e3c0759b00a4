"""A person's concession logs: what was given and got in each deal, in order."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func

from bot.coach.concessions import Concession
from bot.coach.plans import Estimate, Worth
from bot.coach.tradables import Side, Tradable
from bot.errors import NotFoundError
from store.access import Scope, delete_mine, insert_ours, select_mine, update_mine
from store.deal_rows import is_mine, new_id
from store.tables import CONCESSIONS

_ADD = insert_ours(CONCESSIONS)
_OF_DEAL = CONCESSIONS.c.deal_id == bindparam("this_deal")
_THIS = CONCESSIONS.c.id == bindparam("this")
# What was noted at one moment stays in the order of noting.
_OF = select_mine(CONCESSIONS, of=CONCESSIONS).where(_OF_DEAL).order_by(CONCESSIONS.c.at, CONCESSIONS.c.number)
_NEXT = select_mine(func.coalesce(func.max(CONCESSIONS.c.number), 0) + 1, of=CONCESSIONS).where(_OF_DEAL)
_GET = select_mine(CONCESSIONS, of=CONCESSIONS).where(_THIS)
_REMOVE = delete_mine(CONCESSIONS).where(_THIS)
_PAIR = update_mine(CONCESSIONS).where(_THIS)
_PART = update_mine(CONCESSIONS).where(CONCESSIONS.c.paired == bindparam("this"))


class Concessions:
    """The concession logs of one person. Anybody else's are as if they did not exist."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def of(self, deal_id: str) -> list[Concession]:
        """Give the log of a deal, from the first to the last."""
        return [_concession_of(row) for row in self._scope.run(_OF, this_deal=deal_id).all()]

    def get(self, this: str) -> Concession | None:
        """Give the concession with an id."""
        row = self._scope.run(_GET, this=this).first()
        return _concession_of(row) if row else None

    def add(  # noqa: PLR0913  one line of the log
        self,
        deal_id: str,
        side: Side,
        tradable: Tradable,
        at: datetime,
        *,
        ours: Estimate | None = None,
        theirs: Estimate | None = None,
        entry: str = "",
    ) -> Concession:
        """Note what was given or got at that moment. Raises `NotFoundError`: no such deal."""
        if not is_mine(self._scope, deal_id):
            raise NotFoundError
        number = self._scope.run(_NEXT, this_deal=deal_id).scalar_one()
        this = new_id()
        what = _columns_of(tradable) | _worth("ours", ours) | _worth("theirs", theirs)
        self._scope.run(_ADD, id=this, deal_id=deal_id, number=number, side=side, **what, entry=entry, paired="", at=at)
        return self._known(this)

    def pair(self, give: str, get: str) -> bool:
        """Note that a give was traded for a get; each then has no other partner.

        False, and nothing changed: they aren't a give and a get of one deal.
        """
        given, got = self.get(give), self.get(get)
        if given is None or got is None or (given.side, got.side) != (Side.GIVE, Side.GET):
            return False
        if given.deal_id != got.deal_id:
            return False
        for one in (give, get):
            self._scope.run(_PART, this=one, paired="")
        for one, other in ((give, get), (get, give)):
            self._scope.run(_PAIR, this=one, paired=other)
        return True

    def remove(self, this: str) -> Concession | None:
        """Take a concession out of the log, and give it for the last time. None: no such concession.

        What it was traded for stays, without a partner.
        """
        removed = self.get(this)
        self._scope.run(_PART, this=this, paired="")
        self._scope.run(_REMOVE, this=this)
        return removed

    def _known(self, this: str) -> Concession:
        """Read back what was just written: as it is stored is how everybody will see it."""
        return _concession_of(self._scope.run(_GET, this=this).one())


def _columns_of(tradable: Tradable) -> dict[str, object]:
    return {
        "what": tradable.what,
        "amount": tradable.amount,
        "unit": tradable.unit,
        "at_most": tradable.limit,
        "condition": tradable.condition,
        "words": tradable.words,
    }


def _worth(whose: str, estimate: Estimate | None) -> dict[str, object]:
    return {
        whose: "" if estimate is None else estimate.worth,
        f"{whose}_known": estimate is not None and estimate.known,
    }


def _estimate(worth: str, known: bool) -> Estimate | None:  # noqa: FBT001  two columns of a row
    return Estimate(Worth(worth), known) if worth else None


def _concession_of(row: Row[Any]) -> Concession:
    return Concession(
        id=row.id,
        deal_id=row.deal_id,
        side=Side(row.side),
        tradable=Tradable(
            what=row.what,
            amount=row.amount,
            unit=row.unit,
            limit=row.at_most,
            condition=row.condition,
            words=row.words,
        ),
        ours=_estimate(row.ours, row.ours_known),
        theirs=_estimate(row.theirs, row.theirs_known),
        entry=row.entry,
        paired=row.paired,
        at=row.at,
    )
