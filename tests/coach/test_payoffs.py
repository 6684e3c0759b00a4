"""What a client brought is read out of the words people use for it, and counted, no more."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.payoffs import Brought, Payoff, Referral, Told, kind_in, lately, referrals, sums, told

DAY = date(2026, 11, 23)


def brought(kind: Payoff = Payoff.RENEWAL, on: date = DAY, to: str = "") -> Brought:
    return Brought(id=f"{kind}{on}{to}", deal_id="d1", kind=kind, on=on, to=to)


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("acme renewal", Told("acme", Payoff.RENEWAL)),
        ("renewal with Acme", Told("Acme", Payoff.RENEWAL)),
        ("Acme's renewal 🎉", Told("Acme", Payoff.RENEWAL)),
        ("acme has renewed yesterday.", Told("acme", Payoff.RENEWAL, 1)),
        ("acme renewed today!", Told("acme", Payoff.RENEWAL)),
        ("Bank of England extension", Told("Bank of England", Payoff.EXPANSION)),
        ("acme renewed for two years", Told("acme", Payoff.RENEWAL)),
        ("renewal for acme", Told("acme", Payoff.RENEWAL)),
        ("acme upsell", Told("acme", Payoff.EXPANSION)),
        ("acme", Told("acme")),
        ("renewal", Told("", Payoff.RENEWAL)),
        ("the", Told("")),
        ("", Told("")),
        ("🎉", Told("🎉")),
        ("Acme non-renewal", Told("Acme non-renewal")),
    ],
)
def test_a_kind_and_a_name_are_read_in_any_order(words: str, understood: Told) -> None:
    assert told(words) == understood


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Acme renewal 2027", Payoff.RENEWAL),
        ("Upgrade Globex", Payoff.EXPANSION),
        ("Acme expansion and renewal", Payoff.EXPANSION),
        ("Renewable Energy Ltd", None),
        ("Acme rollout", None),
    ],
)
def test_a_deals_name_tells_what_it_is_to_the_client(name: str, kind: Payoff | None) -> None:
    assert kind_in(name) is kind


@pytest.mark.parametrize(
    "words",
    [
        "from acme to globex",
        "From  acme  to globex.",
        "to globex from acme",
        "acme to globex",
        "acme -> globex",
        "acme → globex",
        "globex from acme",
        "globex via acme",
        "acme referred us to globex",
        "acme has referred me to globex today",
        "globex came through acme",
        "globex came to us through acme yesterday",
        "from acme to globex, they want a demo",
    ],
)
def test_who_referred_us_to_whom_is_read_however_it_is_said(words: str) -> None:
    assert referrals(words)[0] == Referral("acme", "globex")


def test_a_name_keeps_its_brackets() -> None:
    assert referrals("from acme to Globex (UK)") == (Referral("acme", "Globex (UK)"),)


def test_a_name_that_holds_the_parting_word_leaves_several_readings() -> None:
    both = (Referral("Back", "Basics to Globex"), Referral("Back to Basics", "Globex"))
    assert referrals("from Back to Basics to Globex") == both


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("from acme", Referral("acme")),
        ("acme", Referral("acme")),
        ("to globex", Referral("", "globex")),
        ("", Referral("")),
        ("to", Referral("")),
        ("from acme to ", Referral("acme to")),
    ],
)
def test_half_a_referral_leaves_the_other_half_to_ask_for(words: str, understood: Referral) -> None:
    assert referrals(words) == (understood,)


def test_the_same_told_twice_within_a_month_is_one() -> None:
    before = brought()
    assert lately(Payoff.RENEWAL, DAY + timedelta(days=29), [before]) == before
    assert lately(Payoff.RENEWAL, DAY + timedelta(days=30), [before]) is None
    assert lately(Payoff.EXPANSION, DAY, [before]) is None


def test_two_clients_referred_in_a_month_are_two() -> None:
    before = [brought(Payoff.REFERRAL, to="Globex")]
    assert lately(Payoff.REFERRAL, DAY, before, "Initech") is None
    assert lately(Payoff.REFERRAL, DAY, before, "GLOBEX") == before[0]


def test_what_a_client_brought_is_counted_by_kind_and_nothing_is_counted_as_none() -> None:
    some = [brought(Payoff.REFERRAL), brought(), brought(on=DAY + timedelta(days=90))]
    assert list(sums(some).items()) == [(Payoff.RENEWAL, 2), (Payoff.REFERRAL, 1)]
    assert sums([]) == {}


@given(st.text(max_size=400))
def test_no_words_break_the_reading(words: str) -> None:
    assert referrals(words)
    assert len(told(words).name) <= 300
    kind_in(words)


@pytest.mark.parametrize(
    "piece", ["from a to ", "acme referred us to ", " -> ", "a came through ", "renewal ", " ", ", "]
)
def test_a_very_long_text_is_read_at_once(piece: str) -> None:
    words = piece * (100_000 // len(piece))
    began = time.perf_counter()
    for read in (referrals, told, kind_in):
        read(words)
    assert time.perf_counter() - began < 0.5
