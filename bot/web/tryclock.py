"""The coach's clock on the try page: the real one, moved ahead on request."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.ports import Now

MORNING = time(9)
_WEEK = 7


class TryClock:
    """Gives the real moment plus an offset, and never goes back before `newest`, the last thing that happened.

    Going back further would let what happens next look older than what is remembered.
    """

    def __init__(self, real: Now, newest: datetime | None = None) -> None:
        """Start at the real moment, or at `newest` where that lies ahead."""
        self._real = real
        self._ahead = timedelta()
        self.reset(newest)

    def __call__(self) -> datetime:
        """Give the coach's present moment, in UTC."""
        return self._real() + self._ahead

    @property
    def ahead(self) -> timedelta:
        """How far the coach's clock is before the real one."""
        return self._ahead

    def next_morning(self, zone: str) -> None:
        """Go to the next nine o'clock of an IANA zone."""
        here = self().astimezone(ZoneInfo(zone))
        self._go(here, 0 if here.time() < MORNING else 1)

    def next_week(self, zone: str) -> None:
        """Go to nine o'clock on the next Monday of an IANA zone."""
        here = self().astimezone(ZoneInfo(zone))
        self._go(here, _WEEK - here.weekday())

    def reset(self, newest: datetime | None = None) -> None:
        """Go back to the real moment, or as near as `newest` allows."""
        self._ahead = max(newest - self._real(), timedelta()) if newest else timedelta()

    def _go(self, here: datetime, days: int) -> None:
        """Go by the calendar, so that a change to summer time moves no morning."""
        target = datetime.combine(here.date() + timedelta(days=days), MORNING, here.tzinfo)
        self._ahead = target - self._real()
