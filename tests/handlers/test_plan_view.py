"""The plan card: every part of it worded, whole on every platform, and quick."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.cards import Button, Buttons, Card, Menu, Points
from bot.chat.plain import of_card
from bot.chat.scatter import Scatter
from bot.coach.doubts import Doubt, Flip, Whose
from bot.coach.packages import Shortage
from bot.coach.plans import Entry, Estimate, Floor, Plan, Step, Worth
from bot.coach.preparation import Certainty
from bot.coach.tradables import Side, Tradable
from bot.coach.trades import analysis
from bot.slack import block_kit
from bot.teams import adaptive_card
from bot.web import html
from content.library import Playbook, load
from handlers import plan_cards, plan_forms, plan_view
from handlers.table import FORMS, PRESSES
from tests.cards.words import of_card as words_of
from tests.cards.words import presses
from tests.handlers.planned import entry, turn_with
from tests.slack import limits
from tests.teams import shape

HIGH, MEDIUM, LOW = Worth.HIGH, Worth.MEDIUM, Worth.LOW
DISCOUNT = entry("1", Side.GIVE, "discount", HIGH, HIGH, amount=8, unit="%", limit=10, asked=15)
ONBOARDING = entry("2", Side.GIVE, "onboarding", LOW, HIGH)
TERM = entry("3", Side.GET, "contract length", HIGH, MEDIUM, amount=2, unit="years")
CASE = entry("4", Side.GET, "case study", MEDIUM, LOW)
TERMS = entry("5", Side.GET, "payment terms", MEDIUM, LOW, amount=30, unit="days")
WHOLE = Plan(
    id="p1",
    deal_id="d1",
    demand="15% off or they walk",
    behind="their budget",
    certainty=Certainty.GUESS,
    entries=(DISCOUNT, ONBOARDING, TERM, CASE, TERMS),
    walk_away="not below 40k",
    floor=Floor.LITTLE,
    settled=frozenset(Step),
)


PLAYBOOK = load()


def said(plan: Plan, playbook: Playbook) -> str:
    return " ".join(of_card(plan_view.card(turn_with(plan, playbook))).split())


def test_a_whole_plan_says_all_there_is(playbook: Playbook) -> None:
    text = said(WHOLE, playbook)
    for part in (
        "They ask: 15% off or they walk",
        "Behind it (my guess): their budget",
        "We could give: 8% off (at most 10%), onboarding",
        "Trades, best first",
        "If you sign for two years, then we",
        " for us, +",
        "Over your limit: they ask for 15% off, and you stop at 10% off.",
        "Packages to offer together",
        "A: ",
        "in return for",
        "Order of play, cheapest first: onboarding, 8% off (at most 10%).",
        "Walk-away, private: a little worse would do. You noted: not below 40k.",
        "Only you can see this.",
    ):
        assert part in text


def test_an_empty_plan_teaches_what_to_name(playbook: Playbook) -> None:
    text = said(Plan(id="p1", deal_id="d1", settled=frozenset(Step)), playbook)
    assert "Nothing is on the table yet. Name what could be given, or asked for." in text
    assert "There is nothing to give yet" in text
    assert "Add one of each" in text
    assert "Nothing to choose from yet" not in text
    assert "[Add gives]" in text


@pytest.mark.parametrize(
    ("entries", "shortage"),
    [
        ((), Shortage.NO_GIVE),
        ((TERM,), Shortage.NO_GIVE),
        ((DISCOUNT,), Shortage.NO_GET),
        ((entry("1", Side.GIVE, "discount", HIGH, LOW), entry("2", Side.GET, "logo", LOW, HIGH)), Shortage.NO_ZONE),
        ((ONBOARDING, TERM), Shortage.TOO_FEW),
    ],
)
def test_why_there_are_fewer_than_three_packages_is_said(
    entries: tuple[Entry, ...], shortage: Shortage, playbook: Playbook
) -> None:
    plan = replace(WHOLE, entries=entries)
    assert analysis(plan).offers.shortage is shortage
    assert plan_view._SHORT_OF[shortage] in said(plan, playbook)  # noqa: SLF001  each has its sentence


def test_a_give_that_nothing_pays_for_is_called_out(playbook: Playbook) -> None:
    assert "Nothing comes back for onboarding. Ask for something, or keep it." in said(
        replace(WHOLE, entries=(ONBOARDING,)), playbook
    )


def test_with_the_reason_unknown_the_question_comes_first_and_both_answers_are_planned(playbook: Playbook) -> None:
    text = said(replace(WHOLE, behind="", certainty=Certainty.UNKNOWN), playbook)
    assert text.index("Ask first") < text.index("Trades, best first")
    assert "It is what they say. If you" in text
    assert "Something else is behind it. If you" in text
    lone = replace(WHOLE, entries=(DISCOUNT,), behind="", certainty=Certainty.UNKNOWN)
    assert "keep what they ask for out of it" in said(lone, playbook)


@pytest.mark.parametrize("flip", Flip)
@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("one", [DISCOUNT, TERM])
def test_every_guess_that_matters_has_its_sentence(flip: Flip, whose: Whose, one: Entry, playbook: Playbook) -> None:
    text = plan_view._doubt(turn_with(WHOLE, playbook), Doubt(one, whose, (flip,)))  # noqa: SLF001
    assert "One step off, " in text
    assert text.startswith("what ")


def test_what_is_planned_over_the_limit_is_told_from_what_they_ask(playbook: Playbook) -> None:
    modest = replace(DISCOUNT, asked=Decimal(5), tradable=replace(DISCOUNT.tradable, amount=Decimal(12)))
    text = said(replace(WHOLE, entries=(modest, TERM)), playbook)
    assert "Over your limit: you planned 12% off, and you stop at 10% off." in text


def test_advice_stops_at_three_points(playbook: Playbook) -> None:
    gives = tuple(replace(DISCOUNT, id=str(n)) for n in range(8))
    text = plan_view.card(turn_with(replace(WHOLE, entries=gives), playbook))
    assert max(len(block.items) for block in text.blocks if isinstance(block, Points)) == 3


def test_packages_are_shown_with_all_they_hold(playbook: Playbook) -> None:
    card = plan_view.card(turn_with(huge(), playbook))
    (picture,) = (block for block in card.blocks if isinstance(block, Scatter))
    assert [mark.label for mark in picture.marks] == ["A", "B", "C"]
    said = [next(line for line in of_card(card).splitlines() if line.startswith(f"- {letter}")) for letter in "ABC"]
    assert len(set(said)) == 3
    assert not any("…" in line for line in said)


def test_what_there_was_no_room_for_among_the_packages_is_named(playbook: Playbook) -> None:
    lines = tuple(entry(f"{n}", side, f"thing {n}", MEDIUM, MEDIUM) for n, side in enumerate([Side.GIVE, Side.GET] * 9))
    plan = replace(WHOLE, entries=lines)
    left = analysis(plan).left_out
    assert left
    assert f"these are in none of them: {left[0].tradable.what}" in said(plan, playbook)


def test_every_press_on_a_plan_card_has_somebody_who_answers(playbook: Playbook) -> None:
    for card in every_card(WHOLE, playbook):
        for action, subject in presses(card):
            assert action in PRESSES
            assert subject.partition(".")[0] in ("p1", "d1")
    assert plan_forms.line_form(turn_with(WHOLE, playbook), DISCOUNT).id in FORMS


def every_card(plan: Plan, playbook: Playbook) -> Iterator[Card]:
    """Everything the planner can show about a plan."""
    turn = turn_with(plan, playbook)
    yield plan_view.card(turn)
    yield from (plan_cards.question(turn, step, (), ("purple elephants", "a party")) for step in Step)
    yield from (plan_cards.change(turn, one, "So be it.") for one in plan.entries[:1])
    yield plan_cards.over(turn)
    yield plan_cards.resting(turn)


def huge() -> Plan:
    """Eight gives and eight gets, each with an amount, each give with a limit beyond it."""
    names = (
        "discount", "onboarding", "training", "support", "seats", "payment terms", "workshop", "migration"
    ), ("contract length", "case study", "reference call", "logo", "early signature", "volume", "upfront payment",
        "introduction")  # fmt: skip
    worths = (LOW, MEDIUM, HIGH)
    entries = [
        entry(
            f"{n + 8 * at + 1}", side, name, worths[n % 3], worths[(n + 1 + at) % 3], amount=5 + n, unit="%",
            limit=8 + n if side is Side.GIVE else None, asked=20 if (n, side) == (0, Side.GIVE) else None,
        )
        for at, side in enumerate(Side) for n, name in enumerate(names[at])
    ]  # fmt: skip
    return replace(WHOLE, entries=tuple(entries), demand="x" * 300, behind="y" * 300, walk_away="z" * 300)


def test_the_largest_plan_is_shown_whole_on_every_platform(playbook: Playbook) -> None:
    assert_shown(plan_view.card(turn_with(huge(), playbook)))


_TEXT = st.one_of(st.text(max_size=30), st.sampled_from(["<!channel>", "{what}", "x" * 300, "😀" * 60, "שלום"]))
_NAMES = st.one_of(
    _TEXT, st.sampled_from(["discount", "onboarding", "payment terms", "contract length", "support", "seats", "volume"])
)
_AMOUNTS = st.one_of(
    st.none(), st.integers(0, 90).map(Decimal), st.sampled_from([Decimal("0.5"), Decimal("1E+9"), Decimal("1E-9")])
)
_ESTIMATES = st.builds(Estimate, st.sampled_from(Worth), st.booleans())
_TRADABLES = st.builds(
    Tradable,
    what=_NAMES,
    amount=_AMOUNTS,
    unit=st.sampled_from(["", "%", "days", "years", "EUR", "seats"]),
    condition=st.one_of(st.just(""), _TEXT),
)
_ENTRIES = st.builds(
    Entry,
    id=st.just(""),
    side=st.sampled_from(Side),
    tradable=_TRADABLES,
    ours=_ESTIMATES,
    theirs=_ESTIMATES,
    limit=_AMOUNTS,
    demanded=st.booleans(),
    asked=_AMOUNTS,
)
PLANS = st.builds(
    Plan,
    id=st.just("p1"),
    deal_id=st.just("d1"),
    demand=_TEXT,
    behind=_TEXT,
    certainty=st.sampled_from(Certainty),
    entries=st.lists(_ENTRIES, max_size=10).map(
        lambda found: tuple(replace(one, id=str(n)) for n, one in enumerate(found, 1))
    ),
    walk_away=_TEXT,
    floor=st.one_of(st.none(), st.sampled_from(Floor)),
    settled=st.sets(st.sampled_from(Step)).map(frozenset),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(plan=PLANS)
def test_any_plan_at_all_is_shown_whole_on_every_platform(plan: Plan) -> None:
    for card in every_card(plan, PLAYBOOK):
        assert_shown(card)


def assert_shown(card: Card) -> None:
    """Render everywhere: nothing raises, no platform refuses, and everything that can be pressed comes back."""
    slack = [as_json(asdict(message)) for message in block_kit.render(card)]
    assert [problem for message in slack for problem in limits.of_message(message)] == []
    teams = adaptive_card.render(card)
    assert [problem for one in teams for problem in shape.of_card(as_json(one))] == []
    assert html.render(card)
    assert of_card(card)
    assert all(isinstance(text, str) for text in words_of(card))
    labels = [one.label for block in card.blocks if isinstance(block, Buttons) for one in block.buttons]
    assert len(labels) == len(set(labels))
    assert not any(isinstance(block, Menu) and not block.options for block in card.blocks)


def as_json(message: object) -> dict[str, object]:
    """What goes over the wire."""
    found: dict[str, object] = json.loads(json.dumps(message))
    return found


def test_a_button_with_nothing_to_choose_is_left_out(playbook: Playbook) -> None:
    card = plan_cards.question(turn_with(replace(WHOLE, entries=()), playbook), Step.WORTHS, (), ())
    assert not any(isinstance(block, Menu) for block in card.blocks)
    assert (
        Button("Looks right", "plan.agree", "p1", "primary")
        in next(block for block in card.blocks if isinstance(block, Buttons)).buttons
    )
