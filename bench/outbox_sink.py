"""Just enough of Slack for a courier to post to, in a process of its own: `python bench/outbox_sink.py PORT [SECONDS]`.

It takes so many seconds over a message, as a platform far away does, and no more than one a second into a channel.
"""

import asyncio
import sys
from itertools import count

import slack_stub
from aiohttp import web

NUMBERS = count()
TAKES = float(sys.argv[2]) if len(sys.argv) > 2 else 0  # noqa: PLR2004
EVERYBODYS = "D1"
LATEST: dict[str, float] = {}


async def ready(_request: web.Request) -> web.Response:
    """Say that it listens."""
    return web.Response(text="ready\n")


async def opened(_request: web.Request) -> web.Response:
    """Give everybody a conversation of the same name; nobody looks at it."""
    return web.json_response({"ok": True, "channel": {"id": EVERYBODYS}})


async def looked_up(_request: web.Request) -> web.Response:
    """Find nothing."""
    return web.json_response({"ok": True, "messages": []})


async def posted(request: web.Request) -> web.Response:
    """Take a message."""
    channel, moment = str((await request.json())["channel"]), asyncio.get_running_loop().time()
    if channel != EVERYBODYS and moment - LATEST.get(channel, 0) < 1:
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
    LATEST[channel] = moment
    await asyncio.sleep(TAKES)
    return web.json_response({"ok": True, "channel": channel, "ts": f"1700000000.{next(NUMBERS):06d}"})


if __name__ == "__main__":
    app = web.Application()
    app.router.add_get("/readyz", ready)
    app.router.add_post("/api/conversations.open", opened)
    app.router.add_post("/api/chat.postMessage", posted)
    app.router.add_route("*", "/api/conversations.history", looked_up)
    app.router.add_route("*", "/api/{method}", slack_stub.answer)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
