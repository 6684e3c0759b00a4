"""The one grammar behind every door: what was typed -> which verb, with which words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

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
    "settings": ("settings", "setting", "preferences"),
    "export": ("export", "export my data", "my data"),
    "forget me": ("forget me", "forget", "delete my data", "delete me"),
    "thanks": ("thanks", "thank you", "thx", "ty", "cheers", "ok", "okay", "great", "perfect", "👍", "🙏"),
}
# Said alone they are requests; with more words around them they are the start of a sentence.
_ALONE = frozenset({"help", "thanks", "deals", "settings", "export", "forget me"})
# A dialogue under way may mean something else by these: "ok" there is an answer.
SOFT = frozenset({"thanks"})
# These take a deal's name, and no name is a sentence.
_NAMING = frozenset({"prep", "plan", "won", "lost"})
_NAME_WORDS = 6
_VERB_OF = {spelling: verb for verb, spellings in SPELLINGS.items() for spelling in spellings}
_SPELLING = "|".join(re.escape(one) for one in sorted(_VERB_OF, key=len, reverse=True))
_START = re.compile(rf"({_SPELLING})(?=$|[\s:,.!?])[\s:,.!?]*", re.IGNORECASE)
# "prepare me for the meeting with Acme" asks for Acme.
_FILLER = re.compile(
    r"^(?:(?:me|us|please|now|for|on|my|our|the|a|an|next|meeting|call|talk|with|deal|tomorrow|today)\s+)+",
    re.IGNORECASE,
)
# Only these may follow "and": words that start few deals' names and can be taken back.
_SECOND = re.compile(
    r"\s*(?:;|\n|,?\s+(?:and then|and|then))\s+(?=(?:prep|prepare|plan|tip|deals|settings|won|lost)\b)", re.IGNORECASE
)
# What a slip can be of: the names that help shows, and nobody mistypes a greeting into a request.
_NAMES = (
    "help", "tip", "prep", "prepare", "plan", "counter", "deals", "deal", "won", "lost", "settings", "export", "forget"
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
        return None
    verb = _VERB_OF[found[1].lower()]
    words = line[found.end() :].strip()
    if verb in ("prep", "plan"):
        words = _FILLER.sub("", words)
    return Request(verb, words) if _belongs(verb, words) else None


def _belongs(verb: str, words: str) -> bool:
    """Say whether these words after a verb are what it takes."""
    if verb in _ALONE:
        return not words or bool(_POLITE.fullmatch(words)) or (verb == "help" and words.lower() in _VERB_OF)
    if verb in _NAMING:
        name = _NAME_ENDS.split(words, maxsplit=1)[0] if verb == "plan" else words
        return len(name.split()) <= _NAME_WORDS and "?" not in name
    return True


def split(text: str) -> Iterator[str]:
    """Take two requests in one sentence apart: `won globex and prep acme`."""
    yield from (part for part in _SECOND.split(text[:_LONGEST], maxsplit=2))


def nearest(text: str) -> str:
    """The verb a mistyped first word may have meant, or nothing: letters swapped, or one or two of them wrong."""
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    if len(first) < _SHORTEST_SLIP:
        return ""
    swapped = [name for name in _NAMES if sorted(name) == sorted(first)]
    close = swapped or get_close_matches(first, _NAMES, n=1, cutoff=_ALIKE)
    return _VERB_OF[close[0]] if close else ""
