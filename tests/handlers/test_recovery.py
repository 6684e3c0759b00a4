"""Putting things right: three questions, a draft, a promise and a follow-up."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from content.library import Playbook
from tests.handlers.keeper import Keeper
from tests.handlers.test_checkins import warm_of
from tests.handlers.test_promises import open_promises

HAPPENED = "we sent you the wrong report"
MEANS = "you had to redo the board paper"
FIX = "send the right report"
FRIDAY, TUESDAY = date(2026, 11, 27), date(2026, 12, 1)


@pytest.fixture
async def ann(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    async with Keeper(tmp_path, playbook) as keeper:
        yield keeper


async def tells(ann: Keeper, *answers: str) -> str:
    for answer in answers:
        await ann.says(answer)
    return ann.text


async def test_the_conversation_asks_one_thing_after_the_other_and_ends_in_a_draft(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    assert "What happened?" in await ann.says("recover acme")
    assert "What does it mean for them?" in await ann.says(HAPPENED)
    assert "What do we do to put it right?" in await ann.says(MEANS)
    assert "By when will it be done?" in await ann.says(FIX)
    said = await ann.says("friday")
    assert f"I am writing about a mistake of ours: {HAPPENED}." in said
    assert f"I know what that means for you: {MEANS}." in said
    assert "That is ours to answer for, and I am sorry." in said
    assert f"By Fri 27 Nov 2026 we will have done this: {FIX}." in said
    assert "On Tue 1 Dec 2026 I will check back with you" in said
    assert "Before you send it" not in said


async def test_it_becomes_a_promise_and_a_follow_up(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.says("recover acme")
    await tells(ann, HAPPENED, MEANS, FIX, "friday")
    [promise] = await open_promises(ann)
    assert (promise.what, promise.due) == (FIX, FRIDAY)
    assert (await warm_of(ann, deal)).follow_up_on == TUESDAY
    await ann.presses("promise.kept", promise.id)
    [said] = await ann.passes(days=9)
    assert f"You put something right for them: {HAPPENED}." in said


async def test_while_the_fix_is_late_they_are_not_asked_whether_it_holds(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    await tells(ann, HAPPENED, MEANS, FIX, "friday")
    *_, said = await ann.passes(days=9)
    assert "You put something right" not in said


async def test_for_a_deal_that_is_not_won_the_follow_up_is_a_promise_of_its_own(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("recover acme")
    await tells(ann, HAPPENED, MEANS, FIX, "friday")
    promises = await open_promises(ann)
    assert [(one.what, one.due) for one in promises] == [(FIX, FRIDAY), (f"ask whether it holds: {HAPPENED}", TUESDAY)]


@pytest.mark.parametrize(
    ("happened", "kindly"),
    [
        ("you didn't read the guide", "This puts part of it on them"),
        ("mistakes were made", "This way nobody did it."),
        ("there was a slight delay", "This makes it sound smaller than it was for them."),
    ],
)
async def test_what_spoils_the_draft_is_named_kindly_with_better_words(ann: Keeper, happened: str, kindly: str) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    assert kindly in await tells(ann, happened, MEANS, FIX, "friday")


async def test_at_most_three_things_are_to_be_reworded(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    said = await tells(
        ann,
        "you didn't tell us. Sorry if you felt bad, but mistakes were made. Sorry that you feel so",
        "any inconvenience. However, it was only a small issue",
        FIX,
        "friday",
    )
    assert said.partition("Before you send it")[2].partition("What follows")[0].count("\n- ") == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("next week", "could be Mon 30 Nov 2026 or Fri 4 Dec 2026"),
        ("soon", "I don't read one day"),
        ("1 March 2026", "Sun 1 Mar 2026 is behind us."),
    ],
)
async def test_a_doubtful_or_past_day_is_asked_again(ann: Keeper, typed: str, said: str) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    assert said in await tells(ann, HAPPENED, MEANS, FIX, typed)
    assert await open_promises(ann) == []
    day = next(label for label, action, _ in ann.controls() if action == "recover.by")
    await ann.clicks(day)
    assert f"By {day} we will have done this" in ann.text


async def test_the_same_day_pressed_twice_makes_one_promise(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    await tells(ann, HAPPENED, MEANS, FIX)
    button = next(pair for label, *pair in ann.controls() if label.startswith("Fri"))
    await ann.presses(*button)
    assert "Nothing was changed" in await ann.presses(*button)
    assert len(await open_promises(ann)) == 1


async def test_the_form_asks_everything_at_once_and_keeps_what_was_typed(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    await ann.clicks("Answer in a form")
    await ann.submits(happened=HAPPENED, by="next week")
    assert set(ann.refusals) == {"means", "fix", "by"}
    said = await ann.submits(happened=HAPPENED, means=MEANS, fix=FIX, by="friday")
    assert HAPPENED in said
    assert len(await open_promises(ann)) == 1


async def test_changed_words_change_the_promise_and_the_follow_up_and_add_none(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.says("recover acme")
    await tells(ann, HAPPENED, MEANS, FIX, "friday")
    await ann.clicks("Change my words")
    await ann.submits(fix="send the right report and call you", by="30 November")
    [promise] = await open_promises(ann)
    assert (promise.what, promise.due) == ("send the right report and call you", date(2026, 11, 30))
    assert (await warm_of(ann, deal)).follow_up_on == date(2026, 12, 2)


async def test_sent_is_a_touch(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    ann.now += timedelta(days=1)
    await ann.says("recover acme")
    await tells(ann, HAPPENED, MEANS, FIX, "friday")
    assert "counts" in await ann.clicks("Sent")
    warm = await warm_of(ann, deal)
    assert (warm.touched_on, warm.follow_up_on) == (date(2026, 11, 24), TUESDAY)


async def test_it_can_be_left_and_taken_up_another_day(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    await ann.says(HAPPENED)
    assert "Kept as it is." in await ann.clicks("Later")
    ann.now += timedelta(days=3)
    assert "What does it mean for them?" in await ann.says("recover acme")


async def test_while_it_waits_a_request_is_still_a_request(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    assert "check-ins" in await ann.says("checkins")
    assert "What does it mean for them?" in await ann.says(HAPPENED)


@pytest.mark.parametrize(
    "words", ["x" * 5000, "a" + "🎉" * 2500, "\u202egnorw\u202c", "{date} {nobody} {", "<!channel> [x](http://y)"]
)
async def test_whatever_is_typed_is_kept_as_it_is_and_breaks_nothing(ann: Keeper, words: str) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    said = await tells(ann, words, words, words, "friday")
    assert "Something broke" not in said
    assert "By Fri 27 Nov 2026 we will have done this" in said


@pytest.mark.parametrize(
    "answer", ["lost their documents", "emailed the wrong file", "called the wrong person", "recover the data by hand"]
)
async def test_an_answer_that_begins_like_a_request_is_an_answer(ann: Keeper, answer: str) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover acme")
    assert "What does it mean for them?" in await ann.says(answer)


@pytest.mark.parametrize(
    ("words", "said"),
    [("thanks", "Any time"), ("called acme today", "Noted: in touch"), ("recover globex", "right with Globex, 1 of 4")],
)
async def test_a_request_or_thanks_between_the_questions_is_no_answer(ann: Keeper, words: str, said: str) -> None:
    await ann.has("Globex rollout")
    deal = await ann.wins("Acme renewal")
    await ann.says("recover acme")
    assert said in await ann.says(words)
    assert [one.happened for one in await ann.within(lambda work: work.recoveries.of(deal))] == [""]


async def test_without_a_name_it_is_asked_whose_trouble_it_is(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    assert "With whom did something go wrong?" in await ann.says("recover")
    assert "What happened?" in await ann.clicks("Acme renewal")


async def test_a_client_nobody_knows_can_be_started_by_hand(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("recover Soylent")
    assert "Putting it right with Soylent" in await ann.clicks("Start with “Soylent”")


async def test_a_name_too_long_for_a_button_is_asked_in_a_form(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.presses("recover.other")
    await ann.submits(client=" ")
    assert ann.refusals["client"]
    await ann.submits(client="Soylent")
    assert "Putting it right with Soylent" in ann.text


@pytest.mark.parametrize("action", ["recover.form", "recover.later", "recover.sent", "recover.by"])
async def test_somebody_elses_trouble_is_as_if_it_were_gone(ann: Keeper, action: str) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.says("recover acme")
    [recovery] = await ann.within(lambda work: work.recoveries.of(deal))
    before = replace(recovery)
    ann.becomes("U2")
    await ann.says("settings")
    subject = f"2026-11-27.{recovery.id}" if action == "recover.by" else recovery.id
    assert "it isn't yours" in await ann.presses(action, subject)
    ann.becomes("U1")
    assert await ann.within(lambda work: work.recoveries.of(deal)) == [before]


@pytest.mark.parametrize("subject", ["", ".", "friday.{this}", "2026-13-01.{this}", "2026-11-27.", "x" * 180])
async def test_a_forged_day_changes_nothing(ann: Keeper, subject: str) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.says("recover acme")
    [recovery] = await ann.within(lambda work: work.recoveries.of(deal))
    await ann.presses("recover.by", subject.format(this=recovery.id))
    assert await open_promises(ann) == []
    assert await ann.within(lambda work: work.recoveries.of(deal)) == [recovery]


@pytest.mark.parametrize("words", ["later", "stop", "never mind", "cancel"])
async def test_it_can_be_left_in_words_and_what_was_said_is_kept(ann: Keeper, words: str) -> None:
    await ann.has("Acme renewal")
    await ann.says("recover acme")
    await ann.says("we sent the wrong file")
    assert "Kept as it is." in await ann.says(words)
    assert "2 of 4" in await ann.says("recover acme")


@pytest.mark.parametrize("words", ["i don't know", "dont know yet", "!?", "🎉", "no idea"])
async def test_what_is_not_known_yet_is_no_answer(ann: Keeper, words: str) -> None:
    await ann.has("Acme renewal")
    await ann.says("recover acme")
    said = await ann.says(words)
    assert "1 of 4" in said
    assert "Not known yet is fine." in said


async def test_during_a_pause_the_follow_up_is_said_to_wait(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("checkins pause")
    await ann.says("recover acme")
    for words in ("we sent the wrong file", "you had to redo it", "send the right one"):
        await ann.says(words)
    said = await ann.says("tomorrow")
    assert "On Thu 26 Nov 2026 I'll remind you to ask whether it holds. All is paused until you resume" in said


async def test_a_wall_of_text_is_cut_and_that_is_said(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("recover acme")
    assert "I kept the first 1,000 characters of that" in await ann.says("wrong " * 900)
    assert "I kept the first" not in await ann.says("you had to redo it")


async def test_sent_after_its_day_nothing_is_announced_that_is_over(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("recover acme")
    for words in ("we sent the wrong file", "you had to redo it", "send the right one", "tomorrow"):
        await ann.says(words)
    action, subject = next(pair for label, *pair in ann.controls() if label == "Sent")
    assert "What is promised by Tue 24 Nov 2026 comes up in time." in await ann.presses(action, subject)
    ann.now += timedelta(days=30)
    assert "comes up in time" not in await ann.presses(action, subject)
