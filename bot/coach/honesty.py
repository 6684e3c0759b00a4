"""Telling a request to deceive from talk about deceit. The coach helps with neither bluffs nor inventions."""

import re
from enum import StrEnum

from bot.coach.wording import plain


class Deceit(StrEnum):
    """What a rep asks to make up or to keep from the client."""

    RIVAL_BID = "rival_bid"
    DEADLINE = "deadline"
    AUTHORITY = "authority"
    HIDDEN_COST = "hidden_cost"
    FACT = "fact"


def _any(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


_BOSS = _any(
    "boss", "manager", "management", "legal", "lawyers?", "board", "head office", "headquarters", "hq", "finance",
    "director", "cfo", "ceo", "cto", "committee", "compliance", "system", "polic(?:y|ies)",
)  # fmt: skip
_COST = _any(
    "fees?", "surcharges?", "costs?", "charges?", "mark-?up", "price (?:increase|rise|hike)", r"auto-?renew\w*"
)
_RIVAL = _any(
    "another", "other", "second", "rival", "competing", "two other", "several other", "someone else", "somebody else"
)
_ABOUT: dict[Deceit, re.Pattern[str]] = {
    Deceit.HIDDEN_COST: re.compile(rf"\b(?:{_COST}|(?:small|fine) print)\b"),
    Deceit.RIVAL_BID: re.compile(
        r"\b(?:bids?|bidders?|buyers?|rivals?|competit\w+|competing|takers?|quotes?|offers? from|interested|"
        r"(?:someone|somebody) else|(?:other|another|second|better) (?:\w+ )?(?:offer|quote|client|customer|company"
        r"|party)s?)\b"
    ),
    Deceit.DEADLINE: re.compile(
        r"\b(?:deadlines?|expir\w+|urgen\w+|scarc\w+|last (?:chance|one|slot|seat|day)|runs? out"
        r"|ends? (?:on )?\w+day|cut-?off"
        r"|only valid|until|goes up)\b"
    ),
    Deceit.AUTHORITY: re.compile(rf"\b(?:{_BOSS}|approval|not allowed|my hands)\b"),
}

_THEM = _any("them", "him", "her", "procurement", "the (?:client|customer|buyer)")
_FALSE = _any(
    "fake", "false", "artificial", "bogus", "phone?y", "fictitious", "imaginary", "made-up", "invented", "non-?existent"
)  # fmt: skip
_PROP = _any(
    "bid", "offer", "quote", "deadline", "e-?mail", "invoice", "competitor", "buyer", "bidder", "reference", "review",
    "testimonial", "urgency", "scarcity", "pressure", "document", "letter", "contract", "number", "figure", "interest",
    "customer", "client", "approval", "date", "excuse", "story", "policy", "case study",
)  # fmt: skip
_UNWELCOME = _any(
    _COST, "margin", "clauses?", "print", r"penalt\w+", "bugs?", "outages?", "defects?", "problems?", "issues?",
    "risks?",
    "delays?", "faults?", "truth", "facts?", "increase", "condition",
)  # fmt: skip
_INVENT = _any(
    r"invent(?:ing)?\b", r"fabricat(?:e|ing)\b", r"ma(?:ke|king) up\b", r"dream up\b", r"forg(?:e|ing)\b", r"falsify\b",
    r"backdat(?:e|ing)\b",
)  # fmt: skip
_HIDE = _any(
    "hid(?:e|ing)", "conceal(?:ing)?", "bury(?:ing)?", "disguis(?:e|ing)", "sneak(?:ing)?(?: in)?", "slip in",
    "smuggl(?:e|ing)", "obscur(?:e|ing)", "cover up", "keep quiet about", "(?:not|without|avoid) mention(?:ing)?",
    "without telling (?:them|him|her) about",
)  # fmt: skip
_STRETCH = _any(
    "exaggerat(?:e|ing)", "inflat(?:e|ing)", "overstat(?:e|ing)", "fudg(?:e|ing)", "doctor(?:ing)?", "massag(?:e|ing)",
    "cook(?:ing)?",
)  # fmt: skip
_AWAY = _any(_THEM, "the contract", "the terms", "the footnotes?", "the (?:small|fine) print")
_SUGGESTED = _any("we", "there", "it(?! over)", "i", "our", "this", "someone", "somebody", "another", "the")
# What somebody does who deceives. Who that is, and whether they want to, stands before it.
_ACTS = re.compile(
    r"\b"
    + _any(
        rf"{_INVENT}(?! (?:for|my mind|the difference|time|ground|lost|a way|a solution)\b)",
        r"pretend(?:ing)?\b(?! you)",
        r"bluff(?:ing)?\b",
        r"(?:lie|lying)\b(?! (?:behind|in|with|awake))",
        r"(?:mislead(?:ing)?|deceiv(?:e|ing))\b",
        rf"(?:trick|fool|dupe|con) {_THEM}\b",
        rf"{_STRETCH} (?:the|our|my|how|a|some|what)\b",
        r"fake (?:a|an|the|some|our|interest)\b",
        rf"{_FALSE} (?:\w+ )?{_PROP}s?\b",
        rf"{_HIDE} (?:\w+ ){{0,3}}{_UNWELCOME}\b",
        rf"(?:sneak|slip|hide|bury) (?:[\w-]+ ){{1,4}}(?:past|into|in|from) {_AWAY}\b",
        rf"(?:let|make|have) {_THEM} (?:think|believe) (?:that )?{_SUGGESTED}\b",
    )
)

_CLAIM = _any(
    "say", "claim", "hint", "imply", "mention", "write", "state", "swear",
    r"(?:tell|promise|assure) (?:them|him|her|procurement|the \w+)",
)  # fmt: skip
_GAP = r"(?: (?!(?:when|if|they|he|she|their|because|about|to|what|how)\b)[\w']+){0,4}"
_NOT = _any(r"\w+n't", "(?:is|do|does|will|'s) not", "could", "would", "did", "does", "is", "are", "has", "have", "'s")
_ECHO = _any(
    "true", "really", "actually", "one", "any", "ready", "have", "exist", "it", "that", "yet", "allow", "approve",
    "possible", "real", "so", "there", "been", "not", "fine", "ok", "done", "never", "plenty", "no", "more", "left",
    "stock", "got",
)  # fmt: skip
# What would be a lie to say, as far as the sentence shows: the rep adds that it isn't so, or only wants to say it.
_CLAIMS: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"\b{_CLAIM}{_GAP} {_RIVAL}(?: \w+)? ?"
        r"(?:buyer|bidder|offer|bid|party|taker|interested|(?:client|customer|company)s? (?:is |are |who )?"
        r"(?:interested|waiting|in line|lined|wants?))"
    ),
    re.compile(
        rf"\b(?:should|can|could|shall|may|let's|just|i'll) (?:i |we )?(?:just )?(?:say|claim){_GAP} {_BOSS}"
        r" (?:\w+n't|does not|will not|cannot|refuses|said no|forbids|blocks|has to)"
    ),
    re.compile(rf"\bblam(?:e|ing) (?:it |this |that )?(?:on )?(?:my |our |the )?{_BOSS}\b"),
    re.compile(
        rf"\b{_CLAIM}\b.{{1,80}}[ (](?:when|although|though|even though|while) (?:my )?[\w']+"
        rf"(?: (?:actually|really|clearly))? ?{_NOT}(?: {_ECHO}){{0,4}} ?[.?!)]*$"
    ),
    re.compile(
        rf"\b{_CLAIM}\b.{{1,80}}[ ,]but (?:it|that|this|there)(?:'s| is| isn't)(?: not)? (?:true|one|any|a lie|real)\b"
    ),
    re.compile(rf"\b{_CLAIM}\b.{{1,60}} (?:knowing|even if) (?:it|that|we|i)\b.{{0,20}}(?:n't|not|false|lie)\b"),
)

_CLAUSE = re.compile(r"[,.;:?!()]| (?:and|but|because|so|since|while) ")
_THEIRS = re.compile(
    r"\b(?:(?:they|he|she|who|someone|somebody)\b|(?:client|customer|buyer|procurement|competitor|rival|supplier|vendor"
    r"|lawyer|guy|colleague|side|boss|manager)s?(?:'s| (?:is|are|was|were|will|would|might|may|must|can|could|seems?"
    r"|keeps?|just|always|tries|tried|to)\b))"
)
_OURS = re.compile(
    r"\b(?:i|we|let's|let us|help me|help us|me|should|can i|how to|i'll|i'd|we'll|just|please|tell|say"
    r"|ok to|okay to|fine to)\b"
)
_REFUSAL = _any(
    "n't", r"\bnot", r"\bnever", r"\bwithout", r"\bavoid", r"\brather than", r"\binstead of", r"\bstop", r"\bfrom",
    r"\balways", r"\bkeep", r"\bcatch", r"\bno", r"\brefuse to", r"\bhate to", r"\bthan", r"\btired of",
    r"\bguilty of", r"\bagainst",
    r"\baccused? (?:me|us) of", r"\bcaught(?: me| us)?", r"\bwrong to",
    r"\b(?:wants?|asks?|asked|told|expects?|tells|wanted|made|makes) (?:me|us)(?: to)?",
)  # fmt: skip
_FILLER = _any(
    "want", "wanting", "to", "have", "need", "going", "like", "sound", "be", "having", "just", "simply", "ever",
    "really",
    "feel", "seem", "using", "with", "by", "an?", "the", "their",
)  # fmt: skip
_REFUSED = re.compile(rf"{_REFUSAL}(?: {_FILLER}){{0,3}} $")
_OWNED = re.compile(
    r"\b(?:an?|the|his|her|their|this|that|any|your|our|my|call|it's a)"
    r"(?: (?:little|white|obvious|blatant|clear|outright))? $"
)
_NOUN = re.compile(r"(?:bluff|lie)\b")
_WONDERED = re.compile(r"\b(?:why not|why don't (?:i|we)|(?:can't|couldn't|shouldn't) (?:i|we))\b[ \w]{0,12}$")
_LOOKING = re.compile(
    r"\b(?:tell|know|see|spot|find out|sure|detect|suspect|think|respond|react|recognise|notice)"
    r" (?:if|whether|when|that|to|they|he|she|it's|a|an)\b|\bsigns (?:of|that)\b|\bfeels\b"
)
_TRUE = re.compile(
    r"\b(?:we|i) (?:really|actually|do|genuinely|truly|honestly) (?:do )?have\b"
    r"|\b(?:it|that|which)(?: is|'s) (?:actually |really )?true\b|\bhonestly\b|\btruthfully\b"
)


def deceit(sentence: str) -> Deceit | None:
    """Say what a rep asks the coach to help make up, or None for everything honest.

    Somebody else's bluff, a bluff refused and one confessed are honest talk.
    """
    text = plain(sentence)
    if _TRUE.search(text):
        return None
    if any(_is_wanted(text, act) for act in _ACTS.finditer(text)) or any(_is_claimed(text, claim) for claim in _CLAIMS):
        return next((kind for kind, words in _ABOUT.items() if words.search(text)), Deceit.FACT)
    return None


def _is_wanted(text: str, act: re.Match[str]) -> bool:
    """Say whether the rep is the one who would do it, and wants to."""
    before = _before(text, act.start())
    if _WONDERED.search(before):
        return True
    named = _NOUN.match(act[0]) and _OWNED.search(before)
    return not (named or _REFUSED.search(before) or _LOOKING.search(before) or _theirs(before))


def _is_claimed(text: str, claim: re.Pattern[str]) -> bool:
    found = claim.search(text)
    before = _before(text, found.start()) if found else ""
    return bool(found) and not (_REFUSED.search(before) or _theirs(before))


def _theirs(before: str) -> bool:
    """Say whether the nearest one named before an act is the other side."""
    return _last(_THEIRS, before) > _last(_OURS, before)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)


def _before(text: str, place: int) -> str:
    """The part of the clause that stands before a place."""
    return _CLAUSE.split(text[max(0, place - 60) : place])[-1]
