"""The planner's side of a conversation: what was meant by an answer, and what it adds to a plan."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.coach.lexicon import CATALOGUE
from bot.coach.planning import Heard, Typical, is_ours, merge, settle
from bot.coach.plans import Floor, Plan, Step
from bot.coach.preparation import Certainty
from bot.coach.reading import Impossible, Problem, Reading, read
from bot.coach.sides import natural
from bot.coach.tradables import Side, Tradable
from bot.coach.worths import rated, rates

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
_NEGATIVE = re.compile(r"(?:minus|negative|[-\N{MINUS SIGN}])\s?\d", re.IGNORECASE)
# "15% off", said when their demand was asked for, is theirs; "we could do 8%" is ours.
_OURS = re.compile(r"\b(?:we|i)(?:'d|'ll|'m| could| would| can| might| will| may| offer)\b", re.IGNORECASE)
# What fills a pause is no answer.
_FILLER = re.compile(
    r"(?:h+m+|u+h*m+|e+r+m*|well|let me (?:think|see)|wait|one (?:moment|sec(?:ond)?)|hold on|lol|ha(?:ha)+)[ .!,…]*",
    re.IGNORECASE,
)
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

    Elsewhere a thing that stands alone belongs to whoever gives it as a rule, whatever was asked.
    """
    reading = read(sentence, leaning(step), names)
    if step in (Step.GIVES, Step.GETS):
        return _named(sentence, step) or _refused(_by_nature(reading, sentence, names))
    if step in (Step.WORTHS, None) and not rates(sentence):
        bare = _by_nature(read(sentence, Side.GET, names), sentence, names)
        gets = tuple(one for one in bare.gets if one in reading.gets or natural(one.what))
        return replace(bare, gets=gets, unread=reading.unread)
    if step is not Step.DEMAND or reading.asked or not (reading.gives or reading.problems) or _OURS.search(sentence):
        return reading
    asked = read(f"they want {sentence}", Side.GIVE, names)
    return asked if asked.asked else reading


def _named(sentence: str, step: Step) -> Reading | None:
    """A bare name of the catalogue, as the buttons say it: whoever gives it as a rule does, else the side asked for."""
    name = sentence.strip(" .!").casefold()
    if name not in CATALOGUE:
        return None
    thing = (Tradable(what=name, words=sentence.strip()),)
    side = natural(name) or leaning(step)
    return Reading(gives=thing) if side is Side.GIVE else Reading(gets=thing)


def _by_nature(reading: Reading, sentence: str, names: Mapping[str, str]) -> Reading:
    """Put what stands alone where it can only be from: "9% off" is no get, "a case study" no give."""
    ours, theirs = (read(sentence, side, names) for side in (Side.GIVE, Side.GET))
    gives = (one for one in ours.gives if one in theirs.gives or _belongs(one, Side.GIVE, reading.gives))
    gets = (one for one in theirs.gets if one in ours.gets or _belongs(one, Side.GET, reading.gets))
    return replace(reading, gives=tuple(gives), gets=tuple(gets), limits=ours.limits)


def _refused(reading: Reading) -> Reading:
    """Less than nothing is no thing to offer, not even in the rep's own words: "minus 5 days"."""
    negative = [words for words in reading.unread if _NEGATIVE.match(words)]
    problems = (Problem(why=Impossible.NEGATIVE, what="", words=words) for words in negative)
    unread = tuple(words for words in reading.unread if words not in negative)
    return replace(reading, unread=unread, problems=(*reading.problems, *problems))


def _belongs(one: Tradable, side: Side, leaned: tuple[Tradable, ...]) -> bool:
    nature = natural(one.what)
    return nature is side or (nature is None and one in leaned)


def answer(plan: Plan, step: Step | None, sentence: str, reading: Reading, typical: Typical) -> tuple[Plan, Heard]:
    """Take what a rep typed while `step` was asked: its own answer, and whatever else the sentence holds."""
    words = " ".join(sentence.split())[:WORDS_MAX]
    if step is Step.FLOOR and _STOPS.search(words):
        return _noted(plan, step, words), Heard()
    after, heard = merge(plan, reading, typical)
    if reading.asked:
        after = _demanded(plan, after, reading, words)
        heard = replace(heard, unread=())  # a demand is kept whole, whatever was understood of it
    if not heard.problems and step not in _ANY_WORDS and after.entries == plan.entries:
        after, ids = rated(after, sentence)
        heard = replace(heard, rated=ids, changed=(), unread=()) if ids else heard
    if heard.problems:
        return after, heard  # which amount was meant is open, and so is the question
    return _settled(after, step, words, heard) if heard.nothing else (_answered(after), heard)


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
    wordless = not any(map(str.isalnum, words))
    after = plan if wordless or _FILLER.fullmatch(words) else _noted(plan, step, words)
    unread = heard.unread or (() if wordless else (words,))
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
