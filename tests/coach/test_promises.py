"""What was promised and by when: read as it is typed, reminded in time, kept or not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.concessions import Concession
from bot.coach.promises import (
    Notice,
    Promise,
    Spoken,
    State,
    after_reminding,
    dropped,
    kept,
    promise_from,
    read_promise,
    reminder,
    renegotiated,
    state_on,
)
from bot.coach.regions import Region
from bot.coach.tradables import Side, Tradable
from bot.coach.workdays import WEEKDAYS
from tests.growth import LINEAR, growth

TODAY = date(2026, 11, 25)  # a Wednesday
DUE = date(2026, 12, 4)  # a Friday
PROMISE = Promise(id="p1", deal_id="d1", what="send the deck", due=DUE, made_on=TODAY)


@pytest.mark.parametrize(
    ("typed", "what", "due", "deal"),
    [
        ("send the report by mail by friday", "send the report by mail", date(2026, 11, 27), ""),
        ("send the deck by eod thu", "send the deck", date(2026, 11, 26), ""),
        ("send the deck thu eod", "send the deck", date(2026, 11, 26), ""),
        ("send the deck tomorrow", "send the deck", date(2026, 11, 26), ""),
        ("send the plan by eod on friday for Acme renewal", "send the plan", date(2026, 11, 27), "Acme renewal"),
        ("work on friday's deck by monday", "work on friday's deck", date(2026, 11, 30), ""),
        ("answer the mail from friday by monday", "answer the mail from friday", date(2026, 11, 30), ""),
        ("call back in 3 business days for Globex", "call back", date(2026, 11, 30), "Globex"),
        ("Intro to Bob, by  tomorrow.", "Intro to Bob", date(2026, 11, 26), ""),
        ("deliver the training on 15 March", "deliver the training", date(2027, 3, 15), ""),
        ("the Q3 review by end of q1 for X for Y", "the Q3 review", date(2027, 3, 31), "X for Y"),
        ("a quote by friday for the meeting on monday", "a quote", date(2026, 11, 27), "the meeting on monday"),
        ("sign no later than the 15th", "sign", date(2026, 12, 15), ""),
        ("keep the offer open until 31/12", "keep the offer open", date(2026, 12, 31), ""),
        ("send numbers at the end of the month", "send numbers", date(2026, 11, 30), ""),
        ("check in tomorrow", "check in", date(2026, 11, 26), ""),
        ("check in on friday", "check in", date(2026, 11, 27), ""),
        ("put the discount in by eod", "put the discount in", date(2026, 11, 25), ""),
        ("by friday", "", date(2026, 11, 27), ""),
    ],
)
def test_a_promise_is_split_where_its_date_begins(typed: str, what: str, due: date, deal: str) -> None:
    spoken = read_promise(typed, TODAY)
    assert (spoken.what, spoken.due, spoken.deal) == (what, due, deal)


@pytest.mark.parametrize(
    ("typed", "what", "when"),
    [
        ("call them asap", "call them", "asap"),
        ("send numbers soon", "send numbers", "soon"),
        ("send numbers next week", "send numbers", "next week"),
        ("revert before friday for Acme", "revert", "before friday"),
        ("send it by thursday or by friday", "send it", "by thursday or by friday"),
        ("send it by mid january", "send it", "by mid january"),
        ("send the NDA by 3/4", "send the NDA", "by 3/4"),
        ("send the deck next friday eod", "send the deck", "next friday eod"),
        ("send numbers by 2020-01-01", "send numbers", "by 2020-01-01"),
        ("send it end of month by friday", "send it", "end of month by friday"),
        ("send it not before friday", "send it not before friday", ""),
        ("send it 15 march eod", "send it 15 march eod", ""),
        ("reply to the mail from friday", "reply to the mail from friday", ""),
        ("ship on thursday and friday", "ship", "on thursday and friday"),
        ("give 5% off", "give 5% off", ""),
        ("send the report by mail", "send the report by mail", ""),
        ("see whether I may hand it in", "see whether I may hand it in", ""),
        ("", "", ""),
    ],
)
def test_a_promise_without_one_clear_day_is_asked_for_it(typed: str, what: str, when: str) -> None:
    spoken = read_promise(typed, TODAY)
    assert (spoken.what, spoken.when, spoken.due) == (what, when, None)


def test_a_deal_named_before_the_date_is_offered_as_a_guess() -> None:
    assert read_promise("send the case for legal for Acme by friday", TODAY) == Spoken(
        what="send the case for legal for Acme", when="by friday", due=date(2026, 11, 27), perhaps_deal="Acme"
    )


def test_working_days_of_a_promise_are_those_of_the_region() -> None:
    spoken = read_promise("send it in 1 business day", date(2026, 12, 24), Region("DE"))
    assert spoken.due == date(2026, 12, 28)


WORDS = "send the deck by for on friday eod 15 march next or tomorrow 🎉 Acme in"


@given(st.lists(st.sampled_from(WORDS.split())))
def test_no_word_of_a_promise_is_lost_and_none_is_due_in_the_past(words: list[str]) -> None:
    spoken = read_promise(" ".join(words), TODAY)
    assert spoken.due is None or spoken.due >= TODAY
    said = f"{spoken.what} {spoken.when} {'for ' + spoken.deal if spoken.deal else ''}".split()
    assert said == words or (not spoken.deal and said == words[: len(said)] and words[len(said) :] == ["for"])


@pytest.mark.parametrize(
    "piece", ["by friday for ", "for ", "by ", "friday ", "in ", "a", " ", "\n", "🎉 by ", "next the "]
)
def test_an_endless_sentence_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(lambda words: read_promise(words, TODAY), piece) < LINEAR


def test_an_open_promise_is_late_from_the_day_after() -> None:
    assert state_on(PROMISE, DUE) is State.OPEN
    assert state_on(PROMISE, DUE + timedelta(days=1)) is State.LATE
    assert state_on(dropped(PROMISE, DUE), DUE + timedelta(days=9)) is State.DROPPED


def test_kept_late_is_still_kept() -> None:
    assert not kept(PROMISE, DUE).kept_late
    late = kept(PROMISE, DUE + timedelta(days=1))
    assert (late.state, late.kept_late) == (State.KEPT, True)
    assert not PROMISE.kept_late


def test_a_new_day_ends_one_promise_and_makes_another() -> None:
    reminded = replace(PROMISE, noticed=Notice.TODAY)
    ended, again = renegotiated(reminded, "p2", date(2026, 12, 11), DUE)
    assert (ended.state, ended.settled_on, ended.due) == (State.RENEGOTIATED, DUE, DUE)
    assert again == Promise(
        id="p2", deal_id="d1", what="send the deck", due=date(2026, 12, 11), made_on=DUE, instead_of="p1"
    )


def test_an_agreed_give_becomes_a_promise_in_the_rep_s_words() -> None:
    give = Concession(
        id="c1",
        deal_id="d1",
        side=Side.GIVE,
        tradable=Tradable(what="onboarding", words="two days of onboarding"),
        at=datetime(2026, 11, 25, tzinfo=UTC),
    )
    made = promise_from(give, "p1", DUE, TODAY)
    assert (made.what, made.concession, made.deal_id, made.due) == ("two days of onboarding", "c1", "d1", DUE)


def notices(promise: Promise, days: list[date], calendar: Region) -> list[tuple[date, Notice]]:
    """What is said of a promise while those days pass, each one remembered."""
    found = []
    for day in days:
        if said := reminder(promise, day, calendar):
            found.append((day, said.notice))
            promise = after_reminding(said)
    return found


def span(first: date, count: int) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range(count)]


def test_a_promise_is_reminded_the_working_day_before_on_the_day_and_once_after() -> None:
    assert notices(PROMISE, span(TODAY, 30), Region("")) == [
        (date(2026, 12, 3), Notice.BEFORE),
        (DUE, Notice.TODAY),
        (date(2026, 12, 5), Notice.AFTER),
    ]


def test_the_working_day_before_christmas_monday_is_before_the_holidays() -> None:
    after_christmas = replace(PROMISE, due=date(2026, 12, 28))
    working = [day for day in span(TODAY, 40) if Region("DE").works(day)]
    assert notices(after_christmas, working, Region("DE"))[0] == (date(2026, 12, 24), Notice.BEFORE)


def test_a_promise_due_on_a_day_off_is_reminded_before_it() -> None:
    on_saturday = replace(PROMISE, due=date(2026, 12, 5))
    working = [day for day in span(TODAY, 20) if WEEKDAYS.works(day)]
    assert notices(on_saturday, working, Region("")) == [(DUE, Notice.BEFORE), (date(2026, 12, 7), Notice.AFTER)]


def test_nobody_is_reminded_on_the_day_they_promised() -> None:
    tomorrow = replace(PROMISE, due=TODAY + timedelta(days=1))
    assert notices(tomorrow, span(TODAY, 2), Region("")) == [(TODAY + timedelta(days=1), Notice.TODAY)]


def test_three_days_down_are_not_made_up_for() -> None:
    assert notices(PROMISE, span(DUE + timedelta(days=3), 5), Region("")) == [(date(2026, 12, 7), Notice.AFTER)]


@pytest.mark.parametrize("settle", [kept, dropped])
def test_what_is_settled_is_not_reminded(settle: object) -> None:
    assert callable(settle)
    assert notices(settle(PROMISE, TODAY), span(TODAY, 30), Region("")) == []
