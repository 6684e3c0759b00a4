import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.plans import Entry, Estimate, Floor, Plan, Step, Worth
from bot.coach.preparation import Certainty
from bot.coach.tradables import Side, Tradable
from bot.errors import NotFoundError
from store import Store, Unit
from store.store import database_at

ANN = Address("slack", "T1", "D1", "U1")
ANN_IN_CHANNEL = Address("slack", "T1", "C1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = timedelta(seconds=1)
DISCOUNT = Entry(
    id="1",
    side=Side.GIVE,
    tradable=Tradable(what="discount", amount=Decimal("7.50"), unit="%", limit=True, words="up to 7.50%"),
    ours=Estimate(Worth.HIGH, known=True),
    theirs=Estimate(Worth.MEDIUM),
    limit=Decimal("1E+2"),
    demanded=True,
)


async def _start(store: Store, name: str = "Acme renewal", at: datetime = NOW) -> tuple[Deal, Plan]:
    def work(unit: Unit) -> tuple[Deal, Plan]:
        deal = unit.deals.add(DealDraft(name=name, client="Acme"))
        return deal, unit.plans.start(deal.id, at)

    return await store.write(ANN, work, at=at)


async def _change(store: Store, plan: Plan, at: datetime = NOW) -> int | None:
    return await store.write(ANN, lambda unit: unit.plans.change(plan, at), at=at)


async def test_a_new_plan_is_blank(store: Store) -> None:
    deal, plan = await _start(store)
    assert plan == Plan(id=plan.id, deal_id=deal.id)
    assert await store.read(ANN, lambda unit: (unit.plans.of(deal.id), unit.plans.get(plan.id))) == (plan, plan)


async def test_a_deal_has_one_plan_however_often_it_is_started(store: Store) -> None:
    deal, plan = await _start(store)
    known = replace(plan, demand="15% off")
    await _change(store, known)
    assert await store.write(ANN, lambda unit: unit.plans.start(deal.id, NOW + SOON), at=NOW) == known


async def test_there_is_no_plan_before_one_is_started(store: Store) -> None:
    nothing = (None, None, None)
    found = await store.read(ANN, lambda unit: (unit.plans.of("x"), unit.plans.get("x"), unit.plans.turn_of("x")))
    assert found == nothing
    assert await _change(store, Plan(id="x", deal_id="x")) is None
    with pytest.raises(NotFoundError):
        await store.write(ANN, lambda unit: unit.plans.start("x", NOW), at=NOW)


async def test_a_plan_is_there_next_week_and_for_another_replica(store: Store, url: str) -> None:
    deal, plan = await _start(store)
    whole = replace(
        plan,
        demand="15% off or they walk \x00 \U0001f680",
        behind="Their budget was cut",
        certainty=Certainty.GUESS,
        entries=(DISCOUNT, replace(DISCOUNT, id="2", side=Side.GET, limit=None, tradable=Tradable(what="logo"))),
        walk_away="41k",
        floor=Floor.LITTLE,
        settled=frozenset({Step.DEMAND, Step.GETS}),
    )
    await _change(store, whole)
    replica = Store.open(url)
    assert await replica.read(ANN, lambda unit: unit.plans.of(deal.id)) == whole
    assert str(whole.entries[0].tradable.amount) == "7.50"
    await replica.close()


async def test_a_turn_is_counted_so_that_an_old_card_is_known_as_old(store: Store) -> None:
    _, plan = await _start(store)
    assert await store.read(ANN, lambda unit: unit.plans.turn_of(plan.id)) == 1
    assert [await _change(store, plan), await _change(store, plan)] == [2, 3]
    assert await store.read(ANN, lambda unit: unit.plans.turn_of(plan.id)) == 3


async def test_recent_plans_are_for_open_deals_and_the_last_touched_comes_first(store: Store) -> None:
    first, first_plan = await _start(store, "First")
    second, second_plan = await _start(store, "Second", NOW + SOON)
    won, _ = await _start(store, "Won", NOW + 2 * SOON)
    await store.write(ANN, lambda unit: unit.deals.close(won.id, Stage.WON, NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.plans.recent()) == [(second_plan, second), (first_plan, first)]
    await _change(store, first_plan, NOW + 3 * SOON)
    assert await store.read(ANN, lambda unit: unit.plans.recent(1)) == [(first_plan, first)]


@pytest.fixture
async def replicas(url: str) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes on one database, as far as it can tell: neither shares a connection or a queue with the other."""
    both = Store.open(url), Store.open(url)
    yield both
    for one in both:
        await one.close()


async def test_two_devices_that_change_a_plan_at_once_lose_nothing(replicas: tuple[Store, Store]) -> None:
    _, plan = await _start(replicas[0])

    def name_one_more(unit: Unit) -> int | None:
        known = unit.plans.get(plan.id)
        assert known
        return unit.plans.change(replace(known, demand=known.demand + "!", entries=(*known.entries, DISCOUNT)), NOW)

    devices = [(replicas[number % 2], (ANN, ANN_IN_CHANNEL)[number // 2 % 2]) for number in range(40)]
    turns = await asyncio.gather(*(replica.write(who, name_one_more, at=NOW) for replica, who in devices))
    assert sorted(turn or 0 for turn in turns) == list(range(2, 42))
    changed = await replicas[1].read(ANN, lambda unit: unit.plans.get(plan.id))
    assert changed
    assert (len(changed.demand), len(changed.entries)) == (40, 40)


async def test_two_devices_that_start_a_plan_at_once_start_the_same_one(replicas: tuple[Store, Store]) -> None:
    deal = await replicas[0].write(ANN, lambda unit: unit.deals.add(DealDraft(name="Acme", client="Acme")), at=NOW)
    started = await asyncio.gather(
        *(replica.write(ANN, lambda unit: unit.plans.start(deal.id, NOW), at=NOW) for replica in replicas * 5)
    )
    assert len({plan.id for plan in started}) == 1


# What a version of the coach may find that isn't the one that wrote it.
UNREADABLE = {
    "a later form": "UPDATE plans SET version = 2",
    "a step that is no longer taken": """UPDATE plans SET body = '{"settled": ["guess"]}'""",
    "a list": "UPDATE plans SET body = '[]'",
    "half a body": """UPDATE plans SET body = '{"demand": '""",
    "nothing": "UPDATE plans SET body = ''",
}


@pytest.mark.parametrize("damage", UNREADABLE.values(), ids=UNREADABLE)
async def test_a_plan_that_cannot_be_read_is_as_none_until_a_new_one_takes_its_place(
    store: Store, url: str, damage: str
) -> None:
    deal, plan = await _start(store)
    await _damage(url, damage)
    found = await store.read(ANN, lambda unit: (unit.plans.of(deal.id), unit.plans.get(plan.id), unit.plans.recent()))
    assert found == (None, None, [])
    assert (await store.read(ANN, lambda unit: unit.export()))["plans"]
    anew = await store.write(ANN, lambda unit: unit.plans.start(deal.id, NOW), at=NOW)
    assert anew.id != plan.id
    assert await store.read(ANN, lambda unit: (unit.plans.of(deal.id), unit.plans.get(plan.id))) == (anew, None)
    assert await _change(store, plan) is None


async def test_a_plan_written_before_a_field_was_thought_of_is_still_read(store: Store, url: str) -> None:
    _, plan = await _start(store)
    await _damage(url, """UPDATE plans SET body = '{"demand": "15% off", "of another day": 1}'""")
    assert await store.read(ANN, lambda unit: unit.plans.get(plan.id)) == replace(plan, demand="15% off")


async def _damage(url: str, statement: str) -> None:
    database = database_at(url)
    await database.write(lambda connection: connection.execute(text(statement)))
    await database.close()


async def test_a_plan_that_could_not_be_read_back_is_not_written(store: Store) -> None:
    _, plan = await _start(store)
    endless = replace(DISCOUNT, limit=Decimal("Infinity"))
    with pytest.raises(ValueError, match="finite"):
        await _change(store, replace(plan, entries=(endless,)))
    assert await store.read(ANN, lambda unit: (unit.plans.get(plan.id), unit.plans.turn_of(plan.id))) == (plan, 1)


_numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
_words = st.text(st.characters(exclude_categories=["Cs"]))
_estimates = st.builds(Estimate, st.sampled_from(Worth), st.booleans())
_tradables = st.builds(
    Tradable, what=_words, amount=_numbers, unit=_words, limit=st.booleans(), condition=_words, words=_words
)
_entries = st.builds(
    Entry,
    id=_words,
    side=st.sampled_from(Side),
    tradable=_tradables,
    ours=_estimates,
    theirs=_estimates,
    limit=_numbers,
    demanded=st.booleans(),
)
_plans = st.builds(
    Plan,
    id=st.just(""),
    deal_id=st.just(""),
    demand=_words,
    behind=_words,
    certainty=st.sampled_from(Certainty),
    entries=st.lists(_entries, max_size=3).map(tuple),
    walk_away=_words,
    floor=st.none() | st.sampled_from(Floor),
    settled=st.frozensets(st.sampled_from(Step)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=_plans)
async def test_any_plan_comes_back_as_it_was(store: Store, plan: Plan) -> None:
    _, blank = await _start(store)
    plan = replace(plan, id=blank.id, deal_id=blank.deal_id)
    await _change(store, plan)
    found = await store.read(ANN, lambda unit: unit.plans.get(plan.id))
    assert found
    assert found == plan
    assert str(found.entries) == str(plan.entries)  # equal numbers may differ in their digits


async def test_half_a_character_of_a_broken_client_does_not_cost_the_plan(store: Store) -> None:
    _, plan = await _start(store)
    await _change(store, replace(plan, demand="15% \ud83d off"))
    found = await store.read(ANN, lambda unit: unit.plans.get(plan.id))
    assert found == replace(plan, demand="15% \ufffd off")
