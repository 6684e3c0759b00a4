"""What people type in Teams, read as they see it themselves."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.words import command, mentions, plain_words
from tests.growth import LINEAR, growth
from tests.teams.platform import BOT, BOT_NAME

TAG = f"<at>{BOT_NAME}</at>"
MENTION = {"type": "mention", "text": TAG, "mentioned": {"id": BOT, "name": BOT_NAME}}
BOB = {"type": "mention", "text": "<at>Bob</at>", "mentioned": {"id": "29:bob", "name": "Bob"}}
CLIENT = {"type": "clientInfo", "timezone": "Europe/Berlin"}
WORDS = {
    "prep acme": "prep acme",
    f"{TAG}&nbsp;prep acme": "prep acme",
    f"{TAG}, prep acme": "prep acme",
    f"prep acme {TAG}": "prep acme",
    f"{TAG}": "",
    "<at>Bob</at> won acme": "@Bob won acme",
    '<at id="0">Bob</at> won acme': "@Bob won acme",
    "Bolt &amp; Sons": "Bolt & Sons",
    "&amp;lt;": "&lt;",
    "a &lt; b &gt; c": "a < b > c",
    "&lt;b&gt;": "<b>",
    "&#39;free&#x27;": "'free'",
    "R&D, AT&T, R&notes, &unknown;": "R&D, AT&T, R&notes, &unknown;",
    "add <Bolt & Sons> today": "add <Bolt & Sons> today",
    "5 < 6 > 4": "5 < 6 > 4",
    "<p>prep acme</p>": "prep acme",
    '<div><span style="x">prep</span> <b>acme</b></div>': "prep acme",
    "<p>prep acme</p><p>and a tip</p>": "prep acme\nand a tip",
    "prep acme<br/>and a tip": "prep acme\nand a tip",
    "prep acme\r\nand a tip": "prep acme\nand a tip",
    "prep\u00a0acme": "prep acme",
    " spaced\u0000 out\ud800 ": "spaced out",
    "thanks 👍🏽": "thanks 👍🏽",
    "Größe": "Größe",
}


@pytest.mark.parametrize(("sent", "seen"), WORDS.items())
def test_words_are_read_as_their_writer_sees_them(sent: str, seen: str) -> None:
    assert plain_words(sent, [CLIENT, MENTION, BOB], BOT) == seen


def test_a_mention_that_stands_nowhere_in_the_text_changes_nothing() -> None:
    assert plain_words("prep acme", [MENTION | {"text": ""}, MENTION | {"text": None}], BOT) == "prep acme"


@pytest.mark.parametrize(
    ("entities", "meant"),
    [
        ([], False),
        ([CLIENT], False),
        ([BOB], False),
        ([BOB, MENTION], True),
        ([MENTION | {"text": ""}], True),
        ([{"type": "mention", "mentioned": BOT}], False),
        ([{"type": "mention"}], False),
        ("mention", False),
    ],
)
def test_only_the_coachs_own_mention_calls_it(entities: Any, *, meant: bool) -> None:  # noqa: ANN401  JSON
    assert mentions(BOT, entities) is meant


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("/negotiate prep acme", "prep acme"),
        ("negotiate prep acme", "prep acme"),
        ("Negotiate   prep acme ", "prep acme"),
        ("/negotiate", ""),
        ("prep acme", None),
        ("negotiated prep acme", None),
        ("we negotiate prep acme", None),
        ("/negotiateprep", None),
    ],
)
def test_the_command_of_slack_works_here_too(text: str, asked: str | None) -> None:
    assert command(text) == asked


@given(st.text(max_size=200), st.sampled_from([[], [MENTION], [BOB, MENTION]]))
def test_whatever_is_typed_can_be_kept_and_shown(text: str, entities: list[Any]) -> None:
    seen = plain_words(text, entities, BOT)
    json.dumps(seen, ensure_ascii=False).encode()
    assert "\x00" not in seen


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="&<>,:"), min_size=1, max_size=50))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert plain_words(text, [], BOT) == text


@pytest.mark.parametrize(
    ("before", "piece"), [("", "<at>"), ("", "<"), ("", "<br "), ("<a", " "), ("", "</p"), ("", "&#")]
)
def test_a_long_text_costs_no_more_than_its_length(before: str, piece: str) -> None:
    assert growth(lambda text: plain_words(before + text, [MENTION], BOT), piece) < LINEAR
