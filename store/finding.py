"""How a deal is found by loose name: every typed word begins some word of its name or client."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, intersect, literal, or_

from store.access import select_mine, tied
from store.deal_rows import COLUMNS, HELD
from store.tables import DEAL_WORDS, DEALS
from store.words import key_of, starting_with, words_of

# Words typed after these are ignored: the first few tell deals apart.
TYPED_MAX = 8
ORDER = (DEALS.c.closes_on, DEALS.c.name_key, DEALS.c.id)


@lru_cache(maxsize=2 * TYPED_MAX)
def query(typed: int, *, staged: bool) -> Select[Any]:
    """Build the query for so many typed words; what it costs grows with the deals that match, not with all.

    An exact name or client comes first, then deals holding every typed word whole, then the soonest to close.
    """
    entries = [select_mine(DEAL_WORDS.c.deal_id, of=DEAL_WORDS).where(_begun(place)) for place in range(typed)]
    hits = intersect(*entries).subquery() if typed > 1 else entries[0].distinct().subquery()
    whole = [select_mine(literal(1), of=DEAL_WORDS).where(_same(place)).exists() for place in range(typed)]
    exact = or_(DEALS.c.name_key == bindparam("phrase"), DEALS.c.client_key == bindparam("phrase"))
    found = select_mine(*COLUMNS, of=DEALS).select_from(hits.join(DEALS, DEALS.c.id == hits.c.deal_id)).where(HELD)
    if staged:
        found = found.where(DEALS.c.stage == bindparam("at_stage"))
    return found.order_by(case((exact, 0), (and_(*whole), 1), else_=2), *ORDER).limit(bindparam("most"))


def _begun(place: int) -> ColumnElement[bool]:
    word = DEAL_WORDS.c.word
    return and_(word >= bindparam(f"from_{place}"), word < bindparam(f"to_{place}"))


def _same(place: int) -> ColumnElement[bool]:
    entry = and_(tied(DEAL_WORDS, DEALS), DEAL_WORDS.c.deal_id == DEALS.c.id)
    return and_(entry, DEAL_WORDS.c.word == bindparam(f"from_{place}"))


def values(phrase: str) -> tuple[int, dict[str, object]]:
    """Give how many words were typed, each once, and what the query wants to know of them."""
    typed = tuple(dict.fromkeys(words_of(phrase)))[:TYPED_MAX]
    named: dict[str, object] = {"phrase": key_of(phrase)}
    for place, word in enumerate(typed):
        named[f"from_{place}"], named[f"to_{place}"] = starting_with(word)
    return len(typed), named
