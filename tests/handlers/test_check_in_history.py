"""What became of check-ins is counted by day: each client once, and only what settled one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.coach.teams import Period
from content.library import Playbook
from tests.handlers.keeper import MONDAY, Keeper

TODAY = MONDAY.date()
WEEK = Period(TODAY, TODAY + timedelta(days=7))


@pytest.fixture
async def ann(database: str, tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    assert database
    async with Keeper(tmp_path, playbook) as keeper:
        yield keeper


async def counted(keeper: Keeper, period: Period = WEEK) -> tuple[int, int, int]:
    """How many were done, put off and left out."""
    found = await keeper.within(lambda work: work.counts.mine(period, "UTC"))
    return found.done, found.snoozed, found.skipped


async def due(keeper: Keeper, name: str = "Acme rollout") -> str:
    """Have a won deal that is due since long."""
    deal = await keeper.wins(name)
    warm = await keeper.within(lambda work: work.warmth.of(deal))
    long_ago = replace(warm, won_on=date(2026, 10, 1))
    await keeper.within(lambda work: work.warmth.change(long_ago))
    return deal


@pytest.mark.parametrize(
    ("action", "subject", "counts"),
    [
        ("checkin.done", "{}", (1, 0, 0)),
        ("checkin.done", "{}.day", (1, 0, 0)),
        ("checkin.snooze", "tomorrow.{}.day", (0, 1, 0)),
        ("checkin.skip", "{}", (0, 0, 1)),
        ("touch.deal", "{}", (1, 0, 0)),
        ("payoff.renewal", "{}", (1, 0, 0)),
    ],
)
async def test_each_outcome_is_counted_once_however_often_it_is_pressed(
    ann: Keeper, action: str, subject: str, counts: tuple[int, int, int]
) -> None:
    deal = await due(ann)
    for _ in range(2):
        await ann.presses(action, subject.format(deal))
    assert await counted(ann) == counts


async def test_a_date_of_ones_own_puts_off_too(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.sends("checkin.snooze", deal, {"due": "30 November 2026"})
    assert await counted(ann) == (0, 1, 0)


async def test_a_call_told_in_a_sentence_settles_what_was_due(ann: Keeper) -> None:
    await due(ann)
    await ann.says("called acme today")
    assert await counted(ann) == (1, 0, 0)


async def test_yesterdays_call_counts_on_the_day_it_is_told_so_that_no_digest_misses_it(ann: Keeper) -> None:
    await due(ann)
    await ann.says("called acme yesterday")
    assert await counted(ann) == (1, 0, 0)


async def test_a_call_between_two_check_ins_is_none(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    await ann.says("called acme today")
    assert await counted(ann) == (0, 0, 0)


async def test_a_call_in_good_time_stands_for_the_check_in_it_makes_needless(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    ann.now += timedelta(days=4)
    await ann.says("called acme today")
    assert await counted(ann) == (1, 0, 0)


async def test_a_follow_up_that_is_due_is_a_check_in(ann: Keeper) -> None:
    deal = await ann.wins("Acme rollout")
    warm = await ann.within(lambda work: work.warmth.of(deal))
    await ann.within(lambda work: work.warmth.change(replace(warm, follow_up_on=TODAY)))
    await ann.says("called acme today")
    assert await counted(ann) == (1, 0, 0)


async def test_two_deals_of_one_client_were_spoken_to_once(ann: Keeper) -> None:
    one, other = await due(ann), await due(ann, "Acme pilot")
    await ann.presses("checkin.skip", one)
    assert await counted(ann) == (0, 0, 1)
    await ann.presses("checkin.skip", other)
    assert await counted(ann) == (0, 0, 1)


@pytest.mark.parametrize("first_won", [0, 1])
async def test_putting_one_deal_off_and_calling_about_the_other_is_one_outcome_of_that_client(
    ann: Keeper, first_won: int
) -> None:
    deals = [await due(ann), await ann.wins("Acme pilot")]
    await ann.presses("checkin.snooze", f"tomorrow.{deals[0]}")
    await ann.presses("checkin.done", deals[first_won])
    assert await counted(ann) == (1, 0, 0)


async def test_two_clients_are_two(ann: Keeper) -> None:
    for deal in (await due(ann), await due(ann, "Globex pilot")):
        await ann.presses("checkin.done", deal)
    assert await counted(ann) == (2, 0, 0)


async def test_what_was_put_off_and_then_done_on_the_same_day_was_done(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.presses("checkin.snooze", f"tomorrow.{deal}")
    await ann.presses("checkin.done", deal)
    assert await counted(ann) == (1, 0, 0)


async def test_put_off_one_day_and_done_the_next_are_both_counted(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.presses("checkin.snooze", f"tomorrow.{deal}")
    ann.now += timedelta(days=1)
    await ann.presses("checkin.done", deal)
    assert await counted(ann) == (1, 1, 0)


async def test_nothing_due_and_a_deal_gone_count_nothing(ann: Keeper) -> None:
    deal = await ann.wins("Acme rollout")
    await ann.presses("checkin.skip", deal)
    await ann.presses("checkin.snooze", f"tomorrow.{deal}")
    await ann.presses("checkin.done", "no-deal")
    assert await counted(ann) == (0, 0, 0)
