"""Reps whose days pass behind the doors of Slack and Teams: their coach's clock is moved, and its courier at work."""

from datetime import timedelta

from tests.slack.platform import FakeSlack, Person
from tests.stories.coach import Coach
from tests.stories.kept import KeepingRep
from tests.stories.slack_rep import SlackRep
from tests.stories.teams_rep import TeamsRep
from tests.teams.platform import Person as TeamsPerson


class KeepingInSlack(SlackRep, KeepingRep):
    """Ines with Slack open, day after day."""

    def __init__(self, coach: Coach, slack: FakeSlack, ines: Person, tom: Person) -> None:
        super().__init__(ines, slack, coach.start, tom)
        self._coach = coach

    async def passes(self, days: int) -> int:
        return await _arrived(self, self._coach, days)

    def messages(self) -> int:
        """How many stand in her own conversation with the coach."""
        return sum(1 for call in self._slack.of("chat.postMessage") if call["channel"] == self._places.direct)


class KeepingInTeams(TeamsRep, KeepingRep):
    """Ines with Teams open, day after day."""

    def __init__(self, coach: Coach, ines: TeamsPerson, tom: TeamsPerson) -> None:
        super().__init__(ines, coach.start, tom)
        self._coach = coach

    async def passes(self, days: int) -> int:
        return await _arrived(self, self._coach, days)

    def messages(self) -> int:
        """How many stand in her own conversation with the coach."""
        return len(self._person.teams.standing(self._person.personal))


async def _arrived(rep: KeepingInSlack | KeepingInTeams, coach: Coach, days: int) -> int:
    """Let days pass when everything asked for is answered; give how many messages came meanwhile."""
    await coach.settle()
    before = rep.messages()
    await coach.passes(timedelta(days=days))
    return rep.messages() - before
