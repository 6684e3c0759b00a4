"""What goes on after a platform was answered is finished before a door closes."""

import asyncio

from bot.chat.underway import UnderWay


async def test_what_is_under_way_is_finished() -> None:
    under_way, go_on, done = UnderWay(), asyncio.Event(), list[str]()

    async def work(name: str) -> None:
        await go_on.wait()
        done.append(name)

    under_way.start(work("one"))
    under_way.start(work("two"))
    finishing = asyncio.create_task(under_way.finish(5))
    await asyncio.sleep(0)
    assert not finishing.done()
    go_on.set()
    await finishing
    assert sorted(done) == ["one", "two"]


async def test_what_takes_too_long_is_given_up() -> None:
    under_way, given_up = UnderWay(), list[bool]()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            given_up.append(True)

    under_way.start(work())
    async with asyncio.timeout(5):
        await under_way.finish(0.01)
    assert given_up == [True]


async def test_where_nothing_is_under_way_nothing_is_waited_for() -> None:
    await UnderWay().finish(5)
