"""The one message of a day: when it comes, what it holds, and that it comes once."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.chat.events import Due
from bot.chat.plain import of_card
from bot.coach.workdays import WEEKDAYS, next_working
from content.library import Playbook
from handlers import agenda
from tests.handlers.keeper import Keeper
from tests.handlers.test_checkins import due, warm_of


@pytest.fixture
async def ann(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    async with Keeper(tmp_path, playbook) as keeper:
        yield keeper


async def sent(ann: Keeper) -> dict[str, datetime]:
    """When each message of the outbox was due, by its key."""
    return dict(await ann.sent())


async def test_a_week_after_a_deal_was_won_one_message_comes_at_a_decent_hour(ann: Keeper) -> None:
    await ann.wins("Acme renewal", notes="just moved to Lyon")
    assert await ann.passes(days=6) == []
    [said] = await ann.passes(days=3)
    assert "Acme" in said
    assert "The first days after signing" in said
    assert "> Your first days with us are behind you" in said
    assert await sent(ann) == {"checkins:2026-11-30": datetime(2026, 11, 30, 9, tzinfo=UTC)}


async def test_the_message_remembers_where_it_stands_under_its_day(ann: Keeper) -> None:
    await due(ann)
    await ann.passes(days=1)
    [(key, card)] = await ann.letters()
    assert key == "checkins:2026-11-23"
    assert card.summary == "1 client to write to"


async def test_nobody_is_disturbed_at_night_at_the_weekend_or_on_a_holiday(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.works(zone="Europe/Berlin", region="DE")
    for number in range(12):
        await due(ann, f"Client{number} renewal")
    ann.now = datetime(2026, 12, 22, 20, tzinfo=UTC)
    await ann.passes(days=16)
    moments = (await sent(ann)).values()
    berlin = [at.astimezone(ZoneInfo("Europe/Berlin")) for at in moments]
    assert len(berlin) > 3
    assert all(at.weekday() < 5 and time(9) <= at.time() < time(17, 30) for at in berlin)
    assert not {at.date().isoformat()[5:] for at in berlin} & {"12-25", "01-01"}


async def test_no_day_has_two_messages_and_each_holds_three_clients_at_most(ann: Keeper) -> None:
    for number in range(7):
        await due(ann, f"Client{number} renewal")
    await ann.says("promise send the draft by friday for client1")
    letters = await ann.passes(days=4)
    keys = [key for key, _ in await ann.letters()]
    assert len(keys) == len(set(keys)) == len(letters)
    assert all(letter.count("[Done]") <= 3 for letter in letters)
    told = {name for name in (f"Client{number}" for number in range(7)) if any(f"\n{name}\n" in one for one in letters)}
    assert len(told) == 7


async def test_the_same_moment_found_twice_says_nothing_twice(ann: Keeper) -> None:
    await due(ann)
    ann.now += timedelta(hours=2)
    for receipt in ("a", "b", "b"):
        await ann.happens(Due(address=ann.address, at=ann.now, receipt=receipt, kind=agenda.KIND, subject=""))
    assert [key for key, _ in await ann.letters()] == ["checkins:2026-11-23"]


async def test_a_platform_away_for_days_leaves_one_message_that_says_all(ann: Keeper) -> None:
    ann.away = True
    await due(ann, "Acme renewal")
    await ann.says("promise send the draft by tuesday for acme")
    await ann.passes(days=1)
    await due(ann, "Globex renewal")
    await ann.passes(days=3)
    [(key, card)] = await ann.letters()
    assert key == "checkins:2026-11-25"
    assert "Still open: send the draft" in of_card(card)
    assert all(f"\n{client}\n" in of_card(card) for client in ("Acme", "Globex"))


async def test_a_moment_outside_working_hours_only_looks_ahead(ann: Keeper) -> None:
    await due(ann)
    ann.now = datetime(2026, 11, 23, 22, tzinfo=UTC)
    await ann.happens(Due(address=ann.address, at=ann.now, receipt="a", kind=agenda.KIND, subject=""))
    assert await ann.letters() == []
    assert (await ann.within(lambda work: work.agenda.get())).next_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


async def test_somebody_forgotten_meanwhile_is_not_met_again(ann: Keeper) -> None:
    await due(ann)
    await ann.presses("privacy.gone")
    ann.now += timedelta(hours=2)
    await ann.happens(Due(address=ann.address, at=ann.now, receipt="a", kind=agenda.KIND, subject=""))
    assert await ann.letters() == []
    assert await ann.within(lambda work: work.people.me()) is None


async def test_a_promise_comes_up_the_working_day_before_on_the_day_and_once_after(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    letters = await ann.passes(days=14)
    assert [key for key, _ in await ann.letters()] == [
        "checkins:2026-11-26",
        "checkins:2026-11-27",
        "checkins:2026-11-30",
    ]
    assert [letter.splitlines()[2].partition(":")[0] for letter in letters] == [
        "Due on the next working day",
        "Due today",
        "Still open",
    ]


async def test_a_promise_kept_from_the_message_changes_it_in_place(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by friday for acme")
    await ann.passes(days=3, hours=5)
    [(_, card)] = await ann.letters()
    action, subject = next(pair for label, *pair in ann.controls_on(card) if label == "Kept")
    said = await ann.presses(action, subject)
    assert "Kept: send the draft." in said
    assert "As agreed, this is done: send the draft" in said
    assert await ann.passes(days=10) == []


async def test_a_promise_to_a_client_comes_with_their_check_in(ann: Keeper) -> None:
    await due(ann)
    await ann.says("promise send the draft by 11 december for acme")
    [said] = await ann.passes(days=1)
    assert "You promised them this by Fri 11 Dec 2026: send the draft." in said
    assert "You promised: " not in said


async def test_what_is_owed_to_a_client_stands_beside_any_other_reason(ann: Keeper) -> None:
    deal = await due(ann, follow_up_on=date(2026, 11, 20))
    await ann.says("promise send the draft by 11 december for acme")
    assert "You promised: send the draft, by Fri 11 Dec 2026." in await ann.presses("checkin.open", deal)


async def test_on_leave_nothing_comes_and_afterwards_nothing_is_late(ann: Keeper) -> None:
    for number in range(5):
        await due(ann, f"Client{number} renewal")
    await ann.says("promise send the draft by 27 november for client1")
    await ann.says("checkins pause until 14 december")
    assert await ann.passes(days=20) == []
    [said] = await ann.passes(days=2)
    assert "Welcome back. Nothing here is late; these matter first." in said
    assert said.count("[Done]") == 3
    assert "On the list, when you have time" in said
    assert [key for key, _ in await ann.letters()] == ["checkins:2026-12-14"]


async def test_before_leave_what_is_promised_for_that_time_is_named(ann: Keeper) -> None:
    await ann.has("Acme renewal")
    await ann.says("promise send the draft by 4 december for acme")
    await ann.says("promise call the CFO by 18 december for acme")
    said = await ann.says("checkins pause until 14 december")
    assert "send the draft · Acme renewal · by Fri 4 Dec 2026" in said
    assert "call the CFO" not in said
    assert "call the CFO · Acme renewal · by Fri 18 Dec 2026" in await ann.says("checkins pause")


async def test_a_moment_that_comes_during_leave_says_nothing(ann: Keeper) -> None:
    await due(ann)
    await ann.says("checkins pause")
    ann.now += timedelta(hours=2)
    await ann.happens(Due(address=ann.address, at=ann.now, receipt="a", kind=agenda.KIND, subject=""))
    assert await ann.letters() == []


async def test_after_leave_the_list_is_not_poured_out_day_by_day(ann: Keeper) -> None:
    for number in range(9):
        await due(ann, f"Client{number} renewal")
    await ann.says("checkins pause until 14 december")
    await ann.passes(days=21)
    ann.now = datetime(2026, 12, 14, 8, tzinfo=UTC)
    assert len(await ann.passes(days=4)) == 1


async def test_back_earlier_than_said_is_welcomed_too(ann: Keeper) -> None:
    await due(ann)
    await ann.says("checkins pause")
    assert await ann.passes(days=8) == []
    await ann.says("checkins resume")
    [said] = await ann.passes(days=1)
    assert "Welcome back." in said


async def test_a_touch_moves_the_message(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    await ann.passes(days=5)
    await ann.says("called acme today")
    # Half of the wait was over: a step of the rhythm is behind, and the next is a month away.
    assert (await warm_of(ann, deal)).done == 1
    assert await ann.passes(days=25) == []


async def test_new_working_hours_move_the_message(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.works(starts="13:00", ends="20:00")
    await ann.passes(days=8)
    assert await sent(ann) == {"checkins:2026-11-30": datetime(2026, 11, 30, 13, tzinfo=UTC)}


async def test_earlier_working_hours_bring_it_earlier(ann: Keeper) -> None:
    await ann.wins("Acme renewal")
    await ann.works(starts="6:00")
    await ann.passes(days=8)
    assert await sent(ann) == {"checkins:2026-11-30": datetime(2026, 11, 30, 6, tzinfo=UTC)}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"])
@pytest.mark.parametrize("change", [datetime(2027, 3, 10, tzinfo=UTC), datetime(2027, 10, 27, tzinfo=UTC)])
async def test_when_the_clocks_change_each_date_has_one_message(ann: Keeper, zone: str, change: datetime) -> None:
    await ann.has("Acme renewal")
    await ann.works(zone=zone, starts="1:30")
    for number in range(60):
        await due(ann, f"Client{number} renewal")
    ann.now = change
    await ann.passes(days=14)
    keys = [key for key, _ in await ann.letters()]
    local = {at.astimezone(ZoneInfo(zone)).date() for at in (await sent(ann)).values()}
    assert len(keys) == len(set(keys)) == len(local)
    assert {f"checkins:{day}" for day in local} == set(keys)
    assert all(next_working(one + timedelta(days=1), WEEKDAYS) == other for one, other in pairwise(sorted(local)))


async def test_everything_in_the_message_can_be_pressed(ann: Keeper) -> None:
    await due(ann)
    await ann.says("promise send the draft by 24 november for acme")
    [_] = await ann.passes(hours=3)
    [(_, card)] = await ann.letters()
    for _, action, subject in ann.controls_on(card):
        said = await ann.presses(action, subject)
        assert "Something broke" not in said
        assert "What I can do" not in said or "Nothing is due" in said or "isn't open" in said, (action, said)
    assert of_card(card)
