"""The one grammar behind every door: what was typed -> which verb, with which words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from handlers import telling

# Every verb with the other ways people type it. The first word group is the one that help shows.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "help": ("help", "hi", "hello", "hey", "menu", "?", "start", "good morning", "what can you do"),
    "tip": ("tip", "tips", "tip of the day", "give me a tip"),
    "prep": ("prep", "prepare", "preparation", "get ready"),
    "plan": ("plan", "plan trades", "plan trades for", "plan a trade", "trade plan", "planner"),
    "counter": ("counter", "counter-offer", "counteroffer", "counter offer"),
    "gave": ("gave", "log gave", "logged gave"),
    "got": ("got", "log got", "logged got"),
    "deals": ("deals", "my deals", "deal", "list deals", "pipeline"),
    "deal add": ("deal add", "add deal", "add a deal", "new deal", "deal new"),
    "won": ("won", "we won", "i won", "closed won"),
    "lost": ("lost", "we lost", "i lost", "closed lost"),
    "promise": ("promise", "i promise", "we promise", "promises", "my promises", "open promises"),
    "checkins": (
        "checkins",
        "check-ins",
        "check ins",
        "checkin",
        "check-in",
        "my checkins",
        "my check-ins",
        "snooze",
        "hand over",
        "handover",
        "hand off",
    ),
    "pause": (
        "pause",
        "pause all",
        "pause everything",
        "stop",
        "stop reminding me",
        "stop reminders",
        "unsubscribe",
        "mute",
    ),
    "resume": ("resume", "unpause", "unmute", "i'm back", "i’m back", "im back"),
    "touched": (
        "touched",
        "called",
        "phoned",
        "rang",
        "emailed",
        "mailed",
        "visited",
        "wrote to",
        "spoke to",
        "spoke with",
        "talked to",
        "talked with",
        "met with",
        "checked in with",
    ),
    "recover": ("recover", "recovery", "recover with"),
    "renewal": ("renewal", "renewed", "log renewal"),
    "expansion": ("expansion", "expanded", "upsell", "upsold", "log expansion"),
    "referral": ("referral", "log referral", "new referral"),
    "digest": ("digest", "my digest", "team digest", "the digest"),
    "settings": ("settings", "setting", "preferences"),
    "export": ("export", "export my data", "my data"),
    "forget me": ("forget me", "forget", "delete my data", "delete me"),
    "thanks": ("thanks", "thank you", "thx", "ty", "cheers", "ok", "okay", "got it", "great", "perfect", "👍", "🙏"),
}
# Said alone they are requests; with more words around them they are the start of a sentence.
_ALONE = frozenset({"help", "thanks", "deals", "settings", "export", "forget me", "pause", "resume", "digest"})
# These ask for a list; with more words they are the start of a sentence too.
_LISTS = frozenset({"promises", "my promises", "open promises"})
# `settings zone Berlin` sets one.
_SETTING = re.compile(r"(?:zone|time ?zone|hours|region)\b", re.IGNORECASE)
# A dialogue under way may mean something else by these: "ok" there is an answer, "stop" ends it.
SOFT = frozenset({"thanks", "pause", "resume"})
# So may these, alone: "lost their budget in Q3" is a reason, "emailed the wrong file" is what happened.
HALF_SOFT = frozenset({"won", "lost", "touched", "recover", "renewal", "expansion", "referral"})
# These take a deal's name, and no name is a sentence.
_NAMING = frozenset({
    "prep", "plan", "won", "lost", "touched", "recover", "checkins", "renewal", "expansion", "referral",
})  # fmt: skip
_CLOSING = frozenset({"won", "lost"})
_NAME_WORDS = 6
# Two names, and what stands between them.
_REFERRAL_WORDS = 12
_TIP_WORDS = 4
# "Called them, and they want 15% off" tells of a talk, and names nobody.
_NOBODY = frozenset({
    "them", "him", "her", "it", "me", "us", "you", "a", "my", "our", "someone", "everybody", "everyone", "off", "in",
    "out", "for", "about", "back", "because", "that",
})  # fmt: skip
# "Check in with me" is a sentence; these belong to the list of check-ins.
_OF_CHECKINS = re.compile(
    r"(?:pause|stop|resume|unpause|continue|go on|i'?m back)\b.{0,100}", re.IGNORECASE | re.DOTALL
)
# What belongs to a verb beside a name: `settings zone Berlin`, `pause until 7 January`.
_TAKES = {
    "settings": _SETTING,
    "pause": re.compile(r"(?:until|till|for)\b.{1,80}$", re.IGNORECASE),
    "checkins": re.compile(rf"(?:{_OF_CHECKINS.pattern})?$", re.IGNORECASE | re.DOTALL),
    # "Digest that" is no request.
    "digest": re.compile(
        r"(?:\w+$|$|preview\b|now\b|schedule\b|channel\b|teams?\b|leave\b|win\b|help\b|lines?\b|mine\b|set ?up\b|new\b"
        r"|create\b)",
        re.IGNORECASE,
    ),
}
_VERB_OF = {spelling: verb for verb, spellings in SPELLINGS.items() for spelling in spellings}
_SPELLING = "|".join(re.escape(one) for one in sorted(_VERB_OF, key=len, reverse=True))
_START = re.compile(rf"({_SPELLING})(?=$|[\s:,.!?])[\s:,.!?]*", re.IGNORECASE)
# "prepare me for the meeting with Acme" asks for Acme.
_FILLER = re.compile(
    r"^(?:(?:me|us|please|now|for|on|my|our|the|a|an|next|meeting|call|talk|with|deal|tomorrow|today)\s+)+",
    re.IGNORECASE,
)
# "Lost the Globex deal to a cheaper rival" is about Globex.
_CLOSED_FILLER = re.compile(r"^(?:the|our|a)\s+(?!$)|(?:^|\s+)(?:deal|contract|account)[.!]*$", re.IGNORECASE)
_REASON = re.compile(r"[,;:]\s|\s(?:to|because|after|over|due|since|thanks|on|against|from)\s", re.IGNORECASE)
# Words of a sentence, and of hardly any name.
_TELLS = re.compile(
    r"(?:^|[\s,])(?:i|i['’]m|i['’]ve|we|we['’]re|they|they['’]re|he|she|them|him|it|is|isn['’]t|are|aren['’]t|was|were|am|do"
    r"|don['’]t|does|did|didn['’]t|has|have|had|would|should|could|can['’]t|won['’]t|how|what|why|when|because|if|but|not"
    r"|went|goes|took|takes|came|comes|feels?|felt|needs?|wants?|said|says|looks?|works?|worked|failed|makes?|fell)\b",
    re.IGNORECASE,
)
# "Renewal talks are slow" tells of one that isn't there yet.
_AHEAD = (
    r"talks?|is|was|has|isn['’]t|dates?|pric\w+|discounts?|at|risks?|negotiations?|season|in|into|due|next|terms?|this"
    r"|conversations?|discussions?|meetings?|calls?|quotes?|offers?|rates?|times?|coming|comes|came|up|fell|stuck|stalled"
    r"|questions?|reminders?|process|e-?mails?|letters?|contracts?|plans?|ideas?|opportunit\w+|strateg\w+|tips?|more"
    r"|paths?|pitch\w*|without|how|or|and|not|before|after|slipp\w+|went|will|would|requests?|program\w*|fees?|bonus\w*"
    r"|asks?|templates?|are|as"
)
# What follows a verb's word where it is none: by verb, the words it can't begin with.
_NOT_AFTER = {
    verb: re.compile(rf"(?:{words})(?=$|[\s,.!?])", re.IGNORECASE)
    for verb, words in {
        "plan": r"to|b|on \w+ing",
        "prep": r"to",
        "won": r"over|out|my|his|her|their|back|nothing|again",
        "lost": r"for|to|my|his|her|their|its|your|trust|sleep|touch|control|count|interest|momentum|in|on|all|again"
        r"|patience|confidence|hope|time|ground|face|track",
        "counter": r"offers|arguments?|to|from|came|is|was|intuitive|productive|party",
        "tip": r"of|me|jar|toe|off",
        **dict.fromkeys(("renewal", "expansion"), rf"to|{_AHEAD}"),
        "referral": _AHEAD,
        "gave": r"in|up|way|birth|me|us|my|feedback|notice|no|away (?:too|so|everything)|everything",
        "got": r"it|to|any|stuck|lost|nowhere|nothing|no|up|back|off|on|into|out|over|rid|through|along|better|worse"
        r"|tips?|time|a (?:minute|moment|second|question|call|mail|message|reply|no|feeling|problem|bad|tough|hard|new"
        r"|chance|tip)|an (?:e-?mail|answer|angry|idea|issue|offer|objection)|the (?:feeling|impression|sense)"
        r"|(?:really |so |very |quite |a bit |pretty )?(?:burned|burnt|ghosted|rejected|told|asked|yelled|shouted"
        r"|nervous|angry|emotional|defensive|scared|anxious|upset|cold|worried|confused|frustrated|excited|tired|lucky|flustered"
        r"|interrupted|ignored|pushed|caught|thrown|put|hit|beaten|outbid|called|invited|promoted|started|cut)"
        r"|my|his|her|their|some (?:pushback|news|feedback|trouble)|pushback|feedback|news|bad|good",
    }.items()
}
# Only these may follow "and": words that start few deals' names and can be taken back.
_SECOND = re.compile(
    r"\s*(?:;|\n|,?\s+(?:and then|and|then))\s+"
    r"(?=(?:prep|prepare|plan|tip|deals|settings|won|lost|touched|promise|recover|digest (?:win|help|line))\b)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n[\n ]*")
# What a slip can be of: the names that help shows, and nobody mistypes a greeting into a request.
_NAMES = (
    "help", "tip", "prep", "prepare", "plan", "counter", "deals", "deal", "won", "lost", "settings", "export", "forget",
    "promise", "promises", "checkins", "recover", "digest", "renewal", "expansion", "referral",
)  # fmt: skip
# What may stand beside a request without making it a sentence.
_POLITE = re.compile(
    r"(?:(?:please|pls|coach|there|again|now|today|me|everyone|all|so much|a lot|very much|mate)[\s,.!?]*)+",
    re.IGNORECASE,
)
# Where a name ends and a sentence begins: "plan acme: they want 15% off".
_NAME_ENDS = re.compile(r"[:;,]\s|\s(?:they|he|she|because)\b", re.IGNORECASE)
_SHORTEST_SLIP = 3
_ALIKE = 0.7
_LONGEST = 8000


@dataclass(frozen=True, slots=True)
class Request:
    """A verb of the grammar and the words after it."""

    verb: str
    words: str


def read(text: str) -> Request | None:
    """Find the verb a text starts with; an empty text asks for help, anything else is no request.

    "deal is signed, how do I stay in touch" starts with a verb and is none: more follows than belongs to it.
    """
    line = text[:_LONGEST].strip().lstrip("/").strip("\"'“”`").strip()
    line = re.sub(r"^negotiate\b\s*", "", line, flags=re.IGNORECASE)
    if not line:
        return Request("help", "")
    found = _START.match(line)
    if not found:
        told = telling.told(line)
        return Request(*told) if told else None
    # "tİp" is "tip" to a pattern that ignores case, and to nobody else.
    verb, words = _VERB_OF.get(found[1].lower(), ""), line[found.end() :].strip()
    if not verb or (verb in _NOT_AFTER and _NOT_AFTER[verb].match(words)):
        return None
    words = _without_filler(verb, words)
    if found[1].lower() in _LISTS:
        return Request(verb, "") if not words or _POLITE.fullmatch(words) else None
    # "New deal came in and I'm nervous" adds none.
    tells = verb == "deal add" and found[1].lower() != verb and _TELLS.search(words)
    return Request(verb, words) if _belongs(verb, words) and not tells else None


def _without_filler(verb: str, words: str) -> str:
    if verb in _CLOSING:
        return _CLOSED_FILLER.sub("", _CLOSED_FILLER.sub("", _REASON.split(words, maxsplit=1)[0]))
    if verb == "tip":
        return _POLITE.sub("", _FILLER.sub("", words))
    return _FILLER.sub("", words) if verb in _NAMING else words


def _belongs(verb: str, words: str) -> bool:
    """Say whether these words after a verb are what it takes."""
    if verb in _TAKES and _TAKES[verb].match(words):
        return True
    if verb in _ALONE:
        return not words or bool(_POLITE.fullmatch(words)) or (verb == "help" and words.lower() in _VERB_OF)
    if verb == "touched" and (_NAME_ENDS.search(words) or words.partition(" ")[0].lower() in _NOBODY):
        return False
    if verb in _NAMING:
        name = _NAME_ENDS.split(words, maxsplit=1)[0] if verb == "plan" else words
        most = _REFERRAL_WORDS if verb == "referral" else _NAME_WORDS
        return len(name.split()) <= most and "?" not in name and not _TELLS.search(name)
    return verb != "tip" or len(words.split()) <= _TIP_WORDS


def split(text: str) -> Iterator[str]:
    """Take two requests in one sentence apart: `won globex and prep acme`."""
    # Without runs of blanks, on which the pattern would try every pair of places.
    parts = _SECOND.split(_LINES.sub("\n", _BLANKS.sub(" ", text[:_LONGEST])), maxsplit=2)
    yield from parts if len(parts) > 1 else (text[:_LONGEST],)


def nearest(text: str) -> str:
    """The verb a mistyped first word may have meant, or nothing: letters swapped, or one or two of them wrong."""
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    if len(first) < _SHORTEST_SLIP or _VERB_OF.get(first) == first:
        return ""
    swapped = [name for name in _NAMES if sorted(name) == sorted(first)]
    close = swapped or get_close_matches(first, _NAMES, n=1, cutoff=_ALIKE)
    return _VERB_OF[close[0]] if close else ""
