"""Who moved, and what it was worth."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.coach.concessions import Concession, balance, naked
from bot.coach.plans import Estimate, Worth
from bot.coach.tradables import Side, Tradable

GOLDEN = Path(__file__).parents[1] / "golden" / "bargaining.json"
TABLES = next(case["tables"] for case in json.loads(GOLDEN.read_text()) if case["case"] == "a renewal")
TODAY = ("0%", "1y", "annual upfront", "paid", "no")


def ours(*options: str) -> dict[str, int]:
    return {issue: TABLES[issue][option][0] for issue, option in zip(TABLES, options, strict=True)}


def test_a_discount_for_nothing_is_naked() -> None:
    assert sum(ours(*TODAY).values()) == 63
    assert naked(ours(*TODAY), ours("20%", *TODAY[1:]))


def test_a_discount_for_three_years_and_a_case_study_is_not() -> None:
    assert not naked(ours(*TODAY), ours("10%", "3y", "annual upfront", "free", "yes"))


def test_a_bad_trade_is_bad_but_not_naked() -> None:
    assert not naked(ours(*TODAY), ours("20%", "2y", "net90", "free", "no"))


def test_moving_nothing_and_only_gaining_are_not_naked() -> None:
    assert not naked({}, {})
    assert not naked({"term": 0}, {"term": 15})
    assert not naked({}, {"case study": 12})


def test_an_issue_that_falls_away_counts_as_nothing() -> None:
    assert naked({"case study": 12}, {})


def moved(side: Side, ours: Worth, theirs: Worth, *, paired: str = "") -> Concession:
    tradable = Tradable(what="training")
    at = datetime(2026, 11, 23, tzinfo=UTC)
    us, them = Estimate(ours), Estimate(theirs)
    return Concession(id="1", deal_id="7", side=side, tradable=tradable, ours=us, theirs=them, paired=paired, at=at)


def test_the_balance_counts_and_adds_up_both_sides() -> None:
    found = balance(
        [
            moved(Side.GIVE, Worth.LOW, Worth.HIGH, paired="2"),
            moved(Side.GET, Worth.MEDIUM, Worth.LOW, paired="1"),
            moved(Side.GIVE, Worth.MEDIUM, Worth.MEDIUM),
        ]
    )
    assert (found.gives, found.gets, found.matched, found.naked) == (2, 1, 1, 1)
    assert (found.cost_to_us, found.worth_to_them, found.worth_to_us, found.cost_to_them) == (40, 90, 30, 10)


def test_gets_that_came_for_nothing_match_no_give() -> None:
    found = balance([moved(Side.GET, Worth.LOW, Worth.LOW)] * 3 + [moved(Side.GIVE, Worth.LOW, Worth.LOW)])
    assert (found.matched, found.naked) == (0, 1)


def test_what_nobody_put_a_worth_on_counts_without_points() -> None:
    found = balance([replace(moved(Side.GIVE, Worth.LOW, Worth.LOW), ours=None, theirs=None)])
    assert (found.gives, found.cost_to_us, found.worth_to_them) == (1, 0, 0)


def test_a_log_without_lines_is_level() -> None:
    found = balance([])
    assert (found.gives, found.gets, found.matched, found.naked) == (0, 0, 0, 0)
