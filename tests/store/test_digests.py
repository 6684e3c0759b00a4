"""What digests counted: one for each period, for the picture of eight weeks."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.chat.address import Address
from bot.coach.teams import Period, Team, team_owner
from store import Issue, Store

ANN = Address("slack", "T1", "D1", "U1")
OF_WEST = Address("slack", "T1", "", team_owner("W1"))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
COUNTS = {"promises": {"kept": 4, "late": 1}}


def _week(number: int) -> Period:
    starts = TODAY + timedelta(weeks=number)
    return Period(starts, starts + timedelta(weeks=1))


@pytest.fixture(autouse=True)
async def _west(store: Store) -> None:
    west = Team(id="W1", name="West", channel="C1", covered_to=TODAY)
    await store.write(ANN, lambda unit: unit.teams.create(west, NOW), at=NOW)


async def _put(store: Store, number: int) -> bool:
    return await store.write(
        OF_WEST, lambda unit: unit.digests.put("W1", _week(number), COUNTS, "balance.trade", NOW), at=NOW
    )


async def test_a_period_has_one_digest_whoever_counts_it_twice(store: Store, url: str) -> None:
    other = Store.open(url)
    assert sorted(await asyncio.gather(_put(store, 0), _put(other, 0))) == [False, True]
    await other.close()
    issue = Issue(period=_week(0), counts=COUNTS, practice="balance.trade", at=NOW)
    assert await store.read(ANN, lambda unit: unit.digests.last("W1")) == [issue]


async def test_the_last_eight_come_oldest_first(store: Store) -> None:
    assert await store.read(ANN, lambda unit: unit.digests.latest("W1")) is None
    for number in (3, 0, 9, 1, 2, 8, 7, 4, 6, 5):
        assert await _put(store, number)
    last = await store.read(ANN, lambda unit: unit.digests.last("W1"))
    assert [issue.period for issue in last] == [_week(number) for number in range(2, 10)]
    latest = await store.read(ANN, lambda unit: unit.digests.latest("W1"))
    assert latest == last[-1]
