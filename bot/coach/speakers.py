"""Who speaks: a client's own words as a rep would tell them to us, or say them back to the client."""

import re
from collections.abc import Mapping

_CURLY = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{LEFT SINGLE QUOTATION MARK}": "'"})
_FROM_US = {
    "you": "we", "you're": "we're", "you've": "we've", "you'd": "we'd", "you'll": "we'll", "your": "our",
    "yours": "ours", "yourself": "ourselves", "yourselves": "ourselves",
}  # fmt: skip
_TOLD = _FROM_US | {
    "we": "they", "i": "they", "us": "them", "me": "them", "our": "their", "ours": "theirs", "my": "their",
    "mine": "theirs", "ourselves": "themselves", "myself": "themselves", "we're": "they're", "i'm": "they're",
    "we've": "they've", "i've": "they've", "we'd": "they'd", "i'd": "they'd", "we'll": "they'll", "i'll": "they'll",
}  # fmt: skip
_FACED = _FROM_US | {
    "we": "you", "i": "you", "us": "you", "me": "you", "our": "your", "ours": "yours", "my": "your",
    "mine": "yours", "ourselves": "yourselves", "myself": "yourself", "we're": "you're", "i'm": "you're",
    "we've": "you've", "i've": "you've", "we'd": "you'd", "i'd": "you'd", "we'll": "you'll", "i'll": "you'll",
}  # fmt: skip
_BE = {"am": "are", "was": "were"}
# "You" is no subject after these: "we need you to", "with you".
_LEADS = (
    "for|to|with|from|of|at|on|by|than|need|needs|want|wants|ask|asks|asked|like|expect|give|gives|pay|paying|tell"
    "|send|let|introduce|refer|help|offer|show|get|recommend"
)
# A "thank you" stays what it is, and "your competitor" is nobody's at this table.
_WHO = "|".join(sorted(_TOLD, key=len, reverse=True))
_PERSON = re.compile(
    r"\b(?P<as_is>thank you)\b|\b(?P<rival>your) (?=(?:\w+ )?(?:competit|rival))"
    rf"|\b(?P<lead>(?:{_LEADS}) )you\b(?!')|\b(?P<who>{_WHO})\b(?!')(?P<be> (?:am|was)\b)?",
    re.IGNORECASE,
)
# Of statements; their capital goes.
_BEGINNINGS = frozenset({
    "you", "you're", "you've", "you'd", "you'll", "your", "we", "we're", "we've", "we'd", "we'll", "our", "the", "a",
    "an", "this", "that", "it", "it's", "there", "they", "their", "if", "at", "for", "in", "with", "without", "because",
})  # fmt: skip
_BEGINS = frozenset({"", ".", "!", "?", "\n", ":"})


def reported(message: str) -> str:
    """Tell a client's words as a rep would: "We need 15% off. Can you do it?" - "They need 15% off. Can we do it?".

    Who speaks changes, and nothing else; what begins a sentence keeps its capital.
    """
    return _turned(message, _TOLD)


def faced(words: str) -> str:
    """Say a client's words back to the client: "we lost two people" - "you lost two people"."""
    return _turned(words, _FACED)


def said_back(words: str) -> str:
    """Say a client's words back to the client after "you said": as `faced`, without a capital that is a beginning."""
    back = faced(words)
    return f"{back[0].lower()}{back[1:]}" if back.partition(" ")[0].lower() in _BEGINNINGS else back


def speaks_of_somebody(words: str) -> bool:
    """Say whether words are a statement about somebody or something, and not "Happy to help"."""
    return faced(words) != words or words.partition(" ")[0].lower() in _BEGINNINGS


def _turned(words: str, persons: Mapping[str, str]) -> str:
    def turn(found: re.Match[str]) -> str:
        who, be = found["who"] or "", found["be"] or ""
        # Some letters are others in disguise when case doesn't count: "İ" is no "I".
        if found["as_is"] or (who and who.lower() not in persons):
            return found[0]
        if found["rival"]:
            return "a "
        if found["lead"]:
            return f"{found['lead']}us"
        said = persons[who.lower()] + (f" {_BE[be.strip().lower()]}" if be and who.lower() == "i" else be)
        begins = who[0].isupper() and found.string[: found.start()].rstrip(" ")[-1:] in _BEGINS
        return said[0].upper() + said[1:] if begins else said

    return _PERSON.sub(turn, words.translate(_CURLY))
