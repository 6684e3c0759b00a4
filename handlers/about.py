"""Finds the deal a sentence speaks of: "acme want 15% off", "gave 5% off for acme"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.coach.deals import Deal
from bot.coach.reading import read
from bot.coach.tradables import Side
from store.unit import Unit

_LEADS = re.compile(r"\b(?P<how>for|with|to|at|from)\s+(?:the\s+)?", re.IGNORECASE)
_NAME = r"(?P<name>\S+(?:\s+\S+){0,3}?)"
_WANTS = re.compile(
    rf"^(?:the\s+)?{_NAME}\s+(?:now\s+|just\s+|really\s+|still\s+|also\s+)?"
    r"(?:wants?|asks?|asked|is asking|are asking|demands?|needs?|insists?|expects?|says?|said|requests?)\b",
    re.IGNORECASE,
)
# Words that stand where a name could, and are none.
_NOBODY = frozenset(
    """
    a an the this that these those no nothing now free one two three more what being early good their our my his your
    its new they he she it we i you me us them him her who someone somebody everybody nobody team boss manager
    director client customer buyer prospect partner procurement purchasing legal finance sales lawyer lawyers
    counsel cfo ceo cto cio coo cpo vp owner founder board committee contact champion management user users
    stakeholder accounting treasury and but because if please also
    """.split()  # noqa: SIM905 - so many words read best as lines
)
_NAME_WORDS = 4
_LEADS_TRIED = 4
_SHORTEST = 3
_CLIPPED = 500


@dataclass(frozen=True, slots=True)
class About:
    """What a sentence is about.

    `deal` is the one open deal it names, and `words` the sentence without "for acme". `unknown` is a name that is
    meant for a deal and is none of mine, or fits several. `other` is who opens the sentence, where that is neither a
    deal of mine nor somebody's role: a person, or a client I don't have.
    """

    deal: Deal | None
    words: str
    unknown: str = ""
    other: str = ""


def about(sentence: str, work: Unit) -> About:
    """Find the one deal a sentence is about. What it doesn't name is not guessed."""
    line = " ".join(sentence.split())[:_CLIPPED]
    leads = [*_LEADS.finditer(line)][: -_LEADS_TRIED - 1 : -1]
    return _at_the_end(line, leads, work) or _inside(line, leads, work) or _opening(line, sentence, work)


def nearest(work: Unit) -> Deal | None:
    """The deal that is likely meant where none is named: of the plan touched last, or the only one there is."""
    if plans := work.plans.recent(1):
        return plans[0][1]
    deals = work.deals.next(limit=2)
    return deals[0] if len(deals) == 1 else None


def _at_the_end(line: str, leads: list[re.Match[str]], work: Unit) -> About | None:
    """Take "for acme" off the end; a name there that fits no one deal of mine is asked about."""
    for lead in leads:
        typed, rest = _clean(line[lead.end() :]), line[: lead.start()].strip(" ,")
        if not typed or len(typed.split()) > _NAME_WORDS:
            continue
        name, deal = _name(typed), _only(typed, work)
        if deal and (name or _is_whole(typed, deal)):
            return About(deal, rest)
        if name and lead["how"].lower() == "for" and not _is_tradable(name):
            return About(None, rest, name)
    return None


def _inside(line: str, leads: list[re.Match[str]], work: Unit) -> About | None:
    """Find a whole name further in: "gave 5% off to acme for two years"."""
    for lead in leads:
        for name in _beginnings(line[lead.end() :]):
            if (deal := _only(name, work)) and _is_whole(name, deal):
                rest = line[lead.end() :].partition(name)[2]
                return About(deal, f"{line[: lead.start()].strip(' ,')}{rest}".strip(" ,"))
    return None


def _opening(line: str, sentence: str, work: Unit) -> About:
    """Look at who opens the sentence: "acme want 15% off", "acme 5% off"."""
    opening = _WANTS.match(line)
    if opening and (name := _name(opening["name"])):
        found = work.deals.find(name, limit=2)
        several, none = name if len(found) > 1 else "", name if not found else ""
        return About(found[0] if len(found) == 1 else None, sentence, several, none)
    for name in _beginnings(line):
        if (deal := _only(name, work)) and _is_whole(name, deal):
            return About(deal, line.removeprefix(name).strip(" ,:"))
    return About(None, sentence)


def _beginnings(words: str) -> Iterator[str]:
    """What may be a name at the beginning of some words, the longer first."""
    begins = words.split()[:2]
    for length in range(len(begins), 0, -1):
        if name := _name(" ".join(begins[:length])):
            yield name


def _only(name: str, work: Unit) -> Deal | None:
    found = work.deals.find(name, limit=2)
    return found[0] if len(found) == 1 else None


def _is_whole(name: str, deal: Deal) -> bool:
    """Say whether the words are a deal's own, each in full: "a discount" is not Acme's."""
    own = f"{deal.name} {deal.client}".casefold().split()
    words = name.casefold().split()
    return len(name) >= _SHORTEST and all(word in own for word in words) and not _is_tradable(name)


def _is_tradable(words: str) -> bool:
    found = read(words, Side.GET)
    return bool(found.gets or found.gives or found.problems)


def _name(written: str) -> str:
    """What stands where a name could, if it can be one."""
    words = _clean(written).split()
    is_name = words and not any(word.casefold() in _NOBODY or word[0].isdigit() for word in words)
    return " ".join(words) if is_name else ""


def _clean(written: str) -> str:
    return written.strip(" .,!?:;")
