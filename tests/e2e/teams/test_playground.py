"""The Playground itself, as far as we bend it."""

import asyncio
from pathlib import Path

import pytest

from tests.e2e.teams.playground import playing


async def test_it_listens_on_one_address_of_this_machine_only(tmp_path: Path) -> None:
    async with playing(tmp_path / "playground", "http://127.0.0.1:1") as playground:
        port = int(playground.url.rpartition(":")[2])
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        await writer.wait_closed()
        with pytest.raises(OSError, match=r"127\.0\.0\.2"):
            await asyncio.open_connection("127.0.0.2", port)
