"""Slack and Teams as a courier meets them, over real HTTP: they keep what arrives, and sometimes don't say so."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from aiohttp import web

from tests.slack.platform import arguments_of

Json = dict[str, Any]
Trouble = Literal["", "busy", "refuse", "hang up after"]
RETRY_AFTER = 1
"""Seconds."""


def _well(_key: str) -> Trouble:
    return ""


@dataclass
class Arrival:
    """One request to post: what it was, whose, when, and what became of it."""

    key: str
    tenant: str
    at: float
    trouble: Trouble


@dataclass
class Sink:
    """Takes messages whose summary is their key. The moods say what a key and what a tenant meets."""

    mood: Callable[[str], Trouble] = _well
    mood_of_tenant: Callable[[str], Trouble] = _well
    url: str = ""
    arrivals: list[Arrival] = field(default_factory=list)
    searches: int = 0
    _seen: set[str] = field(default_factory=set)
    _grown: asyncio.Event = field(default_factory=asyncio.Event)
    _chats: defaultdict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    _ids: Iterator[int] = field(default_factory=count)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/chat.postMessage", self._slack_post)
        app.router.add_route("*", "/api/conversations.history", self._slack_history)
        app.router.add_post("/api/conversations.open", self._slack_open)
        app.router.add_post("/teams/{tenant}/v3/conversations/{conversation}/activities", self._teams_post)
        return app

    @property
    def taken(self) -> Counter[str]:
        """How often each message arrived."""
        return Counter(one.key for one in self.arrivals if one.trouble in ("", "hang up after"))

    async def until(self, messages: int) -> None:
        """Wait until so many different messages have arrived."""
        while len(self._seen) < messages:
            self._grown.clear()
            await self._grown.wait()

    def _arrives(self, key: str, tenant: str, request: web.Request) -> Trouble:
        trouble = self.mood(key) or self.mood_of_tenant(tenant)
        self.arrivals.append(Arrival(key, tenant, time.monotonic(), trouble))
        if trouble in ("", "hang up after"):
            self._seen.add(key)
            self._grown.set()
        if trouble == "hang up after" and request.transport:
            request.transport.close()
        return trouble

    async def _slack_post(self, request: web.Request) -> web.Response:
        given = await request.json()
        tenant = request.headers["Authorization"].removeprefix("Bearer xoxb-")
        trouble = self._arrives(given["text"], tenant, request)
        if trouble == "busy":
            body, headers = {"ok": False, "error": "ratelimited"}, {"Retry-After": str(RETRY_AFTER)}
            return web.json_response(body, status=429, headers=headers)
        if trouble == "refuse":
            return web.json_response({"ok": False, "error": "invalid_blocks"})
        message = {"ts": f"1700000000.{next(self._ids):06d}", "metadata": given.get("metadata")}
        self._chats[given["channel"]].append(message)
        return web.json_response({"ok": True, "channel": given["channel"], "ts": message["ts"]})

    async def _slack_history(self, request: web.Request) -> web.Response:
        self.searches += 1
        given = await arguments_of(request)
        return web.json_response({"ok": True, "messages": self._chats[str(given["channel"])]})

    async def _slack_open(self, request: web.Request) -> web.Response:
        given = await arguments_of(request)
        return web.json_response({"ok": True, "channel": {"id": f"D{given['users']!s}"}})

    async def _teams_post(self, request: web.Request) -> web.Response:
        trouble = self._arrives((await request.json())["summary"], request.match_info["tenant"], request)
        if trouble == "busy":
            return web.json_response({}, status=429, headers={"Retry-After": str(RETRY_AFTER)})
        if trouble == "refuse":
            return web.json_response({"error": {"code": "BadSyntax"}}, status=400)
        return web.json_response({"id": str(next(self._ids))}, status=201)
