"""Flow 3, told once in product words: staying in touch, promises kept, problems put right."""

from abc import abstractmethod
from datetime import date, timedelta

from handlers.wording import day
from tests.stories.rep import Rep

HAPPENED = "we sent you the wrong report"
MEANS = "you had to redo the board paper"
FIX = "send the right report"


class KeepingRep(Rep):
    """A rep whose days pass. The first of them is a Monday, in working hours; they count from 0."""

    monday = date(2026, 11, 23)

    def on(self, days: int) -> str:
        """That day as the coach writes it."""
        return day(self.monday + timedelta(days=days))

    def typed(self, days: int) -> str:
        """That day as one types it."""
        return f"{self.monday + timedelta(days=days):%-d %B}".lower()

    @abstractmethod
    async def passes(self, days: int) -> int:
        """Let days pass, the clock ticking all the while; gives how many messages the coach sent unasked."""


class KeepingStories:
    """The rep is Ines of the sample deals, the colleague Tom."""

    async def test_a_week_after_a_deal_is_won_one_message_comes_with_a_reason_and_a_draft(
        self, rep: KeepingRep
    ) -> None:
        await rep.says("won globex rollout")
        await rep.sees(f"I'll remind you to be in touch with Globex, first on {rep.on(7)}.")
        assert await rep.passes(6) == 0
        assert await rep.passes(2) == 1
        await rep.sees(
            "1 client to write to", "Globex", "The first days after signing", "Which one can I answer for you?"
        )
        assert await rep.passes(5) == 0

    async def test_done_asks_how_it_was_and_the_next_comes_in_its_time(self, rep: KeepingRep) -> None:
        await rep.says("won globex rollout")
        await rep.passes(7)
        await rep.presses("Done")
        await rep.sees("How was it with Globex?")
        await rep.presses("All fine")
        await rep.sees(f"Good to hear. Next for Globex: {rep.on(37)}")
        assert await rep.passes(28) == 0
        assert await rep.passes(4) == 1

    async def test_put_off_three_times_in_a_row_the_rhythm_is_asked_about(self, rep: KeepingRep) -> None:
        await rep.says("won globex rollout")
        await rep.passes(7)
        for _ in range(2):
            await rep.chooses("Tomorrow")
            await rep.passes(1)
            await rep.says("checkins")
        await rep.chooses("Tomorrow")
        await rep.sees("Is the rhythm right?")
        await rep.presses("Lighter")
        await rep.sees("Globex rollout: lighter, after 14, 60, 120 and 180 days")

    async def test_a_touch_in_words_moves_the_check_in(self, rep: KeepingRep) -> None:
        await rep.says("won globex rollout")
        await rep.passes(5)
        await rep.says("called globex today")
        await rep.sees(f"Noted: in touch with Globex on {rep.on(5)}.", f"Next for Globex: {rep.on(35)}")
        assert await rep.passes(28) == 0

    async def test_a_promise_is_echoed_reminded_and_kept(self, rep: KeepingRep) -> None:
        await rep.says("promise send the draft by friday for globex")
        await rep.sees(f"you promised Globex by {rep.on(4)}", f"I'll bring it up on {rep.on(3)}")
        assert await rep.passes(3) == 1
        await rep.sees("Due on the next working day: send the draft")
        await rep.presses("Kept")
        await rep.sees("this is done: send the draft")
        assert await rep.passes(7) == 0

    async def test_a_doubtful_day_is_asked_with_the_days_it_may_mean(self, rep: KeepingRep) -> None:
        await rep.says("promise send the draft by 03/04/2027 for globex")
        await rep.sees("could be Thu 4 Mar 2027 or Sat 3 Apr 2027")
        await rep.presses("Thu 4 Mar 2027")
        await rep.sees("you promised Globex by Thu 4 Mar 2027")

    async def test_an_agreed_give_becomes_a_promise(self, rep: KeepingRep) -> None:
        await rep.says("gave two days of training for globex")
        await rep.presses("Make it a promise")
        await rep.fills(due="friday")
        await rep.sees(f"you promised Globex by {rep.on(4)}")

    async def test_what_will_be_late_is_said_early_and_gets_a_new_date(self, rep: KeepingRep) -> None:
        await rep.says("promise send the draft by friday for globex")
        await rep.presses("It will be late")
        await rep.sees("Better they hear it from you", "hear this from me first")
        await rep.presses("Agree on a new date")
        await rep.fills(due=rep.typed(11))
        await rep.sees(f"New date: {rep.on(11)}", f"I told you {rep.on(4)}")

    async def test_an_open_promise_is_there_when_the_next_meeting_is_prepared(self, rep: KeepingRep) -> None:
        await rep.says("promise send the draft by friday for globex")
        await rep.says("prep globex rollout")
        await rep.presses("Quick: three questions")
        await rep.fills(matters="One person to call", certainty="said")
        await rep.sees("Still promised to them", f"send the draft, by {rep.on(4)}")

    async def test_a_problem_is_owned_becomes_a_promise_and_is_asked_about_afterwards(self, rep: KeepingRep) -> None:
        await rep.says("won globex rollout")
        await rep.says("recover globex")
        for answer in (HAPPENED, MEANS, FIX, "friday"):
            await rep.says(answer)
        await rep.sees("That is ours to answer for, and I am sorry.", f"On {rep.on(8)} I'll remind you")
        await rep.presses("The promise")
        await rep.presses("Kept")
        await rep.passes(9)
        await rep.sees("You put something right for them: we sent you the wrong report.")

    async def test_on_leave_nothing_comes_and_the_return_is_a_welcome(self, rep: KeepingRep) -> None:
        await rep.says("won globex rollout")
        await rep.says(f"promise send the draft by {rep.typed(11)} for globex")
        await rep.says(f"checkins pause until {rep.typed(21)}")
        await rep.sees(f"Paused until {rep.on(21)}; I'm back on that day.")
        assert await rep.passes(20) == 0
        assert await rep.passes(2) == 1
        await rep.sees("Welcome back. Nothing here is late; these matter first.", "Globex")

    async def test_a_deal_is_handed_over_once_the_colleague_accepts(self, rep: KeepingRep) -> None:
        colleague = rep.colleague()
        await colleague.says("deals")
        await rep.says("won globex rollout")
        await rep.says("checkins")
        await rep.chooses("Globex")
        await rep.presses("Hand over")
        await rep.fills(email="tom@example.com")
        await rep.sees("Until they accept, it stays yours.")
        await colleague.says("checkins")
        await colleague.presses("Accept")
        await colleague.sees("Globex rollout is yours now")
        await rep.says("checkins")
        await rep.sees("No check-ins yet")

    async def test_home_shows_what_is_promised_and_whom_to_be_in_touch_with(self, rep: KeepingRep) -> None:
        await rep.says("won globex rollout")
        await rep.says("promise send the draft by friday for globex")
        await rep.opens_home()
        await rep.sees("Your promises", "send the draft", f"Next: Globex on {rep.on(7)}.")

    async def test_a_button_of_something_settled_answers_in_a_sentence(self, rep: KeepingRep) -> None:
        await rep.says("promise send the draft by friday for globex")
        await rep.presses("It will be late")
        await rep.presses("It is kept after all")
        await rep.says("won globex rollout")
        await rep.comes_back()
        await rep.says("checkins")
        await rep.sees("Next", "Globex")
