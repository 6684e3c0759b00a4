"""The little words on which a sentence turns: "if", "in return", "unless", "from them"."""

from bot.coach.sides import Placed, giver, opposite
from bot.coach.talk import Talk
from bot.coach.tradables import Side
from bot.coach.verbs import Party

_NOUN_CUES = {"demand": (Side.GIVE, True), "offered": (Side.GIVE, False), "wanted": (Side.GET, False)}
_FROM = {"from us": Side.GIVE, "from them": Side.GET}
_MINE = frozenset({"discount", "free months", "payment terms"})
# How far ahead what comes "in return" may be named.
_AHEAD = 4


def turn(talk: Talk, meaning: str, first: int, end: int) -> None:
    """Let the talk take the turn that a cue means, which stands at the tokens `first` to before `end`."""
    if meaning == "not":
        talk.now.negated = talk.segment.negated = True
    elif meaning in _FROM:
        _from(talk, _FROM[meaning], first, end)
    elif meaning == "return" and talk.segment.open and not talk.next_thing(end, _AHEAD):
        _returned(talk)
    elif meaning not in ("maybe", "least"):
        talk.close(first - 1)
        talk.segment.first = end if meaning in ("if", "unless", "return") else talk.segment.first
        talk.segment.conditional = meaning in ("if", "unless") or talk.segment.conditional
        _begin(talk, meaning, first, end)


def then(talk: Talk, low: str) -> None:
    """Go on with "then", which gives the other side of a condition, or with "but", which begins afresh."""
    now = talk.now
    if low == "then" and now.conditional and now.side:
        now.side, now.demanded, now.conditional = opposite(now.side), False, False
    elif low != "then":
        now.alive = now.conditional = False


def _begin(talk: Talk, meaning: str, first: int, end: int) -> None:
    if meaning in _NOUN_CUES:
        side, demanded = _NOUN_CUES[meaning]
        talk.now.take(side, demanded=demanded)
    elif meaning == "threat":
        _threat(talk)
    elif meaning == "unless":
        _unless(talk, without=talk.low(first) == "without")
    elif meaning == "return":
        _return(talk, end)
    elif meaning == "if":
        talk.now.conditional, talk.now.alive, talk.now.negated = True, False, False
    else:
        then(talk, "then")


def _from(talk: Talk, side: Side, first: int, end: int) -> None:
    """Read "a price lock from us", and "from them: a logo" as the heading of a list."""
    if talk.segment.open:
        talk.hand_over(side)
    elif talk.low(end) in (":", ",") or (talk.segment.things == 0 and talk.segment.bare and first > 0):
        talk.close(first - 1)
        talk.now.take(side)


def _returned(talk: Talk) -> None:
    """Read "8% off, a case study in return": what stands right before comes back for what was said earlier."""
    before = talk.last.side if talk.last else None
    mine = giver(talk.segment.open[-1])
    side = opposite(before) if before else mine
    if side:
        talk.hand_over(side)


def _threat(talk: Talk) -> None:
    talk.now.alive = False
    if talk.now.verb is None and talk.last and talk.last.side is Side.GIVE:
        talk.outcome.placed[-1] = Placed(talk.last.thing, Side.GIVE, demanded=True)


def _unless(talk: Talk, *, without: bool) -> None:
    """Read "we won't do 8% unless ..." as an offer with a condition; "sign without" as a demand."""
    now = talk.now
    negated, party = now.negated, now.party
    talk.outcome.placed += [one for one in talk.refused if one.side is Side.GIVE and not one.demanded]
    talk.refused, now.negated, now.alive = [], False, False
    if not negated:
        now.negated = talk.segment.negated = without
        return
    now.conditional, now.alive = True, True
    now.side = Side.GIVE if party is Party.THEM else Side.GET
    now.demanded = now.side is Side.GIVE


def _return(talk: Talk, end: int) -> None:
    """The other side of what was said; at the beginning, what we get, unless the thing is ours by nature."""
    before = talk.last.side if talk.last else None
    ahead = talk.next_thing(end, _AHEAD)
    mine = giver(ahead) if ahead and ahead.what in _MINE else None
    talk.now.take(opposite(before) if before else mine or Side.GET)
    talk.now.conditional, talk.now.traded = False, True
