"""The stretches of a sentence between its joints, and what becomes of what no verb claimed."""

from dataclasses import dataclass, field

from bot.coach.sides import Placed, giver
from bot.coach.things import Thing
from bot.coach.tradables import Side

# So many words of which nothing is known, and the thing after them belongs to another thought.
STRANGERS = 3


@dataclass(slots=True)
class Segment:
    """A stretch between two joints, from the token `first`, and what was met in it.

    `strangers` are the places of words of which nothing is known, `number` says that a number of nothing known is
    among it, `away` that it talks about something rather than putting it on the table, `why` that it asks why,
    `listed` that it goes on with a list, `instead` that it names what takes the place of something refused.
    `open` are things that no verb has claimed so far.
    """

    first: int
    things: int = 0
    strangers: list[int] = field(default_factory=list)
    verb: int | None = None
    away: bool = False
    why: bool = False
    instead: bool = False
    listed: bool = False
    number: bool = False
    negated: bool = False
    conditional: bool = False
    subject: bool = False
    open: list[Thing] = field(default_factory=list)

    @property
    def rough(self) -> bool:
        """Whether it holds money without a currency."""
        return any(thing.rough for thing in self.open)

    @property
    def bare(self) -> bool:
        """Whether it is a plain list of things."""
        return not (self.strangers or self.away or self.subject)


@dataclass(slots=True)
class Outcome:
    """What the walk found: things on a side, and stretches of tokens that were not understood."""

    placed: list[Placed] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    rough: bool = False


class Ledger:
    """Keeps what was found, and settles each segment as it ends. `lean` is the side that was asked about."""

    def __init__(self, lean: Side | None) -> None:
        """Begin with an empty table."""
        self.outcome = Outcome()
        self._lean = lean

    def settle(self, segment: Segment, place: int) -> None:
        """End a segment before a place: claim what stands alone, and keep what was not understood."""
        for thing in segment.open:
            self.claim(thing, segment)
        counted = segment.number and self._lean is not None
        if not segment.things and (segment.strangers or segment.rough or counted) and not segment.negated:
            self._puzzle(segment, place)

    def claim(self, thing: Thing, segment: Segment) -> None:
        """Place what stands alone: where the talk leans, where it belongs by nature, or nowhere."""
        if thing.rough or segment.negated or len(segment.strangers) > STRANGERS:
            return
        wanted = segment.conditional or segment.listed or segment.instead
        if not self._lean and (thing.what == "price" or (thing.what == "volume" and not wanted)):
            return
        side = self._lean or giver(thing) or (Side.GIVE if thing.limit else self._beside(thing))
        asked = segment.conditional and side is Side.GET  # "subject to a case study"
        told = thing.amount is not None or bool(thing.condition) or thing.free
        definite = told or asked or segment.listed or segment.instead
        limited = thing.limit and thing.what == "discount"
        leans = self._lean is not None and not segment.away
        due = asked and bool(thing.condition) and not segment.away  # "if their order lands by 15 May"
        if side and ((segment.bare and definite) or limited or leans or due):
            self.outcome.placed.append(Placed(thing, side))

    def _beside(self, thing: Thing) -> Side | None:
        """The side of the thing listed right before."""
        last = self.outcome.placed[-1] if self.outcome.placed else None
        return last.side if last and thing.first - last.thing.last <= len([",", "and"]) else None

    def _puzzle(self, segment: Segment, place: int) -> None:
        """Keep a stretch that looks like an item of a list or a condition, to be asked about."""
        listed = self._lean is not None and not segment.away
        if listed or segment.verb is not None or segment.conditional or segment.rough:
            first = segment.first if segment.verb is None else segment.verb + 1
            self.outcome.unread.append((first, place))
            self.outcome.rough = self.outcome.rough or segment.rough
