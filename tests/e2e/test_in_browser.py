"""The stories at the try page: the real program, a real database, a real browser."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.e2e.browser_rep import BrowserRep
from tests.e2e.browsing import chromium
from tests.e2e.keeping_rep import KeepingInBrowser
from tests.e2e.served import Served
from tests.program import Operator
from tests.stories.bargained import BargainingStories
from tests.stories.kept import KeepingStories
from tests.stories.rep import Rep
from tests.stories.told import Stories


@pytest.fixture
async def rep(try_page: Served, browser: Browser) -> AsyncIterator[BrowserRep]:
    """Ines at her browser, and Tom at his."""
    tom = BrowserRep("tom", try_page, browser)
    ines = BrowserRep("ines", try_page, browser, tom)
    yield ines
    assert ines.complaints() + tom.complaints() == []


class TestOnTheTryPage(Stories):
    """Every story as it goes at the try page."""

    async def test_a_button_of_something_gone_answers_in_a_sentence(self, rep: Rep) -> None:
        """Here the conversation goes with the rest: only a window left open still shows the button."""
        assert isinstance(rep, BrowserRep)
        await rep.says("prep globex")
        await rep.presses("Full: all twelve practices")
        left = await rep.takes_another_window()
        await rep.says("forget me")
        await rep.presses("Forget me")
        await rep.sees("Done. Removed:")
        await left.get_by_role("button", name="Just the essentials").click()
        await expect(left.locator(".line").last).to_contain_text("Nothing was changed")


class TestBargainingOnTheTryPage:
    """The stories of the trade planner of which the page makes something of its own; the doors' tests play all."""

    test_a_demand = BargainingStories.test_a_demand_becomes_a_plan_to_take_into_the_room
    test_buttons_or_words = BargainingStories.test_buttons_alone_and_words_alone_lead_to_the_same_plan
    test_an_older_card = BargainingStories.test_the_same_button_twice_and_one_of_an_older_card_do_no_harm
    test_a_correction = BargainingStories.test_a_line_is_corrected_in_words_and_in_its_form
    test_in_the_channel = BargainingStories.test_a_plan_asked_for_in_the_channel_is_read_by_me_alone
    test_in_the_room = BargainingStories.test_a_demand_in_the_room_is_countered_from_the_plan_where_only_i_read
    test_what_moved = BargainingStories.test_what_moved_is_noted_worded_drawn_and_taken_back
    test_ticks = BargainingStories.test_after_the_call_what_moved_is_ticked
    test_a_colleague = BargainingStories.test_a_colleague_never_sees_my_plan


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def day_after_day(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[KeepingInBrowser]:
    """Ines, for all the stories of a class: their days would be too dear with a program and a browser each."""
    async with Served(Operator(tmp_path_factory.mktemp("try")), "try") as served, chromium() as browser:
        tom = BrowserRep("tom", served, browser)
        ines = KeepingInBrowser(served, browser, tom)
        yield ines
        assert ines.complaints() + tom.complaints() == []


@pytest.mark.asyncio(loop_scope="class")
class TestKeepingOnTheTryPage:
    """Stories of staying in touch, for whose days the page's clock is turned."""

    @pytest_asyncio.fixture(loop_scope="class")
    async def rep(self, day_after_day: KeepingInBrowser) -> KeepingInBrowser:
        await day_after_day.begins()
        return day_after_day

    test_a_week_after = KeepingStories.test_a_week_after_a_deal_is_won_one_message_comes_with_a_reason_and_a_draft
    test_a_promise = KeepingStories.test_a_promise_is_echoed_reminded_and_kept
    test_late = KeepingStories.test_what_will_be_late_is_said_early_and_gets_a_new_date
    test_a_problem = KeepingStories.test_a_problem_is_owned_becomes_a_promise_and_is_asked_about_afterwards
    test_on_leave = KeepingStories.test_on_leave_nothing_comes_and_the_return_is_a_welcome
    test_handed_over = KeepingStories.test_a_deal_is_handed_over_once_the_colleague_accepts
