"""The real program, as an operator starts it: a process of its own, an empty folder, a clean environment."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from handlers.crm import bring_in
from store import Store
from tests.databases import furnished, url_in
from tests.slack.platform import SECRET, FakeSlack, Person

APP = Path(__file__).parents[1] / "app.py"
WAIT_SECONDS = 60
STARTED = {"serve": "Serving ", "try": "The try page is on"}


def unmeasured() -> dict[str, str]:
    """The environment, without what measures coverage in programs of their own: it can take longer than they do."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Ended:
    """How a command went."""

    status: int
    out: str
    err: str


@dataclass
class Running:
    """A program that serves, until it is told to stop."""

    process: asyncio.subprocess.Process
    url: str
    said: list[str]
    log: Path

    async def stops(self) -> int:
        """Send SIGTERM, and give the status it ends with."""
        self.told_to_stop()
        return await self.ends()

    def told_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    async def ends(self) -> int:
        async with asyncio.timeout(WAIT_SECONDS):
            return await self.process.wait()

    def logged(self) -> list[dict[str, Any]]:
        """Read what is in the log so far; every line has to be JSON."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@dataclass
class Operator:
    """Somebody at a terminal, in a folder of their own. `settings` is all that is in the environment."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.folder / "coach.db"

    def migrates(self) -> None:
        """Make the tables, without the detour of a program."""
        furnished(self.folder)

    async def has_deals(self, tenant: str, export: bytes, now: datetime) -> None:
        """Import deals, without the detour of a program."""
        store = Store.open(url_in(self.folder))
        await bring_in(store, tenant, export, now)
        await store.close()

    async def runs(self, *words: str, **settings: str) -> Ended:
        """Run a command to its end."""
        return await self.gives(b"", *words, **settings)

    async def gives(self, given: bytes, /, *words: str, **settings: str) -> Ended:
        """Run a command to its end, with something to read from its standard input."""
        pipe = asyncio.subprocess.PIPE
        process = await self._start(words, settings, stdin=pipe, stdout=pipe, stderr=pipe)
        async with asyncio.timeout(WAIT_SECONDS):
            out, err = await process.communicate(given)
        assert process.returncode is not None
        return Ended(process.returncode, out.decode(), err.decode())

    @asynccontextmanager
    async def talks(self, *words: str) -> AsyncIterator[tuple[Callable[[str], None], Callable[[], Awaitable[str]]]]:
        """Run a command that one can write a line to and read a line from, until its input ends."""
        pipe = asyncio.subprocess.PIPE
        process = await self._start(words, {}, stdin=pipe, stdout=pipe)
        reader, writer = process.stdout, process.stdin
        assert reader
        assert writer

        async def read() -> str:
            async with asyncio.timeout(WAIT_SECONDS):
                return (await reader.readline()).decode()

        yield lambda line: writer.write(f"{line}\n".encode()), read
        writer.close()
        async with asyncio.timeout(WAIT_SECONDS):
            assert await process.wait() == 0

    @asynccontextmanager
    async def starts(self, command: str, **settings: str) -> AsyncIterator[Running]:
        """Start `serve` or `try`, wait until it says that it serves, and stop it at the end.

        The port is a free one unless told.
        """
        port, log = int(settings.get("PORT", free_port())), self.folder / "log"
        with log.open("w") as stderr:
            process = await self._start(
                (command,), {"PORT": str(port)} | settings, stdout=asyncio.subprocess.PIPE, stderr=stderr
            )
        running = Running(process, f"http://127.0.0.1:{port}", [], log)
        try:
            await self._until(STARTED[command], running)
            yield running
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _until(self, start: str, running: Running) -> None:
        assert running.process.stdout
        async with asyncio.timeout(WAIT_SECONDS):
            while not (running.said and running.said[-1].startswith(start)):
                line = (await running.process.stdout.readline()).decode()
                assert line, f"it ended: {running.log.read_text()}"
                running.said.append(line.strip())

    async def _start(
        self,
        words: tuple[str, ...],
        settings: dict[str, str],
        **streams: Any,  # noqa: ANN401
    ) -> asyncio.subprocess.Process:
        # PATH for the interpreter's own needs, and what measures coverage in programs of their own.
        passed = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")}
        environment = passed | {"HOME": str(self.folder), "COLUMNS": "120"} | self.settings | settings
        return await asyncio.create_subprocess_exec(
            sys.executable, str(APP), *words, cwd=self.folder, env=environment, **streams
        )

    def left_behind(self) -> set[str]:
        """Name the files in the folder."""
        return {path.name for path in self.folder.iterdir()}

    @asynccontextmanager
    async def holding_the_database(self) -> AsyncIterator[None]:
        """Keep every other writer waiting."""
        connection = sqlite3.connect(self.database, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.close()

    def asks(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database, or spoil it."""
        connection = sqlite3.connect(self.database, isolation_level=None)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()


async def seen(session: ClientSession, url: str) -> tuple[int, str]:
    """Get a page: its status and text."""
    async with session.get(url) as answer:
        return answer.status, await answer.text()


async def clock_of(session: ClientSession, url: str) -> datetime:
    """Read a server's own clock, by which it judges the age of a signature."""
    async with session.get(f"{url}/healthz") as answer:
        return parsedate_to_datetime(answer.headers["Date"])


async def person(session: ClientSession, running: Running, slack: FakeSlack) -> Person:
    """Let Ann stand before the Slack door of a running program."""
    moment = await clock_of(session, running.url)
    return Person(running.url, slack, session, lambda: moment, secret=SECRET)
