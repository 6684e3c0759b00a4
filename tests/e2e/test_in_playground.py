"""Flow 1 and what surrounds it in Teams: the real program in Microsoft's Agents Playground, in a real browser."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, expect

from app import now
from bot.chat.address import Address
from bot.drawing import columns
from handlers.samples import DEALS
from store import Store
from store.outbox import Outbox
from tests.cards.ordinary import HELPED
from tests.e2e.digest_week import WANTED, WIN, colleagues_trade, sets_up, trades_and_shares
from tests.e2e.served import Served
from tests.e2e.teams.playground import BOT, INES, OTHERS, TEAM, TENANT, Json, Playground, playing
from tests.e2e.teams.playground_rep import CHANNEL, DIRECT, GROUP, POINTER, PlaygroundRep, after
from tests.e2e.test_walk import ANSWERS, PICTURES
from tests.e2e.weeks import Weeks, begins_to_stay_in_touch, puts_something_right
from tests.program import Operator, free_port
from tests.stories.bargained import WHOLE, BargainingStories
from tests.stories.teams_cards import ANSWER, texts, typed_into
from tests.stories.told import LINE, Stories
from tests.teams.platform import FakeTeams, Person

TEAMS = {"TEAMS_UNAUTHENTICATED": "1", "TEAMS_TENANT_ID": TENANT}
OTHER_LINE = "Turn each guess about them into a what or how question"


@pytest.fixture
async def coach(tmp_path: Path) -> AsyncIterator[Served]:
    """`python app.py serve` with the sample deals imported; it comes back on the same port, which Teams knows."""
    operator = Operator(tmp_path, TEAMS)
    await operator.has_deals(TENANT, DEALS.read_bytes(), now())
    async with Served(operator, "serve", PORT=str(free_port())) as served:
        yield served


@pytest.fixture
async def playground(coach: Served, tmp_path: Path) -> AsyncIterator[Playground]:
    async with playing(tmp_path / "playground", coach.url) as playground:
        yield playground


@pytest.fixture
async def rep(playground: Playground, coach: Served, browser: Browser) -> AsyncIterator[PlaygroundRep]:
    """Ines, in whose Playground nothing may go wrong unseen."""
    ines = PlaygroundRep(playground, browser, coach.again)
    yield ines
    assert ines.complaints == []


class Album:
    """Pictures of what Ines sees, numbered."""

    def __init__(self, rep: PlaygroundRep, name: str = "flow") -> None:
        """Collect what `rep` sees under a name."""
        self._rep = rep
        self._name = name
        self._count = 0

    async def takes(self, name: str) -> None:
        """Take a picture of the screen as it stands."""
        page = await self._rep.page()
        self._count += 1
        await page.screenshot(path=PICTURES / f"teams-{self._name}-{self._count:02}-{name}.png", animations="disabled")


async def test_flow_one_is_good_to_look_at(rep: PlaygroundRep) -> None:
    album = Album(rep)
    await rep.sees("I'm your negotiation coach", "Prepare a meeting")
    await album.takes("welcome")
    await rep.says("tip")
    await rep.sees("Open on a human note", "Two minutes:")
    await album.takes("tip")
    await _prepares(rep, album)
    await _shares(rep, album)


async def _prepares(rep: PlaygroundRep, album: Album) -> None:
    await rep.says("prep acme")
    await rep.sees("Acme renewal", "€48,000", "Only you can see this.")
    await album.takes("start")
    await rep.presses("Quick: three questions")
    await album.takes("form")
    await rep.fills(**ANSWERS)
    await rep.sees("Give to get.", "Below 43k", "0 of 38 steps ticked", "Done.")
    await album.takes("prep")
    await rep.ticks(LINE)
    await rep.ticks(OTHER_LINE)
    await rep.sees("2 of 38 steps ticked")
    await rep.sees_ticked(LINE)
    await album.takes("ticks")
    await rep.presses("All twelve")
    await rep.sees("2 of 38 steps ticked")
    await album.takes("all-twelve")
    await rep.presses("Draft the playback")
    await rep.sees("live before summer", "Did they confirm it, or correct it?")
    await album.takes("playback")


async def _shares(rep: PlaygroundRep, album: Album) -> None:
    await rep.mentions(GROUP, "prep acme")
    await album.takes("group")
    await rep.mentions(CHANNEL, "tip")
    await album.takes("channel")
    await rep.goes(DIRECT)
    await rep.sees("Acme renewal")
    await rep.presses("Share without numbers")
    await album.takes("share")
    await rep.fills(place="group")
    await rep.sees("Shared.")
    page = await rep.goes(GROUP)
    shared = page.locator(".ac-adaptiveCard").last
    await expect(shared).to_contain_text(ANSWERS["matters"])
    await album.takes("shared")
    for private in ("48,000", "list price", "5% off", "43k", "Onboarding", "Porto"):
        await expect(shared).not_to_contain_text(private)


async def test_flow_two_is_good_to_look_at(rep: PlaygroundRep) -> None:
    album = Album(rep, "plan")
    await rep.says("acme want 15% off or they walk")
    await rep.sees("Trade instead of giving away.")
    await album.takes("coached")
    await rep.presses("Plan it for Acme renewal")
    await rep.presses("I don't know")
    await rep.says("up to 10% off, onboarding, training")
    await album.takes("gets")
    await rep.says("two years, net 30, a reference call")
    await album.takes("worths")
    await rep.presses("Looks right")
    await rep.says("Below 41k we keep the old contract")
    await rep.sees(WHOLE)
    await rep.sees_picture(WHOLE)
    await album.takes("whole")
    await rep.says("counter 20% off")
    await rep.sees("From your plan for Acme renewal.")
    await album.takes("counter")
    await rep.says("gave 8% off for acme")
    await rep.sees("Nothing has come back for it yet")
    await rep.presses("After the call: what moved?")
    await rep.ticks("a two-year contract")
    await rep.sees("1 give, 1 get.")
    await album.takes("moved")
    await rep.presses("The whole log")
    await rep.sees("What moved: Acme renewal")
    await album.takes("log")


async def test_flow_three_is_good_to_look_at(rep: PlaygroundRep, coach: Served) -> None:
    album = Album(rep, "keep")
    await rep.page()
    weeks = Weeks(coach)
    await begins_to_stay_in_touch(rep, weeks, album.takes)
    await puts_something_right(rep, weeks, album.takes)


async def test_flow_four_is_good_to_look_at(rep: PlaygroundRep, coach: Served) -> None:
    album, weeks = Album(rep, "digest"), Weeks(coach)
    await rep.goes(CHANNEL)
    await sets_up(rep, weeks)
    await album.takes("set-up")
    await trades_and_shares(rep)
    await album.takes("shared")
    await colleagues_trade(coach, "teams", TENANT, [one.id for one in OTHERS[:3]])
    await weeks.passes()
    page = await rep.goes(CHANNEL)
    posted = page.locator(".ac-adaptiveCard").filter(has_text="What went well")
    for words in (WIN, WANTED, "4 of 8", "Gives and gets by week", "Practice of the week"):
        await expect(posted).to_contain_text(words)
    picture = posted.get_by_role("img", name="gives 8 and gets 4")
    assert await picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == list(columns.SIZE)
    await album.takes("channel")
    await rep.goes(DIRECT)
    await rep.says("digest now")
    await rep.sees("Your own copy of what went to", "Post this tip")
    await album.takes("own-copy")


@pytest.mark.parametrize("place", [GROUP, CHANNEL])
async def test_where_others_read_stands_one_neutral_line_even_after_a_restart(rep: PlaygroundRep, place: str) -> None:
    """The card arrives unasked in the person's own chat, whose address only the database remembers."""
    page = await rep.goes(place)
    cards = page.locator(".ac-adaptiveCard")
    await expect(cards).to_have_count(1)
    await rep.comes_back()
    await rep.mentions(place, "prep globex")
    assert POINTER in await cards.all_inner_texts()
    await expect(cards).to_have_count(2)
    await rep.goes(DIRECT)
    await rep.sees("Globex rollout", "$18,500", "Only you can see this.")


async def test_a_prep_opened_twice_changes_in_both_places_after_a_restart(rep: PlaygroundRep) -> None:
    await rep.says("prep globex")
    await rep.presses("Full: all twelve practices")
    await rep.says("prep globex")
    page = await rep.page()
    ticked = page.get_by_role("checkbox", name=LINE, checked=True)
    copies = page.get_by_role("checkbox", name=LINE)
    await expect(copies).to_have_count(2)
    await rep.comes_back()
    await copies.first.click()
    await rep.does(after(copies.first, "Save ticks").click)
    await expect(ticked).to_have_count(2)
    await expect(page.get_by_text("1 of 38 steps ticked")).to_have_count(2)


async def test_what_a_hurried_rep_types_gets_a_sentence_or_a_way_on(rep: PlaygroundRep) -> None:
    album = Album(rep, "hurried")
    await rep.says("\N{PARTY POPPER}\N{PARTY POPPER}")
    await rep.sees("Prepare a meeting", "What I can do")
    await rep.says("bla " * 1250)
    await rep.sees("Prepare a meeting", "What I can do")
    await album.takes("long")
    await rep.says("prep nosuchclient")
    await rep.sees("I can't find \N{LEFT DOUBLE QUOTATION MARK}nosuchclient", "among your deals")
    await rep.says("prep")
    await rep.sees("Which meeting shall we prepare?", "Other")
    await album.takes("names")


async def test_the_same_button_twice_does_it_once_and_an_old_one_says_so(rep: PlaygroundRep) -> None:
    await rep.says("won globex")
    page = await rep.page()
    undo = page.get_by_role("button", name="Undo", exact=True)
    async with page.expect_response("**/invoke"), page.expect_response("**/invoke"):
        await undo.dblclick()
    await rep.sees("Globex rollout is open again.")
    await rep.says("prep globex")
    await rep.presses("Full: all twelve practices")
    await rep.says("forget me")
    await rep.presses("Forget me")
    await rep.sees("Done. Removed:")
    await rep.presses("Just the essentials")
    await rep.sees("Nothing was changed")
    await Album(rep, "old").takes("button")


async def test_a_teams_letter_arrives_in_its_channel(rep: PlaygroundRep, tmp_path: Path) -> None:
    """It belongs to a team, of whom nobody wrote there; what it says stands among everybody's posts."""
    page = await rep.goes(CHANNEL)
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path}/coach.db")
    west, at = Address("teams", TENANT, "", "team:7"), now()
    put = partial(_put, subject="digest:7", conversation=TEAM)
    await store.write(west, lambda work: put(work.outbox, at), at=at)
    posted = page.locator(".ac-adaptiveCard").filter(has_text="Tom Becker will help you")
    await expect(posted).to_have_count(1)
    await expect(posted.get_by_role("link", name="Write to Tom").or_(posted.get_by_role("button"))).to_have_count(2)
    await Album(rep, "team").takes("letter")
    places = await store.read(west, lambda work: work.places.of_team("7", "digest:7"))
    assert [place.address.conversation for place in places] == [TEAM]
    await store.close()


def _put(outbox: Outbox, at: datetime, **where: str) -> bool:
    return outbox.put("digest:7:2026-11-23", HELPED, at, **where)


async def test_a_dialog_stays_open_on_a_wrong_field(rep: PlaygroundRep, playground: Playground, coach: Served) -> None:
    """The Playground knows no dialogs: somebody else's client asks for one, and it shows what was said of it."""
    await rep.page()
    async with ClientSession() as session:
        there = FakeTeams(playground.service_url)
        ines = Person(coach.url, there, session, now, INES.id, INES.name, TENANT, personal=INES.personal, bot=BOT)
        opened = (await ines.fetches({"action": "deal.add", "subject": ""})).json
        again = (await ines.fills_in(_filled(opened, name="Wayne renewal", value="a lot"))).json
        assert "Write an amount with its currency" in texts(again["task"]["value"]["card"]["content"])
        closed = await ines.fills_in(_filled(again, value="48000 EUR"))
        assert (closed.status, closed.text) == (200, "")
    await rep.sees("Added: ", "Wayne renewal", "\N{EURO SIGN}48,000")


def _filled(answer: Json, **fields: str) -> Json:
    """What a client sends of an open dialog, into which a person typed."""
    form: Json = answer["task"]["value"]["card"]["content"]
    [send] = form["actions"]
    return {**send["data"], **typed_into(form, {f"{ANSWER}{field}": value for field, value in fields.items()})}


class TestInThePlayground:
    """Some of the stories: those of which Teams and its cards make something of their own."""

    test_three_questions = Stories.test_a_rep_prepares_in_three_questions_and_finds_it_again
    test_the_long_way = Stories.test_a_rep_takes_the_long_way_and_folds_it_again
    test_a_correction = Stories.test_what_they_correct_is_kept_in_their_words
    test_a_choice = Stories.test_a_name_that_fits_several_deals_is_asked
    test_a_wrong_field = Stories.test_a_wrong_field_gets_its_own_sentence_and_keeps_what_was_typed
    test_settings = Stories.test_settings_are_shown_and_changed
    test_hostile_names = Stories.test_hostile_names_show_as_typed
    test_home = Stories.test_home_shows_what_it_can_do_my_deals_and_my_preps


class TestBargainingInThePlayground:
    """Some of the stories of the trade planner; the Playground knows no dialogs, and no charts."""

    test_a_demand = BargainingStories.test_a_demand_becomes_a_plan_to_take_into_the_room
    test_at_once = BargainingStories.test_three_questions_answered_at_once_are_not_asked_again
    test_in_the_room = BargainingStories.test_a_demand_in_the_room_is_countered_from_the_plan_where_only_i_read
    test_ticks = BargainingStories.test_after_the_call_what_moved_is_ticked
