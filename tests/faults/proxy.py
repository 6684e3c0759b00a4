"""Lets replicas die and come back behind the proxy of `deploy/nginx.conf`: `python tests/faults/proxy.py [commands]`.

Needs nginx on the PATH, and nothing else: PostgreSQL, the names that Docker would know and a certificate it makes
itself. Several `migrate` at once make the tables; then two replicas on addresses of their own are killed, told to
stop and started again while people add deals. What they were told has to be there, once.
"""

import asyncio
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import cast

sys.path.insert(0, str(Path(__file__).parents[2]))

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from sqlalchemy import Connection, text

from store import Store
from tests.faults.life import now
from tests.faults.server import new_server
from tests.program import Operator, Running, free_port
from tests.slack.platform import SECRET, FakeSlack, Person

CONFIGURED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
MIGRATIONS = 6
REPLICAS = ("127.0.0.2", "127.0.0.3")
PEOPLE = 20
EACH_SECOND = 30
# Slack's own patience.
PATIENCE = 3
# Seconds for what was acknowledged and is still under way.
AFTERWARDS = 5
INSIDE = ("/metrics", "/readyz", "/healthz", "/", "/slack/events/", "/slack", "/teams/about/../../metrics")


class Names(asyncio.DatagramProtocol):
    """Docker's name server in small: whatever is asked for, it is every replica."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        question = data[12 : data.index(0, 12) + 5]
        answers = [struct.pack("!HHHIH4s", 0xC00C, 1, 1, 0, 4, socket.inet_aton(one)) for one in REPLICAS]
        head = struct.pack("!2sHHHHH", data[:2], 0x8180, 1, len(answers), 0, 0)
        self._transport.sendto(b"".join((head, question, *answers)), addr)


@dataclass
class Heard:
    """What Slack would have seen."""

    statuses: Counter[str] = field(default_factory=Counter)
    acknowledged: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    slowest: float = 0


@asynccontextmanager
async def proxy(folder: Path, replicas: int) -> AsyncIterator[str]:
    """Run nginx as it is configured but for addresses, with a certificate of its own."""
    names, port = free_port(), free_port()
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Names, local_addr=("127.0.0.1", names))
    made = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=coach -addext subjectAltName=IP:127.0.0.1"
    made += " -keyout privkey.pem -out fullchain.pem"
    subprocess.run(["openssl", *made.split()], cwd=folder, check=True, capture_output=True)  # noqa: ASYNC221, S607
    temporary = "".join(
        f"{one}_temp_path {folder}/{one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    changed = CONFIGURED.read_text()
    for ours, theirs in (
        ("worker_processes auto;", "worker_processes 2; user root;"),
        ("http {", f"http {{ {temporary}"),
        ("/tmp/nginx.pid", f"{folder}/nginx.pid"),  # noqa: S108
        ("/dev/stdout", f"{folder}/access.log"),
        ("/dev/stderr", f"{folder}/error.log"),
        ("127.0.0.11", f"127.0.0.1:{names}"),
        ("app:3000", f"app:{replicas}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/nginx/certificates", str(folder)),
    ):
        assert ours in changed, ours
        changed = changed.replace(ours, theirs)
    (folder / "nginx.conf").write_text(changed)
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    nginx = await asyncio.create_subprocess_exec(*command)
    try:
        yield f"https://127.0.0.1:{port}"
    finally:
        nginx.terminate()
        await nginx.wait()
        transport.close()


async def adds(person: Person, heard: Heard, name: str) -> None:
    """Add a deal, as patient as Slack."""
    began = perf_counter()
    try:
        answer = await person.types(f"deal add {name}", trigger_id=name.replace(" ", "."))
    except (ClientError, TimeoutError) as error:
        heard.statuses[type(error).__name__] += 1
        return
    heard.slowest = max(heard.slowest, perf_counter() - began)
    heard.statuses[str(answer.status)] += 1
    if answer.status == 200:
        heard.acknowledged.add(name)
        if "Added" in answer.text:
            heard.told.add(name)


async def load(people: list[Person], heard: Heard, commands: int) -> None:
    """Send commands at a steady rate, whatever becomes of the others."""
    began, tasks = perf_counter(), []
    for number in range(commands):
        await asyncio.sleep(began + number / EACH_SECOND - perf_counter())
        tasks.append(asyncio.create_task(adds(people[number % PEOPLE], heard, f"Customer {number:05}")))
    await asyncio.gather(*tasks)


async def trouble(running: list[Running], start: Callable[[str], Awaitable[Running]], seconds: float) -> None:
    """Kill the one, start it again, tell the other to stop, start it again: all spread over the load."""
    for replica, address, end in zip(running, REPLICAS, ("kill", "terminate"), strict=True):
        await asyncio.sleep(seconds / 5)
        getattr(replica.process, end)()
        status = await replica.ends()
        print(f"{address} was told to {end}: status {status}", flush=True)  # noqa: T201
        await asyncio.sleep(seconds / 5)
        await start(address)


async def kept(database: str) -> Counter[str]:
    """Count the deals in the database by name."""

    def work(connection: Connection) -> Counter[str]:
        return Counter(connection.execute(text("SELECT name FROM deals")).scalars())

    store = Store.open(database)
    try:
        return await store._database.read(work)  # noqa: SLF001  no product asks for everybody's
    finally:
        await store.close()


@asynccontextmanager
async def slack() -> AsyncIterator[FakeSlack]:
    """Let a Slack listen."""
    fake = FakeSlack()
    runner = web.AppRunner(fake.app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield fake
    await runner.cleanup()


async def migrates(operator: Operator) -> bool:
    """Make the tables several times at once; False where one of them failed."""
    done = await asyncio.gather(*(operator.runs("migrate") for _ in range(MIGRATIONS)))
    print(f"{MIGRATIONS} migrate at once: {Counter((one.status, one.err) for one in done)}")  # noqa: T201
    return not any(one.status for one in done)


async def hidden(session: ClientSession, url: str) -> bool:
    """Look for what is for the inside only; False where some of it is seen."""
    found = {path: (await session.get(url + path)).status for path in INSIDE}
    print(f"from outside: {found}")  # noqa: T201
    return set(found.values()) == {404}


def held(heard: Heard, there: Counter[str], fake: FakeSlack) -> bool:
    """Compare what people were told with what is there; False where something was lost or doubled.

    A replica that is very slow acknowledges before the work is done, and where it is killed then, nobody is told.
    """
    answers = [str(call.arguments) for call in fake.calls]
    later = {name for words in answers if "Added" in words for name in re.findall(r"Customer \d+", words)}
    lost = [name for name in heard.told | later if not there[name]]
    doubled = [name for name, times in there.items() if times > 1]
    silent = heard.acknowledged - heard.told - later
    sorry = sum(
        "/respond/" in call.method and "Added" not in words for call, words in zip(fake.calls, answers, strict=True)
    )
    print(  # noqa: T201
        f"commands at {EACH_SECOND}/s: {dict(heard.statuses)}, slowest {heard.slowest:.2f} s; told at once"
        f" {len(heard.told)}, a moment later {len(later)}, of these lost {len(lost)}, doubled {len(doubled)};"
        f" not told so {len(silent)}, of these not carried out {sum(not there[name] for name in silent)}, told that it"
        f" failed {sorry}"
    )
    return not (lost or doubled)


async def play(stack: AsyncExitStack, database: str, commands: int) -> bool:
    """Play it, and print what was held."""
    folder, port = Path(stack.enter_context(tempfile.TemporaryDirectory())), free_port()
    fake = await stack.enter_async_context(slack())
    settings = {"SLACK_SIGNING_SECRET": SECRET, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": f"{fake.url}/api/"}
    operator = Operator(folder, settings | {"DATABASE_URL": database})

    async def start(address: str) -> Running:
        return await stack.enter_async_context(operator.starts("serve", HOST=address, PORT=str(port)))

    well = [await migrates(operator)]
    url = await stack.enter_async_context(proxy(folder, port))
    trust = ssl.create_default_context(cafile=folder / "fullchain.pem")
    session = ClientSession(connector=TCPConnector(ssl=trust, limit=0), timeout=ClientTimeout(PATIENCE))
    await stack.enter_async_context(session)
    people = [Person(url, fake, session, now, user=f"U{number}") for number in range(PEOPLE)]
    heard, running = Heard(), [await start(address) for address in REPLICAS]
    await asyncio.gather(load(people, heard, commands), trouble(running, start, commands / EACH_SECOND))
    await asyncio.sleep(AFTERWARDS)
    well += [await hidden(session, url), held(heard, await kept(database), fake)]
    return all(well)


async def main(commands: int) -> int:
    """Start what it is played on; gives 1 where something was not held."""
    if not shutil.which("nginx"):
        sys.exit("nginx is not on the PATH.")
    server = new_server()
    async with AsyncExitStack() as stack:
        stack.callback(server.cleanup)
        return 0 if await play(stack, server.database(), commands) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else 900)))
