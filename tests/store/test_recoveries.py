from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft
from bot.coach.recovery import Recovery
from bot.errors import NotFoundError
from store import Store

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = timedelta(seconds=1)
WHOLE = {"happened": "the import failed", "means": "no invoices", "fix": "run it again", "by": date(2026, 3, 4)}


async def _deal(store: Store) -> Deal:
    return await store.write(ANN, lambda unit: unit.deals.add(DealDraft(name="Acme", client="Acme")), at=NOW)


async def _start(store: Store, deal: Deal, at: datetime = NOW) -> Recovery:
    return await store.write(ANN, lambda unit: unit.recoveries.start(deal.id, at), at=at)


async def _change(store: Store, recovery: Recovery) -> Recovery | None:
    return await store.write(ANN, lambda unit: unit.recoveries.change(recovery), at=NOW)


async def test_a_recovery_left_halfway_goes_on_where_it_was(store: Store) -> None:
    deal = await _deal(store)
    begun = await _start(store, deal)
    assert begun == Recovery(id=begun.id, deal_id=deal.id)
    half = replace(begun, happened="the import failed")
    assert await _change(store, half) == half
    assert await _start(store, deal, NOW + SOON) == half


async def test_a_new_problem_begins_a_new_recovery_and_the_last_one_comes_first(store: Store) -> None:
    deal = await _deal(store)
    first = await _change(store, replace(await _start(store, deal), **WHOLE))  # type: ignore[arg-type]
    second = await _start(store, deal, NOW + SOON)
    assert first
    assert second.id != first.id
    assert await store.read(ANN, lambda unit: unit.recoveries.of(deal.id)) == [second, first]
    assert await store.read(ANN, lambda unit: unit.recoveries.get(first.id)) == first


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    found = await store.read(ANN, lambda unit: (unit.recoveries.get("x"), unit.recoveries.of("x")))
    assert found == (None, [])
    assert await _change(store, Recovery(id="x", deal_id="x")) is None
    with pytest.raises(NotFoundError):
        await store.write(ANN, lambda unit: unit.recoveries.start("x", NOW), at=NOW)


_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happened=_words, means=_words, fix=_words, by=st.none() | st.dates())
async def test_any_recovery_comes_back_as_it_was(
    store: Store, happened: str, means: str, fix: str, by: date | None
) -> None:
    begun = await _start(store, await _deal(store))
    recovery = replace(begun, happened=happened, means=means, fix=fix, by=by)
    await _change(store, recovery)
    assert await store.read(ANN, lambda unit: unit.recoveries.get(begun.id)) == recovery
