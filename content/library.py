"""Loads the playbook once: TOML files in, a typed, immutable `Playbook` out, or a refusal naming file and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Annotated

from pydantic import Field

from bot.coach.coaching import Coach
from bot.coach.practices import PILLARS, PRACTICE_IDS, Item, Phase, Pillar, Practice
from bot.errors import PlaybookError
from content import digest, talk, warmth
from content.catalogue import TRADING, Trading, load_trading
from content.digest import DigestWords, load_digest
from content.files import SLOT, Strict, line_of, parse, read_text, slots_in
from content.talk import Talk
from content.warmth import Warmth, load_warmth

OURS = Path(__file__).parent / "playbook"

# Files of a company that hold no practices.
_OTHERS = (TRADING.name, talk.FILE, warmth.FILE, digest.FILE)
# What stands where a slot has nothing to fill it: the rep sees at once what to put there.
SLOTS: Mapping[str, str] = {
    "client": "[client]",
    "contact": "[name]",
    "priority": "[what matters to them]",
    "give": "[what we give]",
    "get": "[what we ask for]",
    "promise": "[what you promised]",
    "date": "[date]",
    "success": "[their recent success]",
    "problem": "[what went wrong]",
    "value": "[what it is worth]",
}

_Line = Annotated[str, Field(min_length=1, max_length=600)]


def _lines(at_least: int) -> object:
    return Field(min_length=at_least)


class _Item(Strict):
    id: str
    phase: Phase
    text: Annotated[str, Field(min_length=1, max_length=75)]


class _Practice(Strict):
    id: str
    title: Annotated[str, Field(min_length=1, max_length=60)]
    why: _Line
    how: Annotated[tuple[_Line, ...], _lines(1)]
    avoid: Annotated[tuple[_Line, ...], _lines(1)]
    phrases: Annotated[tuple[_Line, ...], _lines(6)]
    questions: Annotated[tuple[_Line, ...], _lines(4)]
    checklist: Annotated[tuple[_Item, ...], _lines(3)]
    situations: Annotated[tuple[_Line, ...], _lines(4)]
    exercise: _Line


class _File(Strict):
    id: str
    title: _Line
    promise: _Line
    practice: tuple[_Practice, ...]


@dataclass(frozen=True)
class Playbook:
    """Everything the coach teaches. Practices stand in the order of the pillars."""

    pillars: tuple[Pillar, ...]
    trading: Trading
    talk: Talk
    warmth: Warmth
    digest: DigestWords

    def __post_init__(self) -> None:
        """Refuse two checklist items with one id: a tick would count for both."""
        ids = [item.id for item in self.items()]
        if twice := {one for one in ids if ids.count(one) > 1}:
            raise PlaybookError(f"The checklist id {min(twice)} stands twice in the playbook.")

    def learn(self) -> None:
        """Begin to learn what `advisor` knows, beside whatever else is going on, so that nobody has to wait for it."""
        Thread(target=lambda: self.advisor, name="learning", daemon=True).start()

    @cached_property
    def advisor(self) -> Coach:
        """Who says which practice fits a sentence; learns at the first use, in a fifth of a second."""
        return Coach(talk.lessons(self.practices, self.talk))

    @property
    def practices(self) -> tuple[Practice, ...]:
        """All practices, pillar by pillar."""
        return tuple(practice for pillar in self.pillars for practice in pillar.practices)

    def practice(self, practice_id: str) -> Practice:
        """One practice by its id; raises `KeyError` for an unknown one."""
        return next((one for one in self.practices if one.id == practice_id), None) or _unknown(practice_id)

    def items(self, phase: Phase | None = None) -> Iterator[Item]:
        """Checklist items, of one phase or of all."""
        return (
            item for practice in self.practices for item in practice.checklist if phase is None or item.phase is phase
        )


def _unknown(practice_id: str) -> Practice:
    raise KeyError(practice_id)


def load(overlay: Path | None = None) -> Playbook:
    """Read our playbook, with a company's practices and tradables laid over ours one by one.

    Raises `PlaybookError` with file and line for anything unreadable, unknown or incomplete.
    """
    ours = [_read(path) for path in sorted(OURS.glob("*.toml"))]
    laid = sorted(overlay.glob("*.toml")) if overlay else []
    theirs = [_read(path) for path in laid if path.name not in _OTHERS]
    if overlay and not laid:
        raise PlaybookError(f"PLAYBOOK_DIR {overlay} holds no .toml file.")
    heads = {file.id: file for file in (*ours, *theirs)}
    practices = {practice.id: practice for file in (*ours, *theirs) for practice in file.practice}
    if missing := [one for one in PRACTICE_IDS if one not in practices]:
        raise PlaybookError(f"The playbook lacks {', '.join(missing)}.")
    pillars = tuple(_pillar(heads[pillar], practices) for pillar in PILLARS)
    return Playbook(pillars, load_trading(overlay), talk.load(overlay), load_warmth(overlay), load_digest(overlay))


def fill(phrase: str, **slots: str) -> str:
    """Put words into a phrase's slots; a slot left empty shows what belongs there, in brackets."""
    return SLOT.sub(lambda slot: slots.get(slot[1], "").strip() or SLOTS[slot[1]], phrase)


def slots_of(phrase: str) -> frozenset[str]:
    """The names of a phrase's slots."""
    return frozenset(SLOT.findall(phrase))


def say(practice: Practice, *about: str, **slots: str) -> str:
    """Fill the practice's first phrase that speaks of all the slots in `about`.

    A practice's order is therefore its coach's preference: the plainest phrase stands first.
    """
    fitting = (phrase for phrase in practice.phrases if set(about) <= slots_of(phrase))
    return fill(next(fitting, practice.phrases[0]), **slots)


def _read(path: Path) -> _File:
    text = read_text(path)
    file = parse(path, text, _File)
    _check_ids(path, text, file)
    _check_slots(path, text, file)
    return file


def _check_ids(path: Path, text: str, file: _File) -> None:
    if file.id not in PILLARS:
        raise PlaybookError(f"{path}:{line_of(text, file.id)}: unknown pillar {file.id!r}")
    for practice in file.practice:
        if practice.id not in PRACTICE_IDS or not practice.id.startswith(f"{file.id}."):
            raise PlaybookError(f"{path}:{line_of(text, practice.id)}: unknown practice {practice.id!r}")
        for item in practice.checklist:
            if not item.id.startswith(f"{practice.id}."):
                where = line_of(text, item.id)
                raise PlaybookError(f"{path}:{where}: checklist id {item.id!r} must start with {practice.id!r}")


def _check_slots(path: Path, text: str, file: _File) -> None:
    for phrase in (phrase for practice in file.practice for phrase in practice.phrases):
        for slot in slots_in(path, text, phrase):
            if slot not in SLOTS:
                raise PlaybookError(f"{path}:{line_of(text, phrase)}: unknown slot {{{slot}}}")


def _pillar(head: _File, practices: Mapping[str, _Practice]) -> Pillar:
    own = tuple(_practice(practices[f"{head.id}.{name}"]) for name in PILLARS[head.id])
    return Pillar(head.id, head.title, head.promise, own)


def _practice(raw: _Practice) -> Practice:
    items = tuple(Item(item.id, item.phase, item.text) for item in raw.checklist)
    return Practice(
        id=raw.id,
        title=raw.title,
        why=raw.why,
        how=raw.how,
        avoid=raw.avoid,
        phrases=raw.phrases,
        questions=raw.questions,
        checklist=items,
        situations=raw.situations,
        exercise=raw.exercise,
    )
