"""Whose verb it is: from the verb back to its subject, and from both to a side of the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.coach.things import FREE, Thing
from bot.coach.tokens import Kind, Token
from bot.coach.tradables import Side
from bot.coach.verbs import (
    AUXILIARIES,
    DEMANDING,
    LETTING,
    LOOSE,
    NEGATIONS,
    ONLY_PHRASAL,
    OURS,
    PARTICIPLES,
    PASSIVE,
    PHRASAL,
    PLAIN,
    THEM,
    US,
    VERBS,
    WITH_FOR,
    Act,
    Party,
)

_OBJECTS = frozenset({"us", "me", "them", "him", "her"})
_PRONOUNS = frozenset({"we", "i", "they", "he", "she", "you"})
_JOINS = frozenset({",", "and", "or", "plus", "but", "&", "-", "("})
# How far after a loose verb its thing may stand.
_NEAR = 5
_FAR = 16
# "Freeze the price": verbs that are the name of what is given.
_PART_OF_A_THING = frozenset({"freeze", "lock", "fix", "hold", "migrate"})
# What must stand before words that are mostly something else.
_LED = {
    "up": ("they", "he", "she", "to", "would", "d", "will", "could"),
    "have": ("can", "could", "may", "them", "him", "her", "d", "to"),
    "after": ("are", "is", "they", "he", "she", "re"),
    "discount": ("can", "could", "would", "will", "to", "might", "should", "may"),
}
_ALSO_OURS = frozenset({"pay", "paying", "host", "upgrade", "upgrading"})
# "10% off and I sign": what only a buyer says of himself.
_CLIENTS = frozenset(
    {"sign", "commit", "renew", "order", "buy", "purchase", "prepay", "write", "record", "film", "publish"}
)
_TAKING = frozenset({"take", "taking", "took"})
_MADE = frozenset({"write", "writing", "record", "film", "speak"})
_HABITS = frozenset({"always", "usually", "often", "typically", "normally", "generally", "regularly"})
_ARTICLES = frozenset({"the", "a", "an", "their", "our", "my", "this", "your", "his", "no"})
_QUESTIONS = frozenset({
    "if", "how", "what", "when", "why", "where", "who", "while", "which", "than", "whether", "once", "unless",
})  # fmt: skip
_BEGINNINGS = frozenset({".", "!", "?", ";", "\n", ":", "'", '"', "\u2018", "\u201c", "\u201e", "\u00ab"})
_NO_SUBJECT = PLAIN | _JOINS | frozenset(VERBS) | NEGATIONS | _QUESTIONS
_BEFORE_A_VERB = AUXILIARIES | NEGATIONS - {"no"}
# After these one unknown word may describe the thing: "do a bespoke workshop".
_DESCRIBED = frozenset({"a", "an", "the", "free", "some"})
_LEADING = (
    PLAIN - {"if", "how", "what"}
    | _OBJECTS
    | frozenset({"no", "further", "far", "high", "as", "between", "max", "most"})
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb in its place; `infinitive` follows a "to" ("want to pay")."""

    place: int
    low: str
    act: Act
    party: Party | None
    infinitive: bool
    subject: str = ""

    @property
    def side(self) -> Side | None:
        """The side of what the verb is about."""
        if self.party is None:
            return None
        ours = self.party is Party.US
        match self.act:
            case Act.OFFER | Act.YIELD | Act.BIND | Act.ACCEPT:
                return Side.GIVE if ours else Side.GET
            case Act.SAY:
                return Side.GIVE
            case Act.ASK | Act.GET:
                return Side.GET if ours else Side.GIVE

    def still_asks(self, asked: "Verb") -> bool:
        """Whether "they want to pay net 60" is one demand: the same people, and a thing one wants."""
        return self.party is asked.party is Party.THEM and (self.low in DEMANDING or self.act in (Act.GET, Act.ASK))


@dataclass(frozen=True, slots=True)
class Before:
    """What was said before a verb.

    `party` is the subject so far, for "they sign and pay upfront". `conditional` says that we are in an if-clause,
    after whose comma "throw in training" is ours, and `promised` that something was given, so that "and I sign" is
    the client's word.
    """

    party: Party | None
    conditional: bool
    promised: bool


def verb_at(tokens: Sequence[Token], things: Mapping[int, Thing], place: int, before: Before) -> Verb | None:
    """Read the verb at a place with its subject; None where the word isn't about giving here."""
    low = tokens[place].low
    if low not in VERBS or not _is_meant(tokens, things, place):
        return None
    phrase = PHRASAL.at(tokens, place)
    act = Act[phrase[0]] if phrase else VERBS[low]
    at, infinitive, passive = _subject(tokens, things, place)
    party = None if at is None else _party(tokens, at, infinitive=infinitive, base=place - at == 1)
    subject = tokens[at].low if at is not None and party else ""
    if party is None and not _is_orphan(tokens, place):
        party = before.party if act is not Act.YIELD else None
    if passive and party:
        party = Party.THEM if party is Party.US else Party.US
    party = party or _default(act, low, tokens, place)
    if act is Act.BIND and party is Party.THEM and (_is_habit(tokens, place) or (low in _MADE and subject == "you")):
        return None
    if act is Act.BIND and party is Party.US and low not in _ALSO_OURS:
        act, party = _ours(tokens, things, place, promised=before.promised)
    if party is None:
        return None
    return Verb(place, low, act, party, infinitive, subject)


def _ours(
    tokens: Sequence[Token], things: Mapping[int, Thing], place: int, *, promised: bool
) -> tuple[Act, Party | None]:
    """Read what only a buyer does said of us: "I sign" is the client's word, "I take 2% off" an offer of ours."""
    low = tokens[place].low
    if low in _TAKING:
        ahead = next((things[at] for at in range(place + 1, place + _NEAR) if at in things), None)
        return Act.OFFER, Party.US if ahead and ahead.what == "discount" else None
    return Act.BIND, Party.THEM if promised and low in _CLIENTS else None


def _is_habit(tokens: Sequence[Token], place: int) -> bool:
    """Tell "they always pay in 90 days" from what they would do."""
    return place > 0 and tokens[place - 1].low in _HABITS


def _is_meant(tokens: Sequence[Token], things: Mapping[int, Thing], place: int) -> bool:
    low = tokens[place].low
    before = tokens[place - 1].low if place else ""
    after = [token.low for token in tokens[place + 1 : place + 1 + _NEAR]]
    if low in _PART_OF_A_THING:
        return place in things
    if PHRASAL.at(tokens, place) or low in ONLY_PHRASAL:
        return PHRASAL.at(tokens, place) is not None
    if not _is_led(low, before, after):
        return False
    if low in LOOSE and place not in things and not (low in LETTING and after[:1] and after[0] in _OBJECTS):
        return _leads_on(tokens, things, place)
    return before not in _ARTICLES | FREE


def _is_led(low: str, before: str, after: Sequence[str]) -> bool:
    """Whether a word of many meanings has the neighbours that make it one of trading."""
    if low in WITH_FOR:
        return "for" in after[:3] or after[:1] == ["on"]
    if low == "like":
        return before not in VERBS
    if low == "live":
        return after[:1] in ([], ["with"])
    return before in _LED.get(low, (before,))


def _leads_on(tokens: Sequence[Token], things: Mapping[int, Thing], place: int) -> bool:
    after = tokens[place + 1].low if place + 1 < len(tokens) else ""
    if after == "on" or (after == "to" and tokens[place].low in ("like", "love", "likes")):
        return after == "to"
    for ahead in range(place + 1, min(place + 1 + _NEAR, len(tokens))):
        if ahead in things:
            return True
        described = tokens[ahead - 1].low in _DESCRIBED and ahead + 1 in things and not things[ahead + 1].condition
        if (tokens[ahead].low not in _LEADING and not described) or tokens[ahead].low in ("we", "i"):
            return False
    return False


def _subject(tokens: Sequence[Token], things: Mapping[int, Thing], place: int) -> tuple[int | None, bool, bool]:
    """Walk back over auxiliaries: the subject, whether "to" was met, whether the verb is passive."""
    infinitive = False
    last = _end_of_thing(things, place)
    passive = tokens[place].low in PARTICIPLES and place > 0 and tokens[place - 1].low in PASSIVE
    at = place - 1
    while at >= last and tokens[at].low in _BEFORE_A_VERB:
        infinitive = infinitive or tokens[at].low in ("to", "want")
        at -= 1
    if at > last and tokens[at].low not in US | THEM and tokens[at - 1].low in _PRONOUNS:
        at -= 1  # "we cud do", "they verbally agreed"
    if at < last:
        return None, infinitive, passive
    return at, infinitive, passive


def _end_of_thing(things: Mapping[int, Thing], place: int) -> int:
    """Say where the thing nearest before a place ends, at most so far back as anyone's subject is."""
    near = (things[first].last for first in range(place - 1, max(place - _FAR, -1), -1) if first in things)
    return next(near, max(place - _FAR, 0))


def _party(tokens: Sequence[Token], at: int, *, infinitive: bool, base: bool) -> Party | None:
    low = tokens[at].low
    if low in _OBJECTS and not infinitive and not base:
        return None
    if low in US:
        return Party.US
    if low in THEM:
        return (
            Party.US if at and tokens[at - 1].low in OURS and low not in ("client", "customer", "buyer") else Party.THEM
        )
    if tokens[at].kind is not Kind.WORD or low in _NO_SUBJECT:
        return None
    return Party.US if at and tokens[at - 1].low in OURS else Party.THEM


def _is_orphan(tokens: Sequence[Token], place: int) -> bool:
    """Whether a verb begins a sentence, so that no earlier subject is meant."""
    return place == 0 or tokens[place - 1].low in _BEGINNINGS


def _default(act: Act, low: str, tokens: Sequence[Token], place: int) -> Party | None:
    if act is Act.BIND:
        return Party.THEM
    if act in (Act.YIELD, Act.ACCEPT):
        return Party.US
    third = low.endswith("s") and low != "does"
    told = act is Act.ASK and low != "need" and low.endswith(("ed", "ing"))
    past = told and (tokens[place - 1].low if place else "") != "were"
    return Party.THEM if third or past else Party.US
