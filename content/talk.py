"""Loads what the coach says besides the playbook: answers to small talk, honest lines, the glossary, kindred words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated
from zlib import crc32

from pydantic import Field

from bot.coach.coaching import Kind, Lessons
from bot.coach.honesty import Deceit
from bot.coach.practices import Practice
from bot.errors import PlaybookError
from content.files import Strict, line_of, parse, read_text

FILE = "talk.toml"
OURS = Path(__file__).parent / FILE
# What the coach answers in words of its own; the rest is answered by a practice, a term or an honest line.
ANSWERED = frozenset((Kind.GREETING, Kind.THANKS, Kind.SMALL_TALK, Kind.ABOUT, Kind.OFF_TOPIC, Kind.UNCLEAR))

_Line = Annotated[str, Field(min_length=1, max_length=600)]


class _Answer(Strict):
    says: Annotated[tuple[_Line, ...], Field(min_length=2)]
    examples: tuple[_Line, ...] = ()


class Refusal(Strict):
    """The answer to a request to deceive: the short no, and an honest sentence to say to the client instead."""

    no: _Line
    instead: _Line


class Term(Strict):
    """A word of the field: the names people use for it, the first as it is shown, what it means, one example."""

    names: Annotated[tuple[_Line, ...], Field(min_length=1)]
    means: _Line
    example: _Line


class _File(Strict):
    answers: dict[Kind, _Answer] = Field(default_factory=dict)
    honesty: dict[Deceit, Refusal] = Field(default_factory=dict)
    terms: dict[str, Term] = Field(default_factory=dict)
    people: dict[str, _Line] = Field(default_factory=dict)
    ideas: dict[str, _Line] = Field(default_factory=dict)
    elsewhere: dict[str, _Line] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Talk:
    """Every word the coach has for what isn't a practice."""

    answers: Mapping[Kind, _Answer]
    honesty: Mapping[Deceit, Refusal]
    terms: Mapping[str, Term]
    people: Mapping[str, str]
    ideas: Mapping[str, str]
    elsewhere: Mapping[str, str]

    def answer(self, kind: Kind, to: str) -> str:
        """The human answer to a greeting, thanks and the like; the same words always get the same one.

        Raises `KeyError` for a kind that is answered otherwise, such as PRACTICE.
        """
        says = self.answers[kind].says
        return says[crc32(to.encode("utf-8", "surrogatepass")) % len(says)]


def load(overlay: Path | None = None) -> Talk:
    """Read our talk, with a company's `talk.toml` laid over it entry by entry.

    Raises `PlaybookError` with file and line for anything unreadable, unknown or incomplete.
    """
    files = [_read(OURS)]
    if overlay and (overlay / FILE).exists():
        files.append(_read(overlay / FILE))
    answers = {kind: answer for file in files for kind, answer in file.answers.items()}
    honesty = {kind: refusal for file in files for kind, refusal in file.honesty.items()}
    return Talk(
        answers=MappingProxyType(answers),
        honesty=MappingProxyType(honesty),
        terms=MappingProxyType({name: term for file in files for name, term in file.terms.items()}),
        people=MappingProxyType({name: words for file in files for name, words in file.people.items()}),
        ideas=MappingProxyType({name: words for file in files for name, words in file.ideas.items()}),
        elsewhere=MappingProxyType({name: words for file in files for name, words in file.elsewhere.items()}),
    )


def lessons(practices: Iterable[Practice], talk: Talk) -> Lessons:
    """Put together what the coach learns from."""
    practices = tuple(practices)
    return Lessons(
        situations={practice.id: practice.situations for practice in practices},
        lines={practice.id: _own_words(practice) for practice in practices},
        talk={kind: answer.examples for kind, answer in talk.answers.items()},
        people={name: words.split() for name, words in talk.people.items()},
        ideas={name: words.split() for name, words in talk.ideas.items()},
        elsewhere={name: words.split() for name, words in talk.elsewhere.items()},
        terms={name: term.names for name, term in talk.terms.items()},
    )


def _own_words(practice: Practice) -> tuple[str, ...]:
    checklist = (item.text for item in practice.checklist)
    return (practice.title, *practice.how, *practice.avoid, *practice.phrases, *practice.questions, *checklist)


def _read(path: Path) -> _File:
    text = read_text(path)
    file = parse(path, text, _File)
    if unspoken := sorted(file.answers.keys() - ANSWERED):
        raise PlaybookError(f"{path}:{line_of(text, f'[answers.{unspoken[0]}]')}: {unspoken[0]} takes no answer here")
    return file
