"""Plans written down in a line or two, and a turn about one of them."""

from decimal import Decimal
from typing import cast

from bot.coach.deals import Deal
from bot.coach.plans import Entry, Estimate, Plan, Worth
from bot.coach.tradables import Side, Tradable
from content.library import Playbook
from handlers.plan_turn import Turn
from store import Unit
from tests.handlers.conftest import NOW


def entry(this: str, side: Side, what: str, ours: Worth, theirs: Worth, **more: int | str | None) -> Entry:
    """One line; `asked` makes it a demand."""
    numbers = {
        name: None if more.get(name) is None else Decimal(str(more[name])) for name in ("amount", "limit", "asked")
    }
    tradable = Tradable(what=what, amount=numbers["amount"], unit=str(more.get("unit") or ""))
    return Entry(
        id=this,
        side=side,
        tradable=tradable,
        ours=Estimate(ours),
        theirs=Estimate(theirs),
        limit=numbers["limit"],
        demanded=numbers["asked"] is not None,
        asked=numbers["asked"],
    )


def turn_with(plan: Plan, playbook: Playbook, work: Unit | None = None) -> Turn:
    """A turn about a plan, for cards: they look into nothing that is stored."""
    deal = Deal(id="d1", name="Acme renewal", client="Acme", owner="U1")
    return Turn(cast("Unit", work), playbook, NOW, deal, plan)
