"""Finds the deal a sentence speaks of: "acme want 15% off", "gave 5% off for acme"."""

import re
from dataclasses import dataclass

from bot.coach.deals import Deal
from bot.coach.reading import read
from bot.coach.tradables import Side
from store.unit import Unit

_NAME = r"(?P<name>\S+(?:\s+\S+){0,3}?)"
_FOR = re.compile(rf"\b(?P<how>for|with|to|at|from)\s+(?:the\s+)?{_NAME}\s*[.!]*$", re.IGNORECASE)
_WANTS = re.compile(
    rf"^(?:the\s+)?{_NAME}\s+(?:now\s+|just\s+|really\s+|still\s+|also\s+)?"
    r"(?:wants?|asks?|asked|is asking|are asking|demands?|needs?|insists?|expects?|says?|said|requests?)\b",
    re.IGNORECASE,
)
# Words that stand where a name could, and are none.
_NOBODY = frozenset(
    [
        "they",
        "he",
        "she",
        "it",
        "we",
        "i",
        "you",
        "the",
        "client",
        "customer",
        "buyer",
        "procurement",
        "someone",
        "everybody",
        "free",
        "me",
        "us",
        "them",
        "him",
        "her",
        "who",
    ]
)
_CLIPPED = 500


@dataclass(frozen=True, slots=True)
class About:
    """The open deal a sentence names, the sentence without "for acme" at its end, a name that is no deal of mine."""

    deal: Deal | None
    words: str
    unknown: str = ""


def about(sentence: str, work: Unit) -> About:
    """Find the one deal a sentence is about. What it doesn't name is not guessed."""
    line = " ".join(sentence.split())[:_CLIPPED]
    if (ending := _FOR.search(line)) and (name := _name(ending["name"])):
        rest = line[: ending.start()].strip(" ,")
        if deal := _only(name, work):
            return About(deal, rest)
        if ending["how"].lower() == "for" and not _is_tradable(name):
            return About(None, rest, name)
    if (opening := _WANTS.match(line)) and (name := _name(opening["name"])):
        return About(_only(name, work), sentence)
    return About(None, sentence)


def _only(name: str, work: Unit) -> Deal | None:
    found = work.deals.find(name, limit=2)
    return found[0] if len(found) == 1 else None


def _is_tradable(words: str) -> bool:
    found = read(words, Side.GET)
    return bool(found.gets or found.gives or found.problems)


def nearest(work: Unit) -> Deal | None:
    """The deal that is likely meant where none is named: of the plan touched last, or the only one there is."""
    if plans := work.plans.recent(1):
        return plans[0][1]
    deals = work.deals.next(limit=2)
    return deals[0] if len(deals) == 1 else None


def _name(written: str) -> str:
    """What stands where a name could, if it can be one."""
    words = written.strip(" .,!?").split()
    is_name = words and not any(word.casefold() in _NOBODY or word[0].isdigit() for word in words)
    return " ".join(words) if is_name else ""
