"""The reference: the smallest Bolt app on aiohttp that acknowledges a command with a constant."""

import asyncio
import sys

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

TOKEN = "xoxb-bench"  # noqa: S105 - no secret


async def _authorize(**_: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token=TOKEN, bot_id="B1", bot_user_id="U0")


def application(secret: str) -> web.Application:
    """Mount the bare app the way Bolt's documentation does."""
    app = AsyncApp(signing_secret=secret, authorize=_authorize)

    @app.command("/negotiate")
    async def command(ack: AsyncAck) -> None:
        await ack("hello")

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async def ready(_: web.Request) -> web.Response:
        return web.Response(text="ready")

    server = web.Application()
    server.add_routes([web.post("/slack/events", events), web.get("/readyz", ready)])
    return server


async def main(port: int, secret: str) -> None:
    """Serve until ended."""
    runner = web.AppRunner(application(secret), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
