"""What a sentence names, whoever gives it: names of tradables joined to their amounts."""

from collections.abc import Mapping, Sequence

from bot.coach.currencies import CURRENCIES
from bot.coach.deadlines import deadlines
from bot.coach.extents import REACHES, Noun, condition, led, trailed
from bot.coach.lexicon import CATALOGUE, MEASURES, SPELLINGS
from bot.coach.limits import limit_before
from bot.coach.merging import merged
from bot.coach.quantities import Quantity, quantities
from bot.coach.things import FREE, Thing, ends, free_end, low, unnamed
from bot.coach.tokens import Phrases, Token

# What may stand between an amount and its name: "10 more seats", "three days of onboarding".
_GLUE_BEFORE = frozenset({
    "of", "more", "extra", "additional", "free", "new", "onsite", "remote", "paid", "price", "worth", "user", "full",
    "our", "premium", "gold", "dedicated", "payment", "further", "in", "public", "renewal", "fixed", "named",
    "standard", "good", "strong", "written", "joint", "custom", "minimum", "warm", "prospects", "customers", "as", "on",
    "site",
})  # fmt: skip
_GLUE_AFTER = frozenset(
    {"of", "by", "at", "to", "is", "up", "around", "about", "(", ":", "=", "as", "down", "from", "over", "least"}
)
# Words that lead from some names to their amount: "a price lock for two years", "a term that goes up to 36 months".
# After any other name "for" means an exchange.
_LEADS = {
    **dict.fromkeys(REACHES, frozenset({"volume", "contract length", "upfront payment"})),
    "for": frozenset({
        "price lock", "support", "trial", "training", "onboarding", "exclusivity", "contract length",
    }),
    "after": frozenset({"exit clause"}),
}  # fmt: skip
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
# What is meant to come sooner.
_DELIVERED = frozenset({
    "delivery", "deliver", "delivers", "delivered", "delivering", "ship", "shipping", "shipped", "installation",
    "install", "rollout", "live", "start", "launch", "goods", "machine", "handover",
})  # fmt: skip
_POINTING = frozenset({"that", "this", "these", "those", "which", "what", "such"})
_BEING = frozenset({"be", "been", "being", "very", "was", "is", "more", "so", "am"})
_NET_DAYS = 365


def find_things(sentence: str, tokens: Sequence[Token], own: Phrases) -> list[Thing]:
    """Find what the sentence names, from left to right, no two overlapping. `own` are a company's names."""
    finder = _Finder(sentence, tokens, own)
    found = finder.all()
    return merged(tokens, found, finder.spare())


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
        ends = {one.first - back for one in dated for back in range(-1, 3)}
        named = [thing for thing in named if thing.what != "early signature" or thing.last not in ends]
        bare = [unnamed(self._tokens, amount) for amount in self._amounts if amount.first not in self._used]
        return dated + named + [thing for thing in bare if thing]

    def spare(self) -> Mapping[int, Quantity]:
        """The amounts that no name took, by their first token."""
        return {first: amount for first, amount in self._beginning.items() if first not in self._used}

    def _nouns(self) -> list[Noun]:
        found: list[Noun] = []
        place = 0
        while place < len(self._tokens):
            noun = self._noun(place)
            if noun:
                found.append(noun)
            # A measure without its amount may hide a name: "pay in" in "pay in advance".
            place = noun.last if noun and not noun.measure else place + 1
        return found

    def _noun(self, place: int) -> Noun | None:
        if own := self._own.at(self._tokens, place):
            return Noun(own[0], place, own[1], own=True)
        named, measure = SPELLINGS.at(self._tokens, place), MEASURES.at(self._tokens, place)
        if named and (not measure or measure[1] <= named[1]):
            return None if self._is_a_verb(named[0], place, named[1]) else Noun(named[0], place, named[1])
        return Noun(measure[0], place, measure[1], measure=True) if measure else None

    def _is_a_verb(self, what: str, first: int, last: int) -> bool:
        """Tell "we support them", "be upfront with her" and "a training issue" from things on the table."""
        before, after = self._low(first - 1), self._low(last)
        if what == "upfront payment" and self._low(first) in ("upfront", "up"):
            return before in _BEING or after in ("about", "with")
        return after in _TALKED_OF or after in _TALKED_OF_AS.get(what, ())

    def _named(self, noun: Noun) -> list[Thing]:
        amount = self._inside(noun) or self._before(noun) or self._after(noun)
        if amount is None:
            spoken_of = noun.measure or self._aside(noun) or self._low(noun.first - 1) in _POINTING
            return [] if spoken_of else [self._without_amount(noun)]
        self._used.add(amount.first)
        unit = "seats" if noun.what == "seats" else "days" if self._is_net(noun) and not amount.unit else amount.unit
        first, last = min(noun.first, amount.first), max(noun.last, amount.last)
        near, upper = ends(self._tokens, amount)
        tied = condition(self._sentence, self._tokens, noun, first, last)
        sooner = noun.what == "delivery date" and self._low(first - 1) == "delivery"
        first, last = led(self._tokens, first) - sooner, trailed(self._tokens, noun, last)
        freely = free_end(self._tokens, last)
        given = any(self._low(place) in FREE for place in range(first, last))
        free = given or bool(amount.between & FREE) or freely > 0
        return [
            Thing(what=noun.what, first=first, last=freely or last, amount=near, unit=unit,
                  upper=upper, condition=tied, negative=amount.negative, free=free,
                  limit=amount.first > first and limit_before(self._tokens, amount.first, first) < amount.first)
        ]  # fmt: skip

    def _aside(self, noun: Noun) -> bool:
        """A name that only says of what an amount is taken: "50% off the onboarding"."""
        place = noun.first - 1
        while self._low(place) in ("the", "our", "their", "on", "of", "first"):
            place -= 1
        return self._low(place) == "off"

    def _without_amount(self, noun: Noun) -> Thing:
        first = led(self._tokens, noun.first)
        tied = condition(self._sentence, self._tokens, noun, first, noun.last)
        last = trailed(self._tokens, noun, noun.last)
        freely = free_end(self._tokens, last)
        given = any(self._low(place) in FREE for place in range(first, noun.first))
        free = given or noun.what == "free months" or freely > 0
        return Thing(what=noun.what, first=first, last=freely or last, condition=tied, free=free)

    def _is_net(self, noun: Noun) -> bool:
        return noun.what == "payment terms" and self._low(noun.first) == "net"

    def _inside(self, noun: Noun) -> Quantity | None:
        """Find "5 onboarding days": the name stands within the amount."""
        return next(
            (one for one in self._near(noun.first) if one.first < noun.first < one.last and self._fits(noun, one)), None
        )

    def _near(self, place: int) -> list[Quantity]:
        return [self._ending[end] for end in range(place + 1, place + 5) if end in self._ending]

    def _before(self, noun: Noun) -> Quantity | None:
        if self._is_net(noun) and self._low(noun.last)[:1].isdecimal():
            return None
        for place in range(noun.first, max(noun.first - 5, 0), -1):
            amount = self._ending.get(place)
            if amount:
                return amount if self._fits(noun, amount) else None
            if self._low(place - 1) not in _GLUE_BEFORE and place - 1 != noun.first:
                return None
        return None

    def _after(self, noun: Noun) -> Quantity | None:
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
            allowed = self._low(place) in _GLUE_AFTER or noun.what in _LEADS.get(self._low(place), ())
            if not allowed and start > place and not self._leads_to_limit(place):
                return None
        return None

    def _leads_to_limit(self, place: int) -> bool:
        ahead = next((first for first in range(place + 1, place + 5) if first in self._beginning), None)
        return ahead is not None and limit_before(self._tokens, ahead, place) <= place

    def _may_follow(self, noun: Noun, amount: Quantity) -> bool:
        """A count after a name counts the next thing: "a case study, 2 references"."""
        grows = noun.what == "volume" and not noun.measure and amount.first > noun.last
        return bool(amount.unit) or self._is_net(noun) or grows

    def _fits(self, noun: Noun, amount: Quantity) -> bool:
        if amount.first in self._used or amount.rough:
            return False
        if "half" in amount.between:
            return noun.what == "upfront payment"
        if noun.what == "delivery date" and noun.measure:
            meant = any(self._low(amount.first - back) in _DELIVERED for back in range(1, 5))
            return meant and amount.unit in CATALOGUE[noun.what].units
        if noun.own:
            return True
        units = CATALOGUE[noun.what].units
        if noun.what == "payment terms" and not amount.unit:
            return self._is_net(noun) and amount.amount <= _NET_DAYS
        return ("$" if amount.unit in CURRENCIES else amount.unit) in units

    def _low(self, place: int) -> str:
        return low(self._tokens, place)
