"""The stories, told once in product words; each door's test module inherits and plays them."""

from tests.stories.rep import Rep

LINE = "Pair every give with something to ask for"


class Stories:
    """Flow 1 and the verbs around it. The rep is Ines of the sample deals, the colleague Tom."""

    async def test_a_rep_prepares_in_three_questions_and_finds_it_again(self, rep: Rep) -> None:
        await rep.commands("prep acme")
        await rep.sees("Acme renewal", "€48,000", "Only you can see this.")
        await rep.presses("Quick: three questions")
        await rep.fills(matters="Live before summer", certainty="guess", walk_away="Below 40k", give="Training")
        await rep.sees("Turn your guess into a question.", "live before summer", "Give to get.", "Below 40k")
        await rep.ticks(LINE)
        await rep.sees_ticked(LINE)
        await rep.comes_back()
        await rep.says("prep acme renewal")
        await rep.sees("Live before summer", "Below 40k", "1 of 38 steps ticked")
        await rep.sees_ticked(LINE)

    async def test_a_rep_takes_the_long_way_and_folds_it_again(self, rep: Rep) -> None:
        await rep.says("prep globex")
        await rep.presses("Full: all twelve practices")
        await rep.sees("Before the meeting", "In the room", "After it", "0 of 38 steps ticked")
        await rep.ticks("Ask one question at a time, then stay quiet")
        await rep.sees("1 of 38 steps ticked")
        await rep.ticks("Ask one question at a time, then stay quiet")
        await rep.sees("0 of 38 steps ticked")
        await rep.presses("Just the essentials")
        await rep.sees("All twelve")

    async def test_what_they_confirm_is_no_guess_any_more(self, rep: Rep) -> None:
        await rep.says("prep globex")
        await rep.presses("Quick: three questions")
        await rep.fills(matters="One person to call", certainty="guess")
        await rep.presses("Draft the playback")
        await rep.sees("one person to call", "Did they confirm it, or correct it?")
        await rep.presses("They confirmed it")
        await rep.sees("Noted as something they said.")
        await rep.says("prep globex")
        await rep.sees("What matters to them (they said so)")

    async def test_what_they_correct_is_kept_in_their_words(self, rep: Rep) -> None:
        await rep.says("prep globex")
        await rep.presses("Quick: three questions")
        await rep.fills(matters="Price", certainty="guess")
        await rep.presses("Draft the playback")
        await rep.presses("They corrected it")
        await rep.fills(matters="No surprises on the invoice")
        await rep.says("prep globex")
        await rep.sees("No surprises on the invoice", "they said so")

    async def test_a_shared_prep_shows_no_number_no_walk_away_and_no_note(self, rep: Rep) -> None:
        await rep.says("prep acme renewal")
        await rep.presses("Quick: three questions")
        await rep.fills(matters="Live before summer", certainty="said", ideal="50k", walk_away="Below 40k", give="5%")
        await rep.presses("Share without numbers")
        await rep.sees("This is all they will see")
        await rep.fills(place="deals")
        await rep.sees("Shared.")
        shared = await rep.reads_in_channel()
        assert "Live before summer" in shared
        for private in ("48,000", "50k", "40k", "5%", "Porto"):
            assert private not in shared

    async def test_what_is_asked_in_the_channel_is_answered_to_me_alone(self, rep: Rep) -> None:
        for words in ("prep acme", "deals", "tip", "deal add Wayne renewal", "won globex"):
            await rep.commands(words)
        await rep.sees("Globex rollout ($18,500) is won.")
        read = await rep.reads_in_channel()
        for private in ("Acme", "48,000", "Wayne", "Globex", "18,500"):
            assert private not in read

    async def test_a_clients_message_is_coached_where_only_i_read(self, rep: Rep) -> None:
        message = "We need 15% off, <today> & in writing, or we walk."
        await rep.coaches(message)
        await rep.sees(message, "You could say:", "If we could take 15% off, would you", "For 15% off you could trade:")
        await rep.presses("More on this")
        await rep.sees("Trade instead of giving away", "Two minutes:")
        await rep.coaches("We need net 60 from now on.")
        await rep.sees("For payment net 60 you could trade:")
        read = await rep.reads_in_channel()
        for private in ("wrote:", "You could say:", "If we could", "Two minutes:", "could trade"):
            assert private not in read

    async def test_somebody_elses_deal_looks_like_no_deal_at_all(self, rep: Rep) -> None:
        await rep.says("prep umbrella")
        await rep.sees("I can't find “umbrella” among your deals.", "Start with “umbrella”")
        await rep.says("prep nosuchclient")
        await rep.sees("I can't find “nosuchclient” among your deals.", "Start with “nosuchclient”")
        await rep.colleague().says("prep umbrella")
        await rep.colleague().sees("Umbrella framework contract")

    async def test_a_name_that_fits_several_deals_is_asked(self, rep: Rep) -> None:
        await rep.says("prep northwind")
        await rep.sees("Which one do you mean by “northwind”?")
        await rep.chooses("Northwind training")
        await rep.sees("Northwind training", "Quick: three questions")

    async def test_without_a_name_the_next_deals_are_offered(self, rep: Rep) -> None:
        await rep.says("prep")
        await rep.sees("Which meeting shall we prepare?", "Globex rollout", "Other")
        await rep.presses("Other")
        await rep.fills(client="Soylent")
        await rep.sees("Soylent", "Quick: three questions")

    async def test_a_clients_name_is_enough_after_the_coach_asked(self, rep: Rep) -> None:
        await rep.says("prep")
        await rep.says("globex")
        await rep.sees("Globex rollout", "Quick: three questions")

    async def test_a_deal_is_added_in_a_line_won_and_reopened(self, rep: Rep) -> None:
        await rep.says("deal add Wayne renewal 2027, $12.5k, 30 June 2027")
        await rep.sees("Added: ", "Wayne renewal 2027", "$12,500", "Wed 30 Jun 2027")
        await rep.says("won wayne")
        await rep.sees("Wayne renewal 2027 ($12,500) is won.")
        await rep.presses("Undo")
        await rep.sees("Wayne renewal 2027 is open again.")

    async def test_a_doubtful_date_is_asked_and_nothing_is_added(self, rep: Rep) -> None:
        await rep.says("deal add Wayne renewal, 03/04/2027")
        await rep.sees("I wasn't sure about “03/04/2027”, so nothing was added yet.")
        await rep.says("deals")
        await rep.sees("Your open deals")
        assert "Wayne" not in (await rep.reads()).rpartition("Your open deals")[2]
        await rep.presses("Fill in the rest")
        await rep.fills(closes="3 April 2027")
        await rep.sees("Added: ", "Wayne renewal", "Sat 3 Apr 2027")

    async def test_a_wrong_field_gets_its_own_sentence_and_keeps_what_was_typed(self, rep: Rep) -> None:
        await rep.commands("deal add")
        await rep.fills(name="Wayne renewal", value="a lot", closes="30 June 2027")
        await rep.sees("Write an amount with its currency")
        await rep.fills(value="48000 EUR")
        await rep.sees("Wayne renewal", "€48,000")

    async def test_tips_go_round_and_a_pillar_can_be_asked(self, rep: Rep) -> None:
        await rep.commands("tip")
        await rep.sees("Open on a human note", "Two minutes:")
        await rep.presses("Another tip")
        await rep.sees("Listen, then name what matters")
        await rep.says("tip balance")
        await rep.sees("Plan your gives and gets")
        await rep.says("tip gibberish")
        await rep.sees("I have no tip called “gibberish”")

    async def test_settings_are_shown_and_changed(self, rep: Rep) -> None:
        await rep.says("settings")
        await rep.presses("Change")
        await rep.fills(zone="Nowhere/City", starts="8", ends="7", region="Mars")
        await rep.sees("I don't know that zone", "Write a time after the start", "two letters")
        await rep.fills(zone="new york", starts="8", ends="4 pm", region="US-NY")
        await rep.sees("America/New_York", "08:00 to 16:00", "US-NY")

    async def test_a_slip_of_the_finger_is_understood(self, rep: Rep) -> None:
        await rep.says("prpe globex")
        await rep.sees("Did you mean prep?")
        await rep.presses("prep globex")
        await rep.sees("Globex rollout", "Quick: three questions")

    async def test_two_requests_in_one_sentence_are_both_answered(self, rep: Rep) -> None:
        await rep.says("won globex and prep northwind training")
        await rep.sees("Quick: three questions", "Northwind training")
        assert "Globex rollout" in (read := await rep.reads())
        assert "is won." in read

    async def test_what_a_tired_rep_types_gets_a_human_answer(self, rep: Rep) -> None:
        await rep.says("hello")
        await rep.sees("I help you prepare")
        await rep.says("thanks!")
        await rep.sees("Any time.")
        for words in ("🎉🎉", "the weather is awful today", "idk"):
            await rep.says(words)
            await rep.sees("Prepare a meeting", "What I can do")
        await rep.says("bla " * 1200)
        await rep.sees("Prepare a meeting", "What I can do")
        assert "You could say:" not in await rep.reads()

    async def test_hostile_names_show_as_typed(self, rep: Rep) -> None:
        name = "<!channel> *bold* `x` [y](http://z) & Söhne 🏗️"
        await rep.says(f"deal add {name}")
        await rep.sees(f"Added: {name}")

    async def test_a_rep_takes_their_data_and_is_forgotten(self, rep: Rep) -> None:
        await rep.says("prep globex")
        await rep.presses("Quick: three questions")
        await rep.fills(matters="One person to call")
        await rep.says("export")
        await rep.sees("Here is everything I keep about you.")
        await rep.says("forget me")
        await rep.presses("Forget me")
        await rep.sees("Done. Removed:", "1 prep")
        await rep.says("deals")
        await rep.sees("No open deals yet.")

    async def test_a_button_of_something_gone_answers_in_a_sentence(self, rep: Rep) -> None:
        await rep.says("prep globex")
        await rep.presses("Full: all twelve practices")
        await rep.says("forget me")
        await rep.presses("Forget me")
        await rep.presses("Just the essentials")
        await rep.sees("Nothing was changed")

    async def test_home_shows_what_it_can_do_my_deals_and_my_preps(self, rep: Rep) -> None:
        await rep.says("prep globex")
        await rep.presses("Full: all twelve practices")
        await rep.opens_home()
        await rep.sees("Ready for your next meeting?", "Globex rollout", "0 of 38 steps ticked", "Acme renewal")
