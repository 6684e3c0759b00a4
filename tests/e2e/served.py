"""A program that serves, and can be stopped and started anew on the same database."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from tests.program import Operator, Running
from tests.stories.rep import until

# Nothing is under way when a test stops the program: that is sooner than what is under way would be given.
PROMPT_SECONDS = 8
# The program looks every two seconds; a busy machine takes longer.
PATIENCE_SECONDS: Final = 30
# The clock goes on while it looks, and what it finds may be for somebody to be looked in on at once.
MEANWHILE: Final = timedelta(seconds=30)
_DUE: Final = """SELECT (SELECT count(*) FROM agendas WHERE next_at <= ?)
    + (SELECT count(*) FROM teams WHERE next_at <= ?)
    + (SELECT count(*) FROM outbox WHERE status = 'pending')"""
_STANDS: Final = "SELECT owner, next_at, last_day FROM agendas"


class Served:
    """`python app.py try`, or `serve`; every stop is a SIGTERM that has to end well and soon."""

    def __init__(self, operator: Operator, command: str, **settings: str) -> None:
        """Run `command` in the operator's folder; its database is there, too."""
        self._operator = operator
        self._command = command
        self._settings = settings
        self._running: Running | None = None
        self._stack = AsyncExitStack()

    @property
    def url(self) -> str:
        """Where it serves now."""
        assert self._running
        return self._running.url

    @property
    def database(self) -> Path:
        """The file it works on."""
        return self._operator.database

    def asks(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into its database."""
        return self._operator.asks(statement, *values)

    async def quiet(self, moment: datetime) -> None:
        """Wait until nothing is left that was due by then: all were looked in on, and every letter is out."""
        by_then = f"{moment + MEANWHILE:%Y-%m-%d %H:%M:%S.%f}"

        def nothing_due() -> bool:
            [(due,)] = self.asks(_DUE, by_then, by_then)
            return not due

        await until(nothing_due, "nothing due", lambda: str(self.asks(_STANDS)), PATIENCE_SECONDS)

    async def again(self) -> str:
        """Stop it and start it anew; gives the address, which is another one."""
        await self.stop()
        self._running = await self._stack.enter_async_context(self._operator.starts(self._command, **self._settings))
        return self.url

    async def stop(self) -> None:
        """Stop it where it runs, as a host does; it may have logged no error."""
        if self._running:
            running, self._running = self._running, None
            async with asyncio.timeout(PROMPT_SECONDS):
                status = await running.stops()
            wrong = [line for line in running.logged() if line["level"] in ("error", "critical")]
            assert (status, wrong) == (0, []), (status, wrong)

    async def __aenter__(self) -> Self:
        await self.again()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async with self._stack:
            await self.stop()
