"""Deals to rows and back, for whoever writes them: the repository and the import."""

import secrets
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam

from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.money import Money
from store.access import Scope, delete_mine, insert_ours, select_mine, update_mine
from store.tables import DEAL_WORDS, DEALS
from store.words import index_of, key_of

COLUMNS = (
    DEALS.c.id,
    DEALS.c.owner,
    DEALS.c.name,
    DEALS.c.client,
    DEALS.c.hundredths,
    DEALS.c.currency,
    DEALS.c.stage,
    DEALS.c.closes_on,
    DEALS.c.closed_at,
    DEALS.c.notes,
)
# A deal that was handed over is as if it were not there, but for what its former owner wrote for it.
HELD = DEALS.c.handed_at.is_(None)
ADD = insert_ours(DEALS)
CHANGE = update_mine(DEALS).where(DEALS.c.id == bindparam("this"))
CHANGE_HELD = CHANGE.where(HELD)
ADD_WORD = insert_ours(DEAL_WORDS)
DROP_WORDS = delete_mine(DEAL_WORDS).where(DEAL_WORDS.c.deal_id == bindparam("this"))
_IS_MINE = select_mine(DEALS.c.id, of=DEALS).where(DEALS.c.id == bindparam("this"), HELD)


def new_id() -> str:
    """Make an id of 12 characters that can't be guessed and that every platform's button carries."""
    return secrets.token_urlsafe(9)


def is_mine(scope: Scope, deal_id: str) -> bool:
    """Tell whether a deal is there for this person to hang something on."""
    return scope.run(_IS_MINE, this=deal_id).first() is not None


def columns_of(draft: DealDraft) -> dict[str, object]:
    """Give a draft as columns, all but its stage: that belongs to a moment, which a draft doesn't know."""
    return {
        "name": draft.name,
        "client": draft.client,
        "hundredths": None if draft.value is None else round(draft.value.amount * 100),
        "currency": "" if draft.value is None else draft.value.currency,
        "closes_on": draft.closes_on,
        "notes": draft.notes,
        "name_key": key_of(draft.name),
        "client_key": key_of(draft.client),
    }


def word_rows(deal_id: str, draft: DealDraft) -> list[dict[str, object]]:
    """Give the index entries of a deal, in one order, so that two writers never wait for each other crosswise."""
    return [{"deal_id": deal_id, "word": word} for word in sorted(index_of(draft.name, draft.client))]


def deal_of(row: Row[Any]) -> Deal:
    """Read a deal."""
    return Deal(
        id=row.id,
        owner=row.owner,
        name=row.name,
        client=row.client,
        value=None if row.hundredths is None else Money(Decimal(row.hundredths).scaleb(-2), row.currency),
        stage=Stage(row.stage),
        closes_on=row.closes_on,
        closed_at=row.closed_at,
        notes=row.notes,
    )
