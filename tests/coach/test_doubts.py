"""Which guess to ask about before the offer is made."""

import itertools
from dataclasses import replace

from hypothesis import given, settings

from bot.coach.doubts import Doubt, Flip, Whose, could_change
from bot.coach.packages import offers
from bot.coach.plans import Floor, Plan
from bot.coach.scoring import board
from tests.coach.entries import HIGH, LOW, MEDIUM, PLANS, get, give, plan, renewal


def doubts(one: Plan) -> tuple[Doubt, ...]:
    return could_change(one, offers(board(one)).packages)


def named(found: tuple[Doubt, ...]) -> set[tuple[str, Whose]]:
    return {(doubt.entry.id, doubt.whose) for doubt in found}


def test_what_is_known_is_not_doubted() -> None:
    assert doubts(renewal()) == ()


def test_a_guess_that_changes_nothing_is_not_mentioned() -> None:
    one = plan(give("g", LOW, HIGH), get("t", HIGH, LOW, known=False))
    assert doubts(one) == ()


def test_a_guess_that_could_spoil_the_only_pair_is_named() -> None:
    one = plan(give("g", LOW, MEDIUM, known=False), get("t", HIGH, LOW))
    (doubt,) = could_change(one)
    assert (doubt.entry.id, doubt.whose) == ("g", Whose.THEIRS)
    assert doubt.flips == (Flip.BEST_PAIR, Flip.PAIR_LOST)
    assert doubt.pairs_lost == 1


def test_a_guess_that_would_put_another_pair_first_is_named() -> None:
    one = plan(give("a", LOW, HIGH), give("b", LOW, MEDIUM, known=False), get("t", HIGH, LOW))
    assert ("b", Whose.THEIRS) in named(doubts(one))
    above = plan(give("a", LOW, HIGH), give("b", LOW, LOW, known=False), get("t", HIGH, LOW))
    assert all(Flip.BEST_PAIR not in doubt.flips for doubt in could_change(above))


def test_the_best_pair_may_be_best_by_a_guess_only() -> None:
    one = plan(give("a", LOW, HIGH, known=False), give("b", MEDIUM, HIGH), get("t", HIGH, LOW))
    (doubt,) = could_change(one)
    assert (doubt.entry.id, doubt.whose, doubt.flips) == ("a", Whose.THEIRS, (Flip.BEST_PAIR,))


def test_a_guess_that_would_make_a_first_pair_is_named() -> None:
    one = plan(give("g", LOW, LOW, known=False), get("t", HIGH, LOW))
    (doubt,) = could_change(one)
    assert doubt.flips == (Flip.BEST_PAIR,)


def test_a_package_that_could_fall_below_the_walk_away_is_seen() -> None:
    one = plan(give("small", LOW, HIGH, known=False), give("great", MEDIUM, MEDIUM, known=False), get("t", HIGH, HIGH))
    (first,) = doubts(one)
    assert (first.entry.id, first.whose, first.flips) == ("great", Whose.OURS, (Flip.BELOW_WALK_AWAY,))
    assert doubts(replace(one, floor=Floor.LITTLE)) == ()


def test_the_gravest_doubt_comes_first() -> None:
    found = doubts(replace(renewal(known=False), floor=Floor.LEVEL))
    assert Flip.BEST_PAIR in found[0].flips
    assert found[-1].flips == (Flip.PAIR_LOST,)


def test_a_package_the_client_might_refuse_is_seen() -> None:
    one = plan(give("g", HIGH, HIGH, known=False), get("t", HIGH, MEDIUM), get("u", MEDIUM, LOW))
    found = {(doubt.entry.id, doubt.whose): doubt.flips for doubt in doubts(one)}
    assert Flip.REFUSED in found["g", Whose.THEIRS]


@settings(deadline=None)
@given(PLANS)
def test_only_guesses_are_doubted_gravest_first(any_plan: Plan) -> None:
    found = doubts(any_plan)
    for doubt in found:
        assert doubt.flips
        assert not (doubt.entry.ours if doubt.whose is Whose.OURS else doubt.entry.theirs).known
        assert (Flip.PAIR_LOST in doubt.flips) == (doubt.pairs_lost > 0)
    graves = [tuple(flip in doubt.flips for flip in Flip) for doubt in found]
    assert all(a >= b for a, b in itertools.pairwise(graves))
    assert len(named(found)) == len(found)
