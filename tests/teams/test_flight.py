"""An errand runs once for everybody who asks meanwhile."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.teams.flight import Flight


@dataclass
class Errand:
    """Counts its runs, and ends when the test says so."""

    runs: int = 0
    failure: Exception | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self) -> int:
        self.runs += 1
        self.begun.set()
        await self.over.wait()
        if self.failure:
            raise self.failure
        return self.runs


async def test_whoever_asks_meanwhile_gets_the_same_and_who_asks_later_a_new_one() -> None:
    errand = Errand()
    flight = Flight(errand)
    asking = [asyncio.create_task(flight()) for _ in range(3)]
    await errand.begun.wait()
    assert flight.under_way
    errand.over.set()
    assert await asyncio.gather(*asking) == [1, 1, 1]
    assert not flight.under_way
    assert await flight() == 2


async def test_an_error_is_everybodys_and_the_next_one_tries_again() -> None:
    errand = Errand(failure=RuntimeError())
    flight = Flight(errand)
    errand.over.set()
    for _ in range(2):
        failed = await asyncio.gather(flight(), flight(), return_exceptions=True)
        assert {type(one) for one in failed} == {RuntimeError}
    assert errand.runs == 2


async def test_who_gives_up_does_not_end_it_for_the_others() -> None:
    errand = Errand()
    flight = Flight(errand)
    impatient, patient = asyncio.create_task(flight()), asyncio.create_task(flight())
    await errand.begun.wait()
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    errand.over.set()
    assert await patient == 1


async def test_stopping_ends_the_errand_under_way() -> None:
    errand = Errand()
    flight = Flight(errand)
    asking = asyncio.create_task(flight())
    await errand.begun.wait()
    await flight.stop()
    assert not flight.under_way
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_stopping_what_never_began_is_quiet() -> None:
    await Flight(Errand()).stop()
