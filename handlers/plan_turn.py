"""One turn of the planner's conversation: whose plan, from which playbook, when."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.coach.deals import Deal
from bot.coach.plans import Entry, Plan
from bot.errors import StaleError
from content.library import Playbook
from handlers.finding import mine
from store.unit import Unit

_GONE = "That plan is gone, or it isn't yours. Nothing was changed; plan starts a fresh one."
_OFF = "That is no longer on the table, so nothing was changed. The plan shows what is."


@dataclass(frozen=True, slots=True)
class Turn:
    """What every answer of the planner needs."""

    work: Unit
    playbook: Playbook
    now: datetime
    deal: Deal
    plan: Plan

    def of(self, plan: Plan) -> "Turn":
        """The same turn with the plan as it is now."""
        return replace(self, plan=plan)

    def entry(self, this: str) -> Entry:
        """One line of the plan; raises `StaleError` where it was taken off."""
        found = next((entry for entry in self.plan.entries if entry.id == this), None)
        if found is None:
            raise StaleError(_OFF)
        return found


def turn_of(subject: str, work: Unit, playbook: Playbook, now: datetime) -> tuple[Turn, str]:
    """Read what a button carries, `plan id.what it is about`; raises `StaleError` where the plan is gone."""
    this, _, about = subject.partition(".")
    plan = work.plans.get(this)
    if plan is None:
        raise StaleError(_GONE)
    return Turn(work, playbook, now, mine(plan.deal_id, work), plan), about
