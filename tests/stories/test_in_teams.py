"""The stories through the Teams door: real HTTP, Teams' activities, a real store."""

import json

import pytest

from tests.stories.bargained import WHOLE, BargainingStories, plans
from tests.stories.gathered import GatheredStories
from tests.stories.gathering import CompanyInTeams
from tests.stories.keeping import KeepingInTeams
from tests.stories.kept import KeepingStories
from tests.stories.teams_rep import TeamsRep
from tests.stories.told import LINE, Stories

OTHER_LINE = "Ask one question at a time, then stay quiet"
POINTER = "I answered you in our own chat."


class TestInTeams(Stories):
    """Every story as it goes in Teams."""

    @pytest.fixture
    def rep(self, teams_rep: TeamsRep) -> TeamsRep:
        return teams_rep


class TestBargainingInTeams(BargainingStories):
    """Every story of the trade planner as it goes in Teams."""

    @pytest.fixture
    def rep(self, teams_rep: TeamsRep) -> TeamsRep:
        return teams_rep


class TestKeepingInTeams(KeepingStories):
    """Every story of staying in touch as it goes in Teams, what is said unasked carried there by the courier."""

    @pytest.fixture
    def rep(self, teams_rep: KeepingInTeams) -> KeepingInTeams:
        return teams_rep


class TestGatheredInTeams(GatheredStories):
    """Every story of a team and its digest as it goes in Teams."""

    @pytest.fixture
    def company(self, teams_company: CompanyInTeams) -> CompanyInTeams:
        return teams_company


class TestOnlyInTeams:
    """What Teams does in a way of its own."""

    @pytest.mark.parametrize(
        "words",
        [
            "prep globex",
            "plan globex",
            "counter 15% off",
            "gave 5% off",
            "deals",
            "won globex",
            "deal add",
            "export",
            "tip",
        ],
    )
    async def test_in_the_channel_stands_one_neutral_line_for_each_request(
        self, teams_rep: TeamsRep, words: str
    ) -> None:
        before = await teams_rep.reads_in_channel()
        await teams_rep.commands(words)
        await teams_rep.sees(POINTER)
        assert await teams_rep.reads_in_channel() == f"{before}\n{POINTER}"

    async def test_a_prep_opened_twice_changes_in_both_places(self, teams_rep: TeamsRep) -> None:
        await teams_rep.says("prep globex")
        await teams_rep.presses("Full: all twelve practices")
        await teams_rep.sees("0 of 38 steps ticked")
        await teams_rep.says("prep globex")
        await teams_rep.reads_times(2, "0 of 38 steps ticked")
        await teams_rep.ticks(LINE, copies_back=1)
        await teams_rep.reads_times(2, "1 of 38 steps ticked")

    async def test_ticks_on_an_old_copy_leave_those_made_since(self, teams_rep: TeamsRep) -> None:
        await teams_rep.says("prep globex")
        await teams_rep.presses("Full: all twelve practices")
        await teams_rep.says("prep globex")
        await teams_rep.reads_times(2, "0 of 38 steps ticked")
        await teams_rep.ticks(LINE)
        await teams_rep.sees("1 of 38 steps ticked")
        await teams_rep.ticks(OTHER_LINE, copies_back=1)
        await teams_rep.reads_times(2, "2 of 38 steps ticked")

    async def test_what_changed_in_place_stays_changed(self, teams_rep: TeamsRep) -> None:
        await teams_rep.says("prep globex")
        await teams_rep.presses("Full: all twelve practices")
        await teams_rep.ticks(LINE)
        await teams_rep.sees("1 of 38 steps ticked")
        await teams_rep.reloads()
        await teams_rep.sees("1 of 38 steps ticked")
        await teams_rep.sees_ticked(LINE)

    async def test_a_plan_changes_where_it_stood_too(self, teams_rep: TeamsRep) -> None:
        await plans(teams_rep)
        await teams_rep.says("change the discount to 9%")
        await teams_rep.reads_times(2, WHOLE)
        await teams_rep.reads_times(2, "9% off (at most 10%), onboarding")

    async def test_a_plan_and_each_of_its_questions_is_one_card(self, teams_rep: TeamsRep) -> None:
        await teams_rep.says("acme want 15% off or they walk")
        await teams_rep.presses("Plan it for Acme renewal")
        await teams_rep.presses("I don't know")
        await teams_rep.says("blue parking spaces")
        await teams_rep.says("up to 10% off, onboarding, training")
        await teams_rep.says("two years, net 30, a reference call")
        await teams_rep.presses("Looks right")
        await teams_rep.says("below 41k we keep the old contract")
        await teams_rep.sees(WHOLE)
        assert {len(shown) for shown in await teams_rep.cards()} == {1}

    async def test_a_touch_told_in_words_shows_on_the_message_of_the_day(self, teams_rep: KeepingInTeams) -> None:
        await teams_rep.says("won globex rollout")
        assert await teams_rep.passes(7) == 1
        await teams_rep.says("called globex today")
        await teams_rep.reads_times(1, "Dealt with today")

    async def test_a_file_comes_once_it_is_wanted(self, teams_rep: TeamsRep) -> None:
        await teams_rep.says("deal add Wayne renewal")
        await teams_rep.says("export")
        await teams_rep.sees("Here is everything I keep about you.")
        assert "Wayne renewal" in await teams_rep.takes_the_file()
        await teams_rep.presses("As JSON")
        assert "Wayne renewal" in json.dumps(json.loads(await teams_rep.takes_the_file()))

    async def test_a_form_that_stood_as_a_card_leaves_one_line(self, teams_rep: TeamsRep) -> None:
        await teams_rep.commands("deal add")
        await teams_rep.fills(name="Wayne renewal")
        await teams_rep.sees("Added: ", "Wayne renewal")
        await teams_rep.reads_times(1, "Done.")
        assert "Close date" not in await teams_rep.reads()
