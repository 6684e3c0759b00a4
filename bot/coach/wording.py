"""The features of a sentence by which it is compared with others: words, the ideas behind them, letters."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

# More than this of a message adds nothing to what it is about, and costs time.
LONGEST = 1_000
Ideas = Mapping[str, tuple[str, ...]]

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*|\d+|[%$€£]")
_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
# Each with how much of a word has to be left.
_ENDINGS = {"ings": 3, "ing": 3, "edly": 3, "ied": 3, "ed": 3, "ies": 3, "es": 3, "ly": 4, "s": 3, "e": 3}
_SHORTEST = 3
_START = "^"
_NUMBER = "#"
_GRAMS = (3, 4)

# What a rep says the other side did, or what happened, in more than one word. A name is a feature like a word.
_US = r"(?:we|i|our \w+|my \w+)"
_THEM = r"(?!(?:i|we|you|who|do|to|my|our) )\w+"
_AMOUNT = r"(?:\d[\d.,]*\s?(?:%|percent|k\b|grand|days|months|years|weeks|euros?|dollars|pounds)|[$€£]\s?\d|net[ -]?\d)"
_ASKS = r"(?:wants?|wanna|asks?|asked|asking|demands?|demanding|insists?|needs?|pushes|pushing|requests?|'d like)"
_CUES: Mapping[str, re.Pattern[str]] = {
    "demands an amount": re.compile(rf"\b{_THEM} (?:\w+ ){{0,2}}{_ASKS}\b.{{0,40}}{_AMOUNT}"),
    "demands a gift": re.compile(
        rf"\b{_THEM} (?:\w+ ){{0,2}}{_ASKS}\b.{{0,40}}\b(?:free|waive|nothing|included?|extra)\b"
    ),
    "or else": re.compile(r"\bor (?:they|he|she|else|it's|we lose|no deal|they'll|they're)\b"),
    "no word for long": re.compile(
        r"\b(?:haven't|havent|have not|hasn't|never) (?:\w+ ){0,2}(?:spoken|talked|heard|written|called"
        r"|been in touch)\b"
        r"|\b(?:silence|silent|quiet) (?:since|for|after)\b|\bno (?:contact|news|word) (?:since|for|from)\b"
    ),
    "we did harm": re.compile(
        rf"\b{_US} (?:\w+ )?(?:lost|broke|crashed|failed|billed|charged|overcharged|deleted|shipped|leaked|messed"
        rf"|screwed"
        r"|botched|ruined|damaged|insulted|missed|went down|was down|were down)\b"
    ),
    "a date in danger": re.compile(
        r"\b(?:won't|wont|will not|not going to|can't|cannot|isn't going to|gonna|about to|might|may) (?:\w+ ){0,3}"
        r"(?:make|be ready|happen|hold|finish|late|miss|leave|work|keep|slip)\b|\bat risk\b|\brunning (?:late|behind)\b"
    ),
    "we promised": re.compile(
        rf"\b{_US} (?:\w+ )?(?:promised|committed|said (?:i'd|we'd|i would|we would)|told (?:them|him|her)|owe"
        rf"|agreed to)\b"
    ),
    "they moved": re.compile(
        r"\b(?:they|he|she|client|customer|buyer)(?:'ve)? (?:\w+ )?(?:agreed|accepted|gave in|gave us|moved|conceded"
        r"|dropped|met us|signed|budged|compromised|said yes|came down|waived)\b"
    ),
    "we gave": re.compile(rf"\b{_US} (?:\w+ )?(?:gave|threw in|dropped|cut|lowered|waived|included|added|did)\b"),
}


def plain(sentence: str) -> str:
    """Reduce a sentence to what is compared: lower case, straight quotes, and not longer than needed."""
    return " ".join(sentence[:LONGEST].translate(_CURLY).lower().split())


def stems(sentence: str) -> list[str]:
    """The words of a sentence without their endings; every number is the same."""
    return [_NUMBER if word.isdigit() else _stem(word) for word in _WORD.findall(plain(sentence))]


def by_stem(ideas: Mapping[str, Sequence[str]]) -> Ideas:
    """Turn ideas with their words round: the stem of each word with the ideas it stands for."""
    found: dict[str, list[str]] = {}
    for idea, words in ideas.items():
        for stem in dict.fromkeys(stem for word in words for stem in stems(word)):
            found.setdefault(stem, []).append(idea)
    return {stem: tuple(names) for stem, names in found.items()}


def meanings(sentence: str, ideas: Ideas) -> Counter[str]:
    """Count words, pairs of neighbours, ideas (twice, since they carry over to words never seen) and cues."""
    words = stems(sentence)
    thought = [ideas[word][0] if word in ideas else word for word in words]
    return Counter(
        [
            *words,
            *_pairs(words, " "),
            *(f"*{idea}" for word in words for idea in ideas.get(word, ()) for _ in range(2)),
            *_pairs(thought, "*"),
            *(f"!{name}" for name in cues(sentence) for _ in range(2)),
        ]
    )


def cues(sentence: str) -> Iterator[str]:
    """Name what more than one word shows, such as a demand with an amount."""
    text = plain(sentence)
    return (name for name, pattern in _CUES.items() if pattern.search(text))


def letters(sentence: str) -> Counter[str]:
    """Count the runs of three and four letters inside words, which survive a typing error."""
    padded = (f" {_NUMBER if word.isdigit() else word} " for word in _WORD.findall(plain(sentence)))
    return Counter(run for word in padded for run in _runs(word))


def _pairs(words: Iterable[str], joint: str) -> Iterator[str]:
    return (f"{one}{joint}{other}" for one, other in pairwise((_START, *words)))


def _runs(word: str) -> Iterator[str]:
    return (word[start : start + size] for size in _GRAMS for start in range(len(word) - size + 1))


def _stem(word: str) -> str:
    word = word.replace("'", "").replace("-", "")
    ending = next((end for end, left in _ENDINGS.items() if word.endswith(end) and len(word) - len(end) >= left), "")
    stem = word.removesuffix(ending)
    if ending in ("ies", "ied"):
        return f"{stem}y"
    doubled = ending in ("ing", "ings", "ed") and len(stem) > _SHORTEST and stem[-1] == stem[-2]
    return stem[:-1] if doubled and stem[-1] not in "ls" else stem
