"""A person's deals: kept, listed, and found by loose name."""

from collections import defaultdict
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import bindparam, func

from bot.coach.deals import Deal, DealDraft, Stage
from store import finding
from store.access import Scope, select_mine
from store.deal_rows import (
    ADD,
    ADD_WORD,
    CHANGE_HELD,
    COLUMNS,
    DROP_WORDS,
    HELD,
    columns_of,
    deal_of,
    new_id,
    word_rows,
)
from store.tables import DEALS
from store.words import key_of, likenesses

# A misspelling is looked for among so many open deals, the soonest to close: each costs time.
SIMILAR_AMONG = 500
_SIMILARITY = 0.6

_MINE = select_mine(*COLUMNS, of=DEALS).where(HELD)
_PAGE = _MINE.order_by(*finding.ORDER).limit(bindparam("most")).offset(bindparam("skipped"))
_PAGE_OF_STAGE = _PAGE.where(DEALS.c.stage == bindparam("at_stage"))
_GET = _MINE.where(DEALS.c.id == bindparam("this"))
_COUNT = select_mine(func.count(), of=DEALS).where(HELD)
_COUNT_OF_STAGE = _COUNT.where(DEALS.c.stage == bindparam("at_stage"))
_KEYS = (
    select_mine(DEALS.c.id, DEALS.c.name_key, DEALS.c.client_key, of=DEALS)
    .where(DEALS.c.stage == bindparam("at_stage"), HELD)
    .order_by(*finding.ORDER)
    .limit(SIMILAR_AMONG)
)


class Deals:
    """The deals of one person. Anybody else's are as if they did not exist."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def find(self, words: str, *, stage: Stage | None = Stage.OPEN, limit: int = 6) -> list[Deal]:
        """Find deals by the beginnings of words in their name or client, the likeliest first; None: at any stage."""
        typed, values = finding.values(words)
        if not typed:
            return []
        query = finding.query(typed, staged=stage is not None)
        return [deal_of(row) for row in self._scope.run(query, **values, at_stage=stage, most=limit).all()]

    def similar(self, words: str, limit: int = 3) -> list[Deal]:
        """Find open deals whose name or client is nearly what was typed, the nearest first."""
        ids = defaultdict(list)
        for row in self._scope.run(_KEYS, at_stage=Stage.OPEN):
            for likeness in likenesses((row.name_key, row.client_key)):
                ids[likeness].append(row.id)
        near = get_close_matches(key_of(words), list(ids), limit, _SIMILARITY)
        found = dict.fromkeys(this for likeness in near for this in ids[likeness])
        return [deal for this in list(found)[:limit] if (deal := self.get(this))]

    def get(self, this: str) -> Deal | None:
        """Give the deal with an id."""
        row = self._scope.run(_GET, this=this).first()
        return deal_of(row) if row else None

    def next(self, limit: int = 3) -> list[Deal]:
        """Give the open deals that close soonest, those without a date last."""
        return self.list(Stage.OPEN, limit)

    def list(self, stage: Stage | None = None, limit: int = 50, offset: int = 0) -> "list[Deal]":
        """Give one page of the deals, soonest to close first; None: of any stage."""
        page = _PAGE if stage is None else _PAGE_OF_STAGE
        return [deal_of(row) for row in self._scope.run(page, at_stage=stage, most=limit, skipped=offset).all()]

    def count(self, stage: Stage | None = None) -> int:
        """Count the deals; None: of any stage."""
        count = _COUNT if stage is None else _COUNT_OF_STAGE
        return int(self._scope.run(count, at_stage=stage).scalar_one())

    def add(self, draft: DealDraft) -> Deal:
        """Keep a new deal."""
        this = new_id()
        self._scope.run(ADD, **columns_of(draft), id=this, stage=draft.stage)
        self._scope.run_many(ADD_WORD, word_rows(this, draft))
        return self._known(this)

    def change(self, this: str, draft: DealDraft) -> Deal | None:
        """Overwrite a deal with a draft, all but its stage, which only `close` changes. None: no such deal."""
        if not self._scope.run(CHANGE_HELD, this=this, **columns_of(draft)).rowcount:
            return None
        self._scope.run(DROP_WORDS, this=this)
        self._scope.run_many(ADD_WORD, word_rows(this, draft))
        return self._known(this)

    def close(self, this: str, stage: Stage, at: datetime) -> Deal | None:
        """Note that a deal was won or lost at that moment, or is open again. None: no such deal."""
        closed_at = None if stage is Stage.OPEN else at
        closed = self._scope.run(CHANGE_HELD, this=this, stage=stage, closed_at=closed_at)
        return self._known(this) if closed.rowcount else None

    def _known(self, this: str) -> Deal:
        """Read back what was just written: as it is stored is how everybody will see it."""
        return deal_of(self._scope.run(_GET, this=this).one())
