"""A company behind the doors of Slack and Teams: several people before one coach, whose clock is moved."""

from collections.abc import Awaitable, Callable, Sequence

from tests.slack.platform import FakeSlack, Person
from tests.stories.coach import Coach
from tests.stories.gathered import Company, GatheredRep
from tests.stories.rep import until
from tests.stories.slack_rep import CHANNEL, Places, SlackRep, texts_of
from tests.stories.teams_cards import parts
from tests.stories.teams_rep import TeamsRep
from tests.teams import platform as teams_platform
from tests.teams.platform import FakeTeams

NAMES = ("ines", "tom", "amara", "omar", "maya")


class GatheredInSlack(SlackRep, GatheredRep):
    """One of them with Slack open, their chats of three with the coach included."""

    def __init__(
        self, person: Person, slack: FakeSlack, again: Callable[[], Awaitable[str]], others: Sequence[Person]
    ) -> None:
        pairs = [(person.user, one.user) for one in others if one is not person]
        together = [f"G{''.join(pair)}" for both in pairs for pair in (both, both[::-1])]
        super().__init__(person, slack, again, None, lambda user: Places(f"D{user}", together=together))

    @property
    def person(self) -> Person:
        """Who it is."""
        return self._person

    async def reads_alone(self) -> str:
        self._catch_up()
        mine = (one for one in self._screen.messages if one.channel == self._places.direct)
        return "\n".join(texts_of(one.blocks) for one in mine)

    async def has_a_way_to(self, other: GatheredRep) -> None:
        assert isinstance(other, GatheredInSlack)
        both = {self.person.user, other.person.user}
        chats = [f"G{''.join(pair)}" for pair in (sorted(both), sorted(both)[::-1])]
        await self._until(lambda: any(one.channel in chats for one in self._screen.messages), f"a chat of {both}")


class GatheredInTeams(TeamsRep, GatheredRep):
    """One of them with Teams open."""

    @property
    def person(self) -> teams_platform.Person:
        """Who it is."""
        return self._person

    async def reads_alone(self) -> str:
        return "\n".join(one.text for one in self._screen.messages() if one.where == self._person.personal)

    async def has_a_way_to(self, other: GatheredRep) -> None:
        assert isinstance(other, GatheredInTeams)
        address = f"{other.person.name.partition(' ')[0].lower()}@example.com"
        await until(lambda: any(address in one for one in self._links()), f"a link to {address}", self._screen.newest)

    def _links(self) -> list[str]:
        """What is opened from the person's own chat."""
        mine = [one for one in self._screen.messages() if one.where == self._person.personal]
        every = [part for one in mine for card in one.cards for part in parts(card)]
        return [str(part["url"]) for part in every if part.get("type") == "Action.OpenUrl"]


class CompanyInSlack(Company):
    """Everybody in Slack."""

    def __init__(self, coach: Coach, slack: FakeSlack, people: Sequence[Person]) -> None:
        self._slack = slack
        reps = [GatheredInSlack(one, slack, coach.start, people) for one in people]
        super().__init__(coach, dict(zip(NAMES, reps, strict=True)))
        self._reps = reps

    def archives_the_channel(self) -> None:
        self._slack.shut[CHANNEL] = "is_archived"

    def has_moved(self, url: str) -> None:
        for rep in self._reps:
            rep.person.door = url


class CompanyInTeams(Company):
    """Everybody in Teams."""

    def __init__(self, coach: Coach, teams: FakeTeams, people: Sequence[teams_platform.Person]) -> None:
        self._teams = teams
        reps = [GatheredInTeams(one, coach.start, None) for one in people]
        super().__init__(coach, dict(zip(NAMES, reps, strict=True)))
        self._reps = reps

    def archives_the_channel(self) -> None:
        self._teams.gone.add(teams_platform.CHANNEL)

    def has_moved(self, url: str) -> None:
        for rep in self._reps:
            rep.person.door = url
