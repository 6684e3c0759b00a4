from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.keep_warm import Cadence, KeepWarm, Rhythm, snoozed, touched
from bot.errors import NotFoundError
from store import Store, Unit

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


async def _won(store: Store, name: str = "Acme", stage: Stage = Stage.WON) -> Deal:
    draft = DealDraft(name=name, client=f"{name} Corp", stage=stage)
    return await store.write(ANN, lambda unit: unit.deals.add(draft), at=NOW)


async def _start(store: Store, deal: Deal, won_on: date = TODAY, cadence: Cadence = Cadence()) -> KeepWarm:  # noqa: B008  frozen
    warm = KeepWarm(deal_id=deal.id, client="whoever", won_on=won_on, cadence=cadence)
    return await store.write(ANN, lambda unit: unit.warmth.start(warm), at=NOW)


async def _change(store: Store, warm: KeepWarm) -> KeepWarm | None:
    return await store.write(ANN, lambda unit: unit.warmth.change(warm), at=NOW)


async def test_a_won_deal_is_kept_warm_under_its_clients_name(store: Store) -> None:
    deal = await _won(store)
    warm = await _start(store, deal)
    assert warm == KeepWarm(deal_id=deal.id, client="Acme Corp", won_on=TODAY)
    renamed = DealDraft(name="Acme", client="Acme Holding")
    await store.write(ANN, lambda unit: unit.deals.change(deal.id, renamed), at=NOW)
    found = await store.read(ANN, lambda unit: unit.warmth.of(deal.id))
    assert found == replace(warm, client="Acme Holding")


async def test_a_deal_won_twice_goes_on_as_it_was(store: Store) -> None:
    deal = await _won(store)
    known = await _change(store, touched(await _start(store, deal), TODAY + 5 * DAY))
    assert await _start(store, deal, TODAY + 9 * DAY, Cadence(Rhythm.CLOSER)) == known


async def test_all_are_the_won_deals_with_a_rhythm_the_first_won_first(store: Store) -> None:
    late, early = await _won(store, "Late"), await _won(store, "Early")
    without, lost = await _won(store, "Without"), await _won(store, "Lost", Stage.LOST)
    warm = [await _start(store, early, TODAY - DAY, Cadence(Rhythm.CUSTOM, 21)), await _start(store, late)]
    none = await _start(store, without, TODAY, Cadence(Rhythm.NONE))
    await _start(store, lost)
    assert await store.read(ANN, lambda unit: unit.warmth.all()) == warm
    assert await store.read(ANN, lambda unit: unit.warmth.of(without.id)) == none


async def test_a_deal_that_is_kept_warm_no_longer_is_forgotten_and_can_begin_anew(store: Store) -> None:
    deal = await _won(store)
    await _change(store, snoozed(await _start(store, deal), TODAY + 5 * DAY))
    assert await store.write(ANN, lambda unit: unit.warmth.stop(deal.id), at=NOW)
    assert not await store.write(ANN, lambda unit: unit.warmth.stop(deal.id), at=NOW)
    assert await store.read(ANN, lambda unit: (unit.warmth.of(deal.id), unit.warmth.all())) == (None, [])
    assert (await _start(store, deal)).snoozes == 0


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    deal = await _won(store)
    warm = KeepWarm(deal_id=deal.id, client="", won_on=TODAY)
    assert await _change(store, warm) is None
    with pytest.raises(NotFoundError):
        await store.write(ANN, lambda unit: unit.warmth.start(replace(warm, deal_id="x")), at=NOW)


_counts = st.integers(0, 2**31 - 1)
_warm = st.builds(
    KeepWarm,
    deal_id=st.just(""),
    client=st.just(""),
    won_on=st.dates(),
    cadence=st.builds(Cadence, st.sampled_from(Rhythm), _counts),
    touched_on=st.none() | st.dates(),
    done=_counts,
    skipped_on=st.none() | st.dates(),
    put_off_to=st.none() | st.dates(),
    snoozes=_counts,
    shown_on=st.none() | st.dates(),
    follow_up_on=st.none() | st.dates(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(warm=_warm, client=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
async def test_any_warmth_comes_back_as_it_was(store: Store, warm: KeepWarm, client: str) -> None:
    def work(unit: Unit) -> tuple[KeepWarm, KeepWarm | None]:
        deal = unit.deals.add(DealDraft(name="Acme", client=client))
        whole = replace(warm, deal_id=deal.id, client=client)
        unit.warmth.start(KeepWarm(deal_id=deal.id, client="", won_on=TODAY))
        return whole, unit.warmth.change(whole)

    whole, changed = await store.write(ANN, work, at=NOW)
    assert changed == whole
    assert await store.read(ANN, lambda unit: unit.warmth.of(whole.deal_id)) == whole


async def _won_on(store: Store, name: str, closes_on: date | None, who: Address = ANN) -> Deal:
    draft = DealDraft(name=name, client=name, stage=Stage.WON, closes_on=closes_on)
    return await store.write(who, lambda unit: unit.deals.add(draft), at=NOW)


async def test_cold_are_my_won_deals_of_which_nothing_was_said_the_one_won_last_first(store: Store) -> None:
    undated, old = await _won_on(store, "Undated", None), await _won_on(store, "Old", TODAY - 90 * DAY)
    new, kept = await _won_on(store, "New", TODAY - DAY), await _won_on(store, "Kept", TODAY)
    stopped = await _won_on(store, "Stopped", TODAY)
    await _start(store, kept)
    await _start(store, stopped, cadence=Cadence(Rhythm.NONE))
    await _won(store, "Open", Stage.OPEN)
    await _won_on(store, "Theirs", TODAY, Address("slack", "T1", "D2", "U2"))
    cold = await store.read(ANN, lambda unit: unit.warmth.cold(10))
    assert [deal.id for deal in cold] == [new.id, old.id, undated.id]
    assert [deal.id for deal in await store.read(ANN, lambda unit: unit.warmth.cold(1))] == [new.id]
    assert await store.read(ANN, lambda unit: unit.warmth.count_cold()) == 3


async def test_left_cold_they_are_no_longer_named_and_those_kept_warm_stay(store: Store) -> None:
    await _won_on(store, "Old", TODAY - 90 * DAY)
    warm = await _start(store, await _won_on(store, "Kept", TODAY))
    assert await store.write(ANN, lambda unit: unit.warmth.leave_cold(TODAY), at=NOW) == 1
    assert await store.write(ANN, lambda unit: unit.warmth.leave_cold(TODAY), at=NOW) == 0
    assert await store.read(ANN, lambda unit: unit.warmth.cold(10)) == []
    assert await store.read(ANN, lambda unit: unit.warmth.all()) == [warm]
