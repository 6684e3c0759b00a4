"""A Slack Web API emulator in a process of its own, on a free port of loopback."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.slack.manifest import SCOPES
from tests.e2e.tools import MODULES, NODE, need_tools
from tests.program import free_port

READY_SECONDS = 30
BOT_TOKEN = "xoxb-coach"
USER_TOKEN = "xoxp-alice"
# The coach itself may not list files; the tests do, to see where they went.
LOOKING_TOKEN = "xoxb-looking"
REPS = ("alice", "ines", "tom")
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"

Json = dict[str, Any]


@dataclass(frozen=True)
class Emulator:
    """A running emulator."""

    url: str
    session: ClientSession

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def response_url(self, name: str = "one") -> str:
        """A response URL; `told` says what was answered through it."""
        return f"{self.url}/responses/{name}"

    async def told(self, name: str) -> list[Json]:
        async with self.session.get(self.response_url(name)) as answer:
            value: list[Json] = await answer.json()
            return value

    async def call(self, method: str, token: str = BOT_TOKEN, **arguments: Any) -> Json:  # noqa: ANN401  JSON
        """Call the Web API as somebody else would, to look at what the coach did."""
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.post(self.api_url + method, json=arguments, headers=headers) as answer:
            value: Json = await answer.json()
            assert value["ok"], value
            return value

    async def user(self, name: str) -> str:
        """Find a person's id."""
        members = (await self.call("users.list"))["members"]
        return next(str(member["id"]) for member in members if member["name"] == name)

    async def channel(self, name: str) -> str:
        """Find a channel's id."""
        channels = (await self.call("conversations.list"))["channels"]
        return next(str(channel["id"]) for channel in channels if channel["name"] == name)

    async def trigger(self, user: str) -> str:
        """Get the trigger that a press of this person would bring."""
        return str((await self.call("views.generateTriggerId", user_id=user))["trigger_id"])

    async def history(self, channel: str) -> list[Json]:
        """Read a conversation, newest message first."""
        return list((await self.call("conversations.history", channel=channel))["messages"])


def seed() -> str:
    """One workspace with its reps, one channel, and the coach with the scopes of its manifest."""
    scopes = [*SCOPES]
    of_a_person = [*scopes, "channels:manage", "channels:write"]
    app = {
        "app_id": "A000000001",
        "name": "Negotiation Coach",
        "client_id": "12345.67890",
        "client_secret": "sekret",
        "redirect_uris": [],
        "scopes": scopes,
        "bot_name": "coach",
    }
    seed: Json = {
        "team": {"name": "Acme Sales", "domain": "acme-sales"},
        "users": [{"name": name, "real_name": name.title(), "email": f"{name}@example.com"} for name in REPS],
        "channels": [{"name": "deals", "topic": "Deals"}],
        "bots": [{"name": "coach"}],
        "signing_secret": SIGNING_SECRET,
        "oauth_apps": [app],
        "tokens": [
            {"token": BOT_TOKEN, "type": "bot", "user": "coach", "app_id": "A000000001", "scopes": scopes},
            {"token": LOOKING_TOKEN, "type": "bot", "user": "coach", "scopes": ["files:read"]},
            {"token": USER_TOKEN, "type": "user", "user": "alice", "app_id": "A000000001", "scopes": of_a_person},
        ],
        "strict_scopes": True,
    }
    return json.dumps(seed)


@asynccontextmanager
async def emulating(session: ClientSession, events_url: str = "") -> AsyncIterator[Emulator]:
    """Start an emulator; `events_url` is where it sends what happens in it."""
    need_tools()
    port, script, pipe = free_port(), Path(__file__).with_name("emulator.mjs"), asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        NODE, script, MODULES, str(port), events_url, stdin=pipe, stdout=pipe
    )
    try:
        assert process.stdin
        assert process.stdout
        process.stdin.write(seed().encode())
        process.stdin.close()
        async with asyncio.timeout(READY_SECONDS):
            line = await process.stdout.readline()
        assert line.startswith(b"listening")
        yield Emulator(f"http://127.0.0.1:{port}", session)
    finally:
        process.terminate()
        await process.communicate()
