"""The planner's side of a conversation: what a sentence adds to a plan, and what is still to be asked."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from bot.coach.plans import Entry, Estimate, Floor, Plan, Step, Worth
from bot.coach.preparation import Certainty
from bot.coach.reading import Problem, Reading, read
from bot.coach.sides import natural
from bot.coach.tradables import Side, Tradable
from bot.coach.worths import rated, rates

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
_BECAUSE = re.compile(
    r"\b(?:because|since their|as their|the reason is)\s+(?P<why>.+?)(?=[.!?;](?:\s|$)|$)", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+")
# "15% off", said when their demand was asked for, is theirs; "we could do 8%" is ours.
_OURS = re.compile(r"\b(?:we|i)(?:'d|'ll|'m| could| would| can| might| will| may| offer)\b", re.IGNORECASE)
# Where the rep stops: such a sentence names no give, even where it holds an amount.
_STOPS = re.compile(
    r"\b(?:walk|stop|below|under|worse|lower|beneath|least|minimum|floor|bottom|never|no deal"
    r"|no less|not less|not a)\b",
    re.IGNORECASE,
)
_FLOORS = {
    Floor.LEVEL: r"(?:no|not|nothing) worse(?: than (?:today'?s offer|today|now))?",
    Floor.LITTLE: r"(?:a )?(?:little|bit|slightly) worse",
    Floor.SOME: r"(?:clearly|somewhat|quite a bit) worse",
    Floor.MUCH: r"(?:much|far|a lot) worse",
}
_SAID_FLOOR = {
    floor: re.compile(rf"(?:it )?(?:could be |can be )?{words}(?: would do| will do| is fine| is ok)?", re.IGNORECASE)
    for floor, words in _FLOORS.items()
}


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


def leaning(step: Step | None) -> Side | None:
    """Whose thing it is when an answer to this step names one without saying whose."""
    match step:
        case Step.DEMAND | Step.GIVES:
            return Side.GIVE
        case Step.GETS:
            return Side.GET
        case _:
            return None


def understand(sentence: str, step: Step | None, names: Mapping[str, str]) -> Reading:
    """Read an answer to `step`: what stands alone is what they ask, where their demand was asked for.

    Where worths were, it belongs to whoever gives it as a rule: another device may have been quicker.
    """
    reading = read(sentence, leaning(step), names)
    if step is Step.WORTHS and reading == Reading() and not rates(sentence):
        bare = read(sentence, Side.GET, names)
        return replace(bare, gets=tuple(one for one in bare.gets if natural(one.what)), unread=())
    if step is not Step.DEMAND or reading.asked or not (reading.gives or reading.problems) or _OURS.search(sentence):
        return reading
    asked = read(f"they want {sentence}", Side.GIVE, names)
    return asked if asked.asked else reading


def answer(plan: Plan, step: Step | None, sentence: str, reading: Reading, typical: Typical) -> tuple[Plan, Heard]:
    """Take what a rep typed while `step` was asked: its own answer, and whatever else the sentence holds."""
    words = " ".join(sentence.split())[:WORDS_MAX]
    if step is Step.FLOOR and _STOPS.search(words):
        return _noted(plan, step, words), Heard()
    after, heard = merge(plan, _ours(reading), typical)
    if reading.asked:
        after = _demanded(plan, after, reading, words)
        heard = replace(heard, unread=())  # a demand is kept whole, whatever was understood of it
    if not heard.problems and step not in _ANY_WORDS and after.entries == plan.entries:
        after, ids = rated(after, sentence)
        heard = replace(heard, rated=ids, changed=(), unread=()) if ids else heard
    if heard.problems:
        return after, heard  # which amount was meant is open, and so is the question
    return _settled(after, step, words, heard) if heard.nothing else (_answered(after), heard)


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
    was = entry.tradable
    if limit is None and (not said.unit or said.unit == was.unit):
        limit = said.amount if entry.limit is not None and entry.limit == was.amount else entry.limit
    return replace(entry, tradable=replace(said, limit=False), limit=limit if entry.side is Side.GIVE else None)


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
    amount = now.amount if now.amount is not None else was.amount
    if now.amount is not None and now.amount == new.limit and was.amount is not None and same_unit:
        amount = min(was.amount, now.amount)  # only how far we'd go was said, not how much we'd offer
    anew = replace(was, amount=amount, unit=now.unit or was.unit, condition=now.condition or was.condition)
    asked = new.asked if new.asked is not None else old.asked if same_unit else None
    return replace(
        old, tradable=replace(anew, words=now.words), limit=limit, demanded=old.demanded or new.demanded, asked=asked
    )


def _ours(reading: Reading) -> Reading:
    """Leave with us what only we can give, also where gets were asked for: "9% off", "training"."""
    mine = tuple(one for one in reading.gets if natural(one.what) is Side.GIVE)
    gets = tuple(one for one in reading.gets if one not in mine)
    return replace(reading, gives=(*reading.gives, *mine), gets=gets) if mine else reading


def _demanded(before: Plan, plan: Plan, reading: Reading, words: str) -> Plan:
    """Keep the demand in its own words, and the reason where the sentence gives one; a further one goes beside it."""
    theirs = _theirs(words, reading)
    known = {one.tradable.what for one in before.entries if one.demanded}
    is_further = bool(before.demand) and not any(one.what in known for one in reading.asked)
    demand = f"{before.demand}; {theirs}"[:WORDS_MAX] if is_further else theirs
    plan = settle(replace(plan, demand=demand), Step.DEMAND)
    if (why := _BECAUSE.search(words)) and not plan.behind:
        return settle(replace(plan, behind=why["why"].strip(), certainty=_certainty(words)), Step.BEHIND)
    return plan


def _theirs(words: str, reading: Reading) -> str:
    """Leave out the sentences that hold only what we would give or get."""
    asked = {one.words for one in reading.asked}
    own = {one.words for one in (*reading.gives, *reading.gets)} - asked
    sentences = _SENTENCE_ENDS.split(words)
    kept = [one for one in sentences if any(each in one for each in asked) or not any(each in one for each in own)]
    return " ".join(kept) or words


def _settled(plan: Plan, step: Step | None, words: str, heard: Heard) -> tuple[Plan, Heard]:
    """Take a sentence that holds no give and no get as the answer to a question that any words answer."""
    after = _noted(plan, step, words)
    unread = heard.unread or ((words,) if any(map(str.isalnum, words)) else ())
    return _answered(after), replace(heard, unread=unread if after == plan else ())


def _noted(plan: Plan, step: Step | None, words: str) -> Plan:
    match step:
        case Step.DEMAND:
            return settle(replace(plan, demand=words), Step.DEMAND)
        case Step.BEHIND:
            return settle(replace(plan, behind=words, certainty=_certainty(words)), Step.BEHIND)
        case Step.FLOOR:
            line = words.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip(" .!")
            floor = next((floor for floor, said in _SAID_FLOOR.items() if said.fullmatch(line)), None)
            stops = replace(plan, floor=floor) if floor else replace(plan, walk_away=words)
            return settle(replace(stops, floor=stops.floor or Floor.LEVEL), Step.FLOOR)
        case Step.GIVES | Step.GETS | Step.WORTHS | None:
            return plan


def _certainty(words: str) -> Certainty:
    return Certainty.SAID if _SAID.search(words) else Certainty.GUESS


def _answered(plan: Plan) -> Plan:
    """Nobody is asked for what they have said: any give of ours, any get."""
    if any(map(is_ours, plan.gives)):
        plan = settle(plan, Step.GIVES)
    return settle(plan, Step.GETS) if plan.gets else plan
