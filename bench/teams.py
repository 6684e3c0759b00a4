"""The coach in Teams beside the Bot Framework SDK's own adapter, both answering a message with the same card."""

import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

import load
from figures import Figure, Pair, compare, figure
from servers import Server, free_port, run_to_its_end, serving
from teams_stub import Connector

MESSAGES = 200
# Messages a second: more, and the reference falls behind.
RATE = 20


async def measure() -> dict[str, Figure]:
    """Start both and compare. Neither checks tokens: it is the receiving and sending that is measured."""
    connectors = Connector(), Connector()
    runners = [await one.start() for one in connectors]
    with tempfile.TemporaryDirectory() as name:
        folder, port, stock_port = Path(name), free_port(), free_port()
        environment = _environment(folder, port)
        run_to_its_end(environment, "migrate")
        async with serving([sys.executable, "app.py", "serve"], port, environment) as ours:
            target = _target(ours, connectors[0])
            await load.at_once(target, "tip", 1, 1)
            card = folder / "card.json"
            card.write_text(json.dumps(connectors[0].card))
            stock_command = [sys.executable, "bench/teams_stock.py", str(stock_port), str(card)]
            async with serving(stock_command, stock_port, {"PATH": os.environ["PATH"]}) as stock:
                figures = {
                    "Teams: cold start to ready": figure([(ours.started_in, stock.started_in)], "s"),
                    "Teams: resident memory": figure([(ours.memory / 2**20, stock.memory / 2**20)], "MiB"),
                }
                figures |= await compare(
                    "Teams: tip", "tip", Pair(target, _target(stock, connectors[1]), RATE, MESSAGES)
                )
                opened = len(connectors[0].connections), len(connectors[1].connections)
                figures["Teams: connections opened for that"] = figure([opened], "")
    for runner in runners:
        await runner.cleanup()
    return figures


def _environment(folder: Path, port: int) -> dict[str, str]:
    """The settings of the emulator's mode, on a database of its own."""
    return {
        "PATH": os.environ["PATH"],
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db",
        "TEAMS_UNAUTHENTICATED": "1",
    }


def _target(server: Server, connector: Connector) -> load.Target:
    delivery = partial(load.said, f"http://127.0.0.1:{connector.port}/")
    return load.Target(f"http://127.0.0.1:{server.port}/api/messages", server.pid, delivery, connector.answered)
