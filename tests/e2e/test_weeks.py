"""A walk that needs working hours finds some, whenever it is taken."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.coach.regions import Region
from tests.e2e.weeks import at_work

FIRST = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
HOURS = 24 * 365 * 5


def test_at_every_hour_of_every_day_somebody_is_at_work() -> None:
    for moment in (FIRST + timedelta(hours=number) for number in range(0, HOURS, 5)):
        zone, region = at_work(moment)
        there = moment.astimezone(ZoneInfo(zone))
        assert there.hour == 12
        assert there.date() == moment.date()
        assert Region(region).works(there.date())
