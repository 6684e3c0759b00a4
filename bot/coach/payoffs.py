"""What staying in touch brought: a renewal, an expansion, a referral. Counted, never claimed to be caused by it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# The same thing of the same client within these days is rather told twice than done twice.
SOON = timedelta(days=30)
# What is longer is no name; nothing behind it is read.
_LONGEST = 300
_SPLITS = 4


class Payoff(StrEnum):
    """What came of a client."""

    RENEWAL = "renewal"
    EXPANSION = "expansion"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One of them, on a local date, from the client of `deal_id`; `to` names the new client or deal, or is empty.

    One that was noted when a deal was won carries that deal's id as its own.
    """

    id: str
    deal_id: str
    kind: Payoff
    on: date
    to: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What words say: of whom, which kind if they name one, and how many days ago it was."""

    name: str
    kind: Payoff | None = None
    days_ago: int = 0


@dataclass(frozen=True, slots=True)
class Referral:
    """Who referred us, and to whom; either is empty where nobody is named."""

    client: str
    to: str = ""


_KINDS = {
    **dict.fromkeys(("renewal", "renewals", "renewed", "renews", "renew"), Payoff.RENEWAL),
    **dict.fromkeys(("expansion", "expansions", "expanded", "expands", "expand", "extension"), Payoff.EXPANSION),
    **dict.fromkeys(("upsell", "upsells", "upsold", "up-sell", "upgrade", "upgraded"), Payoff.EXPANSION),
}
_DAYS_AGO = {"today": 0, "yesterday": 1}
# What stands between a kind and a name, and is neither: "the renewal with Acme".
_BETWEEN = frozenset({"with", "for", "from", "of", "at", "by", "the", "a", "an", "our", "their", "has", "have", "just"})
_AROUND = " \t.,;:!?\"'“”‘’"
_ARROW = re.compile(r"\s*(?:->|=>|→|⇒)\s*")
_TO = re.compile(r"\sto\s", re.IGNORECASE)
_BY = re.compile(r"\s(?:from|via|through|by)\s", re.IGNORECASE)
_REFERRED = re.compile(r"\s(?:has |have |just )?(?:referred|introduced) (?:us|me) to\s", re.IGNORECASE)
_CAME = re.compile(r"\s(?:came|comes) (?:(?:in|to (?:us|me)) )?(?:through|via|from)\s", re.IGNORECASE)
# Behind a name a sentence may go on.
_GOES_ON = re.compile(r"[,;:.!?](?:\s|$)|\s(?:because|who|which|and then)\s", re.IGNORECASE)


def kind_in(words: str) -> Payoff | None:
    """Give the first kind that words or a deal's name speak of: a renewal for "Acme renewal 2027"."""
    return next((kind for word in words[:_LONGEST].split() if (kind := _kind_of(word))), None)


def told(words: str) -> Told:
    """Read `acme renewal`, `renewal with acme yesterday`; the name is what is left, and may be empty."""
    typed = words[:_LONGEST].split()
    days_ago = _DAYS_AGO.get(_bare(typed[-1])) if typed else None
    typed = _without_term(typed if days_ago is None else typed[:-1])
    kind = next((kind for word in typed if (kind := _kind_of(word))), None)
    return Told(_name([word for word in typed if not _kind_of(word)]), kind, days_ago or 0)


def referrals(words: str) -> tuple[Referral, ...]:
    """Read `from acme to globex`, `globex came through acme` and their like: every way to read it, likeliest first.

    There are several where a name may hold the word that parts the two.
    """
    line = _ARROW.sub(" to ", " ".join(words[:_LONGEST].split())).strip(_AROUND)
    first, _, rest = line.partition(" ")
    if said := (*_parted(line, _REFERRED), *_parted(line, _CAME, turned=True)):
        return said
    match first.lower():
        case "from" | "by" | "via" | "through":
            return tuple(_parted(rest, _TO)) or (Referral(_end(rest)),)
        case "to":
            return tuple(_parted(rest, _BY, turned=True)) or (Referral("", _end(rest)),)
        case _:
            return (*_parted(line, _BY, turned=True), *_parted(line, _TO)) or (Referral(_end(line)),)


def sums(brought: Iterable[Brought]) -> dict[Payoff, int]:
    """Count by kind, in the order in which they are always named; what there is none of is left out."""
    found = [one.kind for one in brought]
    return {kind: found.count(kind) for kind in Payoff if kind in found}


def lately(kind: Payoff, on: date, brought: Sequence[Brought], to: str = "") -> Brought | None:
    """Give the newest of that kind within a month of `on`, of referrals one to the same; None: this is another."""
    alike = [one for one in brought if one.kind is kind and abs(on - one.on) < SOON]
    if kind is Payoff.REFERRAL:
        alike = [one for one in alike if one.to.casefold() == to.casefold()]
    return max(alike, key=lambda one: one.on, default=None)


def _kind_of(word: str) -> Payoff | None:
    return _KINDS.get(_bare(word))


def _without_term(typed: list[str]) -> list[str]:
    """Leave out for how long: "acme renewed for two years"; "renewal for acme" says for whom."""
    for place in range(1, len(typed) - 1):
        if _kind_of(typed[place]) and typed[place + 1].lower() == "for":
            return typed[: place + 1]
    return typed


def _bare(word: str) -> str:
    return word.strip(_AROUND).lower()


def _name(typed: list[str]) -> str:
    while typed and _bare(typed[0]) in _BETWEEN:
        typed = typed[1:]
    while typed and _bare(typed[-1]) in _BETWEEN:
        typed = typed[:-1]
    written = [word for word in typed if any(letter.isalnum() for letter in word)] or typed
    return _end(" ".join(written)).removesuffix("'s").removesuffix("’s")


def _parted(line: str, parting: re.Pattern[str], *, turned: bool = False) -> Iterable[Referral]:
    """Part a line at each such word; `turned`: whom it was to stands first."""
    for found in list(parting.finditer(line))[:_SPLITS]:
        sides = _name(line[: found.start()].split()), _name(line[found.end() :].split())
        client, to = reversed(sides) if turned else sides
        if client and to:
            yield Referral(client, to)


def _end(words: str) -> str:
    """Leave out what follows a name: a sentence that goes on, a day, stops."""
    name = _GOES_ON.split(words.strip(), maxsplit=1)[0].strip(_AROUND)
    head, _, last = name.rpartition(" ")
    return head.strip(_AROUND) if head and last.lower() in _DAYS_AGO else name
