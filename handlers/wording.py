"""How values are written everywhere: money, days, counts, and other people's words inside ours."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_symbol

from bot.coach.amounts import Kind, amount_words, figure, kind_of, ordinary
from bot.coach.deals import Deal
from bot.coach.money import Money

_CLIP = 60
_QUOTED = 160
# What may lose its capital inside a sentence: words that are nobody's and nothing's name. May, Will,
# Mark, Grant or Target are left out on purpose; a word too few costs no more than a capital letter.
_COMMON = frozenset(
    """
    a an the this that these those some any no one two three four five six seven eight nine ten half more less most
    least fewer all both each every another other our their your my his her its we they you it he she who what when
    where why how which if as at by for from in into of off on onto out over per to up with within without before
    after about above below until than then not never only just also even still and or but so be being been is are
    was were has have had having do does did done doing can could should would must might get gets getting got give
    gives giving given keep keeps keeping go going gone make makes making take takes taking pay pays paying paid move
    moves moving need needs needing want wants wanting know knows knowing help helps helping see seeing show showing
    start starts starting stay staying stop stopping sign signing find finding use using work works working avoid
    avoiding reduce reducing cut cutting add adding include including deliver delivering launch launching replace
    replacing train training onboard onboarding live fast faster slow slower quick quicker quickly soon sooner early
    earlier late later long longer short shorter high higher low lower big bigger small smaller large larger good
    better best bad worse cheap cheaper clear clearer easy easier hard harder simple simpler safe safer stable steady
    free fixed flexible full extra additional annual monthly quarterly weekly daily yearly multi-year upfront
    up-front dedicated named certain sure happy proven reliable reliability certainty clarity control trust price
    prices pricing cost costs budget budgets discount discounts rebate rebates payment payments terms term net
    invoice invoices invoicing cash volume volumes contract contracts renewal renewals licence licences license
    licenses seat seats user users access delivery deliveries deadline deadlines date dates time timing speed quality
    service services support maintenance warranty risk risks security privacy compliance uptime downtime migration
    integration integrations implementation setup installation rollout pilot trial workshop workshops coaching
    reference references referral referrals testimonial introduction introductions case story logo exclusivity
    commitment commitments decision decisions answer answers feedback people person someone somebody nobody nothing
    something everything everyone anything anyone team teams staff board management manager managers engineer
    engineers week weeks month months quarter quarters year years day days hour hours summer winter autumn
    """.split()  # noqa: SIM905 - so many words read best as lines
)
_SPACE = "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=4096)
def money(value: Money) -> str:
    """Write an amount as `€48,000` or `CHF 48,000`, with cents only where there are some."""
    whole = value.amount == value.amount.to_integral_value()
    letters = get_currency_symbol(value.currency, locale="en")[-1].isalpha()
    pattern = f"¤{_SPACE if letters else ''}{'#,##0' if whole else '#,##0.00'}"
    return format_currency(value.amount, value.currency, format=pattern, locale="en", currency_digits=False)


def amount(number: Decimal, unit: str) -> str:
    """Write a tradable's amount in its unit, money or not: `€5,000`, `8%`, `two years`."""
    if kind_of(unit) is not Kind.MONEY:
        return amount_words(number, unit)
    return money(Money(number, unit)) if ordinary(number) else f"{unit}{_SPACE}{figure(number)}"


def day(value: date) -> str:
    """Write a date with its weekday, so that a slip of a week shows: `Wed 30 Jun 2027`."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def span(first: date, last: date) -> str:
    """Write some days in a row, as shortly as they stay clear: `16–22 Nov 2026`, `30 Nov – 6 Dec 2026`."""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}"
    if first.month != last.month:
        return f"{first.day} {first:%b} – {last.day} {last:%b %Y}"
    return f"{first.day}–{last.day} {last:%b %Y}"


def distance(value: date, today: date) -> str:
    """Say how far away a date is: `today`, `in 12 days`, `3 days ago`."""
    days = (value - today).days
    if days == 0:
        return "today"
    return f"in {count(days, 'day')}" if days > 0 else f"{count(-days, 'day')} ago"


def count(number: int, noun: str) -> str:
    """Write a number with its noun: `1 deal`, `3 deals`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(items: Sequence[str]) -> str:
    """Join things as they are said: `two years, net 30 and a case study`."""
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def clip(text: str, length: int = _CLIP) -> str:
    """Make somebody's words fit inside a sentence of ours: one line, shortened with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def inside(text: str) -> str:
    """Fit somebody's words into the middle of a sentence: no full stop, and no capital that is only a beginning.

    A name keeps its capital: a first word that is not known to be common, or one that a capital follows.
    """
    words = clip(text, _QUOTED).rstrip(".!")
    first, _, rest = words.partition(" ")
    is_beginning = first[1:].islower() or not first[1:]
    is_common = first.rstrip(",;:").lower() in _COMMON
    return first.lower() + words[len(first) :] if is_beginning and is_common and not rest[:1].isupper() else words


def deal_line(deal: Deal) -> str:
    """Write a deal in one line: name, value, close date."""
    value = money(deal.value) if deal.value else ""
    closes = f"closes {day(deal.closes_on)}" if deal.closes_on else ""
    return " · ".join(part for part in (clip(deal.name), value, closes) if part)
