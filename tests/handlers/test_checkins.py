"""Staying in touch: what is due, and what becomes of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.chat.plain import of_card
from bot.coach.keep_warm import KeepWarm, Rhythm
from content.library import Playbook
from handlers import agenda
from handlers.day import subject
from store import Unit
from tests.handlers.keeper import MONDAY, Keeper


@pytest.fixture
async def ann(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    async with Keeper(tmp_path, playbook) as keeper:
        yield keeper


async def warm_of(ann: Keeper, deal: str) -> KeepWarm:
    found = await ann.within(lambda work: work.warmth.of(deal))
    assert isinstance(found, KeepWarm)
    return found


async def is_due(ann: Keeper, deal: str, **changes: object) -> None:
    """Let a won deal be due since long."""
    warm = replace(await warm_of(ann, deal), won_on=date(2026, 10, 1), **changes)  # type: ignore[arg-type]

    def change(work: Unit) -> None:
        work.warmth.change(warm)
        agenda.reschedule(work, ann.now)

    await ann.within(change)


async def due(ann: Keeper, name: str = "Acme renewal", **changes: object) -> str:
    deal = await ann.wins(name)
    await is_due(ann, deal, **changes)
    return deal


async def test_nothing_to_stay_in_touch_about_teaches_how_it_begins(ann: Keeper) -> None:
    assert "Close a deal with won and its name" in await ann.says("checkins")


async def test_a_deal_that_came_from_the_crm_as_won_can_be_begun_with(ann: Keeper) -> None:
    ann.shown.emails["U1"] = "tom@example.com"
    await ann.imports()
    assert "Begin with one you have won" in await ann.says("checkins")
    # Counted from when we heard of it: what was won long ago isn't late.
    assert "Next for Stark Tooling: Mon 30 Nov 2026" in await ann.clicks("Stark Tooling")


async def test_a_deal_won_starts_the_rhythm_and_says_so_with_its_date(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    said = await ann.says("won acme")
    assert "first on Mon 30 Nov 2026" in said
    assert {"Rhythm", "Not this one", "Undo"} <= {label for label, _, _ in ann.controls()}


@pytest.mark.parametrize("label", ["Not this one", "Undo"])
async def test_it_can_be_taken_back_at_once(ann: Keeper, label: str) -> None:
    await ann.has("Acme renewal")
    await ann.says("won acme")
    await ann.clicks(label)
    assert await ann.within(lambda work: work.warmth.all()) == []
    assert (await ann.within(lambda work: work.agenda.get())).next_at is None


async def test_a_deal_won_again_begins_anew(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.says("called acme today")
    await ann.presses("deal.reopen", deal)
    assert await ann.within(lambda work: work.warmth.of(deal)) is None
    ann.now += timedelta(days=7)
    await ann.presses("deal.won", deal)
    warm = await warm_of(ann, deal)
    assert (warm.won_on, warm.touched_on) == (date(2026, 11, 30), None)


async def test_a_lost_deal_is_not_kept_warm(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.presses("deal.lost", deal)
    assert await ann.within(lambda work: work.warmth.all()) == []


async def test_a_won_deal_that_was_left_cold_can_be_warmed_again(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.says("won acme")
    assert not any(label == "Start check-ins" for label, _, _ in ann.controls())
    await ann.says("checkins")
    await ann.clicks("Acme")
    await ann.clicks("Stop")
    await ann.says("won acme")
    assert "Next for Acme: Mon 30 Nov 2026" in await ann.clicks("Start check-ins")


async def test_the_card_has_a_reason_a_draft_and_a_way_to_less(ann: Keeper) -> None:
    await due(ann)
    said = await ann.says("checkins")
    assert "1 client to write to" in said
    assert "After about two months habits are forming" in said
    assert "> [name], two months in" in said
    assert "For less:" in said
    labels = [label for label, _, _ in ann.controls()]
    assert {"Done", "Skip once", "More", "Tomorrow", "Next week", "In two weeks", "Pause all"} <= set(labels)


async def test_done_counts_from_today_shows_it_and_asks_how_it_was(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.says("checkins")
    said = await ann.clicks("Done")
    assert "In touch with Acme today. Next on" in said
    assert "Acme: in touch" in said
    assert "\nNext\n" not in said
    assert "How was it with Acme?" in said
    assert (await warm_of(ann, deal)).touched_on == MONDAY.date()
    assert "Good to hear." in await ann.clicks("All fine")


async def test_done_twice_is_one_step_of_the_rhythm(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.presses("checkin.done", deal)
    first = await warm_of(ann, deal)
    await ann.presses("checkin.done", deal)
    assert await warm_of(ann, deal) == first


async def test_an_issue_leads_to_putting_it_right(ann: Keeper) -> None:
    await due(ann)
    await ann.says("checkins")
    await ann.clicks("Done")
    assert "What happened?" in await ann.clicks("An issue came up")


@pytest.mark.parametrize(
    ("choice", "to"),
    [("Tomorrow", date(2026, 11, 24)), ("Next week", date(2026, 11, 30)), ("In two weeks", date(2026, 12, 7))],
)
async def test_a_check_in_is_put_off_to_a_working_day(ann: Keeper, choice: str, to: date) -> None:
    deal = await due(ann)
    await ann.says("checkins")
    said = await ann.clicks(choice)
    assert f"Put off: Acme. Next on {to:%a} {to.day} {to:%b %Y}." in said
    assert (await warm_of(ann, deal)).put_off_to == to


async def test_a_check_in_is_put_off_to_a_date_of_ones_own(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.says("checkins")
    await ann.clicks("A date of your own")
    refused = {"03/04/2027": "could be", "today": "too near", "1 May 2099": "too far", "x" * 80: "don't"}
    for typed, why in refused.items():
        await ann.submits(due=typed)
        assert why in ann.refusals["due"]
    assert "Next for Acme: Mon 21 Dec 2026" in await ann.submits(due="20 December")
    assert (await warm_of(ann, deal)).snoozes == 1


async def test_the_third_snooze_in_a_row_asks_whether_the_rhythm_is_right(ann: Keeper) -> None:
    deal = await due(ann)
    for _ in range(2):
        await ann.says("checkins")
        assert "Is the rhythm right?" not in await ann.clicks("Tomorrow")
        ann.now += timedelta(days=1)
    await ann.says("checkins")
    assert "Is the rhythm right?" in await ann.clicks("Tomorrow")
    await ann.clicks("Lighter")
    warm = await warm_of(ann, deal)
    assert (warm.cadence.rhythm, warm.snoozes) == (Rhythm.LIGHTER, 0)


async def test_a_rhythm_that_is_right_stays_and_the_count_begins_anew(ann: Keeper) -> None:
    deal = await due(ann, snoozes=2)
    await ann.says("checkins")
    await ann.clicks("Next week")
    assert "standard" in await ann.clicks("It is right")
    assert (await warm_of(ann, deal)).snoozes == 0


async def test_left_out_once_the_next_one_comes_in_its_time(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.says("checkins")
    assert "Left out this time: Acme." in await ann.clicks("Skip once")
    assert (await warm_of(ann, deal)).skipped_on == MONDAY.date()


@pytest.mark.parametrize("action", ["checkin.skip", "checkin.snooze"])
async def test_the_same_button_twice_and_one_of_last_month_move_nothing(ann: Keeper, action: str) -> None:
    deal = await due(ann)
    this = f"tomorrow.{deal}.day" if action == "checkin.snooze" else f"{deal}.day"
    await ann.presses(action, this)
    before = await warm_of(ann, deal)
    assert "Nothing is due for Acme." in await ann.presses(action, this)
    assert await warm_of(ann, deal) == before


@pytest.mark.parametrize(
    "subject",
    ["", ".", "tomorrow", "tomorrow.", "yesterday.{deal}", "{deal}", "date.", "date.no-deal.day", "x" * 150],
)
async def test_a_forged_snooze_moves_nothing(ann: Keeper, subject: str) -> None:
    deal = await due(ann)
    before = await warm_of(ann, deal)
    said = await ann.presses("checkin.snooze", subject.format(deal=deal))
    assert "othing was changed" in said
    assert await warm_of(ann, deal) == before


async def test_two_deals_of_one_client_are_one_conversation(ann: Keeper) -> None:
    one, other = await due(ann, "Acme renewal"), await due(ann, "Acme pilot")
    said = await ann.says("checkins")
    assert "1 client to write to" in said
    assert "Acme pilot and Acme renewal" in said or "Acme renewal and Acme pilot" in said
    await ann.clicks("Done")
    assert (await warm_of(ann, one)).touched_on == (await warm_of(ann, other)).touched_on == MONDAY.date()


async def test_fifty_due_are_three_and_a_list(ann: Keeper) -> None:
    for number in range(50):
        await due(ann, f"Client{number:02} renewal")
    said = await ann.says("checkins")
    assert "3 clients to write to" in said
    assert "And 37 more clients." in said
    assert [label for label, _, _ in ann.controls()].count("Done") == 3
    said = await ann.clicks("Done")
    assert "2 clients to write to" in said


@pytest.mark.parametrize(
    ("chosen", "days", "first"),
    [
        (Rhythm.CLOSER, "", date(2026, 11, 30)),
        (Rhythm.LIGHTER, "", date(2026, 12, 7)),
        (Rhythm.CUSTOM, "10", date(2026, 12, 3)),
        (Rhythm.CUSTOM, "365", date(2027, 11, 23)),
    ],
)
async def test_the_rhythm_is_chosen_in_a_form(ann: Keeper, chosen: Rhythm, days: str, first: date) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.presses("checkin.rhythm", deal)
    said = await ann.submits(rhythm=chosen, days=days)
    assert f"Next for Acme: {first:%a} {first.day} {first:%b %Y}" in said
    assert (await warm_of(ann, deal)).cadence.rhythm is chosen


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [("custom", ""), ("custom", "0"), ("custom", "366"), ("custom", "-3"), ("custom", "٣"), ("x", "")],
)
async def test_a_rhythm_that_cannot_be_is_refused(ann: Keeper, rhythm: str, days: str) -> None:
    deal = await ann.wins("Acme renewal")
    before = await warm_of(ann, deal)
    await ann.presses("checkin.rhythm", deal)
    await ann.submits(rhythm=rhythm, days=days)
    assert ann.refusals
    assert await warm_of(ann, deal) == before


async def test_no_rhythm_means_never_and_can_be_taken_up_again(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.presses("checkin.rhythm", deal)
    assert "I won't remind you of Acme." in await ann.submits(rhythm="none")
    assert "No check-ins yet" in await ann.says("checkins") or "Close a deal" in ann.text
    await ann.presses("checkin.start", deal)
    assert (await warm_of(ann, deal)).cadence.rhythm is Rhythm.STANDARD


async def test_only_a_won_deal_is_kept_warm(ann: Keeper) -> None:
    deal = await ann.has("Acme renewal")
    assert "isn't won, so nothing was changed" in await ann.presses("checkin.start", deal)


@pytest.mark.parametrize("words", ["checkins pause until 7 january", "checkins pause all until 7 Jan 2027"])
async def test_a_pause_in_words_says_until_when(ann: Keeper, words: str) -> None:
    await due(ann)
    assert "Paused until Thu 7 Jan 2027; I'm back on that day." in await ann.says(words)
    assert (await ann.within(lambda work: work.agenda.get())).pause.until == date(2027, 1, 7)


async def test_a_pause_for_a_while_is_counted(ann: Keeper) -> None:
    await due(ann)
    assert "Paused until Mon 7 Dec 2026" in await ann.says("checkins pause for two weeks")


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("next friday", "Nothing was paused."),
        ("soon", "Nothing was paused."),
        ("today", "That is today."),
        ("1 March 2026", "behind us"),
        ("1 March 2099", "more than a year away"),
    ],
)
async def test_a_doubtful_or_past_end_of_a_pause_pauses_nothing(ann: Keeper, until: str, why: str) -> None:
    ann.now += timedelta(days=2)
    await ann.has("Acme renewal")
    assert why in await ann.says(f"checkins pause until {until}")
    assert (await ann.within(lambda work: work.agenda.get())).pause is None
    await ann.presses("checkins.pause")
    await ann.submits(until=until)
    assert ann.refusals["until"]


async def test_a_pause_without_an_end_lasts_until_it_is_ended(ann: Keeper) -> None:
    await due(ann)
    await ann.presses("checkins.pause")
    assert "Paused until you resume." in await ann.submits(until="")
    assert (await ann.within(lambda work: work.agenda.get())).next_at is None
    assert "Welcome back. Nothing is late." in await ann.clicks("Resume")
    assert "Nothing is paused." in await ann.says("checkins resume")


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("touched acme", date(2026, 11, 25)),
        ("called acme today", date(2026, 11, 25)),
        ("spoke to Acme yesterday.", date(2026, 11, 24)),
        ("emailed acme on Monday", date(2026, 11, 23)),
        ("met with acme friday", date(2026, 11, 20)),
        ("wrote to acme this morning", date(2026, 11, 25)),
    ],
)
async def test_a_touch_in_words_moves_the_wait(ann: Keeper, typed: str, on: date) -> None:
    deal = await due(ann)
    ann.now += timedelta(days=2)
    said = await ann.says(typed)
    assert f"Noted: in touch with Acme on {on:%a} {on.day} {on:%b %Y}." in said
    assert (await warm_of(ann, deal)).touched_on == on


async def test_a_weekday_said_on_that_very_day_is_asked(ann: Keeper) -> None:
    deal = await due(ann)
    assert "It is Monday today. Was it today, or Monday a week ago?" in await ann.says("called acme on Monday")
    assert (await warm_of(ann, deal)).touched_on is None


async def test_a_touch_of_an_open_deal_moves_nothing_and_says_why(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    assert "check-ins begin then" in await ann.says("called acme today")


async def test_a_touch_without_a_name_asks_for_it(ann: Keeper) -> None:
    await due(ann)
    assert "Who were you in touch with?" in await ann.says("touched")
    assert "Noted: in touch with Acme" in await ann.clicks("Acme")


@pytest.mark.parametrize(
    "words", ["touched nobody", f"touched {'x' * 5000}", "touched 🎉", "touched on monday", "rang ..."]
)
async def test_a_touch_of_nobody_moves_nothing(ann: Keeper, words: str) -> None:
    deal = await due(ann)
    ann.now += timedelta(days=1)
    before = await warm_of(ann, deal)
    assert "Something broke" not in await ann.says(words)
    assert await warm_of(ann, deal) == before


@pytest.mark.parametrize(
    "words", ["called them, they want 15% off", "spoke to her", "called acme, they hate the price", "emailed a quote"]
)
async def test_what_only_begins_like_a_touch_is_met_as_a_sentence(ann: Keeper, words: str) -> None:
    deal = await due(ann)
    await ann.says(words)
    assert (await warm_of(ann, deal)).touched_on is None


async def test_a_touch_in_words_changes_the_days_card_where_it_stands(ann: Keeper) -> None:
    await due(ann)
    await ann.says("checkins")
    await ann.placed(subject(MONDAY.date()), "m1")
    await ann.says("called acme today")
    assert "Acme: in touch" in of_card(ann.shown.messages["m1"])


async def test_every_copy_of_the_days_card_changes_wherever_it_stands(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.says("checkins")
    await ann.placed(subject(MONDAY.date()), "m1")
    assert "Acme: in touch" in await ann.presses("checkin.done", f"{deal}.day", message="m1")
    assert "m1" not in ann.shown.messages
    await ann.presses("checkin.stop", deal)
    assert "No check-ins yet" in ann.shown.messages["m1"].summary


async def test_home_shows_what_is_due_next_paused_and_promised(ann: Keeper) -> None:
    await due(ann)
    await ann.wins("Globex rollout")
    await ann.says("promise send the draft by friday for globex")
    said = await ann.looks()
    assert "Due: 1 client: Acme." in said
    assert "Next: Globex on Mon 30 Nov 2026." in said
    assert "send the draft · Globex rollout · by Fri 27 Nov 2026" in said
    await ann.says("checkins pause until 7 january")
    assert "Paused until Thu 7 Jan 2027." in await ann.looks()


async def test_home_teaches_where_there_is_nothing_to_keep(ann: Keeper) -> None:
    assert "Promise something to a client, or win a deal" in await ann.looks()
