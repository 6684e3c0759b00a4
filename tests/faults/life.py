"""One life of a courier, in a process of its own that can be killed, stopped and starved at a named point."""

import asyncio
import multiprocessing
import os
import resource
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Self

from aiohttp import ClientSession

from bot.chat.address import Platform
from bot.chat.ports import Messenger
from bot.clock import ticking
from bot.courier import Courier, Habits
from bot.slack.options import SlackOptions
from bot.slack.options import new_messenger as new_slack
from bot.teams.connector import Connector
from bot.teams.send import TeamsMessenger
from bot.telemetry import Telemetry
from store import Letter, Store

KEY = "a key for the tokens of these workspaces"
HASTY = Habits(
    lease=timedelta(seconds=1.5),
    sending=timedelta(seconds=0.5),
    doubt=timedelta(seconds=0.2),
    first_wait=timedelta(seconds=0.05),
)
"""The habits of a courier whose seconds are short: a lease of 1.5 seconds stands for two minutes."""
TICK = timedelta(seconds=0.1)
GIVEN_UP_AFTER = 20


@dataclass(frozen=True)
class Fate:
    """Where a courier works, and which one of which step it holds still at. A `hasty` one has short leases."""

    database: str
    sink: str
    platform: Platform
    step: str = ""
    number: int = 0
    hasty: bool = True


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  these are measured against the real clock


class NoToken:
    """The emulator's credentials."""

    async def token(self) -> str:
        return ""

    def refused(self, token: str) -> None:
        raise AssertionError(token)


@asynccontextmanager
async def messenger_for(platform: Platform, store: Store, sink: str) -> AsyncIterator[Messenger]:
    """Give the real messenger of a platform, before the sink."""
    if platform == "slack":
        options = SlackOptions(client_id="1.2", client_secret="x", api_url=f"{sink}/api/")
        slack = new_slack(options, store.installations, now)
        yield slack
        await slack.api.close()
    else:
        async with ClientSession() as session:
            yield TeamsMessenger(Connector(NoToken(), session), store, now)


class Child:
    """A courier's process, as its parent holds it."""

    def __init__(self, fate: Fate) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_live, args=(fate, theirs), daemon=True)
        self._process.start()
        theirs.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._signal(signal.SIGKILL)
        self._signal(signal.SIGCONT)
        await asyncio.to_thread(self._process.join)
        self._pipe.close()

    async def arrives(self) -> bool:
        """Wait until it holds still at its step; False where it didn't get there in a long time."""
        return await asyncio.to_thread(self._pipe.poll, GIVEN_UP_AFTER)

    def stops(self) -> None:
        self._signal(signal.SIGSTOP)

    def goes_on(self) -> None:
        self._signal(signal.SIGCONT)
        self._pipe.recv()
        self._pipe.send("go on")

    async def ends(self) -> int:
        """Tell it to stop, as a supervisor does; give how many letters were found in other hands."""
        self._signal(signal.SIGTERM)
        while (said := await asyncio.to_thread(self._pipe.recv)) == "here":
            pass
        return int(said)

    def _signal(self, what: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            if self._process.pid:
                os.kill(self._process.pid, what)


def _live(fate: Fate, pipe: Connection) -> None:
    asyncio.run(_carry(fate, pipe))


async def _carry(fate: Fate, pipe: Connection) -> None:
    left = fate.number

    def observe(step: str, _letter: Letter) -> None:
        nonlocal left
        left -= step == fate.step
        if step == fate.step and left == 0:
            pipe.send("here")
            pipe.recv()  # nothing in this process moves meanwhile

    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    store, telemetry = Store.open(fate.database, [KEY]), Telemetry()
    async with messenger_for(fate.platform, store, fate.sink) as messenger:
        habits = replace(HASTY if fate.hasty else Habits(), observe=observe)
        courier = Courier(store.letters, {fate.platform: messenger}, now, telemetry, habits)
        async with ticking(TICK, courier.wake), courier.at_work():
            await told.wait()
    await store.close()
    pipe.send(_stale(telemetry))


def _stale(telemetry: Telemetry) -> int:
    lines = [line for line in telemetry.render().decode().splitlines() if line.startswith("coach_letters_total{")]
    return sum(int(float(line.rpartition(" ")[2])) for line in lines if '"stale"' in line)


def starve(bytes_at_most: int) -> None:
    """Let this process write no file beyond a size: what it sees is a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_at_most, resource.RLIM_INFINITY))
