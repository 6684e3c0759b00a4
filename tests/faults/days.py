"""A whole coach on any database, before a Slack that keeps what it is sent: days pass, or it is off meanwhile."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import ClientSession

from bot.chat.address import Address
from bot.slack.options import SlackOptions
from bot.slack.way import SlackWay
from store import Store, Unit
from tests.doors import Clock, serving
from tests.slack.platform import SECRET, TEAM, FakeSlack, Json, Person
from tests.stories.coach import Coach, Way


class CoachAt(Coach):
    """A coach that remembers in the database at a URL."""

    def __init__(self, way: Way, url: str, clock: Clock) -> None:
        super().__init__(way, TEAM, Path(), clock)
        self._url = url

    def opens_store(self) -> Store:
        return Store.open(self._url)

    async def within(self, who: Address, work: Callable[[Unit, datetime], object]) -> None:
        """Do something as somebody, at this moment."""
        await self._store.write(who, lambda unit: work(unit, self.clock()), at=self.clock())


@dataclass
class Days:
    """A coach and its Slack; Ann is in front of them."""

    coach: CoachAt
    slack: FakeSlack
    ann: Person

    async def says(self, words: str) -> None:
        self.ann.door = self.coach.url
        await self.ann.says(words)
        await self.coach.settle()

    def posted(self, user: str) -> list[Json]:
        """What stands in somebody's direct messages, oldest first."""
        return [one for one in self.slack.of("chat.postMessage") if one["channel"] == f"D{user}"]


@asynccontextmanager
async def days_from(moment: datetime, url: str) -> AsyncIterator[Days]:
    """Let a coach run whose clock stands at a moment."""
    slack, clock = FakeSlack(), Clock(moment)
    async with serving(slack.app()) as slack.url, ClientSession() as session:
        options = SlackOptions(signing_secret=SECRET, bot_token="xoxb-1", api_url=f"{slack.url}/api/")
        coach = CoachAt(SlackWay(options, clock), url, clock)
        await coach.start()
        try:
            yield Days(coach, slack, Person(coach.url, slack, session, clock))
        finally:
            await coach.stop()
