"""What stands around the program, the image, the compose file and the proxy, keeps to what the program is."""

import asyncio
import fnmatch
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web

from bot.chat.address import Address
from bot.chat.events import Event
from bot.chat.ports import unobserved
from bot.chat.replies import Reply
from bot.courier.habits import SENDING
from bot.settings import TABLE
from bot.slack import door as slack_door
from bot.slack.options import SlackOptions
from bot.slack.way import SlackWay
from bot.teams import door as teams_door
from bot.teams.options import TeamsOptions
from bot.teams.way import TeamsWay
from bot.web.server import GRACE
from bot.web.status import status_routes
from store import Store
from store.postgres import CONNECTIONS
from tests.faults.life import now
from tests.program import free_port
from tests.test_documentation import commands
from tests.test_packaging import ROOMS, ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
PROXY = re.sub(r"#.*", "", (ROOT / "deploy" / "nginx.conf").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
# What a Slack client waits for.
SLACK_GIVES_UP, TEAMS_GIVES_UP = 3, 15


class Nobody:
    """A dispatch that nothing is brought to."""

    async def __call__(self, event: Event) -> Reply:
        raise AssertionError(event)

    async def placed(self, address: Address, subject: str, message: str) -> None:
        raise AssertionError(address, subject, message)


def seconds(duration: str) -> int:
    """Read `45s`, as both compose and nginx write it."""
    return int(duration.removesuffix("s"))


def locations() -> dict[str, str]:
    """Give the body of each exact location of the proxy."""
    return dict(re.findall(r"location = (\S+) \{(.+?)\}", PROXY, re.DOTALL))


def read_timeout(path: str) -> int:
    [found] = re.findall(r"proxy_read_timeout (\w+);", locations()[path])
    return seconds(found)


@pytest.fixture
async def called(tmp_path: Path) -> set[str]:
    """Every path that a platform or an admin's browser calls."""
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path}/coach.db", keys=("a secret",))
    slack = SlackOptions(signing_secret="s", client_id="1", client_secret="c")
    teams = TeamsOptions(app_id="1", app_password="p", tenant_id="t")
    paths = set()
    for way in (SlackWay(slack, now), TeamsWay(teams, now)):
        _, door = way.open(store, unobserved)
        standing = door(Nobody())
        paths |= {route.path for route in standing.routes()}
        await standing.stop()
    await store.close()
    return paths


def copied() -> set[str]:
    """Name what the image is given of ours."""
    return {
        name for names in re.findall(r"^COPY ((?:[\w.]+ )+)\S+$", DOCKERFILE, re.MULTILINE) for name in names.split()
    }


async def test_the_proxy_passes_on_what_platforms_call_and_nothing_else(called: set[str]) -> None:
    assert set(locations()) == called
    assert re.search(r"location / \{\s*return 404;\s*\}", PROXY)


def test_the_proxy_waits_longer_than_the_coach_takes_and_no_longer_than_the_platform() -> None:
    assert slack_door.DEADLINE_SECONDS < read_timeout("/slack/events") <= SLACK_GIVES_UP
    assert teams_door.DEADLINE_SECONDS < read_timeout("/api/messages") <= TEAMS_GIVES_UP


def test_the_proxy_asks_another_replica_only_while_the_first_cannot_have_been_slow() -> None:
    [within] = re.findall(r"proxy_next_upstream_timeout (\w+);", PROXY)
    assert seconds(within) < min(map(read_timeout, locations()))


def test_the_proxy_writes_no_query_into_its_log() -> None:
    [line] = re.findall(r"log_format short '(.+?)'", PROXY)
    assert not {"$request", "$request_uri", "$args"} & set(re.findall(r"\$\w+", line))


def test_the_compose_file_names_only_settings_and_commands_that_exist() -> None:
    ours = [service for service in SERVICES.values() if service["image"] == "negotiation-coach"]
    assert [service["command"] for service in ours] == ["migrate", "serve"]
    assert {service["command"] for service in ours} <= set(commands())
    for service in ours:
        assert set(service["environment"]) <= {setting.name for setting in TABLE}


def test_every_value_the_compose_file_asks_for_is_explained() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    page = (ROOT / "docs" / "run-several-replicas.md").read_text()
    assert all(f"`{name}`" in page for name in asked)


def test_replicas_wait_for_a_migrated_database_and_are_given_the_time_to_stop() -> None:
    app = SERVICES["app"]
    assert app["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    needed = GRACE + SENDING.total_seconds() + max(slack_door.DRAIN_SECONDS, teams_door.DRAIN_SECONDS)
    assert seconds(app["stop_grace_period"]) >= needed


def test_the_database_has_connections_for_every_replica_and_some_to_spare() -> None:
    [allowed] = re.findall(r"max_connections=(\d+)", SERVICES["database"]["command"])
    assert int(allowed) >= (SERVICES["app"]["deploy"]["replicas"] + 2) * CONNECTIONS


def test_only_the_proxy_is_reached_from_outside_and_it_does_not_reach_the_database() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["database"]["networks"] == ["inside"]
    assert SERVICES["proxy"]["networks"] == ["outside"]
    assert COMPOSE["networks"]["inside"]["internal"]


def test_the_image_holds_all_that_is_in_the_wheel() -> None:
    assert copied() == {*ROOMS, "app.py", "requirements.lock"}


def test_nothing_else_is_handed_to_whoever_builds_the_image() -> None:
    everything, *let_in = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] != "#"]
    assert everything == "*"
    assert {line[1:] for line in let_in if line.startswith("!")} == copied()
    assert not [name for name in (".env", "coach.db", ".git") if any(fnmatch.fnmatch(name, one) for one in let_in)]


def test_the_image_serves_as_somebody_who_owns_nothing() -> None:
    assert re.search(r"^USER coach$.+^ENTRYPOINT", DOCKERFILE, re.MULTILINE | re.DOTALL)
    assert "--require-hashes" in DOCKERFILE


@pytest.fixture
def check() -> list[str]:
    """The image's own health check, for this interpreter."""
    [line] = re.findall(r"^HEALTHCHECK .*?CMD (.+)$", DOCKERFILE, re.MULTILINE)
    _, *words = json.loads(line)
    return [sys.executable, *words]


@pytest.mark.parametrize(("problem", "status"), [("", 0), ("The database can't be reached.", 1)])
async def test_the_image_is_healthy_when_the_coach_is_ready(check: list[str], problem: str, status: int) -> None:
    async def ready() -> str:
        return problem

    application, port = web.Application(), free_port()
    application.add_routes(status_routes(ready, bytes))
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    pipe = asyncio.subprocess.PIPE
    environment = {"PATH": os.environ["PATH"], "PORT": str(port)}
    process = await asyncio.create_subprocess_exec(*check, env=environment, stderr=pipe)
    await process.communicate()
    await runner.cleanup()
    assert process.returncode == status
