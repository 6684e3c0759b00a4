"""What is kept in mind while a sentence is walked through: whose clause it is, what is open, what was refused."""

from collections.abc import Mapping, Sequence

from bot.coach.segments import Ledger, Outcome, Segment
from bot.coach.sides import Clause, Placed
from bot.coach.things import Thing
from bot.coach.things import low as low_at
from bot.coach.tokens import Token
from bot.coach.tradables import Side

_GAP = 5
# Between two things of one list: "5%, and also a price lock".
_LISTING = frozenset({",", "and", "plus", "also", "a", "an", "the", "their", "our", "some", "from", "over", "above"})


class Talk:
    """The sentence with the things it names by their first token, and where in it we are."""

    def __init__(self, tokens: Sequence[Token], things: Mapping[int, Thing], lean: Side | None) -> None:
        """Begin before the first word. `lean` is the side that was asked about."""
        self.tokens, self.things = tokens, things
        self.ledger = Ledger(lean)
        self.segment = Segment(0)
        self.forget()

    def forget(self) -> None:
        """Begin a new sentence: no clause lasts into it."""
        self.now = Clause()
        self.refused: list[Placed] = []

    @property
    def outcome(self) -> Outcome:
        """What was found so far."""
        return self.ledger.outcome

    @property
    def last(self) -> Placed | None:
        """What was placed last."""
        return self.outcome.placed[-1] if self.outcome.placed else None

    def low(self, place: int) -> str:
        """Give the plain spelling at a place; empty outside the sentence."""
        return low_at(self.tokens, place)

    def close(self, place: int) -> None:
        """End a segment, and begin the next."""
        self.ledger.settle(self.segment, place)
        self.segment = Segment(place + 1, conditional=self.now.conditional)
        self.now.swap = self.now.traded = False

    def next_thing(self, place: int, reach: int) -> Thing | None:
        """Give the thing that begins at a place or up to `reach` tokens on."""
        return next((self.things[at] for at in range(place, place + reach) if at in self.things), None)

    def gap(self, thing: Thing) -> list[str]:
        """Give the first words between what was placed last and a thing."""
        if not self.last:
            return []
        first = self.last.thing.last
        return [token.low for token in self.tokens[first : min(thing.first, first + _GAP)]]

    def is_listed(self, thing: Thing) -> bool:
        """Whether a thing goes on with the list that the one before stands in."""
        waiting = self.segment.open[-1] if self.segment.open else None
        gap = [token.low for token in self.tokens[waiting.last : thing.first]] if waiting else self.gap(thing)
        return 0 < len(gap) < _GAP and all(low in _LISTING for low in gap)

    def hand_over(self, side: Side) -> None:
        """Put on a side what no verb has claimed so far."""
        waiting, self.segment.open = self.segment.open, []
        self.outcome.placed += [Placed(thing, side) for thing in waiting if not thing.rough]

    def last_side(self) -> Side | None:
        """Say on which side the thing before belongs, even if no verb has claimed it."""
        for thing in self.segment.open:
            self.ledger.claim(thing, self.segment)
        self.segment.open = []
        return self.last.side if self.last else None

    def put(self, thing: Thing) -> None:
        """Put a thing on the side of the clause, if it can be there."""
        if thing.rough:
            self.segment.open.append(thing)
            return
        gap = self.gap(thing)
        side, demanded = self.now.side_of(thing, gap, fresh=self.segment.verb is not None)
        meant = self.now.meaning_of(thing, self.low(thing.first - 1), gap, demanded=demanded)
        if side is None or meant is None:
            return
        among = self.refused if self.now.negated and not thing.limit else self.outcome.placed
        among.append(Placed(meant, side, demanded))
