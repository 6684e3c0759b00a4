"""A doubtful date is asked with the days it may mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.date_readings import READINGS, offers, readings
from bot.coach.dates import understand
from bot.coach.workdays import WEEKDAYS
from tests.growth import LINEAR, growth

# A Wednesday.
TODAY = date(2026, 11, 25)


def days(phrase: str, today: date = TODAY) -> list[str]:
    return [f"{one:%d %b %Y}" for one in readings(phrase, today, WEEKDAYS)]


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("next friday", ["27 Nov 2026", "04 Dec 2026"]),
        ("by next Fri", ["27 Nov 2026", "04 Dec 2026"]),
        ("wednesday", ["25 Nov 2026", "02 Dec 2026"]),
        ("before friday", ["26 Nov 2026", "27 Nov 2026"]),
        ("03/04/2027", ["04 Mar 2027", "03 Apr 2027"]),
        ("3/4", ["04 Mar 2027", "03 Apr 2027"]),
        ("Thursday or Friday", ["26 Nov 2026", "27 Nov 2026"]),
        ("next week", ["30 Nov 2026", "04 Dec 2026"]),
        ("this week", ["26 Nov 2026", "27 Nov 2026"]),
        ("next month", ["15 Dec 2026", "31 Dec 2026"]),
        ("mid January", ["15 Jan 2027", "31 Jan 2027"]),
    ],
)
def test_a_doubtful_date_may_mean_a_few_days(phrase: str, meant: list[str]) -> None:
    assert understand(phrase, TODAY) is None
    assert days(phrase) == meant


@pytest.mark.parametrize("phrase", ["", "soon", "asap", "when it is ready", "31/31", "99/99/9999", "x" * 5000, "🎉"])
def test_what_suggests_no_day_suggests_none(phrase: str) -> None:
    assert days(phrase) == []


@pytest.mark.parametrize(("phrase", "today"), [("next week", date.max), ("friday", date.max), ("3/4", date.max)])
def test_the_end_of_time_breaks_nothing(phrase: str, today: date) -> None:
    days(phrase, today)


@given(st.text(max_size=120), st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_no_reading_is_past_and_there_are_two_or_three_or_none(phrase: str, today: date) -> None:
    found = readings(phrase, today, WEEKDAYS)
    assert len(found) in (0, 2, READINGS)
    assert list(found) == sorted(set(found))
    assert all(day >= today for day in found)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_without_a_date_working_days_soon_are_offered(today: date) -> None:
    found = offers(today, WEEKDAYS)
    assert 2 <= len(found) <= READINGS
    assert all(day > today and WEEKDAYS.works(day) for day in found)


@pytest.mark.parametrize("piece", [" or ", "or", "1/", "next ", " "])
def test_a_very_long_phrase_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(lambda phrase: readings(phrase, TODAY, WEEKDAYS), piece) < LINEAR
