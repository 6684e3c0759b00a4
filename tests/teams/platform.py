"""A small Teams over real HTTP: the service an app calls, and people whose gestures it sends to the app."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from aiohttp import ClientSession

from tests.teams.service import PERSONAL, FakeTeams, Json

__all__ = ["PERSONAL", "FakeTeams", "Json", "Person", "in_thread"]

TENANT = "0c1d2e3f-tenant"
ANN = "29:1-ann"
BOT = "28:bot"
BOT_NAME = "Negotiation Coach"
GROUP = "19:group@thread.v2"
CHANNEL = "19:channel@thread.tacv2"
TEAM = "19:team@thread.tacv2"


@dataclass
class Answer:
    """What the app answered."""

    status: int
    text: str

    @property
    def json(self) -> Any:  # noqa: ANN401  JSON
        return json.loads(self.text)


@dataclass
class Person:
    """Somebody in Teams who types and presses; `where` is the conversation, their own with the coach unless told.

    `activity` and the methods below it build what Teams sends, the verbs send it; any field can be changed.
    """

    door: str
    teams: FakeTeams
    session: ClientSession
    now: Callable[[], datetime]
    user: str = ANN
    name: str = "Ann"
    tenant: str = TENANT
    zone: str = "Europe/Berlin"
    personal: str = PERSONAL
    bot: str = BOT
    token: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: count(1740000000001))

    async def says(self, text: str, **changed: Any) -> Answer:  # noqa: ANN401  any field
        """Write to the coach in their own chat."""
        return await self.sends(self.message(text, **changed))

    async def mentions(self, text: str, where: str = GROUP, **changed: Any) -> Answer:  # noqa: ANN401
        """Mention the coach in a group chat or a channel."""
        return await self.sends(self.mention(text, where, **changed))

    async def presses(self, data: Mapping[str, Any], message: str = "", **changed: Any) -> Answer:  # noqa: ANN401
        """Press an Action.Execute of a message, bringing `data`, typed inputs included."""
        return await self.sends(self.execute(data, message, **changed))

    async def submits(self, data: Mapping[str, Any], message: str = "", **changed: Any) -> Answer:  # noqa: ANN401
        """Press an Action.Submit of a message: it arrives as a message with a value and no text."""
        return await self.sends(self.message(None, value=dict(data), replyToId=message or self.fresh(), **changed))

    async def fetches(self, data: Mapping[str, Any], message: str = "", **changed: Any) -> Answer:  # noqa: ANN401
        """Press a button that opens a dialog."""
        value = {"data": {"msteams": {"type": "task/fetch"}, **data}, "context": {"theme": "default"}}
        return await self.sends(self.invoke("task/fetch", value, replyToId=message or self.fresh(), **changed))

    async def fills_in(self, data: Mapping[str, Any], **changed: Any) -> Answer:  # noqa: ANN401
        """Submit a dialog."""
        value = {"data": dict(data), "context": {"theme": "default"}}
        return await self.sends(self.invoke("task/submit", value, **changed))

    async def points(self, message: Json, where: str = "", **changed: Any) -> Answer:  # noqa: ANN401
        """Choose *Coach this message* on a message."""
        return await self.sends(self.pointer(message, where, **changed))

    def pointer(self, message: Json, where: str = "", **changed: Any) -> Json:  # noqa: ANN401
        value = {"commandId": "coachMessage", "commandContext": "message", "messagePayload": message}
        return self.invoke("composeExtension/fetchTask", value | {"context": {"theme": "default"}}, where, **changed)

    async def consents(self, context: Json, *, accept: bool = True, name: str = "a.json") -> Answer:
        """Accept or decline a file."""
        value: Json = {"type": "fileUpload", "action": "accept" if accept else "decline", "context": context}
        if accept:
            there = f"{self.teams.url}/upload/{name}"
            kind = name.rpartition(".")[2]
            uploaded = {"contentUrl": there, "uploadUrl": there, "name": name, "uniqueId": "U1", "fileType": kind}
            value["uploadInfo"] = uploaded
        return await self.sends(self.invoke("fileConsent/invoke", value, replyToId=self.fresh()))

    async def installs(self, where: str = "", *, action: str = "add", **changed: Any) -> Answer:  # noqa: ANN401
        """Add the coach to a conversation, or remove it: the first of the two things Teams says about it."""
        return await self.sends(self.activity("installationUpdate", where, action=action, **changed))

    async def welcomes(self, where: str = "", *, added: str = "", **changed: Any) -> Answer:  # noqa: ANN401
        """Say who was added to a conversation, the coach itself unless told: the second of them."""
        members = [{"id": added or self.bot}]
        return await self.sends(self.activity("conversationUpdate", where, membersAdded=members, **changed))

    async def reacts(self, message: str, where: str = "") -> Answer:
        likes = {"reactionsAdded": [{"type": "like"}], "replyToId": message}
        return await self.sends(self.activity("messageReaction", where, **likes))

    async def edits(self, text: str, where: str = "") -> Answer:
        return await self.sends(self._afterwards("messageUpdate", "editMessage", where, text=text))

    async def deletes(self, where: str = "") -> Answer:
        return await self.sends(self._afterwards("messageDelete", "softDeleteMessage", where))

    async def sends(self, activity: Json) -> Answer:
        """Post an activity as Teams posts it."""
        return await self.sends_raw(json.dumps(activity).encode(), {"Content-Type": "application/json; charset=utf-8"})

    async def sends_raw(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        signed = {"Authorization": f"Bearer {self.token}", **headers} if self.token else headers
        async with self.session.post(f"{self.door}/api/messages", data=body, headers=signed) as answer:
            return Answer(answer.status, await answer.text())

    def activity(self, kind: str, where: str = "", **changed: Any) -> Json:  # noqa: ANN401
        """What every activity carries."""
        where = where or self.personal
        at = self.now()
        return {
            "type": kind,
            "id": self.fresh(),
            "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06}7Z",
            "localTimestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06}7+00:00",
            "channelId": "msteams",
            "serviceUrl": f"{self.teams.url}/",
            "from": {"id": self.user, "name": self.name, "aadObjectId": f"aad-{self.user}"},
            "recipient": {"id": self.bot, "name": BOT_NAME},
            "conversation": self._conversation(where),
            "entities": [{"type": "clientInfo", "locale": "en-GB", "platform": "Web", "timezone": self.zone}],
            "channelData": {"tenant": {"id": self.tenant}, **_team_of(where)},
            "locale": "en-GB",
            "localTimezone": self.zone,
        } | changed

    def message(self, text: str | None, where: str = "", **changed: Any) -> Json:  # noqa: ANN401
        """A message; without a text it is the one of an Action.Submit."""
        if text is None:
            return self.activity("message", where, **changed)
        html = {"contentType": "text/html", "content": f"<p>{text}</p>"}
        return self.activity(
            "message", where, **({"text": text, "textFormat": "plain", "attachments": [html]} | changed)
        )

    def mention(self, text: str, where: str = GROUP, **changed: Any) -> Json:  # noqa: ANN401
        """A message that begins with the coach's name, as Teams writes it."""
        tag = f"<at>{BOT_NAME}</at>"
        said = self.message(f"{tag}&nbsp;{text}", where)
        said["entities"].append({"type": "mention", "text": tag, "mentioned": {"id": self.bot, "name": BOT_NAME}})
        return said | changed

    def execute(self, data: Mapping[str, Any], message: str = "", **changed: Any) -> Json:  # noqa: ANN401
        """A press of an Action.Execute."""
        action = {"type": "Action.Execute", "title": "Press", "verb": data.get("action", ""), "data": dict(data)}
        value = {"action": action, "trigger": "manual"}
        return self.invoke("adaptiveCard/action", value, replyToId=message or self.fresh(), **changed)

    def invoke(self, name: str, value: Json, where: str = "", **changed: Any) -> Json:  # noqa: ANN401
        """Something that waits for an answer in place."""
        return self.activity("invoke", where, **({"name": name, "value": value, "id": f"f:{self.fresh()}"} | changed))

    def fresh(self) -> str:
        return str(next(self._ids))

    def _afterwards(self, kind: str, event: str, where: str, **changed: str) -> Json:
        happened = self.activity(kind, where, **changed)
        happened["channelData"]["eventType"] = event
        return happened

    def _conversation(self, where: str) -> Json:
        if where == self.personal:
            return {"id": where, "conversationType": "personal", "tenantId": self.tenant}
        kind = "channel" if "@thread.tacv2" in where else "groupChat"
        return {"id": where, "conversationType": kind, "tenantId": self.tenant, "isGroup": True}


def _team_of(where: str) -> Json:
    channel = where.partition(";")[0]
    if not channel.endswith("@thread.tacv2"):
        return {}
    return {"teamsChannelId": channel, "teamsTeamId": TEAM, "channel": {"id": channel}, "team": {"id": TEAM}}


def in_thread(root: str, channel: str = CHANNEL) -> str:
    """The conversation that a thread of a channel is."""
    return f"{channel};messageid={root}"
