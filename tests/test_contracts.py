"""Each rule about who may import whom is broken once, in a copy, to see it caught."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.program import unmeasured

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "content", "handlers", "store")
LINTER = Path(sys.executable).with_name("lint-imports")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS: list[dict[str, Any]] = SETTINGS["contracts"]

LAYERS = "Rooms lie in layers and siblings don't know each other"
BREACHES = [
    (LAYERS, "bot/slack/__init__.py", "import bot.web"),
    (LAYERS, "bot/web/__init__.py", "import handlers.router"),
    (LAYERS, "bot/teams/__init__.py", "from bot.slack import block_kit"),
    (LAYERS, "bot/clock.py", "import handlers"),
    (LAYERS, "handlers/help.py", "import bot.clock"),
    (LAYERS, "bot/courier/rounds.py", "import handlers"),
    (LAYERS, "bot/clock.py", "import bot.courier"),
    (LAYERS, "bot/slack/way.py", "from bot import house"),
    (LAYERS, "store/__init__.py", "import handlers"),
    (LAYERS, "store/__init__.py", "import content"),
    (LAYERS, "content/library.py", "import store"),
    (LAYERS, "bot/chat/cards.py", "import content.library"),
    (LAYERS, "bot/coach/deals.py", "from bot.chat import cards"),
    (LAYERS, "bot/errors.py", "import bot.coach"),
    (LAYERS, "bot/telemetry.py", "import bot.errors"),
    (LAYERS, "bot/redaction.py", "import bot.telemetry"),
    ("Nobody imports app", "handlers/help.py", "import app"),
    ("Nobody imports app", "bot/settings.py", "import app"),
    ("The house opens to any platform and knows none", "bot/house.py", "from bot.slack.way import SlackWay"),
    ("Only app imports the settings", "bot/house.py", "from bot.settings import Settings"),
    ("Only app imports the settings", "bot/slack/__init__.py", "from bot.settings import Settings"),
    ("Only app imports the settings", "store/__init__.py", "import bot.settings"),
    ("Slack's libraries only in bot.slack", "handlers/help.py", "import slack_sdk"),
    ("Slack's libraries only in bot.slack", "bot/web/__init__.py", "from slack_bolt.async_app import AsyncApp"),
    ("Bot Framework's libraries only in bot.teams", "bot/slack/__init__.py", "import botbuilder.core"),
    ("SQL only in store", "handlers/help.py", "import sqlalchemy"),
    ("SQL only in store", "bot/slack/__init__.py", "from sqlmodel import select"),
    ("SQL only in store", "content/library.py", "import sqlite3"),
    ("The scheduler only in bot.clock", "handlers/help.py", "from apscheduler.schedulers import asyncio"),
    ("HTTP only in the doors", "handlers/help.py", "import aiohttp"),
    ("HTTP only in the doors", "store/__init__.py", "from aiohttp import web"),
    ("Measurements only through bot.telemetry", "handlers/router.py", "import prometheus_client"),
    (LAYERS, "bot/drawing/paint.py", "import bot.slack.elements"),
    (LAYERS, "bot/chat/scatter.py", "import bot.drawing"),
    ("Pictures are painted only in bot.drawing", "bot/web/scatter.py", "from PIL import Image"),
    ("Pictures are painted only in bot.drawing", "bot/chat/plot.py", "import PIL.ImageFont"),
    ("Judgement is pure", "bot/coach/deals.py", "import os"),
    ("Judgement is pure", "bot/coach/deals.py", "import asyncio"),
    ("Judgement is pure", "bot/coach/deals.py", "from random import choice"),
    ("Judgement is pure", "bot/coach/deals.py", "import logging"),
    ("Judgement is pure", "bot/coach/deals.py", "import structlog"),
    ("Judgement is pure", "bot/coach/deals.py", "from bot import telemetry"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code without anything else, to be spoiled."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("app.py", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


def broken_in(tree: Path) -> list[str]:
    """Name the contracts that the linter finds broken there."""
    done = subprocess.run(
        [LINTER, "--no-cache"], cwd=tree, env=unmeasured(), capture_output=True, text=True, check=False
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    broken = re.findall(r"^(.+?) BROKEN", done.stdout, re.MULTILINE)
    assert (done.returncode == 0) == (not broken)
    return broken


def test_the_code_as_it_is_keeps_every_contract(copy: Path) -> None:
    assert broken_in(copy) == []


@pytest.mark.parametrize(("contract", "file", "line"), BREACHES, ids=lambda value: str(value).replace("/", "."))
def test_an_import_that_crosses_a_line_is_caught(copy: Path, contract: str, file: str, line: str) -> None:
    path = copy / file
    path.write_text(f"{path.read_text()}\n\n{line}\n")
    assert contract in broken_in(copy)


def test_every_contract_is_broken_once_here() -> None:
    assert {contract["name"] for contract in CONTRACTS} == {contract for contract, _, _ in BREACHES}


def test_no_room_is_forgotten_in_a_contract() -> None:
    inside = {f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if path.name[0] not in "_."}
    rooms = inside | set(ROOMS) - {"bot"}
    layers = {name.strip(" ()") for line in CONTRACTS[0]["layers"] for name in line.split("|")}
    assert rooms - layers == {"bot.settings"}
    for contract in CONTRACTS[1:]:
        owner = set(re.findall(r"bot\.\w+|store$", contract["name"]))
        sources = set(contract["source_modules"])
        if "only" in contract["name"]:
            assert rooms - sources - owner <= {"bot.settings", "bot.slack", "bot.teams", "bot.web"}, contract["name"]
