"""Just enough of the Bot Connector for a bot to answer to: it takes every message and counts."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Connector:
    """What the bots answer to; `port` once it listens, `card` the last one that came."""

    port: int = 0
    card: object = None
    connections: set[object] = field(default_factory=set)
    _taken: int = 0
    _more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def start(self) -> web.AppRunner:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_get("/v3/conversations/{conversation}/members/{user}", self._member)
        app.router.add_post("/v3/conversations/{conversation}/activities", self._take)
        app.router.add_post("/v3/conversations/{conversation}/activities/{message}", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = int(runner.addresses[0][1])
        return runner

    async def answered(self, deliveries: int) -> None:
        """Wait until so many messages have come since the last time."""
        async with asyncio.timeout(60), self._more:
            await self._more.wait_for(lambda: self._taken >= deliveries)
            self._taken -= deliveries

    async def _member(self, request: web.Request) -> web.Response:
        email = "bench@example.com"
        return web.json_response({"id": request.match_info["user"], "name": "Bench", "email": email})

    async def _take(self, request: web.Request) -> web.Response:
        self.card = (await request.json())["attachments"][0]["content"]
        self.connections.add(request.transport and request.transport.get_extra_info("peername"))
        async with self._more:
            self._taken += 1
            self._more.notify_all()
        return web.json_response({"id": f"{self._taken}"}, status=201)
