"""A sentence as tokens that know where they stand, so that what was read can be shown as it was typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_APOSTROPHES = "'\u2019\u02bc`\u00b4"
_TOKEN = re.compile(
    rf"(?P<word>w/o?\b|w/(?=\s)|[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+)*)"
    rf"|(?P<number>[0-9]+(?:[.,{_APOSTROPHES}\u00a0\u202f][0-9]+)*)"
    r"|(?P<line>\n)|(?P<mark>\S)",
    re.IGNORECASE,
)
_NOT_A_SPACE = re.compile(r"\S")
_SHORT_FOR = {"w/": "with", "w/o": "without", "&": "and", "+": "and", "…": ".", "\u2212": "-", "–": "-", "—": "-"}
_PRONOUNS = frozenset({"they", "we", "i", "you", "he", "she", "it", "who", "that", "there"})
# Apostrophes that tired thumbs leave out; "were", "well", "ill" and "shed" are words of their own.
_LEFT_OUT = {
    "theyd": "they", "theyll": "they", "theyre": "they", "theyve": "they", "weve": "we", "im": "i", "ive": "i",
    "id": "i", "youd": "you", "youll": "you", "youre": "you", "hes": "he", "shes": "she",
}  # fmt: skip


class Kind(Enum):
    """What a token is made of."""

    WORD = auto()
    NUMBER = auto()
    MARK = auto()
    LINE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark.

    `low` is its plain spelling ("they" for "They'd"); `start` and `end` are places in the sentence; `joined` says
    that nothing but a hyphen stands before it ("3-yr"), `glued` that nothing at all does ("30d").
    """

    low: str
    kind: Kind
    start: int
    end: int
    joined: bool = False
    glued: bool = False


def tokenise(sentence: str) -> list[Token]:
    """Cut a sentence into tokens, in one pass. A hyphen inside a word or a range leaves no token."""
    tokens: list[Token] = []
    hyphen = False
    for found in _TOKEN.finditer(sentence):
        start, end, kind = found.start(), found.end(), Kind[(found.lastgroup or "mark").upper()]
        if found[0] in _DASHES and _inside(sentence, start):
            hyphen = True
            continue
        if found[0] == "+" and tokens and tokens[-1].kind is Kind.NUMBER and tokens[-1].end == start:
            continue  # "100+ seats"
        glued = start > 0 and _NOT_A_SPACE.match(sentence, start - 1) is not None and not hyphen
        tokens.append(Token(_plain(found[0]), kind, start, end, joined=hyphen, glued=glued))
        hyphen = False
    return tokens


def _inside(sentence: str, place: int) -> bool:
    around = sentence[place - 1 : place] + sentence[place + 1 : place + 2]
    return len(around) == len("ab") and around.isalnum()


def _plain(typed: str) -> str:
    low = _SHORT_FOR.get(typed, typed).casefold()
    low = _SHORT_FOR.get(low, low)
    parts = re.split(f"[{_APOSTROPHES}]", low)
    if len(parts) == 1 or not low[0].isalpha():
        return _LEFT_OUT.get(low, low)
    if parts[-1] == "s" or parts[0] in _PRONOUNS:
        return parts[0]
    return "".join(parts)


class Phrases:
    """Phrases to be found in a sentence, the longest first, each standing for something."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a phrase as it is written and what it stands for."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, meaning in phrases:
            words = tuple(token.low for token in tokenise(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append((words, meaning))
        for known in self._by_first.values():
            known.sort(key=lambda pair: -len(pair[0]))

    def at(self, tokens: Sequence[Token], place: int) -> tuple[str, int] | None:
        """Say what begins at a place and where it ends, or None."""
        for words, meaning in self._by_first.get(tokens[place].low, ()):
            end = place + len(words)
            if len(words) == 1 or tuple(token.low for token in tokens[place:end]) == words:
                return meaning, end
        return None
