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
from handlers.crm import read_export
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


def drafts(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("> ")]


async def test_nothing_to_stay_in_touch_about_teaches_how_it_begins(ann: Keeper) -> None:
    assert "Close a deal with won and its name" in await ann.says("checkins")


async def imported(ann: Keeper, *closed: date) -> None:
    """Have deals of a CRM that were won on those days."""
    await ann.says("settings")
    rows = (f"Client{number:03} renewal,{on},Closed Won" for number, on in enumerate(closed))
    table = "\n".join(("name,close date,stage", *rows))
    deals = read_export(table.encode(), ann.now.date(), "u1@example.com").deals
    await ann.brings(deals)


def won_days(number: int) -> list[date]:
    """A won deal a day, the last on the day before the first Monday."""
    return [MONDAY.date() - timedelta(days=number - each) for each in range(number)]


async def test_of_four_hundred_deals_won_before_none_begins_by_itself_and_three_are_offered(ann: Keeper) -> None:
    await imported(ann, *won_days(400))
    assert await ann.passes(days=30) == []
    said = await ann.says("checkins")
    assert "400 deals you won before have no check-ins." in said
    assert "Won last: Client399 renewal, Client398 renewal and Client397 renewal." in said
    said = await ann.clicks("Start these three")
    assert "I'll remind you of Client399, Client398 and Client397, first on Wed 30 Dec 2026." in said
    assert "397 deals you won before" in said
    assert len(await ann.within(lambda work: work.warmth.all())) == 3


async def test_the_same_three_started_twice_or_gone_meanwhile_start_nothing_more(ann: Keeper) -> None:
    await imported(ann, *won_days(5))
    await ann.says("checkins")
    action, subject = next(pair for label, *pair in ann.controls() if label == "Start these three")
    await ann.presses(action, subject)
    before = await ann.within(lambda work: work.warmth.all())
    await ann.presses(action, subject)
    assert await ann.within(lambda work: work.warmth.all()) == before
    for deal in subject.split("."):
        await ann.presses("deal.lost", deal)
    assert "aren't among your won deals any more" in await ann.presses(action, subject)


async def test_one_won_before_can_be_chosen_and_two_are_two(ann: Keeper) -> None:
    await imported(ann, *won_days(4))
    await ann.says("checkins")
    assert "Next for Client000: Mon 30 Nov 2026" in await ann.clicks("Client000 renewal")
    await ann.says("checkins")
    await ann.clicks("Start these three")
    assert "you won before" not in await ann.says("checkins")


async def test_what_was_won_before_is_not_offered_while_something_waits(ann: Keeper) -> None:
    await imported(ann, *won_days(2))
    await due(ann)
    assert "you won before" not in await ann.says("checkins")
    assert "Start these two" in await ann.clicks("Done")


async def test_left_alone_they_are_offered_no_more_and_can_be_started_by_name(ann: Keeper) -> None:
    await imported(ann, *won_days(5))
    await ann.says("checkins")
    assert "Left without check-ins: 5 deals." in await ann.clicks("Leave them")
    assert "you won before" not in await ann.says("checkins")
    await ann.says("won client004")
    assert "Next for Client004" in await ann.clicks("Start check-ins")


async def test_what_was_stopped_is_not_offered_again(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.clicks("Not this one")
    assert "you won before" not in await ann.says("checkins")


async def test_to_a_client_of_two_years_nobody_writes_of_first_days(ann: Keeper) -> None:
    await imported(ann, MONDAY.date() - timedelta(days=700))
    await ann.says("checkins")
    await ann.clicks("Start with it")
    [said] = await ann.passes(days=8)
    assert "first days" not in said
    assert "Next" not in said.splitlines()[0]


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
    assert "> Two months in" in said
    assert "For less:" in said
    labels = [label for label, _, _ in ann.controls()]
    assert {"Done", "Skip once", "More", "Tomorrow", "Next week", "In two weeks", "Pause all"} <= set(labels)


async def test_clients_of_one_day_get_different_drafts_and_keep_them_while_others_are_dealt_with(ann: Keeper) -> None:
    for name in ("Acme", "Globex", "Initech"):
        await due(ann, f"{name} renewal")
    before = drafts(await ann.says("checkins"))
    assert len(set(before)) == 3
    assert set(drafts(await ann.clicks("Done"))) < set(before)


async def test_clients_opened_from_the_list_get_the_draft_of_their_place(ann: Keeper) -> None:
    deals = [await due(ann, f"{name} renewal") for name in ("Acme", "Globex", "Initech")]
    shown = drafts(await ann.says("checkins"))
    opened = [draft for deal in deals for draft in drafts(await ann.presses("checkin.open", deal))]
    assert sorted(opened) == sorted(shown)


async def test_the_next_time_a_client_is_due_the_draft_is_another(ann: Keeper) -> None:
    deal = await due(ann)
    [first] = drafts(await ann.says("checkins"))
    await is_due(ann, deal, done=1)
    [second] = drafts(await ann.says("checkins"))
    assert first != second


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
    await ann.clicks("Snooze to a date")
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


async def test_two_deals_of_one_client_stand_once_among_what_is_next_and_open_by_their_own_names(ann: Keeper) -> None:
    for name in ("Acme renewal", "Acme pilot", "Globex rollout"):
        await ann.wins(name)
    said = await ann.says("checkins")
    assert said.count("Acme: ") == 1
    labels = [label for label, action, _ in ann.controls() if action == "checkin.open"]
    assert sorted(labels) == ["Acme pilot", "Acme renewal", "Globex"]


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


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("touched acme 3 days ago", date(2026, 11, 22)),
        ("called acme two weeks ago", date(2026, 11, 11)),
        ("touched acme a week ago", date(2026, 11, 18)),
    ],
)
async def test_how_long_ago_it_was_is_understood(ann: Keeper, typed: str, on: date) -> None:
    deal = await due(ann)
    ann.now += timedelta(days=2)
    await ann.says(typed)
    assert (await warm_of(ann, deal)).touched_on == on


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("touched acme last week", "Which day was it?"),
        ("called acme recently", "Which day was it?"),
        ("called acme last friday", "Which day was it?"),
        ("touched acme tomorrow", "That lies ahead, so nothing was noted."),
    ],
)
async def test_a_doubtful_day_of_a_touch_is_asked(ann: Keeper, typed: str, asked: str) -> None:
    deal = await due(ann)
    assert asked in await ann.says(typed)
    assert (await warm_of(ann, deal)).touched_on is None


async def test_several_clients_in_one_sentence_are_all_noted(ann: Keeper) -> None:
    deals = [await due(ann, f"{name} renewal") for name in ("Acme", "Globex")]
    said = await ann.says("touched acme and globex and nobody today")
    assert [(await warm_of(ann, deal)).touched_on for deal in deals] == [MONDAY.date()] * 2
    assert "I can't find “nobody” among your deals, so nothing was noted." in said


async def test_a_client_whose_name_has_an_and_in_it_is_one(ann: Keeper) -> None:
    deal = await due(ann, "Smith and Jones renewal")
    await due(ann, "Jones Brothers pilot")
    await ann.says("touched smith and jones")
    assert (await warm_of(ann, deal)).touched_on == MONDAY.date()


async def test_a_mistyped_client_is_offered_as_they_are_called(ann: Keeper) -> None:
    deal = await due(ann, "Globex rollout")
    assert "Did you mean one of these?" in await ann.says("touched globx")
    await ann.clicks("Globex")
    assert (await warm_of(ann, deal)).touched_on == MONDAY.date()


@pytest.mark.parametrize(
    "typed", ["checkins acme", "snooze acme", "snooze acme until friday", "hand over acme to tom@example.com"]
)
async def test_one_clients_check_in_is_asked_for_by_name(ann: Keeper, typed: str) -> None:
    await due(ann)
    await due(ann, "Globex rollout")
    assert "Staying in touch with Acme" in await ann.says(typed)
    assert {"Hand over", "Snooze to a date"} <= {label for label, _, _ in ann.controls()}


async def test_check_ins_of_nobody_and_of_several_are_asked_about(ann: Keeper) -> None:
    for name in ("Acme renewal", "Acton pilot"):
        await due(ann, name)
    assert "I keep no check-ins for “zorro”." in await ann.says("checkins zorro")
    assert "Which one do you mean by “ac”?" in await ann.says("checkins ac")
    assert "Staying in touch with Acton" in await ann.clicks("Acton")


@pytest.mark.parametrize("words", ["pause", "stop", "stop reminding me", "Pause all", "unsubscribe", "pause please"])
async def test_there_is_a_plain_word_for_less(ann: Keeper, words: str) -> None:
    await due(ann)
    assert "Paused until you resume." in await ann.says(words)
    assert "Welcome back." in await ann.says("resume")


async def test_a_pause_in_a_plain_word_can_have_an_end(ann: Keeper) -> None:
    await due(ann)
    assert "Paused until Thu 7 Jan 2027" in await ann.says("pause until 7 january")
    assert "Nothing was paused." in await ann.says("pause until soon")


async def test_won_during_a_pause_it_says_that_it_waits(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("checkins pause until 7 december")
    said = await ann.says("won acme")
    assert "first on Mon 30 Nov 2026. All is paused until Mon 7 Dec 2026, so it waits for you." in said


async def test_what_was_put_right_is_asked_about_before_the_longest_wait(ann: Keeper) -> None:
    for name in ("Acme", "Globex", "Initech"):
        await due(ann, f"{name} renewal")
    deal = await ann.wins("Zorro pilot")
    await is_due(ann, deal, follow_up_on=MONDAY.date())
    assert "Zorro" in (await ann.says("checkins")).partition("[Done]")[0]


async def test_what_stood_in_the_days_message_stays_there_whoever_else_is_dealt_with(ann: Keeper) -> None:
    for name in ("Acme", "Globex", "Initech", "Zorro", "Umbrella"):
        await due(ann, f"{name} renewal")
    [letter] = await ann.passes(hours=3)
    listed = [name for name in ("Acme", "Globex", "Initech", "Zorro", "Umbrella") if f"\n{name}\n" not in letter]
    assert len(listed) == 2
    said = await ann.says(f"touched {listed[0]} and {listed[1]} today")
    assert drafts(await ann.says("checkins")) == drafts(letter), said


async def test_a_client_without_a_rhythm_can_be_started_from_their_card(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.presses("checkin.stop", deal)
    await ann.says("checkins acme")
    assert "Stop" not in [label for label, _, _ in ann.controls()]
    assert "Next for Acme: Mon 30 Nov 2026" in await ann.clicks("Start check-ins")


async def test_stopped_and_started_again_the_last_touch_is_still_known(ann: Keeper) -> None:
    deal = await due(ann)
    await ann.says("called acme today")
    await ann.presses("checkin.stop", deal)
    await ann.clicks("Start again")
    assert (await warm_of(ann, deal)).touched_on == MONDAY.date()
