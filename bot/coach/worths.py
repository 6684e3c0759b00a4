"""Reading what something is worth: "onboarding is cheap for us, and they'd love it"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.coach.plans import Entry, Estimate, Plan, Worth
from bot.coach.reading import read
from bot.coach.tradables import Side

_LOW = r"low|cheap|little|small|easy|nothing|hardly anything|next to nothing|not much|barely|minor"
_MEDIUM = r"medium|middling|moderate|some|so-so|average"
_HIGH = r"high|expensive|costly|dear|a lot|lots|much|big|huge|hard|hurts|loads|major|very valuable|valuable|crucial"
_LEVEL = re.compile(
    rf"\b(?:(?P<low>not (?:that |so |very )?(?:much|expensive|costly|hard|valuable)|{_LOW})|(?P<medium>{_MEDIUM})"
    rf"|(?P<high>{_HIGH}))\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|hardly|no)\b|n['\N{RIGHT SINGLE QUOTATION MARK}]t\b", re.IGNORECASE)
_WORTH = re.compile(
    r"\b(?:worth|valuable|value|values|matters?|means?|love|helps?|useful|brings?|gains?)\b", re.IGNORECASE
)
_US = re.compile(r"\b(?:us|we|our|ours)\b", re.IGNORECASE)
_THEM = re.compile(r"\b(?:them|they|their|theirs|client|customer|him|her)\b", re.IGNORECASE)
_SAID = re.compile(r"\b(?:said|told|confirmed|wrote)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.\n]|\b(?:and|but|while)\b", re.IGNORECASE)
_SENTENCE_MAX = 1000


def rated(plan: Plan, sentence: str) -> tuple[Plan, tuple[str, ...]]:
    """Put the worths a sentence states into the plan; gives the ids of the entries it spoke of.

    Cost belongs to whoever gives, worth to whoever gets, unless the clause names a side itself.
    """
    known = bool(_SAID.search(sentence))
    about: Entry | None = None
    changed: dict[str, Entry] = {}
    for clause in _CLAUSE.split(sentence[:_SENTENCE_MAX]):
        about = next(mentioned(plan, clause), about)
        level = _LEVEL.search(clause)
        if about and level:
            changed[about.id] = about = _rate(changed.get(about.id, about), clause, _worth(level, clause), known=known)
    entries = tuple(changed.get(entry.id, entry) for entry in plan.entries)
    return replace(plan, entries=entries), tuple(changed)


def rates(sentence: str) -> bool:
    """Say whether a sentence says of anything at all how much it is worth."""
    return bool(_LEVEL.search(sentence[:_SENTENCE_MAX]))


def mentioned(plan: Plan, words: str) -> Iterator[Entry]:
    """Give the entries that words name: by their name, by what was typed, or by another spelling of it."""
    folded = words.casefold()
    read_as = read(words, Side.GIVE)
    spelled = {tradable.what for tradable in (*read_as.gives, *read_as.gets)}
    for entry in plan.entries:
        tradable = entry.tradable
        if tradable.what in spelled or _stands_in(tradable.what, folded) or _stands_in(tradable.words, folded):
            yield entry


def _stands_in(name: str, folded: str) -> bool:
    return bool(name) and bool(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", folded))


def _worth(level: re.Match[str], clause: str) -> Worth:
    """What a word says, or its opposite: "isn't worth much", "isn't cheap"."""
    if level["medium"]:
        return Worth.MEDIUM
    negated = bool(_NOT.search(clause[: level.start()]))
    return Worth.LOW if bool(level["low"]) != negated else Worth.HIGH


def _rate(entry: Entry, clause: str, worth: Worth, *, known: bool) -> Entry:
    if _is_ours(entry, clause):
        return replace(entry, ours=Estimate(worth, known=True))
    return replace(entry, theirs=Estimate(worth, known=known))


def _is_ours(entry: Entry, clause: str) -> bool:
    """A named side decides; else whether the clause speaks of cost or of worth."""
    us, them = bool(_US.search(clause)), bool(_THEM.search(clause))
    if us != them:
        return us
    return bool(_WORTH.search(clause)) == (entry.side is Side.GET)
