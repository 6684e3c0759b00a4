"""What a thousand messages that the coach sends unasked cost besides themselves: sign-ins and connections."""

import asyncio
import sys

from figures import Figure, figure
from servers import ROOT
from teams_stub import Connector as Stub

sys.path.append(str(ROOT))

from bot.teams.connector import Connector, new_session
from bot.teams.credentials import Credentials
from tests.teams.authority import standing

MESSAGES = 1000
AT_ONCE = 20


async def measure() -> dict[str, Figure]:
    """Send them, some at once, to a Connector and a login server that count; the reference is one for each message."""
    stub = Stub()
    runner = await stub.start()
    async with standing() as authority, new_session() as session:
        connector = Connector(Credentials(authority.options(), http_client=authority.http_client), session)
        url, activity = f"http://127.0.0.1:{stub.port}", {"type": "message", "attachments": [{"content": {}}]}

        async def worker() -> None:
            for _ in range(MESSAGES // AT_ONCE):
                await connector.post(url, "a:1-bench", activity)

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        fetched = authority.fetched["token"]
    await runner.cleanup()
    return {
        f"Teams: sign-ins for {MESSAGES:,} messages unasked": figure([(fetched, MESSAGES)], ""),
        f"Teams: connections for {MESSAGES:,} messages unasked": figure([(len(stub.connections), MESSAGES)], ""),
    }
