"""The table of who may see or do what, row by row: written down a second time, so that a slip of either is seen."""

import pytest

from bot.coach.access import TABLE, Rule, Who, allowed, lines

# Each rule, who it lets through, and whether that is written down.
EXPECTED: dict[Rule, tuple[set[Who], bool]] = {
    Rule.OWN: ({Who.OWNER}, False),
    Rule.LINE_SHARE: ({Who.MEMBER, Who.MANAGER}, False),
    Rule.LINE_TAKE_BACK: ({Who.OWNER}, False),
    Rule.LINE_READ: ({Who.MEMBER, Who.MANAGER, Who.READER}, False),
    Rule.LINES_MINE: ({Who.OWNER}, False),
    Rule.COUNTS_READ: ({Who.MEMBER, Who.MANAGER, Who.READER}, False),
    Rule.DIGEST_PREVIEW: ({Who.MANAGER}, True),
    Rule.DIGEST_NOW: ({Who.MANAGER}, True),
    Rule.DIGEST_CHANGE: ({Who.MANAGER}, True),
    Rule.TEAM_CREATE: ({Who.OWNER}, False),
    Rule.TEAM_READ: ({Who.MEMBER, Who.MANAGER}, False),
    Rule.TEAM_JOIN: ({Who.READER, Who.INVITED, Who.MEMBER, Who.MANAGER}, True),
    Rule.TEAM_LEAVE: ({Who.INVITED, Who.MEMBER, Who.MANAGER}, True),
    Rule.TEAM_TAKE_OVER: ({Who.MEMBER, Who.MANAGER}, True),
    Rule.HELP_OFFER: ({Who.MEMBER, Who.MANAGER, Who.READER}, True),
    Rule.CLIENT_RELEASE: ({Who.MEMBER, Who.MANAGER}, True),
    Rule.CLIENT_ASSIGN: ({Who.MANAGER}, True),
    Rule.DEAL_OFFERED: ({Who.OFFERED}, False),
    Rule.TIP_POST: ({Who.MANAGER}, True),
    Rule.AUDIT_READ: ({Who.ADMIN}, False),
    Rule.RETENTION_SET: ({Who.ADMIN}, False),
}


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("rule", Rule)
def test_a_rule_lets_through_whom_it_names_and_nobody_else(rule: Rule, who: Who) -> None:
    assert allowed(rule, frozenset({who})) is (who in EXPECTED[rule][0])


@pytest.mark.parametrize("rule", Rule)
def test_who_is_nothing_to_a_team_is_let_through_by_no_rule(rule: Rule) -> None:
    assert not allowed(rule, frozenset())


def test_whoever_is_several_things_may_what_each_of_them_may() -> None:
    assert allowed(Rule.DIGEST_CHANGE, frozenset({Who.READER, Who.MANAGER}))
    assert not allowed(Rule.DIGEST_CHANGE, frozenset({Who.READER, Who.INVITED}))


@pytest.mark.parametrize("rule", Rule)
def test_what_is_written_down_is_what_shows_or_changes_something_of_others(rule: Rule) -> None:
    assert TABLE[rule].audited is EXPECTED[rule][1]


def test_who_is_only_invited_may_answer_and_nothing_else() -> None:
    assert {rule for rule in Rule if allowed(rule, frozenset({Who.INVITED}))} == {Rule.TEAM_JOIN, Rule.TEAM_LEAVE}


def test_a_place_in_a_team_is_asked_for_exactly_where_a_rule_names_one() -> None:
    personal = {rule for rule in Rule if not TABLE[rule].of_team}
    assert personal == {
        *(Rule.OWN, Rule.LINE_TAKE_BACK, Rule.LINES_MINE, Rule.TEAM_CREATE),
        *(Rule.DEAL_OFFERED, Rule.AUDIT_READ, Rule.RETENTION_SET),
    }


def test_every_rule_is_a_line_that_people_read() -> None:
    table = lines()
    assert len(table) == len(TABLE) == len(Rule)
    for line in table:
        words = (line.who, line.sees_or_does, line.when, line.noted)
        assert all(words)
        assert not any("|" in word or "\n" in word for word in words)
