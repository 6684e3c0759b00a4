"""Which trades are offered: the plan's before the usual, and never beyond what the rep would give."""

from decimal import Decimal

import pytest

from bot.chat.cards import Points, Quote
from bot.coach.plans import Entry, Estimate, Plan, Worth
from bot.coach.reading import Reading, read
from bot.coach.tradables import Side, Tradable
from content.library import Playbook
from handlers.exchanges import SHOWN, demanded, exchange_blocks, exchanges, over_limit

CHEAP, DEAR = Estimate(Worth.LOW), Estimate(Worth.HIGH)


def give(what: str, amount: int | None = None, unit: str = "", limit: int | None = None) -> Entry:
    """A give that costs us little and is worth a lot to them."""
    tradable = Tradable(what=what, amount=None if amount is None else Decimal(amount), unit=unit)
    top = None if limit is None else Decimal(limit)
    return Entry(id=what, side=Side.GIVE, tradable=tradable, ours=CHEAP, theirs=DEAR, limit=top)


def get(what: str) -> Entry:
    """A get that is worth a lot to us and costs them little."""
    return Entry(id=what, side=Side.GET, tradable=Tradable(what=what), ours=DEAR, theirs=CHEAP)


def plan(*entries: Entry) -> Plan:
    return Plan(id="1", deal_id="2", entries=entries)


PLAN = plan(give("discount", 8, "%", 10), give("onboarding"), get("case study"), get("contract length"))


def demand(sentence: str) -> Reading:
    return read(sentence, Side.GIVE)


def offered(reading: Reading, of: Plan | None, playbook: Playbook) -> list[tuple[str, str]]:
    found = exchanges(reading, of, playbook.trading)
    return [(one.give.what, one.gets[0].what) for one in found.trades]


def test_the_plans_trades_come_first_and_those_that_answer_before_the_others(playbook: Playbook) -> None:
    found = offered(demand("net 60 and onboarding"), PLAN, playbook)
    assert [give_ for give_, _ in found] == ["onboarding", "onboarding", "discount"]
    assert exchanges(demand("onboarding"), PLAN, playbook.trading).planned


@pytest.mark.parametrize("sentence", ["15% off", "net 60", "15% off, net 60, training, support", "", "blah"])
@pytest.mark.parametrize("of", [None, PLAN, plan()])
def test_there_are_always_trades_and_never_more_than_three(playbook: Playbook, sentence: str, of: Plan | None) -> None:
    assert 1 <= len(offered(demand(sentence), of, playbook)) <= SHOWN
    assert len(set(offered(demand(sentence), of, playbook))) == len(offered(demand(sentence), of, playbook))


@pytest.mark.parametrize(("asked", "given"), [("9% off", 9), ("10% off", 10), ("11% off", 8), ("€5k off", 8)])
def test_a_demand_is_met_as_far_as_the_limit_and_else_by_what_was_planned(
    playbook: Playbook, asked: str, given: int
) -> None:
    assert exchanges(demand(asked), PLAN, playbook.trading).trades[0].give.amount == given


@pytest.mark.parametrize("asked", ["11% off", "€5k off"])
def test_without_a_trade_that_pays_a_demand_over_the_limit_loses_its_amount(playbook: Playbook, asked: str) -> None:
    lone = plan(give("discount", 8, "%", 10))
    assert {one.give.amount for one in exchanges(demand(asked), lone, playbook.trading).trades} == {None}


def test_a_limit_of_nothing_takes_a_thing_off_the_table(playbook: Playbook) -> None:
    never = plan(give("discount", 8, "%", 0), give("training", limit=0))
    found = exchanges(demand("15% off"), never, playbook.trading)
    assert {one.give.what for one in found.trades}.isdisjoint({"discount", "training"})
    (block,) = over_limit(demanded(demand("15% off")), never, playbook.trading)
    assert "you give nothing of this: discount" in repr(block)


def test_the_limit_is_told_only_where_the_demand_is_above_it(playbook: Playbook) -> None:
    assert over_limit(demanded(demand("10% off")), PLAN, playbook.trading) == ()
    assert over_limit(demanded(demand("15% off")), None, playbook.trading) == ()
    assert "you stop at 10% off" in repr(over_limit(demanded(demand("15% off")), PLAN, playbook.trading))


def test_the_best_trade_is_also_a_question(playbook: Playbook) -> None:
    found = exchanges(demand("onboarding"), PLAN, playbook.trading)
    points, _, quote = exchange_blocks(found, playbook.trading)
    assert isinstance(points, Points)
    assert len(points.items) == SHOWN
    assert quote == Quote("If we could add some onboarding, would you agree to a case study?")


def test_what_they_ask_for_is_named_once_with_their_amount() -> None:
    wanted = demanded(read("they want 15% off, we could do 8%"))
    assert [(one.what, str(one.amount)) for one in wanted] == [("discount", "15")]
