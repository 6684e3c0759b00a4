"""Weekends and public holidays of a region."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from bot.coach.workdays import WEEKDAYS

_KEPT = 512  # years of regions; one takes some 10 kB


@dataclass(frozen=True, slots=True)
class Region:
    """The working days of a region: "DE", "US-CA"; "" and an unknown one have weekends only.

    A part that isn't known counts as its whole country. A Saturday worked in exchange for another day stays a
    day off: what can wait until Monday waits.
    """

    code: str

    def works(self, day: date) -> bool:
        """Say whether that date is neither in the region's weekend nor a public holiday there."""
        return day not in _days_off(self.code.upper(), day.year)


@lru_cache(maxsize=_KEPT)
def _days_off(code: str, year: int) -> frozenset[date]:
    """The first call for a country takes tenths of a second, the first for a year about a millisecond."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=ahead) for ahead in range((date(year, 12, 31) - first).days + 1)]
    region = _known(code, year)
    if region is None:
        return frozenset(day for day in days if not WEEKDAYS.works(day))
    return frozenset(day for day in days if region.is_weekend(day) or day in region)


def _known(code: str, year: int) -> holidays.HolidayBase | None:
    country, _, part = code.partition("-")
    for subdivision in (part, None) if part else (None,):
        try:
            return holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False)
        except NotImplementedError:
            continue
    return None
