import hashlib
import inspect
import io
import json
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from bot.errors import InvalidInputError, SettingsError
from bot.teams.manifest import COACH_MESSAGE, COMMANDS, PACKAGE_VERSION, PERMISSIONS, SCHEMA_VERSION, manifest, package
from bot.terminal import manifest_teams
from handlers import grammar
from handlers import help as help_

HERE = Path(__file__).parent
GUIDE = HERE.parents[1] / "docs/install-in-teams.md"
SCHEMA = json.loads((HERE / f"schema/MicrosoftTeams.v{SCHEMA_VERSION}.schema.json").read_text())
BOT = "7f1f2a52-54c8-4f4c-9d24-2f4b6a1d7c10"
URL = "https://coach.example.com"
# What was once handed out under a version never changes: whoever changes it raises PACKAGE_VERSION and adds a line.
HANDED_OUT = {
    "1.0.0": "866fee14c5b010b1342e1839a2443c68d272052b260a4321d87da143a8af70fa",
    "1.1.0": "77f0bf548f39a9cb5bd4430f8a7634ac2156751e2af3f0e9fdc7b24213839b7a",
    "1.2.0": "2852876700d961bf4128ff8cb863b85e0dfb6006997618108650d3abf0137cd8",
    "1.3.0": "0315bc141477a50252f790846f433cef33f15098b034f13dac0b7beaa5e4c673",
}


def complaints(described: dict[str, Any]) -> list[str]:
    """Say what Microsoft's schema has against a manifest."""
    return [f"{error.json_path}: {error.message}" for error in Draft4Validator(SCHEMA).iter_errors(described)]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("url", [URL, f"{URL}/", f"{URL}:8443/sales", f"https://{'long-name.' * 20}example.com"])
def test_microsofts_schema_takes_the_manifest(url: str) -> None:
    described = manifest(BOT, url)
    assert complaints(described) == []
    # The draft that the schema is written in doesn't know `const`.
    assert described["manifestVersion"] == SCHEMA["properties"]["manifestVersion"]["const"]


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "coach"},
        {"icons": {"color": "color.png"}},
        {"bots": [{"botId": BOT, "scopes": ["personal", "groupchat"]}]},
        {"accentColor": "green"},
        {"name": {"short": "A name that has more than thirty characters"}},
        {"slash": "/negotiate"},
    ],
    ids=lambda broken: str(next(iter(broken))),
)
def test_the_schema_would_notice(broken: dict[str, Any]) -> None:
    assert complaints(manifest(BOT, URL) | broken)


def test_the_package_holds_the_manifest_and_the_icons_it_names() -> None:
    files = unpacked(package(BOT, URL))
    described = json.loads(files["manifest.json"])
    assert described == manifest(BOT, URL)
    assert set(files) == {"manifest.json", *described["icons"].values()}


def test_the_colour_icon_is_a_full_square() -> None:
    icon = unpacked(package(BOT, URL))["color.png"]
    assert size_of(icon) == (192, 192)
    assert icon[25] == 2  # red, green, blue, and nothing to see through


def test_the_outline_icon_is_white_on_nothing() -> None:
    icon = unpacked(package(BOT, URL))["outline.png"]
    assert size_of(icon) == (32, 32)
    start = icon.index(b"IDAT")
    (length,) = struct.unpack(">I", icon[start - 4 : start])
    drawn = zlib.decompress(icon[start + 4 : start + 4 + length])
    # The file is written without row filters, so that its points can be read as they are.
    rows = [drawn[n : n + 129] for n in range(0, len(drawn), 129)]
    assert {row[0] for row in rows} == {0}
    points = [row[n : n + 4] for row in rows for n in range(1, 129, 4)]
    assert {point[:3] for point in points} == {b"\xff\xff\xff"}
    assert {point[3] for point in points} >= {0, 255}


def test_the_same_package_is_the_same_bytes() -> None:
    assert package(BOT, URL) == package(BOT, f"{URL}/")
    assert package(BOT.upper(), URL) == package(BOT, URL)
    with zipfile.ZipFile(io.BytesIO(package(BOT, URL))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_changed_package_has_a_new_version() -> None:
    assert hashlib.sha256(package(BOT, URL)).hexdigest() == HANDED_OUT[PACKAGE_VERSION]


def test_the_command_line_hands_out_that_version_unless_told() -> None:
    default = inspect.signature(manifest_teams).parameters["version"].default
    assert default == PACKAGE_VERSION


def test_a_messages_menu_brings_it_to_the_same_bot() -> None:
    described = manifest(BOT, URL)
    (extension,) = described["composeExtensions"]
    assert extension["botId"] == described["bots"][0]["botId"]
    (command,) = extension["commands"]
    assert (command["id"], command["type"], command["fetchTask"]) == (COACH_MESSAGE, "action", True)
    # Teams offers it nowhere else: there would be no message to quote.
    assert command["context"] == ["message"]


def test_each_bot_has_its_own_app_and_keeps_it() -> None:
    first, later = manifest(BOT, URL), manifest(BOT, "https://moved.example.com", "2.0.0")
    second = manifest("00000000-0000-0000-0000-000000000001", URL)
    assert first["id"] == later["id"] == "b82f126a-3968-56e7-978f-f31a46d3ede6"
    assert len({first["id"], second["id"], BOT}) == 3


def test_each_menu_has_at_most_ten_entries_and_each_scope_one_menu() -> None:
    (bot,) = manifest(BOT, URL)["bots"]
    menus = bot["commandLists"]
    assert sorted(scope for menu in menus for scope in menu["scopes"]) == sorted(bot["scopes"])
    assert all(len(menu["commands"]) <= 10 for menu in menus)
    # Longer ones are cut off in the menu.
    assert all(len(command["description"]) <= 128 for menu in menus for command in menu["commands"])


def test_the_menu_offers_what_keeps_a_word_and_help_names_the_rest() -> None:
    assert {"promise", "checkins", "recover", "won"} <= COMMANDS.keys()
    shown = " ".join(command for command, _ in help_.COMMANDS)
    assert all(verb in shown for verb in (*COMMANDS.keys() - {"help"}, "tip", "settings"))


@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_each_menu_entry_is_understood_with_and_without_its_example(verb: str) -> None:
    _, _, example = COMMANDS[verb].partition(": ")
    for typed in filter(None, (verb, example)):
        request = grammar.read(typed)
        assert request
        assert request.verb == verb


def test_no_more_is_asked_for_than_the_guide_explains() -> None:
    described = manifest(BOT, URL)
    assert described["permissions"] == list(PERMISSIONS)
    # No channel is read along, no graph asked, no page embedded, nobody signed in.
    assert described.keys().isdisjoint({"authorization", "webApplicationInfo", "validDomains", "devicePermissions"})
    assert set(re.findall(r"^\| `(\w+)` \|", GUIDE.read_text(), re.MULTILINE)) >= set(PERMISSIONS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "coach.example.com",
        "http://coach.example.com",
        "https://",
        "https://coach.example.com?x=1",
        "https://coach.example.com/#x",
        "https://me:secret@coach.example.com",
        "https://coach example.com",
        "https://coach.example.com:port",
        "https://[coach",
    ],
)
def test_an_address_nobody_could_reach_is_refused(url: str) -> None:
    with pytest.raises(InvalidInputError, match="public address"):
        manifest(BOT, url)


@pytest.mark.parametrize(
    ("app_id", "said"), [("", "not set"), ("coach", "not a bot's id"), ("7f1f2a52", "not a bot's")]
)
def test_an_id_that_is_no_bots_is_refused(app_id: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        package(app_id, URL)


def test_a_long_host_is_named_by_its_end() -> None:
    assert manifest(BOT, URL)["developer"]["name"] == "coach.example.com"
    long = manifest(BOT, "https://negotiation-coach.sales.europe.example.com")
    assert long["developer"]["name"] == "sales.europe.example.com"
