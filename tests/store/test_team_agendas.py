"""When to look after a team's digest: found once by however many clocks tick."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from bot.chat.address import Address
from bot.coach.teams import Team, team_owner
from store import Store
from store.agendas import LEASE

ANN = Address("slack", "T1", "D1", "U1")
EVE = Address("teams", "T2", "19:x", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = timedelta(minutes=1)


async def _put(store: Store, who: Address, team_id: str, when: datetime | None) -> tuple[Address, str]:
    team = Team(id=team_id, name=team_id, channel="C", covered_to=date(2026, 3, 2))
    await store.write(who, lambda unit: unit.teams.create(team, NOW), at=NOW)
    await store.write(who, lambda unit: unit.teams.look_at(team_id, when), at=NOW)
    return Address(who.platform, who.tenant, "", team_owner(team_id)), team_id


async def test_the_team_whose_moment_came_longest_ago_is_named_first_with_its_own_unit(store: Store) -> None:
    first, second = await _put(store, EVE, "A", NOW - SOON), await _put(store, ANN, "B", NOW)
    await _put(store, ANN, "C", NOW + SOON)
    await _put(store, ANN, "D", None)
    assert await store.team_agendas.due(NOW, limit=1) == [first]
    assert await store.team_agendas.due(NOW) == [second]
    assert await store.team_agendas.due(NOW) == []


async def test_a_team_whose_digest_was_never_finished_is_due_again_after_the_lease(store: Store) -> None:
    due = [await _put(store, ANN, "A", NOW)]
    assert await store.team_agendas.due(NOW) == due
    assert await store.team_agendas.due(NOW + LEASE - SOON) == []
    assert await store.team_agendas.due(NOW + LEASE) == due


async def test_a_team_looked_after_is_due_at_the_moment_its_own_unit_says(store: Store) -> None:
    ((unit_of, team_id),) = [await _put(store, ANN, "A", NOW)]
    await store.team_agendas.due(NOW)
    await store.write(unit_of, lambda unit: unit.teams.look_at(team_id, NOW + SOON), at=NOW)
    assert await store.team_agendas.due(NOW + SOON) == [(unit_of, team_id)]
    await store.write(unit_of, lambda unit: unit.teams.look_at(team_id, None), at=NOW)
    assert await store.team_agendas.due(NOW + LEASE * 10) == []


async def test_two_teams_of_one_id_in_two_companies_are_two(store: Store) -> None:
    both = [await _put(store, who, "A", NOW) for who in (ANN, EVE)]
    assert sorted(await store.team_agendas.due(NOW), key=str) == sorted(both, key=str)
    await store.write(both[0][0], lambda unit: unit.teams.look_at("A", None), at=NOW)
    assert await store.team_agendas.due(NOW + LEASE) == [both[1]]


async def test_two_replicas_whose_clocks_tick_at_once_name_no_team_twice(store: Store, url: str) -> None:
    teams = {(await _put(store, ANN, f"W{number}", NOW))[1] for number in range(60)}
    other = Store.open(url)
    named: list[tuple[Address, str]] = []
    while any(ticks := await asyncio.gather(*(one.team_agendas.due(NOW, limit=9) for one in (store, other) * 2))):
        named += chain(*ticks)
    await other.close()
    assert len(named) == len(teams)
    assert {this for _, this in named} == teams
