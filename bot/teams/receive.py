"""Teams activity -> what happened. Pure: an activity that Teams would not send raises `GarbledError`, nothing else."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from bot.chat.cards import Form, PlaceField
from bot.chat.events import Asked, Event, Joined, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.chat.forms import form_of
from bot.chat.ids import ACTION, SUBJECT_MAX
from bot.chat.text import printable
from bot.errors import InvalidInputError
from bot.teams.adaptive_card import read_press
from bot.teams.adaptive_card_forms import FORM, read_form
from bot.teams.adaptive_card_ticks import LISTS_MAX, TICK_VERB, read_ticks
from bot.teams.files import read_consent
from bot.teams.manifest import COACH_MESSAGE
from bot.teams.origin import KINDS, Consented, GarbledError, Happened, Left, Origin, Received, Way
from bot.teams.quoted import read_quoted
from bot.teams.words import command, mentions, plain_words
from store.references import ConversationKind

Activity: TypeAlias = Mapping[str, Any]

HOME: Final = "home"
_ID: Final = re.compile(r"[!-~]{1,500}")
_ZONE: Final = re.compile(r"[A-Za-z0-9_+/-]{1,64}")
NAME_MAX: Final = 200
_THREAD: Final = ";messageid="
_WAYS: Final[dict[str, Way]] = {
    "adaptiveCard/action": "press",
    "task/fetch": "fetch",
    "task/submit": "submit",
    "composeExtension/fetchTask": "quote",
    "composeExtension/submitAction": "submit",
}
_HEARD: Final = ("message", "invoke", "installationUpdate", "conversationUpdate")
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
    if activity.get("type") not in _HEARD:
        return None
    origin = _origin(activity)
    # Teams names activities by the moment: two conversations may well have the same one.
    receipt = f"{origin.conversation}:{_id(activity['id'])}"
    common = {"address": origin.address, "at": _moment(activity, now), "receipt": receipt}
    match activity["type"]:
        case "message":
            return _message(activity, origin, common)
        case "invoke":
            return _invoke(activity, origin, common)
        case "installationUpdate":
            added, removed = _installed(activity)
        case _:
            added, removed = (_has_the_coach(activity, f"members{what}") for what in ("Added", "Removed"))
    if removed:
        return Left(origin)
    return _joined(origin, common) if added and origin.user != origin.bot else None


def _installed(activity: Activity) -> tuple[bool, bool]:
    action = str(activity.get("action", ""))
    return action == "add", action == "remove"


def _has_the_coach(activity: Activity, who: str) -> bool:
    return any(member["id"] == activity["recipient"]["id"] for member in activity.get(who) or ())


def _joined(origin: Origin, common: dict[str, Any]) -> Happened:
    """Two things that Teams says about one arrival are one happening; added another day, the coach says hello again."""
    receipt = f"joined:{origin.conversation}:{common['at']:%Y-%m-%d}"
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
        case "composeExtension/fetchTask" if value["commandId"] == COACH_MESSAGE:
            return _quoted(value["messagePayload"], origin, common)
        case _:
            return None
    return _carried(activity, data, replace(origin, way=way_of(activity)), common)


def _quoted(message: Activity, origin: Origin, common: dict[str, Any]) -> Happened:
    """Read that somebody points the coach at a message, in any conversation they see, be the coach in it or not.

    Teams calls two people's own chat personal, too, so it never counts as the one with the coach.
    """
    text, author = read_quoted(message)
    return Happened(Quoted(**common, text=text, author=author), replace(origin, way="quote", kind="group", thread=""))


def _carried(activity: Activity, data: Activity, origin: Origin, common: dict[str, Any]) -> Happened:
    """Read what an action of one of our cards brings back."""
    card = _optional(activity.get("replyToId"))
    if FORM in data:
        return _sent(data, replace(origin, sheet=card if origin.way == "message" else ""), common)
    origin = replace(origin, message=card)
    if data.get("action") == TICK_VERB:
        return _ticked(data, origin, common)
    return Happened(_pressed(*read_press(data), origin, common), origin)


def _pressed(action: str, subject: str, origin: Origin, common: dict[str, Any]) -> Pressed:
    if not ACTION.fullmatch(action):
        raise GarbledError("an action that no card has")
    return Pressed(**common, direct=origin.alone, message=origin.message, action=action, subject=_short(subject))


def _ticked(data: Activity, origin: Origin, common: dict[str, Any]) -> Happened:
    lists = read_ticks(data)
    if len(lists) > LISTS_MAX:
        raise GarbledError("more lists than a card has")
    *also, saved = (
        Ticked(
            **common | {"receipt": f"{common['receipt']}:{number}"},
            direct=origin.alone,
            message=origin.message,
            checklist=_short(checklist),
            shown=shown,
            chosen=chosen,
        )
        for number, (checklist, shown, chosen) in enumerate(lists)
    )
    return Happened(saved, origin, also=tuple(also))


def _sent(data: Activity, origin: Origin, common: dict[str, Any]) -> Happened:
    """Read a form; the card it was opened from is named by the form, and stands in this conversation or nowhere."""
    sent = read_form(data)
    form = _form(sent.carried)
    # Teams leaves out a field that was left empty.
    typed = {field.id: "" for field in form.fields} if form else {}
    asked = [field.id for field in form.fields if isinstance(field, PlaceField)] if form else []
    origin = replace(origin, message=_optional(sent.opened_from))
    event = Submitted(
        **common,
        direct=origin.alone,
        message=origin.message,
        form=_short(sent.form),
        subject=_short(sent.subject),
        answers=typed | {field: printable(answer) for field, answer in sent.answers.items()},
        places={field: _id(place) for field in asked if (place := sent.answers.get(field))},
    )
    return Happened(event, origin, form=form)


def _form(carried: str) -> Form | None:
    """Read the form that was carried along; None where an older or a tampered one can't be read."""
    with suppress(InvalidInputError):
        return form_of(carried)
    return None


def _consented(value: Activity, origin: Origin, common: dict[str, Any]) -> Consented:
    consent = read_consent(value)
    return Consented(Happened(_pressed(consent.action, "", origin, common), origin), consent)


def _origin(activity: Activity) -> Origin:
    conversation, channel = activity["conversation"], activity.get("channelData") or {}
    where, _, root = _id(conversation["id"]).partition(_THREAD)
    kind = _kind(conversation)
    return Origin(
        tenant=_id(channel["tenant"]["id"]),
        user=_id(activity["from"]["id"]),
        conversation=_id(where),
        kind=kind,
        service_url=_text(activity["serviceUrl"]),
        bot=_id(activity["recipient"]["id"]),
        thread=(root or _begun(activity)) if kind == "channel" else "",
        name=_name(conversation, channel),
        zone=zone if isinstance(zone := activity.get("localTimezone"), str) and _ZONE.fullmatch(zone) else "",
    )


def _kind(conversation: Activity) -> ConversationKind:
    """Tell who reads a conversation; one of a kind we don't know may have many readers."""
    told = conversation.get("conversationType")
    return KINDS.get(str(told), "group") if told or conversation.get("isGroup") else "personal"


def _begun(activity: Activity) -> str:
    """Give the post that began a thread: what is said first in a channel does; a press or an arrival is no post."""
    return _id(activity["id"]) if activity["type"] == "message" and activity.get("text") else ""


def _name(conversation: Activity, channel: Activity) -> str:
    """Name a conversation as people know it, as far as Teams tells: "Sales – Deals", "Acme account"."""
    team, part = ((channel.get(what) or {}).get("name") for what in ("team", "channel"))
    parts = [printable(_text(one)) for one in (team, part or conversation.get("name")) if one]
    return " \N{EN DASH} ".join(parts)[:NAME_MAX]


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
