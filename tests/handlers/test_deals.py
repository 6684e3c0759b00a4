"""A deal typed in one line: what is understood, and what is asked."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.money import Money
from handlers.deals import client_of, read_line

TODAY = date(2026, 11, 23)
EUROS = Money(Decimal("48000.00"), "EUR")
JUNE = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("line", "name", "client", "value", "closes"),
    [
        ("Acme renewal", "Acme renewal", "Acme", None, None),
        ("Acme renewal, €48k, 30 June 2027", "Acme renewal", "Acme", EUROS, JUNE),
        ("Acme renewal; 2027-06-30; 48000 EUR", "Acme renewal", "Acme", EUROS, JUNE),
        ("Acme renewal, 48,000 EUR, closes on 30 June", "Acme renewal", "Acme", EUROS, JUNE),
        ("Acme renewal, by 30.6.2027, client Acme Holding", "Acme renewal", "Acme Holding", None, JUNE),
        ("Rollout in Porto, with Globex, EUR 48.000", "Rollout in Porto", "Globex", EUROS, None),
        ("Acme renewal\n48k €", "Acme renewal", "Acme", EUROS, None),
    ],
)
def test_the_name_comes_first_and_the_rest_in_any_order(
    line: str, name: str, client: str, value: Money | None, closes: date | None
) -> None:
    draft, doubtful = read_line(line, TODAY)
    assert doubtful == ()
    assert (draft.name, draft.client, draft.value, draft.closes_on) == (name, client, value, closes)


@pytest.mark.parametrize(
    ("line", "doubtful"),
    [
        ("Acme, 03/04/2027", ("03/04/2027",)),
        ("Acme, 48000", ("48000",)),
        ("Acme, a lot, sometime", ("a lot", "sometime")),
        ("Acme, 31 June 2027, €48k", ("31 June 2027",)),
    ],
)
def test_a_doubtful_part_is_given_back_and_never_guessed(line: str, doubtful: tuple[str, ...]) -> None:
    assert read_line(line, TODAY)[1] == doubtful


@pytest.mark.parametrize("line", ["", "  ", ",;,", "\n"])
def test_a_line_without_a_name_gives_none(line: str) -> None:
    assert read_line(line, TODAY)[0].name == ""


def test_a_name_too_long_to_be_one_is_doubtful() -> None:
    assert read_line("x" * 201, TODAY)[1] == ("x" * 201,)


def test_a_clients_name_too_long_to_be_one_is_doubtful() -> None:
    draft, doubtful = read_line(f"Acme renewal, client {'x' * 201}", TODAY)
    assert (draft.name, draft.client) == ("Acme renewal", "Acme")
    assert doubtful == (f"client {'x' * 201}",)


@given(st.text(max_size=300))
def test_no_line_breaks_the_reading_and_every_part_is_used_or_given_back(line: str) -> None:
    draft, doubtful = read_line(line, TODAY)
    assert len(draft.name) <= 200
    assert len(draft.client) <= 200
    assert all(part in line for part in doubtful)


@pytest.mark.parametrize(
    ("name", "client"),
    [
        ("Acme renewal", "Acme"),
        ("Acme renewal 2027", "Acme"),
        ("Acme, Q3 upgrade", "Acme"),
        ("Acme Logistics onboarding", "Acme Logistics onboarding"),
        ("Initech – expansion", "Initech"),
        ("renewal", "renewal"),
        ("Dealmakers", "Dealmakers"),
    ],
)
def test_a_deals_name_tells_the_client(name: str, client: str) -> None:
    assert client_of(name) == client


@given(st.text(min_size=1, max_size=100))
def test_every_name_tells_some_client(name: str) -> None:
    assert client_of(name)
