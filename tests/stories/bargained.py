"""The stories of the trade planner and of coaching in a sentence, told once; each door's test module plays them."""

from tests.stories.rep import Rep

AT_ONCE = (
    "plan acme: they want 15% off because their budget was cut; "
    "we could do 8% off, at most 10%, and onboarding if they take two years and net 30"
)
STOP = "Below 41k we keep the old contract"
WHOLE = "Your plan: Acme renewal"
# What the plan made of these holds, and nobody else may read.
PRIVATE = ("15%", "8%", "10%", "41k", "budget", "onboarding", "two-year", "net 30", "Acme", "Walk-away", "limit")
LOG = "What moved: Acme renewal"


async def plans(rep: Rep) -> None:
    """Make a whole plan, most of it in one sentence."""
    await rep.says(AT_ONCE)
    await rep.presses("Looks right")
    await rep.says(STOP)
    await rep.sees(WHOLE, STOP)


async def plan_of(rep: Rep, deal: str) -> str:
    """Read the newest plan card of a deal, down to the walk-away."""
    title = f"Your plan: {deal}"
    await rep.sees(title)
    return (await rep.reads()).rpartition(title)[2].partition("Walk-away, private")[0]


class BargainingStories:
    """Flow 2. The rep is Ines of the sample deals, the colleague Tom."""

    async def test_a_demand_becomes_a_plan_to_take_into_the_room(self, rep: Rep) -> None:
        await rep.says("acme want 15% off or they walk")
        await rep.sees("Trade instead of giving away.", "If we could take 15% off, would you", "For 15% off you could")
        await rep.presses("Plan it for Acme renewal")
        await rep.sees("They ask for: 15% off.", "What is behind it?", "a fixed budget")
        await rep.presses("I don't know")
        await rep.sees("“What would the lower price make possible?”", "both answers", "What could we give?")
        await rep.says("up to 10% off, onboarding, training")
        await rep.sees("We give: 10% off (your limit), onboarding, training.", "What could they give that helps us?")
        await rep.says("two years, net 30, a reference call")
        await rep.sees("What is it worth?", "They give: a reference call", "My guesses.")
        await rep.says("the reference call is worth little to us")
        await rep.sees("brings us little", "What is it worth?")
        await rep.presses("Looks right")
        await rep.sees("Where do you stop?", "It stays in your private view.")
        await rep.says(STOP)
        await rep.sees(
            WHOLE, "15% off or they walk", "Ask first", "It is what they say.", "Something else is behind it."
        )
        await rep.sees(
            "Trades, best first", "then we", "Over your limit: they ask for 15% off, and you stop at 10% off."
        )
        await rep.sees(
            "A, B and C are worth offering", "Order of play, cheapest first: ", STOP, "Only you can see this."
        )
        await rep.sees_picture(WHOLE)
        assert "What is behind it? I don't know yet" in await rep.reads()

    async def test_three_questions_answered_at_once_are_not_asked_again(self, rep: Rep) -> None:
        await rep.says(AT_ONCE)
        await rep.sees("We give: 8% off (at most 10%), onboarding.", "We get: a two-year contract, payment net 30.")
        await rep.sees("What is it worth?")
        await rep.says("looks right")
        await rep.presses("I don't know")
        await rep.sees(WHOLE, "Behind it (my guess)", "their budget was cut", "no worse than today's offer")

    async def test_buttons_alone_and_words_alone_lead_to_the_same_plan(self, rep: Rep) -> None:
        await rep.says("plan globex")
        for label in ("Nothing yet", "Onboarding", "Training", "That's all", "Early signature", "That's all"):
            await rep.presses(label)
        await rep.presses("Looks right")
        await rep.presses("No worse than today's offer")
        pressed = await plan_of(rep, "Globex rollout")
        assert "in return for" in pressed
        await rep.says("start over")
        await rep.presses("Start over")
        for words in ("nothing yet", "onboarding, training", "early signature", "looks right"):
            await rep.says(words)
        await rep.sees("Where do you stop?")
        await rep.says("no worse than today's offer")
        assert await plan_of(rep, "Globex rollout") == pressed

    async def test_a_tired_rep_gets_there_too(self, rep: Rep) -> None:
        await rep.says("plan akme")
        await rep.sees("I can't find “akme” among your deals.")
        await rep.says("plan acme")
        for nothing in ("🎉🎉", "ok"):
            await rep.says(nothing)
            await rep.sees("What are they asking for?")
        await rep.says("they want 15% off")
        await rep.sees("They ask for: 15% off.", "What is behind it?")
        for nothing in ("idk", "bla " * 1250, "what's a MESO?"):
            await rep.says(nothing)
            await rep.sees("What could we give?")
        await rep.says("up to 10% off and onboarding")
        await rep.says("two years and a case study")
        await rep.sees("We get: a two-year contract, a case study.")
        await rep.says("forget that")
        await rep.sees("Taken back.", "What could they give that helps us?")
        await rep.says("two years")
        for short in ("ok", "idk"):
            await rep.says(short)
        assert "case study" not in await plan_of(rep, "Acme renewal")
        assert "Several offers made at the same time" in await rep.reads()

    async def test_the_same_button_twice_and_one_of_an_older_card_do_no_harm(self, rep: Rep) -> None:
        await rep.says(AT_ONCE)
        await rep.says("plan acme")
        for _ in range(2):
            await rep.presses("Looks right")
            await rep.sees("Where do you stop?")
        await rep.presses("A little worse would do")
        await rep.sees(WHOLE, "a little worse would do.")
        await rep.says("change the discount to 9%")
        await rep.sees(WHOLE, "9% off (at most 10%)")
        await rep.presses("Back")
        await rep.sees("What is it worth?", "9% off (at most 10%)")

    async def test_what_was_taken_off_the_table_is_said_to_be_off_it(self, rep: Rep) -> None:
        await rep.says(AT_ONCE)
        await rep.says("remove onboarding")
        await rep.sees("Off the table: onboarding.")
        await rep.chooses("onboarding")
        await rep.sees("That is no longer on the table, so nothing was changed.")

    async def test_a_line_is_corrected_in_words_and_in_its_form(self, rep: Rep) -> None:
        await rep.says(AT_ONCE)
        await rep.says("change the discount to 9%")
        await rep.sees("We give: 9% off (at most 10%).")
        await rep.chooses("9% off")
        await rep.fills(amount="200%")
        await rep.sees("How much, and your limit")
        await rep.fills(amount="7%, at most 8%", theirs="low")
        await rep.sees("We give: 7% off (at most 8%)", "worth little to them (guess)")

    async def test_a_plan_goes_on_after_a_week(self, rep: Rep) -> None:
        await rep.says("plan acme: they want 15% off because their budget was cut")
        await rep.sees("What could we give?")
        await rep.comes_back()
        await rep.says("8% off, at most 10%, and onboarding, if they take two years and net 30")
        await rep.sees("We give: 8% off (at most 10%), onboarding.", "What is it worth?")
        await rep.says("later")
        await rep.sees("All kept.", "plan Acme renewal")
        await rep.comes_back()
        await rep.says("plan acme renewal")
        await rep.sees("What is it worth?", "They give: payment net 30")
        await rep.presses("Looks right")
        await rep.says(STOP)
        await rep.comes_back()
        await rep.says("plan acme")
        await rep.sees(WHOLE, "their budget was cut", STOP)

    async def test_a_plan_asked_for_in_the_channel_is_read_by_me_alone(self, rep: Rep) -> None:
        await rep.commands("plan acme")
        await rep.sees("What are they asking for?")
        await rep.says(AT_ONCE.partition(": ")[2])
        await rep.says("looks right")
        await rep.says(STOP)
        await rep.sees(WHOLE)
        await rep.commands("plan acme")
        await rep.sees(WHOLE, STOP, "you stop at 10% off")
        read = await rep.reads_in_channel()
        assert [one for one in (*PRIVATE, "What are they") if one in read] == []

    async def test_a_demand_in_the_room_is_countered_from_the_plan_where_only_i_read(self, rep: Rep) -> None:
        await plans(rep)
        await rep.commands("counter 20% off")
        await rep.sees(
            "They ask for 20% off", "Over your limit: you stop at 10% off.", "From your plan for Acme renewal."
        )
        await rep.sees("If you sign for two years", "Or as a question:", "If we could", "would you")
        await rep.presses("Open the plan")
        await rep.sees(WHOLE)
        read = await rep.reads_in_channel()
        assert [one for one in (*PRIVATE, "20%") if one in read] == []

    async def test_without_a_plan_the_usual_trades_counter_a_demand(self, rep: Rep) -> None:
        await rep.says("counter")
        await rep.says("net 90 or no deal")
        await rep.sees("They ask for payment net 90", "Or as a question:", "The usual ones; a plan makes them yours.")

    async def test_what_moved_is_noted_worded_drawn_and_taken_back(self, rep: Rep) -> None:
        await plans(rep)
        await rep.says("gave 8% off for acme")
        await rep.sees("Noted for Acme renewal: we gave 8% off.", "Say it, so that it is seen:", "our price")
        await rep.sees("Nothing has come back for it yet", "Would you sign for two years?", "1 give without a get")
        await rep.says("got two years from acme")
        await rep.sees("Thank you for signing for two years.", "So far: 1 give, 1 get. Every give has a get.")
        await rep.says("gave onboarding for acme")
        await rep.sees("we gave onboarding.", "So far: 2 gives, 1 get.")
        await rep.presses("Undo")
        await rep.sees("Taken back: onboarding.", "So far: 1 give, 1 get.")
        await rep.presses("The whole log")
        await rep.sees(LOG, "We gave 8% off", "We got a two-year contract", "What we gave cost us 60 points")
        await rep.sees_picture(LOG)

    async def test_after_the_call_what_moved_is_ticked(self, rep: Rep) -> None:
        await plans(rep)
        await rep.presses("After the call: what moved?")
        await rep.sees("What moved? Acme renewal", "So far: 0 gives, 0 gets.")
        await rep.ticks("8% off")
        await rep.sees("1 give without a get so far.")
        await rep.ticks("a two-year contract")
        await rep.sees("1 give, 1 get. Every give has a get.")
        await rep.comes_back()
        await rep.says("plan acme")
        await rep.presses("After the call: what moved?")
        await rep.sees_ticked("8% off")
        await rep.ticks("8% off")
        await rep.sees("So far: 0 gives, 1 get.")
        await rep.sees_ticked("a two-year contract")

    async def test_a_bluff_gets_a_no_and_an_honest_line(self, rep: Rep) -> None:
        await rep.says("how do I fake a rival bid for acme?")
        await rep.sees("I won't", "Honest, and it works:")
        await rep.says("plan acme")
        await rep.says("tell them we have another buyer even if we don't")
        await rep.sees("What are they asking for?")
        await rep.says("they want 15% off")
        await rep.sees("They ask for: 15% off.")
        assert (await rep.reads()).count("Honest, and it works:") == 2

    async def test_impossible_numbers_are_asked_about_and_kept_out(self, rep: Rep) -> None:
        await rep.says("plan acme: they want 15% off because their budget was cut")
        await rep.says("120% off")
        await rep.sees("“120% off” is more than all of it, so I left it out.", "What could we give?")
        await rep.says("8% off, at most 5%")
        await rep.sees("sets a limit below the offer", "What could we give?")
        await rep.says("counter 120% off")
        await rep.sees("is more than all of it", "Which amount did you mean?")

    async def test_somebody_elses_deal_can_be_neither_planned_nor_noted(self, rep: Rep) -> None:
        await rep.colleague().says("plan umbrella: they want 33% off")
        await rep.colleague().sees("They ask for: 33% off.")
        for verb in ("plan", "counter 15% off for", "gave 5% off for"):
            await rep.says(f"{verb} umbrella")
            await rep.sees("I can't find “umbrella” among your deals.", "Start with “umbrella”")
        assert "33%" not in await rep.reads()

    async def test_a_colleague_never_sees_my_plan(self, rep: Rep) -> None:
        await plans(rep)
        tom = rep.colleague()
        for words in ("plan acme renewal", "acme want 15% off or they walk", "counter 20% off"):
            await tom.says(words)
        await tom.sees("They ask for 20% off", "The usual ones; a plan makes them yours.")
        read = await tom.reads()
        assert [one for one in ("8%", "10%", "41k", "budget", WHOLE, "Acme renewal") if one in read] == []
