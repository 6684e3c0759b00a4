"""Finding what a rep wants said and, in the same breath, says is otherwise."""

import re
from collections.abc import Sequence

from bot.coach.wishes import claim, one_of
from bot.coach.wording import stems

_CLAUSE = re.compile(
    r"[,.;:?!()\u2013\u2014]+|\s-+\s"
    r"|(?<=n't)\sbut\s|\sbut\s(?=(?:it|that|this|there|actually|in (?:truth|reality))\b)"
    r"|\s(?:(?:even )?(?:though|tho)|although|when|while|whereas|because|and)\s"
)

# "Write: we are full" wants said what follows the colon; a laugh at the end says nothing.
_QUOTED = re.compile(r"\b(say|write|draft|mail|text|line|wording) ?:")
_ASIDE = re.compile(r" (?:lol|haha|hehe|obviously|of course)\b")

_NEVER = one_of(
    r"\w+n't", "not", "never", "cannot", "(?<!said )no", "none", "nobody", "no one", "nothing", "zero", "neither"
)
_NEGATIVE = re.compile(rf"\b{_NEVER}\b")
_NEGATIVE_CLAIM = re.compile(rf"\b(?:{_NEVER}|refus\w+|forbids?|block\w*|vetoe?d?|against|only|has to|have to|need)\b")
_AUX = one_of("is", "are", "was", "were", "do", "does", "did", "has", "have", "will", "would", "can", "could")
_AS_SAID = (
    one_of(
        "yet", "really", "actually", "obviously", "clearly", "of course", "at all", "either", "to be fair", "so", "now",
        "true", "real", "exist", "one", "any", "it", "that", "there", "ready", "done", "been", "happen(?:ed)?", "lol",
        "haha", "anyway", "though", "tho", "all week", "ever", "for sure", "in fact", "asked", "the case",
        "remotely", "even", "close", "like that", "such", "that way", "here", "myself", "fine", "ok", "started",
        "allow", "approve", "got", "have", "know(?:s)?", "more", "plenty", "would", "care",
    )
)  # fmt: skip
_SUBJECT = r"(?:it|that|this|there|we|i|he|she|they|you|none(?: of \w+)?|nobody|no one|nothing)"
_SURELY = r"(?: (?:really|actually|obviously|clearly|simply|just|of course|still|certainly|already))?"
_NOT = one_of(r"(?!can|could)\w+n't", f"{_AUX} not", "never (?:did|was|will|would|has)")
# "It doesn't", "none have yet": a denial so short that it can only be about what was said before.
_DENIED = re.compile(
    one_of(
        rf"(?:^| ){_SUBJECT}{_SURELY} {_NOT}(?: {_AS_SAID}){{0,4}}$",
        rf"(?:^| )(?:it|that|this|there|he|she|they|we|i)(?:'s|'re|'m) not(?: {_AS_SAID}){{0,4}}$",
        r"^(?:it|we|they|he|she|that)(?:'s|'re| is| are) actually\b",
        rf"^(?:none|nobody|no one|nothing)(?: of (?:it|them|that))? {_AUX}(?: {_AS_SAID}){{0,4}}$",
        r"\b(?:never|not|nobody|no one|\w+n't) [\w' ]{1,30} ?\b(?:any(?:thing|one|body|where)|at all|in any way)$",
        r"^(?:didn't|haven't|hasn't|isn't|wasn't|doesn't|don't)(?: \w+){0,2}$",
        rf"^{_SUBJECT}(?: \w+)? never (?:was|did|asked|was asked|does|has|will|happened)(?: {_AS_SAID}){{0,3}}$",
        r"^(?:we|i)(?:'ve| have)?(?: got| have)? (?:zero|none|no such \w+)(?: \w+)?$",
        r"^there(?:'s| is| are| was| were|'re) (?:none|nobody|no one|no such \w+|zero|nothing)(?: \w+)?$",
    )
)
_AFFIRMED = re.compile(
    rf"^(?:it|he|she|they|we|i){_SURELY} (?:can|does|do|would|is|are|will|did|could|has|have|'d)"
    rf"(?: {_AS_SAID}){{0,4}}$"
)
# What a rep adds who knows that it isn't so.
_CONFESSED = re.compile(
    r"(?<!not )(?<!n't )\b"
    + one_of(
        r"in (?:reality|truth)|(?:the )?truth is|^reality|^in fact (?:i|it|we)\b|(?:just )?between (?:us|you and me)",
        r"(?:total|pure|complete) (?:fiction|invention|lie)|no such \w+|wrong idea|untouched|or anything$",
        r"(?:made|making|make) (?:that|it|this|all of it)(?: \w+)? up|(?:that's|this is|it's) (?:all )?made up",
        r"(?:does|do|did)n't (?:really )?(?:exist|happen)|(?:is|are|was)n't (?:really |even )?(?:true|real|remotely)",
        r"not (?:remotely |really |even )?(?:true|real)\b",
        r"(?:have|has) no (?:idea|clue)|knows? nothing|no idea about|no clue (?:if|whether)",
        r"\w+n't even \w+|(?:ran out|lapsed|expired) (?:in|last|years|months|ages|long)\b",
        r"never heard of|nowhere near|not even close|far from it",
        r"^(?:i|we) (?:just|simply) (?:forgot|lost|broke|missed)",
        r"(?:is|are|was) never (?:asked|involved|told|consulted)|never (?:even )?(?:asked|happened|existed|spoke)",
        r"^(?:not|never) (?:\w+ )?(?:tested|checked|asked|measured|certified|verified|confirmed|approved)$",
        r"(?:actually|perfectly|totally|really) (?:fine|well|happy|ok)|said yes|fine with it",
        r"(?:doesn't|don't|wouldn't) (?:care|mind)|decision is (?:all )?mine|i (?:can|could) (?:decide|sign)",
        r"in a second$|if i wanted|not in the mood|can't be bothered|just don't (?:feel|want|care|like)",
        r"just (?:want|need) (?:them|him|her) to (?:hurry|sign|panic|move|decide)|just pressure|scare them",
        r"^it (?:really|actually) (?!matters|hurts|does|is|helps|needs|has|means)\w+",
        r"^actually (?:all|most|the|none|nobody|it|they|he|she)\b",
        r"^(?:we|i) (?:reckon|estimate|expect|guess) (?:it's |about |only )?\d+",
    )
)
_SCARCE = re.compile(
    r"\b(?:only|last|few|nearly|almost|sold out|booked|full|limited|countdown|closes|shuts|queue|capacity|urgen\w+)\b"
)
_PLENTY = re.compile(
    r"\b(?:plenty|loads|lots|tons|heaps|full of|empty|dead quiet|stays open|still be there|all year|container full"
    r"|(?:normal|usual|regular|standard) (?:price|rate|one|offer)|(?:half|mostly|\d+%) (?:empty|free)"
    r"|nobody (?:booked|signed|interested)|no (?:bookings|takers)|sold (?:\d+|one|two|three|none|hardly any)"
    r"|(?:we|i)(?:'ve| have)(?: got)?(?: like| about| around| over)? \d+)\b"
)
# Negative words that people add to what is true: reasons, worries, other people's wishes.
_REASON = re.compile(
    r"\b(?:(?:do|did)n't want|not sure|don't (?:know|like|think)|can't (?:go|do|help|afford)|no (?:time|choice|way|rush"
    r"|excuse|need|hurry|doubt|longer|matter|more)|not (?:to|only|just|our fault|happy|from|with|for|about)"
    r"|without|fault|any ?more|nothing to|never again|i (?:don't|didn't) mean)\b"
    r"|^(?:what|how|why|if|they|should|can|could|not)\b"
)
_COULD = re.compile(r"\b(?:can|could)\b")
_COULD_NOT = re.compile(r"^(?:i|we|it|he|she|they) (?:really )?(?:can't|cannot|couldn't)$")
# "Say it's electric, it's a hybrid": what is to be said to be, and what is.
_IS_SAID = re.compile(r"\b(?:the|our|this|his|her) (?:\w+ )?\w+(?:'s| is| are| was| has| trained)\b")
_IS = re.compile(
    r"^(?:it|he|she|there|that)(?:'s| is| was|'s been)(?: (?:really|actually|only|just|more like|like|about|still))?"
    r" (?:only|totally|completely|entirely|imported|fresh|second|empty|made|\d+|under|below|nowhere"
    r"|far from|barely|hardly)\b"
)
_DIGIT = re.compile(r"\d")
_RECOUNT = re.compile(
    r"^(?:it|that|there)(?:'s| is| was| were) "
    r"(?:(?:more like|only|about|really) )?\d[\d.,]*k?\b(?! (?:\w+ )?(?:more|less|percent)|%)"
)
_NUMBER = re.compile(
    r"^(?:[\w']+ ){2,3}(?:\d[\w.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half)$"
)
# Who only wants it said, not to know how, hardly ever adds a negative that isn't a denial.
_FLATLY = re.compile(r"(?:say|claim|hint|imply|state|swear)\b")
_FLAT_DENIAL = re.compile(
    r"^(?:(?:it|that|this|there|he|she|they)(?:'s|'ve)? (?:\w+ )?(?:\w+n't|never)|(?:nobody|no one|nothing)) \w+"
)
_AT_LEAST = 4
_COMMON = frozenset(
    stems(
        "them they that this with have what there then will would just want client customer buyer offer price about our"
        " your when from need tell make like more into than week month year today"
    )
)


def takes_back(text: str) -> bool:
    """Say whether a plain sentence wants something said and then denies it: "say it's sold out. it isn't"."""
    parts = _CLAUSE.split(_ASIDE.sub("", _QUOTED.sub(r"\1", text)))
    clauses = [part for part in map(str.strip, parts) if part]
    starts = [place for place, clause in enumerate(clauses) if claim(clause)]
    return bool(starts) and _is_denied(clauses, starts[0])


def _is_denied(clauses: Sequence[str], start: int) -> bool:
    """Look for the opposite of a claim in what follows it; the claim itself may take more than one clause."""
    wanted = claim(clauses[start])
    begun = clauses[start][wanted.end() :] if wanted else ""
    flatly = bool(wanted and _FLATLY.match(wanted[0]))
    later = range(start + 1, len(clauses))
    told = ((" ".join([begun, *clauses[start + 1 : place]]), clauses[place]) for place in later)
    return bool(_CONFESSED.search(begun)) or any(
        _gives_away(said, clause) or _opposes(said, clause) or (flatly and _denies_flatly(said, clause))
        for said, clause in told
    )


def _gives_away(said: str, clause: str) -> bool:
    """Say whether a clause shows by its own words that what was said isn't so."""
    return bool(
        _CONFESSED.search(clause)
        or (_SCARCE.search(said) and _PLENTY.search(clause))
        or (_DIGIT.search(said) and _RECOUNT.search(clause))
        or (_COULD.search(said) and _COULD_NOT.search(clause))
    )


def _opposes(said: str, clause: str) -> bool:
    """Say whether a clause is the opposite of what was said: a no to a yes, or a yes to a no."""
    if _NEGATIVE_CLAIM.search(said) and _AFFIRMED.search(clause) and not _REASON.search(clause):
        return True
    if _NEGATIVE.search(said):
        return False
    if _DENIED.search(clause):
        return True
    about_the_same = bool(_told(said) & _told(clause)) and bool(_NEGATIVE.search(clause) or _NUMBER.search(clause))
    return not _REASON.search(clause) and (about_the_same or bool(_IS_SAID.search(said) and _IS.search(clause)))


def _denies_flatly(said: str, clause: str) -> bool:
    return bool(_FLAT_DENIAL.search(clause)) and not (_NEGATIVE.search(said) or _REASON.search(clause))


def _told(clause: str) -> set[str]:
    """The words that say what a clause is about."""
    return {stem for stem in stems(clause) if len(stem) >= _AT_LEAST and "'" not in stem} - _COMMON
