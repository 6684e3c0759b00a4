"""The coach's clock on the try page."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.web.tryclock import TryClock
from tests.web.conftest import START, Time


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year to minute


@pytest.mark.parametrize(
    ("now", "zone", "morning"),
    [
        (utc(2026, 11, 25, 10, 30), "Europe/Lisbon", utc(2026, 11, 26, 9)),
        (utc(2026, 11, 25, 7, 59), "Europe/Berlin", utc(2026, 11, 25, 8)),
        (utc(2026, 11, 25, 8, 0), "Europe/Berlin", utc(2026, 11, 26, 8)),
        (utc(2026, 11, 25, 23, 30), "Europe/Berlin", utc(2026, 11, 26, 8)),
        # The night on which Berlin changes to summer time.
        (utc(2027, 3, 27, 20, 0), "Europe/Berlin", utc(2027, 3, 28, 7)),
    ],
)
def test_next_morning_is_the_next_nine_o_clock_there(now: datetime, zone: str, morning: datetime) -> None:
    clock = TryClock(Time(now))
    clock.next_morning(zone)
    assert clock() == morning


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (utc(2026, 11, 25, 10, 30), utc(2026, 11, 30, 8)),
        (utc(2026, 11, 30, 5, 0), utc(2026, 12, 7, 8)),
        (utc(2027, 3, 24, 10, 0), utc(2027, 3, 29, 7)),
    ],
)
def test_next_week_is_monday_at_nine(now: datetime, monday: datetime) -> None:
    clock = TryClock(Time(now))
    clock.next_week("Europe/Berlin")
    assert clock() == monday


def test_time_goes_on_from_where_it_was_moved_to() -> None:
    time = Time()
    clock = TryClock(time)
    clock.next_morning("Europe/Lisbon")
    time.pass_by(timedelta(minutes=3))
    assert clock() == utc(2026, 11, 26, 9, 3)


def test_a_second_morning_is_the_day_after() -> None:
    clock = TryClock(Time())
    clock.next_morning("Europe/Lisbon")
    clock.next_morning("Europe/Lisbon")
    assert clock() == utc(2026, 11, 27, 9)
    assert clock.ahead == utc(2026, 11, 27, 9) - START


def test_back_to_now_is_now() -> None:
    clock = TryClock(Time())
    clock.next_week("Europe/Lisbon")
    clock.reset()
    assert (clock(), clock.ahead) == (START, timedelta())


@pytest.mark.parametrize(
    ("newest", "starts"),
    [(None, START), (START - timedelta(days=1), START), (START + timedelta(days=2), START + timedelta(days=2))],
)
def test_a_restart_never_goes_back_before_what_has_happened(newest: datetime | None, starts: datetime) -> None:
    assert TryClock(Time(), newest)() == starts
