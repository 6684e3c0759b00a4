"""When there is next something to say."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.keep_warm import Cadence, KeepWarm, Pause, Rhythm, bundle, bundle_day, due_check_ins
from bot.coach.people import Person
from bot.coach.promises import Notice, Promise, after_reminding, reminder
from bot.coach.upcoming import next_day, next_moment, reminders_ahead
from bot.coach.workdays import WEEKDAYS

ANN = Person(user="U1", zone="Europe/Lisbon", starts=time(9), ends=time(17))
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
WARM = KeepWarm(deal_id="d", client="Acme", won_on=MONDAY)
PROMISE = Promise(id="p", deal_id="d", what="the draft", due=date(2026, 12, 4), made_on=MONDAY)


def moment(
    *what: KeepWarm | Promise, now: datetime = NOW, last: date | None = None, pause: Pause | None = None
) -> datetime | None:
    warm = [one for one in what if isinstance(one, KeepWarm)]
    promises = [one for one in what if isinstance(one, Promise)]
    return next_moment(warm, promises, ANN, now, last=last, pause=pause, calendar=WEEKDAYS)


def at(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def test_with_nothing_to_say_nobody_looks_in() -> None:
    assert moment() is None
    assert moment(replace(WARM, cadence=Cadence(Rhythm.NONE))) is None


def test_a_check_in_is_looked_at_when_its_day_begins() -> None:
    assert moment(WARM) == at(11, 30)


def test_a_promise_is_thought_of_the_working_day_before() -> None:
    assert moment(PROMISE) == at(12, 3)
    assert moment(replace(PROMISE, due=date(2026, 12, 7))) == at(12, 4)


def test_a_reminder_that_was_said_leads_to_the_next() -> None:
    assert moment(replace(PROMISE, noticed=Notice.BEFORE)) == at(12, 4)
    assert moment(replace(PROMISE, noticed=Notice.TODAY)) == at(12, 7)
    assert moment(replace(PROMISE, noticed=Notice.AFTER)) is None


def test_what_is_overdue_is_looked_at_at_once_within_working_hours() -> None:
    old = replace(WARM, won_on=date(2026, 1, 5))
    assert moment(old, now=at(11, 23, 11)) == at(11, 23, 11)
    assert moment(old, now=at(11, 23, 18)) == at(11, 24)
    assert moment(old, now=at(11, 27, 18)) == at(11, 30)


def test_a_day_has_one_message() -> None:
    old = replace(WARM, won_on=date(2026, 1, 5))
    assert moment(old, now=at(11, 23, 11), last=MONDAY) == at(11, 24)


def test_what_stood_in_a_message_comes_again_after_a_week() -> None:
    shown = replace(WARM, won_on=date(2026, 1, 5), shown_on=MONDAY)
    assert moment(shown, last=MONDAY) == at(11, 30)


def test_during_a_pause_nobody_is_looked_in_on() -> None:
    assert moment(WARM, pause=Pause(MONDAY)) is None
    assert moment(WARM, pause=Pause(MONDAY, date(2027, 1, 2))) == at(1, 4, year=2027)
    assert moment(WARM, pause=Pause(MONDAY, date(2026, 11, 25))) == at(11, 30)


DATES = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))


@given(
    st.builds(
        lambda won, shown, done: replace(WARM, won_on=won, shown_on=shown, done=done), DATES, DATES, st.integers(0, 5)
    ),
    st.builds(lambda due, made: replace(PROMISE, due=due, made_on=min(made, due)), DATES, DATES),
    DATES,
)
def test_on_the_day_that_is_named_there_is_something_to_say_and_on_none_before(
    warm: KeepWarm, promise: Promise, today: date
) -> None:
    named = next_day([warm], [promise], today, WEEKDAYS)
    for ahead in range(200):
        day = today + timedelta(days=ahead)
        if WEEKDAYS.works(day):
            said = reminder(promise, day, WEEKDAYS)
            there = bundle(day, due_check_ins([warm], day, WEEKDAYS, {}), [said] if said else [])
            if there:
                assert day == named
                return
    assert named is None or (named - today).days >= 200


@pytest.mark.parametrize("hour", range(24))
def test_whenever_it_looks_in_it_is_a_decent_hour(hour: int) -> None:
    when = moment(replace(WARM, won_on=date(2026, 1, 5)), now=at(11, 27, hour))
    assert when is not None
    assert bundle_day(ANN, when, None, WEEKDAYS) == when.date()


def told(
    promise: Promise, now: datetime = NOW, *, last: date | None = None, pause: Pause | None = None
) -> list[tuple[date, Notice]]:
    return list(reminders_ahead(promise, ANN, now, last=last, pause=pause, calendar=WEEKDAYS))


def test_a_promise_is_brought_up_the_working_day_before_on_the_day_and_once_after() -> None:
    days = [date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 7)]
    assert told(PROMISE) == list(zip(days, Notice, strict=True))


def test_one_due_on_a_day_off_is_brought_up_the_working_day_before() -> None:
    sunday = replace(PROMISE, due=date(2026, 12, 6))
    assert told(sunday) == [(date(2026, 12, 4), Notice.BEFORE), (date(2026, 12, 7), Notice.AFTER)]


def test_one_of_today_for_today_is_only_asked_about_afterwards() -> None:
    assert told(replace(PROMISE, due=MONDAY)) == [(date(2026, 11, 24), Notice.AFTER)]


def test_what_a_pause_covers_comes_when_it_is_over() -> None:
    assert told(PROMISE, pause=Pause(MONDAY, date(2026, 12, 4)))[0] == (date(2026, 12, 4), Notice.TODAY)
    assert told(PROMISE, pause=Pause(MONDAY, date(2026, 12, 20))) == [(date(2026, 12, 21), Notice.AFTER)]
    assert told(PROMISE, pause=Pause(MONDAY)) == []


def test_after_hours_or_after_the_days_message_today_is_over() -> None:
    assert told(PROMISE, at(12, 3, 18))[0] == (date(2026, 12, 4), Notice.TODAY)
    assert told(PROMISE, at(12, 3, 10), last=date(2026, 12, 3))[0] == (date(2026, 12, 4), Notice.TODAY)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 23), st.none() | st.integers(1, 40))
def test_what_is_said_beforehand_is_what_happens(made: int, due: int, hour: int, away: int | None) -> None:
    start = datetime(2026, 11, 20, hour, tzinfo=UTC) + timedelta(days=made)
    promise = replace(PROMISE, made_on=start.date(), due=start.date() + timedelta(days=due))
    pause = Pause(start.date(), start.date() + timedelta(days=away)) if away else None
    foretold, happened, last = told(promise, start, pause=pause), [], None
    while moment_ := moment(promise, now=start, last=last, pause=pause):
        day = bundle_day(ANN, moment_, last, WEEKDAYS)
        assert day is not None
        said = reminder(promise, day, WEEKDAYS)
        assert said is not None
        happened.append((day, said.notice))
        start, last, promise = moment_, day, after_reminding(said)
    assert happened == foretold
