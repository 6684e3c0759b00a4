"""On which side of the table a thing belongs, given the clause it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.coach.lexicon import CATALOGUE
from bot.coach.subjects import Verb
from bot.coach.things import Thing
from bot.coach.tradables import Side
from bot.coach.verbs import Act, Party

_LASTING_VERBS = frozenset({
    "sign", "signs", "signed", "signing", "commit", "commits", "committing", "committed", "renew", "renews",
    "renewing", "renewed", "go", "going", "extend", "take", "taking", "lock", "stay", "agree", "agreed", "went",
})  # fmt: skip
_CUTS = frozenset(
    {"knock", "knocking", "shave", "drop", "dropping", "cut", "cutting", "reduce", "lower", "slash", "discount"}
)
_ABSOLUTE = frozenset({"to", "at", "of", "for", "it"})
# What is ours alone to give.
_SELLERS = frozenset({"discount", "free months", "trial"})
# "I went to the training": a thing without an amount is somewhere to go.
_GOING = frozenset({"go", "going", "went"})
# To send a case study is to show our own.
_SHOWN = frozenset({"send", "share", "provide", "bring"})
# So many tokens after its verb a thing is still its object.
_CLOSE = 3
# "Extend the contract", said to nobody: they do.
_GROWING = frozenset({"extend", "add", "bring", "grow"})
_BUYING = (_LASTING_VERBS - {"go", "went"}) | {"buy", "buys", "buying", "purchase", "order", "upgrade", "pay", "pays"}
_PAYING = frozenset({"take", "takes", "took"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing on its side of the table; `demanded` when the client asks for it."""

    thing: Thing
    side: Side
    demanded: bool = False


def opposite(side: Side) -> Side:
    """Give the other side of the table."""
    return Side.GET if side is Side.GIVE else Side.GIVE


def natural(what: str) -> Side | None:
    """Say who gives a thing of the catalogue as a rule, since we sell; None where either may."""
    name = CATALOGUE.get(what)
    if not name or name.ours is name.theirs:
        return Side.GIVE if what == "price" else None
    return Side.GIVE if name.ours else Side.GET


def giver(thing: Thing) -> Side | None:
    """Say the same of a thing as it was named: free seats are ours, other seats theirs."""
    return Side.GIVE if thing.what == "seats" and thing.free else natural(thing.what)


@dataclass(slots=True)
class Clause:
    """Where in the sentence we are: whose clause, which side, whether refused or demanded.

    `alive` says that the verb still reaches what follows, `accept` that it leaves the side to the thing,
    `swap` that an exchange ("8% for ...") was just begun, `traded` that this is its second half.
    """

    verb: Verb | None = None
    party: Party | None = None
    side: Side | None = None
    demanded: bool = False
    negated: bool = False
    accept: bool = False
    conditional: bool = False
    swap: bool = False
    alive: bool = False
    traded: bool = False

    def take(self, side: Side, *, demanded: bool = False) -> None:
        """Take a side that no verb gives."""
        self.side, self.demanded, self.alive = side, demanded, True
        self.verb, self.negated, self.accept, self.traded = None, False, False, False

    def side_of(self, thing: Thing, gap: Sequence[str], *, fresh: bool) -> tuple[Side | None, bool]:
        """Say who gives a thing here, and whether as a demand; None: nobody at this table.

        `gap` are the words since the thing before it, `fresh` whether the verb stands in the same part of the sentence.
        """
        usual = giver(thing)
        arrives = self.verb is not None and self.verb.act is Act.SAY and bool(thing.condition) and self.conditional
        if usual and (self.accept or arrives):
            return usual, False
        if self._shown_or_cut(thing, usual) or self._dealt(thing, gap):
            return None, False
        if self.verb and self.verb.low in _GROWING and not self.verb.subject and usual is Side.GET:
            return Side.GET, False
        if self.side is Side.GET and usual is Side.GIVE:
            return self._ours(thing, fresh=fresh)
        if self.side is Side.GIVE and thing.what in ("contract length", "upfront payment") and _leans_on(gap):
            return Side.GET, False
        return self.side, self.demanded

    def _shown_or_cut(self, thing: Thing, usual: Side | None) -> bool:
        low = self.verb.low if self.verb else ""
        shown = low in _SHOWN and usual is Side.GET and self.side is Side.GIVE
        said = self.verb is not None and self.verb.act is Act.SAY and thing.amount is None
        # To pay early is no delivery.
        paid = thing.what == "delivery date" and self.verb is not None and self.verb.act is Act.BIND
        visited = low in _GOING and not (self.traded or thing.amount is not None or thing.condition)
        return said or shown or paid or visited or (low in _CUTS and thing.what == "seats")

    def _dealt(self, thing: Thing, gap: Sequence[str]) -> bool:
        """Whether so many pieces are the deal itself ("they want 20 machines"), or nobody's ("I need 3 devices")."""
        counted = thing.amount is not None and not thing.unit
        return thing.what == "volume" and (self.side is Side.GIVE or (counted and self._is_ours_alone(gap)))

    def _is_ours_alone(self, gap: Sequence[str]) -> bool:
        return self.verb is not None and self.verb.party is Party.US and not (gap or self.conditional)

    def _ours(self, thing: Thing, *, fresh: bool) -> tuple[Side | None, bool]:
        """Place what only a seller gives, where the clause says that we get it.

        A seller doesn't ask for a discount: "we need 15% off" and "can you do 15%?" are the client, quoted. But
        we all need support. "A rival offers 20% less" is nobody's give at this table.
        """
        sellers = thing.what in _SELLERS
        if not fresh:
            return Side.GIVE, False
        if not self.verb:
            return self.side, self.demanded
        if self.verb.party is Party.US:
            vague = thing.what in CATALOGUE and CATALOGUE[thing.what].service and thing.amount is None
            asks = self.verb.act is Act.ASK
            near = thing.first - self.verb.place <= _CLOSE
            return (None, False) if vague else (Side.GIVE if asks or sellers else Side.GET, asks and near)
        if not sellers or not self.verb.subject or self.verb.low in _BUYING:
            return (Side.GIVE if sellers else Side.GET), False
        quoted = self.verb.subject == "you" or self.verb.low in ("make", "take", "accept")
        return (Side.GIVE, True) if quoted else (None, False)

    def meaning_of(self, thing: Thing, before: str, gap: Sequence[str], *, demanded: bool) -> Thing | None:
        """Settle what only the clause can tell: money as price or discount, whether "for two years" is a term."""
        verb = self.verb.low if self.verb else ""
        close = self.verb is not None and thing.first - self.verb.place <= _CLOSE
        if thing.what == "payment terms" and verb in _PAYING and close:
            return None  # "they take 60 days to pay" is a habit
        if thing.what == "price":
            return self._money(thing, before, verb, demanded=demanded)
        if thing.bare and thing.what == "contract length" and before == "for":
            exchanged = self.traded or (bool(gap) and len(gap) <= len(("for", "a")))
            asked = self.verb is not None and self.verb.act is Act.ASK and close
            return thing if verb in _LASTING_VERBS or exchanged or asked else None
        return thing

    def _money(self, thing: Thing, before: str, verb: str, *, demanded: bool) -> Thing | None:
        if verb in _CUTS and before not in _ABSOLUTE:
            return replace(thing, what="discount", bare=False)
        ours = self.verb is not None and self.verb.party is Party.US and self.side is Side.GIVE
        return thing if demanded or ours else None


def _leans_on(gap: Sequence[str]) -> bool:
    """Tell "8% off with a two-year term": the second is what the first is given for."""
    led = [low for low in gap if low not in (",", "and", "but", "only")]
    return bool(led) and led[0] in ("with", "on", "at") and len(led) <= len(("with", "a", "new"))
