"""What an operator or a newcomer can set or type is written down, and nothing that isn't there."""

import re
from pathlib import Path

import pytest
from dotenv import dotenv_values
from typer.core import TyperGroup
from typer.main import get_command

from bot.coach.access import lines
from bot.settings import TABLE, Setting, read
from bot.terminal import command_line
from store.retention import OVER
from store.tables import METADATA

ROOT = Path(__file__).parents[1]
COMPANY = ROOT / "docs" / "run-it-for-a-company.md"
README = ROOT / "README.md"
EXAMPLE = ROOT / ".env.example"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMES = {setting.name for setting in TABLE}


def commands() -> list[str]:
    group = get_command(command_line)
    assert isinstance(group, TyperGroup)
    return sorted(group.commands)


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: str(setting.name))
def test_every_setting_is_explained_with_its_default(setting: Setting) -> None:
    row = re.search(rf"^\| `{setting.name}` \| (.+?) \| .+ \|$", COMPANY.read_text(), re.MULTILINE)
    assert row, f"{setting.name} has no line in {COMPANY.name}"
    assert row[1] == (f"`{setting.default}`" if setting.default else "not set")


def test_no_setting_is_explained_that_does_not_exist() -> None:
    assert set(re.findall(r"^\| `([A-Z][A-Z_]+)` \|", COMPANY.read_text(), re.MULTILINE)) == NAMES


def test_the_example_file_has_every_setting_with_its_default_and_no_other() -> None:
    values = dotenv_values(EXAMPLE, interpolate=False)
    assert values == {setting.name: setting.default for setting in TABLE}


def test_the_example_file_can_be_used_as_it_is() -> None:
    assert read({}, EXAMPLE) == read({}, ROOT / "no-such-file")


@pytest.mark.parametrize("command", commands())
def test_every_command_is_explained(command: str) -> None:
    for page in (README, COMPANY):
        assert f"app.py {command}" in page.read_text(), f"{command} is missing in {page.name}"


def test_no_command_is_explained_that_does_not_exist() -> None:
    written = {word for page in PAGES for word in re.findall(r"app\.py ([a-z][a-z-]*)", page.read_text())}
    assert written <= set(commands())


def test_every_make_target_that_is_written_about_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    written = {word for page in PAGES for word in re.findall(r"`make ([a-z]+)`", page.read_text())}
    assert written <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_every_table_is_in_the_privacy_page(table: str) -> None:
    assert f"| `{table}` |" in (ROOT / "docs" / "privacy.md").read_text()


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_the_privacy_page_says_of_every_table_whether_it_goes_by_itself(table: str) -> None:
    row = re.search(rf"^\| `{table}` \| .+ \| .+ \| (.+) \|$", (ROOT / "docs" / "privacy.md").read_text(), re.MULTILINE)
    assert row
    goes = not re.match(r"no\b|with |within |after ", row[1])
    assert goes == (table in {over.name for over in OVER})


def test_who_may_see_what_stands_in_the_privacy_page_as_the_code_asks_it() -> None:
    rows = [f"| {line.who} | {line.sees_or_does} | {line.when} | {line.noted} |" for line in lines()]
    table = "\n".join(["| who | sees or does | when | written down |", "|---|---|---|---|", *rows])
    assert f"\n\n{table}\n\n" in (ROOT / "docs" / "privacy.md").read_text()
