"""Staying in touch after signing: never too soon, never on a day off, one message a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.keep_warm import (
    Bundle,
    Cadence,
    CheckIn,
    KeepWarm,
    Pause,
    Rhythm,
    Snooze,
    after_showing,
    asks_for_another_rhythm,
    bundle,
    bundle_day,
    due_check_ins,
    due_on,
    next_touch,
    skipped,
    snooze_to,
    snoozed,
    touched,
)
from bot.coach.people import Person
from bot.coach.promises import Notice, Promise, Reminder
from bot.coach.regions import Region
from bot.coach.workdays import WEEKDAYS, Calendar

WON = date(2026, 11, 25)  # a Wednesday
STANDARD = Cadence()
RHYTHMS = st.sampled_from([*(Cadence(one) for one in Rhythm), Cadence(Rhythm.CUSTOM, 10), Cadence(Rhythm.CUSTOM, 400)])
REGIONS = st.sampled_from([Region(code) for code in ("", "DE", "US-CA", "IL", "JP")])
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31))


class EveryDay:
    def works(self, day: date) -> bool:
        return day >= date.min


def warm(deal: str = "d1", client: str = "", **known: object) -> KeepWarm:
    return replace(KeepWarm(deal_id=deal, client=client or deal, won_on=WON), **known)  # type: ignore[arg-type]


def test_the_standard_rhythm_is_a_week_a_month_two_three_and_then_every_three() -> None:
    assert [STANDARD.distance(done) for done in range(6)] == [7, 30, 60, 90, 90, 90]
    assert next_touch(STANDARD, WON, None, 0, WEEKDAYS) == date(2026, 12, 2)


@pytest.mark.parametrize("done", [0, 1, 2, 3, 9])
def test_closer_is_sooner_and_lighter_is_later(done: int) -> None:
    closer, standard, lighter = (
        Cadence(one).distance(done) for one in (Rhythm.CLOSER, Rhythm.STANDARD, Rhythm.LIGHTER)
    )
    assert closer is not None
    assert standard is not None
    assert lighter is not None
    assert closer <= standard < lighter


def test_no_rhythm_means_no_check_in() -> None:
    assert next_touch(Cadence(Rhythm.NONE), WON, None, 0, WEEKDAYS) is None
    assert due_check_ins([warm(cadence=Cadence(Rhythm.NONE))], date(2030, 1, 1), WEEKDAYS, {}) == ()


def test_the_wait_is_counted_from_the_last_touch_whoever_made_it() -> None:
    called = touched(warm(), date(2026, 11, 27))
    assert due_on(called, WEEKDAYS) == date(2026, 12, 4)


def test_three_calls_in_one_week_don_t_end_in_months_of_silence() -> None:
    busy = warm()
    for day in (26, 27, 28):
        busy = touched(busy, date(2026, 11, day))
    assert busy.done == 0
    assert touched(busy, date(2026, 12, 4)).done == 1


def test_a_touch_reported_late_or_twice_changes_nothing() -> None:
    once = touched(warm(), date(2026, 12, 2))
    assert touched(once, date(2026, 12, 2)) == once
    assert touched(once, date(2026, 12, 1)) == once


@given(RHYTHMS, DAYS, st.integers(0, 5), st.integers(0, 900), REGIONS)
def test_a_check_in_is_on_a_working_day_and_never_too_soon(
    cadence: Cadence, won: date, done: int, waited: int, calendar: Calendar
) -> None:
    last = won + timedelta(days=waited)
    due = next_touch(cadence, won, last, done, calendar)
    distance = cadence.distance(done)
    assert (due is None) == (distance is None)
    if due is not None and distance is not None:
        assert calendar.works(due)
        assert (due - last).days >= distance
        assert not any(calendar.works(last + timedelta(days=ahead)) for ahead in range(distance, (due - last).days))


@given(
    RHYTHMS, REGIONS, st.lists(st.tuples(st.sampled_from(["touch", "skip", "snooze"]), st.integers(1, 60)), max_size=8)
)
def test_a_touch_always_moves_the_next_check_in_away(
    cadence: Cadence, calendar: Calendar, life: list[tuple[str, int]]
) -> None:
    one, day = warm(cadence=cadence), WON
    for what, ahead in life:
        day += timedelta(days=ahead)
        before = due_on(one, calendar)
        match what:
            case "touch":
                one = touched(one, day)
            case "skip":
                one = skipped(one, day)
            case _:
                one = snoozed(one, snooze_to(Snooze.NEXT_WEEK, day, calendar))
        after = due_on(one, calendar)
        if before is None or after is None:
            assert before is after
            continue
        assert after >= before
        assert after > day
        assert calendar.works(after)
        if what == "touch":
            assert (after - day).days >= (cadence.distance(one.done) or 0)


@given(st.sampled_from(Snooze), DAYS, REGIONS)
def test_a_snooze_comes_back_on_a_later_working_day(choice: Snooze, day: date, calendar: Calendar) -> None:
    back = snooze_to(choice, day, calendar)
    assert back > day
    assert calendar.works(back)


@pytest.mark.parametrize(
    ("choice", "back"),
    [
        (Snooze.TOMORROW, date(2026, 11, 30)),
        (Snooze.NEXT_WEEK, date(2026, 11, 30)),
        (Snooze.TWO_WEEKS, date(2026, 12, 11)),
        (date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2020, 1, 1), date(2026, 11, 30)),
    ],
)
def test_a_snooze_on_a_friday(choice: Snooze | date, back: date) -> None:
    assert snooze_to(choice, date(2026, 11, 27), Region("DE")) == back


def test_the_third_snooze_in_a_row_asks_whether_the_rhythm_is_right() -> None:
    one = warm()
    asked = []
    for _ in range(3):
        one = snoozed(one, date(2026, 12, 10))
        asked.append(asks_for_another_rhythm(one))
    assert asked == [False, False, True]
    assert not asks_for_another_rhythm(touched(one, date(2026, 12, 10)))
    assert not asks_for_another_rhythm(skipped(one, date(2026, 12, 10)))


def test_a_skip_leaves_one_check_in_out() -> None:
    once = skipped(warm(), date(2026, 12, 2))
    assert due_on(once, WEEKDAYS) == date(2027, 1, 1)
    assert once.touched_on is None


def test_a_follow_up_does_not_wait_for_the_rhythm_and_ends_with_a_touch() -> None:
    mended = warm(cadence=Cadence(Rhythm.NONE), follow_up_on=date(2026, 12, 1))
    assert due_on(mended, WEEKDAYS) == date(2026, 12, 1)
    assert due_on(touched(mended, date(2026, 11, 30)), WEEKDAYS) == date(2026, 12, 1)
    assert due_on(touched(mended, date(2026, 12, 1)), WEEKDAYS) is None


def test_a_pause_holds_until_the_day_of_return() -> None:
    leave = Pause(date(2026, 12, 1), date(2026, 12, 8))
    assert [leave.holds(date(2026, 12, day)) for day in (1, 7, 8)] == [True, True, False]
    assert not leave.holds(date(2026, 11, 30))
    assert Pause(WON).holds(date(2030, 1, 1))


def check_in(deal: str, client: str = "", waited: int = 7, promise: date | None = None) -> CheckIn:
    known = warm(deal, client, touched_on=date(2027, 1, 4) - timedelta(days=waited))
    return CheckIn(warm=known, due=date(2027, 1, 4), promise_due=promise)


def deals(check_ins: tuple[CheckIn, ...]) -> list[str]:
    return [one.warm.deal_id for one in check_ins]


TODAY = date(2027, 1, 4)


def test_a_day_has_one_message_with_three_clients_and_the_rest_stays_on_the_list() -> None:
    made = bundle(TODAY, [check_in(f"d{number}", waited=number) for number in range(10, 20)])
    assert made is not None
    assert deals(made.shown) == ["d19", "d18", "d17"]
    assert len(made.listed) == 7
    assert bundle(TODAY, []) is None


def test_a_client_who_was_promised_something_comes_first() -> None:
    dues = [
        check_in("long", waited=90),
        check_in("later", promise=date(2027, 2, 1)),
        check_in("sooner", promise=date(2027, 1, 6)),
    ]
    made = bundle(TODAY, dues)
    assert made is not None
    assert deals(made.shown) == ["sooner", "later", "long"]


def test_the_wait_counts_in_proportion_to_the_rhythm() -> None:
    slow = CheckIn(warm=warm("slow", cadence=Cadence(Rhythm.CUSTOM, 90), touched_on=date(2026, 9, 1)), due=TODAY)
    made = bundle(TODAY, [slow, check_in("quick", waited=21)])
    assert made is not None
    assert deals(made.shown) == ["quick", "slow"]


def test_two_deals_of_one_client_are_one_conversation() -> None:
    dues = [check_in("a1", "Acme", 30), check_in("b", "Beta", 20), check_in("a2", "ACME", 8), check_in("c", "C", 9)]
    made = bundle(TODAY, [*dues, check_in("d", "D", 7)])
    assert made is not None
    assert deals(made.shown) == ["a1", "a2", "b", "c"]
    assert deals(made.listed) == ["d"]


def test_what_was_shown_is_not_sent_again_before_a_week_is_over() -> None:
    first = bundle(TODAY, [check_in("d1")])
    assert first is not None
    (remembered,) = after_showing(first)
    again = CheckIn(warm=remembered, due=TODAY)
    assert bundle(TODAY + timedelta(days=1), [again]) is None
    assert bundle(TODAY + timedelta(days=7), [again]) is not None
    other = bundle(TODAY + timedelta(days=1), [again, check_in("d2")])
    assert other is not None
    assert (deals(other.shown), deals(other.listed)) == (["d2"], ["d1"])


def test_a_welcome_back_names_everything_once_and_the_next_day_is_quiet() -> None:
    dues = [check_in(f"d{number}") for number in range(8)]
    made = bundle(TODAY, dues, back=True)
    assert made is not None
    assert (len(made.shown), len(made.listed), made.back) == (3, 5, True)
    tomorrow = [CheckIn(warm=one, due=TODAY) for one in after_showing(made)]
    assert bundle(TODAY + timedelta(days=1), tomorrow) is None


def test_promises_stand_in_the_same_message() -> None:
    promise = Promise(id="p", deal_id="d1", what="send the deck", due=TODAY, made_on=WON)
    made = bundle(TODAY, [], [Reminder(promise, Notice.TODAY)])
    assert made == Bundle(TODAY, (Reminder(promise, Notice.TODAY),))


@given(st.permutations([check_in(f"d{number}", f"c{number % 5}", number % 4 + 7) for number in range(9)]))
def test_the_order_in_which_rows_are_read_changes_nothing(dues: list[CheckIn]) -> None:
    ordered = sorted(dues, key=lambda one: one.warm.deal_id)
    assert bundle(TODAY, dues) == bundle(TODAY, ordered)


def test_three_days_down_end_in_one_message() -> None:
    person = Person(user="U1", zone="Europe/Berlin")
    everyone = [warm(f"d{number}", won_on=WON + timedelta(days=number % 4)) for number in range(12)]
    last, sent = date(2026, 12, 1), []
    for hour in range(72, 96):  # the machine comes back after 72 hours, ticking every hour
        now = datetime(2026, 12, 1, 9, tzinfo=UTC) + timedelta(hours=hour)
        day = bundle_day(person, now, last, WEEKDAYS)
        if day and (made := bundle(day, due_check_ins(everyone, day, WEEKDAYS, {}))):
            last = day
            sent.append(made)
    assert [one.day for one in sent] == [date(2026, 12, 4)]
    assert len(sent[0].shown) == 3


ZONES = [
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "America/Santiago", "America/Havana",
    "Asia/Beirut", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Auckland",
]  # fmt: skip


def changes(zone: str) -> list[datetime]:
    """The days of 2026 and 2027 after which that zone's clocks show another offset."""
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=ahead) for ahead in range(730)]
    offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days]
    return [day for day, this, following in zip(days, offsets, offsets[1:], strict=False) if this != following]


@pytest.mark.parametrize("starts", [time(0), time(0, 30), time(1, 30), time(2, 30), time(9), time(23, 30)], ids=str)
@pytest.mark.parametrize("zone", ZONES)
def test_a_change_of_the_clocks_neither_doubles_nor_drops_a_day(zone: str, starts: time) -> None:
    person = Person(user="U1", zone=zone, starts=starts, ends=time(23, 59) if starts < time(9) else time(17, 30))
    found = changes(zone)
    assert len(found) == 4
    for change in found:
        for calendar in (EveryDay(), WEEKDAYS):
            keys: list[date] = []
            for tick in range(6 * 24 * 12):
                now = change - timedelta(days=2) + timedelta(minutes=5 * tick)
                if day := bundle_day(person, now, keys[-1] if keys else None, calendar):
                    keys.append(day)
                    assert now.astimezone(ZoneInfo(zone)).date() == day
            whole = [change.date() + timedelta(days=ahead) for ahead in range(-1, 3)]
            assert [day for day in keys if day in whole] == [day for day in whole if calendar.works(day)]
            assert len(keys) == len(set(keys))


def test_nothing_is_sent_outside_working_hours() -> None:
    person = Person(user="U1", zone="Europe/Berlin", starts=time(9), ends=time(17))
    sent = [
        hour
        for hour in range(24)
        if bundle_day(person, datetime(2026, 11, 25, hour, 30, tzinfo=UTC), None, WEEKDAYS) is not None
    ]
    assert sent == [8, 9, 10, 11, 12, 13, 14, 15]
    assert bundle_day(person, datetime(2026, 11, 25, 9, tzinfo=UTC), date(2026, 11, 25), WEEKDAYS) is None
