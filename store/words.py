"""Names taken apart for finding: letter case and compatibility forms don't matter, punctuation separates."""

import re
import unicodedata
from collections.abc import Iterable

from store.columns import storable

# Longer words and further words stay in the deal but aren't indexed: PostgreSQL limits an index entry.
WORD_MAX = 40
WORDS_MAX = 64
KEY_MAX = 100
_WORD = re.compile(r"\w+")
# Sorts after everything that can follow in a word.
_LAST = "\U0010ffff"


def words_of(text: str) -> tuple[str, ...]:
    """Split into folded words; where there is no letter or digit at all, into whatever stands between spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", storable(text)).casefold())
    return tuple(word[:WORD_MAX] for word in _WORD.findall(folded) or folded.split())[:WORDS_MAX]


def key_of(text: str) -> str:
    """Fold a whole name for comparing and ordering."""
    return " ".join(words_of(text))[:KEY_MAX]


def index_of(*texts: str) -> frozenset[str]:
    """Give the words under which something with these names is found."""
    return frozenset(word for text in texts for word in words_of(text))


def starting_with(word: str) -> tuple[str, str]:
    """Give the range, first included and last not, of the words that begin like this one."""
    return word, word + _LAST


def likenesses(keys: Iterable[str]) -> frozenset[str]:
    """Give everything a misspelling could have meant: each whole key and each of its words."""
    return frozenset(part for key in keys for part in (key, *key.split()) if part)
