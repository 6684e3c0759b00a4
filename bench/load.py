"""What a platform delivers, sent to a server, counted and timed; the server's CPU is read from outside."""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
import urllib.parse
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import aiohttp
import psutil

Delivery: TypeAlias = tuple[bytes, dict[str, str]]

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


def signed(secret: str, text: str, user: str = "U1") -> Delivery:
    """Make one `/negotiate` delivery of Slack's that no other repeats."""
    fields = {
        "token": "x", "team_id": "T1", "team_domain": "bench", "channel_id": "C1", "channel_name": "deals",
        "user_id": user, "user_name": "bench", "command": "/negotiate", "text": text, "api_app_id": "A1",
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


def said(service_url: str, text: str) -> Delivery:
    """Make one message of somebody in Teams that no other repeats."""
    activity = {
        "type": "message", "id": f"{next(_SERIAL)}", "timestamp": "2026-11-24T09:00:00.000Z", "channelId": "msteams",
        "serviceUrl": service_url, "from": {"id": "29:1-bench", "name": "Bench"}, "text": text, "textFormat": "plain",
        "recipient": {"id": "28:bot", "name": "Negotiation Coach"}, "locale": "en-GB", "localTimezone": "Europe/Berlin",
        "conversation": {"id": "a:1-bench", "conversationType": "personal", "tenantId": "bench-tenant"},
        "channelData": {"tenant": {"id": "bench-tenant"}},
        "entities": [{"type": "clientInfo", "locale": "en-GB", "platform": "Web", "timezone": "Europe/Berlin"}],
    }  # fmt: skip
    return json.dumps(activity).encode(), {"Content-Type": "application/json; charset=utf-8"}


async def _at_once_all_is_done(_deliveries: int) -> None:
    """Where the response is the whole answer, nothing is left to wait for."""


@dataclass(frozen=True, slots=True)
class Target:
    """A running server: its address and process, how to write to it, and how to wait until so many are all answered."""

    url: str
    pid: int
    delivery: Callable[[str], Delivery]
    answered: Callable[[int], Awaitable[None]] = _at_once_all_is_done


async def steadily(target: Target, text: str, commands: int, rate: int) -> Load:
    """Send `commands` at `rate` a second, whether or not earlier ones are answered: both servers get the same load.

    Without a rate the faster server would be measured on a busier machine.
    """
    requests = [target.delivery(text) for _ in range(commands)]

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
    requests = [target.delivery(text) for _ in range(commands)]

    async def worker(session: aiohttp.ClientSession) -> list[float]:
        return [await _send(session, target, text, requests.pop()) for _ in range(commands // connections)]

    async def crowded(session: aiohttp.ClientSession) -> list[float]:
        found = await asyncio.gather(*(worker(session) for _ in range(connections)))
        return [latency for one in found for latency in one]

    return await _measured(target, commands, crowded, limit=connections)


async def _send(session: aiohttp.ClientSession, target: Target, text: str, request: Delivery) -> float:
    body, headers = request
    began = time.perf_counter()
    async with session.post(target.url, data=body, headers=headers) as response:
        answer = await response.read()
    if not response.ok:
        raise RuntimeError(f"{text!r} was answered with {response.status} {answer[:200]!r}")
    return time.perf_counter() - began


async def _measured(
    target: Target, commands: int, drive: Callable[[aiohttp.ClientSession], Awaitable[list[float]]], limit: int
) -> Load:
    process = psutil.Process(target.pid)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=limit)) as session:
        before = sum(process.cpu_times()[:2])
        latencies = await drive(session)
        await target.answered(commands)
        after = sum(process.cpu_times()[:2])
    return Load((after - before) / commands, tuple(sorted(latencies)))
