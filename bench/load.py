"""Signed slash commands against a server, counted and timed; the server's CPU is read from outside."""

import asyncio
import hashlib
import hmac
import itertools
import time
import urllib.parse
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


async def run(port: int, pid: int, secret: str, text: str, commands: int, connections: int) -> Load:
    """Send `commands` over `connections` at once, each waiting for its answer before the next."""
    latencies: list[float] = []
    requests = [signed(secret, text) for _ in range(commands)]

    async def worker(session: aiohttp.ClientSession) -> None:
        while requests:
            body, headers = requests.pop()
            began = time.perf_counter()
            async with session.post(f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers) as response:
                answer = await response.read()
            if response.status != 200 or not answer:  # noqa: PLR2004
                raise RuntimeError(f"{text!r} was answered with {response.status} {answer[:200]!r}")
            latencies.append(time.perf_counter() - began)

    process = psutil.Process(pid)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        before = sum(process.cpu_times()[:2])
        await asyncio.gather(*(worker(session) for _ in range(connections)))
        after = sum(process.cpu_times()[:2])
    return Load((after - before) / commands, tuple(sorted(latencies)))
