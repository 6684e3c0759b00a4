"""Promises, as a rep types, presses and keeps them."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.coach.promises import Promise, State
from content.library import Playbook
from tests.handlers.keeper import MONDAY, Keeper


@pytest.fixture
async def ann(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    async with Keeper(tmp_path, playbook) as keeper:
        yield keeper


async def open_promises(ann: Keeper) -> list[Promise]:
    return [promise for promise, _ in await ann.within(lambda work: work.promises.open())]


async def test_a_promise_is_echoed_with_its_weekday_and_says_when_it_comes_up(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    said = await ann.says("promise send the draft by eod thu for acme")
    assert "Noted: you promised Acme by Thu 26 Nov 2026" in said
    assert "I'll bring it up on Wed 25 Nov 2026 and on Thu 26 Nov 2026." in said
    [promise] = await open_promises(ann)
    assert (promise.what, promise.due, promise.made_on) == ("send the draft", date(2026, 11, 26), MONDAY.date())


@pytest.mark.parametrize(
    ("typed", "what", "due"),
    [
        ("promise the pricing for Acme by Friday", "the pricing", date(2026, 11, 27)),
        ("promise: send the report by mail in 3 business days for acme", "send the report by mail", date(2026, 11, 26)),
        ("promise reply for acme by the 15th", "reply", date(2026, 12, 15)),
        ("I promise a case study by end of q1 for Acme", "a case study", date(2027, 3, 31)),
    ],
)
async def test_what_is_typed_is_read_with_its_deal(ann: Keeper, typed: str, what: str, due: date) -> None:
    await ann.has("Acme renewal")
    await ann.has("Globex rollout")
    await ann.says(typed)
    [promise] = await open_promises(ann)
    assert (promise.what, promise.due) == (what, due)


async def test_the_only_deal_there_is_needs_no_name(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    assert "you promised Acme" in await ann.says("promise send the draft by friday")


async def test_with_several_deals_it_is_asked_whose_it_is_and_then_noted(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.has("Globex rollout")
    assert "Who did you promise this to" in await ann.says("promise send the draft by friday")
    assert "you promised Globex by Fri 27 Nov 2026" in await ann.clicks("Globex rollout")
    await ann.presses("promise.deal", (await open_promises(ann))[0].deal_id)
    assert "I no longer have what you typed" in ann.text
    assert len(await open_promises(ann)) == 1


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("next friday", "“by next friday” could be Fri 27 Nov 2026 or Fri 4 Dec 2026."),
        ("03/04/2027", "“by 03/04/2027” could be Thu 4 Mar 2027 or Sat 3 Apr 2027."),
        ("monday", "“by monday” could be Mon 23 Nov 2026 or Mon 30 Nov 2026."),
        ("soon", "I don't read one day in “by soon”."),
    ],
)
async def test_a_doubtful_date_is_asked_with_dated_buttons_and_never_guessed(
    ann: Keeper, typed: str, asked: str
) -> None:
    await ann.has("Acme renewal")
    # On a Wednesday.
    ann.now += timedelta(days=2) if typed == "next friday" else timedelta()
    said = await ann.says(f"promise send the draft by {typed} for acme")
    assert asked in said
    assert await open_promises(ann) == []
    labels = [label for label, action, _ in ann.controls() if action == "promise.on"]
    assert 2 <= len(labels) <= 3
    await ann.clicks(labels[0])
    [promise] = await open_promises(ann)
    assert f"{promise.due:%a} {promise.due.day} {promise.due:%b %Y}" == labels[0]


async def test_a_past_date_is_refused_kindly_and_asked_again(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    assert "Mon 2 Nov 2026 is behind us." in await ann.says("promise send the draft by 2 November 2026 for acme")
    assert await open_promises(ann) == []
    assert "Fri 27 Nov 2026" in await ann.says("friday")
    assert len(await open_promises(ann)) == 1


async def test_without_a_date_it_is_asked_and_a_sentence_answers(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    assert "By when" in await ann.says("promise send the draft for acme")
    assert "you promised Acme by Thu 24 Dec 2026" in await ann.says("24 December")


async def test_another_day_can_be_typed_into_a_form_that_stays_open_while_it_is_doubtful(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft for acme")
    await ann.clicks("Another day")
    await ann.submits(due="03/04/2027")
    assert "could be" in ann.refusals["due"]
    await ann.submits(due="1 March 2026")
    assert "behind us" in ann.refusals["due"]
    await ann.submits(due="3 April 2027")
    assert [promise.due for promise in await open_promises(ann)] == [date(2027, 4, 3)]


async def test_which_deal_can_be_answered_in_words(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.has("Globex rollout")
    await ann.says("promise send the draft by friday")
    assert "they say" not in await ann.says("globex")
    assert "you promised Globex by Fri 27 Nov 2026" in ann.text


async def test_while_the_day_is_asked_another_sentence_is_met_as_usual(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft for acme")
    assert "By when" not in await ann.says("they say the price is too high")
    assert await open_promises(ann) == []


async def test_the_button_of_another_promise_changes_nothing(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft for acme")
    first = next(pair for label, *pair in ann.controls() if label.startswith("Fri"))
    await ann.says("promise call the CFO for acme")
    assert "I no longer have what you typed" in await ann.presses(*first)
    assert await open_promises(ann) == []


@pytest.mark.parametrize("subject", ["2026-11-27", "yesterday.", ".", "", "2026-13-40.0", "x" * 180])
async def test_a_forged_day_changes_nothing(ann: Keeper, subject: str) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft for acme")
    assert "Nothing was changed" in await ann.presses("promise.on", subject) or "nothing was noted" in ann.text
    assert await open_promises(ann) == []


async def test_a_client_nobody_knows_can_be_started_by_hand(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    assert "I can't find “Soylent”" in await ann.says("promise send the draft by friday for Soylent")
    assert "you promised Soylent by Fri 27 Nov 2026" in await ann.clicks("Start with “Soylent”")


async def test_a_name_too_long_for_a_button_is_asked_in_a_form(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says(f"promise send the draft by friday for {'Soylent ' * 40}")
    await ann.clicks("Name a client")
    await ann.submits(client="Soylent")
    assert "you promised Soylent" in ann.text


async def test_without_deals_a_clients_name_is_enough(ann: Keeper) -> None:
    assert "You have no deals yet" in await ann.says("promise send the draft by friday")
    await ann.clicks("Name a client")
    await ann.submits(client="Soylent")
    assert "you promised Soylent by Fri 27 Nov 2026" in ann.text


@pytest.mark.parametrize("words", ["x" * 5000, "🎉" * 2500, "\u202egnorw\u202c \x00\x07", "by " * 1600, "for a " * 900])
async def test_whatever_is_typed_has_an_answer(ann: Keeper, words: str) -> None:
    await ann.has("Acme renewal")
    await ann.has("Globex rollout")
    assert "Something broke" not in await ann.says(f"promise {words}")
    assert "Something broke" not in await ann.says(f"promise {words} by friday for acme")
    assert all(len(promise.what) <= 500 for promise in await open_promises(ann))


async def test_an_empty_list_teaches(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    assert "promise send the draft by Friday for Acme" in await ann.says("promises")


async def test_the_list_shows_what_is_due_first_and_opens_one(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise call the CFO by 11 December for acme")
    await ann.says("promise send the draft by friday for acme")
    said = await ann.says("my promises")
    assert said.index("send the draft") < said.index("call the CFO")
    assert "Your promise to Acme" in await ann.clicks("send the draft")


async def test_a_promise_kept_gives_words_to_say_so(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    said = await ann.clicks("Kept")
    assert "As agreed, this is done: send the draft" in said
    assert await open_promises(ann) == []


async def test_kept_twice_is_kept_once(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    [promise] = await open_promises(ann)
    await ann.clicks("Kept")
    assert "isn't open any more" in await ann.presses("promise.kept", promise.id)
    assert (await ann.within(lambda work: work.promises.get(promise.id))).state is State.KEPT


async def test_a_late_promise_is_kept_late_and_says_so(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    [promise] = await open_promises(ann)
    ann.now += timedelta(days=6)
    assert "late, and still open" in await ann.presses("promise.open", promise.id)
    said = await ann.presses("promise.kept", promise.id)
    assert "It was due on Fri 27 Nov 2026" in said
    assert "kept, 2 days after its day" in said


async def test_what_will_be_late_is_said_early_and_gets_a_new_date(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    assert "You should hear this from me first" in await ann.clicks("It will be late")
    await ann.clicks("Agree on a new date")
    await ann.submits(due="next month")
    assert "could be" in ann.refusals["due"]
    said = await ann.submits(due="4 December")
    assert "I told you Fri 27 Nov 2026" in said
    assert "I need until Fri 4 Dec 2026" in said
    [promise] = await open_promises(ann)
    before = await ann.within(lambda work: work.promises.get(promise.instead_of))
    assert (before.state, promise.due) == (State.RENEGOTIATED, date(2026, 12, 4))


async def test_the_day_it_has_already_is_no_new_date(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    await ann.clicks("New date")
    await ann.submits(due="27 November")
    assert "has already" in ann.refusals["due"]


async def test_what_is_no_longer_needed_is_dropped(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    assert "Dropped" in await ann.clicks("No longer needed")
    assert await open_promises(ann) == []


async def test_an_agreed_give_becomes_a_promise_once(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("gave two days of onboarding for acme")
    give = next(subject for label, _, subject in ann.controls() if label.startswith("Make it a promise"))
    await ann.clicks("Make it a promise")
    await ann.submits(due="by friday")
    assert "you promised Acme by Fri 27 Nov 2026" in ann.text
    await ann.presses("promise.give", give)
    await ann.submits(due="by friday")
    assert "Your promise to Acme" in ann.text
    assert len(await open_promises(ann)) == 1


async def test_what_was_got_is_no_promise_of_ours(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("got a reference call for acme")
    assert not [label for label, _, _ in ann.controls() if label.startswith("Make it")]


@pytest.mark.parametrize("action", ["open", "kept", "late", "move", "drop"])
async def test_somebody_elses_promise_is_as_if_it_were_gone(ann: Keeper, action: str) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the secret draft by friday for acme")
    [promise] = await open_promises(ann)
    ann.becomes("U2")
    await ann.says("settings")
    said = await ann.presses(f"promise.{action}", promise.id)
    assert said == await ann.presses(f"promise.{action}", "no-such-promise")
    assert "it isn't yours" in said
    ann.becomes("U1")
    assert await open_promises(ann) == [promise]


@pytest.mark.parametrize("action", ["promise.deal", "checkin.done", "checkin.start", "recover.open", "touch.deal"])
async def test_somebody_elses_deal_is_as_if_it_were_gone(ann: Keeper, action: str) -> None:
    deal = await ann.wins("Acme renewal")
    ann.becomes("U2")
    await ann.has("Globex rollout")
    await ann.says("promise send the draft by friday for nobody")
    said = await ann.presses(action, deal)
    assert "othing was changed" in said
    assert "Acme" not in said


async def test_an_open_promise_is_shown_in_prep_and_is_a_point_to_focus_on(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    await ann.says("prep acme")
    await ann.clicks("Quick")
    said = await ann.submits(matters="Live before summer", certainty="said", give="training", get="a reference")
    assert "Settle what you promised." in said
    assert "Still promised to them" in said
    assert "send the draft, by Fri 27 Nov 2026, in 4 days" in said


async def test_the_card_of_a_promise_changes_wherever_it_stands(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    [promise] = await open_promises(ann)
    await ann.placed(f"promise:{promise.id}", "m1")
    await ann.presses("promise.kept", promise.id)
    assert ann.shown.messages["m1"].summary == "Kept. That is how trust grows"


@pytest.mark.parametrize(
    ("typed", "truth"),
    [
        ("sunday", "I'll bring it up on Fri 27 Nov 2026. Sun 29 Nov 2026 is a day off."),
        ("today", "I'll ask on Tue 24 Nov 2026 whether it is done. It is due today."),
        ("tomorrow", "I'll bring it up on Tue 24 Nov 2026. Only"),
    ],
)
async def test_what_is_said_of_a_reminder_is_what_will_happen(ann: Keeper, typed: str, truth: str) -> None:
    await ann.has("Acme renewal")
    assert truth in await ann.says(f"promise send the draft by {typed} for acme")
    arrived = [(ann.now, said) for _ in range(8) for said in await ann.passes(days=1)]
    assert f"{arrived[0][0] - timedelta(days=1):%a}" in truth


async def test_one_due_on_a_holiday_is_brought_up_before_it_and_says_so(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.works(zone="Europe/Berlin", region="DE")
    ann.now = datetime(2026, 12, 21, 9, tzinfo=UTC)
    said = await ann.says("promise send the draft by 25 december for acme")
    assert "I'll bring it up on Thu 24 Dec 2026. Fri 25 Dec 2026 is a day off." in said
    [letter] = await ann.passes(days=4)
    assert "Due on a day off, so now is the time: send the draft" in letter


@pytest.mark.parametrize(
    ("pause", "truth"),
    [
        ("", "All is paused, so I won't bring it up until you resume"),
        ("until 27 november", "I'll bring it up on Fri 27 Nov 2026."),
        ("until 1 december", "I'll ask on Tue 1 Dec 2026 whether it is done."),
    ],
)
async def test_during_a_pause_the_reminder_is_said_as_it_will_come(ann: Keeper, pause: str, truth: str) -> None:
    await ann.has("Acme renewal")
    await ann.says(f"checkins pause {pause}")
    assert truth in await ann.says("promise send the draft by friday for acme")


async def test_brought_up_for_the_last_time_it_says_so(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    [promise] = await open_promises(ann)
    await ann.passes(days=9)
    assert "I won't bring it up again; My promises has it." in await ann.presses("promise.open", promise.id)


@pytest.mark.parametrize(
    "typed",
    [
        "promise the deck by friday for globex and the pricing by 30 november for acme",
        "promise to send the deck by friday for globex and to send the pricing by 30 november for acme",
    ],
)
async def test_two_promises_in_one_sentence_are_two(ann: Keeper, typed: str) -> None:
    await ann.has("Acme renewal")
    await ann.has("Globex rollout")
    said = await ann.says(typed)
    assert "you promised Globex by Fri 27 Nov 2026" in said
    assert "you promised Acme by Mon 30 Nov 2026" in said
    assert len(await open_promises(ann)) == 2


async def test_one_deal_behind_two_promises_is_that_of_both(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.has("Globex rollout")
    await ann.says("promise the deck by friday and the pricing by 30 november for acme")
    assert [one.what for one in await open_promises(ann)] == ["the deck", "the pricing"]


async def test_an_and_within_a_promise_is_one(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise the deck and the pricing by friday for acme")
    assert [one.what for one in await open_promises(ann)] == ["the deck and the pricing"]


@pytest.mark.parametrize("words", ["never mind", "cancel", "forget it", "later"])
async def test_a_promise_that_is_asked_about_can_be_left(ann: Keeper, words: str) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise the deck for acme")
    assert "Left out: “the deck” isn't noted." in await ann.says(words)
    assert "Left out" not in await ann.says("friday")
    assert await open_promises(ann) == []


async def test_tomorrow_is_a_day_and_not_a_way_out(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise the deck for acme")
    assert "you promised Acme by Tue 24 Nov 2026" in await ann.says("tomorrow")


async def test_what_is_late_already_is_not_said_to_become_late(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    [promise] = await open_promises(ann)
    ann.now += timedelta(days=8)
    said = await ann.presses("promise.late", promise.id)
    assert "You were to have this by Fri 27 Nov 2026" in said
    assert "won't make" not in said
