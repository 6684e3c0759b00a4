"""A small Slack over real HTTP: its Web API, response URLs and Socket Mode, and what it sends to an app."""

import asyncio
import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import urlencode

from aiohttp import ClientSession, web

Json = dict[str, Any]
SECRET = "shhh"
TEAM = "T1"
ANN = "U1"
BOT = "U0BOT"
EVERYBODY = [BOT, ANN, "U2"]
WAIT_SECONDS = 5


@dataclass
class Call:
    """One call of the Web API, or of a response URL, whose path is then its method."""

    method: str
    arguments: Json
    token: str = ""


@dataclass
class FakeSlack:
    """What an app calls. `refuses` maps a method to Slack's name for an error, `refuses_after` to how often it works.

    `drops` names methods whose answer gets lost, `expired` response URLs that are used up. Of the messages
    with a picture so many are refused as `unready` says; an upload answers with the status `takes`. `rooms` says who is
    in a channel, everybody unless told; `shut` why the app can't post in one, and `hidden` are those it can't even see.
    """

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    refuses_after: dict[str, int] = field(default_factory=dict)
    answers: dict[str, Json] = field(default_factory=dict)
    scopes: str = ""
    retry_after: str = "0"
    page: int = 200
    history: list[Json] = field(default_factory=list)
    drops: set[str] = field(default_factory=set)
    unready: int = 0
    takes: int = 200
    expired: set[str] = field(default_factory=set)
    rooms: dict[str, list[str]] = field(default_factory=dict)
    shut: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    sockets: asyncio.Queue[web.WebSocketResponse] = field(default_factory=asyncio.Queue)
    received: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    _grown: asyncio.Condition = field(default_factory=asyncio.Condition)
    _posted: int = 0

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{name}", self._respond)
        app.router.add_post("/upload/{name}", self._upload)
        app.router.add_get("/socket", self._socket)
        return app

    def of(self, method: str) -> list[Json]:
        """What a method was called with so far."""
        return [call.arguments for call in self.calls if call.method == method]

    async def until(self, method: str, count: int = 1) -> list[Json]:
        """Wait until a method was called that often."""
        async with asyncio.timeout(WAIT_SECONDS), self._grown:
            await self._grown.wait_for(lambda: len(self.of(method)) >= count)
        return self.of(method)

    def response_url(self, name: str = "one") -> str:
        return f"{self.url}/respond/{name}"

    async def _note(self, call: Call) -> None:
        async with self._grown:
            self.calls.append(call)
            self._grown.notify_all()

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await arguments_of(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        await self._note(Call(method, given, token))
        if method in self.drops and request.transport:
            request.transport.close()
        if self.unready and '"slack_file"' in json.dumps(given):
            self.unready -= 1
            return web.json_response({"ok": False, "error": "invalid_blocks"})
        if len(self.of(method)) > self.refuses_after.get(method, len(self.calls)):
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429)
        if error := self._closed(method, str(given.get("channel"))):
            return web.json_response({"ok": False, "error": error})
        if method in self.refuses:
            status = 429 if self.refuses[method] == "ratelimited" else 200
            headers = {"Retry-After": self.retry_after}
            return web.json_response({"ok": False, "error": self.refuses[method]}, status=status, headers=headers)
        return web.json_response({"ok": True, **self._result(method, given)}, headers={"X-OAuth-Scopes": self.scopes})

    def _closed(self, method: str, channel: str) -> str:
        if channel in self.hidden:
            return "channel_not_found"
        return self.shut.get(channel, "") if method.startswith("chat.") else ""

    def _result(self, method: str, given: Json) -> Json:
        if method in self.answers:
            return self.answers[method]
        if method == "chat.postMessage":
            return self._keep(given)
        file = f"F{len(self.of('files.getUploadURLExternal'))}"
        if method == "conversations.history":
            return self._page(given)
        if method == "conversations.members":
            return self._members(given)
        if method == "chat.delete":
            self.history[:] = [message for message in self.history if message["ts"] != given["ts"]]
        profile = {"display_name": "Ann", "email": "ann@example.com"}
        usual: Json = {
            "auth.test": {"team_id": TEAM, "user_id": BOT, "bot_id": "B1"},
            "conversations.open": {"channel": {"id": _conversation(str(given.get("users")))}},
            "users.info": {"user": {"tz": "Europe/Berlin", "profile": profile}},
            "apps.connections.open": {"url": f"{self.url.replace('http', 'ws')}/socket"},
            "files.getUploadURLExternal": {"upload_url": f"{self.url}/upload/{given.get('filename')}", "file_id": file},
            "files.completeUploadExternal": {"files": [{"id": file}]},
        }
        return dict(usual.get(method, {}))

    def _members(self, given: Json) -> Json:
        """Give `page` members of a channel, and where the next ones begin."""
        start, members = int(given.get("cursor") or 0), self.rooms.get(given["channel"], EVERYBODY)
        more = str(start + self.page) if len(members) > start + self.page else ""
        return {"members": members[start : start + self.page], "response_metadata": {"next_cursor": more}}

    def _page(self, given: Json) -> Json:
        """Give `page` messages of the history, oldest first, and where the next ones begin."""
        start = int(given.get("cursor") or 0)
        shown = self.history[start : start + self.page]
        bare = [{key: value for key, value in one.items() if key != "metadata"} for one in shown]
        more = str(start + self.page) if len(self.history) > start + self.page else ""
        found = shown if str(given.get("include_all_metadata")).lower() in ("1", "true") else bare
        return {"messages": found, "response_metadata": {"next_cursor": more}}

    def _keep(self, given: Json) -> Json:
        self._posted += 1
        message = {"ts": f"1700000000.{self._posted:06d}", "blocks": given["blocks"]}
        if "metadata" in given:
            message["metadata"] = given["metadata"]
        self.history.append(message)
        return {"channel": given["channel"], **message}

    async def _respond(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name in self.expired:
            return web.Response(status=404, text="expired_url")
        await self._note(Call(name, await request.json()))
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        await self._note(Call("upload", {"name": request.match_info["name"], "content": await request.read()}))
        return web.Response(text="OK - 3", status=self.takes)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.put_nowait(socket)
        async for message in socket:
            self.received.put_nowait(json.loads(message.data))
        return socket


def _conversation(users: str) -> str:
    """Name the conversation of the app with one person, or with several."""
    return f"G{users.replace(',', '')}" if "," in users else f"D{users}"


async def arguments_of(request: web.Request) -> Json:
    """What a method is called with: a query, a form or JSON."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    else:
        given |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    return given


def signed(body: str, at: datetime, secret: str = SECRET) -> dict[str, str]:
    """Sign as Slack signs."""
    timestamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


@dataclass
class Answer:
    """How the app acknowledged."""

    status: int
    text: str

    @property
    def json(self) -> Json:
        value: Json = json.loads(self.text)
        return value


class ResponseUrls(Protocol):
    """A Slack, as far as a person's gestures need one."""

    def response_url(self, name: str = "one") -> str: ...


@dataclass
class Person:
    """Somebody in Slack who types and presses; every gesture is a signed request like Slack's own.

    `triggers` are those of this person's gestures: a form that one of them opens is on this person's screen.
    """

    door: str
    slack: ResponseUrls
    session: ClientSession
    now: Callable[[], datetime]
    user: str = ANN
    team: str = TEAM
    secret: str = SECRET
    triggers: set[str] = field(default_factory=set)
    _count: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def types(self, text: str, *, channel: str = "C1", **changed: str) -> Answer:
        """Type `/negotiate text`."""
        return await self.sends(urlencode(self.command(text, channel=channel) | changed))

    def command(self, text: str, *, channel: str = "C1") -> dict[str, str]:
        return {
            "command": "/negotiate",
            "text": text,
            "team_id": self.team,
            "user_id": self.user,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "sales",
            "trigger_id": self.trigger(),
            "response_url": self.slack.response_url(),
            "api_app_id": "A1",
        }

    async def presses(self, action_id: str, **where: Any) -> Answer:  # noqa: ANN401  any part of a payload
        """Press a button; `where` changes the payload."""
        act = {"type": "button", "action_id": action_id, "block_id": "b", "action_ts": "1700000100.000200"}
        return await self.interacts(self.action(act, **where))

    def action(self, act: Json, **where: Any) -> Json:  # noqa: ANN401  any part of a payload
        """A press in the person's conversation with the coach, unless `where` says otherwise."""
        channel = where.pop("channel", f"D{self.user}")
        return {
            "type": "block_actions",
            "team": {"id": self.team},
            "user": {"id": self.user, "team_id": self.team},
            "trigger_id": self.trigger(),
            "response_url": self.slack.response_url(),
            "channel": {"id": channel},
            "container": {"type": "message", "message_ts": "1700000050.000100", "channel_id": channel},
            "message": {"ts": "1700000050.000100", "blocks": []},
            "actions": [act],
        } | where

    async def submits(self, view: Mapping[str, Any], typed: Mapping[str, str], **changed: Any) -> Answer:  # noqa: ANN401
        """Submit a modal that the coach opened, with these fields filled in."""
        return await self.interacts(self.submission(view, typed) | changed)

    def submission(self, view: Mapping[str, Any], typed: Mapping[str, str]) -> Json:
        values = {
            block["block_id"]: {block["element"]["action_id"]: _state(block["element"], typed.get(block["block_id"]))}
            for block in view["blocks"]
            if block["type"] == "input"
        }
        shown = {"id": "V1", "hash": "1700000000.abc", **view, "state": {"values": values}}
        return {
            "type": "view_submission",
            "team": {"id": self.team},
            "user": {"id": self.user},
            "trigger_id": self.trigger(),
            "view": shown,
            "response_urls": [],
        }

    async def points(self, message: Json, *, channel: str = "C1", **changed: Any) -> Answer:  # noqa: ANN401
        """Choose *Coach this message* on a message."""
        return await self.interacts(self.shortcut(message, channel=channel) | changed)

    def shortcut(self, message: Json, *, channel: str = "C1") -> Json:
        return {
            "type": "message_action",
            "callback_id": "coach_message",
            "action_ts": "1700000400.000500",
            "team": {"id": self.team},
            "user": {"id": self.user, "team_id": self.team},
            "channel": {"id": channel, "name": "directmessage" if channel.startswith("D") else "sales"},
            "trigger_id": self.trigger(),
            "response_url": self.slack.response_url(),
            "message_ts": "1700000390.000100",
            "message": {"type": "message", "ts": "1700000390.000100"} | message,
        }

    async def interacts(self, payload: Json) -> Answer:
        return await self.sends(urlencode({"payload": json.dumps(payload)}))

    async def says(self, text: str, **changed: str) -> Answer:
        """Write to the coach in their conversation."""
        said = {"type": "message", "channel_type": "im", "channel": f"D{self.user}", "text": text}
        return await self.causes(said | {"user": self.user, "ts": "1700000200.000300"} | changed)

    async def mentions(self, text: str, **changed: str) -> Answer:
        """Mention the coach in a channel."""
        said = {"type": "app_mention", "channel": "C1", "text": f"<@{BOT}> {text}"}
        return await self.causes(said | {"user": self.user, "ts": "1700000200.000300"} | changed)

    async def opens_home(self) -> Answer:
        event = {"type": "app_home_opened", "user": self.user, "tab": "home", "event_ts": "1700000300.000400"}
        return await self.causes(event)

    async def causes(self, event: Json, event_id: str = "") -> Answer:
        return await self.sends(json.dumps(self.event(event, event_id)), "application/json")

    def event(self, event: Json, event_id: str = "") -> Json:
        return {
            "type": "event_callback",
            "team_id": self.team,
            "api_app_id": "A1",
            "event": event,
            "event_id": event_id or self.fresh("Ev"),
            "event_time": int(self.now().timestamp()),
            "authorizations": [{"team_id": self.team, "user_id": BOT, "is_bot": True}],
        }

    async def sends(self, body: str, content_type: str = "application/x-www-form-urlencoded") -> Answer:
        return await self.sends_raw(
            body.encode(), {"Content-Type": content_type, **signed(body, self.now(), self.secret)}
        )

    async def sends_raw(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        async with self.session.post(f"{self.door}/slack/events", data=BytesIO(body), headers=headers) as answer:
            return Answer(answer.status, await answer.text())

    def trigger(self) -> str:
        trigger = self.fresh("trigger")
        self.triggers.add(trigger)
        return trigger

    def fresh(self, kind: str) -> str:
        self._count[kind] += 1
        return f"{kind}{self._count[kind]}"


def _state(element: Mapping[str, Any], typed: str | None) -> Json:
    match element["type"]:
        case "plain_text_input":
            return {"type": element["type"], "value": typed}
        case "conversations_select":
            return {"type": element["type"], "selected_conversation": typed}
        case kind:
            chosen = next((one for one in element["options"] if one["value"] == typed), None)
            return {"type": kind, "selected_option": chosen}
