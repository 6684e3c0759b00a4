"""Slack's own TypeScript types, over every golden and the manifest: no unknown property, no wrong type."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.slack.manifest import manifest
from tests.e2e.tools import MODULES, NODE, ROOT, TOOLS

GOLDENS = sorted((ROOT / "tests/golden/block_kit").glob("*.json"))
HEAD = """\
import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { AppsManifestCreateArguments } from "@slack/web-api";
interface Point { label: string; value: number }
interface Series { name: string; data: Point[] }
interface Pie { type: "pie"; segments: Point[] }
interface Axes { type: "bar" | "line"; series: Series[]; axis_config: { categories: string[] } }
// Newer than Slack's types; as its documentation says.
interface DataVisualization { type: "data_visualization"; title: string; chart: Pie | Axes; block_id?: string }
interface Message { text: string; blocks: (KnownBlock | DataVisualization)[] }
"""
CONFIG = {
    "compilerOptions": {"strict": True, "noEmit": True, "skipLibCheck": True, "module": "nodenext", "types": []},
    "include": ["*.ts"],
}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder beside the types, so that the compiler finds them."""
    with TemporaryDirectory(dir=TOOLS) as name:
        folder = Path(name)
        (folder / "tsconfig.json").write_text(json.dumps(CONFIG))
        yield folder


def complaints(folder: Path) -> list[str]:
    compiler = MODULES / "typescript/bin/tsc"
    done = subprocess.run([NODE, compiler, "-p", folder], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def declared(name: str, value: object) -> str:
    kind = "Message[]" if isinstance(value, list) else "ModalView"
    if isinstance(value, dict) and value.get("type") == "home":
        kind = "HomeView"
    return f"export const {name}: {kind} = {json.dumps(value)};\n"


def test_every_golden_is_what_slack_types_say(folder: Path) -> None:
    assert len(GOLDENS) > 20
    for golden in GOLDENS:
        text = HEAD + declared(golden.stem if golden.stem.isidentifier() else "value", json.loads(golden.read_text()))
        (folder / f"{golden.stem}.ts").write_text(text)
    assert complaints(folder) == []


@pytest.mark.parametrize("url", ["https://coach.example", ""])
def test_the_manifest_is_what_slack_types_say(folder: Path, url: str) -> None:
    kind = 'AppsManifestCreateArguments["manifest"]'
    (folder / "manifest.ts").write_text(f"{HEAD}export const app: {kind} = {json.dumps(manifest(url))};\n")
    assert complaints(folder) == []


def test_the_compiler_would_notice(folder: Path) -> None:
    wrong = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [{"type": "header", "tezt": 1}]}
    (folder / "wrong.ts").write_text(HEAD + declared("wrong", wrong))
    assert complaints(folder)
