"""What became of check-ins, noted day by day for the counts of a digest.

A client with two deals was spoken to once, so it is noted once: with the first of its deals. Of one day the last
outcome counts, and the day is the one on which it was said: so none falls behind a digest that is out.
"""

from collections.abc import Iterable
from datetime import date
from typing import get_args

from bot.coach import keep_warm
from bot.coach.keep_warm import KeepWarm, client_key, due_on
from handlers.desk import Days
from store.check_ins import Outcome


def note(warm: KeepWarm, outcome: Outcome, days: Days) -> None:
    """Note what became of a check-in today."""
    first = min(one.deal_id for one in _of_client(warm, days))
    for other in get_args(Outcome):
        days.work.check_ins.undo(first, days.today, other)
    days.work.check_ins.note(first, days.today, outcome)


def touched(warm: KeepWarm, on: date, days: Days) -> None:
    """Note a touch of that day, before it is kept, where it settles a check-in: one more call between two is none."""
    if any(_settles(one, on, days) for one in _of_client(warm, days)):
        note(warm, "done", days)


def _settles(warm: KeepWarm, on: date, days: Days) -> bool:
    """Whether it was due, or half of the wait was over, so that the next one needn't come."""
    due = due_on(warm, days.calendar)
    return keep_warm.touched(warm, on).done > warm.done or (due is not None and due <= on)


def _of_client(warm: KeepWarm, days: Days) -> Iterable[KeepWarm]:
    return [one for one in days.work.warmth.all() if client_key(one) == client_key(warm)] or [warm]
