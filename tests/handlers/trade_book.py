"""All that is said about trades, for a person to read and for tests to go through."""

from collections.abc import Iterator
from decimal import Decimal

from bot.coach.amounts import Kind
from bot.coach.tradables import Tradable
from content.library import load
from handlers.trade_words import (
    behind,
    common_exchanges,
    courtesy,
    joint,
    noun,
    offer,
    package,
    question,
    thanks,
)

TRADING = load().trading
# In each unit an amount that people name, and one that is the only one of its kind.
AMOUNTS = {
    Kind.PERCENT: (("8", "%"),),
    Kind.MONEY: (("5000", "EUR"),),
    Kind.TIME: (("2", "years"), ("30", "days"), ("1", "months"), ("0.5", "days")),
    Kind.COUNT: (("2", ""), ("10", "seats"), ("1", "")),
}
UNITS = ["", "%", "days", "weeks", "months", "years", "hours", "seats", "EUR", "JPY", "users", "XYZ"]
CONDITIONS = ("by 30 June", "premium", "30 June", "with the works council")
# What the golden file shows of each, beside the bare form: an amount with its unit, or a condition.
USUAL = {
    "discount": ("15 %", "5000 EUR", "in the first year"),
    "contract length": ("2 years", "18 months", "until June 2029", "December 2028"),
    "payment terms": ("30 days", "2 months", "from January"),
    "upfront payment": ("50 %", "1 years", "12000 EUR"),
    "seats": ("10 seats", "1 ", "for the Porto office"),
    "free months": ("3 months", "1 months"),
    "onboarding": ("3 days", "0.5 days", "5000 EUR", "on site"),
    "training": ("2 days", "2 ", "for new people"),
    "support": ("1 years", "24/7", "premium", "in German", "30 June"),
    "case study": ("2 ", "with video"),
    "logo": ("on the website",),
    "reference call": ("2 calls", "1 ", "with a bank"),
    "introduction": ("2 ", "to the CFO", "CFO"),
    "early signature": ("2 weeks", "by 30 June", "30 June", "in March"),
    "volume": ("500 users", "80000 EUR", "20 %"),
    "trial": ("8 weeks", "30 days", "with ten users"),
    "price lock": ("3 years", "90 EUR", "until 2029", "end of 2028"),
    "exit clause": ("12 months", "after the first year"),
    "auto-renewal": ("1 years",),
    "press release": ("in spring",),
    "data migration": ("5 days", "2000 EUR"),
    "integration": ("2 ", "10 days", "with SAP", "SAP"),
    "custom work": ("5 days", "10000 EUR"),
    "extra modules": ("2 ", "analytics"),
    "service level": ("99.9 %", "4 hours", "99.9% uptime", "gold"),
    "delivery date": ("6 weeks", "by 3 May", "3 May"),
    "price": ("90 EUR", "5 %", "for the first year"),
    "exclusivity": ("1 years", "in Portugal"),
    "travel": ("3000 EUR", "50 %"),
    "a call with our CTO": ("2 ", "in May"),
    "Workshops in Porto": ("3 days",),
}
OTHER_GIVE, OTHER_GET = Tradable(what="training"), Tradable(what="case study")
OWN = ("a call with our CTO", "Workshops in Porto", "access to the beta")

EIGHT_OFF = Tradable(what="discount", amount=Decimal(8), unit="%")
TWO_YEARS = Tradable(what="contract length", amount=Decimal(2), unit="years")
NET_30 = Tradable(what="payment terms", amount=Decimal(30), unit="days")
ONBOARDING = Tradable(what="onboarding", amount=Decimal(3), unit="days")
CASE_STUDY = Tradable(what="case study")
BY_JUNE = Tradable(what="early signature", condition="by 30 June")
CTO = Tradable(what="a call with our CTO")
PACKAGES = (
    ("A", [EIGHT_OFF], [TWO_YEARS]),
    ("B", [EIGHT_OFF, ONBOARDING], [TWO_YEARS, NET_30, CASE_STUDY]),
    ("Early", [Tradable(what="discount", amount=Decimal(10), unit="%", limit=True), CTO], [BY_JUNE]),
    ("Long", [Tradable(what="price lock", amount=Decimal(3), unit="years")], [TWO_YEARS, BY_JUNE]),
    ("Own", [CTO], [Tradable(what="Workshops in Porto")]),
)


def variants(name: str) -> Iterator[Tradable]:
    """One tradable in all its forms: bare, with each usual amount, with conditions."""
    listing = TRADING.listings.get(name)
    yield Tradable(what=name)
    for kind in [kind for one in listing.measured for kind in one.kinds] if listing else []:
        for number, unit in AMOUNTS[kind]:
            yield Tradable(what=name, amount=Decimal(number), unit=unit)
    yield Tradable(what=name, amount=Decimal(12), unit="hours")
    yield from (Tradable(what=name, condition=condition) for condition in CONDITIONS)


def other(tradable: Tradable, usual: Tradable) -> Tradable:
    """Something else to trade it for."""
    return usual if usual.what != tradable.what else Tradable(what="introduction")


def sentences(tradable: Tradable) -> list[str]:
    """Everything that is said about one tradable, on either side."""
    give, get = other(tradable, OTHER_GIVE), other(tradable, OTHER_GET)
    return [
        offer([tradable], [get], TRADING),
        offer([give], [tradable], TRADING),
        question([tradable], [get], TRADING),
        question([give], [tradable], TRADING),
        joint([tradable], [get], TRADING),
        joint([give], [tradable], TRADING),
        courtesy(tradable, TRADING),
        courtesy(give, TRADING, gets=[tradable]),
        thanks(tradable, TRADING),
    ]


def trades(demand: Tradable | None) -> list[str]:
    return [offer([give], [get], TRADING) for give, get in common_exchanges(demand, TRADING)]


def page(tradable: Tradable) -> list[str]:
    """One tradable as the golden file shows it: its verbs in a trade, and once it is agreed."""
    give, get = other(tradable, OTHER_GIVE), other(tradable, OTHER_GET)
    trade = [offer([tradable], [get], TRADING), question([give], [tradable], TRADING)]
    agreed = [] if tradable.condition else [courtesy(tradable, TRADING), thanks(tradable, TRADING)]
    return [noun(tradable, TRADING), *(f"  {said}" for said in (*trade, *agreed))]


def chapter(name: str) -> str:
    """All of one tradable, in what people usually say of it."""
    usual = [Tradable(what=name), *(typical(name, typed) for typed in USUAL.get(name, ()))]
    lines = [name.upper(), *(line for tradable in usual for line in page(tradable))]
    lines += ["to find out what is behind it", *(f"  {asked}" for asked in behind(usual[0], TRADING))]
    if listing := TRADING.listings.get(name):
        lines += [f"  perhaps {motive}" for motive in listing.motives]
    return "\n".join([*lines, "without a plan", *(f"  {said}" for said in trades(usual[1 % len(usual)]))])


def packages() -> str:
    """Several things at once."""
    lines = ["PACKAGES"]
    for name, gives, gets in PACKAGES:
        lines += [package(name, gives, gets, TRADING)]
        lines += [f"  {said(gives, gets, TRADING)}" for said in (offer, question, joint)]
        lines += [f"  {courtesy(gives[0], TRADING, gets)}"]
    return "\n".join(lines)


def typical(name: str, typed: str) -> Tradable:
    """`8 %` is an amount in a unit, everything else a condition."""
    number, _, unit = typed.partition(" ")
    if unit in (*UNITS, "calls") and number.replace(".", "").isdigit():
        return Tradable(what=name, amount=Decimal(number), unit=unit)
    return Tradable(what=name, condition=typed)


def book() -> str:
    chapters = [chapter(name) for name in (*TRADING.listings, *OWN)]
    hints = "\n".join(f"{' / '.join(one.said)}\n  {one.rather}" for one in TRADING.adversarial)
    return (
        "\n\n\n".join([*chapters, "A DEMAND NOBODY UNDERSTOOD\n" + "\n".join(trades(None)), packages(), hints]) + "\n"
    )
