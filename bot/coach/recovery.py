"""Owning what went wrong: the parts of a good message, what spoils one, and what follows from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.coach.dates import understand
from bot.coach.promises import Promise
from bot.coach.workdays import Calendar, working_days_after

# Soon enough to show that we mean it, late enough for the client to have tried what we mended.
FOLLOW_UP_AFTER = 2  # working days


class Step(StrEnum):
    """What is asked of the rep, in this order."""

    HAPPENED = "happened"
    MEANS = "means"
    FIX = "fix"
    BY = "by"


class Part(StrEnum):
    """What a message that owns a problem is made of, in the order in which it is said."""

    ACKNOWLEDGE = "acknowledge"
    MEANS = "means"
    OWN = "own"
    FIX = "fix"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One problem of one deal, in the rep's words; `by` is the local date by which it is put right."""

    id: str
    deal_id: str
    happened: str = ""
    means: str = ""
    fix: str = ""
    by: date | None = None

    @property
    def step(self) -> Step | None:
        """What to ask next; None: it is whole."""
        known = {Step.HAPPENED: self.happened, Step.MEANS: self.means, Step.FIX: self.fix, Step.BY: self.by}
        return next((step for step in Step if not known[step]), None)


def promise_of(recovery: Recovery, promise_id: str, on: date) -> Promise | None:
    """The promise that the fix is; None while what or by when is open."""
    if not recovery.fix or recovery.by is None:
        return None
    return Promise(id=promise_id, deal_id=recovery.deal_id, what=recovery.fix, due=recovery.by, made_on=on)


def follow_up_on(fixed_by: date, calendar: Calendar) -> date:
    """When to ask whether it works again: two working days after the day by which it is fixed."""
    return working_days_after(fixed_by, FOLLOW_UP_AFTER, calendar)


class FaultKind(StrEnum):
    """What spoils an apology, gravest first."""

    BLAME = "blame"
    FEELINGS = "feelings"
    CONDITION = "condition"
    BUT = "but"
    NOBODY = "nobody"
    PLAYED_DOWN = "played_down"
    NO_APOLOGY = "no_apology"
    NO_FIX = "no_fix"
    NO_DATE = "no_date"
    NO_FOLLOW_UP = "no_follow_up"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to reword: `words` as the draft has them, "" where something is missing."""

    kind: FaultKind
    words: str = ""


_CHECKED = 6000  # characters; a message to a client is shorter
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")
_APOLOGY = re.compile(r"\b(?:sorry|apologi[sz]e|apolog(?:y|ies))\b", re.IGNORECASE)
_OURS = re.compile(
    r"\b(?:(?:i|we)(?:'m|'re| am| are)? (?:\w+ ){0,2}?(?:sorry|apologi[sz]e)"
    r"|(?:my|our) (?:\w+ )?(?:apolog(?:y|ies)|mistake|fault)"
    r"|sorry (?:for|about|that we|that i|we|i)|(?:we|i) (?:got (?:it|this|that) wrong|let you down|dropped the ball)"
    r"|(?:that|this) (?:is|was|one is) on (?:us|me))\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:(?:i|we)(?:'ll| will| are going to| am going to|'re going to|'m going to| have (?:already )?)|will be)\b",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    r"\b(?:follow(?:ing)? up|check(?:ing)? (?:in|back)|(?:come|get|report) back|(?:call|ring|update) you"
    r"|let you know|see (?:how|whether|that)|write (?:to you )?again|touch base|be in touch)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:by|until|before|on|within|in|due|eod|cob|today|tomorrow|tonight|this|end of)\b", re.IGNORECASE
)
_WORDS_OF_A_DATE = 6
_THEIRS = r"(?:you|your (?:\w+ )?(?:team|side|people|colleagues?|staff|office|department|engineers?|users?|company|it))"
_SLIPPED = (
    r"(?:did(?:n't| not)|failed|forgot|neglected|refused|misread|misunderstood|misused|ignored|caused|broke|insisted"
    r"|had(?:n't| not)|have(?:n't| not)|never|should(?:n't| not)? have|could have|were (?:late|slow)|was (?:late|slow))"
)
_SPOILS = {
    FaultKind.BLAME: re.compile(
        # "You didn't receive it" tells of our slip, not theirs.
        rf"\b{_THEIRS} (?:also |simply |just )?{_SLIPPED}\b(?! (?:been |to )?(?:receive|get|got|have|had|hear|told))"
        r"|\b(?:because (?:of )?|due to |down to |owing to )your\b"
        r"|\byour (?:own )?(?:mistake|fault|error|misunderstanding)\b",
        re.IGNORECASE,
    ),
    FaultKind.FEELINGS: re.compile(
        r"\bsorry (?:that |if |to hear (?:that )?)?(?:you|your \w+) (?:feel|felt|think|thought)\b", re.IGNORECASE
    ),
    FaultKind.NOBODY: re.compile(
        r"\b(?:mistakes?|errors?) (?:(?:was|were|have been|has been) made|occurred|happened|crept in)\b"
        r"|\b(?:things|something) (?:went|got) wrong\b|\bit was (?:overlooked|missed|forgotten)\b",
        re.IGNORECASE,
    ),
    FaultKind.PLAYED_DOWN: re.compile(
        r"\bany inconvenience\b|\b(?:just|only) a (?:small|minor|tiny|little)\b"
        r"|\b(?:slight|minor) (?:\w+ )?(?:issue|problem|delay|inconvenience|hiccup|glitch)\b",
        re.IGNORECASE,
    ),
}  # fmt: skip
_CONDITION = re.compile(r"\b(?:if|in case|should (?:this|that|it|we|you) have|(?:may|might) have)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|however|although|though|that said|having said that)\b", re.IGNORECASE)


def faults(draft: str, today: date) -> tuple[Fault, ...]:
    """What to reword before this is sent, gravest first, each kind once. `today` is the rep's local date.

    "If" and "but" spoil an apology only in its own sentence or, for "but", right behind it. Whether the words
    are true is the rep's to say.
    """
    text = draft[:_CHECKED].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    sentences = [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]
    found = {kind: spoilt[0] for kind, pattern in _SPOILS.items() if (spoilt := pattern.search(text))}
    for kind, words in _hedges(sentences):
        found.setdefault(kind, words)
    if not _OURS.search(text):
        found[FaultKind.NO_APOLOGY] = ""
    found |= dict.fromkeys(_missing(sentences, today), "")
    return tuple(Fault(kind, found[kind]) for kind in FaultKind if kind in found)


def _hedges(sentences: list[str]) -> Iterator[tuple[FaultKind, str]]:
    """What takes an apology back in the same breath."""
    for number, sentence in enumerate(sentences):
        if not (apology := _APOLOGY.search(sentence)):
            continue
        if hedge := _CONDITION.search(sentence):
            yield FaultKind.CONDITION, hedge[0]
        behind = _BUT.search(sentence, apology.end()) or (
            _BUT.match(sentences[number + 1].strip()) if number + 1 < len(sentences) else None
        )
        if behind:
            yield FaultKind.BUT, behind[0]


def _missing(sentences: list[str], today: date) -> Iterator[FaultKind]:
    pledges = [one for one in sentences if _FUTURE.search(one)]
    fixes = [one for one in pledges if not _FOLLOW_UP.search(one)] or pledges
    if not pledges:
        yield FaultKind.NO_FIX
    elif not any(_has_date(one, today) for one in fixes):
        yield FaultKind.NO_DATE
    if not any(_FOLLOW_UP.search(one) for one in sentences):
        yield FaultKind.NO_FOLLOW_UP


def _has_date(sentence: str, today: date) -> bool:
    for mark in _DATED.finditer(sentence):
        words = sentence[mark.start() :].split(maxsplit=_WORDS_OF_A_DATE)[:_WORDS_OF_A_DATE]
        stretches = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        if any(understand(stretch, today) for stretch in stretches):
            return True
    return False
