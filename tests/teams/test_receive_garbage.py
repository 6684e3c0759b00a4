"""Nonsense in every place of every activity: it is read or refused, and never breaks anything."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC
from typing import assert_never, get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.events import Happening
from bot.teams.origin import Consented, GarbledError, Happened, Left, Origin, Received, Way
from bot.teams.receive import translate, way_of
from tests.doors import NOW
from tests.garbage import json_values, paths, with_garbage
from tests.teams.activities import activity, consent, invoke, mention, message, pointer, press, quotable, sent
from tests.teams.platform import BOT, CHANNEL, Json
from tests.teams.test_quoted import FORWARDED, ON_A_CARD

SHAPES: list[Json] = [
    message(),
    mention(where=CHANNEL),
    press({"action": "tick", "subject": "a", "tick:1:a:x": "true"}),
    press({"action": "prep.open", "choice": "c", "c": "d1"}),
    invoke("task/fetch", {"data": {"action": "deal.add"}}),
    invoke("task/submit", {"data": sent(matters="Time")}),
    activity("message", value=sent(matters="Time"), replyToId="77"),
    invoke("fileConsent/invoke", consent()),
    pointer(quotable()),
    pointer(quotable("", attachments=[FORWARDED]), CHANNEL),
    pointer(quotable("", attachments=[ON_A_CARD])),
    invoke("composeExtension/submitAction", {"commandId": "coachMessage", "data": {"msteams": {}}}),
    activity("installationUpdate", action="add"),
    activity("conversationUpdate", membersAdded=[{"id": BOT}], membersRemoved=[]),
]


@given(st.sampled_from(SHAPES), st.data(), json_values, st.booleans())
def test_garbage_anywhere_in_an_activity_is_read_or_refused_and_never_breaks(
    shape: Json,
    data: st.DataObject,
    garbage: object,
    gone: bool,  # noqa: FBT001  drawn by hypothesis
) -> None:
    path = data.draw(st.sampled_from(list(paths(shape))))
    is_sound(with_garbage(shape, path, garbage, gone=gone))


@given(st.dictionaries(st.sampled_from([*activity("message"), "text", "value", "name", "entities"]), json_values))
def test_whatever_object_comes_is_read_or_refused(given: Json) -> None:
    is_sound(given)
    assert way_of(given) in get_args(Way)


def is_sound(given: Json) -> None:
    """Everything that leaves the translation can be stored and looked up."""
    try:
        told = parts(translate(given, NOW))
    except GarbledError:
        return
    words = "".join(word for one in told for word in strings(asdict(one)))
    words.encode()
    assert "\x00" not in words
    assert all(one.at.tzinfo is UTC for one in told if isinstance(one, Happening))
    assert all((one.tenant, one.user, one.conversation, one.bot) for one in told if isinstance(one, Origin))


def parts(received: Received | None) -> list[Origin | Happening]:
    match received:
        case None:
            return []
        case Left():
            return [received.origin]
        case Happened():
            return [received.origin, *received.also, received.event]
        case Consented():
            return [received.again.origin, received.again.event]
    assert_never(received)


def strings(value: object) -> Iterator[str]:
    """Name every text in what is told."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings([*value, *value.values()])
    elif isinstance(value, list | tuple | frozenset):
        for one in value:
            yield from strings(one)
