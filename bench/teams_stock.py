"""The reference: the Bot Framework SDK's own adapter, set up as its samples do, answering with a constant card."""

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace

from aiohttp import web
from botbuilder.core import CardFactory, MessageFactory, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication


class Bot:
    """Answers every message with the same card."""

    def __init__(self, card: dict[str, object]) -> None:
        """Answer with this Adaptive Card."""
        self._card = card

    async def on_turn(self, turn: TurnContext) -> None:
        """Answer a message."""
        if turn.activity.type == "message":
            await turn.send_activity(MessageFactory.attachment(CardFactory.adaptive_card(self._card)))


async def main(port: int, card: dict[str, object]) -> None:
    """Serve until ended; without an app id, as for the emulator."""
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(SimpleNamespace(APP_ID="", APP_PASSWORD="")))
    bot = Bot(card)

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, bot) or web.Response()

    async def ready(_: web.Request) -> web.Response:
        return web.Response(text="ready")

    server = web.Application()
    server.add_routes([web.post("/api/messages", messages), web.get("/readyz", ready)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())))
