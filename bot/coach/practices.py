"""The four pillars and their twelve practices: ids are stable, words live in `content/playbook`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """When a checklist item belongs: relative to the meeting."""

    BEFORE = "before"
    ROOM = "room"
    AFTER = "after"


PILLARS: Mapping[str, tuple[str, ...]] = {
    "connection": ("rapport", "empathy", "partnership"),
    "clarity": ("open_questions", "paraphrase", "perspective"),
    "balance": ("plan", "trade", "celebrate"),
    "stability": ("deliver", "keep_warm", "recover"),
}
PRACTICE_IDS: tuple[str, ...] = tuple(f"{pillar}.{name}" for pillar, names in PILLARS.items() for name in names)


@dataclass(frozen=True, slots=True)
class Item:
    """One checklist line. `id` is unique in the whole playbook: "clarity.paraphrase.book_playback"."""

    id: str
    phase: Phase
    text: str


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing a rep does, and everything the coach can say about it.

    `phrases` are sentences to say, with slots such as `{client}`; `situations` are what a rep
    would write when this practice is the answer.
    """

    id: str
    title: str
    why: str
    how: tuple[str, ...]
    avoid: tuple[str, ...]
    phrases: tuple[str, ...]
    questions: tuple[str, ...]
    checklist: tuple[Item, ...]
    situations: tuple[str, ...]
    exercise: str

    @property
    def pillar(self) -> str:
        """The id of the pillar it belongs to."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Pillar:
    """A group of three practices."""

    id: str
    title: str
    promise: str
    practices: tuple[Practice, ...]
