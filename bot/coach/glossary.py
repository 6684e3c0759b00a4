"""Recognising a question about one of the coach's own words: "what's a MESO?"."""

import re
from collections.abc import Mapping, Sequence

from bot.coach.wording import plain

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
# All that may stand around the term. "My walk-away" asks for something else, so "my" is not among them.
_AROUND = frozenset(
    """
    a about acronym actually again an and are by can coach could define defined definition do does eli5 exactly
    explain for
    give hello hey hi i'm idea in is jargon know mean meaning meanings means me meant negotiating negotiation
    negotiations of ok
    okay please quickly refresh remind simple so sorry stand stands tell term terms that the theory this thing to
    unsure use used
    wait what what's whats when who word words you your
    """.split()  # noqa: SIM905  words read best as words
)
_ASKING = frozenset(
    ("what", "what's", "whats", "define", "definition", "explain", "mean", "meaning", "means", "remind")
)
_LONGEST = 14


def asked_about(sentence: str, terms: Mapping[str, Sequence[str]]) -> str:
    """The id of the term a sentence asks to have explained, or nothing.

    `terms` holds for each id the names people use. A sentence with any other word in it is no such question.
    """
    text = plain(sentence)
    words = [word.strip("-").removesuffix("'s") if word not in _ASKING else word for word in _WORD.findall(text)]
    if not 0 < len(words) <= _LONGEST:
        return ""
    named = {_joined(name): term for term, names in terms.items() for name in names}
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            around = words[:start] + words[end:]
            if (term := named.get(_joined(" ".join(words[start:end])))) and _is_question(around):
                return term
    return ""


def _is_question(around: Sequence[str]) -> bool:
    return set(around) <= _AROUND and (not around or not _ASKING.isdisjoint(around))


def _joined(name: str) -> str:
    """One spelling for "walk away", "walk-away" and "walkaways"."""
    return re.sub(r"[^a-z]", "", name.lower()).removesuffix("s")
