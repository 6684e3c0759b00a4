"""The one answer that a platform waits for."""

import asyncio

from bot.chat.ack import Ack


async def test_the_first_answer_is_the_one_that_goes_back() -> None:
    ack = Ack()
    assert ack.give({"text": "first"})
    assert not ack.give({"text": "second"})
    assert await ack.within(5) == {"text": "first"}


async def test_an_answer_is_waited_for() -> None:
    ack = Ack()
    waiting = asyncio.create_task(ack.within(5))
    await asyncio.sleep(0)
    assert not waiting.done()
    ack.give({})
    assert await waiting == {}


async def test_after_the_deadline_whoever_answers_is_told_that_it_is_too_late() -> None:
    ack = Ack()
    assert await ack.within(0) is None
    assert not ack.give({"text": "late"})


async def test_an_answer_in_time_stays_one_after_the_deadline() -> None:
    ack = Ack()
    ack.give({"text": "in time"})
    assert await ack.within(0) == {"text": "in time"}
    assert not ack.give({})
