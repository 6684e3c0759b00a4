"""Why to write to a client now: the occasion, from what was promised, put right, noted, or how long ago it was won."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from bot.coach.keep_warm import CLIENTS_A_DAY, KeepWarm
from bot.coach.promises import Promise, State, state_on


class Occasion(StrEnum):
    """What makes a message welcome, the most pressing first."""

    LATE = "late"
    FIXED = "fixed"
    INHERITED = "inherited"
    OWED = "owed"
    KEPT = "kept"
    NOTED = "noted"
    WEEK = "week"
    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    YEAR = "year"
    LATER = "later"


# Up to how many days after signing each is the season. A year is remembered around its day.
_SEASONS = ((14, Occasion.WEEK), (45, Occasion.MONTH), (75, Occasion.TWO_MONTHS), (120, Occasion.QUARTER))
_YEAR, _AROUND = 365, 21


def occasion(
    warm: KeepWarm, day: date, promises: Sequence[Promise], notes: str, *, knows_problem: bool = True
) -> Occasion:
    """Choose the reason to be in touch on that day. `promises` are those of the deal, `notes` on the contact.

    A note and the season take turns, so that nobody hears of the same thing twice in a row. A promise on its day is
    to be kept, not to be announced. Whoever took the deal over after something was put right doesn't know the problem,
    and asks all the same.
    """
    open_ = owed(promises)
    if open_ and state_on(open_, day) is State.LATE:
        return Occasion.LATE
    if warm.follow_up_on and warm.follow_up_on <= day:
        return Occasion.FIXED if knows_problem else Occasion.INHERITED
    if open_ and open_.due > day:
        return Occasion.OWED
    if kept_since(promises, warm):
        return Occasion.KEPT
    if notes.strip() and warm.done % 2:
        return Occasion.NOTED
    return _season((day - warm.won_on).days)


def turn(warm: KeepWarm, place: int, notes: str) -> int:
    """Whose turn it is among the wordings of an occasion, counted from 0, at a `place` in the day's message.

    Of six wordings or more no two clients of a day get the same, and nobody the same as last time. Notes come every
    second time, so that their wordings take turns by twos, and those between them too.
    """
    return CLIENTS_A_DAY * (warm.done // 2 if notes.strip() else warm.done) + place


def owed(promises: Sequence[Promise]) -> Promise | None:
    """The open promise that is due first."""
    return min((one for one in promises if one.state is State.OPEN), key=lambda one: (one.due, one.id), default=None)


def kept_since(promises: Sequence[Promise], warm: KeepWarm) -> Promise | None:
    """The promise kept last since they were last in touch: good news that they may not have heard yet."""
    after = warm.touched_on or date.min
    kept = [one for one in promises if one.state is State.KEPT and one.settled_on and one.settled_on > after]
    return max(kept, key=lambda one: (one.settled_on or date.min, one.id), default=None)


def _season(days: int) -> Occasion:
    if abs((days + _AROUND) % _YEAR - _AROUND) <= _AROUND and days > _AROUND:
        return Occasion.YEAR
    return next((season for limit, season in _SEASONS if days <= limit), Occasion.LATER)
