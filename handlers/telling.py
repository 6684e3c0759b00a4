"""Sentences that tell what a client brought, without a verb of the grammar in front: `globex came through acme`."""

import re

_LONGEST = 200
_NAME_WORDS = 4
# No comma, colon or question inside: then more is said than this.
_NAME = r"[^,;:?!]{1,80}?"


def _sentence(said: str) -> re.Pattern[str]:
    return re.compile(rf"{said.replace('NAME', f'({_NAME})')}(?:\s+(?:today|yesterday))?[\s.!🎉]*", re.IGNORECASE)


_TOLD = (
    ("referral", _sentence(r"NAME (?:(?:has|have|just) )?referred us to NAME")),
    ("referral", _sentence(r"NAME came (?:to us )?(?:through|via) NAME")),
    ("renewal", _sentence(r"NAME (?:(?:has|have|just) )?renewed(?: for [\w ]{1,30})?")),
    ("expansion", _sentence(r"NAME (?:(?:has|have|just) )?expanded")),
)
# Who begins like this isn't named, and who is no client can't refer or be referred: that is told to the coach.
_NOBODY = re.compile(
    r"(?:i|we|you|he|she|it|they|them|us|me|him|her|this|that|these|those|there|who|what|which|how|why|when|if|and|but|so"
    r"|because|as|after|since|once|the|a|an|my|our|your|his|their|its|no|not|nobody|someone|somebody|everyone|another|one"
    r"|some|all|both|client|customer|buyer|prospect|procurement|legal|finance|purchasing|management|sales|support|it"
    r"|security|hr|email|slack|teams|news|word|money|payment|budget|approval|demand|request|pressure|deal|contract|order"
    r"|offer|help|price|for|in|on|at|with|from|to|by|just|recently|finally|today|yesterday|should|could|would|can|has"
    r"|have|was|were|is|are)\b(?!\.\w)",
    re.IGNORECASE,
)


def told(line: str) -> tuple[str, str] | None:
    """Give the verb that such a sentence stands for, and the words for it; None: it tells something else."""
    if len(line) > _LONGEST:
        return None
    line = " ".join(line.split())
    for verb, pattern in _TOLD:
        found = pattern.fullmatch(line)
        if found and all(_is_name(name) for name in found.groups()):
            return verb, line
    return None


def _is_name(words: str) -> bool:
    return 0 < len(words.split()) <= _NAME_WORDS and not _NOBODY.match(words)
