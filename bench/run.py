"""Measures the coach beside a bare Bolt app, in one run, and prints ratios.

`python bench/run.py` writes `var/bench.json` as `{name: {ours, reference, ratio, unit}}`. Rounds
alternate between the two servers, so that a slow moment of the machine falls on both.
"""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import aiohttp
import load
import psutil
import slack_stub

ROOT = Path(__file__).parents[1]
ROUNDS = 7
COMMANDS = 600
# Commands a second: a busy morning of a large company.
RATE = 200
CONNECTIONS = 50
DEALS = 10_000
REPS = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement of ours beside its reference."""

    ours: float
    reference: float
    ratio: float
    unit: str


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


def our_environment(folder: Path, api: int, port: int, secret: str) -> dict[str, str]:
    """The settings of one Slack workspace over HTTP, on a database of its own."""
    return {
        "PATH": os.environ["PATH"],
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db",
        "SLACK_SIGNING_SECRET": secret,
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_API_URL": f"http://127.0.0.1:{api}/api/",
    }


def fill_store(folder: Path, environment: dict[str, str]) -> None:
    """Import 10,000 deals of 40 reps, the way a company would."""
    rows = ["Deal Name,Company,Amount,Currency,Close Date,Owner Email"]
    rows += [
        f"{name} renewal {number},{name},{number + 1000},EUR,2027-0{number % 9 + 1}-15,{owner}"
        for number in range(DEALS - 1)
        for name in [f"Client{number:05}"]
        for owner in ["bench@example.com" if number % REPS == 0 else f"rep{number % REPS}@example.com"]
    ]
    rows.append("Acme renewal,Acme,48000,EUR,2027-06-30,bench@example.com")
    file = folder / "deals.csv"
    file.write_text("\n".join(rows))
    for command in (["migrate"], ["import-deals", str(file), "--tenant", slack_stub.TEAM]):
        subprocess.run([sys.executable, "app.py", *command], cwd=ROOT, env=environment, check=True)  # noqa: S603


async def compare(name: str, text: str, ours: load.Target, bare: load.Target) -> dict[str, Figure]:
    """Measure one command on both servers, round by round in turn: CPU calm and busy, and the tail of a crowd."""
    found: dict[str, list[tuple[float, float]]] = {"one by one": [], f"at {RATE}/s": [], "p99": []}
    for one in (ours, bare):
        await load.at_once(one, text, COMMANDS, CONNECTIONS)
    for _ in range(ROUNDS):
        calm = [await load.at_once(one, text, COMMANDS // 4, 1) for one in (ours, bare)]
        busy = [await load.steadily(one, text, COMMANDS, RATE) for one in (ours, bare)]
        crowd = [await load.at_once(one, text, COMMANDS, CONNECTIONS) for one in (ours, bare)]
        found["one by one"].append((calm[0].cpu * 1000, calm[1].cpu * 1000))
        found[f"at {RATE}/s"].append((busy[0].cpu * 1000, busy[1].cpu * 1000))
        found["p99"].append((crowd[0].p99 * 1000, crowd[1].p99 * 1000))
    return {
        f"{name}: server CPU, one by one": figure(found["one by one"], "ms"),
        f"{name}: server CPU at {RATE}/s": figure(found[f"at {RATE}/s"], "ms"),
        f"{name}: p99 of {CONNECTIONS} at once": figure(found["p99"], "ms"),
    }


def figure(pairs: Sequence[tuple[float, float]], unit: str) -> Figure:
    """Take medians, and the median of the ratios pair by pair."""
    ours, reference = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    return Figure(round(ours, 3), round(reference, 3), round(ratio, 2), unit)


async def measure() -> dict[str, Figure]:
    """Run everything."""
    secret = secrets.token_hex(16)
    api, api_port = await slack_stub.start()
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as name:
        folder, port, bare_port = Path(name), free_port(), free_port()
        environment = our_environment(folder, api_port, port, secret)
        fill_store(folder, environment)
        bare_command = [sys.executable, "bench/bare.py", str(bare_port), secret]
        async with (
            serving([sys.executable, "app.py", "serve"], port, environment) as ours,
            serving(bare_command, bare_port, {"PATH": os.environ["PATH"]}) as bare,
        ):
            figures["cold start to ready"] = figure([(ours.started_in, bare.started_in)], "s")
            figures[f"resident memory, {DEALS:,} deals"] = figure([(ours.memory / 2**20, bare.memory / 2**20)], "MiB")
            ours_target, bare_target = (load.Target(one.port, one.pid, secret) for one in (ours, bare))
            for text in ("tip", "prep acme"):
                figures |= await compare(f"/negotiate {text}", text, ours_target, bare_target)
    await api.cleanup()
    return figures


def show(figures: dict[str, Figure]) -> None:
    """Print the table and keep it for machines."""
    print(f"{'':38} {'ours':>10} {'bare Bolt':>10} {'ratio':>7}")  # noqa: T201
    for name, one in figures.items():
        print(f"{name:38} {one.ours:>7.2f} {one.unit:<3}{one.reference:>7.2f} {one.unit:<3}{one.ratio:>6.2f}")  # noqa: T201
    (ROOT / "var").mkdir(exist_ok=True)
    kept = {name: asdict(one) for name, one in figures.items()}
    (ROOT / "var" / "bench.json").write_text(json.dumps(kept, indent=2))


if __name__ == "__main__":
    show(asyncio.run(measure()))
