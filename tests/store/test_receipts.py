import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.address import Address
from store import AlreadyDoneError, Store, Unit

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _saw(unit: Unit) -> None:
    unit.tips.saw("balance.trade", NOW)


def _seen(unit: Unit) -> int:
    return unit.tips.seen().get("balance.trade", 0)


async def test_four_identical_deliveries_at_once_have_one_effect(store: Store) -> None:
    deliveries = (store.write(ANN, _saw, receipt="Ev1", at=NOW) for _ in range(4))
    outcomes = await asyncio.gather(*deliveries, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyDoneError"] * 3 + ["NoneType"]
    assert await store.read(ANN, _seen) == 1


async def test_one_delivery_to_two_people_has_one_effect(store: Store) -> None:
    bob = Address("slack", "T1", "D2", "U2")
    await store.write(ANN, _saw, receipt="Ev1", at=NOW)
    with pytest.raises(AlreadyDoneError):
        await store.write(bob, _saw, receipt="Ev1", at=NOW)
    assert await store.read(bob, _seen) == 0


async def test_the_same_receipt_in_another_company_is_another_happening(store: Store) -> None:
    elsewhere = Address("slack", "T2", "D1", "U1")
    await store.write(ANN, _saw, receipt="Ev1", at=NOW)
    await store.write(elsewhere, _saw, receipt="Ev1", at=NOW)
    assert await store.read(elsewhere, _seen) == 1


async def test_work_that_failed_leaves_no_receipt_and_can_be_delivered_again(store: Store) -> None:
    def fail(unit: Unit) -> None:
        unit.tips.saw("balance.trade", NOW)
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(ANN, fail, receipt="Ev1", at=NOW)
    assert await store.read(ANN, _seen) == 0
    await store.write(ANN, _saw, receipt="Ev1", at=NOW)
    assert await store.read(ANN, _seen) == 1


async def test_receipts_are_kept_for_a_week_and_no_longer(store: Store) -> None:
    await store.write(ANN, _saw, receipt="old", at=NOW - timedelta(days=7, seconds=1))
    await store.write(ANN, _saw, receipt="new", at=NOW - timedelta(days=7))
    assert await store.tidy(NOW) == 1
    with pytest.raises(AlreadyDoneError):
        await store.write(ANN, _saw, receipt="new", at=NOW)
    await store.write(ANN, _saw, receipt="old", at=NOW)


async def test_an_installation_never_finished_is_tidied_away_when_it_expires(store: Store) -> None:
    await store.installations.remember_state("gone", NOW)
    await store.installations.remember_state("under way", NOW + timedelta(seconds=1))
    assert await store.tidy(NOW) == 1
    assert await store.installations.consume_state("under way", NOW)
