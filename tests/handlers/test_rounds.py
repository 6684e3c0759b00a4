"""A tick looks in on whoever is due, once, and on nobody else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.address import Address
from bot.chat.events import Due, Event
from bot.chat.ports import Profile
from bot.chat.replies import Reply
from bot.coach.teams import Team
from handlers import rounds
from store import Agenda, Store, Unit

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Listener:
    """A router that notes whom it is asked to look in on."""

    def __init__(self, takes: float = 0) -> None:
        self.heard: list[str] = []
        self.takes = takes

    async def __call__(self, event: Event) -> Reply:
        assert isinstance(event, Due)
        await asyncio.sleep(self.takes)
        self.heard.append(event.address.user)
        return ()

    async def placed(self, address: Address, subject: str, message: str) -> None:
        raise NotImplementedError


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = Store.open(database)
    yield opened
    await opened.close()


async def plan(store: Store, user: str, at: datetime | None) -> None:
    address = Address("web", "T", "D", user)
    await store.write(address, lambda work: work.people.meet(Profile(user), NOW), at=NOW)
    await store.write(address, lambda work: work.agenda.put(Agenda(next_at=at)), at=NOW)


async def test_whoever_is_due_is_looked_in_on_once_and_nobody_else(store: Store) -> None:
    await plan(store, "due", NOW - timedelta(hours=1))
    await plan(store, "later", NOW + timedelta(hours=1))
    await plan(store, "never", None)
    listener = Listener()
    go_round = rounds.round_of(store, listener, lambda: NOW)
    await go_round()
    await go_round()
    assert listener.heard == ["due"]


async def test_a_round_goes_on_until_nobody_is_due(store: Store) -> None:
    people = [f"U{n}" for n in range(2 * rounds.AT_ONCE + 20)]
    for user in people:
        await plan(store, user, NOW)
    listener = Listener()
    await rounds.round_of(store, listener, lambda: NOW)()
    assert sorted(listener.heard) == sorted(people)


async def found(store: Store, team_id: str) -> None:
    address = Address("web", "T", "D", f"manager of {team_id}")
    team = Team(id=team_id, name="West", channel="C", covered_to=NOW.date())

    def work(unit: Unit) -> None:
        unit.teams.create(team, NOW)
        unit.teams.look_at(team_id, NOW)

    await store.write(address, work, at=NOW)


async def test_a_person_does_not_wait_for_every_team_that_is_due(store: Store) -> None:
    for number in range(rounds.AT_ONCE + 20):
        await found(store, f"W{number}")
    await plan(store, "due", NOW)
    listener = Listener()
    await rounds.round_of(store, listener, lambda: NOW)()
    assert listener.heard.index("due") == rounds.AT_ONCE
    assert len(listener.heard) == rounds.AT_ONCE + 21


async def test_half_of_the_time_is_left_to_those_who_ask_something(store: Store) -> None:
    for number in range(5):
        await plan(store, f"U{number}", NOW)
    loop, listener = asyncio.get_running_loop(), Listener(takes=0.02)
    began = loop.time()
    await rounds.round_of(store, listener, lambda: NOW)()
    assert loop.time() - began >= 2 * 5 * listener.takes


async def test_a_long_round_ends_and_the_next_one_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "LONGEST", 0.05)
    for number in range(rounds.AT_ONCE + 20):
        await plan(store, f"U{number}", NOW)
    listener = Listener(takes=0.001)
    go_round = rounds.round_of(store, listener, lambda: NOW)
    await go_round()
    assert len(listener.heard) == rounds.AT_ONCE
    await go_round()
    assert len(listener.heard) == rounds.AT_ONCE + 20


async def test_two_replicas_share_the_round(store: Store, database: str) -> None:
    people = [f"U{n}" for n in range(rounds.AT_ONCE + 20)]
    for user in people:
        await plan(store, user, NOW)
    replica, ours, theirs = Store.open(database), Listener(), Listener()
    await asyncio.gather(*(rounds.round_of(one, to, lambda: NOW)() for one, to in ((store, ours), (replica, theirs))))
    assert sorted(ours.heard + theirs.heard) == sorted(people)
    await replica.close()


async def test_what_a_round_left_undone_is_due_again_when_the_lease_is_over(store: Store) -> None:
    await plan(store, "due", NOW)
    await store.agendas.due(NOW)  # and then the process ended
    listener = Listener()
    await rounds.round_of(store, listener, lambda: NOW + timedelta(minutes=1))()
    assert listener.heard == []
    await rounds.round_of(store, listener, lambda: NOW + timedelta(minutes=6))()
    assert listener.heard == ["due"]
