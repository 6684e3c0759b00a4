"""What is over goes after the time an admin set, and nothing that somebody still works with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.chat.address import Address
from bot.coach.access import Rule
from bot.coach.deals import DealDraft, Stage
from bot.coach.keep_warm import Cadence, KeepWarm, Rhythm
from bot.coach.payoffs import Brought, Payoff
from bot.coach.plans import Estimate, Worth
from bot.coach.promises import Promise, State
from bot.coach.teams import Count, Period, Share, Shared, Team
from bot.coach.tradables import Side, Tradable
from store import Store, Unit, retention
from store.tables import METADATA

ANN = Address("web", "T1", "dm", "U1")
KEPT = timedelta(days=365)
THEN = datetime(2025, 3, 3, 9, tzinfo=UTC)
DAY = THEN.date()
LONG_AFTER = THEN + KEPT + timedelta(days=2)


def a_deal(unit: Unit, stage: Stage, *, at: datetime = THEN) -> str:
    deal = unit.deals.add(DealDraft(name="Acme", client="Acme"))
    if stage is not Stage.OPEN:
        unit.deals.close(deal.id, stage, at)
    return deal.id


def with_everything(unit: Unit, deal_id: str) -> str:
    """Note all that can be noted for a deal, all of it settled."""
    prep = unit.preps.start(deal_id, THEN)
    unit.preps.tick(prep.id, frozenset("ab"), frozenset("a"), THEN)
    unit.plans.start(deal_id, THEN)
    unit.concessions.add(deal_id, Side.GIVE, Tradable(what="logo", words="a logo"), THEN, ours=Estimate(Worth.LOW))
    unit.recoveries.start(deal_id, THEN)
    a_promise(unit, deal_id, State.KEPT, DAY)
    unit.check_ins.note(deal_id, DAY, "done")
    unit.payoffs.add(Brought(id=unit.payoffs.fresh_id(), deal_id=deal_id, kind=Payoff.RENEWAL, on=DAY))
    offer = unit.handovers.offer(deal_id, "U9", THEN)
    unit.handovers.withdraw(offer.id, THEN)
    return deal_id


def a_promise(unit: Unit, deal_id: str, state: State, on: date, concession: str = "") -> None:
    made = Promise(id=unit.promises.fresh_id(), deal_id=deal_id, what="logo", due=DAY, made_on=DAY)
    settled = None if state is State.OPEN else on
    unit.promises.add(replace(made, state=state, settled_on=settled, concession=concession))


def a_team(unit: Unit) -> None:
    unit.teams.create(Team(id="W", name="West", channel="C", covered_to=DAY), THEN)
    unit.lines.share(Shared(id="L", team_id="W", user="U1", kind=Share.WIN, text="Won", on=DAY), THEN)
    unit.lines.withhold("W", DAY, Count.TRADES)
    unit.digests.put("W", Period(DAY, DAY), {}, "balance.trade", THEN)
    unit.teams.audit(Rule.DIGEST_NOW, "W", "digest now", THEN)
    unit.conversations.put("plan", 1, {"said": "10% off"}, THEN)


async def left(store: Store) -> dict[str, int]:
    export: dict[str, Any] = await store.read(ANN, lambda unit: unit.export())
    return {name: len(rows) for name, rows in export.items() if rows}


async def written(store: Store, *works: Callable[[Unit], object]) -> None:
    for work in works:
        await store.write(ANN, work, at=THEN)


def test_of_every_table_it_is_said_when_it_is_over_or_why_it_never_is() -> None:
    assert {table.name for table in retention.OVER} | set(retention.STAYS) == set(METADATA.tables)
    assert not {table.name for table in retention.OVER} & set(retention.STAYS)


async def test_what_is_over_goes_when_its_time_is_over_and_not_before(store: Store) -> None:
    await written(store, lambda unit: with_everything(unit, a_deal(unit, Stage.LOST)), a_team)
    before = await left(store)
    assert await store.tidy(THEN + KEPT, KEPT) == 0
    assert await left(store) == before
    assert await store.tidy(LONG_AFTER, KEPT)
    assert await left(store) == {"team_members": 1}
    assert await store.read(ANN, lambda unit: unit.digests.last("W")) == []
    assert await store.tidy(LONG_AFTER, KEPT) == 0


async def test_without_the_setting_nothing_goes_that_somebody_noted(store: Store) -> None:
    await written(store, lambda unit: with_everything(unit, a_deal(unit, Stage.LOST)), a_team)
    before = await left(store)
    await store.tidy(LONG_AFTER + 50 * KEPT)
    assert await left(store) == before


async def test_an_open_deal_stays_with_its_preparation_its_plan_and_its_log(store: Store) -> None:
    await written(store, lambda unit: with_everything(unit, a_deal(unit, Stage.OPEN)))
    await store.tidy(LONG_AFTER, KEPT)
    assert set(await left(store)) == {"deals", "preps", "prep_ticks", "plans", "concessions", "recoveries"}


async def test_a_won_deal_stays_while_it_is_kept_warm_and_its_negotiation_goes(store: Store) -> None:
    def begin(unit: Unit) -> None:
        deal_id = with_everything(unit, a_deal(unit, Stage.WON))
        unit.warmth.start(KeepWarm(deal_id=deal_id, client="", won_on=DAY))

    await written(store, begin)
    await store.tidy(LONG_AFTER, KEPT)
    assert await left(store) == {"deals": 1, "warmth": 1}


async def test_a_won_deal_that_nobody_keeps_warm_is_over(store: Store) -> None:
    def begin(unit: Unit) -> None:
        deal_id = with_everything(unit, a_deal(unit, Stage.WON))
        unit.warmth.start(KeepWarm(deal_id=deal_id, client="", won_on=DAY, cadence=Cadence(Rhythm.NONE)))

    await written(store, begin)
    await store.tidy(LONG_AFTER, KEPT)
    assert await left(store) == {}


def _promise_open(unit: Unit, deal_id: str) -> None:
    a_promise(unit, deal_id, State.OPEN, DAY)


def _offered(unit: Unit, deal_id: str) -> None:
    unit.handovers.offer(deal_id, "U9", THEN)


IN_USE: dict[str, Callable[[Unit, str], object]] = {
    "an open promise": _promise_open,
    "an offer to a colleague": _offered,
    "a promise kept lately": lambda unit, this: a_promise(unit, this, State.KEPT, LONG_AFTER.date()),
    "a preparation touched lately": lambda unit, this: unit.preps.start(this, LONG_AFTER),
    "a plan touched lately": lambda unit, this: unit.plans.start(this, LONG_AFTER),
    "a give lately": lambda unit, this: unit.concessions.add(
        this, Side.GIVE, Tradable(what="logo", words="a logo"), LONG_AFTER
    ),
    "something put right lately": lambda unit, this: unit.recoveries.start(this, LONG_AFTER),
    "a check-in lately": lambda unit, this: unit.check_ins.note(this, LONG_AFTER.date(), "done"),
    "a renewal lately": lambda unit, this: unit.payoffs.add(
        Brought(id="B", deal_id=this, kind=Payoff.RENEWAL, on=LONG_AFTER.date())
    ),
}


@pytest.mark.parametrize("use", IN_USE.values(), ids=IN_USE)
async def test_a_deal_lost_long_ago_stays_while_somebody_does_something_about_it(
    store: Store, use: Callable[[Unit, str], object]
) -> None:
    await written(store, lambda unit: use(unit, a_deal(unit, Stage.LOST)))
    await store.tidy(LONG_AFTER, KEPT)
    assert (await left(store))["deals"] == 1
    await store.tidy(LONG_AFTER + 2 * KEPT, KEPT)
    assert (await left(store) == {}) == (use not in (_promise_open, _offered))


async def test_a_give_stays_while_the_promise_it_led_to_is_open(store: Store) -> None:
    def begin(unit: Unit) -> None:
        deal_id = a_deal(unit, Stage.LOST)
        given = unit.concessions.add(deal_id, Side.GIVE, Tradable(what="logo", words="a logo"), THEN)
        a_promise(unit, deal_id, State.OPEN, DAY, concession=given.id)
        unit.concessions.add(deal_id, Side.GIVE, Tradable(what="training", words="training"), THEN)

    await written(store, begin)
    await store.tidy(LONG_AFTER, KEPT)
    assert await left(store) == {"deals": 1, "concessions": 1, "promises": 1}


async def test_what_a_deal_handed_over_left_behind_goes_and_the_deal_stays_with_its_new_owner(store: Store) -> None:
    colleague = replace(ANN, user="U9")

    def offer(unit: Unit) -> str:
        deal = unit.deals.add(DealDraft(name="Acme", client="Acme", notes="mine"))
        return unit.handovers.offer(deal.id, "U9", THEN).id

    this = await store.write(ANN, offer, at=THEN)
    await store.write(colleague, lambda unit: unit.handovers.accept(this, THEN), at=THEN)
    await store.tidy(LONG_AFTER, KEPT)
    assert await left(store) == {}
    assert await store.read(colleague, lambda unit: unit.deals.count()) == 1


async def test_it_takes_a_few_at_a_time_until_all_of_it_is_gone(
    url: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "FOUND", 40)
    monkeypatch.setattr(retention, "AT_ONCE", 15)
    seen: list[str] = []

    def begin(unit: Unit) -> None:
        deal_id = a_deal(unit, Stage.OPEN)
        for number in range(90):
            unit.check_ins.note(deal_id, DAY - timedelta(number), "done")

    await written(store, begin)
    watched = Store.open(url, observe=lambda mode, _seconds: seen.append(mode))
    assert await watched.tidy(LONG_AFTER, KEPT) == 90
    await watched.close()
    assert await left(store) == {"deals": 1}
    # Two for what is tidied up in any case; 40, 40 and 10 in fifteens.
    assert seen.count("write") == 2 + 3 + 3 + 1
