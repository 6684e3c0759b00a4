"""The program that serves, seen from outside: by its operator, by a platform, by whoever reads its log."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot.chat.cards import Button, Buttons, Card, dump
from bot.web.cast import PEOPLE
from tests.doors import serving
from tests.program import WAIT_SECONDS, Operator, Running, person, seen
from tests.slack.platform import SECRET, FakeSlack, Person
from tests.stories.slack_scene import ticks

TOKEN = "xoxb-t0ken-of-the-workspace"
SIGNING = {"SLACK_SIGNING_SECRET": SECRET}
MANY = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "cl1ent-secret", "SECRET_KEY": "a-k3y-of-enough-characters"}
DM = "DU1"


@dataclass
class SlowSlack(FakeSlack):
    """A Slack that takes a message, new or changed, only when the test lets it."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def _api(self, request: web.Request) -> web.Response:
        if request.match_info["method"] in ("chat.postMessage", "chat.update"):
            self.reached.set()
            await self.gate.wait()
        return await super()._api(request)


@pytest.fixture
async def slack() -> AsyncIterator[SlowSlack]:
    """A Slack that takes everything at once, until its gate is closed."""
    fake = SlowSlack()
    fake.gate.set()
    async with serving(fake.app()) as fake.url:
        yield fake
        fake.gate.set()


@pytest.fixture
async def operator(tmp_path: Path, slack: SlowSlack) -> Operator:
    """Somebody whose database has its tables, and who serves one workspace over HTTP."""
    operator = Operator(tmp_path, SIGNING | {"SLACK_BOT_TOKEN": TOKEN, "SLACK_API_URL": f"{slack.url}/api/"})
    operator.migrates()
    return operator


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def coach(operator: Operator) -> AsyncIterator[Running]:
    async with operator.starts("serve") as running:
        yield running


@pytest.fixture
async def ann(coach: Running, session: ClientSession, slack: SlowSlack) -> Person:
    return await person(session, coach, slack)


async def add_deal(ann: Person, operator: Operator, name: str) -> str:
    """Let Ann note a deal; gives its id."""
    assert "Added" in (await ann.types(f"deal add {name}")).text
    return str(operator.asks("SELECT id FROM deals ORDER BY rowid DESC")[0][0])


async def test_it_says_which_doors_it_serves_and_logs_nothing_when_all_is_well(
    operator: Operator, session: ClientSession
) -> None:
    async with operator.starts("serve") as coach:
        assert await seen(session, f"{coach.url}/readyz") == (200, "ready\n")
        assert await coach.stops() == 0
    assert coach.said == [
        "Teams is not served. TEAMS_APP_ID and TEAMS_APP_PASSWORD are not set.",
        f"Serving Slack on {coach.url}/slack/events",
    ]
    assert coach.logged() == []


async def test_many_workspaces_are_served_from_settings_in_the_environment(
    tmp_path: Path, session: ClientSession, slack: SlowSlack
) -> None:
    operator = Operator(tmp_path, SIGNING | MANY | {"SLACK_API_URL": f"{slack.url}/api/"})
    operator.migrates()
    async with operator.starts("serve") as coach:
        ann = await person(session, coach, slack)
        assert "I'm not set up for this workspace" in (await ann.types("help")).text
        async with session.get(f"{coach.url}/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302
        assert await coach.stops() == 0
    assert {line["level"] for line in coach.logged()} <= {"info", "warning"}
    assert operator.left_behind() == {"coach.db", "log"}


async def test_it_is_not_ready_before_its_tables_are_there_and_is_ready_after(
    tmp_path: Path, session: ClientSession
) -> None:
    operator = Operator(tmp_path, SIGNING | {"SLACK_BOT_TOKEN": TOKEN})
    async with operator.starts("serve") as coach:
        status, sentence = await seen(session, f"{coach.url}/readyz")
        assert (status, "app.py migrate" in sentence, sentence.count("\n")) == (503, True, 1)
        assert await seen(session, f"{coach.url}/healthz") == (200, "alive\n")
        assert (await operator.runs("migrate")).status == 0
        assert await seen(session, f"{coach.url}/readyz") == (200, "ready\n")


async def test_a_signed_command_is_measured_from_the_door_to_the_store(
    ann: Person, coach: Running, session: ClientSession
) -> None:
    for words in ("tip", "deals"):
        assert (await ann.types(words)).status == 200
    await ann.presses("something.of.last.year:1", channel=DM)
    assert (await ann.sends_raw(b"", {})).status == 401
    for measured in (
        'coach_requests_total{door="slack",kind="command"} 2.0',
        'coach_requests_total{door="slack",kind="action"} 1.0',
        'coach_ack_seconds_count{door="slack"}',
        'coach_handler_seconds_count{handler="tips.tip"}',
        'coach_errors_total{error="StaleError"} 1.0',
        'coach_store_seconds_count{mode="read"}',
        'coach_store_seconds_count{mode="write"}',
        "process_resident_memory_bytes",
    ):
        assert measured in (await seen(session, f"{coach.url}/metrics"))[1]


async def test_told_to_stop_it_finishes_what_it_is_at(
    ann: Person, coach: Running, operator: Operator, slack: SlowSlack
) -> None:
    deal = await add_deal(ann, operator, "Acme renewal")
    slack.gate.clear()
    await ann.presses(f"prep.full:{deal}", channel=DM)
    await slack.reached.wait()
    coach.told_to_stop()
    slack.gate.set()
    assert await coach.ends() == 0
    assert "Acme renewal" in str(slack.of("chat.postMessage"))
    assert operator.asks("SELECT message FROM places") == [("1700000000.000001",)]
    assert coach.logged() == []


async def test_told_to_stop_it_still_answers_late_and_brings_every_copy_up_to_date(
    ann: Person, coach: Running, operator: Operator, slack: SlowSlack
) -> None:
    deal = await add_deal(ann, operator, "Acme renewal")
    await ann.presses(f"prep.full:{deal}", channel=DM)
    await slack.until("chat.postMessage")
    [(prep,)] = operator.asks("SELECT id FROM preps")
    slack.reached.clear()
    slack.gate.clear()
    async with operator.holding_the_database():
        # Acknowledged at the deadline, with the work still waiting for the database.
        assert (await ticks(ann, f"prep.{prep}.before", shown=("connection.rapport.opener",))).status == 200
        coach.told_to_stop()
    await slack.reached.wait()
    slack.gate.set()
    assert await coach.ends() == 0
    assert sorted(given["ts"] for given in slack.of("chat.update")) == ["1700000000.000001", "1700000050.000100"]
    assert coach.logged() == []


@pytest.mark.parametrize(
    ("command", "needless"),
    [
        ("serve", {"jinja2", "bot.web.door", "bot.web.page", "bot.teams", "botbuilder", "alembic", "asyncpg"}),
        ("try", {"slack_bolt", "slack_sdk", "bot.slack.door", "bot.slack.install", "botbuilder", "asyncpg"}),
    ],
)
async def test_a_door_that_is_not_configured_is_not_imported(
    operator: Operator, command: str, needless: set[str]
) -> None:
    async with operator.starts(command, PYTHONPROFILEIMPORTTIME="1") as coach:
        assert await coach.stops() == 0
    imported = {line.rpartition("|")[2].strip() for line in coach.log.read_text().splitlines()}
    assert {"aiohttp", "store.sqlite"} <= imported
    assert needless & imported == set()


async def test_no_secret_and_nothing_that_was_typed_gets_into_the_log(
    ann: Person, coach: Running, operator: Operator, slack: SlowSlack
) -> None:
    await ann.types("prep zanzibarium")
    await ann.says("zanzibarium wants a discount")
    deal = await add_deal(ann, operator, "Zanzibarium renewal")
    await ann.presses(f"prep.quick:{deal}", channel=DM)
    [opened] = await slack.until("views.open")
    operator.asks("ALTER TABLE preps RENAME TO former_preps")
    typed = {"matters": "zanzibarium first", "walk_away": "below zanzibarium 40"}
    assert "Something broke on my side" in (await ann.submits(opened["view"], typed)).text
    assert (await ann.sends("payload=zanzibarium{")).status == 400
    await ann.presses("zanzibarium:zanzibarium", channel=DM)
    assert await coach.stops() == 0
    assert {line["level"] for line in coach.logged()} == {"info", "error"}
    written = coach.log.read_text() + str(coach.said)
    for private in ("zanzibarium", "Zanzibarium", TOKEN, SECRET, "/respond/", "ann@example.com"):
        assert private not in written.replace(str(operator.folder), ""), private


async def test_an_unexpected_failure_gives_a_reference_that_leads_to_its_line_in_the_log(
    ann: Person, coach: Running, operator: Operator
) -> None:
    operator.asks("DROP TABLE tips")
    answer = await ann.types("tip")
    assert answer.status == 200
    text = answer.json["text"]
    assert text.startswith("Something broke on my side; nothing you typed was lost.")
    [line] = [line for line in coach.logged() if line["level"] == "error"]
    assert line["reference"] == text.split()[-1]
    assert "tips.py" in line["exception"]
    assert "Traceback" not in text


PUT = (
    "INSERT INTO outbox (tenant, owner, platform, key, subject, card, status, due_at, next_at, attempts, token,"
    " message, last_error) VALUES (?, ?, ?, 'checkins:1', 'deal:1', ?, 'pending', ?, ?, 0, '', '', '')"
)
DUE = "2026-01-01 00:00:00"


def put(operator: Operator, due: str = DUE, who: tuple[str, str, str] = ("T1", "U1", "slack")) -> None:
    """Let there be something to say."""
    card = Card("Write to Acme.", (Buttons((Button("Edit", "deal.edit", "1"),)),))
    operator.asks(PUT, *who, dump(card), due, due)


async def test_what_is_due_is_said_unasked_while_it_serves(operator: Operator, slack: SlowSlack) -> None:
    put(operator)
    async with operator.starts("serve") as coach:
        (posted,) = await slack.until("chat.postMessage")
        assert (posted["channel"], posted["text"]) == (DM, "Write to Acme.")
        assert posted["metadata"]["event_payload"]["key"] == "checkins:1"
        assert await coach.stops() == 0
    assert operator.asks("SELECT status, card, message FROM outbox") == [("sent", "", "1700000000.000001")]
    assert operator.asks("SELECT subject, conversation FROM places") == [("deal:1", DM)]


async def test_told_to_stop_it_finishes_the_message_it_is_posting(operator: Operator, slack: SlowSlack) -> None:
    put(operator)
    slack.gate.clear()
    async with operator.starts("serve") as coach:
        await slack.reached.wait()
        coach.told_to_stop()
        slack.gate.set()
        assert await coach.ends() == 0
    assert operator.asks("SELECT status FROM outbox") == [("sent",)]


async def test_on_the_try_page_what_is_due_is_said_when_its_clock_has_got_there(
    tmp_path: Path, session: ClientSession
) -> None:
    operator = Operator(tmp_path)
    async with operator.starts("try") as coach:
        page = f"{coach.url}/ines/dm"
        _, shown = await seen(session, page)
        token = re.search(r'name="csrf" value="([^"]+)"', shown)
        assert token
        in_two_days = datetime.now(UTC) + timedelta(days=2)  # noqa: TID251  the program has the real one
        put(
            operator,
            f"{in_two_days:%Y-%m-%d %H:%M:%S}",
            (PEOPLE["ines"].direct.tenant, "ines", "web"),
        )
        for _ in range(3):
            assert "Write to Acme." not in (await seen(session, page))[1]
            form = {"csrf": token[1], "move": "morning", "once": "1"}
            async with session.post(f"{page}/clock", data=form, headers={"Origin": coach.url}) as moved:
                assert moved.status == 200
        async with asyncio.timeout(WAIT_SECONDS):
            while "Write to Acme." not in (await seen(session, page))[1]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)  # the page is asked again, as a browser would
        assert await coach.stops() == 0
