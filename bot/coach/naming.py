"""What a sentence names, whoever gives it: names of tradables joined to their amounts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.coach.deadlines import deadlines
from bot.coach.lexicon import CATALOGUE, MEASURES, SPELLINGS
from bot.coach.limits import limit_after, limit_before
from bot.coach.quantities import CURRENCIES, Quantity, quantities
from bot.coach.things import FREE, Thing, ends, free_end, low, unnamed
from bot.coach.tokens import Phrases, Token

# What may stand between an amount and its name: "10 more seats", "three days of onboarding".
_GLUE_BEFORE = frozenset({
    "of", "more", "extra", "additional", "free", "new", "onsite", "remote", "paid", "price", "worth", "user", "full",
    "our", "premium", "gold", "dedicated", "payment", "further", "in", "public", "renewal", "fixed", "named",
    "standard", "good", "strong", "written", "joint", "custom", "minimum", "warm",
})  # fmt: skip
_GLUE_AFTER = frozenset(
    {"of", "by", "at", "to", "is", "up", "around", "about", "(", ":", "=", "as", "down", "from", "over"}
)
# Of these "for" says how long: "a price lock for two years". Elsewhere it means an exchange.
_LASTING = frozenset({"price lock", "support", "trial", "training", "onboarding", "exclusivity", "contract length"})
_LEVELS = frozenset({
    "gold", "silver", "platinum", "bronze", "premium", "priority", "enterprise", "standard", "basic", "vip", "24x7",
    "dedicated", "extended", "plus", "advanced", "phone", "onsite", "named", "first-class",
})  # fmt: skip
_PERIODS = frozenset({"annual", "annually", "yearly", "quarterly", "monthly", "biannual", "semiannual"})
_KINDS = frozenset({"multi", "multiyear", "longer", "shorter", "long"}) | _PERIODS
_LEVELLED = frozenset({"support", "service level"})
_PERIODICAL = frozenset({"upfront payment", "payment terms", "contract length"})
# Words after a name that make it something else: "an intro call", "the support team", "support them".
_TALKED_OF = frozenset({"issue", "issues", "problem", "problems", "policy", "team", "manager", "went", "tactics"})
_SCHEDULED = (
    "call", "meeting", "slide", "slides", "email", "mail", "deck", "round", "session", "chat", "number", "architecture",
    "point", "document", "line", "sentence",
)  # fmt: skip
_TALKED_OF_AS = {
    "introduction": _SCHEDULED,
    "reference call": _SCHEDULED,
    "support": (
        "the", "them", "our", "us", "this", "that", "you", "me", "my", "your", "him", "her", "their", "ticket",
        "tickets", "case", "cases", "request",
    ),
}  # fmt: skip
_POINTING = frozenset({"that", "this", "these", "those", "which", "what", "such"})
_BEING = frozenset({"be", "been", "being", "very", "was", "is", "more", "so", "am"})
_NET_DAYS = 365


@dataclass(frozen=True, slots=True)
class _Noun:
    what: str
    first: int
    last: int
    measure: bool = False
    own: bool = False


def find_things(sentence: str, tokens: Sequence[Token], own: Phrases) -> list[Thing]:
    """Find what the sentence names, from left to right, no two overlapping. `own` are a company's names."""
    found = _Finder(sentence, tokens, own)
    merged: list[Thing] = []
    for thing in sorted(found.all(), key=lambda one: (one.first, -one.last)):
        if merged and thing.first < merged[-1].last:
            continue
        before = merged[-1] if merged else thing
        if _is_left(tokens, before, thing) or _is_told_again(before, thing):
            merged.pop()
            thing = thing if before.amount is not None else replace(thing, first=before.first)  # noqa: PLW2901
        merged.append(_limited(tokens, thing, merged[-1].last if merged else 0))
    return merged


def _is_left(tokens: Sequence[Token], before: Thing, after: Thing) -> bool:
    """Whether "from net 30 to net 60" leaves the first for the second."""
    moves = low(tokens, before.first - 1) == "from" and low(tokens, before.last) == "to"
    return moves and before.what == after.what and after.first == before.last + 1


def _is_told_again(before: Thing, after: Thing) -> bool:
    """Whether a name is followed by its amount: "longer payment terms (net 60)"."""
    told = before.what == after.what and before.amount is None and after.amount is not None
    return told and after.first - before.last == 1


def _limited(tokens: Sequence[Token], thing: Thing, floor: int) -> Thing:
    if thing.amount is None:
        return thing
    first, last = limit_before(tokens, thing.first, floor), limit_after(tokens, thing.last)
    limit = thing.limit or first < thing.first or last > thing.last
    return replace(thing, first=first, last=last, limit=limit)


class _Finder:
    """Joins names and amounts; each amount is used once."""

    def __init__(self, sentence: str, tokens: Sequence[Token], own: Phrases) -> None:
        self._sentence, self._tokens, self._own = sentence, tokens, own
        self._amounts = quantities(tokens)
        self._ending = {one.last: one for one in self._amounts}
        self._beginning = {one.first: one for one in self._amounts}
        self._used: set[int] = set()

    def all(self) -> list[Thing]:
        found = deadlines(self._sentence, self._tokens)
        dated = [Thing(what=one.what, first=one.first, last=one.last, condition=one.condition) for one in found]
        taken = {place for one in found for place in range(one.first, one.last)}
        self._used |= {amount.first for amount in self._amounts if amount.first in taken}
        nouns = self._nouns()
        named = [thing for noun in nouns if noun.measure for thing in self._named(noun)]
        named += [thing for noun in nouns if not noun.measure for thing in self._named(noun)]
        ends = {one.first - back for one in dated for back in range(3)}
        named = [thing for thing in named if thing.what != "early signature" or thing.last not in ends]
        bare = [unnamed(self._tokens, amount) for amount in self._amounts if amount.first not in self._used]
        return dated + named + [thing for thing in bare if thing]

    def _nouns(self) -> list[_Noun]:
        found: list[_Noun] = []
        place = 0
        while place < len(self._tokens):
            noun = self._noun(place)
            if noun:
                found.append(noun)
            # A measure without its amount may hide a name: "pay in" in "pay in advance".
            place = noun.last if noun and not noun.measure else place + 1
        return found

    def _noun(self, place: int) -> _Noun | None:
        if own := self._own.at(self._tokens, place):
            return _Noun(own[0], place, own[1], own=True)
        named, measure = SPELLINGS.at(self._tokens, place), MEASURES.at(self._tokens, place)
        if named and (not measure or measure[1] <= named[1]):
            return None if self._is_a_verb(named[0], place, named[1]) else _Noun(named[0], place, named[1])
        return _Noun(measure[0], place, measure[1], measure=True) if measure else None

    def _is_a_verb(self, what: str, first: int, last: int) -> bool:
        """Tell "we support them", "be upfront with her" and "a training issue" from things on the table."""
        before, after = self._low(first - 1), self._low(last)
        if what == "upfront payment" and self._low(first) in ("upfront", "up"):
            return before in _BEING or after in ("about", "with")
        return after in _TALKED_OF or after in _TALKED_OF_AS.get(what, ())

    def _named(self, noun: _Noun) -> list[Thing]:
        amount = self._inside(noun) or self._before(noun) or self._after(noun)
        if amount is None:
            spoken_of = noun.measure or self._aside(noun) or self._low(noun.first - 1) in _POINTING
            return [] if spoken_of else [self._without_amount(noun)]
        self._used.add(amount.first)
        unit = "seats" if noun.what == "seats" else "days" if self._is_net(noun) and not amount.unit else amount.unit
        first, last = min(noun.first, amount.first), max(noun.last, amount.last)
        near, upper = ends(self._tokens, amount)
        condition = self._condition(noun.what, first, last, noun)
        return [
            Thing(what=noun.what, first=self._led(first), last=self._trailed(noun, last), amount=near, unit=unit,
                  upper=upper, condition=condition, negative=amount.negative,
                  limit=amount.first > first and limit_before(self._tokens, amount.first, first) < amount.first)
        ]  # fmt: skip

    def _aside(self, noun: _Noun) -> bool:
        """A name that only says of what an amount is taken: "50% off the onboarding"."""
        place = noun.first - 1
        while self._low(place) in ("the", "our", "their", "on", "of", "first"):
            place -= 1
        return self._low(place) == "off"

    def _without_amount(self, noun: _Noun) -> Thing:
        first = self._led(noun.first)
        condition = self._condition(noun.what, first, noun.last, noun)
        led = any(self._low(place) in FREE for place in range(first, noun.first))
        free = led or noun.what == "free months" or free_end(self._tokens, noun.last) > 0
        return Thing(what=noun.what, first=first, last=self._trailed(noun, noun.last), condition=condition, free=free)

    def _led(self, first: int) -> int:
        """Take the words in that belong to a name: "free onboarding", "24/7 support"."""
        while self._low(first - 1) in FREE | _LEVELS | _PERIODS:
            first -= 1
        if [self._low(first - back) for back in (3, 2, 1)] == ["24", "/", "7"]:
            first -= 3
        return first

    def _trailed(self, noun: _Noun, last: int) -> int:
        if noun.what in _PERIODICAL and self._low(last) in _PERIODS:
            return last + 1
        if (
            noun.what == "payment terms"
            and self._low(noun.first) == "net"
            and self._low(last) in ("days", "terms", "payment")
        ):
            return last + 1
        return last

    def _condition(self, what: str, first: int, last: int, noun: _Noun) -> str:
        start, end = self._led(first), self._trailed(noun, last)
        marks = _LEVELS if what in _LEVELLED else _KINDS if what in _PERIODICAL else frozenset[str]()
        if what in _LEVELLED and self._low(start) == "24":
            return self._typed(start, start + 3)
        places = [place for place in range(start, end) if self._low(place) in marks]
        if not places:
            return ""
        far = places[-1] + 1 if self._low(places[0]) != "multi" else places[0] + 2
        return self._typed(places[0], far)

    def _typed(self, first: int, last: int) -> str:
        return self._sentence[self._tokens[first].start : self._tokens[last - 1].end]

    def _is_net(self, noun: _Noun) -> bool:
        return noun.what == "payment terms" and self._low(noun.first) == "net"

    def _inside(self, noun: _Noun) -> Quantity | None:
        """Find "5 onboarding days": the name stands within the amount."""
        return next(
            (one for one in self._near(noun.first) if one.first < noun.first < one.last and self._fits(noun, one)), None
        )

    def _near(self, place: int) -> list[Quantity]:
        return [self._ending[end] for end in range(place + 1, place + 5) if end in self._ending]

    def _before(self, noun: _Noun) -> Quantity | None:
        if self._is_net(noun) and self._low(noun.last)[:1].isdecimal():
            return None
        for place in range(noun.first, max(noun.first - 5, 0), -1):
            amount = self._ending.get(place)
            if amount:
                return amount if self._fits(noun, amount) else None
            if self._low(place - 1) not in _GLUE_BEFORE and place - 1 != noun.first:
                return None
        return None

    def _after(self, noun: _Noun) -> Quantity | None:
        if noun.what in ("seats", "case study") or self._low(noun.first) in (
            "down",
            "less",
            "lower",
            "cheaper",
            "deal",
        ):
            return None
        for place in range(noun.last, min(noun.last + 6, len(self._tokens))):
            amount = self._beginning.get(place)
            if amount:
                return amount if self._fits(noun, amount) and self._may_follow(noun, amount) else None
            start = limit_before(self._tokens, place + 1, noun.last) if place + 1 in self._beginning else place + 1
            allowed = self._low(place) in _GLUE_AFTER or (self._low(place) == "for" and noun.what in _LASTING)
            if not allowed and start > place and not self._leads_to_limit(place):
                return None
        return None

    def _leads_to_limit(self, place: int) -> bool:
        ahead = next((first for first in range(place + 1, place + 5) if first in self._beginning), None)
        return ahead is not None and limit_before(self._tokens, ahead, place) <= place

    def _may_follow(self, noun: _Noun, amount: Quantity) -> bool:
        """A count after a name counts the next thing: "a case study, 2 references"."""
        return bool(amount.unit) or self._is_net(noun)

    def _fits(self, noun: _Noun, amount: Quantity) -> bool:
        if amount.first in self._used or amount.rough:
            return False
        if noun.own:
            return True
        units = CATALOGUE[noun.what].units
        if noun.what == "payment terms" and not amount.unit:
            return self._is_net(noun) and amount.amount <= _NET_DAYS
        return ("$" if amount.unit in CURRENCIES else amount.unit) in units

    def _low(self, place: int) -> str:
        return low(self._tokens, place)
