"""Reading a sentence: what we give, what we get, how much of it, and what has to be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from bot.coach.clauses import walk
from bot.coach.lexicon import mended
from bot.coach.naming import find_things
from bot.coach.retelling import retold
from bot.coach.segments import Outcome
from bot.coach.sides import Placed
from bot.coach.things import Thing
from bot.coach.tokens import Kind, Phrases, Token, tokenise
from bot.coach.tradables import Side, Tradable
from bot.coach.verbs import AUXILIARIES, AWAY, PLAIN

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_WHOLE = Decimal(100)
_LEADING = frozenset(
    {
        "maybe",
        "also",
        "perhaps",
        "ok",
        "okay",
        "well",
        "so",
        "and",
        "then",
        "they",
        "we",
        "could",
        "would",
        "hmm",
        "in",
        "some",
    }
)
_MARKS = frozenset(",.;:!?-•*()\"'")
_NOISE = frozenset({
    "sure", "know", "idea", "dunno", "skip", "all", "done", "help", "later", "nope", "thanks", "thank", "sorry",
    "enough", "anything", "whatever", "pass", "next", "back", "start", "nothing", "think", "guess", "hello", "fine",
    "good", "great", "else", "much", "really", "moment", "walk", "said", "says", "told", "leave", "it", "none",
})  # fmt: skip


class Impossible(StrEnum):
    """Why an amount can't be meant as typed."""

    OVER_A_HUNDRED = "over_a_hundred"
    NEGATIVE = "negative"
    ZERO = "zero"
    LIMIT_BELOW_OFFER = "limit_below_offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that can't be: why, of what (a name of the catalogue), and the stretch as typed."""

    why: Impossible
    what: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sentence puts on the table.

    `gives` come from us and `gets` from them, in the order in which they were typed. `demanded` says that every
    give is what the client asks for rather than what we offer; `asked` holds all they ask for, also what our
    own offer of the same thing replaces among the gives ("they want 15%, we could do 8%"). `limits` are the ceilings
    named beside an offer ("8%, never more than 10%"; the far end of "5 to 8%"), each with the `what` and unit of the
    give it belongs to. `unread` are stretches that look like a give or a get and weren't understood, as
    typed. `problems` are impossible amounts: they are in no other field.
    """

    gives: tuple[Tradable, ...] = ()
    gets: tuple[Tradable, ...] = ()
    demanded: bool = False
    asked: tuple[Tradable, ...] = ()
    limits: tuple[Tradable, ...] = ()
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def limit_of(self, give: Tradable) -> Decimal | None:
        """Give the most we would do of a give, in its unit; None where no limit was named."""
        if give.limit:
            return give.amount
        found = (one for one in self.limits if (one.what, one.unit) == (give.what, give.unit))
        return next((one.amount for one in found), None)


def read(sentence: str, lean: Side | None = None, names: Mapping[str, str] = _NO_NAMES) -> Reading:
    """Read gives and gets, with amounts, units, limits and conditions; guess nothing, raise nothing.

    What stands alone belongs to `lean`, the side that was asked about; a clause with its own side keeps
    it. `names` are further spellings, casefolded, of a company's own tradables. Amounts stand in the sentence, in
    digits or words. Of a range the first end is the amount; the far end of a give's is a limit, and a get's is
    dropped. Money without a currency is never read: under a verb of giving or asking it is in `unread`.
    """
    tokens = retold([_mended(token) for token in tokenise(sentence)])
    found = find_things(sentence, tokens, Phrases(names.items()))
    return _Scribe(sentence, tokens).write(walk(tokens, found, lean), lean)


def _mended(token: Token) -> Token:
    return replace(token, low=mended(token.low)) if token.kind is Kind.WORD else token


class _Scribe:
    """Turns what was found among the tokens into words and numbers."""

    def __init__(self, sentence: str, tokens: Sequence[Token]) -> None:
        self._sentence, self._tokens = sentence, tokens

    def write(self, outcome: Outcome, lean: Side | None) -> Reading:
        placed = sorted(outcome.placed, key=lambda one: one.thing.first)
        sound = [one for one in placed if _impossible(one.thing) is None]
        unsound = [one.thing for one in placed if _impossible(one.thing)]
        limits, kept, low = self._limits(sound)
        gives = [one for one in kept if one.side is Side.GIVE]
        offered = {one.thing.what for one in gives if not one.demanded}
        told = [one for one in gives if not (one.demanded and one.thing.what in offered)]
        unread = tuple(text for text in (self._stretch(*one) for one in sorted(outcome.unread)) if text)
        return Reading(
            gives=_once(self._tradable(one) for one in told),
            gets=_once(self._tradable(one) for one in kept if one.side is Side.GET),
            demanded=bool(told) and all(one.demanded for one in told),
            asked=_once(self._tradable(one) for one in gives if one.demanded),
            limits=limits,
            unread=unread if lean or placed or outcome.rough else (),
            problems=(*(self._problem(thing) for thing in unsound), *low),
        )

    def _limits(self, placed: Sequence[Placed]) -> tuple[tuple[Tradable, ...], list[Placed], list[Problem]]:
        """Part ceilings from offers: a limit after an offer of the same thing, and far ends of ranges."""
        limits: list[Tradable] = []
        kept: list[Placed] = []
        problems: list[Problem] = []
        offers: dict[tuple[str, str], Decimal] = {}
        for one in placed:
            thing, kind = one.thing, (one.thing.what, one.thing.unit)
            if one.side is Side.GIVE and thing.limit and thing.amount is not None and kind in offers:
                if thing.amount < offers[kind]:
                    problems.append(self._problem(thing, Impossible.LIMIT_BELOW_OFFER))
                else:
                    limits.append(self._tradable(one))
                continue
            kept.append(one)
            if one.side is Side.GIVE and thing.upper is not None:
                limits.append(replace(self._tradable(one), amount=thing.upper, limit=True))
            if one.side is Side.GIVE and thing.amount is not None and not (one.demanded or thing.limit):
                offers.setdefault(kind, thing.amount)
        return tuple(limits), kept, problems

    def _tradable(self, one: Placed) -> Tradable:
        """Write a thing down. Only what we give has a limit: "up to 24 months" of a get says how long."""
        thing = one.thing
        return Tradable(
            what=thing.what, amount=thing.amount, unit=thing.unit, limit=thing.limit and one.side is Side.GIVE,
            condition=thing.condition, words=self._words(thing),
        )  # fmt: skip

    def _words(self, thing: Thing) -> str:
        return self._sentence[self._tokens[thing.first].start : self._tokens[thing.last - 1].end]

    def _problem(self, thing: Thing, why: Impossible | None = None) -> Problem:
        return Problem(why=why or _impossible(thing) or Impossible.ZERO, what=thing.what, words=self._words(thing))

    def _stretch(self, first: int, last: int) -> str:
        """The words as typed, without what leads into them; empty where they say nothing to ask about."""
        while first < last and (self._tokens[first].low in _LEADING or self._tokens[first].low in _MARKS):
            first += 1
        while last > first and self._tokens[last - 1].low in _MARKS:
            last -= 1
        lows = [token.low for token in self._tokens[first:last]]
        asks = last < len(self._tokens) and self._tokens[last].low == "?"
        if (
            not lows
            or asks
            or lows[0] in AWAY
            or all(low in _NOISE | PLAIN | AUXILIARIES or (low.isalpha() and len(low) < len("ab")) for low in lows)
        ):
            return ""
        return self._sentence[self._tokens[first].start : self._tokens[last - 1].end]


def _once(tradables: Iterable[Tradable]) -> tuple[Tradable, ...]:
    """Keep what is named twice once; a bare name says nothing beside the same thing told with its amount."""
    told: dict[Tradable, Tradable] = {}
    for one in tradables:
        told.setdefault(replace(one, words=""), one)
    rich = {one.what for one in told if one.amount is not None or one.condition}
    return tuple(one for one in told.values() if one.what not in rich or one.amount is not None or one.condition)


def _impossible(thing: Thing) -> Impossible | None:
    if thing.amount is None:
        return None
    if thing.negative:
        return Impossible.NEGATIVE
    if thing.amount == 0 and thing.what != "price":
        return Impossible.ZERO
    return Impossible.OVER_A_HUNDRED if thing.unit == "%" and thing.amount > _WHOLE else None
