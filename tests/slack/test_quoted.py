"""Messages of every make, and what a reader sees of them."""

from typing import Any

import pytest

from bot.slack.quoted import author_of, words_of
from tests.growth import LINEAR, growth

Json = dict[str, Any]


def rich(*elements: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def text(words: str) -> Json:
    return {"type": "text", "text": words}


def section(words: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


ITEMS = [{"type": "rich_text_section", "elements": [text(words)]} for words in ("one", "two")]
STANDING_IN = "This content can't be displayed."
MESSAGES: dict[str, tuple[Json, str]] = {
    "a person's": ({"text": "15% off &amp; free", "blocks": [rich(text("15% off & free"))]}, "15% off & free"),
    "a mention": ({"text": "<@U2|bob> asks <#C1|sales>"}, "@bob asks #sales"),
    "nothing": ({}, ""),
    "nothing typed": ({"text": "", "blocks": [], "attachments": []}, ""),
    "no text at all": ({"text": None, "blocks": None}, ""),
    "only a file": ({"text": "", "files": [{"name": "offer.pdf", "title": "offer"}]}, ""),
    "only a picture": ({"blocks": [{"type": "image", "image_url": "https://a.example", "alt_text": "A"}]}, ""),
    "only blocks": ({"blocks": [{"type": "divider"}, section("*15%* &lt;now&gt;")]}, "*15%* <now>"),
    "an app's": ({"bot_id": "B1", "text": STANDING_IN, "blocks": [section("15% off")]}, "15% off"),
    "an app's without blocks": ({"bot_id": "B1", "text": "15% off"}, "15% off"),
    "a header, fields and small print": (
        {
            "blocks": [
                {"type": "header", "text": {"type": "plain_text", "text": "Offer"}},
                {
                    "type": "section",
                    "fields": [{"type": "mrkdwn", "text": "15%"}, {"type": "plain_text", "text": "off"}],
                },
                {
                    "type": "context",
                    "elements": [{"type": "image", "alt_text": "x"}, {"type": "plain_text", "text": "!"}],
                },
                {"type": "markdown", "text": "## End"},
            ]
        },
        "Offer\n15%\noff\n!\n## End",
    ),
    "rich text of all kinds": (
        {
            "blocks": [
                rich(
                    {"type": "user", "user_id": "U1"},
                    text(" and "),
                    {"type": "broadcast", "range": "here"},
                    {"type": "emoji", "name": "tada"},
                    {"type": "link", "url": "https://a.example", "text": "terms"},
                    {"type": "link", "url": "https://b.example"},
                    {"type": "color", "value": "#000"},
                ),
                {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": ITEMS}]},
                rich(text("quoted"), kind="rich_text_quote"),
            ]
        },
        "@U1 and @here:tada:termshttps://b.example\none\ntwo\nquoted",
    ),
    "forwarded": ({"text": "", "attachments": [{"text": "15% off", "fallback": "Ana: 15% off"}]}, "15% off"),
    "forwarded with a word": ({"text": "Help", "attachments": [{"text": "15% off"}]}, "Help"),
    "attached with fields": (
        {"attachments": [{"pretext": "New", "title": "Ticket", "fields": [{"title": "Ask", "value": "15%"}]}]},
        "New\nTicket\nAsk\n15%",
    ),
    "attached blocks": ({"attachments": [{"blocks": [section("15%")], "fallback": "-"}]}, "15%"),
    "attached without anything": ({"attachments": [{"fallback": "A chart"}, {"id": 1}]}, "A chart"),
    "control characters": ({"text": "a\x00b\u2028c"}, "ab\nc"),
}


@pytest.mark.parametrize(("message", "seen"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_read_as_its_reader_sees_it(message: Json, seen: str) -> None:
    assert words_of(message) == seen


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ({"user": "U1"}, ""),
        ({"username": "ticket bot", "bot_profile": {"name": "Tickets"}}, "ticket bot"),
        ({"bot_profile": {"name": "Tickets"}}, "Tickets"),
        ({"user_profile": {"display_name": "", "real_name": "Ana\nSilva"}}, "Ana Silva"),
        ({"user_profile": None, "bot_profile": None}, ""),
    ],
)
def test_its_writer_is_named_where_the_message_says_it(message: Json, name: str) -> None:
    assert author_of(message) == name


@pytest.mark.parametrize("piece", ["<", "<a:", "&lt;", "<@U1|", "🎉"])
def test_a_long_message_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(lambda words: words_of({"text": words}), piece) < LINEAR
