"""What can be done to a plan: things put on the table, changed or taken off, and questions asked again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from bot.coach.plans import Entry, Estimate, Plan, Step, Worth
from bot.coach.reading import Problem, Reading, read
from bot.coach.tradables import Side, Tradable

# What a side puts on a tradable unless the rep says otherwise: (ours, theirs).
Typical: TypeAlias = Callable[[Side, str], tuple[Worth, Worth]]

# More than these on one side is a wish list, not a plan: nobody keeps them in mind at the table.
SIDE_MAX = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one answer did: entries added, changed or rated by their ids, what was too many, what wasn't understood."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    rated: tuple[str, ...] = ()
    left_out: tuple[Tradable, ...] = ()
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def touched(self) -> tuple[str, ...]:
        """Every entry this answer is about."""
        return self.added + self.changed + self.rated

    @property
    def nothing(self) -> bool:
        """Say whether the answer did nothing for the plan."""
        return not (self.touched or self.left_out)


def merge(plan: Plan, reading: Reading, typical: Typical) -> tuple[Plan, Heard]:
    """Put what was read into the plan: a thing that is there already changes, a new one is added.

    What can't be meant is left out, and nothing else for its sake.
    """
    heard = Heard(unread=reading.unread, problems=reading.problems)
    for side, tradables in ((Side.GIVE, reading.gives), (Side.GET, reading.gets)):
        for tradable in tradables:
            plan, heard = _put(plan, heard, _line(side, tradable, reading, typical))
    return plan, heard


def is_ours(give: Entry) -> bool:
    """Say whether the rep spoke of this give, with a limit or an amount of their own; else they only ask for it."""
    return not give.demanded or give.limit is not None or give.asked != give.tradable.amount


def settle(plan: Plan, *steps: Step) -> Plan:
    """Note that these steps need no more asking."""
    return replace(plan, settled=plan.settled | frozenset(steps))


def reopen(plan: Plan, step: Step) -> Plan:
    """Ask this step once more; a demand that is told only now has a reason to ask for, too."""
    reasonless = step is Step.DEMAND and not plan.behind
    return replace(plan, settled=plan.settled - {step} - ({Step.BEHIND} if reasonless else set()))


def before(step: Step | None) -> Step | None:
    """The step that is asked before this one, the last one before a whole plan; None where this is the first."""
    steps = list(Step)
    place = steps.index(step) if step else len(steps)
    return steps[place - 1] if place else None


def drop(plan: Plan, ids: Iterable[str]) -> Plan:
    """Take entries off the table; what then lacks is asked again only when somebody goes back."""
    gone = frozenset(ids)
    return replace(plan, entries=tuple(entry for entry in plan.entries if entry.id not in gone))


def change(plan: Plan, entry: Entry) -> Plan:
    """Put an entry in the place of the one with its id."""
    return replace(plan, entries=tuple(entry if each.id == entry.id else each for each in plan.entries))


def amount_of(entry: Entry, words: str, names: Mapping[str, str]) -> Entry | Problem | None:
    """Read an amount, with or without a limit, for a thing that is on the table.

    Gives the problem where it can't be meant, None where it can't be read.
    """
    what = entry.tradable.what
    for typed in (words, f"{words} {what}", f"{what} {words}"):
        reading = read(typed, entry.side, names)
        if reading.problems:
            return reading.problems[0]
        same = next((one for one in (*reading.gives, *reading.gets) if one.what == what), None)
        if same and (same.amount is not None or same.condition):
            return _anew(entry, same, reading.limit_of(same))
    return None


def cleared(plan: Plan) -> Plan:
    """Start over: the same plan of the same deal, with nothing in it."""
    return Plan(id=plan.id, deal_id=plan.deal_id)


def _anew(entry: Entry, said: Tradable, limit: Decimal | None) -> Entry:
    """Put an amount in the place of another; "up to 8%" goes along to 10%, "at most 10%" beside 8% stays."""
    same_unit = not said.unit or said.unit == entry.tradable.unit
    if limit is None and same_unit:
        limit = said.amount if _is_up_to(entry) else entry.limit
    anew = replace(said, amount=_within(entry, said.amount, limit) if said.limit and same_unit else said.amount)
    return replace(entry, tradable=replace(anew, limit=False), limit=limit if entry.side is Side.GIVE else None)


def _is_up_to(entry: Entry) -> bool:
    return entry.limit is not None and entry.limit == entry.tradable.amount


def _within(old: Entry, amount: Decimal | None, limit: Decimal | None) -> Decimal | None:
    """Where only how far we'd go was said, what we'd offer stays, unless that was as far as we'd go too."""
    was = old.tradable.amount
    if was is None or amount is None or amount != limit or _is_up_to(old):
        return amount
    return min(was, amount)


def _line(side: Side, tradable: Tradable, reading: Reading, typical: Typical) -> Entry:
    """Make a line of what was read; its id comes when it is put into a plan."""
    ours, theirs = typical(side, tradable.what)
    asked = next((one for one in reading.asked if one.what == tradable.what), None) if side is Side.GIVE else None
    return Entry(
        id="",
        side=side,
        tradable=replace(tradable, limit=False),
        ours=Estimate(ours),
        theirs=Estimate(theirs),
        limit=reading.limit_of(tradable) if side is Side.GIVE else None,
        demanded=asked is not None,
        asked=asked.amount if asked and asked.unit == tradable.unit else None,
    )


def _put(plan: Plan, heard: Heard, new: Entry) -> tuple[Plan, Heard]:
    same = next((one for one in plan.entries if (one.side, one.tradable.what) == (new.side, new.tradable.what)), None)
    if same:
        anew, heard = _updated(same, new), replace(heard, changed=(*heard.changed, same.id))
        said_only = replace(anew, tradable=replace(anew.tradable, words=same.tradable.words)) == same
        return (plan if said_only else change(plan, anew)), heard
    if sum(1 for one in plan.entries if one.side is new.side) >= SIDE_MAX:
        return plan, replace(heard, left_out=(*heard.left_out, new.tradable))
    new = replace(new, id=str(max((int(one.id) for one in plan.entries), default=0) + 1))
    return replace(plan, entries=(*plan.entries, new)), replace(heard, added=(*heard.added, new.id))


def _updated(old: Entry, new: Entry) -> Entry:
    """Say the same thing again, differently: what is new wins, what isn't said stays."""
    was, now = old.tradable, new.tradable
    same_unit = not now.unit or now.unit == was.unit or was.amount is None
    if new.demanded and new.asked == now.amount and new.limit is None and was.amount is not None:
        return replace(old, demanded=True, asked=new.asked if same_unit and new.asked is not None else old.asked)
    limit = new.limit if new.limit is not None else old.limit if same_unit else None
    amount = was.amount if now.amount is None else now.amount
    if same_unit and now.amount is not None:
        amount = _within(old, now.amount, new.limit)
    anew = replace(was, amount=amount, unit=now.unit or was.unit, condition=now.condition or was.condition)
    asked = new.asked if new.asked is not None else old.asked if same_unit else None
    return replace(
        old, tradable=replace(anew, words=now.words), limit=limit, demanded=old.demanded or new.demanded, asked=asked
    )
