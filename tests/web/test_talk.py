"""Conversations kept in the transcript."""

from bot.chat.cards import Card
from bot.web import lines
from bot.web.cast import COACH, PEOPLE
from bot.web.lines import Handed, Pointer, Shown, Words
from bot.web.talk import Talk, pulse
from store import Store
from tests.cards.suite import CARDS
from tests.web.conftest import START

INES, TOM = PEOPLE["ines"], PEOPLE["tom"]


def test_every_kind_of_line_comes_back_as_it_was() -> None:
    file = Handed(CARDS["prep"], "ü.json", "application/json", b"\x00\xff")
    for line in (Words("<b>hi"), Shown(CARDS["prep"]), file, Pointer("s", "4")):
        assert lines.load(lines.dump(line)) == line


async def test_a_line_of_another_version_is_explained_and_hides_no_other(store: Store) -> None:
    await store.write(INES.channel, lambda unit: unit.transcript.add(COACH, '{"kind": "hologram"}', START), at=START)
    talk = Talk(store)
    await talk.post(INES.channel, INES.id, Words("hello"), START)
    old, new = await talk.history(INES.channel)
    assert isinstance(old.line, Shown)
    assert "another version" in old.line.card.summary
    assert new.line == Words("hello")


async def test_what_is_for_one_person_is_marked_only_in_company(store: Store) -> None:
    talk = Talk(store)
    await talk.post(INES.direct, COACH, Words("private anyway"), START)
    await talk.post(INES.channel, COACH, Words("for Ines"), START)
    await talk.post(INES.channel, INES.id, Words("for all"), START, everyone=True)
    assert [entry.private for entry in await talk.history(INES.direct)] == [False]
    assert [entry.private for entry in await talk.history(INES.channel)] == [True, False]
    assert [entry.line for entry in await talk.history(TOM.channel)] == [Words("for all")]


async def test_the_pulse_changes_with_every_line_and_every_change(store: Store) -> None:
    talk = Talk(store)
    pulses = [pulse(await talk.history(INES.direct))]
    line = await talk.post(INES.direct, COACH, Shown(Card("a", ())), START)
    pulses.append(pulse(await talk.history(INES.direct)))
    await talk.change(INES.direct, line, Shown(Card("b", ())), START)
    pulses.append(pulse(await talk.history(INES.direct)))
    assert len(set(pulses)) == 3
    assert pulse(await talk.history(INES.direct)) == pulses[-1]


async def test_the_newest_moment_is_of_any_conversation(store: Store) -> None:
    talk = Talk(store)
    assert await talk.newest() is None
    await talk.post(TOM.direct, COACH, Words("x"), START)
    assert await talk.newest() == START
