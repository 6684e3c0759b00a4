"""What is shared with a team: deliberately, in one's own words, and taken back at will."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from bot.chat.address import Address
from bot.coach.teams import Count, Period, Share, Shared, Team
from bot.errors import NotFoundError
from store import Store, Unit

T = TypeVar("T")
ANN = Address("slack", "T1", "D1", "U1")
BOB = Address("slack", "T1", "D2", "U2")
EVE = Address("slack", "T1", "D3", "U3")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
WEEK = Period(TODAY, TODAY + timedelta(days=7))
WEST = Team(id="W1", name="West", channel="C1", covered_to=TODAY)
WIN = Shared(id="S1", team_id="W1", user="U2", kind=Share.WIN, text="Acme renewed", on=TODAY)
HELP = replace(WIN, id="S2", kind=Share.HELP, text="Who knows Globex?")


async def _as(store: Store, who: Address, work: Callable[[Unit], T]) -> T:
    return await store.write(who, work, at=NOW)


@pytest.fixture(autouse=True)
async def _west(store: Store) -> None:
    """Ann's team, in which Bob is a member, and to which Eve is invited."""
    await _as(store, ANN, lambda unit: unit.teams.create(WEST, NOW))
    await _as(store, BOB, lambda unit: unit.teams.join("W1", NOW))
    await _as(store, ANN, lambda unit: unit.teams.invite("W1", "U3", NOW))


async def _of_team(store: Store, period: Period = WEEK) -> list[Shared]:
    return await store.read(ANN, lambda unit: unit.lines.of_team("W1", period))


@pytest.mark.parametrize("text", ["Acme renewed", "\u202eemca \U0001f600", "x" * 5000, "a\x00b\x1b[31m", "' OR 1=1 --"])
async def test_a_line_stands_in_its_teams_digest_as_it_was_written(store: Store, text: str) -> None:
    line = replace(WIN, text=text)
    kept = await _as(store, BOB, lambda unit: unit.lines.share(line, NOW))
    assert kept == replace(line, text=text.replace("\x00", ""))
    assert await _of_team(store) == [kept]
    assert await store.read(BOB, lambda unit: unit.lines.mine("W1", WEEK)) == [kept]


async def test_nobody_shares_a_line_in_another_name(store: Store) -> None:
    assert (await _as(store, BOB, lambda unit: unit.lines.share(replace(WIN, user="U1"), NOW))).user == "U2"


@pytest.mark.parametrize("who", [EVE, replace(ANN, user="U9"), replace(ANN, tenant="T2")])
async def test_who_is_not_in_a_team_shares_and_withholds_nothing_there(store: Store, who: Address) -> None:
    with pytest.raises(NotFoundError):
        await _as(store, who, lambda unit: unit.lines.share(WIN, NOW))
    with pytest.raises(NotFoundError):
        await _as(store, who, lambda unit: unit.lines.withhold("W1", TODAY, Count.TRADES))
    assert await _of_team(store) == []


async def test_lines_belong_to_the_period_of_their_day_in_the_order_they_were_written(store: Store) -> None:
    days = {"a": TODAY - timedelta(days=1), "b": TODAY, "c": TODAY + timedelta(days=6), "d": WEEK.ends}
    for name, day in reversed(days.items()):
        line = replace(WIN, id=name, on=day)
        await _as(store, BOB, lambda unit, line=line: unit.lines.share(line, NOW))  # type: ignore[misc]
    assert [line.id for line in await _of_team(store)] == ["b", "c"]
    assert [line.id for line in await _of_team(store, Period(WEEK.ends, WEEK.ends + timedelta(7)))] == ["d"]


async def test_a_line_taken_back_is_gone_from_the_digest(store: Store) -> None:
    await _as(store, BOB, lambda unit: unit.lines.share(WIN, NOW))
    assert not await _as(store, ANN, lambda unit: unit.lines.take_back("S1"))
    assert await _as(store, BOB, lambda unit: unit.lines.take_back("S1"))
    assert not await _as(store, BOB, lambda unit: unit.lines.take_back("S1"))
    assert await _of_team(store) == []
    assert await store.read(ANN, lambda unit: unit.lines.get("W1", "S1")) is None


async def test_the_first_who_helps_is_the_one_who_helps(store: Store) -> None:
    await _as(store, BOB, lambda unit: unit.lines.share(HELP, NOW))
    reader = replace(ANN, user="U7")
    assert await _as(store, reader, lambda unit: unit.lines.help_with("W1", "S2"))
    assert not await _as(store, ANN, lambda unit: unit.lines.help_with("W1", "S2"))
    assert await store.read(BOB, lambda unit: unit.lines.get("W1", "S2")) == replace(HELP, helper="U7")


async def test_of_two_who_offer_help_at_once_one_does(store: Store, url: str) -> None:
    await _as(store, BOB, lambda unit: unit.lines.share(HELP, NOW))
    other = Store.open(url)
    offering = [
        _as(one, who, lambda unit: unit.lines.help_with("W1", "S2")) for one, who in ((store, ANN), (other, EVE))
    ]
    assert sorted(await asyncio.gather(*offering)) == [False, True]
    await other.close()


async def test_nobody_helps_with_what_is_no_request_or_their_own(store: Store) -> None:
    for line in (WIN, HELP):
        await _as(store, BOB, lambda unit, line=line: unit.lines.share(line, NOW))  # type: ignore[misc]
    for who, team, this in ((ANN, "W1", "S1"), (BOB, "W1", "S2"), (ANN, "W9", "S2"), (ANN, "W1", "S9")):
        assert not await _as(store, who, lambda unit, team=team, this=this: unit.lines.help_with(team, this))  # type: ignore[misc]
    assert await store.read(BOB, lambda unit: unit.lines.get("W1", "S2")) == HELP


async def test_a_part_of_the_counts_is_taken_out_and_put_back_for_one_digest(store: Store) -> None:
    def withhold(unit: Unit) -> list[bool]:
        return [unit.lines.withhold("W1", TODAY, what) for what in (Count.TRADES, Count.TRADES, Count.PAYOFFS)]

    assert await _as(store, BOB, withhold) == [True, False, True]
    seen = [await store.read(BOB, lambda unit, on=on: unit.lines.withheld("W1", on)) for on in (TODAY, WEEK.ends)]  # type: ignore[misc]
    assert seen == [{Count.TRADES, Count.PAYOFFS}, frozenset()]
    assert await _as(store, BOB, lambda unit: unit.lines.give_back("W1", TODAY, Count.TRADES))
    assert not await _as(store, BOB, lambda unit: unit.lines.give_back("W1", TODAY, Count.TRADES))
    assert await store.read(BOB, lambda unit: unit.lines.withheld("W1", TODAY)) == {Count.PAYOFFS}
