"""A client's message, read as it came out of the client's mouth: "we" are they, and "you" are us."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.coach.reading import Reading, read
from bot.coach.sides import natural
from bot.coach.speakers import reported, said_back, speaks_of_somebody
from bot.coach.tradables import Side, Tradable

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*[.!?]?")
_FIRST_OR_SECOND = re.compile(r"\b(?:we|i|us|our|my|me|you|your)\b", re.IGNORECASE)
_THIRD = re.compile(r"\b(?:they|them|their|he|she|his|her)\b", re.IGNORECASE)
_SHORTEST, _LONGEST = 3, 140
_LOOKED_AT = 5_000
# Not a point of theirs: a greeting, thanks, an afterthought.
_COURTESY = re.compile(
    r"\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|thank you|many thanks|best|kind|cheers|regards"
    r"|hope|looking forward|as discussed|please)\b",
    re.IGNORECASE,
)


def speaks(words: str) -> bool:
    """Say whether words come out of the client's mouth: "can you do 20%?", and not "they want 20%"."""
    return bool(_FIRST_OR_SECOND.search(words)) and not _THIRD.search(words)


def read_message(message: str, names: Mapping[str, str], lean: Side | None = None) -> Reading:
    """Read what a client asks for and offers. `lean` and `names` are those of `read`.

    What they ask for comes from us. The rest is placed by its nature where it has one: nobody but a seller gives a
    discount, and a case study comes from the client whoever speaks of it first.
    """
    told = read(reported(message), lean, names)
    gives = [one for one in told.gives if one in told.asked or natural(one.what) is not Side.GET]
    theirs = [one for one in told.gives if one not in gives]
    gets = [one for one in (*told.gets, *theirs) if natural(one.what) is not Side.GIVE]
    ours = [one for one in told.gets if one not in gets]
    asked = _once(*told.asked, *gives, *ours)
    return replace(told, gives=_once(*gives, *ours), gets=_once(*gets), asked=asked, demanded=bool(asked), limits=())


def point_of(message: str) -> str:
    """The first thing they say, to be said back to them: "you got burned last year". Of a question nothing."""
    for sentence in _SENTENCE.findall(message[:_LOOKED_AT]):
        said = " ".join(sentence.split())
        if _COURTESY.match(said) or len(said.split()) < _SHORTEST:
            continue
        is_point = not said.endswith("?") and len(said) <= _LONGEST and speaks_of_somebody(said)
        return said_back(said.rstrip(".! ")) if is_point else ""
    return ""


def _once(*tradables: Tradable) -> tuple[Tradable, ...]:
    return tuple(dict.fromkeys(tradables))
