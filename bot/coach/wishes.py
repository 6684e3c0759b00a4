"""Whose wish it is: the rep's, or something the other side does, the rep refuses, or asks about."""

import re


def one_of(*alternatives: str) -> str:
    """Join alternatives to one group of a pattern."""
    return f"(?:{'|'.join(alternatives)})"


_SOMEBODY = one_of(
    "them", "him", "her", "everyone", "procurement", r"(?:the|my|our|this) \w+(?: \w+)??",
    r"(?!me\b|you\b|us\b|how\b|if\b|when\b|whether\b|what\b|that\b|a\b|apart\b)\w+",
)  # fmt: skip
# "Say that", "say so", "say no" leave open what is to be said.
_SOMETHING = (
    r"\b(?! (?:no|sorry|thanks?|hi|hello|goodbye|if|when|next|back|then|first|now|it(?!')|so|this|that without|me|you"
    r"|us)\b|[,.?!;:]|$)"
)
# What a rep wants said, written or believed.
_CLAIM = re.compile(
    r"\b"
    + one_of(
        rf"(?:say|claim|hint|imply|mention|write|state|swear|quote|announce|argue|formulate|draft|phrase|word|drop|put"
        rf"|bluff|saying|claiming|hinting|implying|mentioning|writing|stating){_SOMETHING}",
        rf"(?:tell|promise|assure|convince|reassure|persuade|show|remind|inform|warn) {_SOMEBODY}\b",
        r"(?:like|want|need|get|have|let|make) (?:\w+ ){1,3}(?:to )?"
        r"(?:think|believe|assume|feel (?:like )?(?:there|we|it|that))\b",
        r"(?:make|making) (?:[\w'-]+ ){1,4}(?:look|sound|seem)\b",
        r"(?:would|does|how about|what about) '",
        r"help me with\b",
        r"(?:let's|i'd) go with\b|make out (?:that|we|there|it)\b|compose\b",
        r"(?:call|report|sell|present|describe|label|declare) (?:it|this|that|them)\b",
        r"(?:(?:e-?)?mail|text|message|note|letter|line|wording|sentence)s? (?:to|for|that|saying)\b",
        r"(?:need|want|love|give me|write me|play|act|do|send) (?:an?|some\w*|two|three|the|like)\b",
        r"(?:make|get) (?:\w+ ){1,2}(?:jealous|nervous|hurry|panic|scared|sweat)\b",
        r"(?:create|build) (?:\w+ ){0,3}(?:urgency|scarcity|pressure|competition)\b",
        r"(?:excuse|reason|pretext) (?:can|could|should|do|shall) (?:i|we) (?:give|use|tell)\b",
    )
)

_CLAUSE = re.compile(r"[,.;:?!()]| (?:and|but|because|so|since|while) ")
_THEIRS = re.compile(
    r"\b(?:(?:they|he|she|who|someone|somebody|of them|people|(?:client|customer|buyer|vendor|supplier"
    r"|negotiator|competitor)s)\b|(?:client|customer|buyer|procurement|competitor|rival|supplier|vendor"
    r"|lawyer|guy|colleague|side|boss|manager|landlord|tenant|counterpart|seller)s?(?:'s| (?:is|are|was|were|will|would"
    r"|might|may|must|can|could|seems?|keeps?|just|always|to|\w{2,}(?:s|ed)|said)\b))"
)
_OURS = re.compile(
    r"\b(?:i|we|let's|let us|help me|help us|me|should|can i|how to|i'll|i'd|we'll|just|please|pls|tell|say"
    r"|ok to|okay to|fine to)\b"
)
_THINK = r"(?:thinks?|thought|says?|said|believes?|accuses?|accused|claims?|suspects?|insists?|reckons?|told (?:me|us))"
# What others say of us, or want us to do.
_ALLEGED = re.compile(rf"{_THINK}(?: that)? (?:it's |it is |i'm |i am |we're |we are |i |we |our )(?:\w+ ){{0,2}}$")
_REFUSAL = one_of(
    "n't", r"\bnot", r"\bnever", r"\bwithout", r"\bavoid", r"\brather than", r"\binstead of", r"\bstop",
    r"\balways", r"\bkeep", r"\bcatch", r"\bno", r"\brefuse to", r"\bhate to", r"\bthan", r"\btired of",
    r"\bguilty of", r"\bagainst", r"\bno to", r"\bquit", r"\bregret", r"\bsorry for", r"\bw/o",
    r"\baccus\w+ (?:me|us) of", r"\bcaught(?: me| us)?", r"\bwrong to", r"\ba lie to", r"\btempted to",
    r"\b(?:wants?|asks?|asked|told|expects?|tells|wanted|made|makes|like|pushes|pressures?) (?:me|us)(?: to)?",
)  # fmt: skip
_FILLER = one_of(
    "want", "wanting", "to", "have", "need", "going", "like", "sound", "be", "having", "just", "simply", "ever",
    "really", "feel", "seem", "using", "with", "by", "an?", "the", "their", "being", "about", "play", "hav(?:e|ing) to",
)  # fmt: skip
_REFUSED = re.compile(
    rf"{_REFUSAL}(?: {_FILLER}){{0,3}} $|\bfrom (?:being |having |just )?$"
    r"|\b(?:answer|deal with|(?:respond|react|reply) to|handle|call out|recogni[sz]e|face|facing|fell for|counter)"
    r" (?:an?|the|their|his|her|this|that|these) $"
)
_WONDERED = re.compile(r"\b(?:why not|why don't (?:i|we)|(?:can't|couldn't|shouldn't) (?:i|we))\b[ \w]{0,12}$")
_LOOKING = re.compile(
    r"\b(?:tell|know|see|spot|find out|sure|detect|suspect|think|respond|react|recognise|notice)"
    r" (?:if|whether|when|that|to|they|he|she|it's|a|an)\b|\bsigns (?:of|that)\b|\bfeels\b|\bwhat if\b(?! i| we)"
    r"|\bwhat (?:would|could|might) $"
    r"|\b(?:wants?|asks?|asked|told|expects?) (?:me|us) to \w+ (?:an?|the|some|this) $"
    r"|\bwhy do (?!i |we )(?:\w+ ){1,2}$"
)
# "What do I say" asks what is to be said, and so claims nothing.
_OPEN = re.compile(r"\bwhat (?:else )?(?:do|should|can|could|would|shall|might|to) ?(?:i |we )?$")
_REACH = 60


def is_wish(text: str, place: int) -> bool:
    """Say whether the rep is the one who would do what stands at a place of a plain sentence, and wants to."""
    said = before(text, place)
    if _WONDERED.search(said):
        return True
    return not (any(pattern.search(said) for pattern in (_REFUSED, _LOOKING, _ALLEGED)) or _is_theirs(said))


def claim(text: str) -> re.Match[str] | None:
    """Find where a rep wants something particular said, in a plain sentence."""
    wished = (found for found in _CLAIM.finditer(text) if is_wish(text, found.start()))
    return next((found for found in wished if not _OPEN.search(before(text, found.start()))), None)


def before(text: str, place: int) -> str:
    """Return the part of the clause that stands before a place."""
    return _CLAUSE.split(text[max(0, place - _REACH) : place])[-1]


def _is_theirs(said: str) -> bool:
    """Say whether the nearest one named before an act is the other side."""
    return _last(_THEIRS, said) > _last(_OURS, said)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
