"""Teams activity -> what happened. Pure: an activity that Teams would not send raises `GarbledError`, nothing else."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from bot.chat.cards import ACTION, SUBJECT_MAX
from bot.chat.events import Asked, Event, Joined, Opened, Pressed, Said, Submitted, Ticked
from bot.chat.text import printable
from bot.teams.adaptive_card import TICK_VERB, read_press, read_ticks
from bot.teams.adaptive_card_forms import FORM, read_form
from bot.teams.files import read_consent
from bot.teams.origin import KINDS, Consented, GarbledError, Happened, Left, Origin, Received, Way
from bot.teams.words import command, mentions, plain_words

Activity: TypeAlias = Mapping[str, Any]

HOME: Final = "home"
_ID: Final = re.compile(r"[!-~]{1,500}")
_THREAD: Final = ";messageid="
_WAYS: Final[dict[str, Way]] = {"adaptiveCard/action": "press", "task/fetch": "fetch", "task/submit": "submit"}
_SURPRISES: Final = (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError)


def translate(activity: Activity, now: datetime) -> Received | None:
    """Read an activity; None for what concerns nobody: reactions, edits, other bots' words, talk among people."""
    try:
        return _translated(activity, now)
    except _SURPRISES as error:
        raise GarbledError("not an activity of Teams'") from error


def way_of(activity: Activity) -> Way:
    """Say how an activity waits for its answer, whatever else is in it."""
    return _WAYS.get(str(activity.get("name")), "message") if activity.get("type") == "invoke" else "message"


def _translated(activity: Activity, now: datetime) -> Received | None:
    origin = _origin(activity)
    common = {"address": origin.address, "at": _moment(activity, now), "receipt": _id(activity["id"])}
    match activity["type"]:
        case "message":
            return _message(activity, origin, common)
        case "invoke":
            return _invoke(activity, origin, common)
        case "installationUpdate":
            added, removed = _installed(activity)
        case "conversationUpdate":
            added, removed = (_has_the_coach(activity, f"members{what}") for what in ("Added", "Removed"))
        case _:
            return None
    if removed:
        return Left(origin)
    return _joined(origin, common) if added and origin.user != origin.bot else None


def _installed(activity: Activity) -> tuple[bool, bool]:
    action = str(activity.get("action", ""))
    return action == "add", action.startswith("remove")


def _has_the_coach(activity: Activity, who: str) -> bool:
    return any(member["id"] == activity["recipient"]["id"] for member in activity.get(who) or ())


def _joined(origin: Origin, common: dict[str, Any]) -> Happened:
    """Two things that Teams says about one arrival are one happening."""
    receipt = f"joined:{origin.conversation}"
    return Happened(Joined(**common | {"receipt": receipt}, direct=origin.alone), origin)


def _message(activity: Activity, origin: Origin, common: dict[str, Any]) -> Happened | None:
    if activity["from"].get("role") in ("bot", "skill"):
        return None
    if isinstance(activity.get("value"), dict) and not activity.get("text"):
        return _carried(activity, activity["value"], origin, common)
    entities = activity.get("entities") or ()
    if not origin.alone and not mentions(origin.bot, entities):
        return None
    text = plain_words(_text(activity.get("text") or ""), entities, origin.bot)
    return Happened(_said(text, origin, common), origin)


def _said(text: str, origin: Origin, common: dict[str, Any]) -> Event:
    if text.casefold() == HOME:
        return Opened(**common, direct=origin.alone)
    asked = command(text)
    if asked is None:
        return Said(**common, direct=origin.alone, text=text)
    return Asked(**common, direct=origin.alone, text=asked)


def _invoke(activity: Activity, origin: Origin, common: dict[str, Any]) -> Happened | Consented | None:
    value = activity.get("value") or {}
    match activity.get("name"):
        case "adaptiveCard/action":
            data = value["action"].get("data") or {}
        case "task/fetch" | "task/submit":
            data = value.get("data") or {}
        case "fileConsent/invoke":
            return _consented(value, origin, common)
        case _:
            return None
    return _carried(activity, data, replace(origin, way=way_of(activity)), common)


def _carried(activity: Activity, data: Activity, origin: Origin, common: dict[str, Any]) -> Happened:
    """Read what an action of one of our cards brings back."""
    card = _optional(activity.get("replyToId"))
    if FORM in data:
        return _sent(data, replace(origin, sheet=card if origin.way == "message" else ""), common)
    origin = replace(origin, message=card)
    if data.get("action") == TICK_VERB:
        return _ticked(data, origin, common)
    action, subject = read_press(data)
    if not ACTION.fullmatch(action):
        raise GarbledError("an action that no card has")
    return Happened(
        Pressed(**common, direct=origin.alone, message=card, action=action, subject=_short(subject)), origin
    )


def _ticked(data: Activity, origin: Origin, common: dict[str, Any]) -> Happened:
    *also, saved = (
        Ticked(
            **common | {"receipt": f"{common['receipt']}:{number}"},
            direct=origin.alone,
            message=origin.message,
            checklist=_short(checklist),
            shown=shown,
            chosen=chosen,
        )
        for number, (checklist, shown, chosen) in enumerate(read_ticks(data))
    )
    return Happened(saved, origin, also=tuple(also))


def _sent(data: Activity, origin: Origin, common: dict[str, Any]) -> Happened:
    """Read a form; the card it was opened from is named by the form, and stands in this conversation or nowhere."""
    sent = read_form(data)
    origin = replace(origin, message=_optional(sent.opened_from))
    event = Submitted(
        **common,
        direct=origin.alone,
        message=origin.message,
        form=_short(sent.form),
        subject=_short(sent.subject),
        answers={field: printable(typed) for field, typed in sent.answers.items()},
    )
    return Happened(event, origin, form=sent.carried)


def _consented(value: Activity, origin: Origin, common: dict[str, Any]) -> Consented:
    consent = read_consent(value)
    common["receipt"] = f"consent:{common['receipt']}"
    again: Event
    if consent.action:
        again = Pressed(**common, direct=origin.alone, action=consent.action, subject=_short(consent.subject))
    else:
        again = Asked(**common, direct=origin.alone, text=_short(consent.subject))
    return Consented(Happened(again, origin), consent)


def _origin(activity: Activity) -> Origin:
    conversation, channel = activity["conversation"], activity.get("channelData") or {}
    where, _, root = _id(conversation["id"]).partition(_THREAD)
    kind = KINDS.get(conversation.get("conversationType"), "group" if conversation.get("isGroup") else "personal")
    return Origin(
        tenant=_id(channel["tenant"]["id"]),
        user=_id(activity["from"]["id"]),
        conversation=where,
        kind=kind,
        service_url=_text(activity["serviceUrl"]),
        bot=_id(activity["recipient"]["id"]),
        # What is said first in a channel begins a thread of its own.
        thread=(root or _id(activity["id"])) if kind == "channel" else "",
        name=_name(conversation, channel),
        zone=_optional(activity.get("localTimezone")),
    )


def _name(conversation: Activity, channel: Activity) -> str:
    """Name a conversation as people know it, as far as Teams tells: "Sales – Deals", "Acme account"."""
    team, part = ((channel.get(what) or {}).get("name") for what in ("team", "channel"))
    parts = [printable(_text(one)) for one in (team, part or conversation.get("name")) if one]
    return " \N{EN DASH} ".join(parts)


def _moment(activity: Activity, now: datetime) -> datetime:
    """Read when it happened by Teams' clock."""
    told = activity.get("timestamp")
    if not told:
        return now
    moment = datetime.fromisoformat(_text(told))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _id(value: object) -> str:
    if not (isinstance(value, str) and _ID.fullmatch(value)):
        raise GarbledError("an id that is none")
    return value


def _optional(value: object) -> str:
    return _id(value) if value else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise GarbledError("a text that is none")
    return value


def _short(value: str) -> str:
    """Read back what one of our cards carried, which is never long."""
    if len(value) > SUBJECT_MAX:
        raise GarbledError("longer than any card carries")
    return printable(value)
