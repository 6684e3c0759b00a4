"""How far a name reaches: the words before and after it that belong to it, and which of them tie it down."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coach.lexicon import SPELLINGS
from bot.coach.things import FREE, low
from bot.coach.tokens import Kind, Token
from bot.coach.verbs import CUES, NEGATIONS, THEM, US, VERBS

# "The term goes up to 36 months", "if support goes to gold".
REACHES = frozenset({"goes", "hits", "reaches", "reach", "hit", "rises", "grows", "moves", "exceeds", "tops", "went"})
_LEVELS = frozenset({
    "gold", "silver", "platinum", "bronze", "premium", "priority", "enterprise", "standard", "basic", "vip", "24x7",
    "dedicated", "extended", "advanced", "phone", "onsite", "named", "first-class",
})  # fmt: skip
_PERIODS = frozenset({"annual", "annually", "yearly", "quarterly", "monthly", "biannual", "semiannual"})
_KINDS = frozenset({"multi", "multiyear", "longer", "shorter", "long"}) | _PERIODS
_LEVELLED = frozenset({"support", "service level"})
_PERIODICAL = frozenset({"upfront payment", "payment terms", "contract length"})
_WHOSE = frozenset({"the", "their", "our", "this", "your", "his", "her"})
# Words that end the description of what something is taken off.
_ENDING = NEGATIONS | US | THEM | frozenset({
    "for", "if", "and", "or", "to", "with", "at", "by", "in", "on", "from", "as", "plus", "so", "then", "of", "is",
    "now", "today", "over", "per", "up", "only", "maybe", "but", "can", "could", "would", "will", "too", "also",
})  # fmt: skip
# So many words may say off what: "off the second press line".
_OF_WHAT = 4


@dataclass(frozen=True, slots=True)
class Noun:
    """A name among the tokens `first` to before `last`; `measure` names nothing by itself, `own` is a company's."""

    what: str
    first: int
    last: int
    measure: bool = False
    own: bool = False


def led(tokens: Sequence[Token], first: int) -> int:
    """Say where a name begins with the words that lead into it: "free onboarding", "24/7 support"."""
    while low(tokens, first - 1) in FREE | _LEVELS | _PERIODS:
        first -= 1
    if [low(tokens, first - back) for back in (3, 2, 1)] == ["24", "/", "7"]:
        first -= 3
    return first


def trailed(tokens: Sequence[Token], noun: Noun, last: int) -> int:
    """Say where a name ends with the words that complete it: "upfront yearly", "net 30 days", "off the list"."""
    if noun.measure and low(tokens, noun.first) == "off":
        last = _off_end(tokens, last)
    if noun.what in _LEVELLED:
        last = _raised_end(tokens, last) or last
    after = low(tokens, last)
    if after == "per" and last + 1 < len(tokens) and tokens[last + 1].kind is Kind.WORD:
        return last + len(("per", "quarter"))
    days = noun.what == "payment terms" and low(tokens, noun.first) == "net" and after in ("days", "terms", "payment")
    return last + (days or (noun.what in _PERIODICAL and after in _PERIODS))


def condition(sentence: str, tokens: Sequence[Token], noun: Noun, first: int, last: int) -> str:
    """Give the words that tie a thing down, as typed: a level of service, how often is paid; empty for none."""
    start, end = led(tokens, first), trailed(tokens, noun, last)
    marks = _LEVELS if noun.what in _LEVELLED else _KINDS if noun.what in _PERIODICAL else frozenset[str]()
    if noun.what in _LEVELLED and low(tokens, start) == "24":
        return sentence[tokens[start].start : tokens[start + 2].end]
    places = [place for place in range(start, end) if low(tokens, place) in marks]
    if not places:
        return ""
    far = places[-1] if low(tokens, places[0]) != "multi" else places[0] + 1
    return sentence[tokens[places[0]].start : tokens[far].end]


def _off_end(tokens: Sequence[Token], last: int) -> int:
    """Take in of what it is taken: "5% off the second invoice"."""
    place = last
    if low(tokens, place) in _WHOSE:
        while place < min(last + _OF_WHAT, len(tokens)) and _only_describes(tokens, place):
            place += 1
    return place


def _only_describes(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    verb = token.low in VERBS and low(tokens, place - 1) not in _WHOSE
    known = verb or SPELLINGS.at(tokens, place) or CUES.at(tokens, place)
    return token.kind is Kind.WORD and token.low not in _ENDING and not known


def _raised_end(tokens: Sequence[Token], last: int) -> int:
    """Say where "support goes to gold" ends; 0 where no level follows."""
    place = last + (low(tokens, last) in REACHES)
    place += low(tokens, place) in ("up", "from")
    place += low(tokens, place) in ("to", "at")
    return place + 1 if place > last and low(tokens, place) in _LEVELS else 0
