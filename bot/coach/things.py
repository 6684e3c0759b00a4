"""What a sentence puts on the table: a tradable whose side is still open, and amounts that have no name."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.coach.currencies import CURRENCIES
from bot.coach.quantities import Quantity
from bot.coach.tokens import Kind, Token

FREE = frozenset({"free", "gratis", "complimentary"})
_FREELY = (
    ("free",),
    ("for", "free"),
    ("on", "us"),
    ("gratis",),
    ("at", "no", "cost"),
    ("on", "the", "house"),
    ("is", "on", "us"),
    ("is", "on", "me"),
    ("is", "on", "the", "house"),
    ("free", "of", "charge"),
)
_YEAR_IN_MONTHS = 12
# After a bare percentage these show that it says nothing else ("20% chance", "50% of our deals").
_AFTER_SHARE = frozenset({
    "if", "for", "but", "and", "or", "in", "on", "as", "when", "without", "to", "at", "plus", "with", "from", "now",
    "again", "because", "since", "this", "next", "today", "here", "max", "maximum", "tops", "provided", "unless",
    "instead", "then", "though", "while", "so", "is", "right", "straight", "they", "we", "i", "against", "before",
    "by", "who", "which", "only", "per", "what", "how", "net", "even", "just", "rather", "after", "once", "please",
    "too", "across", "w", "not", "was", "would", "extra", "more", "immediately", "down", "where", "until", "vs",
    "still", "minimum", "overall", "he", "she", "you", "yes", "yeah", "ok", "okay", "fine", "works",
    "possible", "maybe", "out",
})  # fmt: skip
_BEFORE_TERM = frozenset({
    "in", "since", "last", "past", "within", "after", "every", "per", "over", "next", "during", "about", "previous",
    "ago", "by", "first", "second", "these", "those", "once", "each", "this", "under", "until", "lasted", "been",
})  # fmt: skip
_LENGTHENING = frozenset({"extend", "extends", "extending", "extended", "prolong", "renew", "lengthen"})
_RISES = frozenset({
    "increase", "increases", "increased", "uplift", "rise", "rises", "rose", "hike", "growth", "inflation",
    "indexation", "surcharge", "margin", "commission", "interest", "penalty", "target", "quota", "churn", "grew",
    "revenue", "tax", "vat",
})  # fmt: skip
_NOT_AFTER_TERM = frozenset({"in", "to", "as", "since", "on", "from", "before", "is", "was", "after", "who", "down"})
_AFTER_TERM = (_AFTER_SHARE - _NOT_AFTER_TERM) | {"minimum", "upfront"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A tradable in the sentence, its side still open; it covers the tokens `first` to before `last`.

    `bare` marks an amount without a name ("8%"), of which only the clause can say that it is on the
    table. `rough` is money without a currency, `upper` the far end of a range.
    """

    what: str
    first: int
    last: int
    amount: Decimal | None = None
    unit: str = ""
    upper: Decimal | None = None
    limit: bool = False
    condition: str = ""
    bare: bool = False
    rough: bool = False
    free: bool = False
    negative: bool = False


def low(tokens: Sequence[Token], place: int) -> str:
    """Give the plain spelling at a place; empty outside the sentence."""
    return tokens[place].low if 0 <= place < len(tokens) else ""


def ends(tokens: Sequence[Token], amount: Quantity) -> tuple[Decimal, Decimal | None]:
    """Give an amount and the far end of its range; "from 5 to 8%" is a move, and means the second."""
    if low(tokens, amount.first - 1) == "from" and amount.upper is not None:
        return amount.upper, None
    return amount.amount, amount.upper


def free_end(tokens: Sequence[Token], place: int) -> int:
    """Say where "for free" that begins at a place ends; 0 where it doesn't."""
    place += low(tokens, place) in ("extra", "more")
    place += 2 * _reads(tokens, place, ("on", "top"))
    lengths = (len(words) for words in _FREELY if _reads(tokens, place, words))
    length = next(lengths, 0)
    return place + length if length else 0


def _reads(tokens: Sequence[Token], place: int, words: Sequence[str]) -> bool:
    return all(low(tokens, place + ahead) == word for ahead, word in enumerate(words))


def unnamed(tokens: Sequence[Token], amount: Quantity) -> Thing | None:
    """Read an amount that no name belongs to as what it can only be; None where it can be anything."""
    if amount.rough:
        return Thing(what="", first=amount.first, last=amount.last, amount=amount.amount, bare=True, rough=True)
    if "half" in amount.between:
        return None
    near, upper = ends(tokens, amount)
    free = free_end(tokens, amount.last) or (amount.last if amount.between & FREE else 0)
    what = "free months" if free and amount.unit in ("months", "weeks", "years") else _only_meaning(tokens, amount)
    if not what:
        return None
    bare = what != "free months"
    return Thing(what=what, first=amount.first, last=amount.last if bare else free, amount=near, unit=amount.unit,
                 upper=upper, bare=bare, negative=amount.negative)  # fmt: skip


def _only_meaning(tokens: Sequence[Token], amount: Quantity) -> str:
    if amount.unit == "%":
        falls = not _rises(tokens, amount.first)
        return "discount" if falls and _stands_alone(tokens, amount.last, _AFTER_SHARE) else ""
    if amount.unit in CURRENCIES:
        whole = low(tokens, amount.last) not in ("/", "per", "in")
        return "price" if whole and _stands_alone(tokens, amount.last, _AFTER_SHARE) else ""
    return "contract length" if _is_term(tokens, amount) else ""


def _rises(tokens: Sequence[Token], first: int) -> bool:
    """Tell "a price increase of 5%" and "+5%" from a discount."""
    plus = low(tokens, first - 1) == "and" and tokens[first].glued
    return plus or any(low(tokens, first - back) in _RISES for back in range(1, 4))


def _is_term(tokens: Sequence[Token], amount: Quantity) -> bool:
    """Whether a duration is long enough for a contract, and its neighbours don't say otherwise."""
    if amount.unit not in ("years", "months") or not _stands_alone(tokens, amount.last, _AFTER_TERM):
        return False
    before = low(tokens, amount.first - 1)
    if before == "by" and low(tokens, amount.first - 2) in _LENGTHENING:
        return True
    counted = low(tokens, amount.first) not in ("a", "an", "another") or before == "for"
    months = amount.amount * _YEAR_IN_MONTHS if amount.unit == "years" else amount.amount
    return counted and months >= _YEAR_IN_MONTHS and before not in _BEFORE_TERM


def _stands_alone(tokens: Sequence[Token], place: int, allowed: frozenset[str]) -> bool:
    return place >= len(tokens) or tokens[place].kind is not Kind.WORD or low(tokens, place) in allowed
