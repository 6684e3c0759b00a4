"""When the next message may go."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.address import Address
from bot.chat.ports import Pace, Rate
from bot.courier import pacing
from bot.courier.pacing import Pacing

TEAMS = Pace(conversation=(Rate(7, 1), Rate(60, 30)), tenant=(Rate(30, 1),))
ANN = Address("teams", "T1", "a:1", "29:ann")
BOB = Address("teams", "T1", "a:2", "29:bob")
EVE = Address("slack", "T2", "D1", "U1")


def paces(pace: Pace = TEAMS) -> Pacing:
    return Pacing(pace)


def goes(book: Pacing, there: Address, now: float) -> float:
    """Send at the first moment allowed."""
    moment = book.in_conversation(there, now)
    book.goes(there, moment)
    return moment


@given(st.lists(st.floats(0, 3), max_size=200))
def test_no_window_ever_holds_more_than_its_rate_allows(steps: list[float]) -> None:
    book, now, went = paces(), 0.0, []
    for step in steps:
        now += step
        went.append(goes(book, ANN, now))
        assert went[-1] >= now
    assert all(later >= sooner for sooner, later in pairwise(went))
    for rate in TEAMS.conversation:
        assert all(went[n + rate.count] - went[n] >= rate.seconds - 1e-9 for n in range(len(went) - rate.count))


def test_a_message_goes_at_once_where_nothing_went_lately() -> None:
    book = paces()
    assert [goes(book, ANN, 10.0) for _ in range(8)] == [10.0] * 7 + [11.0]
    assert book.in_conversation(BOB, 10.0) == 10.0
    assert book.in_conversation(ANN, 100.0) == 100.0


def test_a_moment_that_was_not_used_is_still_free() -> None:
    book = paces()
    assert {book.in_conversation(ANN, 10.0) for _ in range(100)} == {10.0}


def test_a_platform_without_a_pace_is_never_waited_for() -> None:
    book = paces(Pace())
    assert {goes(book, EVE, 10.0) for _ in range(500)} == {10.0}
    assert {book.in_tenant(EVE, 10.0) for _ in range(500)} == {10.0}
    assert book.held(10.0) == {}


def test_a_tenant_booked_out_is_held_until_there_is_something_free_again() -> None:
    book = paces()
    for _ in range(61):
        book.in_tenant(ANN, 10.0)
    assert book.held(10.0) == {"T1": 11.0}
    assert book.held(11.0) == {}


def test_a_tenant_whose_platform_says_no_is_held_as_long_as_it_says() -> None:
    book = paces()
    book.pause("T1", 10.0, 70.0)
    book.pause("T1", 11.0, 20.0)
    assert (book.held(69.0), book.paused_until("T1"), book.refusals("T1")) == ({"T1": 70.0}, 70.0, 1)
    book.went("T1")
    assert (book.held(70.0), book.refusals("T1")) == ({}, 0)


def test_what_was_said_long_ago_is_forgotten() -> None:
    book = paces()
    for number in range(pacing.REMEMBERED + 10):
        goes(book, Address("teams", "T1", f"a:{number}", "29:x"), 1.0)
    assert len(book._conversations) == 10  # noqa: SLF001
