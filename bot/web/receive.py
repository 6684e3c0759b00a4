"""A form of the try page -> an event. Pure: nothing is read or written here."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat import forms
from bot.chat.address import Address
from bot.chat.cards import Form, PlaceField
from bot.chat.events import Asked, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.chat.ids import ACTION, SUBJECT_MAX
from bot.errors import InvalidInputError
from bot.web.cast import PLACES, is_direct
from bot.web.forms import NAME

Posted = Mapping[str, Sequence[str]]
"""The fields of a form: each name with all its values."""

_COMMAND = re.compile(r"\s*/negotiate(?:\s+|$)", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@])@coach\b[\s,:]*", re.IGNORECASE)
# Ids of lines are numbers; a longer one is none that we gave.
_LINE = re.compile(r"\d{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """Who did something, where, and when (UTC). `once` names the page they did it on: a repeat carries it again."""

    address: Address
    at: datetime
    once: str

    def receipt(self, *what: str) -> str:
        """Name this happening: the same on the same page is the same."""
        digest = hashlib.sha256("\0".join(what).encode(errors="replace")).hexdigest()
        return f"{self.once}.{digest[:24]}"


def opened(moment: Moment) -> Opened:
    """Someone turned to the coach's own page."""
    return Opened(address=moment.address, at=moment.at, receipt=moment.receipt("opened"), direct=True)


def heard(moment: Moment, text: str) -> Asked | Said | None:
    """Read what was typed; None where it isn't meant for the coach."""
    address, direct, receipt = moment.address, is_direct(moment.address), moment.receipt("heard", text)
    if command := _COMMAND.match(text):
        words = text[command.end() :].strip()
        return Asked(address=address, at=moment.at, receipt=receipt, direct=direct, text=words)
    if direct or _MENTION.search(text):
        words = _MENTION.sub("", text).strip()
        return Said(address=address, at=moment.at, receipt=receipt, direct=direct, text=words)
    return None


def is_command(text: str) -> bool:
    """Say whether a line is a command, which nobody else in a channel sees."""
    return _COMMAND.match(text) is not None


def pointed(moment: Moment, line: str, text: str, author: str) -> Quoted:
    """Somebody pointed the coach at a line of the conversation, which says `text`."""
    return Quoted(
        address=moment.address,
        at=moment.at,
        receipt=moment.receipt("pointed", line),
        direct=is_direct(moment.address),
        text=text,
        author=author,
    )


def touched(moment: Moment, posted: Posted) -> Pressed | Ticked:
    """Read what was done to a card; raises `InvalidInputError` where that is nothing we wrote."""
    if "checklist" in posted:
        return _ticked(moment, posted)
    if "pick" in posted:
        action, subject = one(posted, "pick"), one(posted, "option")
    else:
        action, _, subject = one(posted, "press").partition(":")
    if not ACTION.fullmatch(action) or len(subject) > SUBJECT_MAX or ("pick" in posted and not subject):
        raise InvalidInputError
    return Pressed(
        address=moment.address,
        at=moment.at,
        receipt=moment.receipt("pressed", message_of(posted), action, subject),
        direct=is_direct(moment.address),
        message=message_of(posted),
        action=action,
        subject=subject,
    )


def _ticked(moment: Moment, posted: Posted) -> Ticked:
    shown, chosen = frozenset(posted.get("shown", ())), frozenset(posted.get("chosen", ()))
    checklist = one(posted, "checklist")
    return Ticked(
        address=moment.address,
        at=moment.at,
        receipt=moment.receipt("ticked", message_of(posted), checklist, *sorted(chosen)),
        direct=is_direct(moment.address),
        message=message_of(posted),
        checklist=checklist,
        shown=shown,
        chosen=chosen & shown,
    )


def message_of(posted: Posted) -> str:
    """Read which line it is about, empty where it is about none; raises `InvalidInputError` for no line of ours."""
    message = one(posted, "message")
    if not _LINE.fullmatch(message):
        raise InvalidInputError
    return message


def form_of(posted: Posted) -> Form:
    """Read back the form that the page carried along; raises `InvalidInputError`."""
    return forms.form_of(one(posted, "form"))


def typed(form: Form, posted: Posted) -> dict[str, str]:
    """Gather what was typed or chosen, field by field, empty where nothing was."""
    return {field.id: one(posted, f"{NAME}{field.id}").replace("\r\n", "\n") for field in form.fields}


def submitted(moment: Moment, form: Form, posted: Posted) -> Submitted:
    """A form came back."""
    answers = typed(form, posted)
    return Submitted(
        address=moment.address,
        at=moment.at,
        receipt=moment.receipt("submitted", form.id, form.subject, *answers.values()),
        direct=is_direct(moment.address),
        message=message_of(posted),
        form=form.id,
        subject=form.subject,
        answers=answers,
        places={field.id: answers[field.id] for field in form.fields if isinstance(field, PlaceField)},
    )


def problems(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Check what was filled in, before the coach sees it."""
    return forms.problems(form, answers, PLACES)


def one(posted: Posted, name: str) -> str:
    """The first value of a field, empty where there is none."""
    return next(iter(posted.get(name, ())), "")
