"""People before a coach: in a fake Slack, and in a fake Teams."""

import itertools
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.slack.options import SlackOptions
from bot.slack.way import SlackWay
from bot.teams.options import TeamsOptions
from bot.teams.way import TeamsWay
from tests.databases import furnished
from tests.doors import Clock, serving
from tests.slack import platform as slack_platform
from tests.slack.platform import SECRET, FakeSlack, Json
from tests.stories.coach import NOW, Coach, running
from tests.stories.gathering import CompanyInSlack, CompanyInTeams
from tests.stories.keeping import KeepingInSlack, KeepingInTeams
from tests.stories.slack_scene import SlackScene
from tests.stories.teams_scene import TeamsScene
from tests.teams import platform as teams_platform
from tests.teams.platform import CHANNEL, FakeTeams

# How long to wait for another program's lock, where a test is about that.
BUSY_MS = 50
INES, TOM = ("Ines Duarte", "ines@example.com"), ("Tom Becker", "tom@example.com")
AMARA, OMAR = ("Amara Nwosu", "amara@example.com"), ("Omar Haddad", "omar@example.com")
MAYA = ("Maya Lindqvist", "maya@example.com")
IN_SLACK = {"U1": INES, "U2": TOM, "U3": AMARA, "U4": OMAR, "U5": MAYA}
IN_TEAMS = {"29:ines": INES, "29:tom": TOM, "29:amara": AMARA, "29:omar": OMAR, "29:maya": MAYA}


class Workspace(FakeSlack):
    """A Slack in which five people work, and which tells the number of each message it took."""

    def _result(self, method: str, given: Json) -> Json:
        if method == "users.info":
            name, email = IN_SLACK[given["user"]]
            return {"user": {"tz": "Europe/Lisbon", "profile": {"display_name": name, "email": email}}}
        result = super()._result(method, given)
        if method == "chat.postMessage":
            given["ts"] = result["ts"]
        return result


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    workspace = Workspace(rooms={"C1": [slack_platform.BOT, *IN_SLACK]})
    async with serving(workspace.app()) as workspace.url:
        yield workspace


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    """A Teams in which five people work."""
    members = {user: {"id": user, "name": name, "email": email} for user, (name, email) in IN_TEAMS.items()}
    fake = FakeTeams(members=members)
    async with serving(fake.app()) as fake.url:
        yield fake
        fake.over.set()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return furnished(tmp_path)


@pytest.fixture
def slack_coach(slack: Workspace, database: Path) -> Coach:
    """A coach for Slack, not yet started."""
    options = SlackOptions(signing_secret=SECRET, bot_token="xoxb-1", api_url=f"{slack.url}/api/")
    clock = Clock(NOW)
    return Coach(SlackWay(options, clock), slack_platform.TEAM, database, clock)


@pytest.fixture
def teams_coach(database: Path) -> Coach:
    """A coach for Teams, not yet started, which trusts whoever speaks to it on this machine."""
    options = TeamsOptions(tenant_id=teams_platform.TENANT, unauthenticated=True)
    clock = Clock(NOW)
    return Coach(TeamsWay(options, clock), teams_platform.TENANT, database, clock)


def in_slack(coach: Coach, slack: Workspace, session: ClientSession) -> list[slack_platform.Person]:
    """Everybody in Slack."""
    count: defaultdict[str, int] = defaultdict(int)
    return [slack_platform.Person(coach.url, slack, session, coach.clock, user, _count=count) for user in IN_SLACK]


def in_teams(coach: Coach, teams: FakeTeams, session: ClientSession) -> list[teams_platform.Person]:
    """Everybody in Teams, which gives no id twice."""
    ids = itertools.count(1740000000001)
    return [
        teams_platform.Person(
            coach.url, teams, session, coach.clock, user, name, zone="Europe/Lisbon", personal=f"a:{user}", _ids=ids
        )
        for user, (name, _) in IN_TEAMS.items()
    ]


@pytest.fixture
async def slack_rep(slack: Workspace, slack_coach: Coach, session: ClientSession) -> AsyncIterator[KeepingInSlack]:
    """Ines in Slack, in front of a coach that runs."""
    async with running(slack_coach) as coach:
        ines, tom, *_ = in_slack(coach, slack, session)
        yield KeepingInSlack(coach, slack, ines, tom)


@pytest.fixture
async def teams_rep(teams: FakeTeams, teams_coach: Coach, session: ClientSession) -> AsyncIterator[KeepingInTeams]:
    """Ines in Teams, in front of a coach that runs and that she has added to the team's channel."""
    async with running(teams_coach) as coach:
        ines, tom, *_ = in_teams(coach, teams, session)
        await ines.installs(CHANNEL)
        await coach.settle()
        yield KeepingInTeams(coach, ines, tom)


@pytest.fixture
async def slack_company(slack: Workspace, slack_coach: Coach, session: ClientSession) -> AsyncIterator[CompanyInSlack]:
    """Everybody in Slack, in front of a coach that runs."""
    async with running(slack_coach) as coach:
        yield CompanyInSlack(coach, slack, in_slack(coach, slack, session))


@pytest.fixture
async def teams_company(teams: FakeTeams, teams_coach: Coach, session: ClientSession) -> AsyncIterator[CompanyInTeams]:
    """Everybody in Teams, in front of a coach that runs and that Maya has added to the team's channel."""
    async with running(teams_coach) as coach:
        people = in_teams(coach, teams, session)
        await people[-1].installs(CHANNEL)
        await coach.settle()
        yield CompanyInTeams(coach, teams, people)


@pytest.fixture
async def slack_scene(slack: Workspace, slack_coach: Coach, session: ClientSession) -> AsyncIterator[SlackScene]:
    """Both have said hello; each has the sample deals that are theirs."""
    slack_coach.patience = BUSY_MS
    async with running(slack_coach) as coach:
        ines, tom, *_ = in_slack(coach, slack, session)
        scene = SlackScene(coach, ines, tom, slack)
        await scene.opens()
        yield scene


@pytest.fixture
async def teams_scene(teams: FakeTeams, teams_coach: Coach, session: ClientSession) -> AsyncIterator[TeamsScene]:
    """Both have said hello; each has the sample deals that are theirs."""
    teams_coach.patience = BUSY_MS
    async with running(teams_coach) as coach:
        ines, tom, *_ = in_teams(coach, teams, session)
        scene = TeamsScene(coach, ines, tom)
        await scene.opens()
        yield scene
