"""What a CRM exports is read whole or not at all, and every bad row is named."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.deals import Stage
from bot.coach.money import Money
from bot.errors import InvalidInputError
from handlers.crm import Export, read_export

TODAY = date(2026, 11, 23)


def export(text: str, owner: str = "ann@example.com") -> Export:
    return read_export(text.encode(), TODAY, owner)


def test_a_salesforce_export_is_read() -> None:
    found = export(
        '\ufeff"Opportunity Name","Account Name","Amount","Currency","Stage","Close Date","Opportunity Owner Email"\n'
        '"Acme renewal","Acme, Inc.","48,000.00","EUR","Closed Won","06/30/2027","Ann@Example.com"\n'
    )
    assert found.problems == ()
    (deal,) = found.deals
    assert (deal.draft.name, deal.draft.client, deal.draft.stage) == ("Acme renewal", "Acme, Inc.", Stage.WON)
    assert deal.draft.value == Money(Decimal("48000.00"), "EUR")
    assert (deal.draft.closes_on, deal.owner) == (date(2027, 6, 30), "mailto:ann@example.com")


def test_a_european_spreadsheet_with_semicolons_is_read() -> None:
    found = export("Deal;Company;Value;Close date\nAcme renewal;Acme;5.000 €;30.6.2027\n")
    assert found.problems == ()
    assert found.deals[0].draft.value == Money(Decimal("5000.00"), "EUR")


def test_a_day_above_twelve_tells_how_the_whole_column_is_written() -> None:
    found = export("name,close date\nA,03/04/2027\nB,25/04/2027\n")
    assert [deal.draft.closes_on for deal in found.deals] == [date(2027, 4, 3), date(2027, 4, 25)]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",Acme,1,EUR,,ann@example.com", "no deal name"),
        (f"{'x' * 201},Acme,1,EUR,,ann@example.com", "at most 200 can be kept"),
        (f"Acme,{'x' * 201},1,EUR,,ann@example.com", "at most 200 can be kept"),
        ("Acme,,1,EUR,,nobody", "no e-mail address"),
        ("Acme,,much,EUR,,ann@example.com", "no amount with a currency"),
        ("Acme,,48000,,,ann@example.com", "no amount with a currency"),
        ("Acme,,,,03/04/2027,ann@example.com", "could be two"),
        ("Good,Acme,1,EUR,2027-01-01,ann@example.com", "the same deal stands in row 2"),
    ],
)
def test_a_bad_row_is_named_with_its_line(row: str, sentence: str) -> None:
    found = export(f"name,client,value,currency,close date,owner\nGood,Acme,1,EUR,2027-01-01,ann@example.com\n{row}\n")
    assert len(found.problems) == 1
    assert found.problems[0].startswith("row 3: ")
    assert sentence in found.problems[0]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'name\n"open', b"\x00"])
def test_a_file_that_is_no_table_of_deals_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(InvalidInputError, match="Nothing was imported"):
        read_export(content, TODAY)


def test_a_row_without_an_owner_needs_one_named() -> None:
    assert "--owner" in export("name\nAcme\n", owner="").problems[0]


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    with suppress(InvalidInputError):
        found = read_export(b"name,value,close date\n" + content, TODAY)
        assert all(problem.startswith("row ") for problem in found.problems)
