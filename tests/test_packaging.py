"""What is installed is whole: the words, the pages and the migrations come along."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "content", "handlers", "store")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_every_file_of_every_room_is_in_the_wheel(wheel: set[str]) -> None:
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()]
    ours = {str(path.relative_to(ROOT)) for path in paths if "__pycache__" not in path.parts}
    assert ours | {"app.py"} <= wheel
    assert {"content/playbook/clarity.toml", "store/migrations/env.py"} <= wheel


def test_nothing_else_is_in_the_wheel(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel if "dist-info" not in name} == {*ROOMS, "app.py"}
