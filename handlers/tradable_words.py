"""How one tradable is said, with its amount and its condition, in the catalogue's forms or in the rep's words."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.chat.text import printable
from bot.coach.amounts import Kind, amount_adjective, figure, kind_of, with_article
from bot.coach.tradables import Tradable
from content.catalogue import Condition, Form, Listing, Measured, Occasion, Trading
from content.files import SLOT
from content.library import SLOTS
from handlers.wording import amount, clip, inside, listed

_NUMBER = re.compile(r"[\d.,]*\d")
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october"
    r"|november|december|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b|\b(?:spring|summer|autumn|winter|christmas|easter"
    r"|tomorrow|today|week|month|quarter|year|end of|[qh][1-4]|20\d\d)\b|\b\d{1,2}[./]\d{1,2}[./]",
    re.IGNORECASE,
)
# Verbs that can stand before two things: "take 8% off and part in a case study" can't.
_SHARED = frozenset({"add", "agree", "book", "commit", "sign"})
_OWN = 80
_BEFORE_A_NOUN = 2  # so many words may stand before one: "premium", "premium 24/7"
_PREPOSITIONS = frozenset(
    """
    about after as at before between beyond by during each every excluding for from if in including into of off on
    once only over per provided since starting subject than through throughout to under unless until up via when
    while with within without
    """.split()  # noqa: SIM905 - so many words read best as lines
)


def said(form: Form, tradable: Tradable, trading: Trading) -> str:
    """Say a tradable as a `noun`, as what `you` do or as what `we` do."""
    listing = trading.listings.get(tradable.what)
    if listing is None:
        return _with_condition(fill(trading.own_words.say(form), what=_own(tradable, ours=form != "you")), tradable)
    if measured := _measured(tradable, listing):
        return _with_condition(fill(measured.say(form), **_amounts(tradable, measured)), tradable)
    return _tied(form, tradable, listing) or _with_condition(_with_amount(listing.say(form), tradable), tradable)


def once_agreed(occasion: Occasion, tradable: Tradable, trading: Trading) -> str:
    """Say a whole sentence about what was agreed: a `courtesy` about our give, `thanks` for theirs."""
    listing = trading.listings.get(tradable.what)
    if listing is None:
        return fill(trading.own_words.agreed(occasion), what=_own(tradable, ours=occasion == "courtesy"))
    measured = _measured(tradable, listing)
    exact = measured.agreed(occasion) if measured else ""
    return fill(exact, **_amounts(tradable, measured)) if measured and exact else listing.agreed(occasion)


def together(deeds: Sequence[str]) -> str:
    """Join what one side does, a shared verb said once: `add onboarding and 10 seats, and take 8% off`."""
    shared: dict[str, list[str]] = {}
    for deed in deeds:
        verb, _, rest = deed.partition(" ")
        is_shared = verb in _SHARED
        shared.setdefault(verb if is_shared else deed, []).append(rest if is_shared else "")
    groups = [f"{verb} {listed([rest for rest in rests if rest])}".strip() for verb, rests in shared.items()]
    nested = 1 < len(groups) < len(deeds)
    return f"{', '.join(groups[:-1])}, and {groups[-1]}" if nested else listed(groups)


def fill(phrase: str, **slots: str) -> str:
    """Put words into a form or a frame; braces in them stay as typed."""
    return SLOT.sub(lambda slot: slots[slot[1]], phrase)


def _own(tradable: Tradable, *, ours: bool) -> str:
    """The rep's words; where there are none, what belongs there, in brackets."""
    words = inside(clip(printable(tradable.what), _OWN)).rstrip("?!. ")
    return _with_amount(words, tradable) if words else SLOTS["give" if ours else "get"]


def _measured(tradable: Tradable, listing: Listing) -> Measured | None:
    return listing.measure(tradable.unit) if _has_amount(tradable) else None


def _has_amount(tradable: Tradable) -> bool:
    return tradable.amount is not None and tradable.amount.is_finite()


def _amounts(tradable: Tradable, measured: Measured) -> dict[str, str]:
    """Every way to write an amount into a form."""
    number, unit = tradable.amount or Decimal(0), _unit(tradable, measured)
    written = amount(number, unit)
    adjective = written if kind_of(unit) is Kind.MONEY else amount_adjective(number, unit)
    return {
        "amount": written,
        "adjective": adjective,
        "an_adjective": with_article(adjective),
        "number": figure(number),
        "net": f"net {figure(number)}" if unit == "days" and number == int(number) else f"within {written}",
    }


def _unit(tradable: Tradable, measured: Measured) -> str:
    """The rep's unit, or the form's fuller name for it: `calls` are reference calls."""
    return (measured.unit if kind_of(tradable.unit) is Kind.COUNT else "") or tradable.unit


def _with_amount(words: str, tradable: Tradable) -> str:
    """Add an amount that no form speaks of, unless the words do."""
    if tradable.amount is None or not _has_amount(tradable):
        return words
    written = amount(tradable.amount, tradable.unit)
    stated = written in words or figure(tradable.amount) in _NUMBER.findall(words)
    return words if stated else f"{words} ({written})"


def _tied(form: Form, tradable: Tradable, listing: Listing) -> str:
    """Say it in the form that has a place for such a condition; empty where there is none."""
    condition, tied = _condition(tradable), listing.tied
    sort = _sort(condition)
    if not tied or sort not in tied.takes or _has_amount(tradable):
        return ""
    lead = f"{tied.lead} " if tied.lead and sort != "phrase" else ""
    if lead and condition.lower().startswith(("end of", "start of", "beginning of", "middle of")):
        lead += "the "
    return fill(tied.say(form), condition=f"{lead}{condition}")


def _with_condition(words: str, tradable: Tradable) -> str:
    condition = _condition(tradable)
    if not condition or condition.casefold() in words.casefold():
        return words
    return f"{words} {condition}" if _sort(condition) == "phrase" else f"{words} ({condition})"


def _condition(tradable: Tradable) -> str:
    return inside(clip(printable(tradable.condition))).rstrip("?!. ")


def _sort(condition: str) -> Condition | None:
    """What a condition looks like; None for words that are none of these."""
    words = condition.lower().split()
    if words and words[0] in _PREPOSITIONS:
        return "phrase"
    if _DATE.search(condition):
        return "date"
    if _NUMBER.search(condition):
        return "figure"
    return "quality" if 0 < len(words) <= _BEFORE_A_NOUN else None
