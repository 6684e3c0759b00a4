"""Signed slash commands against a server, counted and timed; the server's CPU is read from outside."""

import asyncio
import hashlib
import hmac
import itertools
import time
import urllib.parse
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import psutil

_SERIAL = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Load:
    """What one burst of commands cost: CPU seconds of the server per command, and every latency, sorted."""

    cpu: float
    latencies: tuple[float, ...]

    @property
    def p99(self) -> float:
        """The latency in seconds that one command in a hundred exceeds."""
        return self.latencies[int(len(self.latencies) * 0.99) - 1]


def signed(secret: str, text: str) -> tuple[bytes, dict[str, str]]:
    """Make one `/negotiate` delivery that no other repeats."""
    fields = {
        "token": "x", "team_id": "T1", "team_domain": "bench", "channel_id": "C1", "channel_name": "deals",
        "user_id": "U1", "user_name": "bench", "command": "/negotiate", "text": text, "api_app_id": "A1",
        "trigger_id": f"{next(_SERIAL)}.bench", "response_url": "http://127.0.0.1:9/response",
    }  # fmt: skip
    body = urllib.parse.urlencode(fields).encode()
    stamp = str(int(time.time()))  # noqa: TID251 - Slack signs the real time
    signature = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }
    return body, headers


@dataclass(frozen=True, slots=True)
class Target:
    """A running server, its process, and the secret it shares with Slack."""

    port: int
    pid: int
    secret: str


async def steadily(target: Target, text: str, commands: int, rate: int) -> Load:
    """Send `commands` at `rate` a second, whether or not earlier ones are answered: both servers get the same load.

    Without a rate the faster server would be measured on a busier machine.
    """
    requests = [signed(target.secret, text) for _ in range(commands)]

    async def paced(session: aiohttp.ClientSession) -> list[float]:
        began = asyncio.get_running_loop().time()
        tasks = []
        for number, request in enumerate(requests):
            await asyncio.sleep(began + number / rate - asyncio.get_running_loop().time())
            tasks.append(asyncio.create_task(_send(session, target, text, request)))
        return list(await asyncio.gather(*tasks))

    return await _measured(target, commands, paced, limit=0)


async def at_once(target: Target, text: str, commands: int, connections: int) -> Load:
    """Send `commands` over `connections`, each waiting for its answer before the next."""
    requests = [signed(target.secret, text) for _ in range(commands)]

    async def worker(session: aiohttp.ClientSession) -> list[float]:
        return [await _send(session, target, text, requests.pop()) for _ in range(commands // connections)]

    async def crowded(session: aiohttp.ClientSession) -> list[float]:
        found = await asyncio.gather(*(worker(session) for _ in range(connections)))
        return [latency for one in found for latency in one]

    return await _measured(target, commands, crowded, limit=connections)


async def _send(
    session: aiohttp.ClientSession, target: Target, text: str, request: tuple[bytes, dict[str, str]]
) -> float:
    body, headers = request
    began = time.perf_counter()
    async with session.post(f"http://127.0.0.1:{target.port}/slack/events", data=body, headers=headers) as response:
        answer = await response.read()
    if response.status != 200 or not answer:  # noqa: PLR2004
        raise RuntimeError(f"{text!r} was answered with {response.status} {answer[:200]!r}")
    return time.perf_counter() - began


async def _measured(
    target: Target, commands: int, drive: Callable[[aiohttp.ClientSession], Awaitable[list[float]]], limit: int
) -> Load:
    process = psutil.Process(target.pid)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=limit)) as session:
        before = sum(process.cpu_times()[:2])
        latencies = await drive(session)
        after = sum(process.cpu_times()[:2])
    return Load((after - before) / commands, tuple(sorted(latencies)))
