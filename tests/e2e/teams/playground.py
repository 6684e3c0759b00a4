"""The Microsoft 365 Agents Playground in a process of its own, on a free port of loopback."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.tools import MODULES, NODE, need_tools
from tests.program import free_port

Json = dict[str, Any]

COMMAND = MODULES / "@microsoft/m365agentsplayground/cli.js"
CONFIG = ".m365agentsplayground.yml"
READY_SECONDS = 30
TENANT = "00000000-0000-0000-0000-0000000000ab"
BOT, BOT_NAME = "28:coach", "Coach"
GROUP, TEAM = "19:group@thread.v2", "19:general@thread.tacv2"
GROUP_NAME, TEAM_NAME, CHANNEL_NAME = "Acme account", "Sales", "Deals"


@dataclass(frozen=True)
class Member:
    """Somebody of the company; the Playground shows Teams as one of them sees it."""

    id: str
    name: str

    @property
    def email(self) -> str:
        return f"{self.id.partition(':')[2]}@example.com"

    @property
    def personal(self) -> str:
        """Their own chat with the coach."""
        return f"a:{self.id.partition(':')[2]}"

    def plain(self, number: int) -> Json:
        """Write them down for the Playground, which wants all of it."""
        given, _, surname = self.name.partition(" ")
        return {
            "id": self.id,
            "name": self.name,
            "givenName": given,
            "surname": surname,
            "userPrincipleName": self.email,
            "email": self.email,
            "aadObjectId": f"00000000-0000-0000-0000-{number:012}",
        }


INES, TOM = Member("29:ines", "Ines Duarte"), Member("29:tom", "Tom Becker")
# The Playground wants five others to be there.
OTHERS = tuple(Member(f"29:other{number}", f"Other {number}") for number in range(4))


@dataclass(frozen=True)
class Playground:
    """A running Playground."""

    url: str
    folder: Path

    @property
    def service_url(self) -> str:
        """Where the coach sends what it says."""
        return f"{self.url}/_connector"


def config(person: Member, colleague: Member) -> str:
    """One company as `person` sees it; JSON is YAML, too."""
    config: Json = {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT, "name": BOT_NAME},
        "currentUser": person.plain(0),
        "users": [one.plain(number) for number, one in enumerate((colleague, *OTHERS), 1)],
        "personalChat": {"id": person.personal},
        "groupChat": {"id": GROUP, "name": GROUP_NAME},
        "team": {
            "id": TEAM,
            "aadGroupId": "00000000-0000-0000-0000-000000000099",
            "name": TEAM_NAME,
            "channels": [{"id": "19:deals@thread.tacv2", "name": CHANNEL_NAME}],
        },
    }
    return json.dumps(config)


@asynccontextmanager
async def playing(folder: Path, app: str, person: Member = INES, colleague: Member = TOM) -> AsyncIterator[Playground]:
    """Start a Playground for the app at `app`; everything it writes is in `folder`."""
    need_tools()
    _furnish(folder, config(person, colleague))
    url, pipe = f"http://127.0.0.1:{free_port()}", asyncio.subprocess.PIPE
    told = ("-e", f"{app}/api/messages", "-c", "msteams", "-p", url.rpartition(":")[2], "--su", f"{url}/_connector")
    process = await asyncio.create_subprocess_exec(
        *(NODE, "-r", Path(__file__).with_name("loopback.cjs"), COMMAND, "start", *told, "--disable-telemetry"),
        cwd=folder,
        env={"TEAMSAPPTESTER_BROWSER": "none", "HOME": str(folder)},
        stdout=pipe,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        await _until_ready(process)
        yield Playground(url, folder)
    finally:
        process.kill()
        await process.communicate()


def _furnish(folder: Path, config: str) -> None:
    folder.mkdir()
    (folder / CONFIG).write_text(config)


async def _until_ready(process: asyncio.subprocess.Process) -> None:
    assert process.stdout
    async with asyncio.timeout(READY_SECONDS):
        while line := await process.stdout.readline():
            if line.startswith(b"Listening on"):
                return
    raise AssertionError("the Playground ended")
