"""Why to write to a client now."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.coach.keep_warm import KeepWarm
from bot.coach.promises import Promise, kept
from bot.coach.reasons import Occasion, kept_since, occasion, owed, turn

WON = date(2026, 11, 23)
WARM = KeepWarm(deal_id="d", client="Acme", won_on=WON)
PROMISE = Promise(id="p", deal_id="d", what="send the draft", due=date(2026, 12, 4), made_on=WON)


@pytest.mark.parametrize(
    ("days", "season"),
    [
        (7, Occasion.WEEK),
        (30, Occasion.MONTH),
        (60, Occasion.TWO_MONTHS),
        (90, Occasion.QUARTER),
        (180, Occasion.LATER),
        (360, Occasion.YEAR),
        (450, Occasion.LATER),
        (730, Occasion.YEAR),
    ],
)
def test_the_season_of_a_deal_is_a_reason(days: int, season: Occasion) -> None:
    assert occasion(WARM, WON + timedelta(days=days), (), "") is season


def test_an_open_promise_comes_before_the_season() -> None:
    assert occasion(WARM, date(2026, 12, 1), (PROMISE,), "") is Occasion.OWED


def test_on_its_day_a_promise_is_kept_and_not_announced() -> None:
    assert occasion(WARM, date(2026, 12, 4), (PROMISE,), "") is Occasion.WEEK


def test_a_late_promise_comes_before_everything() -> None:
    fixed = replace(WARM, follow_up_on=date(2026, 12, 7))
    assert occasion(fixed, date(2026, 12, 8), (PROMISE,), "plays chess") is Occasion.LATE


def test_what_was_put_right_is_asked_about_when_its_day_has_come() -> None:
    fixed = replace(WARM, follow_up_on=date(2026, 12, 7))
    assert occasion(fixed, date(2026, 12, 7), (), "") is Occasion.FIXED
    assert occasion(fixed, date(2026, 12, 6), (), "") is Occasion.WEEK


def test_a_promise_kept_is_news_until_they_were_in_touch() -> None:
    done = kept(PROMISE, date(2026, 12, 4))
    assert occasion(WARM, date(2026, 12, 7), (done,), "") is Occasion.KEPT
    spoken = replace(WARM, touched_on=date(2026, 12, 4))
    assert kept_since((done,), spoken) is None


def test_whoever_took_the_deal_over_asks_without_knowing_the_problem() -> None:
    fixed = replace(WARM, follow_up_on=date(2026, 12, 7))
    assert occasion(fixed, date(2026, 12, 7), (), "", knows_problem=False) is Occasion.INHERITED


@pytest.mark.parametrize("notes", ["", "moved to Lyon"])
def test_no_two_places_of_a_day_have_the_same_turn_of_six(notes: str) -> None:
    days = [{turn(replace(WARM, done=done), place, notes) % 6 for done in range(9)} for place in range(3)]
    assert all(not one & other for one, other in ((days[0], days[1]), (days[0], days[2]), (days[1], days[2])))


@pytest.mark.parametrize(("notes", "step"), [("", 1), ("moved to Lyon", 2)])
def test_nobody_has_the_turn_they_had_last_time_at_whatever_place(notes: str, step: int) -> None:
    for done in range(9):
        last, now = (
            {turn(replace(WARM, done=at), place, notes) % 6 for place in range(3)} for at in (done, done + step)
        )
        assert not last & now


def test_a_note_and_the_season_take_turns() -> None:
    day = WON + timedelta(days=30)
    seen = [occasion(replace(WARM, done=done), day, (), "moved to Lyon") for done in range(4)]
    assert seen == [Occasion.MONTH, Occasion.NOTED, Occasion.MONTH, Occasion.NOTED]


def test_of_several_open_promises_the_one_due_first_counts() -> None:
    later = replace(PROMISE, id="q", due=date(2026, 12, 24))
    assert owed((later, PROMISE)) == PROMISE
    assert owed(()) is None
