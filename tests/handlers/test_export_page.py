"""The page of an export holds everything, reads well, and does nothing that somebody typed."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.chat.cards import Card, dump, prose
from bot.coach.access import Rule
from content.library import Playbook
from handlers.export_page import NOTHING, Reader, page
from handlers.export_words import PARTS, Column, Kind
from store.privacy import TOLD
from tests.growth import growth

NOW = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
LISBON = Reader(name="Ines Duarte", zone="Europe/Lisbon")
TYPED = {
    Kind.DAY: ("2026-11-25", "Wed 25 Nov 2026"),
    Kind.MOMENT: ("2026-07-01T12:30:00+00:00", "Wed 1 Jul 2026, 13:30"),
    Kind.TIME: ("09:00:00", "09:00"),
    Kind.YES: (True, "yes"),
    Kind.MONEY: (4_800_050, "€48,000.50"),
}
HOSTILE = (
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><svg/onload=alert(1)>",
    "</dd></dl></article><h1>Ours</h1>",
    "{{ 7 * 7 }}{% for x in y %}",
    "&lt;b&gt; javascript:alert(1)",
    "\u202egnorts\u202c \x00\x1b[2J",
)


class Read(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.texts: list[str] = []
        self._style = False
        self.feed(html.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        self._style = tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._style and data.strip():
            self.texts.append(data.strip())

    def handle_endtag(self, _tag: str) -> None:
        self._style = False


def a_row(columns: tuple[Column, ...], said: object = None) -> dict[str, object]:
    """A row in which every column says something, text its own name."""
    texts = {one.name: f"the {one.name}" if said is None else said for one in columns}
    typed = {one.name: TYPED[one.kind][0] for one in columns if one.kind in TYPED}
    return texts | typed | ({"currency": "EUR"} if "currency" in texts else {})


def everything(said: object = None) -> dict[str, object]:
    return {part.table: [a_row(part.columns, said)] for part in PARTS}


@pytest.mark.parametrize("table", sorted(TOLD))
def test_every_column_that_is_told_of_a_person_has_its_words(table: str) -> None:
    (part,) = [one for one in PARTS if one.table == table]
    assert sorted(column.name for column in part.columns) == sorted(TOLD[table])


def test_no_words_are_left_over_for_what_is_not_told() -> None:
    assert {part.table for part in PARTS} == set(TOLD)


def test_every_value_of_every_table_stands_on_the_page_under_its_heading() -> None:
    texts = Read(page(everything(), LISBON, NOW)).texts
    for part in PARTS:
        start = len(texts) - texts[::-1].index(part.heading)
        for column in part.columns:
            shown = "EUR" if column.name == "currency" else TYPED.get(column.kind, ("", f"the {column.name}"))[1]
            assert shown in texts[start:], f"{part.table}.{column.name}"


def test_dates_are_written_out_on_the_clock_of_whoever_reads_them() -> None:
    auckland = page(everything(), Reader(zone="Pacific/Auckland"), NOW).decode()
    assert "Made on Tue 24 Nov 2026, 01:05, Pacific/Auckland time" in auckland
    assert "Thu 2 Jul 2026, 00:30" in auckland


@pytest.mark.parametrize("said", HOSTILE)
def test_what_somebody_typed_makes_no_tag_and_no_attribute(said: str) -> None:
    hostile = page(everything(said), Reader(name=said, teams={said: said}, items={said: said}), NOW)
    assert Read(hostile).tags == Read(page(everything("said"), Reader(name="said"), NOW)).tags
    harmless = "".join(sign for sign in said if sign not in "\x00\x1b")
    assert harmless in Read(hostile).texts


def test_the_page_has_no_script_and_fetches_nothing() -> None:
    read = Read(page(everything(), LISBON, NOW))
    assert not {"script", "link", "img", "iframe", "form", "object"} & {tag for tag, _ in read.tags}
    addresses = {value for _, attrs in read.tags for name, value in attrs if name in ("href", "src", "action", "style")}
    assert addresses == {f"#{part.table}" for part in PARTS}
    html = page(everything(), LISBON, NOW).decode()
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import|https?:", html)


def test_ids_are_told_as_the_names_they_stand_for(playbook: Playbook) -> None:
    practice, item = playbook.practices[0], next(playbook.items())
    reader = Reader(
        teams={"T9": "West"}, practices={practice.id: practice.title}, items={item.id: item.text}, zone="UTC"
    )
    export = everything() | {
        "deals": [a_row(_columns("deals")) | {"id": "D9", "name": "Acme renewal"}],
        "preps": [a_row(_columns("preps")) | {"id": "P9", "deal_id": "D9"}],
        "prep_ticks": [a_row(_columns("prep_ticks")) | {"prep_id": "P9", "item": item.id}],
        "tips": [a_row(_columns("tips")) | {"practice": practice.id}],
        "audit": [a_row(_columns("audit")) | {"team_id": "T9", "rule": Rule.DIGEST_PREVIEW.value}],
    }
    texts = Read(page(export, reader, NOW)).texts
    assert texts.count("Acme renewal") == 3
    assert {"West", practice.title, item.text, "the digest as it would be now"} <= set(texts)


def test_a_plan_and_a_letter_are_read_in_words() -> None:
    plan = {"demand": "10% off", "floor": None, "entries": [{"tradable": {"what": "logo", "unit": ""}, "ours": _LOW}]}
    card = json.loads(dump(Card("Write to Acme.", (prose("Write to Acme."),))))
    export = {
        "plans": [a_row(_columns("plans")) | {"body": plan}],
        "outbox": [a_row(_columns("outbox")) | {"card": card}],
    }
    texts = Read(page(export, LISBON, NOW)).texts
    assert "demand: 10% off\nentries:\n    1:\n        tradable: what: logo\n        ours: low, a guess" in texts
    assert "Write to Acme." in texts


_LOW = {"worth": "low", "known": False}


def test_a_chat_on_the_try_page_is_told_in_words() -> None:
    words = {"kind": "words", "text": "prep acme"}
    card = json.loads(dump(Card("Here it is.", (prose("Here it is."),))))
    file = {"kind": "file", "card": card, "name": "mine.html", "media_type": "text/html"}
    rows = [a_row(_columns("transcript")) | {"body": line} for line in (words, file)]
    html = page({"transcript": rows}, LISBON, NOW).decode()
    assert all(said in html for said in ("prep acme", "Here it is.", "mine.html"))


def test_what_is_not_there_is_said_in_one_place() -> None:
    html = page({"deals": [a_row(_columns("deals")) | {"notes": ""}]}, LISBON, NOW).decode()
    assert "Nothing is kept here" in html
    assert "Your promises" not in html
    assert "What you promised" in html
    assert "Your notes on the contact" not in html
    assert NOTHING not in Read(html.encode()).texts


def test_a_row_more_costs_what_a_row_costs() -> None:
    row = a_row(_columns("deals"))

    def act(text: str) -> object:
        return page({"deals": [row] * len(text), "check_ins": [a_row(_columns("check_ins"))] * len(text)}, LISBON, NOW)

    # Sixteen with the square; so many small texts keep the collector busy, which comes on top of four.
    assert growth(act, "x", 1_000) < 10


def _columns(table: str) -> tuple[Column, ...]:
    return next(part.columns for part in PARTS if part.table == table)


def test_any_value_that_a_store_can_give_is_written() -> None:
    odd: tuple[Any, ...] = (
        "",
        0,
        -1,
        True,
        False,
        [],
        {},
        {"a": [{"b": "c"}]},
        "x" * 5_000,
        "🎉" * 500,
        "\u05d0\u05d1",
    )
    for said in odd:
        assert page(everything(said), LISBON, NOW)
