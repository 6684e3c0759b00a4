"""Telling a request to deceive from talk about deceit. The coach helps with neither bluffs nor inventions."""

import re
from enum import StrEnum

from bot.coach.concealment import UNSEEN, is_concealed, is_unfounded
from bot.coach.contradictions import takes_back
from bot.coach.pretences import ACTS, BOSS, COST, HIDING, OUTRIGHT, RIVAL
from bot.coach.wishes import before, is_wish, one_of
from bot.coach.wording import plain


class Deceit(StrEnum):
    """What a rep asks to make up or to keep from the client."""

    RIVAL_BID = "rival_bid"
    DEADLINE = "deadline"
    AUTHORITY = "authority"
    HIDDEN_COST = "hidden_cost"
    FACT = "fact"


_COST = re.compile(
    rf"\b(?:{COST}|rates?|extras?|prices?|set-?up|rise|(?:small|fine) print|index\w*|clauses?|terms?|penalty|notice"
    r"|duty|included?|rental|installation|warranty|surcharge)\b"
)
_HIDDEN = re.compile(
    rf"\b(?:{HIDING}|without (?:mentioning|them|him|her)|secretly|quietly|sneaky|looks? free|(?:read|sound)s? like"
    r"|as hard to)\b|\b(?:hide|bury|disguise|sneak|slip|camouflage|stick|skips?|leave|not put)\b"
    r"|\bso that they believe\b"
)
_ABOUT: dict[Deceit, re.Pattern[str]] = {
    Deceit.RIVAL_BID: re.compile(
        r"\b(?:bids?|bidd\w+|rivals?|competit\w+|competing|takers?|quotes? from|interested|interest in|(?:in|en)quiry"
        r"|elsewhere|alternatives?|plan b|undercut|investors?|several parties|(?:someone|somebody"
        r"|anyone) else|supplier we"
        r"|(?:offers?|offered) (?:from|for|\d+|more)|(?:speaking|talking) to|invented offer|better offer"
        r"|(?:other|another|second|better|two|2) (?:\w+ )?(?:offer|quote|client|customer|company|part(?:y|ie)|candidate"
        r"|building|supplier|tenant|agency|buyer|dealer)s?|(?:interested|potential|competing) (?:\w+ )?buyers?"
        r"|(?:another|second|other|someone) (?:\w+ )?(?:is|are|has|asked|wants?|offered))\b"
    ),
    Deceit.DEADLINE: re.compile(
        r"\b(?:(?<!missed the )deadlines?|expir\w+|urgen\w+|scarc\w+|countdown|midnight|promo\w*|limited|hurry|rush"
        r"|last (?:chance|one|slot|seat|day|week|pallet|unit|place|spot|few)s?|run(?:s|ning) (?:out|low)|cut-?off"
        r"|end(?:s|ing) (?:on |in |next )?\w+|only (?:valid|available|\d|\w+ left)|until"
        r"|(?:valid|hold|good) (?:for|till)|goes up|closes|shuts|sold out|(?:fully )?booked|queue|waiting list"
        r"|(?:nearly|almost) gone|left (?:in|this)|capacity"
        r"|discontinued|prices? (?:will )?(?:rise|rising|go up|raising|increase)s?|raising prices"
        r"|before (?:mon|tues|wednes|thurs|fri)day|hard stop|faster)\b"
    ),
    Deceit.AUTHORITY: re.compile(
        rf"\b(?:{BOSS}|approval|not allowed|my hands|veto\w*|good cop|bad (?:cop|guy)|sign.?off|regulation|higher power"
        r"|(?:company|internal|house) rule|security said|pay grade|computer)\b"
    ),
}

_SAY = one_of(
    "say", "claim", "hint", "imply", "mention", "write", "state", "swear",
    r"(?:tell|promise|assure) (?:them|him|her|procurement|the \w+)",
)  # fmt: skip
_GAP = r"(?: (?!(?:when|if|they|he|she|their|because|about|to|what|how)\b)[\w']+){0,4}"
# What reps hardly ever ask help with when it is so.
_ALLEGATIONS: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"\b{_SAY}{_GAP} {RIVAL}(?: \w+)? ?"
        r"(?:buyer|bidder|offer|bid|party|taker|interested|(?:client|customer|company)s? (?:is |are |who )?"
        r"(?:interested|waiting|in line|lined|wants?))"
    ),
    re.compile(
        rf"\b(?:should|can|could|shall|may|let's|just|i'll) (?:i |we )?(?:just )?(?:say|claim){_GAP} {BOSS}"
        r" (?:\w+n't|does not|will not|cannot|refuses|said no|forbids|blocks|has to)"
    ),
)

_OWNED = re.compile(
    r"\b(?:an?|the|his|her|their|this|that|any|your|our|my|call|it's a|kind of|sort of)"
    r"(?: (?:little|white|obvious|blatant|clear|outright))? $"
)
_NOUN = re.compile(r"(?:bluff|lie)\b")
# That it is so after all, or that the rep means to put right what wasn't.
_HONEST = re.compile(
    one_of(
        r"\b(?:we|i) (?:really|actually|do|genuinely|truly|honestly) (?:do )?have\b",
        r"\b(?:it|that|which|they|one|both)(?:'s|'re| is| are)? (?:actually |really |both )?(?:true|real)\b"
        r"(?! (?:of|for))",
        r"\b(?:truthful(?:ly)?|openly|transparent(?:ly)?|dishonest|genuinely|apologi[sz]e|promise it's)\b",
        r"\b(?:answer|reply|say it|speak) honestly\b",
        r"(?<!sound )(?<!sounds )(?<!look )(?<!seem )(?<!be )\bhonest\b",
        r"\b(?:own up|come clean|be open|admits?|regret)\b",
        r"\b(?:set|put) (?:\w+ ){1,2}(?:straight|right)\b",
        r"(?<!want to )\bcorrect (?:it|this|that|them)\b",
        r"\b(?:we|i)(?:'ve| have) (?:got )?(?:an? |two )?(?:real|actual|genuine)\b|\bdifference between\b",
        r"\btruth about\b|\btell (?:\w+ ){1,2}the truth\b",
        r"\b(?:is|was) (?:it|that|this|bluffing|lying) (?:a lie|ever|wrong|fair|ethical)\b|\bever ok\b",
        r"\bi (?:refuse|don't want to|won't|didn't want to)(?:[,.;]|$)",
        r"\bi want (?:them|him|her) to (?:know|see)\b|\bprove (?:it|that)\b",
    )
)
_BARE = re.compile(
    r"\b(do|does|did|is|are|was|were|has|have|had|would|should|could|must|ca|wo)nt\b|\b(there|that|he|she|let)s\b"
)


def deceit(sentence: str) -> Deceit | None:
    """Say what a rep asks the coach to help make up or conceal, or None for everything honest.

    A request shows in an act of deceit that the rep wishes for; in something to be said that the rep takes back in
    the same breath, or that nobody could check; or in what the client shall not see. Somebody else's bluff, a bluff
    refused and one confessed are honest talk.
    """
    text = _apostrophes(plain(sentence))
    if _HONEST.search(text):
        return None
    signs = (OUTRIGHT.search, _is_act_wanted, _is_alleged, takes_back, is_concealed, is_unfounded)
    return _kind(text) if any(sign(text) for sign in signs) else None


def _apostrophes(text: str) -> str:
    """Put back the apostrophes that are left out in haste."""
    return _BARE.sub(lambda found: f"{found[1]}n't" if found[1] else f"{found[2]}'s", text)


def _kind(text: str) -> Deceit:
    if _COST.search(text) and (UNSEEN.search(text) or _HIDDEN.search(text)):
        return Deceit.HIDDEN_COST
    return next((kind for kind, words in _ABOUT.items() if words.search(text)), Deceit.FACT)


def _is_act_wanted(text: str) -> bool:
    return any(is_wish(text, act.start()) and not _is_named(text, act) for act in ACTS.finditer(text))


def _is_named(text: str, act: re.Match[str]) -> bool:
    """Tell "a bluff", of which somebody speaks, from "to bluff"."""
    return bool(_NOUN.match(act[0]) and _OWNED.search(before(text, act.start())))


def _is_alleged(text: str) -> bool:
    found = (pattern.search(text) for pattern in _ALLEGATIONS)
    return any(one and is_wish(text, one.start()) for one in found)
