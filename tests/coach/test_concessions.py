"""Who moved, and what it was worth."""

import json
from pathlib import Path

from bot.coach.concessions import Move, balance, naked
from bot.coach.plans import Worth
from bot.coach.tradables import Side

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


def test_the_balance_counts_and_adds_up_both_sides() -> None:
    found = balance(
        [
            Move(Side.GIVE, Worth.LOW, Worth.HIGH),
            Move(Side.GET, Worth.MEDIUM, Worth.LOW),
            Move(Side.GIVE, Worth.MEDIUM, Worth.MEDIUM),
        ]
    )
    assert (found.gives, found.gets, found.matched, found.naked) == (2, 1, 1, 1)
    assert (found.cost_to_us, found.worth_to_them, found.worth_to_us, found.cost_to_them) == (40, 90, 30, 10)
    assert found.net == -10


def test_more_gets_than_gives_match_every_give() -> None:
    found = balance([Move(Side.GET, Worth.LOW, Worth.LOW)] * 3 + [Move(Side.GIVE, Worth.LOW, Worth.LOW)])
    assert (found.matched, found.naked, found.net) == (1, 0, 20)


def test_a_log_without_lines_is_level() -> None:
    found = balance([])
    assert (found.gives, found.gets, found.matched, found.naked, found.net) == (0, 0, 0, 0, 0)
