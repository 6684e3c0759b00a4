"""The client's own words, retold as ours: 'she said "we sign if you give us 10%"' is about what they would do."""

from collections.abc import Sequence
from dataclasses import replace

from bot.coach.tokens import Kind, Token
from bot.coach.verbs import THEM, US, VERBS

_CLOSED_BY = {'"': '"', "'": "'", "\u2018": "\u2019", "\u201c": "\u201d", "\u201e": "\u201c", "\u00ab": "\u00bb"}
_SAYING = frozenset({
    "said", "says", "saying", "say", "wrote", "writes", "writing", "told", "tells", "replied", "replies", "answered",
    "goes", "went", "mailed", "emailed", "texted", "asked", "asks", "like",
})  # fmt: skip
_ADDRESSED = frozenset({"me", "us", ":", ",", "just"})
_SPEAKERS = THEM | frozenset({"his", "her", "their"})
_RETOLD = {"we": "they", "i": "they", "us": "them", "me": "them", "our": "their", "my": "their", "your": "our"}
_MAY = frozenset({"can", "could", "may"})
_OURSELVES = frozenset({"we", "i"})
# "You could say '...'" is advice, and so our own words.
_ADVISED = frozenset({"to", "can", "could", "should", "would", "you"})
_OF_US = frozenset({"we", "i", "you"})
# These may come first: "buyer: can you do net 60?"
_ASKING = frozenset({"can", "could", "would", "will", "if", "do", "may", "when", "then", "but", "and"})
# How far before or after a quotation its speaker is named.
_REACH = 6


def retold(tokens: Sequence[Token]) -> Sequence[Token]:
    """Turn round who is who where a client is quoted: after "she said", after "client:", before "her words"."""
    told = list(tokens)
    place, unclosed = 0, frozenset[str]()
    while place < len(tokens):
        low = tokens[place].low
        first = place + 1
        if low in _CLOSED_BY and low not in unclosed:
            last = _closing(tokens, first, _CLOSED_BY[low])
            unclosed = unclosed if last else unclosed | {low}
        elif low == ":" and _is_headed(tokens, place) and _begins_with_us(tokens, first):
            last = _line_end(tokens, first)
        else:
            last = 0
        if last and (low == ":" or _is_theirs(tokens, place, last)):
            told[first:last] = [_turned(tokens, at) for at in range(first, last)]
        place = last + 1 if last else first
    return told


def _closing(tokens: Sequence[Token], first: int, mark: str) -> int:
    """Say where the quotation ends; 0 where nothing closes it."""
    return next((at for at in range(first, len(tokens)) if tokens[at].low == mark), 0)


def _line_end(tokens: Sequence[Token], first: int) -> int:
    """Say where a client's line of a dialogue ends: with the line, or where we answer ("me: ...")."""
    for at in range(first, len(tokens)):
        answered = tokens[at].low in US and at + 1 < len(tokens) and tokens[at + 1].low == ":"
        if answered or tokens[at].kind is Kind.LINE:
            return at
    return len(tokens)


def _is_headed(tokens: Sequence[Token], place: int) -> bool:
    """Whether a client stands before a colon, as in a play: "buyer: we need net 60"."""
    if not place or tokens[place - 1].low not in THEM:
        return False
    return place == 1 or tokens[place - 2].kind in (Kind.MARK, Kind.LINE) or tokens[place - 2].low == "the"


def _begins_with_us(tokens: Sequence[Token], first: int) -> bool:
    first += first < len(tokens) and tokens[first].low in _ASKING
    return first < len(tokens) and tokens[first].low in _OF_US


def _is_theirs(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a quotation is a client's: somebody else says so right before it, or right after."""
    after = [token.low for token in tokens[last + 1 : last + _REACH]]
    if set(after[:2]) & _SPEAKERS and set(after) & (_SAYING | {"words"}):
        return True
    before = [token.low for token in tokens[max(first - _REACH, 0) : first]]
    while before and before[-1] in _ADDRESSED:
        before.pop()
    if first and tokens[first - 1].low == ":" and before and before[-1] in THEM:
        return True
    return len(before) > 1 and before[-1] in _SAYING and before[-2] not in US | _ADVISED


def _turned(tokens: Sequence[Token], place: int) -> Token:
    token = tokens[place]
    if token.low in _MAY and place + 1 < len(tokens) and tokens[place + 1].low in _OURSELVES:
        return replace(token, low="they")  # "can we pay net 60?" is "they want to pay net 60"
    if token.low in _OURSELVES and place and tokens[place - 1].low in _MAY:
        return replace(token, low="want")
    if token.low == "you":
        return replace(token, low="us" if place and tokens[place - 1].low in VERBS else "we")
    return replace(token, low=_RETOLD[token.low]) if token.low in _RETOLD else token
