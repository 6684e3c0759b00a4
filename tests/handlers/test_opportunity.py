"""When a person may be disturbed with a letter."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.plain import of_card
from content.library import Playbook
from handlers.opportunity import opportune, soonest
from store import Store
from tests.handlers.keeper import MONDAY, Keeper
from tests.handlers.test_checkins import due

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
async def ann(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    async with Keeper(tmp_path, playbook) as keeper:
        keeper.away = True
        yield keeper


async def asked(ann: Keeper, at: datetime) -> datetime:
    """What a courier with the oldest letter in its hand is told."""
    store = Store.open(f"sqlite+aiosqlite:///{ann.folder}/coach.db")
    [letter, *_] = await store.letters.claim(at, 50, timedelta(minutes=2), platform="slack")
    moment = await opportune(store)(letter, at)
    await store.close()
    return moment


async def test_nobody_is_written_to_at_night_or_at_the_weekend(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    night, noon = datetime(2026, 11, 23, 22, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert await ann.within(lambda work: soonest(work, night)) == TUESDAY
    assert await ann.within(lambda work: soonest(work, noon)) == noon
    saturday = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert await ann.within(lambda work: soonest(work, saturday)) == datetime(2026, 11, 30, 9, tzinfo=UTC)


async def test_nobody_is_written_to_while_they_paused_it_all(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("checkins pause until 1 december")
    assert await ann.within(lambda work: soonest(work, MONDAY)) == datetime(2026, 12, 1, 9, tzinfo=UTC)
    await ann.says("checkins pause all")
    assert await ann.within(lambda work: soonest(work, MONDAY)) == TUESDAY


async def test_of_a_stranger_nobody_knows_any_hours(ann: Keeper) -> None:
    night = datetime(2026, 11, 23, 22, tzinfo=UTC)
    assert await ann.within(lambda work: soonest(work, night)) == night


async def test_a_message_of_its_own_day_is_let_through(ann: Keeper) -> None:
    await due(ann)
    await ann.passes(hours=2)
    assert await asked(ann, ann.now) == ann.now
    assert [key for key, _ in await ann.letters()] == ["checkins:2026-11-23"]


async def test_the_message_of_a_day_that_is_over_is_written_anew(ann: Keeper) -> None:
    await due(ann)
    await ann.passes(hours=2)
    ann.now = datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert await asked(ann, ann.now) == TUESDAY
    assert await ann.letters() == []
    [said] = await ann.passes(days=1)
    assert "Acme" in said
    [(key, card)] = await ann.letters()
    assert key == "checkins:2026-11-24"
    assert of_card(card) == said


async def test_a_reminder_that_nobody_got_comes_again_though_it_was_the_last(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by tuesday for acme")
    await ann.passes(days=3)
    [(key, _)] = await ann.letters()
    assert key == "checkins:2026-11-25"
    ann.now = datetime(2026, 11, 25, 20, tzinfo=UTC)
    await asked(ann, ann.now)
    [said] = await ann.passes(days=1)
    assert "Still open: send the draft" in said
