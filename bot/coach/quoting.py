"""The client's own words inside what a rep typed, to be played back to them."""

import re

from bot.coach.speakers import said_back
from bot.coach.wording import LONGEST

_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_OTHER = (
    r"(?:they|he|she|(?:(?:client|customer|buyer|contact|prospect|counterpart)|(?<!my )(?<!our )(?:boss|cfo|ceo|cto|cio"
    r"|director|manager|procurement|purchasing|lawyer))s?)"
)
_HABIT = r"(?:(?:also|always|just|only|then|really|now|all|both|even|again) )?"
_SAYS = (
    r"(?:said|says?|(?:keeps?|kept|is|are|was|were|'s|'re) (?:saying|telling (?:me|us)|complaining|repeating)"
    r"|(?:told|tells?) (?:me|us)|mentioned|wrote|writes|complained|complains|claims?|claimed|insists?|insisted"
    r"|explained|admitted|repeated|replied|answered|emailed|texted)"
)
_REPORTED = re.compile(
    rf"\b{_OTHER}(?:'ve|'d)? ?{_HABIT}{_SAYS}(?: to (?:me|us))?(?: that)?[ :,]+(?P<words>[^\n]+)", re.IGNORECASE
)
_SINGLE = re.compile(r"(?<![\w'])'(?P<words>[^'\n]{2,300}(?:'(?=\w)[^'\n]{1,300}){0,8})'(?!\w)")
_DOUBLE = re.compile(r'"(?P<words>[^"\n]{2,300})"')
# Where the rep's own talk begins again.
_OWN = re.compile(
    r"[.;?!\n]|,? (?:and|but|so) (?:i|we|now i|now we|(?:she is|he is|they are|is) still|what|how|should|can|do)\b"
    r"|, (?:i|we|what|how|should|can|any|is it|do|help|who|which)\b| - "
    r"|,? (?:how|what) (?:do|should|can|could|would) (?:i|we)\b",
    re.IGNORECASE,
)
# Not something said: a question handed on, or words that report nothing.
_EMPTY = re.compile(
    r"(?:yes|no|ok|okay|so|it|this|that|something|things?|hi|hello|goodbye|thanks|me|us)\b(?: (?:again|to|about"
    r"|a lot)\b.*)?$"
    r"|(?:to|about|how|what|why|whether|if|when|where|who|more|anything|nothing|yes to|no to)\b",
    re.IGNORECASE,
)
_LONGEST_QUOTE = 200

_SUBJECTS = {
    "they": "you",
    "he": "you",
    "she": "you",
    "they're": "you're",
    "they've": "you've",
    "they'd": "you'd",
    "they'll": "you'll",
}
_PLAIN_AFTER = re.compile(
    r"(?:got|had|have|were|are|need|want|lost|felt|feel|paid|tried|never|can't|don't|didn't|won't|aren't|weren't"
    r"|haven't"
    r"|couldn't|must|can|could|should|would|will|might|may|expected|waited|used|bought|made|took|went|saw|heard"
    r"|spent|signed|chose|left)\b"
)
_SINGULAR_AFTER = re.compile(
    r"(?:got|had|needed|wanted|lost|felt|paid|tried|never (?:\w+ed|got|had|saw)|can't|didn't|won't|couldn't|must|can"
    r"|could"
    r"|should|would|will|might|may|expected|waited|used|bought|made|took|went|saw|heard|spent|signed|chose|left)\b"
)
_AGAIN = re.compile(
    r"\b(?:they|them|theirs?|themselves|he|him|his|himself|she|hers?|herself|i|me|my|mine|myself|we|us|ours?|yours?"
    r"|you)\b"
)
_FIRST = re.compile(r"\b(?:i|i'm|i've|me|my|mine|myself|we|we're|we've|us|our|ours|ourselves|you|your|yours)\b")
# Told without quotation marks, "we" may be they or us.
_OUR = re.compile(r"\b(?:i|i'm|i've|me|my|mine|myself|we|we're|we've|us|our|ours|ourselves)\b")
_THIRD = re.compile(
    r"\b(?:they|they're|they've|they'd|they'll|them|theirs?|themselves|he|he's|him|his|himself|she|she's|hers?"
    r"|herself)\b"
)


def their_words(sentence: str) -> str:
    """The client's own words in what a rep typed, or nothing where none are reported.

    A quotation goes before reported speech: "they keep saying 'price is too high'" gives "price is too high",
    "they said the budget is frozen" gives "the budget is frozen".
    """
    text = sentence[:LONGEST].translate(_CURLY)
    return _quotation(text) or _reported(text)


def heard(sentence: str) -> str:
    """The client's own words, said back to the client: "they said 'your price is high'" gives "our price is high".

    Nothing where none are reported, or where it isn't clear who is meant in them.
    """
    text = sentence[:LONGEST].translate(_CURLY)
    words, direct = their_words(text), bool(_quotation(text))
    lowered = " ".join(words.lower().split())
    if _THIRD.search(lowered):
        return played_back(words)
    return said_back(words) if direct or not _OUR.search(lowered) else ""


def _quotation(text: str) -> str:
    quoted = _DOUBLE.search(text) or _SINGLE.search(text)
    if quoted and re.search(r"\w+\W+\w", quoted["words"]) and _by_them(text[: quoted.start()]):
        return _tidy(quoted["words"])
    return ""


def _reported(text: str) -> str:
    reported = _REPORTED.search(text)
    if not reported:
        return ""
    words = _tidy(_OWN.split(reported["words"], maxsplit=1)[0])
    return "" if " " not in words or _EMPTY.match(words) else words


def played_back(words: str) -> str:
    """Turn the client's words to face the client: "they got burned" becomes "you got burned".

    Gives nothing where that can't be done safely: a second person in it, or a verb that would have to change.
    """
    first, _, rest = words.strip().partition(" ")
    lowered = " ".join(words.lower().split())
    if not _THIRD.search(lowered):
        return "" if _FIRST.search(lowered) else words.strip()
    you, after = _SUBJECTS.get(first.lower(), ""), rest.lower()
    if not you or _AGAIN.search(after) or _THIRD.search(after):
        return ""
    fits = _PLAIN_AFTER if first.lower() == "they" else _SINGULAR_AFTER
    return f"{you} {rest}" if "'" in first or fits.match(after) else ""


def _by_them(before: str) -> bool:
    """Say whether the rep isn't the one who said it: "I said 'no worries'" is no word of the client's."""
    return not re.search(r"\b(?:i|we|i've|we've|i'd)(?: \w+){0,3}[ :,]*$", before[-60:].lower())


def _tidy(words: str) -> str:
    words = words.strip(" \t,.;:!?-\"'")
    return words if len(words) <= _LONGEST_QUOTE else ""
