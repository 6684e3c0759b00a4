"""When there is something to say to whom: found once by however many clocks tick."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.chat.address import Address
from bot.coach.keep_warm import Pause
from store import Agenda, Store
from store.agendas import LEASE

ANN = Address("slack", "T1", "D1", "U1")
EVE = Address("teams", "T2", "19:x", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = timedelta(minutes=1)


async def _put(store: Store, who: Address, next_at: datetime | None) -> None:
    await store.write(who, lambda unit: unit.agenda.put(Agenda(next_at=next_at)), at=NOW)


async def test_there_is_nothing_on_an_agenda_before_something_is_put_there(store: Store) -> None:
    assert await store.read(ANN, lambda unit: unit.agenda.get()) == Agenda()


async def test_who_waits_longest_is_named_first_and_in_their_own_chat(store: Store) -> None:
    await _put(store, ANN, NOW)
    await _put(store, EVE, NOW - SOON)
    await _put(store, replace(ANN, user="U2"), NOW + SOON)
    await _put(store, replace(ANN, user="U3"), None)
    assert await store.agendas.due(NOW, limit=1) == [replace(EVE, conversation="")]
    assert await store.agendas.due(NOW) == [replace(ANN, conversation="")]


async def test_a_person_whose_message_was_never_written_is_due_again_after_the_lease(store: Store) -> None:
    await _put(store, ANN, NOW)
    assert await store.agendas.due(NOW)
    assert await store.agendas.due(NOW + LEASE - SOON) == []
    assert await store.agendas.due(NOW + LEASE)


async def test_a_person_who_was_written_to_is_due_at_their_next_moment_whatever_the_lease(store: Store) -> None:
    await _put(store, ANN, NOW)
    assert await store.agendas.due(NOW)
    await _put(store, ANN, NOW + SOON)
    assert await store.agendas.due(NOW) == []
    assert await store.agendas.due(NOW + SOON)


async def test_those_who_wait_behind_others_under_way_are_named(store: Store) -> None:
    for number in range(3):
        await _put(store, replace(ANN, user=f"U{number}"), NOW + number * SOON)
    named = [await store.agendas.due(NOW + LEASE, limit=1) for _ in range(4)]
    assert [[one.user for one in batch] for batch in named] == [["U0"], ["U1"], ["U2"], []]


async def test_a_person_is_written_to_where_they_last_used_the_coach(store: Store) -> None:
    await _put(store, ANN, NOW)
    await _put(store, replace(ANN, platform="web"), NOW)
    assert await store.agendas.due(NOW) == [Address("web", "T1", "", "U1")]


async def test_two_replicas_whose_clocks_tick_at_once_name_nobody_twice(store: Store, url: str) -> None:
    people = {f"U{number}" for number in range(120)}
    for user in people:
        await _put(store, replace(ANN, user=user), NOW)
    other = Store.open(url)
    named: list[Address] = []
    while any(ticks := await asyncio.gather(*(one.agendas.due(NOW, limit=20) for one in (store, other) * 2))):
        named += chain(*ticks)
    await other.close()
    assert len(named) == len(people)
    assert {one.user for one in named} == people


async def test_a_clock_that_ticks_while_another_is_choosing_names_the_next_ones_at_once(postgres_url: str) -> None:
    store = Store.open(postgres_url)
    for number in range(2):
        await _put(store, replace(ANN, user=f"U{number}"), NOW)
    chosen, over = asyncio.Event(), asyncio.Event()
    engine = create_async_engine(postgres_url)

    async def choose() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT 1 FROM agendas WHERE owner = 'U0' FOR UPDATE"))
            chosen.set()
            await over.wait()

    other = asyncio.create_task(choose())
    await chosen.wait()
    assert [one.user for one in await asyncio.wait_for(store.agendas.due(NOW), 5)] == ["U1"]
    over.set()
    await other
    await engine.dispose()
    await store.close()


_moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001  made aware
_pauses = st.builds(Pause, st.dates(), st.none() | st.dates())
_agendas = st.builds(
    Agenda,
    next_at=st.none() | _moments,
    last_day=st.none() | st.dates(),
    pause=st.none() | _pauses,
    back=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(agenda=_agendas)
async def test_any_agenda_comes_back_as_it_was(store: Store, agenda: Agenda) -> None:
    await store.write(ANN, lambda unit: unit.agenda.put(agenda), at=NOW)
    assert await store.read(ANN, lambda unit: unit.agenda.get()) == agenda


async def test_an_agenda_put_again_takes_the_place_of_the_old_one(store: Store) -> None:
    paused = Agenda(next_at=NOW, last_day=date(2026, 3, 1), pause=Pause(date(2026, 3, 2)), back=True)
    for agenda in (paused, Agenda()):
        await store.write(ANN, lambda unit, agenda=agenda: unit.agenda.put(agenda), at=NOW)  # type: ignore[misc]
    assert await store.read(ANN, lambda unit: unit.agenda.get()) == Agenda()
