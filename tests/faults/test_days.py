"""What days do to a coach: three of them without it, and those on which the clocks change."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.address import Address
from bot.chat.ports import Profile
from bot.coach.deals import DealDraft, Stage
from bot.coach.keep_warm import CLIENTS_A_DAY, KeepWarm
from bot.coach.people import Person
from bot.coach.regions import Region
from bot.coach.workdays import next_working, working_day_before
from handlers import agenda
from store import Unit
from tests.faults.days import days_from
from tests.slack.platform import ANN, TEAM
from tests.stories.slack_rep import blocks_of, texts_of

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLIENTS = [f"Client{number}" for number in range(1, 7)]
# What is true: the draft is late. What is only offered: a button.
TRUE_OR_OFFERED = ("I'm late with it: send the draft", "It will be late")
HARSH = ("late", "overdue", "missed", "behind with", "forgot", "backlog", "!")

ONE = timedelta(days=1)
WEEK = timedelta(weeks=1)
HOUR = timedelta(hours=1)
HALF_AN_HOUR = HOUR / 2
POSTED = "chat.postMessage"
YEAR = 2027
# Clocks change at two in the morning or at midnight, by an hour, by half of one, by two, and on other days of the week.
ZONES = (
    "Europe/Berlin",
    "Europe/Lisbon",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Africa/Cairo",
)
# Days off in one of them are working days in another; there is one for each day on which clocks change.
REGIONS = ("IR", "HK", "EG")


async def test_after_three_days_down_there_is_one_message_and_no_flood(url: str) -> None:
    async with days_from(MONDAY, url) as days:
        for client in CLIENTS:
            await days.says(f"deal add {client} renewal")
            await days.says(f"won {client} renewal")
        await days.says("promise send the draft by 30 november for client1")
        await days.says("promise book the training by 2 december for client2")
        await days.coach.passes(timedelta(days=6))
        before = len(days.posted(ANN))
        await days.coach.stop()
        days.coach.clock.passes(timedelta(hours=72))
        await days.coach.start()
        await days.coach.passes(timedelta(hours=5))
        told = [texts_of(blocks_of(one)) for one in days.posted(ANN)[before:]]
        assert len(told) == 1
        assert told[0].startswith("3 clients to write to and 2 promises to think of")
        assert "Still open: send the draft · Client1 renewal · was due Mon 30 Nov 2026" in told[0]
        assert "Due today: book the training" in told[0]
        assert [word for word in HARSH if word in _without(told[0], *TRUE_OR_OFFERED)] == []
        await days.coach.passes(timedelta(days=5))
        told = [texts_of(blocks_of(one)) for one in days.posted(ANN)[before:]]
        assert len(told) == 2
        assert (
            sorted(client for each in told for client in CLIENTS if f"\n{client}\n{client} renewal" in each) == CLIENTS
        )


def _without(text: str, *parts: str) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text


@dataclass(frozen=True)
class Change:
    """A change of the clocks, and somebody whose work begins in the hour that is skipped or comes twice."""

    zone: str
    day: date
    starts: time

    @property
    def region(self) -> Region:
        return next(one for one in map(Region, REGIONS) if one.works(self.day))

    @property
    def user(self) -> str:
        return f"U{self.zone}{self.day}".replace("/", "")

    @property
    def days(self) -> list[date]:
        """The working days around it."""
        after = next_working(self.day + ONE, self.region)
        return [working_day_before(self.day, self.region), self.day, after, next_working(after + ONE, self.region)]

    def local_date(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def begins(self, work: Unit, now: datetime) -> None:
        """Let somebody work there who has as many clients to write to as have room on these days."""
        work.people.meet(Profile(self.user, f"{self.user}@example.com"), now)
        person = Person(user=self.user, zone=self.zone, starts=self.starts, ends=time(23, 59), region=self.region.code)
        work.people.change(person)
        for number in range(CLIENTS_A_DAY * len(self.days)):
            deal = work.deals.add(DealDraft(name=f"Deal {number}", client=f"Client {number}"))
            work.deals.close(deal.id, Stage.WON, now)
            work.warmth.start(KeepWarm(deal_id=deal.id, client=deal.client, won_on=self.days[0] - WEEK))
        agenda.reschedule(work, now)


def changes(zone: str) -> Iterator[Change]:
    """Find the changes of a zone in that year. The hour that is skipped, or the first of the two, has begun a while."""
    there, moment = ZoneInfo(zone), datetime(YEAR, 1, 1, tzinfo=UTC)
    while moment.year == YEAR:
        was, comes = moment.astimezone(there), (moment + HALF_AN_HOUR).astimezone(there)
        if was.utcoffset() != comes.utcoffset():
            ahead = str(comes.utcoffset()) > str(was.utcoffset())
            touched = was.replace(tzinfo=None) + HALF_AN_HOUR if ahead else comes.replace(tzinfo=None)
            yield Change(zone, touched.date(), (touched + HALF_AN_HOUR / 2).time())
        moment += HALF_AN_HOUR


def stretches(found: Iterable[Change]) -> Iterator[list[Change]]:
    """Put together those whose days overlap."""
    some: list[Change] = []
    for change in sorted(found, key=lambda one: one.days):
        if some and change.days[0] > max(one.days[-1] for one in some) + ONE:
            yield some
            some = []
        some.append(change)
    yield some


def _at(day: date) -> datetime:
    """A moment before that date begins anywhere, at half past an hour: some work begins at a quarter past eleven."""
    return datetime.combine(day, time(), UTC) - timedelta(hours=14.5)


async def test_where_the_clocks_change_each_local_date_has_one_message(url: str) -> None:
    found = {one.user: one for zone in ZONES for one in changes(zone)}
    assert len(found) == 2 * len(ZONES)
    arrived = Counter[tuple[str, date]]()
    async with days_from(MONDAY, url) as days:
        for some in stretches(found.values()):
            days.coach.clock.moment = _at(some[0].days[0])
            for one in some:
                await days.coach.within(Address("slack", TEAM, "", one.user), one.begins)
            while days.coach.clock() < _at(max(one.days[-1] for one in some) + 2 * ONE):
                before = len(days.slack.calls)
                await days.coach.passes(HOUR)
                users = [one.arguments["channel"][1:] for one in days.slack.calls[before:] if one.method == POSTED]
                arrived.update((user, found[user].local_date(days.coach.clock())) for user in users)
            for one in some:
                await days.coach.within(Address("slack", TEAM, "", one.user), lambda work, _: work.forget())
    # Who answers nothing hears of the same clients again a week later.
    theirs = {(user, day): times for (user, day), times in arrived.items() if day <= found[user].days[-1]}
    assert theirs == {(user, day): 1 for user, one in found.items() for day in one.days}
