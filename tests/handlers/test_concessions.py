"""`gave` and `got`: a line in the log, the words that make it visible, and nothing typed is ever lost."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.address import Address
from bot.coach.tradables import Side
from content.library import Playbook
from tests.handlers.in_the_room import Rep
from tests.handlers.talking import desk


@pytest.fixture
async def rep(database: str, playbook: Playbook) -> AsyncIterator[Rep]:
    async with desk(database, playbook) as opened:
        yield Rep(opened)


@pytest.fixture
async def ann(rep: Rep) -> Rep:
    """Ann with one deal."""
    await rep.has("Acme renewal")
    return rep


@pytest.fixture
async def busy(rep: Rep) -> Rep:
    """Ann with two deals."""
    await rep.has("Acme renewal", "Globex rollout")
    return rep


async def test_a_give_is_noted_and_worded_so_that_it_is_seen(ann: Rep) -> None:
    read = await ann.says("gave 5% off")
    assert "Noted for Acme renewal: we gave 5% off." in read
    assert ann.to_say == [
        "We've taken 5% off our price, to help you make the case for this.",
        "Would you sign for longer?",
    ]
    assert "So far: 1 give, 0 gets. 1 give without a get so far." in read
    assert await ann.moved() == ["give discount"]


async def test_a_get_is_noted_with_thanks(ann: Rep) -> None:
    read = await ann.says("got a case study")
    assert "we got a case study" in read
    assert ann.to_say == ["Thank you for agreeing to a case study. That lets us show others what you've done."]
    assert "So far: 0 gives, 1 get." in read
    assert "Every give" not in read


async def test_one_sentence_may_hold_both_sides_which_are_then_a_trade(ann: Rep) -> None:
    read = await ann.says("gave 5% and got net 30")
    assert "we gave 5% off; we got payment net 30" in read
    assert ann.to_say == [
        "We've taken 5% off our price, to help you make the case for this. You made that possible with payment net 30."
    ]
    give, get = await ann.log()
    assert (give.paired, get.paired) == (get.id, give.id)


async def test_what_moved_together_is_traded_together_whatever_was_open_before(ann: Rep) -> None:
    await ann.says("gave training")
    await ann.says("gave 5% off and got net 30")
    training, discount, terms = await ann.log()
    assert (training.paired, discount.paired, terms.paired) == ("", terms.id, discount.id)


async def test_what_comes_back_later_finds_the_oldest_open_give(ann: Rep) -> None:
    for typed in ("gave training", "gave 5% off", "got two years"):
        await ann.says(typed)
    training, discount, term = await ann.log()
    assert (training.paired, discount.paired) == (term.id, "")


async def test_once_undone_the_partner_is_open_again_and_finds_another(ann: Rep) -> None:
    await ann.says("gave training and got two years")
    await ann.presses("Undo: we gave training")
    assert [(one.side, one.paired) for one in await ann.log()] == [(Side.GET, "")]
    assert "So far: 0 gives, 1 get." in ann.read
    assert "Every give has a get." in await ann.says("gave 5% off")


async def test_once_undone_what_came_back_pays_for_a_give_that_is_still_open(ann: Rep) -> None:
    await ann.says("gave 5% off")
    await ann.says("gave training and got two years")
    await ann.presses("Undo: we gave training")
    assert "Every give has a get." in ann.read


async def test_undo_says_what_was_taken_back_and_twice_changes_nothing(ann: Rep) -> None:
    await ann.says("gave 5% off")
    assert "Taken back: 5% off. So far: 0 gives, 0 gets." in await ann.presses("Undo")
    assert await ann.log() == []
    assert "no longer in the log. Nothing was changed." in await ann.presses("Undo")


async def test_the_same_press_delivered_twice_counts_once(busy: Rep) -> None:
    await busy.says("gave 5% off")
    await busy.presses("Acme", receipt="once")
    assert await busy.presses("Acme", receipt="once") == ""
    assert await busy.moved() == ["give discount"]


async def test_choosing_a_deal_twice_notes_it_once(busy: Rep) -> None:
    await busy.says("gave 5% off")
    await busy.presses("Acme")
    assert "nothing was noted" in await busy.presses("Acme")
    assert await busy.moved() == ["give discount"]


@pytest.mark.parametrize(
    "typed",
    [
        "gave 5% off for acme",
        "gave 5% off to Acme renewal.",
        "gave acme 5% off",
        "gave 5% off to acme for two years",
        "gave 5% off to acme because they asked",
        "gave 5% to the acme",
        "got 25 seats from acme",
    ],
)
async def test_the_deal_is_found_wherever_it_stands(busy: Rep, typed: str) -> None:
    assert "Noted for Acme renewal" in await busy.says(typed)


async def test_without_a_deal_in_it_the_plan_touched_last_is_meant(busy: Rep) -> None:
    await busy.plans("globex")
    assert "Noted for Globex rollout" in await busy.says("gave 5% off")


@pytest.mark.parametrize("typed", ["gave 5% off", "gave free training", "gave 5% off for no reason"])
async def test_with_several_deals_the_rep_chooses_and_it_is_noted_once(busy: Rep, typed: str) -> None:
    assert "For which deal is" in await busy.says(typed)
    assert await busy.moved() == []
    assert "Noted for Globex rollout" in await busy.presses("Globex")
    assert len(await busy.log("Globex")) == 1
    assert await busy.moved() == []


async def test_a_name_that_fits_two_deals_is_asked_about_and_the_line_goes_on(rep: Rep) -> None:
    await rep.has("Acme renewal", "Acme expansion")
    assert "Which one do you mean by “acme”?" in await rep.says("gave 5% off for acme")
    assert "Noted for Acme expansion: we gave 5% off." in await rep.presses("Acme expansion")


async def test_a_name_i_have_not_can_be_started_with_and_the_line_goes_on(rep: Rep) -> None:
    assert "I can't find “initech”" in await rep.says("gave 5% off for initech")
    assert "Noted for initech: we gave 5% off." in await rep.presses("Start with “initech”")


async def test_without_any_deal_a_clients_name_is_enough(rep: Rep) -> None:
    assert "You have none yet" in await rep.says("got a case study")
    await rep.presses("Name a client")
    assert "Type a client's name" in await rep.sends({"client": " "}, "whose.client")
    await rep.presses("Name a client")
    assert "Noted for Hooli: we got a case study." in await rep.sends({"client": "Hooli"})
    assert "So far: 1 give, 1 get." in await rep.says("gave 5% off")


async def test_a_closed_deal_is_asked_about_before_anything_is_noted_in_it(ann: Rep) -> None:
    await ann.says("won acme")
    assert "Do you mean Acme renewal, which is closed?" in await ann.says("got a case study for acme")
    assert "Noted for Acme renewal" in await ann.presses("Yes, that one")


async def test_somebody_elses_deal_is_as_if_it_did_not_exist(ann: Rep) -> None:
    tom = Rep(ann.desk, address=Address("slack", "T1", "D2", "U2"))
    await tom.has("Globex rollout")
    said = [(await ann.says(f"gave 5% off for {name}")).replace(name, "-") for name in ("globex", "initech")]
    assert said[0] == said[1]
    await tom.says("gave 5% off")
    (line,) = await tom.log("Globex")
    assert "no longer in the log" in await ann.forges("log.undo", line.id)
    assert len(await tom.log("Globex")) == 1


@pytest.mark.parametrize(
    ("typed", "noted"),
    [
        ("gave them a call with our CTO", "we gave a call with our CTO"),
        ("gave acme a roadmap session", "we gave a roadmap session"),
        ("got a meeting with their board", "we got a meeting with their board"),
        ("gave 5% off and a call with our CTO", "we gave 5% off and a call with our CTO"),
        ("gave 5% off and got a meeting with their board", "we gave 5% off; we got a meeting with their board"),
        ("got net 30 and gave a roadmap session", "we gave a roadmap session; we got payment net 30"),
    ],
)
async def test_own_words_stay_as_they_were_typed(ann: Rep, typed: str, noted: str) -> None:
    assert f"Noted for Acme renewal: {noted}." in await ann.says(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "got burned by procurement last year and now I'm nervous",
        "gave them everything and I feel bad",
        "gave too much because they shouted",
        "gave a discount but how do I stop now?",
        "got " + "word " * 1000,
    ],
)
async def test_a_story_is_no_concession(ann: Rep, typed: str) -> None:
    read = await ann.says(typed)
    assert "Noted" not in read or "we gave a discount" in read
    assert len(read) < 1500
    assert all(one.tradable.what == "discount" for one in await ann.log())


@pytest.mark.parametrize("typed", ["gave 120% off", "gave -5% off", "got 0 seats", "gave 150% off and net 30 for acme"])
async def test_an_impossible_amount_is_asked_about_and_nothing_noted(ann: Rep, typed: str) -> None:
    assert "Which amount did you mean? Nothing was changed." in await ann.says(typed)
    assert await ann.log() == []


@pytest.mark.parametrize(
    ("verb", "then", "noted"), [("gave", "5% off", "we gave 5% off"), ("got", "net 30", "we got payment net 30")]
)
async def test_the_verb_alone_asks_and_the_next_sentence_may_say_it(ann: Rep, verb: str, then: str, noted: str) -> None:
    assert "Type it in a line" in await ann.says(verb)
    assert "Any time." in await ann.says("ok")
    assert noted in await ann.says(then)


async def test_after_the_verb_alone_something_else_is_answered_as_ever(ann: Rep) -> None:
    await ann.says("gave")
    assert "you could trade" in await ann.says("they want 15% off")
    assert await ann.log() == []


async def test_many_at_once_are_noted_as_far_as_one_can_read_and_the_rest_asked_for(ann: Rep) -> None:
    read = await ann.says("gave 1% off, 2 months free, training, onboarding, support, net 60 and data migration")
    assert "That is the first 5." in read
    assert len(await ann.log()) == 5
    assert len(ann.to_say) <= 4
    assert sum(label.startswith("Undo") for label in ann.labels) == 5


async def test_worths_come_from_the_plan_and_else_from_the_catalogue(ann: Rep) -> None:
    await ann.plans(gives="8% off")
    plan = await ann.plan()
    (entry,) = plan.gives
    await ann.says("gave 6% off and training")
    discount, training = await ann.log()
    assert (discount.ours, discount.theirs, discount.entry) == (entry.ours, entry.theirs, entry.id)
    assert training.ours
    assert training.entry == ""


async def test_what_the_plan_still_asks_for_is_what_could_come_back(ann: Rep) -> None:
    await ann.plans(gets="a case study")
    await ann.says("gave 5% off")
    assert ann.to_say[-1] == "Would you agree to a case study?"


async def test_a_limit_is_not_in_the_words_for_the_client(ann: Rep) -> None:
    await ann.says("gave up to 10% off")
    assert "10" not in " ".join(ann.to_say)


async def test_a_line_noted_while_a_plan_is_under_way_leaves_it_under_way(ann: Rep) -> None:
    await ann.says("plan acme")
    await ann.says("gave 5% off for initech")
    await ann.presses("Start with")
    assert "What is behind it?" in await ann.says("they want 15% off")


@pytest.mark.parametrize("typed", ["gave 5% off", "got two years"])
async def test_every_button_of_a_noted_line_leads_on(ann: Rep, typed: str) -> None:
    await ann.says(typed)
    assert "What moved: Acme renewal" in await ann.presses("The whole log")
    assert ann.labels == ["Plan trades", "What moved?"]
    assert "There is no plan to tick off yet" in await ann.presses("What moved?")


async def test_a_catalogue_of_things_is_worded_as_give_and_as_get(ann: Rep, playbook: Playbook) -> None:
    for name in playbook.trading.listings:
        for verb, begins in (("gave", "We"), ("got", "Thank you ")):
            read = await ann.says(f"{verb} {name} for acme")
            assert f"Noted for Acme renewal: we {verb}" in read, (verb, name)
            assert ann.to_say[0].startswith(begins), (verb, name, ann.to_say)
            assert "[" not in ann.to_say[0]
            for label in [one for one in ann.labels if one.startswith("Undo")]:
                await ann.presses(label)
    assert len(playbook.trading.listings) == 29
    assert await ann.log() == []
