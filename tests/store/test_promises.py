from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft
from bot.coach.keep_warm import KeepWarm
from bot.coach.promises import Notice, Promise, State, after_reminding, kept, reminder, renegotiated, state_on
from bot.coach.workdays import WEEKDAYS
from bot.errors import NotFoundError
from store import Store, Unit
from store.store import database_at

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


async def _deal(store: Store, name: str = "Acme") -> Deal:
    return await store.write(ANN, lambda unit: unit.deals.add(DealDraft(name=name, client=name)), at=NOW)


async def _add(store: Store, deal: Deal, due: date = TODAY, concession: str = "", what: str = "logo") -> Promise:
    def work(unit: Unit) -> Promise:
        this = unit.promises.fresh_id()
        promise = Promise(id=this, deal_id=deal.id, what=what, due=due, made_on=TODAY, concession=concession)
        return unit.promises.add(promise)

    return await store.write(ANN, work, at=NOW)


async def _change(store: Store, promise: Promise) -> Promise | None:
    return await store.write(ANN, lambda unit: unit.promises.change(promise), at=NOW)


async def test_a_promise_is_there_tomorrow_and_says_nothing_nobody_said(store: Store) -> None:
    deal = await _deal(store)
    added = await _add(store, deal, what="send the report \x00 \U0001f680")
    assert added == Promise(id=added.id, deal_id=deal.id, what="send the report  \U0001f680", due=TODAY, made_on=TODAY)
    assert await store.read(ANN, lambda unit: unit.promises.get(added.id)) == added


async def test_promises_are_told_soonest_first_and_the_settled_ones_only_with_their_deal(store: Store) -> None:
    acme, globex = await _deal(store), await _deal(store, "Globex")
    late, soon = await _add(store, acme, TODAY + 9 * DAY), await _add(store, acme, TODAY)
    done = await _change(store, kept(await _add(store, acme, TODAY + DAY), TODAY))
    between = await _add(store, globex, TODAY + 3 * DAY)
    assert await store.read(ANN, lambda unit: unit.promises.of(acme.id)) == [soon, done, late]
    expected = [(soon, acme), (between, globex), (late, acme)]
    assert await store.read(ANN, lambda unit: unit.promises.open()) == expected
    assert await store.read(ANN, lambda unit: unit.promises.open(1)) == expected[:1]


async def test_a_promise_whose_day_is_over_is_kept_as_open_and_late_only_on_a_day(store: Store) -> None:
    promise = await _add(store, await _deal(store), TODAY - DAY)
    assert (promise.state, state_on(promise, TODAY)) == (State.OPEN, State.LATE)
    with pytest.raises(IntegrityError):
        await _change(store, replace(promise, state=State.LATE))


async def test_what_was_reminded_of_is_not_reminded_of_again(store: Store) -> None:
    promise = await _add(store, await _deal(store), TODAY + DAY)
    first = reminder(replace(promise, made_on=TODAY - DAY), TODAY, WEEKDAYS)
    assert first
    changed = await _change(store, after_reminding(first))
    assert changed
    assert changed.noticed is Notice.BEFORE
    assert reminder(changed, TODAY, WEEKDAYS) is None


async def test_a_give_knows_the_promise_it_became_and_of_a_renegotiated_one_the_one_that_holds(store: Store) -> None:
    deal = await _deal(store)
    promise = await _add(store, deal, concession="G1")
    await _add(store, deal)
    assert await store.read(ANN, lambda unit: unit.promises.from_concession("G1")) == promise

    def put_off(unit: Unit) -> Promise:
        ended, again = renegotiated(promise, unit.promises.fresh_id(), TODAY + 9 * DAY, TODAY)
        unit.promises.change(ended)
        return unit.promises.add(again)

    again = await store.write(ANN, put_off, at=NOW)
    assert again.instead_of == promise.id
    assert await store.read(ANN, lambda unit: unit.promises.from_concession("G1")) == again
    found = await store.read(ANN, lambda unit: [unit.promises.from_concession(one) for one in ("", "G2")])
    assert found == [None, None]


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    promise = Promise(id="x", deal_id="x", what="logo", due=TODAY, made_on=TODAY)
    found = await store.read(ANN, lambda unit: (unit.promises.get("x"), unit.promises.of("x"), unit.promises.open()))
    assert found == (None, [], [])
    assert await _change(store, promise) is None
    with pytest.raises(NotFoundError):
        await store.write(ANN, lambda unit: unit.promises.add(promise), at=NOW)


async def test_a_change_cannot_move_a_promise_to_another_deal(store: Store) -> None:
    acme, globex = await _deal(store), await _deal(store, "Globex")
    promise = await _add(store, acme)
    assert await _change(store, replace(promise, deal_id=globex.id)) == promise


async def test_a_deal_that_is_deleted_takes_along_what_was_kept_of_it(store: Store, url: str) -> None:
    deal = await _deal(store)
    await _add(store, deal)

    def more(unit: Unit) -> None:
        unit.warmth.start(KeepWarm(deal_id=deal.id, client="", won_on=TODAY))
        unit.recoveries.start(deal.id, NOW)
        unit.handovers.offer(deal.id, "U2", NOW)

    await store.write(ANN, more, at=NOW)
    database = database_at(url)
    await database.write(lambda connection: connection.execute(text("DELETE FROM deals")))
    await database.close()
    assert not any((await store.read(ANN, lambda unit: unit.export())).values())


_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
_promises = st.builds(
    Promise,
    id=st.just(""),
    deal_id=st.just(""),
    what=_words,
    due=st.dates(),
    made_on=st.dates(),
    state=st.sampled_from([state for state in State if state is not State.LATE]),
    settled_on=st.none() | st.dates(),
    concession=_words,
    instead_of=_words,
    noticed=st.none() | st.sampled_from(Notice),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(promise=_promises)
async def test_any_promise_comes_back_as_it_was(store: Store, promise: Promise) -> None:
    deal = await _deal(store)
    promise = replace(promise, id=(await _add(store, deal)).id, deal_id=deal.id)
    await _change(store, promise)
    assert await store.read(ANN, lambda unit: unit.promises.get(promise.id)) == promise
