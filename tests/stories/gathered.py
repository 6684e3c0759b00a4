"""Flow 4, told once in product words: a team and its weekly digest, what people put in, what nobody sees."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from handlers.wording import day
from tests.stories.coach import Coach
from tests.stories.rep import Rep

MORNING = time(9, 30)
WIN = "Globex named the date themselves"
LINE = "the new price sheet saves ten minutes a call"
WANTED = "who knows procurement at Globex?"


class GatheredRep(Rep):
    """One of several people in a company."""

    @abstractmethod
    async def reads_alone(self) -> str:
        """Everything in their own conversation with the coach, newest last."""

    @abstractmethod
    async def has_a_way_to(self, other: "GatheredRep") -> None:
        """Wait until the coach has brought them together with a colleague: in one chat, or by a way to open it."""


class Company(ABC):
    """Maya, who manages, and reps, before one coach whose days pass. The first is a Monday; they count from 0.

    It is noon of that day when a story begins.
    """

    monday = date(2026, 11, 23)

    def __init__(self, coach: Coach, people: Mapping[str, GatheredRep]) -> None:
        """Gather people by their first names."""
        self.coach = coach
        self.people = people
        self.maya, self.ines, self.tom = people["maya"], people["ines"], people["tom"]
        self.reps = [one for name, one in people.items() if name != "maya"]

    @abstractmethod
    def archives_the_channel(self) -> None:
        """From now on nobody can post there."""

    @abstractmethod
    def has_moved(self, url: str) -> None:
        """Let everybody find the coach at another address."""

    def on(self, days: int) -> str:
        """That day as the coach writes it."""
        return day(self.monday + timedelta(days=days))

    def typed(self, days: int) -> str:
        """That day as one types it."""
        return f"{self.monday + timedelta(days=days):%-d %B}".lower()

    async def comes_to(self, days: int, at: time = MORNING) -> None:
        """Let time pass up to a moment, the clock ticking all the while."""
        await self.coach.settle()
        await self.coach.passes(self._moment(days, at) - self.coach.clock())

    async def gets_what_is_posted(self) -> None:
        """Let arrive what was just put on its way."""
        await self.coach.settle()
        await self.coach.ticks()

    async def is_without_coach_until(self, days: int, at: time) -> None:
        """Let the coach be down up to a moment, and start anew then."""
        await self.coach.stop()
        self.coach.clock.passes(self._moment(days, at) - self.coach.clock())
        self.has_moved(await self.coach.start())
        await self.coach.ticks()

    async def has_a_team(self, *members: GatheredRep) -> None:
        """Maya sets up a team in one dialog, and these press *Join* in its channel."""
        await self.maya.says("digest")
        await self.maya.sees("You are in no team yet")
        await self.maya.presses("Set up a team")
        await self.maya.fills(name="West", place="deals", when="Monday 8:30")
        await self.maya.sees("West is set up.", f"next on {self.on(7)}")
        await self.gets_what_is_posted()
        for member in members:
            await member.presses("Join")
            await member.sees("You are in West.")
            await self.coach.settle()

    async def posted(self) -> str:
        """What stands in the channel for everybody."""
        return await self.maya.reads_in_channel()

    def _moment(self, days: int, at: time) -> datetime:
        return datetime.combine(self.monday + timedelta(days=days), at, UTC)


async def trades(rep: GatheredRep, client: str) -> None:
    """Give something, and get something for it."""
    await rep.says(f"deal add {client} renewal")
    await rep.sees(client)
    await rep.says(f"gave 5% off for {client} renewal")
    await rep.says(f"got net 30 for {client} renewal")
    await rep.sees("net 30")


class GatheredStories:
    """Maya manages; Ines and Tom are in her team unless told."""

    async def test_a_team_set_up_in_one_dialog_gets_its_digest_on_monday(self, company: Company) -> None:
        await company.has_a_team(company.ines, company.tom)
        assert "set up a weekly digest for West" in await company.posted()
        await company.ines.says(f"digest win {WIN}")
        await company.ines.sees(f"In the next digest of West, on {company.on(7)}, under your name.", "Take out")
        await company.comes_to(7, time(8))
        assert "What went well" not in await company.posted()
        await company.comes_to(7)
        posted = await company.posted()
        assert "West, 23–29 Nov" in posted
        assert f"Ines Duarte: {WIN}" in posted
        assert "a number needs four people behind it" in posted
        assert "Practice of the week" in posted
        await company.comes_to(13)
        assert await company.posted() == posted

    async def test_the_working_day_before_everybody_sees_their_lines_and_takes_one_out(self, company: Company) -> None:
        ines, tom = company.ines, company.tom
        await company.has_a_team(ines, tom)
        await ines.says(f"digest win {WIN}")
        await company.comes_to(1)
        await ines.says(f"digest line {LINE}")
        await company.comes_to(3, time(18))
        assert "Your lines for West" not in await ines.reads_alone()
        await company.comes_to(4, time(10))
        await ines.sees("Your lines for West", WIN, LINE, f"on {company.on(7)} at 08:30")
        assert "Your lines for West" not in await tom.reads_alone()
        await ines.presses("Take out")
        await ines.sees("Your lines for West", LINE)
        await company.comes_to(7)
        posted = await company.posted()
        assert LINE in posted
        assert WIN not in posted

    async def test_a_line_taken_back_afterwards_disappears_for_everybody(self, company: Company) -> None:
        await company.has_a_team(company.ines, company.tom)
        await company.tom.says(f"digest win {WIN}")
        await company.ines.says(f"digest line {LINE}")
        await company.ines.sees("You can take it out at any time, also after it was posted.")
        await company.comes_to(7)
        assert LINE in await company.posted()
        await company.ines.presses("Take out")
        await company.gets_what_is_posted()
        posted = await company.posted()
        assert (LINE in posted, WIN in posted) == (False, True)

    async def test_who_offers_help_is_brought_together_with_who_asked(self, company: Company) -> None:
        ines, tom = company.ines, company.tom
        await company.has_a_team(ines, tom)
        await ines.says(f"digest help {WANTED}")
        await company.comes_to(7)
        await tom.presses("I'll help")
        await tom.sees("Thank you. I let Ines Duarte know that you help")
        await company.gets_what_is_posted()
        await ines.has_a_way_to(tom)
        posted = await company.posted()
        assert f"Ines Duarte: {WANTED}" in posted
        assert "Tom Becker is helping." in posted
        assert "I'll help" not in posted

    async def test_a_manager_sees_it_beforehand_and_at_any_time_alone(self, company: Company) -> None:
        maya, ines = company.maya, company.ines
        await company.has_a_team(ines)
        before = await company.posted()
        await ines.says(f"digest win {WIN}")
        await maya.says("digest preview")
        await maya.sees("A preview, for you alone.", f"on {company.on(7)} at 08:30", WIN, "Schedule")
        await company.comes_to(2)
        await maya.says("digest now")
        await maya.sees("The days so far, for you alone.", WIN)
        await ines.says("digest preview")
        await ines.sees("you manage none yet")
        assert await company.posted() == before

    async def test_the_practice_of_the_week_is_posted_as_a_tip_once(self, company: Company) -> None:
        await company.has_a_team(company.ines)
        await company.comes_to(7)
        for said in ("On its way to the channel.", "That tip is in the channel already."):
            await company.maya.says("digest now")
            await company.maya.sees("Your own copy of what went to")
            await company.maya.presses("Post this tip")
            await company.maya.sees(said)
            await company.gets_what_is_posted()
        assert (await company.posted()).count("For all of us this week") == 1

    async def test_a_digest_that_can_not_be_posted_goes_to_its_manager_with_what_to_do(self, company: Company) -> None:
        await company.has_a_team(company.ines)
        await company.ines.says(f"digest win {WIN}")
        company.archives_the_channel()
        await company.comes_to(7, time(12))
        await company.maya.sees("I couldn't post in the channel of West.", "for you alone", WIN)
        assert WIN not in await company.posted()
        await company.maya.says("digest team")
        await company.maya.sees("The channel can't be posted to.", "Choose a channel")

    async def test_four_who_traded_make_a_number_and_a_picture_that_name_nobody(self, company: Company) -> None:
        await company.has_a_team(*company.reps)
        for rep, client in zip(company.reps, ("Wayne", "Hooli", "Stark", "Umbrella"), strict=True):
            await trades(rep, client)
        await company.comes_to(7)
        posted = await company.posted()
        assert "4 of 4" in posted
        assert [name for name in ("Ines", "Tom", "Amara", "Omar", "Wayne", "Hooli") if name in _digest(posted)] == []
        await company.maya.sees_picture("West, 23–29 Nov")

    async def test_whoever_leaves_takes_their_lines_along(self, company: Company) -> None:
        await company.has_a_team(company.ines, company.tom)
        await company.tom.says(f"digest line {LINE}")
        await company.tom.says("digest team")
        await company.tom.sees("3 people", "Ines Duarte", "Maya Lindqvist, manager")
        await company.tom.presses("Leave")
        await company.tom.sees("You are no longer in West.")
        await company.comes_to(7)
        assert LINE not in await company.posted()

    async def test_a_month_with_a_leave_a_hand_over_and_a_missed_monday(self, company: Company) -> None:
        await company.has_a_team(company.ines, company.tom)
        await _a_first_week(company)
        await _a_week_of_leave(company)
        await _a_missed_monday(company)
        await company.comes_to(28)
        posted = await company.posted()
        weeks = ("West, 23–29 Nov", "West, 30 Nov – 6 Dec", "West, 7–13 Dec", "West, 14–20 Dec")
        assert [posted.count(week) for week in weeks] == [1, 1, 1, 1]
        assert sorted(weeks, key=posted.index) == list(weeks)
        assert [posted.count(line) for line in (WIN, LINE, "Tom asked first")] == [1, 1, 1]


async def _a_first_week(company: Company) -> None:
    """Ines wins a client and hands it over to Tom before her leave."""
    ines, tom = company.ines, company.tom
    await ines.says("won globex rollout")
    await ines.says(f"digest win {WIN}")
    await ines.says("checkins")
    await ines.chooses("Globex")
    await ines.presses("Hand over")
    await ines.fills(email="tom@example.com")
    await ines.sees("Until they accept, it stays yours.")
    await tom.says("checkins")
    await tom.presses("Accept")
    await tom.sees("Globex rollout is yours now")
    await company.comes_to(7)
    assert WIN in await company.posted()
    await tom.says("checkins")
    await tom.sees("Globex")


async def _a_week_of_leave(company: Company) -> None:
    """Nothing comes to Ines on leave; what Tom shares does."""
    ines, tom = company.ines, company.tom
    await ines.says(f"digest line {LINE}")
    await ines.says(f"checkins pause until {company.typed(21)}")
    await ines.sees(f"Paused until {company.on(21)}")
    before = await ines.reads_alone()
    await company.comes_to(15)
    assert await ines.reads_alone() == before
    assert LINE in await company.posted()
    await tom.says("digest win Tom asked first")


async def _a_missed_monday(company: Company) -> None:
    """The coach is down from Friday noon to Tuesday: its digest comes late, by day, once, and with every day in it."""
    await company.comes_to(18, time(12))
    await company.is_without_coach_until(22, time(12))
    assert "West, 7–13 Dec" not in await company.posted()
    await company.comes_to(23)
    posted = await company.posted()
    assert "West, 7–13 Dec" in posted
    assert "Tom asked first" in posted


def _digest(posted: str) -> str:
    """What follows the card with *Join*."""
    return posted.partition("West, 23")[2]
