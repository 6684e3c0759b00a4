"""Plays every fault as often as it takes to believe it, and prints a table: `python tests/faults/run.py [fault ...]`.

About half an hour on two cores. What a fault must hold is in `test_faults.py`, which plays each a few times.
"""

import asyncio
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.faults import faults
from tests.faults.faults import Figures
from tests.faults.server import Server, new_server

NUMBERS = count()
Make = Callable[[], str]
Play = Callable[[], Awaitable[Figures]]


def plays(folder: Path, server: Server) -> dict[str, Play]:
    """Name every fault with its counts."""

    def sqlite() -> str:
        return f"sqlite+aiosqlite:///{folder}/{next(NUMBERS)}.db"

    found = _on("SQLite", sqlite) | _on("PostgreSQL", server.database)
    found["restarted, PostgreSQL"] = lambda: faults.restarted(server.database(), server.restart, 5_000, 20)
    found["full, SQLite"] = lambda: faults.full(folder, 4_000_000)
    return found


def _on(name: str, make: Make) -> dict[str, Play]:
    return {
        f"killed, Slack, {name}": lambda: faults.killed(make(), "slack", 10_000, 200),
        f"killed, Teams, {name}": lambda: faults.killed(make(), "teams", 10_000, 200),
        f"stopped, {name}": lambda: faults.stopped(make(), "slack", 50),
        f"busy, {name}": lambda: faults.busy((make(), make()), 10_000, 120),
        f"dropped, Slack, {name}": lambda: faults.dropped(make(), "slack", 2_000),
        f"dropped, Teams, {name}": lambda: faults.dropped(make(), "teams", 2_000),
        f"poisoned, {name}": lambda: faults.poisoned((make(), make()), 5_000),
        f"at once, {name}": lambda: faults.at_once(make(), 200),
    }


async def main(wanted: list[str]) -> None:
    """Play those in whose names one of these stands, or all."""
    server = new_server()
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, play in plays(Path(folder), server).items():
                if not wanted or any(one in name for one in wanted):
                    figures = ", ".join(f"{what}: {value:g}" for what, value in (await play()).items())
                    print(f"{name:26} {figures}", flush=True)  # noqa: T201
    finally:
        server.cleanup()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the server is stopped on the way out
    asyncio.run(main(sys.argv[1:]))
