from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from sqlalchemy.exc import IntegrityError

from bot.chat.address import Address
from bot.chat.ports import Profile
from bot.coach.deals import DealDraft, Stage
from store import ImportedDeal, ImportResult, Store
from tests.growth import LINEAR, TIMES

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def _row(key: str = "1", *, owner: str = "U1", **draft: object) -> ImportedDeal:
    known = {"name": "Acme renewal", "client": "Acme Corp", "closes_on": date(2026, 3, 31)}
    return ImportedDeal(draft=DealDraft(**(known | draft)), owner=owner, key=key)  # type: ignore[arg-type]  # by field


async def test_an_import_twice_is_the_same_as_once(store: Store) -> None:
    rows = [_row("1"), _row("2", name="Globex"), _row("3", stage=Stage.WON)]
    assert await store.import_deals("T1", rows, NOW) == ImportResult(added=3, changed=0, unchanged=0)
    before = await store.read(ANN, lambda unit: unit.deals.list())
    assert await store.import_deals("T1", rows, LATER) == ImportResult(added=0, changed=0, unchanged=3)
    assert await store.read(ANN, lambda unit: unit.deals.list()) == before


async def test_a_changed_row_changes_its_deal_and_how_it_is_found(store: Store) -> None:
    await store.import_deals("T1", [_row("1"), _row("2")], NOW)
    result = await store.import_deals("T1", [_row("1", name="Acme II", stage=Stage.WON), _row("2")], LATER)
    assert result == ImportResult(added=0, changed=1, unchanged=1)
    (deal,) = await store.read(ANN, lambda unit: unit.deals.find("II", stage=None))
    assert (deal.name, deal.stage, deal.closed_at) == ("Acme II", Stage.WON, LATER)
    assert len(await store.read(ANN, lambda unit: unit.deals.find("renewal", stage=None))) == 1


async def test_what_a_rep_changed_here_stays_while_the_crm_says_nothing_new(store: Store) -> None:
    await store.import_deals("T1", [_row()], NOW)
    (deal,) = await store.read(ANN, lambda unit: unit.deals.list())
    won = await store.write(ANN, lambda unit: unit.deals.close(deal.id, Stage.WON, NOW), at=NOW)
    await store.import_deals("T1", [_row()], LATER)
    assert await store.read(ANN, lambda unit: unit.deals.get(deal.id)) == won


async def test_notes_of_a_rep_survive_a_changed_row_without_notes(store: Store) -> None:
    await store.import_deals("T1", [_row(notes="from the CRM")], NOW)
    (deal,) = await store.read(ANN, lambda unit: unit.deals.list())
    mine = DealDraft(name=deal.name, client=deal.client, notes="Call her Jo.")
    await store.write(ANN, lambda unit: unit.deals.change(deal.id, mine), at=NOW)
    await store.import_deals("T1", [_row(name="Acme II")], LATER)
    changed = await store.read(ANN, lambda unit: unit.deals.get(deal.id))
    assert changed
    assert (changed.name, changed.notes) == ("Acme II", "Call her Jo.")


async def test_a_deal_stays_closed_since_it_was_closed(store: Store) -> None:
    await store.import_deals("T1", [_row(stage=Stage.LOST)], NOW)
    await store.import_deals("T1", [_row(stage=Stage.LOST, name="Acme II")], LATER)
    (deal,) = await store.read(ANN, lambda unit: unit.deals.list())
    assert (deal.name, deal.closed_at) == ("Acme II", NOW)


async def test_deals_go_to_the_person_met_under_the_address(store: Store) -> None:
    await store.write(ANN, lambda unit: unit.people.meet(Profile(email="ann@x.com"), NOW), at=NOW)
    rows = [_row("1", owner="mailto:Ann@X.com"), _row("2", owner="mailto:bob@x.com")]
    assert await store.import_deals("T1", rows, NOW) == ImportResult(2, 0, 0)
    assert await store.read(ANN, lambda unit: unit.deals.count()) == 1
    assert await store.import_deals("T1", rows, NOW) == ImportResult(0, 0, 2)


async def test_two_owners_may_have_deals_of_one_name(store: Store) -> None:
    assert await store.import_deals("T1", [_row("Acme"), _row("Acme", owner="U2")], NOW) == ImportResult(2, 0, 0)


async def test_of_two_rows_with_one_key_the_last_counts(store: Store) -> None:
    assert await store.import_deals("T1", [_row(name="First"), _row(name="Last")], NOW) == ImportResult(1, 0, 0)
    assert [deal.name for deal in await store.read(ANN, lambda unit: unit.deals.list())] == ["Last"]


async def test_an_import_that_breaks_half_way_leaves_nothing(store: Store) -> None:
    broken = _row("2", owner="U2", stage="nonsense")
    with pytest.raises(IntegrityError):
        await store.import_deals("T1", [_row("1"), broken], NOW)
    assert await store.read(ANN, lambda unit: unit.deals.count()) == 0


async def test_nothing_to_import_is_fine(store: Store) -> None:
    assert await store.import_deals("T1", [], NOW) == ImportResult(0, 0, 0)


async def test_thousands_of_deals_cost_no_more_each_than_a_few_of_them(store: Store) -> None:
    async def taken(tenant: str, many: int) -> float:
        rows = [_row(str(number), name=f"Deal {number}", owner=f"mailto:{number % 20}@x.com") for number in range(many)]
        began = process_time()
        assert await store.import_deals(tenant, rows, NOW) == ImportResult(many, 0, 0)
        assert await store.import_deals(tenant, rows, NOW) == ImportResult(0, 0, many)
        return process_time() - began

    await taken("T", 1)
    # The better of two, for the garbage of every test before is taken out at some time.
    few, more = [
        min([await taken(f"{tenant}.{many}", many) for tenant in ("A", "B")]) for many in (1_000, 1_000 * TIMES)
    ]
    assert more < LINEAR * few
