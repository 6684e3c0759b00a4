"""Entries of a plan in one line each, and any plan at all, for hypothesis."""

from decimal import Decimal

from hypothesis import strategies as st

from bot.coach.plans import Entry, Estimate, Floor, Plan, Worth
from bot.coach.preparation import Certainty
from bot.coach.tradables import Side, Tradable

LOW, MEDIUM, HIGH = Worth.LOW, Worth.MEDIUM, Worth.HIGH


def entry(side: Side, what: str, worths: tuple[Estimate, Estimate], **more: int | None) -> Entry:
    """One line; its id is what it is called."""
    amount, limit = (None if number is None else Decimal(number) for number in (more.get("amount"), more.get("limit")))
    tradable = Tradable(what=what, amount=amount, limit=bool(more.get("up_to")))
    ours, theirs = worths
    return Entry(
        id=what,
        side=side,
        tradable=tradable,
        ours=ours,
        theirs=theirs,
        limit=limit,
        demanded=bool(more.get("demanded")),
    )


def give(what: str, ours: Worth, theirs: Worth, *, known: bool = True, **more: int | None) -> Entry:
    """What it costs us and what it is worth to them."""
    return entry(Side.GIVE, what, (Estimate(ours, known), Estimate(theirs, known)), **more)


def get(what: str, ours: Worth, theirs: Worth, *, known: bool = True, **more: int | None) -> Entry:
    """What it is worth to us and what it costs them."""
    return entry(Side.GET, what, (Estimate(ours, known), Estimate(theirs, known)), **more)


def plan(*entries: Entry, floor: Floor | None = None, behind: str = "", certainty: Certainty = Certainty.SAID) -> Plan:
    """A plan of these lines."""
    return Plan(id="p1", deal_id="d1", entries=entries, floor=floor, behind=behind, certainty=certainty)


def renewal(*, known: bool = True) -> Plan:
    """The usual one: a discount beyond our limit is demanded; what we could give and ask for is of all kinds."""
    return plan(
        give("discount", HIGH, HIGH, known=known, amount=15, limit=10, demanded=1),
        give("onboarding", LOW, HIGH, known=known, amount=5),
        give("net 45", LOW, MEDIUM, known=known, amount=45),
        get("two years", HIGH, MEDIUM, known=known, amount=2),
        get("case study", MEDIUM, LOW, known=known),
        get("upfront", MEDIUM, MEDIUM, known=known),
        floor=Floor.SOME,
        certainty=Certainty.UNKNOWN,
    )


_ESTIMATE = st.builds(Estimate, st.sampled_from(Worth), st.booleans())
_AMOUNT = st.one_of(st.none(), st.integers(0, 90).map(Decimal))
_TRADABLE = st.builds(Tradable, what=st.just("x"), amount=_AMOUNT, limit=st.booleans())
_ENTRY = st.builds(
    Entry,
    id=st.integers(0, 999).map(str),
    side=st.sampled_from(Side),
    tradable=_TRADABLE,
    ours=_ESTIMATE,
    theirs=_ESTIMATE,
    limit=_AMOUNT,
    demanded=st.booleans(),
)
PLANS = st.builds(
    Plan,
    id=st.just("p1"),
    deal_id=st.just("d1"),
    entries=st.lists(_ENTRY, max_size=8, unique_by=lambda one: one.id).map(tuple),
    floor=st.one_of(st.none(), st.sampled_from(Floor)),
    behind=st.sampled_from(["", "cash is short"]),
    certainty=st.sampled_from(Certainty),
)
