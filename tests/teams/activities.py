"""Activities as Teams sends them, for whoever reads them without a door."""

from typing import Any

from bot.chat.cards import Form, TextField
from bot.chat.replies import Hand
from bot.teams import files
from bot.teams.adaptive_card_forms import render_form
from tests.cards.ordinary import TIP
from tests.teams.platform import ANN, BOT, GROUP, PERSONAL, TENANT, Json

AT = "2026-03-02T09:29:58.1234567Z"
FORM = Form("prep.quick", "17", "Three questions", (TextField("matters", "What matters?"), TextField("get", "Ask for")))
MENTION = {"type": "mention", "text": "<at>Coach</at>", "mentioned": {"id": BOT, "name": "Coach"}}
_OFFER = files.ask(Hand(TIP, "mine.json", "application/json", b"{}", "privacy.export"))


def activity(kind: str, where: str = PERSONAL, **changed: Any) -> Json:  # noqa: ANN401  any field
    told = {PERSONAL: "personal", GROUP: "groupChat"}.get(where, "channel")
    return {
        "type": kind,
        "id": "1740000000001",
        "timestamp": AT,
        "channelId": "msteams",
        "serviceUrl": "https://smba.example/emea/",
        "from": {"id": ANN, "name": "Ann"},
        "recipient": {"id": BOT, "name": "Coach"},
        "conversation": {"id": where, "conversationType": told},
        "channelData": {"tenant": {"id": TENANT}},
        "localTimezone": "Europe/Berlin",
    } | changed


def message(text: object = "prep acme", where: str = PERSONAL, **changed: Any) -> Json:  # noqa: ANN401  any field
    return activity("message", where, **{"text": text} | changed)


def mention(text: str = "prep acme", where: str = GROUP, **changed: Any) -> Json:  # noqa: ANN401  any field
    return message(f"<at>Coach</at>&nbsp;{text}", where, entities=[MENTION], **changed)


def invoke(name: str, value: object, where: str = PERSONAL, **changed: Any) -> Json:  # noqa: ANN401  any field
    return activity("invoke", where, **{"name": name, "value": value, "id": "f:1", "replyToId": "77"} | changed)


def quotable(html: object = "<p>15% off &amp; free</p>", **changed: Any) -> Json:  # noqa: ANN401  any field
    """A message as its menu hands it over."""
    user = {"userIdentityType": "aadUser", "id": "b130c271", "displayName": "Ana Silva"}
    return {
        "id": "1611060744833",
        "createdDateTime": "2021-01-19T12:52:24.833Z",
        "deleted": False,
        "body": {"contentType": "html", "content": html},
        "from": {"device": None, "conversation": None, "user": user, "application": None},
        "attachments": [],
    } | changed


def pointer(message: object, where: str = PERSONAL, command: str = "coachMessage") -> Json:
    value = {"commandId": command, "commandContext": "message", "messagePayload": message}
    return invoke("composeExtension/fetchTask", value, where)


def press(data: object, where: str = PERSONAL) -> Json:
    return invoke(
        "adaptiveCard/action", {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}, where
    )


def ticked(lists: int) -> Json:
    """What *Save ticks* brings from a card of so many checklists."""
    ids = [f"prep.{number:05}" for number in range(lists)]
    return {"action": "tick", "subject": ids[0]} | {f"tick:{len(one)}:{one}:x": "true" for one in ids}


def sent(form: Form = FORM, opened_from: str = "77", **typed: str) -> Json:
    """What the one action of a form brings, as it is filled in."""
    [submit] = render_form(form, opened_from)["actions"]
    return {**submit["data"], **{f"answer:{field}": words for field, words in typed.items()}}


def consent(*, accept: bool = True) -> Json:
    content = _OFFER["attachments"][0]["content"]
    if not accept:
        return {"type": "fileUpload", "action": "decline", "context": content["declineContext"]}
    there = {name: f"https://x.sharepoint.com/{name}" for name in ("uploadUrl", "contentUrl")}
    info = {**there, "name": "mine.json", "uniqueId": "U1", "fileType": "json"}
    return {"type": "fileUpload", "action": "accept", "context": content["acceptContext"], "uploadInfo": info}
