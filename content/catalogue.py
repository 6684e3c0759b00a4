"""The words of trading: what is commonly traded and how a trade is said, from `trading.toml` and a company's own."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.coach.amounts import Kind, kind_of
from bot.coach.plans import Estimate, Worth
from bot.coach.tradables import Side
from bot.errors import PlaybookError
from content.files import Strict, line_of, parse, read_text, slots_in

TRADING = Path(__file__).parent / "trading.toml"

# How a tradable is said: as a thing, as what they do ("If you ..."), as what we do ("then we ...").
Form: TypeAlias = Literal["noun", "you", "we"]
# What is said once it is agreed: about our give, or for theirs.
Occasion: TypeAlias = Literal["courtesy", "thanks"]
# What a condition looks like: "by 30 June", "30 June", "99.9%", "premium".
Condition: TypeAlias = Literal["phrase", "date", "figure", "quality"]
_Phrase: TypeAlias = Annotated[str, Field(min_length=1, max_length=160)]
_Name: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9 -]{1,39}$")]

# After these the same words put no pressure on anybody: "What do you need to see?"
_ASKED = (
    "do",
    "does",
    "did",
    "would",
    "will",
    "could",
    "if",
    "what",
    "when",
    "whether",
    "unless",
    "all",
    "that",
    "which",
)

_AMOUNT = frozenset({"amount", "adjective", "an_adjective", "number", "net"})
_WHAT = frozenset({"what"})
_BOTH = frozenset({"gives", "gets"})


class Forms(Strict):
    """The forms of one tradable; `you` and `we` are infinitives that also stand after those words."""

    noun: _Phrase
    you: _Phrase
    we: _Phrase

    def say(self, form: Form) -> str:
        """One of the three."""
        return {"noun": self.noun, "you": self.you, "we": self.we}[form]


class Agreed(Forms):
    """The forms, and two sentences: `courtesy` makes our give visible, `thanks` is for theirs."""

    courtesy: _Phrase
    thanks: _Phrase

    def agreed(self, occasion: Occasion) -> str:
        """One of the two sentences."""
        return self.courtesy if occasion == "courtesy" else self.thanks


class Measured(Agreed):
    """The forms with an amount of one of `kinds`; `unit` is what is counted where the rep names no unit."""

    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    unit: str = ""
    courtesy: _Phrase = ""
    thanks: _Phrase = ""

    def counts(self, unit: str) -> bool:
        """Say whether these are the things counted: calls are reference calls, seats aren't."""
        return not unit or not self.unit or unit in self.unit.split() or Kind.COUNT not in self.kinds


class Tied(Forms):
    """The forms with a condition of the sorts in `takes`; `lead` goes before one that is no phrase: `by`."""

    takes: Annotated[tuple[Condition, ...], Field(min_length=1)]
    lead: str = ""


class Worths(Strict):
    """What one side gives up and the other gains, by our guess, in the senses of `bot.coach.plans.Entry`."""

    ours: Worth
    theirs: Worth

    @property
    def estimates(self) -> tuple[Estimate, Estimate]:
        """Ours and theirs, both guessed."""
        return Estimate(self.ours), Estimate(self.theirs)


class Listing(Agreed):
    """One entry of the catalogue.

    `behind` are questions that find out what such a demand is about, `motives` what it may be about, `ask_for` what
    to ask in return, best first. `divisible`: without an amount it reads as a smaller version of itself.
    """

    name: _Name
    spellings: tuple[_Phrase, ...] = ()
    as_give: Worths
    as_get: Worths
    behind: Annotated[tuple[_Phrase, ...], Field(min_length=2, max_length=3)]
    motives: Annotated[tuple[_Phrase, ...], Field(min_length=2, max_length=4)]
    ask_for: Annotated[tuple[_Name, ...], Field(min_length=1)]
    divisible: bool = False
    measured: tuple[Measured, ...] = ()
    tied: Tied | None = None

    def measure(self, unit: str) -> Measured | None:
        """How it is said with an amount in this unit; None where that isn't usual."""
        kind = kind_of(unit)
        return next((one for one in self.measured if kind in one.kinds and one.counts(unit)), None)


class OwnWords(Agreed):
    """How a tradable is said that the catalogue doesn't know: fit for any noun in the slot `what`."""

    behind: Annotated[tuple[_Phrase, ...], Field(min_length=2, max_length=3)]
    ask_for: Annotated[tuple[_Name, ...], Field(min_length=1)]


class Frames(Strict):
    """Sentences around gives and gets; what stands between asterisks is strong."""

    offer: _Phrase
    question: _Phrase
    joint: _Phrase
    package: _Phrase
    give_alone: _Phrase
    get_alone: _Phrase
    made_possible: _Phrase


class Adversarial(Strict):
    """Words that set people against each other, and a joint way to say what is meant."""

    said: Annotated[tuple[_Phrase, ...], Field(min_length=1)]
    rather: _Phrase


class Exchange(Strict):
    """A trade that fits most deals, by name."""

    give: _Name
    get: _Name


class _Ours(Strict):
    frames: Frames
    own_words: OwnWords
    common: Annotated[tuple[Exchange, ...], Field(min_length=3)]
    adversarial: Annotated[tuple[Adversarial, ...], Field(min_length=1)]
    tradable: Annotated[tuple[Listing, ...], Field(min_length=1)]


class _Theirs(Strict):
    frames: Frames | None = None
    own_words: OwnWords | None = None
    common: tuple[Exchange, ...] = ()
    adversarial: tuple[Adversarial, ...] = ()
    tradable: tuple[Listing, ...] = ()


class Trading(_Ours):
    """All of it, a company's own laid over ours."""

    @cached_property
    def listings(self) -> Mapping[str, Listing]:
        """The catalogue by name."""
        return MappingProxyType({one.name: one for one in self.tradable})

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """What else a thing of the catalogue is called, in lower case, and its name."""
        return MappingProxyType({typed.lower(): one.name for one in self.tradable for typed in one.spellings})

    @cached_property
    def rather(self) -> Mapping[str, str]:
        """What sets people against each other, in lower case, and a joint way to say it."""
        return MappingProxyType({said.lower(): one.rather for one in reversed(self.adversarial) for said in one.said})

    @cached_property
    def hostile(self) -> re.Pattern[str]:
        """Finds those words, the longest first, but not in a question: `what do you need to see?`."""
        said = "|".join(re.escape(said) for said in sorted(self.rather, key=len, reverse=True))
        asked = "".join(rf"(?<!\b{word} )" for word in _ASKED)
        return re.compile(rf"(?<!\w){asked}(?:{said})(?!\w| (?:be|have)\b)", re.IGNORECASE)

    def typical(self, side: Side, what: str) -> tuple[Worth, Worth]:
        """What a tradable usually is to us and to them; of what the catalogue doesn't know, some to both."""
        listing = self.listings.get(what)
        if listing is None:
            return Worth.MEDIUM, Worth.MEDIUM
        worths = listing.as_give if side is Side.GIVE else listing.as_get
        return worths.ours, worths.theirs

    def motives(self, what: str) -> tuple[str, ...]:
        """What a demand for it is often about; nothing for what the catalogue doesn't know."""
        listing = self.listings.get(what)
        return listing.motives if listing else ()

    def usual(self, side: Side, demanded: str) -> tuple[str, ...]:
        """What is often given, or asked for in return for what is demanded, the most common first."""
        if side is Side.GIVE:
            return tuple(dict.fromkeys(one.give for one in self.common))
        return (self.listings.get(demanded) or self.own_words).ask_for


def load_trading(overlay: Path | None = None) -> Trading:
    """Read our `trading.toml`, with a company's own laid over it entry by entry.

    Raises `PlaybookError` with file and line for anything unreadable, unknown or incomplete.
    """
    text = read_text(TRADING)
    ours = parse(TRADING, text, _Ours)
    _check(TRADING, text, ours, frozenset())
    path = overlay / TRADING.name if overlay else TRADING
    if path == TRADING or not path.exists():
        return Trading.model_validate(dict(ours))
    text = read_text(path)
    theirs = parse(path, text, _Theirs)
    _check(path, text, theirs, frozenset(one.name for one in ours.tradable))
    return _laid_over(ours, theirs)


def _laid_over(ours: _Ours, theirs: _Theirs) -> Trading:
    listings = {one.name: one for one in (*ours.tradable, *theirs.tradable)}
    return Trading(
        frames=theirs.frames or ours.frames,
        own_words=theirs.own_words or ours.own_words,
        common=theirs.common or ours.common,
        adversarial=(*theirs.adversarial, *ours.adversarial),
        tradable=tuple(listings.values()),
    )


def _check(path: Path, text: str, file: _Ours | _Theirs, known: frozenset[str]) -> None:
    """Refuse names that lead nowhere or to two things, and slots that nothing would fill."""
    called = [typed.lower() for one in file.tradable for typed in (one.name, *(set(one.spellings) - {one.name}))]
    if twice := {one for one in called if called.count(one) > 1}:
        raise PlaybookError(f"{path}:{line_of(text, min(twice))}: {min(twice)!r} stands for two tradables")
    names = known | {one.name for one in file.tradable}
    for name in _named(file):
        if name not in names:
            where = line_of(text, f'"{name}"')
            raise PlaybookError(f"{path}:{where}: unknown tradable {name!r}")
    for phrase, slots in _phrases(file):
        found = set(slots_in(path, text, phrase))
        if unknown := found - slots:
            raise PlaybookError(f"{path}:{line_of(text, phrase)}: unknown slot {{{min(unknown)}}}")
        if slots and not found if slots is _AMOUNT else slots - found:
            raise PlaybookError(f"{path}:{line_of(text, phrase)}: a slot is missing in {phrase!r}")


def _named(file: _Ours | _Theirs) -> Iterator[str]:
    for listing in file.tradable:
        yield from listing.ask_for
    for exchange in file.common:
        yield from (exchange.give, exchange.get)
    if file.own_words:
        yield from file.own_words.ask_for


def _phrases(file: _Ours | _Theirs) -> Iterator[tuple[str, frozenset[str]]]:
    """Every phrase with the slots it holds: all of them, or of the ways to write an amount at least one."""
    for one in file.tradable:
        yield from ((said, frozenset()) for said in (*_forms(one), one.courtesy, one.thanks, *one.behind, *one.motives))
        for measured in one.measured:
            yield from ((said, _AMOUNT) for said in (*_forms(measured), measured.courtesy, measured.thanks) if said)
        yield from ((said, frozenset({"condition"})) for said in (_forms(one.tied) if one.tied else ()))
    if own := file.own_words:
        yield from ((said, _WHAT) for said in (*_forms(own), own.courtesy, own.thanks))
    if frames := file.frames:
        yield from ((said, _BOTH) for said in (frames.offer, frames.question, frames.joint, frames.package))
        yield frames.give_alone, frozenset({"gives"})
        yield from ((said, frozenset({"gets"})) for said in (frames.get_alone, frames.made_possible))


def _forms(forms: Forms) -> tuple[str, str, str]:
    return forms.noun, forms.you, forms.we
