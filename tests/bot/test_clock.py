"""One tick, again and again, whatever becomes of it."""

import asyncio
import io
import json
from datetime import timedelta

import pytest

from bot.clock import Clock, ticking
from bot.telemetry import configure_logging

SOON = timedelta(milliseconds=5)
PATIENCE = 5.0


class Ticks:
    """Counts its ticks, and lets a test wait for one of them."""

    def __init__(self, *, broken: bool = False) -> None:
        self.count = 0
        self.at_once = 0
        self.most_at_once = 0
        self.go_on = asyncio.Event()
        self._broken = broken
        self._changed = asyncio.Condition()

    async def __call__(self) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            async with self._changed:
                self.count += 1
                self._changed.notify_all()
            await self.go_on.wait()
            if self._broken:
                raise ValueError("what a rep typed")
        finally:
            self.at_once -= 1

    async def reach(self, number: int) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self.count >= number)


async def test_the_clock_ticks_again_and_again() -> None:
    ticks = Ticks()
    ticks.go_on.set()
    clock = Clock(SOON, ticks)
    clock.start()
    await ticks.reach(3)
    await clock.stop()


async def test_a_stopped_clock_ticks_no_more_and_can_be_stopped_twice() -> None:
    ticks = Ticks()
    ticks.go_on.set()
    clock = Clock(SOON, ticks)
    clock.start()
    await ticks.reach(1)
    await clock.stop()
    await clock.stop()
    stopped_at = ticks.count
    other = Ticks()
    other.go_on.set()
    witness = Clock(SOON, other)
    witness.start()
    await other.reach(5)
    await witness.stop()
    assert ticks.count == stopped_at


async def test_a_clock_that_never_ran_can_be_stopped() -> None:
    await Clock(SOON, Ticks()).stop()


async def test_a_slow_tick_never_overlaps_itself() -> None:
    slow, witness_ticks = Ticks(), Ticks()
    witness_ticks.go_on.set()
    clock, witness = Clock(SOON, slow), Clock(SOON, witness_ticks)
    clock.start()
    await slow.reach(1)
    witness.start()
    await witness_ticks.reach(5)
    assert slow.count == 1
    slow.go_on.set()
    await slow.reach(3)
    await clock.stop()
    await witness.stop()
    assert slow.most_at_once == 1


async def test_a_failed_tick_is_logged_without_its_words_and_the_next_one_still_comes() -> None:
    lines = io.StringIO()
    configure_logging(lines, json=True)
    ticks = Ticks(broken=True)
    ticks.go_on.set()
    clock = Clock(SOON, ticks)
    clock.start()
    await ticks.reach(3)
    await clock.stop()
    first = json.loads(lines.getvalue().splitlines()[0])
    assert first["event"] == "a tick failed; the next one tries again"
    assert len(first["reference"]) == 8
    assert "ValueError" in first["exception"]
    assert "what a rep typed" not in lines.getvalue()


async def test_stopping_lets_a_tick_at_work_finish() -> None:
    ticks = Ticks()
    clock = Clock(SOON, ticks)
    clock.start()
    await ticks.reach(1)
    stopping = asyncio.create_task(clock.stop())
    for _ in range(20):
        await asyncio.sleep(0)
    assert not stopping.done()
    ticks.go_on.set()
    async with asyncio.timeout(PATIENCE):
        await stopping
    assert ticks.at_once == 0


@pytest.fixture(autouse=True)
def _quiet_log() -> None:
    configure_logging(io.StringIO(), json=True)


async def test_a_clock_ticks_as_long_as_somebody_stays() -> None:
    ticks = Ticks()
    ticks.go_on.set()
    async with ticking(SOON, ticks):
        await ticks.reach(2)
    ticked = ticks.count
    witness = Ticks()
    witness.go_on.set()
    async with ticking(SOON, witness):
        await witness.reach(3)
    assert ticks.count == ticked
