"""What the client shall not see, and what is only said because nobody could check."""

import re

from bot.coach.wishes import claim, is_wish, one_of

_THEM = one_of("them", "him", "her", "people", "everyone", "procurement", r"(?:the|our|my|this) \w+")
_THEY = r"(?!(?:i|we|it|you|that|this)\b)\w+(?: \w+){0,2}?"
_KNOW = one_of(
    "know", "notice", "spot", "find out(?! from| through| the hard)", "reali[sz]e", "discover", "learn", "suspect",
    "check", "verify", "catch", "twig", "pick(?:ing)? up on", "cotton on",
)  # fmt: skip
_SEE = one_of(
    _KNOW, "see(?! us| me| the value| why| this as| it as)", "find(?! it (?:hard|easy|difficult))", "ask about",
    "hears? of", "question (?:it|this|that)", "tell (?:what|how|which)",
    r"work (?:it )?out",
)  # fmt: skip
_NEVER = r"(?:\w+n't|not|never|no longer)"
# How somebody hopes who conceals: what the client shall not see.
UNSEEN = re.compile(
    r"\b"
    + one_of(
        rf"so(?: that)? {_THEY} (?:\w+ )?{_NEVER} (?:\w+ )?{_SEE}",
        r"so(?: that)? (?:it|this|that|the \w+)(?: \w+)? (?:\w+n't|not) (?:\w+ )?"
        r"(?:st(?:and|ick)s? out|noticed|visible|seen|obvious|noticeable|jump out)\b",
        r"so(?: that)? (?:it|this|that|the \w+) (?:can't|won't|isn't|doesn't|never) (?:be |get )?"
        r"(?:spotted|noticed|seen|found|questioned|checked|traced)\b",
        r"(?:page|place|part|section|bit|paragraph|line)s? .{0,40}(?:never|not|n't|rarely) (?:read|look|see|notice)",
        r"so(?: that)? (?:it|this|that) (?:slips|goes|gets) (?:by|past|through|unnoticed|under)\b",
        r"go(?:es)? unnoticed\b|in a way (?:that )?(?:nobody|no ?one|they (?:\w+n't|never)) \w+",
        r"without (?:drawing|attracting|raising|being|getting) (?:\w+ )?"
        r"(?:attention|eyebrows|suspicions?|noticed|spotted|seen)\b",
        rf"(?:want|like|need|hope|get|make) {_THEM} (?:to )?(?:over ?look|miss|not (?:notice|see|spot|ask))\b",
        rf"keep(?:ing)? (?:that|this|it|all that) from {_THEM}\b",
        rf"so(?: that)? {_THEY} (?:skips?|skims?|reads?|glosses) (?:over|past)\b",
        rf"so(?: that)? {_THEY} only (?:\w+ )?{_SEE}",
        r"so(?: that)? (?:it|this|that) (?:doesn't|won't|never) (?:comes? up|surfaces?)\b",
        rf"sign(?:ed)? before (?:they|he|she|anyone) {_SEE}",
        r"keep (?:\w+ ){1,3}from (?:ever )?(?:finding|noticing|seeing|reali[sz]ing|learning|knowing)\b",
        rf"so(?: that)? (?:nobody|no ?one) (?:\w+ )?{_SEE}s?\b",
        rf"so(?: that)? {_THEY} (?:will |might |just )?(?:over ?looks?|miss(?:es)?)\b",
        r"without (?:them|him|her|anyone|anybody|the \w+|their|his)(?: (?:ever|really|even))? "
        r"(?:know|notic|see|find|spott?|reali[sz]|catch|discover|twigg|pick|suspect)ing",
        rf"(?:they|he|she|the (?:client|customer|buyer)) (?:must|should|shall|may)(?:n't| not| never) (?:\w+ )?{_SEE}",
        rf"(?:don't|not|never) (?:want|like) {_THEM} to (?:\w+ )?(?:{_KNOW}|see (?:the|that|how|what|it)\b)",
        rf"(?:rather|prefer|hope|hoping) (?:if |that )?{_THEY} {_NEVER} (?:\w+ )?{_SEE}s?\b",
        rf"where (?:they|he|she|nobody|no ?one) (?:\w+ )?(?:{_NEVER} )?(?:looks?|reads?|sees?|checks?)\b",
    )
)
# No secret by itself; but who wants something said adds it only when it isn't so.
_UNFOUNDED = re.compile(
    r"\b"
    + one_of(
        rf"(?:they|he|she) (?:can't|cannot|won't|couldn't|have no way|has no way|(?:will|would|can) never)"
        rf" (?:\w+ )?(?:to |of )?(?:{_KNOW}|see that|tell the difference)\b",
        rf"(?:they|he|she)(?:'ll|'d) never {_KNOW}\b",
        r"(?:nobody|no ?one) (?:\w+ ){0,3}(?:will|can|would|could|has|is going to|ever) (?:\w+ )?(?:any way of )?"
        r"(?:check|verify|notice|know|find|look|call)(?:s|ing)?\b",
        r"if (?:we|i)(?: have|'ve got) (?:nothing|none|no \w+)\b|even if (?:it|we|i)(?: \w+n't|'s not|'re not)\b",
        r"(?:when|although|though|while) (?:we|i|it|he|she|there)(?:'s|'ve|'re)? (?:is |are |was |have |has )?only\b",
        r"(?:al|even )?though (?!they|he|she|the client)(?:\w+ ){1,3}(?:hasn't|haven't|never|isn't|aren't|wasn't|didn't"
        r"|don't|doesn't)\b",
        r"(?:nobody|no ?one) (?:checks|looks|knows)\b",
        r"who's (?:gonna|going to) (?:know|check|notice)\b",
        r"who can (?:prove|check|tell)\b|prove otherwise\b",
        r"no way (?:of|to) (?:check|verify)(?:ing)?\b",
    )
)
# What everybody may keep to themselves.
_PRIVATE = re.compile(
    r"\b(?:walk-?away|floor|bottom line|lowest|reservation|batna|(?:our|my) limit|flexib\w+|plan b|nerv\w*"
    r"|desperat\w*|anxi\w*|stress\w*|feel\w*"
    r"|emotion\w*|surprise|how (?:much|badly|low|far)|priorit\w+|target|strategy|disappoint\w*|excite\w*|frustrat\w*"
    r"|angry|anger|tired|worried|scared|fear|my margins?|our margins?)\b"
)


def is_concealed(text: str) -> bool:
    """Say whether, in a plain sentence, the client shall not see something that is theirs to know."""
    hoped = UNSEEN.search(text)
    return bool(hoped and is_wish(text, hoped.start())) and not _PRIVATE.search(text)


def is_unfounded(text: str) -> bool:
    """Say whether something is to be said that nobody could check, or that the rep has nothing to go by."""
    return bool(_UNFOUNDED.search(text) and claim(text)) and not _PRIVATE.search(text)
