"""The planner's side of a conversation: what a sentence adds to a plan, and what is still to be asked."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.coach.plans import Entry, Estimate, Floor, Plan, Step, Worth
from bot.coach.preparation import Certainty
from bot.coach.reading import Problem, Reading, read
from bot.coach.tradables import Side, Tradable
from bot.coach.worths import rated

# What a side puts on a tradable unless the rep says otherwise: (ours, theirs).
Typical: TypeAlias = Callable[[Side, str], tuple[Worth, Worth]]

# More than these on one side is a wish list, not a plan: nobody keeps them in mind at the table.
SIDE_MAX = 8
WORDS_MAX = 300

# Any words at all answer these.
_ANY_WORDS = (Step.DEMAND, Step.BEHIND, Step.FLOOR)
_SAID = re.compile(
    r"\b(?:he|she|they|client|customer|buyer)\s+(?:said|told|mentioned|wrote|explained)\b", re.IGNORECASE
)
_BECAUSE = re.compile(r"\b(?:because|since their|as their|the reason is)\s+(?P<why>.+)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one answer did: entries added or changed by their ids, what was too many, what wasn't understood."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left_out: tuple[Tradable, ...] = ()
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def touched(self) -> tuple[str, ...]:
        """Every entry this answer is about."""
        return self.added + self.changed

    @property
    def nothing(self) -> bool:
        """Say whether the answer did nothing for the plan."""
        return not (self.touched or self.left_out)


def leaning(step: Step | None) -> Side | None:
    """Whose thing it is when an answer to this step names one without saying whose."""
    match step:
        case Step.DEMAND | Step.GIVES:
            return Side.GIVE
        case Step.GETS:
            return Side.GET
        case _:
            return None


def answer(plan: Plan, step: Step | None, sentence: str, reading: Reading, typical: Typical) -> tuple[Plan, Heard]:
    """Take what a rep typed while `step` was asked: its own answer, and whatever else the sentence holds."""
    after, heard = merge(plan, reading, typical)
    words = " ".join(sentence.split())[:WORDS_MAX]
    if reading.asked and Step.DEMAND not in after.settled:
        after = _demanded(after, words)
        heard = replace(heard, unread=())  # a demand is kept whole, whatever was understood of it
    if heard.nothing and not heard.problems and step not in _ANY_WORDS:
        after, rated_ids = rated(after, sentence)
        heard = replace(heard, changed=rated_ids)
    if heard.nothing and not heard.problems:
        after = _noted(after, step, words)
        heard = replace(heard, unread=heard.unread if after == plan else ())
    return _settled(after), heard


def merge(plan: Plan, reading: Reading, typical: Typical) -> tuple[Plan, Heard]:
    """Put what was read into the plan: a thing that is there already changes, a new one is added."""
    heard = Heard(unread=reading.unread, problems=reading.problems)
    if reading.problems:
        return plan, heard
    for side, tradables in ((Side.GIVE, reading.gives), (Side.GET, reading.gets)):
        for tradable in tradables:
            plan, heard = _put(plan, heard, _line(side, tradable, reading, typical))
    return plan, heard


def settle(plan: Plan, *steps: Step) -> Plan:
    """Note that these steps need no more asking."""
    return replace(plan, settled=plan.settled | frozenset(steps))


def reopen(plan: Plan, step: Step) -> Plan:
    """Ask this step once more."""
    return replace(plan, settled=plan.settled - {step})


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


def amount_of(entry: Entry, words: str, names: Mapping[str, str]) -> Entry | None:
    """Read an amount, with or without a limit, for a thing that is on the table; None where it can't be read."""
    what = entry.tradable.what
    for typed in (words, f"{words} {what}", f"{what} {words}"):
        reading = read(typed, entry.side, names)
        same = [one for one in (*reading.gives, *reading.gets) if one.what == what]
        if same and not reading.problems:
            anew = same[0]
            limit = reading.limit_of(anew)
            passed = entry.limit is not None and anew.amount is not None and anew.amount > entry.limit
            kept = None if passed else entry.limit
            return replace(entry, tradable=replace(anew, limit=False), limit=kept if limit is None else limit)
    return None


def cleared(plan: Plan) -> Plan:
    """Start over: the same plan of the same deal, with nothing in it."""
    return Plan(id=plan.id, deal_id=plan.deal_id)


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
        asked=asked.amount if asked else None,
    )


def _put(plan: Plan, heard: Heard, new: Entry) -> tuple[Plan, Heard]:
    same = next((one for one in plan.entries if (one.side, one.tradable.what) == (new.side, new.tradable.what)), None)
    if same:
        return change(plan, _updated(same, new)), replace(heard, changed=(*heard.changed, same.id))
    if sum(1 for one in plan.entries if one.side is new.side) >= SIDE_MAX:
        return plan, replace(heard, left_out=(*heard.left_out, new.tradable))
    new = replace(new, id=str(max((int(one.id) for one in plan.entries), default=0) + 1))
    return replace(plan, entries=(*plan.entries, new)), replace(heard, added=(*heard.added, new.id))


def _updated(old: Entry, new: Entry) -> Entry:
    """Say the same thing again, differently: what is new wins, what isn't said stays."""
    was, now = old.tradable, new.tradable
    if new.demanded and new.asked == now.amount and new.limit is None:
        return replace(old, demanded=True, asked=new.asked if new.asked is not None else old.asked)
    same_unit = not now.unit or now.unit == was.unit
    limit = new.limit if new.limit is not None else old.limit if same_unit else None
    amount = now.amount if now.amount is not None else was.amount
    if now.amount is not None and now.amount == new.limit and was.amount is not None and same_unit:
        amount = min(was.amount, now.amount)  # only how far we'd go was said, not how much we'd offer
    anew = replace(was, amount=amount, unit=now.unit or was.unit, condition=now.condition or was.condition)
    asked = new.asked if new.asked is not None else old.asked
    return replace(
        old, tradable=replace(anew, words=now.words), limit=limit, demanded=old.demanded or new.demanded, asked=asked
    )


def _demanded(plan: Plan, words: str) -> Plan:
    """Keep the demand in its own words, and the reason where the sentence gives one."""
    plan = settle(replace(plan, demand=words), Step.DEMAND)
    if (why := _BECAUSE.search(words)) and not plan.behind:
        return settle(replace(plan, behind=why["why"].strip(" ."), certainty=_certainty(words)), Step.BEHIND)
    return plan


def _noted(plan: Plan, step: Step | None, words: str) -> Plan:
    """Take the whole sentence as the answer to a question that any words answer."""
    match step:
        case Step.DEMAND:
            return settle(replace(plan, demand=words), Step.DEMAND)
        case Step.BEHIND:
            return settle(replace(plan, behind=words, certainty=_certainty(words)), Step.BEHIND)
        case Step.FLOOR:
            return settle(replace(plan, walk_away=words, floor=plan.floor or Floor.LEVEL), Step.FLOOR)
        case Step.GIVES | Step.GETS | Step.WORTHS | None:
            return plan


def _certainty(words: str) -> Certainty:
    return Certainty.SAID if _SAID.search(words) else Certainty.GUESS


def _settled(plan: Plan) -> Plan:
    """Nobody is asked for what they have said: a give of our own, or a limit on what is demanded; any get."""
    if any(not give.demanded or give.limit is not None for give in plan.gives):
        plan = settle(plan, Step.GIVES)
    return settle(plan, Step.GETS) if plan.gets else plan
