"""The Bot Connector over real HTTP, as an app meets it: what it takes apart, refuses, and sometimes loses."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from aiohttp import web

Json = dict[str, Any]
PERSONAL = "a:1-ann"
WAIT_SECONDS = 5
SIZE_MAX = 80_000


@dataclass
class Call:
    """One request of the Connector's REST API, or of the place that files are uploaded to."""

    method: str
    path: str
    body: Any
    token: str = ""


@dataclass
class Trouble:
    """What the next request gets. `after` says that it takes effect all the same."""

    kind: Literal["status", "hang up", "garbage", "silence"]
    status: int = 0
    code: str = ""
    retry_after: str = ""
    after: bool = False


@dataclass
class FakeTeams:
    """What an app calls. `conversations` holds the messages that stand now, by conversation and id, oldest first.

    `blocked` names people and conversations that the app may not write to any more, and `gone` those conversations
    that are no more. `rosters` says who is in a conversation, where that isn't everybody.
    """

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    troubles: deque[Trouble | None] = field(default_factory=deque)
    conversations: defaultdict[str, dict[str, Json]] = field(default_factory=lambda: defaultdict(dict))
    members: dict[str, Json] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    rosters: dict[str, set[str]] = field(default_factory=dict)
    ports: set[int] = field(default_factory=set)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    _grown: asyncio.Condition = field(default_factory=asyncio.Condition)
    _ids: Iterator[int] = field(default_factory=lambda: count(1700000000001))

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        activities = "/v3/conversations/{conversation}/activities"
        app.router.add_post("/v3/conversations", self._create)
        app.router.add_post(activities, self._post)
        app.router.add_put(f"{activities}/{{message}}", self._put)
        app.router.add_delete(f"{activities}/{{message}}", self._delete)
        app.router.add_get("/v3/conversations/{conversation}/members/{user}", self._member)
        app.router.add_put("/upload/{name}", self._upload)
        app.middlewares.append(self._notes)
        return app

    def refuses(self, status: int, *, times: int = 1, code: str = "", retry_after: str = "") -> None:
        """Answer the next requests with this status."""
        self.troubles.extend([Trouble("status", status, code, retry_after)] * times)

    def takes(self, *, times: int = 1) -> None:
        """Let the next requests pass, before what is said next."""
        self.troubles.extend([None] * times)

    def hangs_up(self, *, times: int = 1, after: bool = False) -> None:
        """Close the connection without an answer."""
        self.troubles.extend([Trouble("hang up", after=after)] * times)

    def garbles(self, status: int = 200, *, times: int = 1, after: bool = False) -> None:
        """Answer with a page that isn't the Connector's."""
        self.troubles.extend([Trouble("garbage", status, after=after)] * times)

    def keeps_silent(self, *, times: int = 1) -> None:
        """Answer only when it is `over`."""
        self.troubles.extend([Trouble("silence")] * times)

    def of(self, method: str) -> list[Call]:
        """What was called so far with this HTTP method."""
        return [call for call in self.calls if call.method == method]

    def standing(self, conversation: str = PERSONAL) -> list[Json]:
        """The messages that stand in a conversation, or a thread of it, now, oldest first."""
        channel, thread = _thread_of(conversation)
        return [said for said in self.conversations[channel].values() if thread in ("", said["thread"])]

    def cards(self, conversation: str = PERSONAL) -> list[Json]:
        """The Adaptive Cards that stand in a conversation now."""
        return [one["content"] for said in self.standing(conversation) for one in said.get("attachments", [])]

    async def until(self, method: str, times: int = 1) -> list[Call]:
        """Wait until there were so many calls with this HTTP method."""
        async with asyncio.timeout(WAIT_SECONDS), self._grown:
            await self._grown.wait_for(lambda: len(self.of(method)) >= times)
        return self.of(method)

    @web.middleware
    async def _notes(self, request: web.Request, handler: Callable[..., Any]) -> web.StreamResponse:
        raw = await request.read()
        body = json.loads(raw) if raw and request.content_type == "application/json" else raw
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if request.transport:
            self.ports.add(request.transport.get_extra_info("peername")[1])
        trouble = self.troubles.popleft() if self.troubles else None
        done: web.StreamResponse | None = await handler(request) if trouble is None or trouble.after else None
        async with self._grown:
            self.calls.append(Call(request.method, request.rel_url.raw_path, body, token))
            self._grown.notify_all()
        return await self._spoiled(request, trouble) if trouble else done or web.Response()

    async def _spoiled(self, request: web.Request, trouble: Trouble) -> web.StreamResponse:
        if trouble.kind == "hang up" and request.transport:
            request.transport.close()
        if trouble.kind == "silence":
            await self.over.wait()
        if trouble.kind == "garbage":
            return web.Response(status=trouble.status, text="<html>Sign in</html>", content_type="text/html")
        return _refusal(trouble.status or 500, trouble.code, trouble.retry_after)

    async def _create(self, request: web.Request) -> web.Response:
        given = await request.json()
        user = given["members"][0]["id"]
        if user in self.blocked:
            return _refusal(403, "BotBlockedByUser")
        return web.json_response({"id": f"a:{user}"}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        channel, thread = _thread_of(request.match_info["conversation"])
        if channel in self.gone:
            return _refusal(404, "ConversationNotFound")
        if channel in self.blocked:
            return _refusal(403, "ConversationBlockedByUser")
        activity = await request.json()
        if _size(activity) > SIZE_MAX:
            return _refusal(413, "MessageSizeTooBig")
        parts = _split(activity)
        ids = [str(next(self._ids)) for _ in parts]
        for message, part in zip(ids, parts, strict=True):
            self.conversations[channel][message] = {**part, "id": message, "thread": thread}
        return web.json_response({"id": ids[0]}, status=201) if len(ids) == 1 else web.Response(status=202)

    async def _put(self, request: web.Request) -> web.Response:
        channel, _ = _thread_of(request.match_info["conversation"])
        message, activity = request.match_info["message"], await request.json()
        if len(_split(activity)) > 1:
            return _refusal(400, "BadSyntax")
        if message not in self.conversations[channel]:
            return _refusal(404, "ActivityNotFoundInConversation")
        thread = self.conversations[channel][message]["thread"]
        self.conversations[channel][message] = {**activity, "id": message, "thread": thread}
        return web.json_response({"id": message})

    async def _delete(self, request: web.Request) -> web.Response:
        channel, _ = _thread_of(request.match_info["conversation"])
        gone = self.conversations[channel].pop(request.match_info["message"], None)
        return web.Response() if gone else _refusal(404, "ActivityNotFoundInConversation")

    async def _member(self, request: web.Request) -> web.Response:
        user, (channel, _) = request.match_info["user"], _thread_of(request.match_info["conversation"])
        if channel in self.blocked:
            return _refusal(403, "BotNotInConversationRoster")
        if user not in self.members or user not in self.rosters.get(channel, {user}):
            return _refusal(404, "MemberNotFoundInConversation")
        return web.json_response(self.members[user])

    async def _upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["name"]] = await request.read()
        return web.json_response({"id": "item"}, status=201)


def _split(activity: Json) -> list[Json]:
    """Take a message apart as Teams does: text and attachments each become one, unless it is a carousel."""
    attachments = activity.get("attachments") or []
    if activity.get("attachmentLayout") == "carousel" or len(attachments) + bool(activity.get("text")) < 2:
        return [activity]
    bare = {key: value for key, value in activity.items() if key not in ("text", "attachments")}
    texts = [bare | {"text": activity["text"]}] if activity.get("text") else []
    return [*texts, *(bare | {"attachments": [one]} for one in attachments)]


def _size(activity: Json) -> int:
    return len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le"))


def _thread_of(conversation: str) -> tuple[str, str]:
    """Tell a channel from the thread in it that a conversation names."""
    channel, _, thread = conversation.partition(";messageid=")
    return channel, thread


def _refusal(status: int, code: str, retry_after: str = "") -> web.Response:
    body = {"error": {"code": code or "ServiceError", "message": "Something about the request."}}
    return web.json_response(body, status=status, headers={"Retry-After": retry_after} if retry_after else {})
