"""Slack payload -> what happened. Pure: a payload that Slack would not send raises `GarbledError`, nothing else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, Final, ParamSpec, TypeAlias, TypeVar

from bot.chat.events import Asked, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.chat.text import printable
from bot.slack.block_kit import parse_action_id, parse_checklist_id, shown_ticks
from bot.slack.block_kit_forms import read_form_state, read_places
from bot.slack.origin import GarbledError, Happened, Origin, Voice, recall
from bot.slack.parts import read_mark
from bot.slack.quoted import author_of, words_of
from bot.slack.words import plain_words, without_mention

Payload: TypeAlias = Mapping[str, Any]
P = ParamSpec("P")
T = TypeVar("T")

_ID: Final = re.compile(r"[A-Za-z0-9_.:-]{1,255}")
_URL: Final = re.compile(r"https?://[!-~]{1,1000}")
_MOMENT: Final = re.compile(r"(?P<seconds>\d{1,10})(?:\.(?P<fraction>\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Gone:
    """A workspace took its token back, at a moment in UTC."""

    team: str
    at: datetime


def _sound(translate: Callable[P, T]) -> Callable[P, T]:
    """Turn every surprise in a payload's shape into the one error that the door expects."""

    @wraps(translate)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return translate(*args, **kwargs)
        except GarbledError:
            raise
        except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise GarbledError("not a payload of Slack's") from error

    return guarded


@_sound
def command(body: Payload, now: datetime) -> Happened:
    """Read a slash command. Slack gives no moment for it, so it happens `now`."""
    channel, trigger = _id(body["channel_id"]), _id(body["trigger_id"])
    origin = Origin(
        team=_id(body["team_id"]),
        user=_id(body["user_id"]),
        voice="response",
        channel=channel,
        response_url=_url(body.get("response_url", "")),
        trigger=trigger,
    )
    event = Asked(
        address=origin.address,
        at=now,
        receipt=trigger,
        direct=channel.startswith("D") or body.get("channel_name") == "directmessage",
        text=plain_words(_text(body.get("text", ""))),
    )
    return Happened(event, origin)


@_sound
def action(body: Payload, now: datetime) -> Happened:
    """Read a press of a button, a choice from a menu, or a touched checklist."""
    act = body["actions"][0]
    origin = _pressed_at(body)
    action_id = _text(act["action_id"])
    common: dict[str, Any] = {
        "address": origin.address,
        "at": _moment(act["action_ts"]) if "action_ts" in act else now,
        "receipt": f"{origin.trigger}:{action_id}:{_text(act.get('action_ts', ''))}",
        "direct": not origin.company,
        "message": origin.message,
    }
    match act["type"]:
        case "button":
            name, subject = parse_action_id(action_id)
            return Happened(Pressed(action=name, subject=printable(subject), **common), origin)
        case "static_select":
            name, _ = parse_action_id(action_id)
            return Happened(Pressed(action=name, subject=_text(act["selected_option"]["value"]), **common), origin)
        case "checkboxes":
            return Happened(_ticked(body, act, common), origin)
        case _:
            raise GarbledError("an element that no card has")


@_sound
def submission(body: Payload, now: datetime) -> Happened:
    """Read a submitted form; it is answered where it was opened."""
    view = body["view"]
    team, user = _team(body), _id(body["user"]["id"])
    subject, opened = recall(_text(view["private_metadata"]), team, user)
    places = {_id(at["channel_id"]): _url(at["response_url"]) for at in body.get("response_urls", ())}
    origin = replace(opened, trigger=_optional(body.get("trigger_id")), view=view, places=places)
    answers, chosen = read_form_state(view["state"]["values"]), read_places(view["state"]["values"])
    event = Submitted(
        address=origin.address,
        at=now,
        # The hash tells a second step shown in the same view from a second delivery of the first.
        receipt=":".join(filter(None, ("view", _id(view["id"]), _optional(view.get("hash"))))),
        direct=not origin.company,
        message=origin.message,
        form=_text(view["callback_id"]),
        subject=printable(subject),
        answers={_text(field): printable(typed) for field, typed in answers.items()},
        places={_text(field): _id(place) for field, place in chosen.items()},
    )
    return Happened(event, origin)


@_sound
def shortcut(body: Payload, now: datetime) -> Happened:
    """Read that somebody points the coach at a message, in any conversation they see, be the coach in it or not.

    Two people's own conversation looks like the one with the coach, so it never counts as direct.
    """
    origin = Origin(
        team=_team(body),
        user=_id(body["user"]["id"]),
        voice="response",
        channel=_id(body["channel"]["id"]),
        company=True,
        response_url=_url(body.get("response_url", "")),
        trigger=_id(body["trigger_id"]),
    )
    event = Quoted(
        address=origin.address,
        at=_moment(body["action_ts"]) if "action_ts" in body else now,
        receipt=origin.trigger,
        text=words_of(body["message"]),
        author=author_of(body["message"]),
    )
    return Happened(event, origin)


@_sound
def message(body: Payload, _now: datetime) -> Happened | None:
    """Read a sentence in the person's conversation with the coach; None for what is no person's new sentence."""
    event = body["event"]
    if "subtype" in event or event.get("channel_type") != "im" or _from_a_bot(body):
        return None
    return _said(body, "post", plain_words(_text(event.get("text", ""))))


@_sound
def mention(body: Payload, _now: datetime) -> Happened | None:
    """Read a sentence that mentions the coach in a channel; in a direct conversation `message` reads it."""
    event = body["event"]
    if "subtype" in event or _id(event["channel"]).startswith("D") or _from_a_bot(body):
        return None
    return _said(body, "aside", plain_words(without_mention(_text(event.get("text", "")))))


@_sound
def opened(body: Payload, now: datetime) -> Happened | None:
    """Read that a person opened the coach's page; None for its other tabs."""
    event = body["event"]
    if event.get("tab", "home") != "home":
        return None
    origin = Origin(team=_team(body), user=_id(event["user"]), voice="home")
    at = _moment(event["event_ts"]) if "event_ts" in event else now
    return Happened(Opened(address=origin.address, at=at, receipt=_id(body["event_id"]), direct=True), origin)


@_sound
def gone(body: Payload, now: datetime) -> Gone | None:
    """Read that a workspace removed the coach; None where only tokens of persons were revoked."""
    event = body["event"]
    if event["type"] == "tokens_revoked" and not event["tokens"].get("bot"):
        return None
    at = datetime.fromtimestamp(int(body["event_time"]), UTC) if "event_time" in body else now
    return Gone(_id(body["team_id"]), at)


def _pressed_at(body: Payload) -> Origin:
    container = body["container"]
    origin = Origin(team=_team(body), user=_id(body["user"]["id"]), voice="direct", trigger=_id(body["trigger_id"]))
    if container["type"] != "message":
        return origin
    channel = _id(body["channel"]["id"])
    mark = read_mark((body.get("message") or {}).get("blocks", ()))
    ephemeral = container.get("is_ephemeral") is True
    # A lasting message in a conversation whose id begins with D can only be the coach's own.
    private = channel.startswith("D") and not ephemeral
    return replace(
        origin,
        voice="post" if private else "response",
        channel=channel,
        message=mark.first if mark and mark.first else _id(container["message_ts"]),
        scattered=mark is not None,
        ephemeral=ephemeral,
        company=not private and not ephemeral,
        response_url=_url(body.get("response_url", "")),
    )


def _ticked(body: Payload, act: Payload, common: dict[str, Any]) -> Ticked:
    action_id = act["action_id"]
    chosen = frozenset(_text(option["value"]) for option in act["selected_options"])
    holder = body.get("message") or body.get("view") or {}
    # Slack leaves the message out where it is ephemeral: then only what is ticked is known.
    shown = shown_ticks(holder.get("blocks", ()), action_id) or chosen
    return Ticked(checklist=parse_checklist_id(action_id), shown=shown, chosen=chosen, **common)


def _said(body: Payload, voice: Voice, text: str) -> Happened:
    event = body["event"]
    origin = Origin(
        team=_team(body),
        user=_id(event["user"]),
        voice=voice,
        channel=_id(event["channel"]),
        company=voice == "aside",
        thread=_optional(event.get("thread_ts")),
    )
    said = Said(
        address=origin.address,
        at=_moment(event["ts"]),
        receipt=_id(body["event_id"]),
        direct=voice == "post",
        text=text,
    )
    return Happened(said, origin)


def _from_a_bot(body: Payload) -> bool:
    event = body["event"]
    ours = {entry.get("user_id") for entry in body.get("authorizations", ())}
    return "bot_id" in event or event["user"] in ours


def _team(body: Payload) -> str:
    team = body.get("team") or {}
    # In a channel shared by two companies, only the authorization names the one that installed the coach.
    authorized = body["authorizations"][0] if body.get("authorizations") else {}
    return _id(authorized.get("team_id") or team.get("id") or body.get("team_id") or body["user"]["team_id"])


def _id(value: object) -> str:
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise GarbledError("not an id")


def _optional(value: object) -> str:
    return "" if value is None else _id(value)


def _url(value: object) -> str:
    if isinstance(value, str) and (not value or _URL.fullmatch(value)):
        return value
    raise GarbledError("not an address to answer to")


def _text(value: object) -> str:
    if isinstance(value, str):
        return printable(value)
    raise GarbledError("not a text")


def _moment(value: object) -> datetime:
    """Read "1700000000.000100", to the microsecond."""
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise GarbledError("not a moment")
    fraction = (found["fraction"] or "").ljust(6, "0")[:6]
    return datetime.fromtimestamp(int(found["seconds"]), UTC) + timedelta(microseconds=int(fraction))
