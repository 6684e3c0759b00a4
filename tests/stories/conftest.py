"""The whole coach behind the Slack door, with a real store, against a fake Slack over real HTTP."""

import asyncio
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot.slack.door import SlackDoor
from bot.slack.options import SlackOptions, new_messenger
from bot.telemetry import Telemetry
from content.library import load
from handlers.crm import read_export
from handlers.router import Router
from handlers.samples import DEALS
from store import Store
from store.cipher import Cipher
from store.sqlite import PATIENCE, SqliteDatabase
from tests.slack.platform import SECRET, TEAM, FakeSlack, Json, Person
from tests.stories.scene import Scene
from tests.stories.slack_rep import SlackRep

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLAYBOOK = load()
# How long to wait for another program's lock, where a test is about that.
BUSY_MS = 50
PEOPLE = {"U1": ("Ines Duarte", "ines@example.com"), "U2": ("Tom Becker", "tom@example.com")}


class Workspace(FakeSlack):
    """A Slack in which Ines and Tom work, and which tells the number of each message it took."""

    def _result(self, method: str, given: Json) -> Json:
        if method == "users.info":
            name, email = PEOPLE[given["user"]]
            return {"user": {"tz": "Europe/Lisbon", "profile": {"display_name": name, "email": email}}}
        result = super()._result(method, given)
        if method == "chat.postMessage":
            given["ts"] = result["ts"]
        return result


class Coach:
    """A running coach that can be stopped and started anew on the same database."""

    def __init__(self, slack: FakeSlack, database: Path) -> None:
        self._slack = slack
        self._database = database
        self.patience = PATIENCE
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Start from nothing but the database; give the address."""
        await self.stop()
        self._store = Store(SqliteDatabase(self._database, patience=self.patience), Cipher())
        options = SlackOptions(signing_secret=SECRET, bot_token="xoxb-1", api_url=f"{self._slack.url}/api/")
        messenger = new_messenger(options, self._store.installations, lambda: NOW)
        self._router = Router(self._store, PLAYBOOK, {"slack": messenger}, lambda: NOW, Telemetry())
        self._door = SlackDoor(options, self._router, messenger, self._store.installations, lambda: NOW)
        app = web.Application()
        app.add_routes(self._door.routes())
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def import_samples(self) -> None:
        """Bring in the sample deals, for people the coach has not met yet."""
        await self._store.import_deals(TEAM, read_export(DEALS.read_bytes(), NOW.date()).deals, NOW)

    async def settle(self) -> None:
        """Wait until everything under way is done."""
        await self._door.drain()
        await self._router.settle()

    async def stop(self) -> None:
        """Stop as on SIGTERM."""
        if self._runner:
            await self._runner.cleanup()
            await self.settle()
            await self._door.stop()
            await self._store.close()
            self._runner = None


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    workspace = Workspace()
    runner = web.AppRunner(workspace.app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    workspace.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield workspace
    await runner.cleanup()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the present schema: each story begins with a copy."""
    path = tmp_path_factory.mktemp("template") / "coach.db"

    async def migrate() -> None:
        store = Store.open(f"sqlite+aiosqlite:///{path}")
        await store.migrate()
        await store.close()

    asyncio.run(migrate())
    return path


@pytest.fixture
async def rep(slack: Workspace, template: Path, tmp_path: Path) -> AsyncIterator[SlackRep]:
    """Ines in Slack, in front of a coach that runs."""
    database = Path(shutil.copy(template, tmp_path))
    coach = Coach(slack, database)
    url = await coach.start()
    await coach.import_samples()
    async with ClientSession() as session:
        count: defaultdict[str, int] = defaultdict(int)
        ines, tom = (Person(url, slack, session, lambda: NOW, user=user, _count=count) for user in PEOPLE)
        yield SlackRep(ines, slack, coach.start, tom)
    await coach.stop()


@pytest.fixture
async def scene(slack: Workspace, template: Path, tmp_path: Path) -> AsyncIterator[Scene]:
    """Both have said hello; each has the sample deals that are theirs."""
    database = Path(shutil.copy(template, tmp_path))
    coach = Coach(slack, database)
    coach.patience = BUSY_MS
    url = await coach.start()
    await coach.import_samples()
    async with ClientSession() as session:
        count: defaultdict[str, int] = defaultdict(int)
        ines, tom = (Person(url, slack, session, lambda: NOW, user=user, _count=count) for user in PEOPLE)
        for person in (ines, tom):
            await person.types("help")
        yield Scene(ines, tom, slack, database, coach)
    await coach.stop()
