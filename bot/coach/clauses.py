"""Who gives what: a walk through a sentence that keeps in mind whose clause it is in."""

from collections.abc import Mapping, Sequence

from bot.coach.segments import STRANGERS, Ledger, Outcome, Segment
from bot.coach.sides import Clause, Placed, natural, opposite
from bot.coach.subjects import Verb, verb_at
from bot.coach.things import Thing
from bot.coach.things import low as low_at
from bot.coach.tokens import Kind, Token
from bot.coach.tradables import Side
from bot.coach.verbs import (
    AUXILIARIES,
    AWAY,
    CUES,
    EXCHANGE,
    LETTING,
    NEGATIONS,
    NOMINATIVE_THEM,
    NOMINATIVE_US,
    PLAIN,
    US,
    VERBS,
    Act,
    Party,
)

_STOPS = frozenset({".", "!", "?", ";", "\n", ":", "-", "•", "*", "(", ")", "|", "–", "—"})
_RESETS = frozenset({".", "!", "?"})
_JOINS = frozenset({",", "and", "plus", "or", "but", "then", "while", "so", "also", "yet", "additionally"})
# "A case study would get them 5%": its subject is what the rest is given for.
_BRINGS = frozenset(
    {"get", "gets", "let", "lets", "buy", "buys", "earn", "earns", "allow", "allows", "bring", "brings", "unlocks"}
)
_BACK = 4
# "For 100 seats we'd do 10%": what stands after these is what the rest is given for.
_AGAINST = frozenset({"for", "at", "with", "on"})
_COPULAS = frozenset({"is", "are", "was", "were", "has", "had", "ends", "runs"})
_NOUN_CUES = {"demand": (Side.GIVE, True), "offered": (Side.GIVE, False), "wanted": (Side.GET, False)}


def walk(tokens: Sequence[Token], things: Sequence[Thing], lean: Side | None) -> Outcome:
    """Put each thing on its side; what no clause claims goes to `lean`, or where it belongs by nature."""
    walker = _Walker(tokens, {thing.first: thing for thing in things}, lean)
    place = 0
    while place < len(tokens):
        place = walker.step(place)
    walker.close(len(tokens))
    return walker.outcome


class _Walker:
    """What is in mind while walking: whose clause, which side, whether refused or demanded."""

    def __init__(self, tokens: Sequence[Token], things: Mapping[int, Thing], lean: Side | None) -> None:
        self._ledger = Ledger(lean)
        self._tokens, self._things = tokens, things
        self.outcome = self._ledger.outcome
        self._segment = Segment(0)
        self._forget()

    def _forget(self) -> None:
        self._now = Clause()
        self._refused: list[Placed] = []

    def step(self, place: int) -> int:
        """Take in what begins at a place; say where to go on."""
        if place in self._things:
            return self._thing(place)
        if cue := CUES.at(self._tokens, place):
            return self._cue(cue[0], place, cue[1])
        self._word(place)
        return place + 1

    def close(self, place: int) -> None:
        """End a segment, and begin the next."""
        self._ledger.settle(self._segment, place)
        self._segment = Segment(place + 1, conditional=self._now.conditional)
        self._now.swap = False

    # Words

    def _word(self, place: int) -> None:
        token = self._tokens[place]
        low = token.low
        if low in _STOPS:
            self._stop(place, low)
        elif low in _JOINS:
            self._join(place, low)
        elif low in NEGATIONS:
            self._now.negated = self._segment.negated = True
        elif low in VERBS and self._takes_verb(place):
            return
        elif low in NOMINATIVE_US | NOMINATIVE_THEM:
            self._subject(place, low)
        elif low == "for" and self._exchanges(place):
            self._now.swap = True
        else:
            self._other(place, token)

    def _stop(self, place: int, low: str) -> None:
        self.close(place)
        self._now.negated = False
        if low in _RESETS:
            self._forget()
            self._segment.conditional = False

    def _join(self, place: int, low: str) -> None:
        self.close(place)
        if low in (",", "but", "plus", "while", "so"):
            self._now.negated = False
        if low in ("but", "while", "so", "then"):
            self._then(low)

    def _then(self, low: str) -> None:
        if low == "then" and self._now.conditional and self._now.side:
            self._now.side, self._now.demanded, self._now.conditional = opposite(self._now.side), False, False
        elif low != "then":
            self._now.alive = self._now.conditional = False

    def _subject(self, place: int, low: str) -> None:
        if low in ("we", "i", "they", "he", "she", "you"):
            self._segment.subject = True
            self._now.negated = place > 0 and self._tokens[place - 1].low in NEGATIONS
            self._now.party = Party.US if low in NOMINATIVE_US else Party.THEM
            self._now.alive = False

    def _other(self, place: int, token: Token) -> None:
        if token.low in AWAY:
            self._segment.away, self._now.alive = True, False
        self._segment.subject = self._segment.subject or token.low in _COPULAS
        if token.low == "to" and self._leads_away(place):
            self._now.alive = False
            self._segment.away = True
        if token.kind is Kind.WORD and token.low not in PLAIN | AUXILIARIES | US:
            self._segment.strangers.append(place)

    def _leads_away(self, place: int) -> bool:
        """Tell "want to talk about the discount" from "want to sign"."""
        after = self._tokens[place + 1] if place + 1 < len(self._tokens) else None
        if not after or place + 1 in self._things or after.kind is not Kind.WORD:
            return False
        before = self._tokens[place - 1].low if place else ""
        asks = before in VERBS or before in ("us", "them", "me", "him", "her")
        return asks and after.low not in VERBS and after.low not in PLAIN and after.low not in AUXILIARIES

    def _exchanges(self, place: int) -> bool:
        """Tell "8% for two years", an exchange, from "ask for two years"."""
        last = self.outcome.placed[-1].thing if self.outcome.placed else None
        before = self._segment.open[-1] if self._segment.open else last
        if not before or place - before.last > 1:
            return False
        return any(
            ahead in self._things or self._tokens[ahead].low in EXCHANGE
            for ahead in range(place + 1, min(place + 4, len(self._tokens)))
        )

    def _low(self, place: int) -> str:
        return low_at(self._tokens, place)

    # Verbs

    def _takes_verb(self, place: int) -> bool:
        verb = verb_at(self._tokens, self._things, place, self._now.party, conditional=self._now.conditional)
        if not verb:
            return False
        if self._now.swap and self._tokens[place].low in EXCHANGE:
            self._swap_sides()
            return True
        asked = self._now.verb if self._now.verb and self._now.verb.act is Act.ASK and self._now.alive else None
        if asked and verb.infinitive and verb.still_asks(asked):
            return True
        let = self._now.verb if self._now.verb and self._now.verb.low in LETTING else None
        if let and place - let.place <= len(["let", "them"]) and self._now.alive:
            return True
        demanded = self._now.demanded and asked is not None and verb.infinitive and verb.party is Party.US
        self._adopt(verb, demanded=demanded)
        self._claim_backwards(place)
        return True

    def _adopt(self, verb: Verb, *, demanded: bool) -> None:
        now = self._now
        now.verb, now.party, now.alive, now.accept, now.side = verb, verb.party, True, verb.act is Act.ACCEPT, verb.side
        asks = verb.act is Act.ASK or (verb.act is Act.SAY and verb.party is Party.THEM)
        now.demanded = demanded or (asks and verb.side is Side.GIVE)
        self._segment.verb = verb.place
        self._segment.away, self._segment.strangers = False, []

    def _claim_backwards(self, place: int) -> None:
        """Give things to a verb that follows them: "the 15% off they asked for"."""
        waiting = self._segment.open
        if not waiting or place - waiting[-1].last > _BACK:
            return
        between = [token.low for token in self._tokens[waiting[-1].last : place + 1]]
        if between[0] in _BRINGS or (between[0] in AUXILIARIES and between[1:2] and between[1] in _BRINGS):
            self._segment.open = []
            self.outcome.placed += [
                Placed(thing, natural(thing.what) or Side.GET) for thing in waiting if not thing.rough
            ]
            self._now.side, self._now.demanded = Side.GIVE, False
        elif self._now.side and (self._segment.conditional or self._low(waiting[0].first - 1) in _AGAINST):
            self._segment.open = []
            self.outcome.placed += [Placed(thing, opposite(self._now.side)) for thing in waiting if not thing.rough]
        elif any(low in NOMINATIVE_US | NOMINATIVE_THEM for low in between) or between[0] in ("is", "was", "that"):
            self._segment.open = []
            for thing in waiting:
                self._put(thing)

    # Little words with a meaning

    def _cue(self, meaning: str, first: int, end: int) -> int:
        if meaning == "not":
            self._now.negated = self._segment.negated = True
        elif meaning != "maybe":
            self.close(first - 1)
            self._segment.first = end if meaning in ("if", "unless", "return") else self._segment.first
            self._segment.conditional = meaning in ("if", "unless") or self._segment.conditional
            self._joint(meaning, first, end)
        return end

    def _joint(self, meaning: str, first: int, end: int) -> None:
        if meaning in _NOUN_CUES:
            side, demanded = _NOUN_CUES[meaning]
            self._now.take(side, demanded=demanded)
        elif meaning == "threat":
            self._threat()
        elif meaning == "unless":
            self._unless(without=self._tokens[first].low == "without")
        elif meaning == "return":
            self._return(end)
        elif meaning == "if":
            self._now.conditional, self._now.alive, self._now.negated = True, False, False
        else:
            self._then("then")

    def _threat(self) -> None:
        self._now.alive = False
        if self._now.verb is None and self.outcome.placed and self.outcome.placed[-1].side is Side.GIVE:
            self.outcome.placed[-1] = Placed(self.outcome.placed[-1].thing, Side.GIVE, demanded=True)

    def _unless(self, *, without: bool) -> None:
        """Read "we won't do 8% unless ..." as an offer with a condition; "sign without" as a demand."""
        negated, party = self._now.negated, self._now.party
        restored = [one for one in self._refused if one.side is Side.GIVE and not one.demanded]
        self.outcome.placed += restored
        self._refused, self._now.negated, self._now.alive = [], False, False
        if not negated:
            self._now.negated = self._segment.negated = without
            return
        self._now.conditional, self._now.alive = True, True
        self._now.side = Side.GIVE if party is Party.THEM else Side.GET
        self._now.demanded = self._now.side is Side.GIVE

    def _return(self, end: int) -> None:
        """The other side of what was said; at the beginning, what we get, unless the thing is ours by nature."""
        before = self.outcome.placed[-1].side if self.outcome.placed else None
        ahead = next((self._things[at] for at in range(end, end + _BACK) if at in self._things), None)
        mine = natural(ahead.what) if ahead and ahead.what in ("discount", "free months", "payment terms") else None
        self._now.take(opposite(before) if before else mine or Side.GET)
        self._now.conditional = False

    def _swap_sides(self) -> None:
        last = self._last_side()
        if last:
            verb = self._now.verb
            self._now.take(opposite(last))
            self._now.verb = verb
        self._now.swap = False

    def _last_side(self) -> Side | None:
        if self._segment.open:
            for thing in self._segment.open:
                self._ledger.claim(thing, self._segment)
            self._segment.open = []
        return self.outcome.placed[-1].side if self.outcome.placed else None

    # Things

    def _thing(self, place: int) -> int:
        thing = self._things[place]
        begins = VERBS.get(self._tokens[place].low)
        if begins in (Act.BIND, Act.YIELD) and not self._now.swap:
            self._takes_verb(place)
        if self._now.swap:
            self._swap_sides()
        self._segment.things += not thing.rough
        if self._now.alive and self._now.side and len(self._segment.strangers) <= STRANGERS:
            self._put(thing)
        elif self._now.negated:
            self._refused.append(Placed(thing, natural(thing.what) or Side.GIVE))
        else:
            self._segment.open.append(thing)
        return max(thing.last, place + 1)

    def _put(self, thing: Thing) -> None:
        """Put a thing on the side of the clause, if it can be there."""
        if thing.rough:
            self._segment.open.append(thing)
            return
        last = self.outcome.placed[-1] if self.outcome.placed else None
        gap = [token.low for token in self._tokens[last.thing.last : thing.first][:_BACK]] if last else []
        side, demanded = self._now.side_of(thing, gap, fresh=self._segment.verb is not None)
        before = self._low(thing.first - 1)
        meant = self._now.meaning_of(thing, before, gap, demanded=demanded)
        if side is None or meant is None:
            return
        if self._now.negated and not thing.limit:
            self._refused.append(Placed(meant, side, demanded))
        else:
            self.outcome.placed.append(Placed(meant, side, demanded))
