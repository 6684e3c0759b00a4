"""What a host asks from outside: alive, ready, counted. Stands alone, without the try page."""

from collections.abc import Awaitable, Callable

from aiohttp import web

_METRICS = "text/plain; version=0.0.4; charset=utf-8"


def status_routes(ready: Callable[[], Awaitable[str]], metrics: Callable[[], bytes]) -> list[web.RouteDef]:
    """Make `/healthz`, `/readyz` and `/metrics`.

    `ready` gives nothing, or the one sentence that says why not; `metrics` gives Prometheus text.
    """

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_request: web.Request) -> web.Response:
        problem = await ready()
        return web.Response(text=f"{problem or 'ready'}\n", status=503 if problem else 200)

    async def counted(_request: web.Request) -> web.Response:
        return web.Response(body=metrics(), headers={"Content-Type": _METRICS})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", counted)]
