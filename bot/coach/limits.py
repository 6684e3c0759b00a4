"""Words that turn an amount into the most that would be done: "up to", "max", "but no further"."""

import re
from collections.abc import Sequence

from bot.coach.tokens import Token

_NEGATED = r"(?:cant|cannot|can not|wont|couldnt|wouldnt|shouldnt|dont|will not|must not|mustnt|not|never)"
_BEYOND = r"(?:above|over|beyond|past|higher than|further than|more than|up past|deeper than|longer than)"
_TOP = r"(?:max(?:imum)?|limit|ceiling|cap|upper limit|upper end)"
_BEFORE = re.compile(
    r"(?:^| )(?P<phrase>"
    r"as (?:high|far|low) as|(?:go |stretch )?up to|(?:at|with)(?: the)?(?: very)? most|(?:capped|cap) at"
    rf"|(?:no|{_NEGATED})(?: any)? (?:more|higher|further|longer|greater) than"
    rf"|{_NEGATED}(?: be able to)?(?: want to)? (?:go|give|do|offer|stretch|get|move)(?: to)?"
    rf"(?: any)? {_BEYOND}"
    rf"|{_NEGATED} (?:exceed|{_BEYOND})"
    rf"|(?:a |an |the |my |our )?(?:absolute |hard |very )?{_TOP}"
    r"(?: (?:we|i) (?:can|could|would) (?:do|give|offer|go))?(?: is| at| of| would be|s)?(?: :| \.)?"
    r"|(?:the )?most (?:we|i) (?:can|could|would|will) (?:do|give|offer|go)(?: is| to)?"
    r")(?: a| an| the| to| only| around| about)?$"
)
_AFTER = re.compile(
    r"(?:\) )?(?:off |discount |of discount )?(?P<phrase>"
    rf"(?:, )?tops(?! [0-9])|at (?:the )?(?:very )?most|{_TOP}(?: limit)?"
    rf"|(?:, )?(?:but|and) (?:no|{_NEGATED}) "
    r"(?:further|more|higher|longer|beyond|above|a [a-z]+ (?:more|further|longer))(?! than)"
    rf"|(?:is|being|as|would be)(?: really| absolutely)? (?:the|a|an|our|my)(?: absolute| hard| very)? (?:{_TOP}|most)"
    r"|is as (?:far|high) as|or less"
    r")(?: |$)"
)
# How many tokens around an amount can be such a phrase.
_REACH = 10


def limit_before(tokens: Sequence[Token], first: int, floor: int) -> int:
    """Say where a phrase that makes a limit of what follows begins; `first` itself where there is none."""
    lows = [token.low for token in tokens[max(floor, first - _REACH) : first]]
    found = _BEFORE.search(" ".join(lows))
    return first - len(found[0].split()) if found else first


def limit_after(tokens: Sequence[Token], last: int) -> int:
    """Say where a phrase that makes a limit of what precedes ends; `last` itself where there is none."""
    found = _AFTER.match(" ".join(token.low for token in tokens[last : last + _REACH]))
    return last + len(found[0].split()) if found else last
