"""Every local day is in one digest, whatever happens to the schedule, the server and the clocks."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.digest_week import Weekly, digest_day, next_moment, period, post_at, preview_day, schedule
from bot.coach.people import Person
from bot.coach.teams import Period, Team
from bot.coach.workdays import WEEKDAYS

BERLIN = "Europe/Berlin"
ONE = timedelta(days=1)
TEAM = Team(id="west", name="West", channel="C1", weekday=0, at=time(8, 30), zone=BERLIN, covered_to=date(2026, 11, 16))
ZONES = (BERLIN, "America/New_York", "Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu",
         "Australia/Lord_Howe", "UTC")  # fmt: skip


def utc(*parts: int, zone: str = BERLIN) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]


def test_the_digest_goes_out_on_its_day_and_at_its_time() -> None:
    assert next_moment(TEAM, utc(2026, 11, 18, 12, 0)) == utc(2026, 11, 23, 8, 30)
    assert next_moment(TEAM, utc(2026, 11, 23, 8, 29)) == utc(2026, 11, 23, 8, 30)
    assert next_moment(TEAM, utc(2026, 11, 23, 8, 30)) == utc(2026, 11, 30, 8, 30)


def test_it_covers_what_came_since_the_last_one_without_its_own_day() -> None:
    assert period(TEAM, date(2026, 11, 23)) == Period(date(2026, 11, 16), date(2026, 11, 23))


def test_a_team_made_on_a_thursday_begins_with_a_short_week() -> None:
    made = replace(TEAM, covered_to=date(2026, 11, 19))
    assert period(made, digest_day(made, utc(2026, 11, 23, 9, 0))) == Period(date(2026, 11, 19), date(2026, 11, 23))


def test_a_team_made_on_its_digest_day_waits_a_week() -> None:
    made = replace(TEAM, covered_to=date(2026, 11, 23))
    assert next_moment(made, utc(2026, 11, 23, 7, 0)) == utc(2026, 11, 30, 8, 30)


def test_a_day_never_has_two_digests() -> None:
    sent = replace(TEAM, covered_to=date(2026, 11, 23))
    assert period(sent, date(2026, 11, 23)) is None
    assert next_moment(replace(sent, at=time(16)), utc(2026, 11, 23, 9, 0)) == utc(2026, 11, 30, 16, 0)


def test_a_day_moved_ahead_makes_a_short_digest_and_the_next_is_whole_again() -> None:
    moved = replace(TEAM, covered_to=date(2026, 11, 23), weekday=3)
    assert next_moment(moved, utc(2026, 11, 23, 9, 0)) == utc(2026, 11, 26, 8, 30)
    assert period(moved, date(2026, 11, 26)) == Period(date(2026, 11, 23), date(2026, 11, 26))


def test_after_weeks_down_one_digest_covers_them_all() -> None:
    now = utc(2026, 12, 16, 3, 0)
    assert period(TEAM, digest_day(TEAM, now)) == Period(date(2026, 11, 16), date(2026, 12, 14))


@pytest.mark.parametrize(
    ("now", "posted"),
    [
        (utc(2026, 11, 23, 8, 30), utc(2026, 11, 23, 8, 30)),
        (utc(2026, 11, 23, 11, 30), utc(2026, 11, 23, 11, 30)),
        (utc(2026, 11, 23, 23, 50), utc(2026, 11, 24, 8, 30)),
        (utc(2026, 11, 25, 3, 0), utc(2026, 11, 25, 8, 30)),
        (utc(2026, 11, 27, 12, 0), utc(2026, 11, 30, 8, 30)),
    ],
    ids=["in time", "a little late", "at night", "before work", "before a weekend"],
)
def test_a_late_digest_waits_for_its_own_time_of_a_working_day(now: datetime, posted: datetime) -> None:
    assert post_at(TEAM, now) == posted


@pytest.mark.parametrize(
    ("at", "before", "moments"),
    [
        (time(2, 30), utc(2027, 3, 27, 12, 0), [(2027, 3, 28, 1, 30), (2027, 4, 4, 0, 30)]),
        (time(2, 30), utc(2026, 10, 24, 12, 0), [(2026, 10, 25, 0, 30), (2026, 11, 1, 1, 30)]),
    ],
    ids=["a time the clocks skip", "a time that comes twice"],
)
def test_the_clocks_change_and_still_there_is_one_digest(
    at: time, before: datetime, moments: list[tuple[int, ...]]
) -> None:
    team = replace(TEAM, weekday=6, at=at, covered_to=date(2026, 10, 1))
    found = next_moment(team, before)
    again = next_moment(team, found)
    assert [found, again] == [datetime(*one, tzinfo=UTC) for one in moments]  # type: ignore[misc,arg-type]


INES = Person(user="ines", zone=BERLIN)


class Holidays:
    """Monday to Friday, but for some days."""

    def __init__(self, *days: date) -> None:
        self._days = days

    def works(self, day: date) -> bool:
        return WEEKDAYS.works(day) and day not in self._days


@pytest.mark.parametrize(
    ("team", "person", "calendar", "seen"),
    [
        (TEAM, INES, WEEKDAYS, date(2026, 11, 20)),
        (TEAM, INES, Holidays(date(2026, 11, 20)), date(2026, 11, 19)),
        (replace(TEAM, weekday=2), INES, WEEKDAYS, date(2026, 11, 24)),
        (replace(TEAM, weekday=2, at=time(1), zone="Pacific/Auckland"), replace(INES, zone="America/Los_Angeles"),
         WEEKDAYS, date(2026, 11, 23)),
    ],
    ids=["friday for monday", "a holiday before it", "tuesday for wednesday", "already out while they sleep"],
)  # fmt: skip
def test_a_rep_sees_their_lines_on_their_own_working_day_before(
    team: Team, person: Person, calendar: Holidays, seen: date
) -> None:
    assert preview_day(team, utc(2026, 11, 18, 12, 0), person, calendar) == seen


@dataclass
class Clock:
    """A team's clock as the coach runs it: looks when it is time, and remembers what was covered."""

    team: Team
    next_at: datetime
    sent: list[tuple[date, Period]]

    def look(self, now: datetime) -> None:
        if now < self.next_at:
            return
        on = digest_day(self.team, now)
        if found := period(self.team, on):
            self.sent.append((on, found))
            self.team = replace(self.team, covered_to=found.ends)
        self.next_at = next_moment(self.team, now)

    def move(self, now: datetime, **changes: object) -> None:
        self.team = replace(self.team, **changes)  # type: ignore[arg-type]
        self.next_at = next_moment(self.team, now)


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "weekday": st.integers(0, 6),
        "at": st.times().map(lambda at: at.replace(microsecond=0)),
        "zone": st.sampled_from(ZONES),
    },
)
# Hours until something happens: a look in time, an outage of days, of weeks.
STEPS = st.tuples(st.one_of(st.integers(0, 30), st.integers(0, 24 * 40)), st.none() | CHANGES)


@given(st.integers(0, 700 * 24 * 60), CHANGES, st.lists(STEPS, max_size=40))
def test_no_day_is_covered_twice_and_none_is_skipped(
    minutes: int, first: dict[str, object], steps: list[tuple[int, dict[str, object] | None]]
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    made = now.date()
    clock = Clock(replace(TEAM, covered_to=made, **first), now, [])  # type: ignore[arg-type]
    clock.move(now)
    for hours, changes in steps:
        now += timedelta(hours=hours)
        if changes is not None:
            clock.move(now, **changes)
        clock.look(now)
        assert clock.next_at > now
        assert clock.next_at - now <= 15 * ONE
    starts = [made, *(found.ends for _, found in clock.sent)]
    assert [found.starts for _, found in clock.sent] == starts[:-1]
    days = [on for on, _ in clock.sent]
    assert days == sorted(set(days))
    assert all(found.starts < found.ends == on for on, found in clock.sent)


@given(st.sampled_from(ZONES), st.integers(0, 6), st.times(), st.integers(0, 6))
def test_left_alone_every_digest_covers_a_week(zone: str, weekday: int, at: time, day: int) -> None:
    now = datetime(2026, 10, 5 + day, 12, 0, tzinfo=UTC)
    clock = Clock(replace(TEAM, zone=zone, weekday=weekday, at=at, covered_to=now.date()), now, [])
    clock.move(now)
    for _ in range(60):
        clock.look(clock.next_at)
    assert {found.ends - found.starts for _, found in clock.sent[1:]} == {7 * ONE}
    assert len(clock.sent) == 60


@pytest.mark.parametrize(
    ("words", "weekday", "at"),
    [
        ("monday 8:30", 0, time(8, 30)),
        ("Mon 8.30", 0, time(8, 30)),
        ("fri 4pm", 4, time(16)),
        ("Friday, 4 p.m.", 4, time(16)),
        ("tuesdays at 9", 1, time(9)),
        ("every weds at 16:00", 2, time(16)),
        ("at 9 on thursdays", 3, time(9)),
        ("weekly on monday 8:30", 0, time(8, 30)),
        ("sunday noon", 6, time(12)),
        ("mon 12am", 0, time(0)),
        ("friday 04:30", 4, time(4, 30)),
        ("monday 9 o'clock", 0, time(9)),
        ("monday 16h", 0, time(16)),
    ],
)
def test_a_weekly_time_is_read_as_it_is_said(words: str, weekday: int, at: time) -> None:
    assert schedule(words) == Weekly(weekday, at)


@pytest.mark.parametrize(
    "words",
    ["friday at 4", "friday 4:30", "monday", "8:30", "monday or friday 8:30", "mon 13pm", "mon 0pm", "monday 25:00",
     "monday 24:00", "monday morning", "tomorrow 8:30", "monday midnight", "", "א" * 5000, "monday 8:30 \x00"],
)  # fmt: skip
def test_what_could_be_meant_in_two_ways_is_asked(words: str) -> None:
    assert schedule(words) is None
