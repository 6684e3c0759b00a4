"""Just enough of a Slack Web API for a server to start against: who am I, who is this person."""

from aiohttp import web

TEAM = "T1"


async def answer(request: web.Request) -> web.Response:
    """Answer every method with ok, and the two that matter with their facts."""
    user = {"id": "U1", "real_name": "Bench", "tz": "Europe/Berlin", "profile": {"email": "bench@example.com"}}
    facts = {
        "auth.test": {"team_id": TEAM, "team": "Bench", "user_id": "U0", "bot_id": "B1", "url": "http://127.0.0.1/"},
        "users.info": {"user": user},
    }
    return web.json_response({"ok": True} | facts.get(request.match_info["method"], {}))


async def start() -> tuple[web.AppRunner, int]:
    """Listen on a free port of this machine."""
    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, int(runner.addresses[0][1])
