"""Things named twice, moved on from, or told more of later, made into one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.coach.lexicon import CATALOGUE
from bot.coach.limits import limit_after, limit_before
from bot.coach.quantities import Quantity
from bot.coach.things import Thing, ends, free_end, low, unnamed
from bot.coach.tokens import Kind, Token

_JOINTS = frozenset({"and", "or", "plus", "but", "for", "if", "when", "against", "then", "in", "with", "unless", "so"})
_ABOUT = frozenset({"about", "around", "roughly", "say", "maybe", "like", "approximately", "some", "altogether"})
# So many words may stand between a name and the comma before its amount: "custom work on the report, 3 days".
_BETWEEN = 4


def merged(tokens: Sequence[Token], things: Sequence[Thing], spare: Mapping[int, Quantity]) -> list[Thing]:
    """Make one of each that belong together; no two overlap then, from left to right.

    `spare` are the amounts, by their first token, that no name has taken.
    """
    kept: list[Thing] = []
    for thing in sorted(things, key=lambda one: (one.first, -one.last)):
        if kept and thing.first < kept[-1].last:
            continue
        told = _told_after(tokens, thing, spare)
        if kept and (both := _one_of(tokens, kept[-1], told)):
            kept.pop()
            told = both
        kept.append(_limited(tokens, told, kept[-1].last if kept else 0))
    return kept


def _one_of(tokens: Sequence[Token], before: Thing, after: Thing) -> Thing | None:
    """Make one of two things that are the same; None where they are two."""
    apart = after.first - before.last
    if before.what != after.what or apart > 1:
        return None
    if low(tokens, before.first - 1) == "from" and low(tokens, before.last) == "to" and apart == 1:
        return replace(after, first=before.first - 1)  # "from net 30 to net 60"
    if before.amount is not None:
        return None
    joined = apart == 0 or (tokens[before.last].kind is Kind.WORD and low(tokens, before.last) not in _JOINTS)
    told = after.amount is not None and apart == 1  # "longer payment terms (net 60)"
    return replace(after, first=before.first) if told or joined else None


def _told_after(tokens: Sequence[Token], thing: Thing, spare: Mapping[int, Quantity]) -> Thing:
    """Take in the amount told after a name and a comma: "onboarding for free, 4 days"."""
    if thing.amount is not None or thing.condition:
        return thing
    place = free_end(tokens, thing.last) or thing.last
    while place < thing.last + _BETWEEN and low(tokens, place) not in ("", ",", *_JOINTS - {"in"}):
        place += 1
    if low(tokens, place) != ",":
        return thing
    place += 1
    while low(tokens, place) in _ABOUT:
        place += 1
    amount = spare.get(place)
    if not amount or not _belongs(tokens, thing, amount):
        return thing
    near, upper = ends(tokens, amount)
    return replace(thing, last=amount.last, amount=near, unit=amount.unit, upper=upper)


def _belongs(tokens: Sequence[Token], thing: Thing, amount: Quantity) -> bool:
    """Whether an amount can't be anything but that of the name before, and nothing else follows it."""
    alone = amount.last >= len(tokens) or tokens[amount.last].kind is not Kind.WORD
    fits = amount.unit != "" and amount.unit in CATALOGUE[thing.what].units if thing.what in CATALOGUE else False
    return fits and unnamed(tokens, amount) is None and (alone or low(tokens, amount.last) in _JOINTS)


def _limited(tokens: Sequence[Token], thing: Thing, floor: int) -> Thing:
    if thing.amount is None:
        return thing
    first, last = limit_before(tokens, thing.first, floor), limit_after(tokens, thing.last)
    limit = thing.limit or first < thing.first or last > thing.last
    return replace(thing, first=first, last=last, limit=limit)
