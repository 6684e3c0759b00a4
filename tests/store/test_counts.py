"""What a digest counts: numbers of those who said yes, without what they took out, and nothing else of anybody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar, get_args

import pytest
from sqlalchemy import Connection, event, text

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft
from bot.coach.digest import Counted
from bot.coach.payoffs import Brought, Payoff
from bot.coach.promises import Promise, State
from bot.coach.teams import Count, Period, Team, team_owner
from bot.coach.tradables import Side, Tradable
from store import Store, Unit
from store.check_ins import Outcome
from store.promises import Promises

T = TypeVar("T")
ANN = Address("slack", "T1", "D1", "U1")
BOB = Address("slack", "T1", "D2", "U2")
EVE = Address("slack", "T1", "D3", "U3")
OF_WEST = Address("slack", "T1", "", team_owner("W1"))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
WEEK = Period(MONDAY, MONDAY + timedelta(days=7))
SUNDAY, BEFORE, AFTER = MONDAY + timedelta(days=6), MONDAY - timedelta(days=1), WEEK.ends
LOGO = Tradable(what="logo")
FULL = Counted(
    promises_kept=1,
    promises_late=1,
    promises_due=1,
    done=1,
    snoozed=1,
    skipped=1,
    gives=2,
    gives_with_get=1,
    gets=1,
    renewals=1,
    expansions=1,
    referrals=1,
)


async def _as(store: Store, who: Address, work: Callable[[Unit], T]) -> T:
    return await store.write(who, work, at=NOW)


def _deal(unit: Unit) -> Deal:
    return unit.deals.add(DealDraft(name="Acme", client="Acme"))


def _promise(unit: Unit, deal: Deal, due: date, settled_on: date | None = None, state: State = State.KEPT) -> None:
    stands = state if settled_on else State.OPEN
    made = Promise(id=Promises.fresh_id(), deal_id=deal.id, what="logo", due=due, made_on=BEFORE)
    unit.promises.add(replace(made, state=stands, settled_on=settled_on))


def _everything(unit: Unit) -> None:
    """Do one of everything a digest counts."""
    deal = _deal(unit)
    for due, settled in ((SUNDAY, MONDAY), (BEFORE, MONDAY), (SUNDAY, None)):
        _promise(unit, deal, due, settled)
    for outcome in get_args(Outcome):
        unit.check_ins.note(deal.id, MONDAY, outcome)
    give, _, get = (unit.concessions.add(deal.id, side, LOGO, NOW) for side in (Side.GIVE, Side.GIVE, Side.GET))
    unit.concessions.pair(give.id, get.id)
    for kind in Payoff:
        unit.payoffs.add(Brought(id=kind.value, deal_id=deal.id, kind=kind, on=MONDAY))


@pytest.fixture(autouse=True)
async def _west(store: Store) -> None:
    """Ann's team, in which Bob is a member, and to which Eve is invited."""
    west = Team(id="W1", name="West", channel="C1", covered_to=MONDAY)
    await _as(store, ANN, lambda unit: unit.teams.create(west, NOW))
    await _as(store, BOB, lambda unit: unit.teams.join("W1", NOW))
    await _as(store, ANN, lambda unit: unit.teams.invite("W1", "U3", NOW))


async def _counted(store: Store, period: Period = WEEK, zone: str = "UTC", who: Address = OF_WEST) -> list[Counted]:
    return await store.read(who, lambda unit: unit.counts.of_team("W1", period, zone))


async def test_what_each_member_did_is_counted_and_who_did_nothing_is_a_row_of_zeros(store: Store) -> None:
    await _as(store, BOB, _everything)
    assert await _counted(store) == [Counted(), FULL]
    assert await store.read(BOB, lambda unit: unit.counts.mine(WEEK, "UTC")) == FULL
    assert await store.read(ANN, lambda unit: unit.counts.mine(WEEK, "UTC")) == Counted()


async def test_nothing_is_counted_of_who_is_only_invited_of_another_team_or_of_another_company(store: Store) -> None:
    other = Team(id="W2", name="East", channel="C2", covered_to=MONDAY)
    for who in (EVE, replace(ANN, tenant="T2"), replace(ANN, user="U8")):
        await _as(store, who, _everything)
    await _as(store, replace(ANN, user="U8"), lambda unit: unit.teams.create(other, NOW))
    assert await _counted(store) == [Counted(), Counted()]
    await _as(store, EVE, lambda unit: unit.teams.join("W1", NOW))
    assert await _counted(store) == [Counted(), Counted(), FULL]


async def test_the_order_of_the_rows_says_nothing_about_whose_they_are(store: Store) -> None:
    def promise(number: int) -> Callable[[Unit], None]:
        def work(unit: Unit) -> None:
            deal = _deal(unit)
            for _ in range(number):
                _promise(unit, deal, SUNDAY, MONDAY)

        return work

    await _as(store, ANN, promise(3))
    await _as(store, BOB, promise(1))
    assert [one.promises_kept for one in await _counted(store)] == [1, 3]


@pytest.mark.parametrize(
    ("what", "without"),
    [
        (Count.PROMISES, {"promises_kept": 0, "promises_late": 0, "promises_due": 0}),
        (Count.CHECK_INS, {"done": 0, "snoozed": 0, "skipped": 0}),
        (Count.TRADES, {"gives": 0, "gives_with_get": 0, "gets": 0}),
        (Count.PAYOFFS, {"renewals": 0, "expansions": 0, "referrals": 0}),
    ],
)
async def test_what_somebody_takes_out_is_not_counted_for_that_digest_and_that_team(
    store: Store, what: Count, without: dict[str, int]
) -> None:
    await _as(store, BOB, _everything)
    await _as(store, BOB, lambda unit: unit.lines.withhold("W1", MONDAY, what))
    assert await _counted(store) == [Counted(), replace(FULL, **without)]
    assert await store.read(BOB, lambda unit: unit.counts.mine(WEEK, "UTC")) == FULL
    longer = Period(BEFORE, WEEK.ends)
    assert (await _counted(store, longer))[1] == FULL


async def test_a_promise_counts_in_the_week_in_which_it_is_settled_or_its_day_comes(store: Store) -> None:
    def work(unit: Unit) -> None:
        deal = _deal(unit)
        for due, settled in (
            (MONDAY, MONDAY),  # kept on its day
            (AFTER, SUNDAY),  # kept before its day
            (BEFORE, SUNDAY),  # kept after its day
            (SUNDAY, AFTER),  # kept next week
            (MONDAY, BEFORE),  # kept last week
            (BEFORE, None),  # its day was last week
            (MONDAY, None),
            (SUNDAY, None),
            (AFTER, None),  # its day is next week
        ):
            _promise(unit, deal, due, settled)
        for state in (State.DROPPED, State.RENEGOTIATED):
            _promise(unit, deal, MONDAY, MONDAY, state)

    await _as(store, BOB, work)
    assert await _counted(store) == [Counted(), Counted(promises_kept=2, promises_late=1, promises_due=2)]


async def test_check_ins_and_payoffs_count_on_their_local_day(store: Store) -> None:
    def work(unit: Unit) -> None:
        deal = _deal(unit)
        for day in (BEFORE, MONDAY, SUNDAY, AFTER):
            unit.check_ins.note(deal.id, day, "done")
            unit.payoffs.add(Brought(id=str(day), deal_id=deal.id, kind=Payoff.RENEWAL, on=day))

    await _as(store, BOB, work)
    assert await _counted(store) == [Counted(), Counted(done=2, renewals=2)]


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("UTC", datetime(2026, 3, 2, 0, tzinfo=UTC), datetime(2026, 3, 9, 0, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 3, 1, 15, tzinfo=UTC), datetime(2026, 3, 8, 15, tzinfo=UTC)),
        # The clocks go forward on Sunday, so that the week is an hour shorter.
        ("America/New_York", datetime(2026, 3, 2, 5, tzinfo=UTC), datetime(2026, 3, 9, 4, tzinfo=UTC)),
    ],
)
async def test_a_trade_counts_between_the_midnights_of_the_teams_zone(
    store: Store, zone: str, first: datetime, last: datetime
) -> None:
    tick = timedelta(microseconds=1)

    def work(unit: Unit) -> None:
        deal = _deal(unit)
        for at, side in ((first - tick, Side.GET), (first, Side.GIVE), (last - tick, Side.GIVE), (last, Side.GET)):
            unit.concessions.add(deal.id, side, LOGO, at)

    await _as(store, BOB, work)
    assert await _counted(store, zone=zone) == [Counted(), Counted(gives=2)]


@pytest.mark.parametrize(
    "who", [EVE, replace(ANN, user="U9"), replace(ANN, tenant="T2"), replace(OF_WEST, user="team:W2")]
)
async def test_who_is_not_in_the_team_gets_no_numbers(store: Store, who: Address) -> None:
    await _as(store, BOB, _everything)
    assert await _counted(store, who=who) == []
    assert len(await _counted(store, who=ANN)) == 2


async def test_a_team_that_is_not_there_counts_nothing(store: Store) -> None:
    assert await store.read(ANN, lambda unit: unit.counts.of_team("none", WEEK, "UTC")) == []


@contextmanager
def _listening(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    heard: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:  # noqa: ANN401
        heard.append((statement, values))

    event.listen(connection, "before_cursor_execute", hear)
    yield heard
    event.remove(connection, "before_cursor_execute", hear)


def _asked(connection: Connection) -> list[tuple[str, Any]]:
    with _listening(connection) as heard:
        Unit(connection, OF_WEST).counts.of_team("W1", WEEK, "UTC")
    return heard


async def test_a_digest_of_twenty_costs_as_many_statements_as_one_of_two(store: Store) -> None:
    few = await store._database.read(_asked)  # noqa: SLF001
    for number in range(18):
        await _as(store, replace(BOB, user=f"M{number}"), lambda unit: unit.teams.join("W1", NOW))
    many = await store._database.read(_asked)  # noqa: SLF001
    assert len(few) == len(many) == 6
    assert len(await _counted(store)) == 20


_MANY = (
    """
    INSERT INTO promises (tenant, owner, id, deal_id, what, due, made_on, state, settled_on, concession, instead_of,
                          noticed)
    SELECT 'T1', d.owner, 'P' || i, d.id, '', {day}, '2026-01-01', CASE WHEN i % 2 = 0 THEN 'kept' ELSE 'open' END,
           CASE WHEN i % 2 = 0 THEN {day} END, '', '', ''
    FROM {numbers}, deals d
""",
    """
    INSERT INTO check_ins (tenant, owner, on_day, deal_id, outcome)
    SELECT 'T1', d.owner, {day}, d.id, 'done' FROM {numbers}, deals d
    WHERE i < 900
""",
    """
    INSERT INTO concessions (tenant, owner, id, deal_id, number, side, what, unit, at_most, condition, words, ours,
                             ours_known, theirs, theirs_known, entry, paired, at)
    SELECT 'T1', d.owner, 'C' || i, d.id, i, 'give', '', '', {no}, '', '', '', {no}, '', {no}, '', '', {moment}
    FROM {numbers}, deals d
""",
    """
    INSERT INTO payoffs (tenant, owner, id, deal_id, kind, to_name, on_day)
    SELECT 'T1', d.owner, 'B' || i, d.id, 'renewal', '', {day} FROM {numbers}, deals d
""",
)
_KINDS = {
    "sqlite": {
        "numbers": "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999) SELECT i FROM n)",
        "day": "date('2024-01-01', '+' || (i % 900) || ' days')",
        "moment": "datetime('2024-01-01', '+' || (i % 900) || ' days') || '.000000'",
        "no": "0",
    },
    "postgresql": {
        "numbers": "generate_series(0, 2999) AS n(i)",
        "day": "date '2024-01-01' + i % 900",
        "moment": "timestamptz '2024-01-01 00:00+00' + make_interval(days => i % 900)",
        "no": "false",
    },
}
_INDEXES = {
    *("ix_promises_tenant_owner_settled_on_state_due", "ix_promises_tenant_owner_due_id"),
    *("ix_concessions_tenant_owner_at_side_paired", "ix_payoffs_tenant_owner_on_day_kind"),
}


async def test_counting_reads_the_weeks_range_of_an_index_that_holds_all_it_looks_at(store: Store) -> None:
    for who in (ANN, BOB, EVE):
        await _as(store, who, _deal)

    def fill(connection: Connection) -> None:
        kind = _KINDS[connection.dialect.name]
        for statement in _MANY:
            connection.execute(text(statement.format(**kind)))

    await store._database.write(fill)  # noqa: SLF001
    plan = await store._database.write(_plans)  # noqa: SLF001
    assert {index for index in _INDEXES if index not in plan} == set()
    for table in ("promises", "concessions", "payoffs", "check_ins"):
        assert f"SCAN {table}" not in plan
        assert f"Seq Scan on {table}" not in plan


def _plans(connection: Connection) -> str:
    """Give how the database goes about each statement of a digest."""
    connection.execute(text("ANALYZE"))
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    asked = _asked(connection)
    plans = [connection.exec_driver_sql(explain + statement, values).all() for statement, values in asked]
    return "\n".join(str(line) for plan in plans for line in plan)
