"""How a trade is said to the client: offers, questions, packages, and the words once it is agreed.

What the catalogue knows is said in its own forms, anything else in the rep's words. Gives and gets are lists, as a
trade may hold several. To the client, a give marked as a limit is said without its amount: how far we would go
is for the rep alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.chat.cards import Run, Runs
from bot.coach.tradables import Tradable
from content.catalogue import Trading
from content.library import SLOTS
from handlers.tradable_words import fill, once_agreed, said, together
from handlers.wording import clip, listed

_STRONG = re.compile(r"\*([^*]+)\*")
_CURLY = str.maketrans("\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}", "''")
_EXCHANGES = 3


def noun(tradable: Tradable, trading: Trading) -> str:
    """Name a tradable for the rep, its limit included: `payment net 30`, `8% off at most`."""
    limit = " at most" if tradable.limit and tradable.amount is not None else ""
    return f"{said('noun', tradable, trading)}{limit}"


def offer(gives: Sequence[Tradable], gets: Sequence[Tradable], trading: Trading) -> str:
    """Word a trade as a sentence to say: `If you sign for two years, then we take 8% off.`.

    Half a trade asks for its other half.
    """
    return "".join(run.text for run in offer_runs(gives, gets, trading))


def offer_runs(gives: Sequence[Tradable], gets: Sequence[Tradable], trading: Trading) -> Runs:
    """Word the same for a card, where *If* and *then* are strong."""
    frames = trading.frames
    frame = frames.give_alone if gives and not gets else frames.get_alone if gets and not gives else frames.offer
    slots = _verbs(gives, gets, trading)
    parts = [fill(part, **slots) for part in _STRONG.split(frame)]
    return tuple(Run(part, strong=place % 2 == 1) for place, part in enumerate(parts) if part)


def question(gives: Sequence[Tradable], gets: Sequence[Tradable], trading: Trading) -> str:
    """Word a trade as a question: `If we could take 8% off, would you sign for two years?`."""
    return fill(trading.frames.question, **_verbs(gives, gets, trading))


def joint(gives: Sequence[Tradable], gets: Sequence[Tradable], trading: Trading) -> str:
    """Word a trade as one solution for both: `So that it works for both of us: you ..., and we ...`."""
    return fill(trading.frames.joint, **_verbs(gives, gets, trading))


def package(name: str, gives: Sequence[Tradable], gets: Sequence[Tradable], trading: Trading) -> str:
    """Describe a package in one line: `A: 8% off and support in return for a two-year contract`."""
    ours, theirs = _nouns(_to_say(gives), trading), _nouns(gets, trading)
    both = fill(trading.frames.package, gives=ours, gets=theirs) if ours and theirs else ours or theirs
    return ": ".join(part for part in (clip(name), both) if part)


def courtesy(give: Tradable, trading: Trading, gets: Sequence[Tradable] = ()) -> str:
    """Make an agreed give visible, and what the client did for it: `We've taken 8% off our price, ...`."""
    (agreed,) = _to_say((give,))
    thanks_to = f" {fill(trading.frames.made_possible, gets=_nouns(gets, trading))}" if gets else ""
    return f"{once_agreed('courtesy', agreed, trading)}{thanks_to}"


def thanks(get: Tradable, trading: Trading) -> str:
    """Thank for an agreed get and say what it makes possible: `Thank you for signing for two years. ...`."""
    return once_agreed("thanks", get, trading)


def behind(demand: Tradable | None, trading: Trading) -> tuple[str, ...]:
    """Questions that find out what a demand is about, the best first, at most three."""
    listing = trading.listings.get(demand.what) if demand else None
    return (listing or trading.own_words).behind


def common_exchanges(give: Tradable | None, trading: Trading) -> tuple[tuple[Tradable, Tradable], ...]:
    """Give at most three trades, (give, get), for a demand that no plan covers; None: a demand nobody understood.

    No amount is invented: the demand stands as it was asked, and the last trade leaves it open how much of it.
    """
    if give is None:
        return tuple((Tradable(what=one.give), Tradable(what=one.get)) for one in trading.common[:_EXCHANGES])
    listing = trading.listings.get(give.what)
    names = [name for name in (listing or trading.own_words).ask_for if name != give.what][:_EXCHANGES]
    part = replace(give, amount=None, unit="", limit=False)
    in_part = listing is not None and listing.divisible and give.amount is not None
    gives = [part if in_part and place == _EXCHANGES - 1 else give for place in range(len(names))]
    return tuple((one, Tradable(what=name)) for one, name in zip(gives, names, strict=True))


def adversarial(text: str, trading: Trading) -> tuple[str, str] | None:
    """Find the first words that set people against each other: those words as typed, and a joint way to say it."""
    line = " ".join(text.split())
    found = trading.hostile.search(line.translate(_CURLY))
    rather = trading.rather.get(found[0].lower(), "") if found else ""
    return (line[slice(*found.span())], rather) if found and rather else None


def _verbs(gives: Sequence[Tradable], gets: Sequence[Tradable], trading: Trading) -> dict[str, str]:
    """What each side does; where a side is empty, what belongs there, in brackets."""
    ours = together([said("we", one, trading) for one in _to_say(gives)])
    theirs = together([said("you", one, trading) for one in gets])
    return {"gives": ours or SLOTS["give"], "gets": theirs or SLOTS["get"]}


def _nouns(tradables: Sequence[Tradable], trading: Trading) -> str:
    return listed([said("noun", one, trading) for one in tradables])


def _to_say(gives: Sequence[Tradable]) -> list[Tradable]:
    return [replace(give, amount=None, unit="") if give.limit else give for give in gives]
