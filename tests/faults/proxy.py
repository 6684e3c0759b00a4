"""Lets replicas die and come back behind the proxy of `deploy/nginx.conf`: `python tests/faults/proxy.py [commands]`.

Needs nginx on the PATH, and nothing else: PostgreSQL, the names that Docker would know and a certificate it makes
itself. Several `migrate` at once make the tables; then two replicas on addresses of their own are killed, told to
stop and started again while people add deals. What was acknowledged has to be there, once.
"""

import asyncio
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
EACH_SECOND = 60
# Slack's own patience.
PATIENCE = 3
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
    acknowledged: list[str] = field(default_factory=list)
    told: int = 0
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
        heard.acknowledged.append(name)
        heard.told += "Added" in answer.text


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


async def main(commands: int) -> int:
    """Play it, and print what was held; ends with 1 where something was not."""
    if not shutil.which("nginx"):
        sys.exit("nginx is not on the PATH.")
    server = new_server()
    async with AsyncExitStack() as stack:
        stack.callback(server.cleanup)
        folder, database = Path(stack.enter_context(tempfile.TemporaryDirectory())), server.database()
        fake = FakeSlack()
        runner = web.AppRunner(fake.app(), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        port = str(free_port())
        settings = {
            "DATABASE_URL": database,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_API_URL": f"{fake.url}/api/",
        }
        operator = Operator(folder, settings)
        migrated = await asyncio.gather(*(operator.runs("migrate") for _ in range(MIGRATIONS)))
        print(f"{MIGRATIONS} migrate at once: {Counter((one.status, one.err) for one in migrated)}")  # noqa: T201

        async def start(address: str) -> Running:
            return await stack.enter_async_context(operator.starts("serve", HOST=address, PORT=port))

        url = await stack.enter_async_context(proxy(folder, int(port)))
        trust = ssl.create_default_context(cafile=folder / "fullchain.pem")
        session = ClientSession(connector=TCPConnector(ssl=trust, limit=0), timeout=ClientTimeout(PATIENCE))
        await stack.enter_async_context(session)
        people = [Person(url, fake, session, now, user=f"U{number}") for number in range(PEOPLE)]
        running = [await start(address) for address in REPLICAS]
        heard = Heard()
        await asyncio.gather(load(people, heard, commands), trouble(running, start, commands / EACH_SECOND))
        closed = {path: (await session.get(url + path)).status for path in INSIDE}
        there = await kept(database)
        lost = [name for name in heard.acknowledged if not there[name]]
        doubled = [name for name, times in there.items() if times > 1]
        print(f"from outside: {closed}; /teams/about without Teams: {(await session.get(f'{url}/teams/about')).status}")  # noqa: T201
        print(  # noqa: T201
            f"{commands} commands at {EACH_SECOND}/s: {dict(heard.statuses)}, answered at once {heard.told}, "
            f"a moment later {sum('Added' in str(call.arguments) for call in fake.calls)}, "
            f"lost {len(lost)}, doubled {len(doubled)}, slowest {heard.slowest:.2f} s"
        )
        return int(bool(lost or doubled or set(closed.values()) != {404} or any(one.status for one in migrated)))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else 1800)))
