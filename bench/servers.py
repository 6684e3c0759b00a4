"""Servers as a supervisor would start and stop them."""

import asyncio
import contextlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, how long it took to answer `/readyz`, and its resident memory then."""

    pid: int
    port: int
    started_in: float
    memory: int


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.asynccontextmanager
async def serving(command: Sequence[str], port: int, environment: dict[str, str]) -> AsyncIterator[Server]:
    """Start a server, wait until it is ready, and stop it as a supervisor would."""
    began = time.perf_counter()
    log = tempfile.TemporaryFile()  # noqa: SIM115
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: ASYNC220, S603
    try:
        await until_ready(port, process, log)
        took = time.perf_counter() - began
        yield Server(process.pid, port, took, psutil.Process(process.pid).memory_info().rss)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


async def until_ready(port: int, process: subprocess.Popen[bytes], log: object) -> None:
    """Ask `/readyz` until it says yes; a server that ended instead is an error with its last words."""
    async with aiohttp.ClientSession() as session:
        while process.poll() is None:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:  # noqa: PLR2004
                        return
            await asyncio.sleep(0.01)
    log.seek(0)  # type: ignore[attr-defined]
    raise RuntimeError(log.read().decode()[-2000:])  # type: ignore[attr-defined]


def run_to_its_end(environment: Mapping[str, str], *words: str) -> None:
    """Run one of our commands."""
    subprocess.run([sys.executable, "app.py", *words], cwd=ROOT, env=environment, check=True)  # noqa: S603
