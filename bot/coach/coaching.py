"""Which practice meets a sentence, or what else the sentence is: a greeting, a question, off topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest
from itertools import chain

from bot.coach.glossary import asked_about
from bot.coach.honesty import Deceit, deceit
from bot.coach.similarity import Neighbours, Odds
from bot.coach.wording import by_stem, letters, meanings, stems


class Kind(StrEnum):
    """What a sentence asks of the coach."""

    PRACTICE = "practice"
    GREETING = "greeting"
    THANKS = "thanks"
    SMALL_TALK = "small_talk"
    ABOUT = "about"
    OFF_TOPIC = "off_topic"
    UNCLEAR = "unclear"
    QUESTION = "question"
    DECEIT = "deceit"


@dataclass(frozen=True, slots=True)
class Advice:
    """What a sentence is met with.

    `practices` holds ids, best first, at most three, and none unless `kind` is PRACTICE. `close` says that the
    second is close behind the first, so that alternatives are worth showing. `term` is the glossary's id of what
    a QUESTION is about, `deceit` what a DECEIT would make up.
    """

    kind: Kind
    practices: tuple[str, ...] = ()
    close: bool = False
    term: str = ""
    deceit: Deceit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What the coach learns to listen from: all of it is content.

    `situations` are what reps write, by practice; `lines` the practice's own words, which weigh less. `talk` is
    what people write besides. `people` and `ideas` name words that mean alike, the former for who sits at the
    table; `elsewhere` names those of other subjects. `terms` are the glossary's names.
    """

    situations: Mapping[str, Sequence[str]]
    lines: Mapping[str, Sequence[str]]
    talk: Mapping[Kind, Sequence[str]]
    people: Mapping[str, Sequence[str]]
    ideas: Mapping[str, Sequence[str]]
    elsewhere: Mapping[str, Sequence[str]]
    terms: Mapping[str, Sequence[str]]


SHOWN = 3
_NO_PRACTICE = ""
# How much the letters count beside the words.
_LETTERS = 1.5
# The odds a practice needs against other talk, with and without enough ideas of the table in the sentence.
_SURE_AT_THE_TABLE = 0.6
_SURE_ELSEWHERE = 1.8
_ENOUGH_IDEAS = 2
# From so many words on a sentence says enough to be sure about.
_ENOUGH_WORDS = 6
_CLOSE = 1.5
# How alike a sentence must be to other talk to be called by its name.
_FAMILIAR = 0.3
_FAMILIAR_AT_THE_TABLE = 0.6


class Coach:
    """Judges sentences by what it learned once, at the start. It keeps nothing of what it is asked."""

    def __init__(self, lessons: Lessons) -> None:
        """Learn; takes about a fifth of a second."""
        self._ideas = by_stem({**lessons.people, **lessons.ideas, **lessons.elsewhere})
        self._people = frozenset(lessons.people)
        self._table = self._people | frozenset(lessons.ideas)
        self._terms = lessons.terms
        talk = [(line, kind) for kind, lines in lessons.talk.items() for line in lines]
        asked = [(line, id_) for id_, lines in lessons.situations.items() for line in lines]
        asked += [(line, _NO_PRACTICE) for line, _ in talk]
        known = [(line, id_) for id_, lines in lessons.lines.items() for line in lines]
        self._words = frozenset(stem for line, _ in chain(asked, known) for stem in stems(line))
        self._odds = Odds((meanings(line, self._ideas), label) for line, label in chain(asked, known))
        self._near = Neighbours((letters(line), label) for line, label in asked)
        self._talk = Neighbours((letters(line), kind) for line, kind in talk)

    def advise(self, sentence: str) -> Advice:
        """Say what meets a sentence, in about a millisecond; of a very long one only the beginning counts."""
        if made_up := deceit(sentence):
            return Advice(Kind.DECEIT, deceit=made_up)
        if term := asked_about(sentence, self._terms):
            return Advice(Kind.QUESTION, term=term)
        words = stems(sentence)
        scores = self._scores(sentence)
        elsewhere = scores.pop(_NO_PRACTICE, 0.0)
        best = nlargest(SHOWN, scores, key=scores.__getitem__)
        if not words or not self._is_sure(words, scores[best[0]] - elsewhere):
            return Advice(self._otherwise(sentence, words))
        close = len(best) > 1 and scores[best[0]] - scores[best[1]] < _CLOSE
        return Advice(Kind.PRACTICE, tuple(best), close)

    def _scores(self, sentence: str) -> dict[str, float]:
        scores = self._odds.scores(meanings(sentence, self._ideas))
        for label, cosines in self._near.scores(letters(sentence)).items():
            scores[label] += _LETTERS * cosines
        return scores

    def _is_sure(self, words: Sequence[str], odds: float) -> bool:
        """Say whether the odds suffice; few words, or unknown ones, make them count less."""
        known = sum(word in self._words for word in words) / len(words)
        needed = _SURE_AT_THE_TABLE if self._at_the_table(words) else _SURE_ELSEWHERE
        return odds * known * min(1.0, len(words) / _ENOUGH_WORDS) >= needed

    def _at_the_table(self, words: Sequence[str]) -> bool:
        """Say whether a sentence speaks of the people of a negotiation, or of enough that belongs to one."""
        ideas = {idea for word in words for idea in self._ideas.get(word, ())}
        return not ideas.isdisjoint(self._people) or len(ideas & self._table) >= _ENOUGH_IDEAS

    def _otherwise(self, sentence: str, words: Sequence[str]) -> Kind:
        """Name what a sentence is that no practice meets."""
        if not words:
            return Kind.UNCLEAR if sentence.isascii() or any(map(str.isalpha, sentence)) else Kind.SMALL_TALK
        nearest = {Kind(kind): cosine for kind, cosine in self._talk.scores(letters(sentence), 1).items()}
        kind = max(nearest, key=nearest.__getitem__, default=Kind.UNCLEAR)
        needed = _FAMILIAR_AT_THE_TABLE if self._at_the_table(words) else _FAMILIAR
        return kind if nearest.get(kind, 0.0) >= needed else Kind.UNCLEAR
