"""What is said to stay in touch, about promises and to put things right, from `warmth.toml` and a company's own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import Field

from bot.coach.reasons import Occasion
from bot.coach.recovery import FaultKind, Part, Step
from bot.errors import PlaybookError
from content.files import SLOT, Strict, line_of, parse, read_text, slots_in

FILE = "warmth.toml"
OURS = Path(__file__).parent / FILE

# What is said where a slot has nothing to fill it: plain words, for a draft may be sent as it is.
SLOTS: Mapping[str, str] = {
    "client": "your team",
    "promise": "what we agreed on",
    "date": "the day we agreed on",
    "new_date": "another day",
    "note": "something about them",
    "problem": "what went wrong",
    "question": "How have things been?",
    "happened": "what happened",
    "means": "it has cost you time and patience",
    "fix": "whatever it takes to put it right",
    "follow_up": "the days after",
}
_OF_REASON = frozenset({"contact", "client", "promise", "date", "problem"})
_OF_PROMISE = frozenset({"contact", "client", "promise", "date", "new_date"})
_OF_DRAFT = frozenset({"contact", "client", "happened", "means", "fix", "date", "follow_up"})
_SENTENCES = 2
_ENDING = re.compile(r"[.?](?=\s|$)|\{question\}")
_CONTACT = "{contact}"
# Addressing somebody can be left out; "thank {contact}" can't.
_ADDRESS = re.compile(r"^\{contact\},\s+|,\s+\{contact\}(?=[,.?])")

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_Line = Annotated[str, Field(min_length=1, max_length=300)]


class Said(StrEnum):
    """What there is to say about a promise: a reminder's lead, or words for the client."""

    BEFORE = "before"
    DAY_OFF = "day_off"
    TODAY = "today"
    AFTER = "after"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    LATE = "late"
    OVERDUE = "overdue"
    RENEGOTIATE = "renegotiate"


class Reason(Strict):
    """Why now is a good moment, and two sentences to send."""

    occasion: Occasion
    why: _Line
    draft: _Line


class Question(Strict):
    """What a recovery asks, and an example of an answer."""

    ask: _Line
    hint: _Line


class Remark(Strict):
    """What some words do to whoever reads them, and better ones."""

    means: _Line
    better: _Line


class _File(Strict):
    reason: tuple[Reason, ...] = ()
    promise: dict[Said, _Line] = Field(default_factory=dict)
    questions: dict[Step, Question] = Field(default_factory=dict)
    draft: dict[Part, _Line] = Field(default_factory=dict)
    faults: dict[FaultKind, Remark] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Warmth:
    """All of it; every occasion, part and question has its words."""

    reasons: Mapping[Occasion, tuple[Reason, ...]]
    promise: Mapping[Said, str]
    questions: Mapping[Step, Question]
    draft: Mapping[Part, str]
    faults: Mapping[FaultKind, Remark]

    def reason(self, occasion: Occasion, turn: int) -> Reason:
        """The reason of an occasion whose turn it is, counted from 0."""
        reasons = self.reasons[occasion]
        return reasons[turn % len(reasons)]


def fill(phrase: str, **slots: str) -> str:
    """Put words into a phrase's slots; plain words stand in an empty one, and where no name is known nobody's does."""
    words = {slot: said.strip() for slot, said in slots.items()}
    nobody = not words.get("contact")
    phrase = _ADDRESS.sub("", phrase) if nobody else phrase
    said = SLOT.sub(lambda slot: words.get(slot[1]) or SLOTS.get(slot[1], ""), phrase)
    return said[:1].upper() + said[1:] if nobody else said


def load_warmth(overlay: Path | None = None) -> Warmth:
    """Read our `warmth.toml`, with a company's own laid over it; its reasons for an occasion replace ours.

    Raises `PlaybookError` with file and line for anything unreadable, unknown or incomplete.
    """
    files = [_read(OURS)]
    if overlay and (overlay / FILE).exists():
        files.append(_read(overlay / FILE))
    warmth = Warmth(
        reasons=_laid_over(_by_occasion(file.reason) for file in files),
        promise=_laid_over(file.promise for file in files),
        questions=_laid_over(file.questions for file in files),
        draft=_laid_over(file.draft for file in files),
        faults=_laid_over(file.faults for file in files),
    )
    _check_whole(warmth)
    return warmth


def _by_occasion(reasons: Iterable[Reason]) -> dict[Occasion, tuple[Reason, ...]]:
    found: dict[Occasion, tuple[Reason, ...]] = {}
    for reason in reasons:
        found[reason.occasion] = (*found.get(reason.occasion, ()), reason)
    return found


def _laid_over(layers: Iterable[Mapping[_Key, _Value]]) -> Mapping[_Key, _Value]:
    return MappingProxyType({key: value for layer in layers for key, value in layer.items()})


def _check_whole(warmth: Warmth) -> None:
    for given, wanted in (
        (warmth.reasons, Occasion),
        (warmth.promise, Said),
        (warmth.questions, Step),
        (warmth.draft, Part),
        (warmth.faults, FaultKind),
    ):
        if missing := [one for one in wanted if one not in given]:
            raise PlaybookError(f"{OURS}: there are no words for {missing[0]!s}")


def _read(path: Path) -> _File:
    text = read_text(path)
    file = parse(path, text, _File)
    for phrase, slots in _phrases(file):
        if unknown := set(slots_in(path, text, phrase)) - slots:
            raise PlaybookError(f"{path}:{line_of(text, phrase)}: unknown slot {{{min(unknown)}}}")
        if _CONTACT in _ADDRESS.sub("", phrase):
            why = "begins a sentence or follows a comma, so that it can be left out"
            raise PlaybookError(f"{path}:{line_of(text, phrase)}: {_CONTACT} {why}: {phrase!r}")
    for reason in file.reason:
        if len(_ENDING.findall(reason.draft)) != _SENTENCES:
            raise PlaybookError(f"{path}:{line_of(text, reason.draft)}: a draft is two sentences: {reason.draft!r}")
    return file


def _phrases(file: _File) -> Iterator[tuple[str, frozenset[str]]]:
    """Every phrase with the slots it may hold."""
    for reason in file.reason:
        yield from ((reason.why, _OF_REASON | {"note"}), (reason.draft, _OF_REASON | {"question"}))
    yield from ((said, _OF_PROMISE) for said in file.promise.values())
    yield from ((said, _OF_DRAFT) for said in file.draft.values())
    spoken = (*file.questions.values(), *file.faults.values())
    yield from ((said, frozenset()) for one in spoken for said in one.model_dump().values())
