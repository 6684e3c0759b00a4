"""What happens on the page when somebody does something, over real HTTP."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.cards import (
    Button,
    Buttons,
    Card,
    Checklist,
    ChoiceField,
    Form,
    Menu,
    Option,
    PlaceField,
    TextField,
    Tick,
    prose,
)
from bot.chat.events import Asked, Event, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.chat.replies import Ask, Change, Hand, Home, Refuse, Reply, Say, Share
from bot.errors import StoreUnavailableError
from bot.web.cast import PEOPLE
from tests.web.conftest import Site, Visitor


def card(text: str, *buttons: Button) -> Card:
    return Card(text, (prose(text), Buttons(buttons)))


PRESSABLE = card("Ready?", Button("Go", "prep.open", "17"))
NAME = TextField("name", "Deal", required=True, max_length=20)
FORM = Form("deal.add", "", "New deal", (NAME, TextField("value", "Value")))


async def test_a_command_reaches_the_coach_without_its_name(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(card("Here is Acme.")),)
    page = await visitor.say("/negotiate prep acme")
    (event,) = site.coach.events
    assert isinstance(event, Asked)
    assert (event.text, event.direct) == ("prep acme", True)
    assert event.address == PEOPLE["ines"].direct
    assert page.path == "/ines/dm"
    assert "/negotiate prep acme" in page.text
    assert "Here is Acme." in page.text


async def test_plain_words_reach_the_coach_in_direct_messages(site: Site, visitor: Visitor) -> None:
    await visitor.say("what do I say to this?")
    (event,) = site.coach.events
    assert isinstance(event, Said)
    assert event.text == "what do I say to this?"


async def test_plain_words_in_the_channel_are_for_the_team_alone(site: Site, visitor: Visitor) -> None:
    await visitor.say("Who meets Acme?", "/ines/deals")
    assert site.coach.events == []
    assert "Who meets Acme?" in (await visitor.see("/tom/deals")).text


async def test_a_mention_in_the_channel_reaches_the_coach(site: Site, visitor: Visitor) -> None:
    await visitor.say("hey @Coach tip, please", "/ines/deals")
    (event,) = site.coach.events
    assert isinstance(event, Said)
    assert (event.text, event.direct) == ("hey tip, please", False)


async def test_what_is_answered_in_the_channel_only_the_asker_sees(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(card("A tip for you.")),)
    page = await visitor.say("/negotiate tip", "/ines/deals")
    assert page.text.count("Only you can see this") == 2
    assert "A tip for you." in page.text
    others = await visitor.see("/tom/deals")
    assert "A tip for you." not in others.text
    assert "/negotiate tip" not in others.text


async def test_a_lasting_card_goes_to_the_direct_messages_wherever_it_was_asked_for(
    site: Site, visitor: Visitor
) -> None:
    site.coach.answer = lambda _event: (Say(PRESSABLE, lasting=True, subject="prep:17"),)
    page = await visitor.say("/negotiate prep acme", "/ines/deals")
    assert "Open it in our direct messages" in page.text
    assert "Go" not in page.text.split()
    direct = await visitor.see("/ines/dm")
    ((address, subject, message),) = site.coach.places
    assert (address.conversation, subject) == ("dm-ines", "prep:17")
    assert direct.lines == [message]
    assert f'href="/ines/dm#m{message}"' in page.html


async def test_a_pressed_button_names_its_card_and_the_card_changes_in_place(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(PRESSABLE),)
    before = await visitor.say("prep")
    site.coach.answer = lambda _event: (Change(card("Opened.")),)
    after = await visitor.send("/ines/dm/act", ("message", before.lines[-1]), ("press", "prep.open:17"))
    event = site.coach.events[-1]
    assert isinstance(event, Pressed)
    assert (event.action, event.subject, event.message) == ("prep.open", "17", before.lines[-1])
    assert after.lines == before.lines
    assert "Opened." in after.text
    assert "Ready?" not in after.text


async def test_a_colleagues_message_is_coached_in_my_direct_messages(site: Site, visitor: Visitor) -> None:
    await visitor.say("15% off & <b>free</b>", "/tom/deals")
    page = await visitor.see("/ines/deals")
    assert page.text.count("Coach this message") == 1
    site.coach.answer = lambda _event: (Say(PRESSABLE, lasting=True),)
    after = await visitor.send("/ines/deals/coach", ("message", page.lines[-1]))
    (event,) = site.coach.events
    assert isinstance(event, Quoted)
    assert (event.text, event.author) == ("15% off & <b>free</b>", "Tom Becker")
    assert (event.address, event.direct, event.message) == (PEOPLE["ines"].channel, False, "")
    assert "Open it in our direct messages" in after.text
    assert "Ready?" in (await visitor.see("/ines/dm")).text
    assert "Ready?" not in (await visitor.see("/tom/deals")).text


async def test_a_card_that_was_shared_is_coached_by_what_it_says(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Share(PRESSABLE, "deals"),)
    await visitor.say("share", "/tom/dm")
    page = await visitor.see("/ines/deals")
    await visitor.send("/ines/deals/coach", ("message", page.lines[-1]))
    event = site.coach.events[-1]
    assert isinstance(event, Quoted)
    assert (event.text, event.author) == ("Ready?", "The coach")


async def test_the_same_press_twice_is_one_request(site: Site, visitor: Visitor) -> None:
    await visitor.say("15% off", "/tom/deals")
    page = await visitor.see("/ines/deals")
    again = [("csrf", page.hidden("csrf")), ("once", page.hidden("once")), ("message", page.lines[-1])]
    for _ in range(2):
        await visitor.send("/ines/deals/coach", *again)
    assert len(site.coach.events) == 1


async def test_what_is_mine_or_for_me_alone_is_not_offered(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(card("A tip for you.")),)
    page = await visitor.say("Who meets Acme?", "/ines/deals")
    assert "Coach this message" not in page.text
    page = await visitor.say("/negotiate tip", "/ines/deals")
    assert "Coach this message" not in page.text
    assert "Coach this message" not in (await visitor.say("tip")).text


@pytest.mark.parametrize(("line", "status"), [("", 404), ("999", 404), ("x", 422), ("9" * 19, 422)])
async def test_a_message_that_is_not_there_is_said_to_be_gone(
    site: Site, visitor: Visitor, line: str, status: int
) -> None:
    await visitor.see("/ines/deals")
    page = await visitor.send("/ines/deals/coach", ("message", line))
    assert (page.status, site.coach.events) == (status, [])


async def test_what_somebody_else_reads_alone_cannot_be_pointed_at(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(card("For Tom alone.")),)
    line = (await visitor.say("/negotiate tip", "/tom/deals")).lines[-1]
    site.coach.events.clear()
    await visitor.see("/ines/deals")
    page = await visitor.send("/ines/deals/coach", ("message", line))
    assert (page.status, site.coach.events) == (404, [])


async def test_a_menu_entry_is_a_press(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(Card("Which?", (Menu("prep.open", "Deal", (Option("d:1", "Acme"),)),))),)
    page = await visitor.say("prep")
    await visitor.send("/ines/dm/act", ("message", page.lines[-1]), ("pick", "prep.open"), ("option", "d:1"))
    event = site.coach.events[-1]
    assert isinstance(event, Pressed)
    assert (event.action, event.subject) == ("prep.open", "d:1")


async def test_ticks_tell_what_was_shown_and_what_is_ticked(site: Site, visitor: Visitor) -> None:
    listed = Card("List", (Checklist("prep.17", "Before", (Tick("a", "A", done=True), Tick("b", "B"))),))
    site.coach.answer = lambda _event: (Say(listed),)
    page = await visitor.say("prep")
    fields = [("checklist", "prep.17"), ("shown", "a"), ("shown", "b"), ("chosen", "b"), ("chosen", "x")]
    await visitor.send("/ines/dm/act", ("message", page.lines[-1]), *fields)
    event = site.coach.events[-1]
    assert isinstance(event, Ticked)
    assert (event.checklist, event.shown, event.chosen) == ("prep.17", frozenset("ab"), frozenset("b"))


async def test_a_form_opens_and_comes_back_with_every_field(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Ask(FORM),)
    page = await visitor.say("deal add")
    assert page.status == 200
    assert "<dialog" in page.html
    site.coach.answer = lambda _event: (Say(card("Added.")),)
    page = await visitor.send("/ines/dm/form", ("form", page.hidden("form")), ("field.name", "Acme renewal"))
    event = site.coach.events[-1]
    assert isinstance(event, Submitted)
    assert (event.form, event.answers) == ("deal.add", {"name": "Acme renewal", "value": ""})
    assert "<dialog" not in page.html
    assert "Added." in page.text


async def test_a_form_opened_from_a_card_changes_that_card(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(PRESSABLE),)
    line = (await visitor.say("prep")).lines[-1]
    site.coach.answer = lambda _event: (Ask(FORM),)
    page = await visitor.send("/ines/dm/act", ("message", line), ("press", "prep.open:17"))
    site.coach.answer = lambda _event: (Change(card("Answered.")),)
    fields = [("form", page.hidden("form")), ("message", line), ("field.name", "x")]
    assert f'name="message" value="{line}"' in page.html
    assert "Answered." in (await visitor.send("/ines/dm/form", *fields)).text


async def test_a_refused_form_says_why_and_keeps_what_was_typed(site: Site, visitor: Visitor) -> None:
    refusal = Refuse({"value": "Write it as 48k EUR."})
    site.coach.answer = lambda event: (refusal if isinstance(event, Submitted) else Ask(FORM),)
    page = await visitor.say("deal add")
    fields = [("form", page.hidden("form")), ("field.name", 'A "B" <c>'), ("field.value", "lots")]
    page = await visitor.send("/ines/dm/form", *fields)
    assert page.status == 422
    assert "Write it as 48k EUR." in page.text
    assert 'value="A &#34;B&#34; &lt;c&gt;"' in page.html
    assert 'value="lots"' in page.html


@pytest.mark.parametrize(
    ("typed", "sentence"), [("", "Please fill this in."), ("x" * 21, "At most 20 characters fit here; this has 21.")]
)
async def test_a_form_is_checked_as_a_chat_platform_would(
    site: Site, visitor: Visitor, typed: str, sentence: str
) -> None:
    site.coach.answer = lambda _event: (Ask(FORM),)
    page = await visitor.say("deal add")
    before = len(site.coach.events)
    page = await visitor.send("/ines/dm/form", ("form", page.hidden("form")), ("field.name", typed))
    assert sentence in page.text
    assert len(site.coach.events) == before


async def test_a_choice_that_was_not_offered_is_refused(site: Site, visitor: Visitor) -> None:
    choices = (ChoiceField("how", "How", (Option("a", "A"),)), PlaceField("where", "Where"))
    site.coach.answer = lambda _event: (Ask(Form("f", "s", "T", choices)),)
    page = await visitor.say("share")
    fields = [("form", page.hidden("form")), ("field.how", "z"), ("field.where", "elsewhere")]
    assert (await visitor.send("/ines/dm/form", *fields)).text.count("Please choose one.") == 2


async def test_a_shared_card_is_read_by_everyone(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Share(card("Preparing Acme."), "deals"), Say(card("Shared.")))
    page = await visitor.say("share")
    assert "Shared." in page.text
    assert "Preparing Acme." not in page.text
    assert "Preparing Acme." in (await visitor.see("/tom/deals")).text


async def test_a_place_that_does_not_exist_is_a_plain_sentence(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Share(card("x"), "elsewhere"),)
    assert "I can't see that you are in that channel" in (await visitor.say("share")).text


async def test_a_file_can_be_downloaded_by_its_owner_alone(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (
        Hand(card("Yours."), "my data ü.json", "application/json", b'{"a": 1}', "privacy.export"),
    )
    page = await visitor.say("export")
    file = await visitor.see(f"/ines/dm/file/{page.lines[-1]}")
    assert json.loads(file.html) == {"a": 1}
    assert file.headers["Content-Disposition"] == "attachment; filename*=UTF-8''my%20data%20%C3%BC.json"
    assert file.headers["Content-Type"] == "application/json"
    assert (await visitor.see(f"/tom/dm/file/{page.lines[-1]}")).status == 404


async def test_home_shows_the_coachs_own_page(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Home(card("Welcome back.", Button("Tip", "tip.show"))),)
    page = await visitor.see("/maya/home")
    (event,) = site.coach.events
    assert isinstance(event, Opened)
    assert (event.address.user, event.direct) == ("maya", True)
    assert "Welcome back." in page.text


async def test_what_is_pressed_at_home_is_answered_in_the_direct_messages(site: Site, visitor: Visitor) -> None:
    def answer(event: Event) -> Reply:
        return (Home(card("Home")),) if isinstance(event, Opened) else (Change(card("A tip.")),)

    site.coach.answer = answer
    await visitor.see("/ines/home")
    page = await visitor.send("/ines/home/act", ("message", ""), ("press", "tip.show:"))
    assert page.path == "/ines/dm"
    assert "A tip." in page.text


async def test_a_second_click_on_the_same_page_does_nothing_more(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Say(card("Once.")),)
    first = await visitor.see("/ines/dm")
    await visitor.send("/ines/dm/say", ("text", "tip"))
    visitor.page = first
    page = await visitor.send("/ines/dm/say", ("text", "tip"))
    assert len(site.coach.events) == 1
    assert len(page.lines) == 2


async def test_the_same_words_on_a_new_page_are_said_again(site: Site, visitor: Visitor) -> None:
    await visitor.say("tip")
    await visitor.say("tip")
    assert len({event.receipt for event in site.coach.events}) == 2


async def test_a_store_that_cannot_be_written_leaves_what_was_typed(visitor: Visitor, tmp_path: Path) -> None:
    await visitor.see("/ines/dm")
    with closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page = await visitor.send("/ines/dm/say", ("text", "promise two days"))
    assert page.status == 503
    assert StoreUnavailableError().sentence in page.text
    assert ">\npromise two days</textarea>" in page.html


async def test_a_form_that_cannot_be_kept_stays_open_with_what_was_typed(
    site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    site.coach.answer = lambda _event: (Ask(FORM),)
    page = await visitor.say("deal add")
    site.coach.answer = lambda _event: (Say(card("Added.")),)
    with closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page = await visitor.send("/ines/dm/form", ("form", page.hidden("form")), ("field.name", "Acme renewal"))
    assert page.status == 503
    assert "<dialog" in page.html
    assert 'value="Acme renewal"' in page.html


async def test_a_page_from_before_a_restart_keeps_what_was_typed_and_does_nothing(site: Site, visitor: Visitor) -> None:
    await visitor.see("/ines/dm")
    page = await visitor.send("/ines/dm/say", ("text", "hello"), ("csrf", "old"))
    assert page.status == 403
    assert ">\nhello</textarea>" in page.html
    assert site.coach.events == []


@pytest.mark.parametrize(
    "fields",
    [
        [("press", "No Such:x")],
        [("press", "")],
        [("pick", "prep.open")],
        [("press", "a:b"), ("message", "9" * 40)],
        [("press", "a:" + "x" * 500)],
    ],
)
async def test_a_press_we_never_offered_is_a_plain_sentence(
    site: Site, visitor: Visitor, fields: list[tuple[str, str]]
) -> None:
    await visitor.see("/ines/dm")
    page = await visitor.send("/ines/dm/act", *fields)
    assert page.status == 422
    assert "I couldn't read that." in page.text
    assert site.coach.events == []


async def test_a_form_that_is_none_is_a_plain_sentence(site: Site, visitor: Visitor) -> None:
    await visitor.see("/ines/dm")
    page = await visitor.send("/ines/dm/form", ("form", "{}"))
    assert (page.status, site.coach.events) == (422, [])


async def test_next_morning_moves_the_coachs_clock_and_back_to_now_stops_at_what_has_happened(
    site: Site, visitor: Visitor
) -> None:
    await visitor.see("/ines/dm")
    page = await visitor.send("/ines/dm/clock", ("move", "morning"))
    assert "09:00 Thu 26 Nov" in page.text
    await visitor.say("good morning")
    assert site.coach.events[-1].at == site.clock()
    site.time.pass_by(timedelta(minutes=5))
    page = await visitor.send("/ines/dm/clock", ("move", "week"))
    assert "09:00 Mon 30 Nov" in page.text
    page = await visitor.send("/ines/dm/clock", ("move", "now"))
    assert "09:00 Thu 26 Nov" in page.text


async def test_starting_over_leaves_nothing_behind(site: Site, visitor: Visitor) -> None:
    site.coach.answer = lambda _event: (Share(card("Preparing Acme."), "deals"), Say(card("Shared.")))
    await visitor.say("share", "/ines/dm")
    await visitor.say("hello team", "/tom/deals")
    await visitor.send("/tom/deals/clock", ("move", "week"))
    page = await visitor.send("/tom/deals/afresh")
    assert page.lines == []
    assert (await visitor.see("/ines/dm")).lines == []
    assert site.refreshed == [site.clock()] == [site.time()]


async def test_a_day_is_named_where_it_begins(site: Site, visitor: Visitor) -> None:
    await visitor.say("one")
    site.time.pass_by(timedelta(days=1))
    page = await visitor.say("two")
    assert "Wednesday 25 November" in page.text
    assert "Thursday 26 November" in page.text


async def test_an_empty_message_is_not_sent(site: Site, visitor: Visitor) -> None:
    assert (await visitor.say("   ")).lines == []
    assert site.coach.events == []
