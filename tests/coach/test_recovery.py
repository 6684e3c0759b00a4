"""Owning what went wrong: nothing taken back, a fix by a date, a look at it afterwards."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.promises import Promise
from bot.coach.recovery import Fault, FaultKind, Recovery, Step, faults, follow_up_on, promise_of
from bot.coach.regions import Region
from bot.coach.workdays import WEEKDAYS
from tests.growth import LINEAR, growth

TODAY = date(2026, 11, 25)
GOOD = (
    "Your report reached you two days late, and you had to explain that to your board. We are sorry; we got this "
    "wrong. I will send the corrected one by Friday. On Tuesday I'll check in to see whether it has all you need."
)


def kinds(draft: str) -> set[FaultKind]:
    return {fault.kind for fault in faults(draft, TODAY)}


def test_a_message_that_owns_it_has_no_faults() -> None:
    assert faults(GOOD, TODAY) == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("We are sorry if this caused trouble.", FaultKind.CONDITION),
        ("I apologise in case it was unclear.", FaultKind.CONDITION),
        ("I'm sorry for the trouble this may have caused.", FaultKind.CONDITION),
        ("I'm sorry, but the week was hard.", FaultKind.BUT),
        ("I am sorry. However, the week was hard.", FaultKind.BUT),
        ("We’re sorry, although it was announced.", FaultKind.BUT),
        ("Your team didn't answer our mail.", FaultKind.BLAME),
        ("As you never confirmed, we waited.", FaultKind.BLAME),
        ("You should have checked the file.", FaultKind.BLAME),
        ("It is late because of your firewall.", FaultKind.BLAME),
        ("That was your own mistake.", FaultKind.BLAME),
        ("I'm sorry you feel that way.", FaultKind.FEELINGS),
        ("Sorry if you felt ignored.", FaultKind.FEELINGS),
        ("Mistakes were made.", FaultKind.NOBODY),
        ("Something went wrong on the way.", FaultKind.NOBODY),
        ("We apologise for any inconvenience.", FaultKind.PLAYED_DOWN),
        ("It was only a small delay.", FaultKind.PLAYED_DOWN),
    ],
)
def test_what_takes_an_apology_back_is_pointed_out(words: str, kind: FaultKind) -> None:
    found = {fault.kind: fault.words for fault in faults(f"{GOOD} {words}", TODAY)}
    assert kind in found
    assert found[kind].lower() in words.lower().replace("’", "'")


@pytest.mark.parametrize(
    "words",
    [
        "If it helps, I can join your call on Monday.",
        "Please tell me if something is missing.",
        "You should have had it on Monday.",
        "Your team never got the file from us.",
        "You didn't hear from us for a week.",
        "The new export is slower, but complete.",
    ],
)
def test_an_honest_sentence_is_left_alone(words: str) -> None:
    assert faults(f"{GOOD} {words}", TODAY) == ()


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        ("The report was late. I will send it by Friday and call you on Tuesday.", FaultKind.NO_APOLOGY),
        ("We are sorry. The report was late. Let us follow up on Tuesday.", FaultKind.NO_FIX),
        ("We are sorry. I will send the report soon. I'll call you on Tuesday.", FaultKind.NO_DATE),
        ("We are sorry. I will send the report next week, and check in later.", FaultKind.NO_DATE),
        ("We are sorry. I will send the report by Friday.", FaultKind.NO_FOLLOW_UP),
    ],
)
def test_what_is_missing_is_named(draft: str, missing: FaultKind) -> None:
    assert kinds(draft) == {missing}


@pytest.mark.parametrize(
    "when", ["by Friday", "on 15.3. at the latest", "within 3 business days", "by eod thu", "today"]
)
def test_a_fix_has_a_day_however_it_is_written(when: str) -> None:
    assert kinds(f"We are sorry. We'll send it {when}. I'll call you afterwards.") == set()


def test_faults_come_gravest_first_and_each_once() -> None:
    draft = (
        "Sorry if you felt that. Sorry if you think so, but your team failed. Your side failed, but mistakes were made."
    )
    found = [fault.kind for fault in faults(draft, TODAY)]
    assert found == [kind for kind in FaultKind if kind in found]
    assert len(found) == len(set(found))
    assert found[0] is FaultKind.BLAME


def test_an_empty_draft_lacks_everything() -> None:
    assert faults("", TODAY) == tuple(
        Fault(kind) for kind in (FaultKind.NO_APOLOGY, FaultKind.NO_FIX, FaultKind.NO_FOLLOW_UP)
    )


@given(st.text(max_size=300))
def test_no_text_breaks_the_check(draft: str) -> None:
    assert all(isinstance(fault, Fault) for fault in faults(draft, TODAY))


@pytest.mark.parametrize(
    "piece", ["your ", "sorry ", "by friday ", "I will by ", "a", "your team \n", "Sorry. But ", "We will be by. "]
)
def test_an_endless_draft_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(lambda draft: faults(draft, TODAY), piece) < LINEAR


def test_it_asks_what_happened_what_it_means_what_we_do_and_by_when() -> None:
    asked = [
        Recovery(id="r", deal_id="d").step,
        Recovery(id="r", deal_id="d", happened="late").step,
        Recovery(id="r", deal_id="d", happened="late", means="no report").step,
        Recovery(id="r", deal_id="d", happened="late", means="no report", fix="send it").step,
        Recovery(id="r", deal_id="d", happened="late", means="no report", fix="send it", by=TODAY).step,
    ]
    assert asked == [*Step, None]


def test_the_fix_is_a_promise() -> None:
    whole = Recovery(id="r", deal_id="d", fix="send the report", by=date(2026, 11, 27))
    assert promise_of(whole, "p", TODAY) == Promise(
        id="p", deal_id="d", what="send the report", due=date(2026, 11, 27), made_on=TODAY
    )
    assert promise_of(Recovery(id="r", deal_id="d", fix="send the report"), "p", TODAY) is None


def test_two_working_days_after_the_fix_somebody_asks_whether_it_works() -> None:
    assert follow_up_on(date(2026, 11, 27), WEEKDAYS) == date(2026, 12, 1)
    assert follow_up_on(date(2026, 12, 23), Region("DE")) == date(2026, 12, 28)
