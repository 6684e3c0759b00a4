"""A digest holds no number that somebody can be found in, and picks the practice by what a team can be seen to miss."""

import random
from dataclasses import astuple, fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.digest import (
    FEWEST,
    NO_NUMBERS,
    WEEKS,
    CheckIns,
    Counted,
    Digest,
    Promises,
    Sent,
    Totals,
    Trades,
    digest,
    practice,
    total,
)
from bot.coach.practices import PRACTICE_IDS
from bot.coach.teams import Count, Period, Share, Shared

MONDAY = date(2026, 11, 16)
WEEK = timedelta(days=7)
THIS_WEEK = Period(MONDAY, MONDAY + WEEK)
NUMBERS = [field.name for field in fields(Counted)]
COUNTED = st.builds(Counted, **{name: st.integers(0, 9) for name in NUMBERS})
TEAMS = st.lists(COUNTED, max_size=8)


def sent(weeks_ago: int, totals: Totals = NO_NUMBERS, shown: str = "") -> Sent:
    starts = MONDAY - weeks_ago * WEEK
    return Sent(Period(starts, starts + WEEK), totals, shown)


def line(kind: Share, text: str) -> Shared:
    return Shared(id=text, team_id="west", user="ines", kind=kind, text=text, on=MONDAY)


def of_this_week(counts: list[Counted]) -> Digest:
    return digest(THIS_WEEK, (), counts, ())


def of(totals: Totals, count: Count) -> object:
    return {
        Count.PROMISES: totals.promises,
        Count.CHECK_INS: totals.check_ins,
        Count.TRADES: totals.trades,
        Count.PAYOFFS: totals.payoffs,
    }[count]


def test_three_people_make_no_number_and_the_fourth_makes_one() -> None:
    three = [Counted(promises_kept=2)] * 3
    assert total(three) == NO_NUMBERS
    assert total([*three, Counted(promises_due=1)]) == Totals(promises=Promises(kept=6, late=0, due=1))


def test_who_has_nothing_of_a_kind_is_not_behind_its_number() -> None:
    three = [Counted(gives=1, done=1)] * 3
    assert total([*three, Counted(done=4)]) == Totals(check_ins=CheckIns(done=7, snoozed=0, skipped=0))


@given(TEAMS)
def test_no_number_is_made_of_fewer_than_four_people(counts: list[Counted]) -> None:
    totals = of_this_week(counts).totals
    for count in Count:
        behind = sum(any(one.of(count)) for one in counts)
        assert (of(totals, count) is not None) == (behind >= FEWEST)


@given(TEAMS)
def test_a_number_is_the_sum_of_everybody(counts: list[Counted]) -> None:
    totals = of_this_week(counts).totals
    for count in Count:
        if sums := of(totals, count):
            assert astuple(sums) == tuple(map(sum, zip(*(one.of(count) for one in counts), strict=True)))  # type: ignore[call-overload]


@given(TEAMS, st.randoms(use_true_random=False))
def test_nothing_tells_in_which_order_people_were_counted(counts: list[Counted], shuffler: random.Random) -> None:
    mixed = list(counts)
    shuffler.shuffle(mixed)
    assert of_this_week(mixed) == of_this_week(counts)


@given(TEAMS, st.lists(TEAMS, max_size=10))
def test_the_picture_holds_no_number_of_fewer_than_four_either(
    counts: list[Counted], past: list[list[Counted]]
) -> None:
    before = [sent(len(past) - n, total(one)) for n, one in enumerate(past)]
    weeks = digest(THIS_WEEK, (), counts, before).weeks
    teams: list[list[Counted]] = [[]] * (WEEKS - 1 - len(past)) + [*past, counts][-WEEKS:]
    assert [week.totals for week in weeks] == [total(team) for team in teams]


def test_every_number_that_is_counted_belongs_to_one_kind() -> None:
    numbered = Counted(**{name: n for n, name in enumerate(NUMBERS)})
    assert [number for count in Count for number in numbered.of(count)] == list(range(len(NUMBERS)))


def test_what_was_shared_is_told_apart_by_what_it_is() -> None:
    shared = [
        line(Share.HELP, "stuck"),
        line(Share.WIN, "two years"),
        line(Share.LINE, "net 60"),
        line(Share.WIN, "ref"),
    ]
    found = digest(THIS_WEEK, shared, (), ())
    assert [one.text for one in (*found.wins, *found.help, *found.lines)] == ["two years", "ref", "stuck", "net 60"]


def test_a_week_before_the_first_digest_is_a_gap() -> None:
    four = [Counted(gives=1)] * 4
    weeks = digest(THIS_WEEK, (), four, [sent(1, total(four))]).weeks
    assert [week.period.starts for week in weeks] == [MONDAY - n * WEEK for n in range(7, -1, -1)]
    assert [week.totals.trades is None for week in weeks] == [True] * 6 + [False] * 2


def test_of_many_weeks_the_last_eight_are_kept() -> None:
    before = [sent(n) for n in range(20, 0, -1)]
    assert digest(THIS_WEEK, (), (), before).weeks[:-1] == tuple(before[-7:])


def test_the_sums_of_the_time_before_are_there_to_compare_with() -> None:
    older, last = total([Counted(gives=2)] * 4), total([Counted(gives=1)] * 4)
    assert digest(THIS_WEEK, (), (), [sent(2, older), sent(1, last)]).last == last
    assert digest(THIS_WEEK, (), (), ()).last == NO_NUMBERS


@pytest.mark.parametrize(
    ("totals", "chosen"),
    [
        (Totals(trades=Trades(gives=4, with_get=1, gets=9)), "balance.trade"),
        (Totals(promises=Promises(kept=3, late=2, due=0)), "stability.deliver"),
        (Totals(check_ins=CheckIns(done=5, snoozed=3, skipped=2)), "stability.keep_warm"),
        (
            Totals(trades=Trades(gives=4, with_get=3, gets=0), promises=Promises(kept=1, late=2, due=0)),
            "stability.deliver",
        ),
    ],
)
def test_the_practice_is_that_of_the_habit_missed_most(totals: Totals, chosen: str) -> None:
    assert practice(totals, []) == chosen


@pytest.mark.parametrize(
    "totals",
    [
        NO_NUMBERS,
        Totals(trades=Trades(gives=0, with_get=0, gets=5), promises=Promises(kept=0, late=0, due=7)),
        Totals(trades=Trades(gives=9, with_get=8, gets=5), check_ins=CheckIns(done=9, snoozed=1, skipped=0)),
    ],
)
def test_where_no_habit_is_weak_the_next_in_the_playbook_comes(totals: Totals) -> None:
    assert practice(totals, []) == PRACTICE_IDS[0]
    assert practice(totals, PRACTICE_IDS[:3]) == PRACTICE_IDS[3]


def test_a_weak_habit_rests_two_weeks_before_it_comes_again() -> None:
    weak = Totals(trades=Trades(gives=4, with_get=0, gets=0))
    shown: list[str] = []
    for _ in range(6):
        shown.append(practice(weak, shown))
    assert [this == "balance.trade" for this in shown] == [True, False, False] * 2


def test_in_quiet_weeks_every_practice_comes_once_before_any_comes_again() -> None:
    shown: list[str] = []
    for _ in range(24):
        shown.append(practice(NO_NUMBERS, shown))
    assert tuple(shown) == 2 * PRACTICE_IDS


def test_what_an_older_playbook_showed_does_no_harm() -> None:
    assert practice(NO_NUMBERS, ["gone.long_ago"]) == PRACTICE_IDS[0]
