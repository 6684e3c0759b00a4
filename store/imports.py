"""Deals as a CRM exports them: all or nothing, and twice the same as once."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.coach.deals import DealDraft, Stage
from store.access import Scope, select_mine, select_people
from store.columns import storable
from store.deal_rows import ADD, ADD_WORD, CHANGE, DROP_WORDS, columns_of, new_id, word_rows
from store.people import owner_by_email
from store.tables import DEALS, PEOPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDeal:
    """One row of an export.

    `owner` is a platform's user id, or `mailto:` and an e-mail address; `key` tells the owner's deals
    apart from one export to the next: the CRM's id, or name and client.
    """

    draft: DealDraft
    owner: str
    key: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many deals an import added, changed, and found as it had left them."""

    added: int
    changed: int
    unchanged: int


@dataclass(slots=True)
class _Plan:
    """What one owner's rows come to, gathered first and written in a few statements."""

    scope: Scope
    adds: list[dict[str, object]] = field(default_factory=list)
    changes: list[dict[str, object]] = field(default_factory=list)
    words: list[dict[str, object]] = field(default_factory=list)

    def add(self, draft: DealDraft, values: dict[str, object]) -> None:
        """Plan a new deal."""
        this = new_id()
        self.adds.append(values | {"id": this})
        self.words += word_rows(this, draft)

    def change(self, draft: DealDraft, values: dict[str, object], this: str) -> None:
        """Plan a change of the deal with an id."""
        self.changes.append(values | {"this": this})
        self.words += word_rows(this, draft)

    def carry_out(self) -> None:
        """Write it down."""
        self.scope.run_many(ADD, self.adds)
        self.scope.run_many(CHANGE, self.changes)
        self.scope.run_many(DROP_WORDS, [{"this": values["this"]} for values in self.changes])
        self.scope.run_many(ADD_WORD, self.words)


_EMAILS = select_people(PEOPLE.c.email, PEOPLE.c.owner).where(PEOPLE.c.email != "").order_by(PEOPLE.c.met_at)
_KNOWN = select_mine(
    DEALS.c.id, DEALS.c.import_key, DEALS.c.import_digest, DEALS.c.stage, DEALS.c.closed_at, DEALS.c.notes, of=DEALS
).where(DEALS.c.import_key.is_not(None))


def import_deals(tenant: Scope, rows: Sequence[ImportedDeal], at: datetime) -> ImportResult:
    """Bring deals in line with an export; those it doesn't mention stay.

    A row that is as it was at the last import leaves alone what its owner changed here since; one that
    isn't wins, but for notes it is silent on. Of rows with the same owner and key the last one counts.
    """
    people = {owner_by_email(row.email): row.owner for row in tenant.run(_EMAILS)}
    owners: defaultdict[str, dict[str, DealDraft]] = defaultdict(dict)
    for row in rows:
        address = owner_by_email(row.owner.removeprefix("mailto:"))
        owner = people.get(address, address) if row.owner.startswith("mailto:") else row.owner
        owners[owner][storable(row.key)] = row.draft
    plans = [_planned(tenant.acting_as(owner), drafts, at) for owner, drafts in owners.items()]
    for plan in plans:
        plan.carry_out()
    added, changed = sum(len(plan.adds) for plan in plans), sum(len(plan.changes) for plan in plans)
    return ImportResult(added, changed, sum(map(len, owners.values())) - added - changed)


def _planned(scope: Scope, drafts: Mapping[str, DealDraft], at: datetime) -> _Plan:
    plan = _Plan(scope)
    known = {row.import_key: row for row in scope.run(_KNOWN)}
    for key, draft in drafts.items():
        values = columns_of(draft) | {"stage": draft.stage}
        values["import_digest"] = digest = hashlib.sha256(repr(values).encode(errors="replace")).hexdigest()
        row = known.get(key)
        if row is None:
            closed_at = None if draft.stage is Stage.OPEN else at
            plan.add(draft, values | {"import_key": key, "closed_at": closed_at})
        elif row.import_digest != digest:
            plan.change(draft, values | _kept(row, draft, at), row.id)
    return plan


def _kept(row: Row[Any], draft: DealDraft, at: datetime) -> dict[str, object]:
    """Say what stays although the export says otherwise or nothing: my notes, and when the deal was closed."""
    since = row.closed_at if row.stage == draft.stage else at
    return {"notes": draft.notes or row.notes, "closed_at": None if draft.stage is Stage.OPEN else since}
