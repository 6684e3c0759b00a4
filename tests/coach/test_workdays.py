"""When somebody may be disturbed: working days, holidays, working hours, changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.people import Person
from bot.coach.regions import Region
from bot.coach.workdays import (
    WEEKDAYS,
    decent_hour,
    local_date,
    next_working,
    working_day_before,
    working_days_after,
    working_hours,
)

REGIONS = [
    "",
    "DE",
    "DE-BY",
    "US",
    "US-CA",
    "GB-ENG",
    "JP",
    "IL",
    "SA",
    "AE",
    "IN",
    "CN",
    "FR",
    "BR",
    "nowhere",
    "DE-XX",
]
ANY_DAY = st.dates(min_value=date(2025, 1, 1), max_value=date(2029, 12, 31))


class NeverWorks:
    def works(self, day: date) -> bool:
        return day < date.min


@pytest.mark.parametrize(
    ("region", "day", "works"),
    [
        ("", date(2026, 12, 25), True),  # nothing is known of its holidays
        ("", date(2026, 11, 28), False),
        ("DE", date(2026, 12, 25), False),
        ("de", date(2026, 10, 3), False),
        ("DE", date(2026, 11, 26), True),
        ("US", date(2026, 11, 26), False),  # Thanksgiving
        ("US-CA", date(2026, 11, 27), False),  # and the day after it
        ("DE-BY", date(2027, 1, 6), False),
        ("DE", date(2027, 1, 6), True),
        ("IL", date(2026, 11, 27), False),  # a Friday
        ("IL", date(2026, 11, 29), True),  # a Sunday
        ("SA", date(2026, 11, 29), True),
        ("CN", date(2026, 2, 14), False),  # a Saturday worked in exchange stays a day off
        ("XX", date(2026, 12, 25), True),
        ("DE-XX", date(2026, 12, 25), False),
        ("\u202e-!", date(2026, 12, 25), True),
    ],
)
def test_a_region_has_its_own_weekend_and_holidays(region: str, day: date, *, works: bool) -> None:
    assert Region(region).works(day) is works


@given(st.sampled_from(REGIONS), ANY_DAY)
def test_the_next_working_day_is_the_nearest_one(region: str, day: date) -> None:
    calendar = Region(region)
    after, before = next_working(day, calendar), working_day_before(day, calendar)
    assert calendar.works(after)
    assert calendar.works(before)
    assert before < day <= after
    between = [before + timedelta(days=ahead) for ahead in range(1, (after - before).days)]
    assert not [one for one in between if calendar.works(one) and one != day]
    assert after == day or not calendar.works(day)


@given(st.sampled_from(REGIONS), ANY_DAY, st.integers(min_value=0, max_value=30))
def test_so_many_working_days_later_leaves_days_off_out(region: str, day: date, count: int) -> None:
    later = working_days_after(day, count, Region(region))
    between = (day + timedelta(days=ahead) for ahead in range(1, (later - day).days + 1))
    assert sum(Region(region).works(one) for one in between) == count


def test_a_calendar_without_working_days_keeps_nobody_searching() -> None:
    assert next_working(date(2026, 11, 25), NeverWorks()) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("zone", "starts", "day", "expected"),
    [
        ("Europe/Berlin", time(9), date(2026, 11, 25), "2026-11-25T08:00"),
        ("Europe/Berlin", time(9), date(2026, 7, 1), "2026-07-01T07:00"),
        ("Europe/Berlin", time(2, 30), date(2027, 3, 28), "2027-03-28T01:30"),  # no 02:30: it is 03:30 then
        ("Europe/Berlin", time(2, 30), date(2026, 10, 25), "2026-10-25T00:30"),  # the first of two
        ("Europe/Berlin", time(2, 30, fold=1), date(2026, 10, 25), "2026-10-25T00:30"),
        ("America/New_York", time(2, 30), date(2027, 3, 14), "2027-03-14T07:30"),
        ("Australia/Lord_Howe", time(2, 15), date(2026, 10, 4), "2026-10-03T15:45"),  # skips half an hour
        ("America/Havana", time(0, 15), date(2027, 3, 14), "2027-03-14T05:15"),  # skips midnight
        ("Asia/Kolkata", time(9), date(2026, 11, 25), "2026-11-25T03:30"),
        ("Pacific/Kiritimati", time(9), date(2026, 11, 25), "2026-11-24T19:00"),
    ],
)
def test_the_working_day_begins_at_one_moment_even_when_the_clocks_change(
    zone: str, starts: time, day: date, expected: str
) -> None:
    person = Person(user="U1", zone=zone, starts=starts)
    moment = decent_hour(person, day)
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert local_date(person, moment) == day


@given(ANY_DAY, st.times(), st.times(), st.sampled_from(["Europe/Berlin", "America/Havana", "Asia/Beirut", "UTC"]))
def test_working_hours_begin_before_they_end(day: date, starts: time, ends: time, zone: str) -> None:
    begin, end = working_hours(Person(user="U1", zone=zone, starts=starts, ends=ends), day)
    assert begin < end
    assert end - begin <= timedelta(hours=26)


def test_a_night_shift_is_disturbed_before_midnight_only() -> None:
    owl = Person(user="U1", zone="UTC", starts=time(22), ends=time(6))
    assert working_hours(owl, date(2026, 11, 25)) == (
        datetime(2026, 11, 25, 22, tzinfo=UTC),
        datetime(2026, 11, 26, tzinfo=UTC),
    )


def test_weekdays_are_the_calendar_of_no_region() -> None:
    week = [date(2026, 11, 23) + timedelta(days=ahead) for ahead in range(7)]
    assert [WEEKDAYS.works(day) for day in week] == [Region("").works(day) for day in week]
