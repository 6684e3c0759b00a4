"""Who gives what: a walk through a sentence that keeps in mind whose clause it is in."""

from collections.abc import Sequence

from bot.coach.joints import then, turn
from bot.coach.segments import STRANGERS, Outcome
from bot.coach.sides import Placed, giver, opposite
from bot.coach.subjects import Before, Verb, verb_at
from bot.coach.talk import Talk
from bot.coach.things import Thing
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
    THEM,
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


def walk(tokens: Sequence[Token], things: Sequence[Thing], lean: Side | None) -> Outcome:
    """Put each thing on its side; what no clause claims goes to `lean`, or where it belongs by nature."""
    talk = Talk(tokens, {thing.first: thing for thing in things}, lean)
    walker = _Walker(talk)
    place = 0
    while place < len(tokens):
        place = walker.step(place)
    talk.close(len(tokens))
    return talk.outcome


class _Walker:
    """Takes in one word, cue or thing after the other."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def step(self, place: int) -> int:
        """Take in what begins at a place; say where to go on."""
        if place in self._talk.things:
            return self._thing(place)
        if cue := CUES.at(self._talk.tokens, place):
            turn(self._talk, cue[0], place, cue[1])
            return cue[1]
        self._word(place)
        return place + 1

    # Words

    def _word(self, place: int) -> None:
        token = self._talk.tokens[place]
        low = token.low
        if low in _STOPS:
            self._stop(place, low)
        elif low in _JOINS:
            self._join(place, low)
        elif low in NEGATIONS:
            self._talk.now.negated = self._talk.segment.negated = True
        elif low in VERBS and self._takes_verb(place):
            return
        elif low in NOMINATIVE_US | NOMINATIVE_THEM:
            self._subject(place, low)
        elif low == "for" and self._exchanges(place):
            self._exchange(place)
        else:
            self._other(place, token)

    def _stop(self, place: int, low: str) -> None:
        self._talk.close(place)
        self._talk.now.negated = False
        if low in _RESETS:
            self._talk.forget()
            self._talk.segment.conditional = False

    def _join(self, place: int, low: str) -> None:
        refused = self._talk.now.negated
        self._talk.close(place)
        if low in (",", "but", "plus", "while", "so") or (low == "and" and self._refuses_one(place)):
            self._talk.now.negated = False
        self._talk.segment.instead = refused and self._talk.low(place + 1) in ("just", "only")
        if low in ("but", "while", "so", "then"):
            then(self._talk, low)

    def _refuses_one(self, place: int) -> bool:
        """Tell "no discount and 3 days of training", which refuses one, from "can't do 15% and net 60"."""
        before = [self._talk.low(at) for at in range(place - _BACK, place)]
        after = self._talk.next_thing(place + 1, 2)
        return "no" in before and after is not None and (after.amount is not None or after.free)

    def _subject(self, place: int, low: str) -> None:
        now = self._talk.now
        if low == "you" and self._talk.segment.verb == place - 1:
            return  # "trade you 3 days of training"
        if low in ("we", "i", "they", "he", "she", "you"):
            self._talk.segment.subject = True
            now.negated = self._talk.low(place - 1) in NEGATIONS
            now.party = Party.US if low in NOMINATIVE_US else Party.THEM
            now.alive = False

    def _other(self, place: int, token: Token) -> None:
        segment = self._talk.segment
        leads_away = token.low == "to" and self._leads_away(place)
        if token.low in AWAY or leads_away:
            segment.away, self._talk.now.alive = True, False
        segment.why = segment.why or token.low == "why"
        segment.subject = segment.subject or token.low in _COPULAS
        segment.number = segment.number or token.kind is Kind.NUMBER
        if token.kind is Kind.WORD and token.low not in PLAIN | AUXILIARIES | US:
            segment.strangers.append(place)

    def _leads_away(self, place: int) -> bool:
        """Tell "want to talk about the discount" from "want to sign"."""
        after = self._talk.tokens[place + 1] if place + 1 < len(self._talk.tokens) else None
        if not after or place + 1 in self._talk.things or after.kind is not Kind.WORD:
            return False
        before = self._talk.low(place - 1)
        asks = before in VERBS or before in ("us", "them", "me", "him", "her")
        return asks and after.low not in VERBS and after.low not in PLAIN and after.low not in AUXILIARIES

    def _exchanges(self, place: int) -> bool:
        """Tell "8% for two years", an exchange, from "ask for two years"."""
        talk = self._talk
        before = talk.segment.open[-1] if talk.segment.open else talk.last.thing if talk.last else None
        if not before:
            return False
        if place - before.last <= 1:
            ahead = range(place + 1, place + _BACK)
            return any(at in talk.things or talk.low(at) in EXCHANGE for at in ahead)
        # Also further on: "5% on the first invoice, sorry, the second, for a logo".
        asks = talk.now.alive and talk.now.verb is not None and talk.now.verb.act is Act.ASK
        meant = talk.next_thing(place + 1, _BACK) if talk.low(place - 1) in _JOINS or not asks else None
        return meant is not None and talk.last is not None and giver(meant) is opposite(talk.last.side)

    def _exchange(self, place: int) -> None:
        """Begin the second half of "8% for ..."; what may be either's is the other half of what follows."""
        talk = self._talk
        ahead = talk.next_thing(place + 1, _BACK)
        follows = giver(ahead) if ahead else None
        waiting = talk.segment.open
        told = any(thing.amount is not None for thing in (*waiting, ahead) if thing)
        idle = talk.segment.away or talk.segment.negated
        if follows and told and not idle and all(giver(thing) is not follows for thing in waiting):
            talk.hand_over(opposite(follows))
        talk.last_side()
        talk.now.swap = True

    # Verbs

    def _takes_verb(self, place: int) -> bool:
        talk, now = self._talk, self._talk.now
        promised = talk.last is not None and talk.last.side is Side.GIVE
        verb = verb_at(talk.tokens, talk.things, place, Before(now.party, now.conditional, promised))
        if not verb or (talk.segment.why and verb.party is Party.US):
            return False
        if now.swap and verb.low in EXCHANGE:
            self._swap_sides()
            return True
        asked = now.verb if now.verb and now.verb.act is Act.ASK and now.alive else None
        if asked and verb.infinitive and verb.still_asks(asked):
            return True
        let = now.verb if now.verb and now.verb.low in LETTING else None
        if let and place - let.place <= len(["let", "them"]) and now.alive:
            return True
        self._adopt(verb, demanded=now.demanded and asked is not None and verb.infinitive and verb.party is Party.US)
        self._claim_backwards(place)
        return True

    def _adopt(self, verb: Verb, *, demanded: bool) -> None:
        now, segment = self._talk.now, self._talk.segment
        now.verb, now.party, now.alive, now.accept, now.side = verb, verb.party, True, verb.act is Act.ACCEPT, verb.side
        asks = verb.act is Act.ASK or (verb.act is Act.SAY and verb.party is Party.THEM)
        now.demanded = demanded or (asks and verb.side is Side.GIVE)
        segment.verb = verb.place
        segment.away, segment.strangers = False, []

    def _claim_backwards(self, place: int) -> None:
        """Give things to a verb that follows them: "the 15% off they asked for"."""
        talk, now = self._talk, self._talk.now
        waiting = talk.segment.open
        if not waiting or place - waiting[-1].last > _BACK:
            return
        between = [token.low for token in talk.tokens[waiting[-1].last : place + 1]]
        if between[0] in _BRINGS or (between[0] in AUXILIARIES and between[1:2] and between[1] in _BRINGS):
            talk.segment.open = []
            talk.outcome.placed += [Placed(thing, giver(thing) or Side.GET) for thing in waiting if not thing.rough]
            now.side, now.demanded = Side.GIVE, False
        elif now.side and (talk.segment.conditional or talk.low(waiting[0].first - 1) in _AGAINST):
            talk.hand_over(opposite(now.side))
        elif any(low in NOMINATIVE_US | NOMINATIVE_THEM for low in between) or between[0] in ("is", "was", "that"):
            talk.segment.open = []
            for thing in waiting:
                talk.put(thing)

    def _swap_sides(self) -> None:
        talk, verb = self._talk, self._talk.now.verb
        if last := talk.last_side():
            talk.now.take(opposite(last))
            talk.now.verb, talk.now.traded = verb, True
        talk.now.swap = False

    # Things

    def _thing(self, place: int) -> int:
        talk = self._talk
        thing = talk.things[place]
        begins = VERBS.get(talk.low(place))
        if begins in (Act.BIND, Act.YIELD) and not talk.now.swap:
            self._takes_verb(place)
        if talk.now.swap:
            self._swap_sides()
        talk.segment.things += not thing.rough
        if talk.now.alive and talk.now.side and len(talk.segment.strangers) <= STRANGERS:
            talk.put(thing)
        elif talk.now.negated:
            talk.refused.append(Placed(thing, giver(thing) or Side.GIVE))
        elif not self._is_a_share(thing):
            talk.segment.listed = talk.segment.listed or talk.is_listed(thing)
            talk.segment.open.append(thing)
        return max(thing.last, place + 1)

    def _is_a_share(self, thing: Thing) -> bool:
        """Tell who spoke how much ("me 70%, them 30%") from what is offered."""
        whose = self._talk.low(thing.first - 1) in US | THEM
        return whose and thing.bare and thing.unit == "%" and not thing.limit
