"""Signing or delivery by a date: the date's words are kept as typed, and none is computed here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coach.tokens import Kind, Token

_SIGNING = frozenset({
    "sign", "signs", "signed", "signing", "signature", "signatures", "close", "closes", "closed", "closing", "commit",
    "commits", "committing", "po", "countersign", "decide", "decision", "renew", "renews", "renewing", "order",
    "confirm", "signoff", "ink", "orders",
})  # fmt: skip
_DELIVERING = frozenset(
    {"deliver", "delivers", "delivery", "delivered", "live", "golive", "ship", "shipped", "rollout"}
)
_UNTIL = frozenset({"by", "before", "until", "till", "within"})
_SOON = frozenset({"this", "today", "tomorrow", "tonight", "next", "now", "on"})
_ANCHORS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu",
    "thur", "thurs", "fri", "sat", "sun", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "oct", "nov", "dec", "month", "months", "quarter", "year", "years", "week", "weeks", "days", "eom", "eoq", "eoy",
    "eow", "eod", "cob", "today", "tomorrow", "tonight", "christmas", "easter", "noon", "xmas", "weekend", "yearend",
    "monthend", "quarterend", "q",
})  # fmt: skip
_MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "q",
})  # fmt: skip
_LINKS = frozenset({
    "end", "of", "the", "this", "next", "our", "their", "fiscal", "close", "business", "day", "new", "mid", "latest",
    "st", "nd", "rd", "th", "first", "last", "half", "early", "late", "coming", "one", "two", "three", "four", "five",
    "six", "ten", "/", "a", "couple", "s",
})  # fmt: skip
_PAST = frozenset({"was", "were", "been", "got"})
_NOUNS = frozenset({"signature", "signing", "signoff"})
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_NOT_LAST = frozenset({"of", "the", "a", "/", "s"})
_STOPS = frozenset({".", ";", "!", "?", "\n", "if", "but", "we", "i", "they", "he", "she", "and", ","})
_REACH = 7
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is to happen by when; covers the tokens `first` to before `last`, its date words alone `condition`."""

    what: str
    first: int
    last: int
    condition: str


def deadlines(sentence: str, tokens: Sequence[Token]) -> list[Deadline]:
    """Find each "sign by 30 June", "signature before quarter end", "delivery by May"."""
    found: list[Deadline] = []
    for place, token in enumerate(tokens):
        what = "early signature" if token.low in _SIGNING else "delivery date" if token.low in _DELIVERING else ""
        what = "" if _low(tokens, place + 1) == "up" else what  # to sign up is something else
        past = token.low.endswith("ed") and _low(tokens, place - 1) in _PAST
        deadline = _deadline(sentence, tokens, place, what) if what and not past else None
        if deadline and not (found and found[-1].first == deadline.first):
            found.append(deadline)
    return found


def _deadline(sentence: str, tokens: Sequence[Token], place: int, what: str) -> Deadline | None:
    for start in range(place + 1, min(place + _REACH, len(tokens))):
        low = tokens[start].low
        if low in _STOPS:
            return None
        if low == "in" and _low(tokens, start + 1) in _MONTHS:
            low = "by"
        if low not in _UNTIL and (low not in _SOON or start > place + _REACH // 2):
            continue
        first = start + 1 if low in _UNTIL or low in ("on", "in") else start
        last = _date_end(tokens, first)
        if last:
            named = tokens[place].low in _NOUNS and start == place + 1
            words = sentence[tokens[first].start : tokens[last - 1].end]
            return Deadline(what, place if named else start, last, words)
    return None


def _low(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].low if 0 <= place < len(tokens) else ""


def _date_end(tokens: Sequence[Token], first: int) -> int:
    """Say where date words that begin here end; 0 where they are none."""
    last, anchored = first, False
    while last < min(first + _LONGEST, len(tokens)):
        token = tokens[last]
        if not (token.kind is Kind.NUMBER or token.low in _ANCHORS | _LINKS or _inside(tokens, last)):
            break
        anchored = anchored or _anchors(token) or (token.low in _ORDINAL and token.glued)
        last += 1
    while last > first and tokens[last - 1].low in _NOT_LAST:
        last -= 1
    return last if anchored else 0


def _inside(tokens: Sequence[Token], place: int) -> bool:
    """The mark in "30. June" and "June 30, 2027", or a last "now"."""
    if tokens[place].low in (",", ".") and place + 1 < len(tokens):
        after = tokens[place + 1]
        year = after.kind is Kind.NUMBER and len(after.low) == len("2027")
        return tokens[place - 1].kind is Kind.NUMBER and (year or after.low in _ANCHORS)
    return tokens[place].low == "now"


def _anchors(token: Token) -> bool:
    return token.low in _ANCHORS or token.low == "now" or (token.kind is Kind.NUMBER and "." in token.low)
