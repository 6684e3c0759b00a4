"""The coach in Slack beside the smallest Bolt app, one that acknowledges a command with a constant."""

import os
import secrets
import sys
import tempfile
from functools import partial
from pathlib import Path

import load
import slack_stub
from figures import Figure, Pair, compare, figure
from servers import Server, free_port, run_to_its_end, serving

COMMANDS = 600
# Commands a second: a busy morning of a large company.
RATE = 200
DEALS = 10_000
REPS = 40


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
    run_to_its_end(environment, "migrate")
    run_to_its_end(environment, "import-deals", str(file), "--tenant", slack_stub.TEAM)


async def measure() -> dict[str, Figure]:
    """Start both and compare."""
    secret = secrets.token_hex(16)
    api, api_port = await slack_stub.start()
    with tempfile.TemporaryDirectory() as name:
        folder, port, bare_port = Path(name), free_port(), free_port()
        environment = our_environment(folder, api_port, port, secret)
        fill_store(folder, environment)
        bare_command = [sys.executable, "bench/slack_bare.py", str(bare_port), secret]
        async with (
            serving([sys.executable, "app.py", "serve"], port, environment) as ours,
            serving(bare_command, bare_port, {"PATH": os.environ["PATH"]}) as bare,
        ):
            figures = {
                "cold start to ready": figure([(ours.started_in, bare.started_in)], "s"),
                f"resident memory, {DEALS:,} deals": figure([(ours.memory / 2**20, bare.memory / 2**20)], "MiB"),
            }
            pair = Pair(_target(ours, secret), _target(bare, secret), RATE, COMMANDS)
            for text in ("tip", "prep acme"):
                figures |= await compare(f"/negotiate {text}", text, pair)
    await api.cleanup()
    return figures


def _target(server: Server, secret: str) -> load.Target:
    return load.Target(f"http://127.0.0.1:{server.port}/slack/events", server.pid, partial(load.signed, secret))
