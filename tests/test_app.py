"""The command line, run as the operator runs it."""

import json
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from bot.slack.manifest import SCOPES
from bot.terminal import command_line
from tests.doors import serving
from tests.program import Operator, free_port
from tests.slack.platform import FakeSlack

ONE_WORKSPACE = {"SLACK_SIGNING_SECRET": "signing-s3cret", "SLACK_BOT_TOKEN": "xoxb-s3cret"}
DEALS = "id,name,client,value,currency,close date,owner\n1,Acme renewal,Acme,48000,EUR,2027-06-30,ann@example.com\n"
# One of each kind; tests/bot/test_settings.py has them all.
WRONG = {
    "a port that is no number": ("PORT", {"PORT": "three"}),
    "another kind of database": ("DATABASE_URL", {"DATABASE_URL": "mysql://root:s3cret@db/coach"}),
    "too few days to keep things": ("RETENTION_DAYS", {"RETENTION_DAYS": "7"}),
    "half of Teams": ("TEAMS_APP_PASSWORD", {"TEAMS_APP_ID": "1"}),
}


def commands(group: TyperGroup, *before: str) -> Iterator[tuple[str, ...]]:
    """Give every command there is, and every group of them."""
    yield before
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, *before, name)
        else:
            yield (*before, name)


def every_command() -> list[tuple[str, ...]]:
    group = get_command(command_line)
    assert isinstance(group, TyperGroup)
    return list(commands(group))


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """Somebody who has set nothing."""
    return Operator(tmp_path)


@pytest.fixture
async def migrated(operator: Operator) -> Operator:
    """Somebody whose database has its tables."""
    operator.migrates()
    return operator


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack(scopes=",".join(SCOPES))
    async with serving(fake.app()) as fake.url:
        yield fake


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(command_line, [*command, "--help"], prog_name="app.py")
    assert (done.exit_code, done.stderr) == (0, "")
    assert " ".join(("Usage: app.py", *command)) in done.stdout


async def test_the_program_explains_itself_and_leaves_nothing_behind(operator: Operator) -> None:
    done = await operator.runs("--help")
    assert (done.status, done.err) == (0, "")
    assert "Usage: app.py" in done.out
    assert operator.left_behind() == set()


async def test_serving_without_settings_says_in_one_line_what_to_set(operator: Operator) -> None:
    done = await operator.runs("serve")
    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    for named in ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "python app.py try"):
        assert named in done.err


@pytest.mark.parametrize(("named", "settings"), WRONG.values(), ids=WRONG)
async def test_a_wrong_setting_stops_serving_in_one_line(
    operator: Operator, named: str, settings: dict[str, str]
) -> None:
    done = await operator.runs("serve", **settings)
    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith(named)
    assert "s3cret" not in done.err


async def test_settings_are_read_from_a_file_beside_the_program_too(operator: Operator) -> None:
    (operator.folder / ".env").write_text("PORT=three\n")
    done = await operator.runs("serve")
    assert (done.status, done.err.startswith("PORT ")) == (2, True)


@pytest.mark.parametrize(
    ("content", "named"), [(b'id = "balance"\ntitle = \n', "line 2"), ("id = 'Söhne'".encode("latin-1"), "UTF-8")]
)
async def test_a_broken_playbook_stops_serving_with_its_file(operator: Operator, content: bytes, named: str) -> None:
    (operator.folder / "ours.toml").write_bytes(content)
    done = await operator.runs("serve", **ONE_WORKSPACE, PLAYBOOK_DIR=str(operator.folder))
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert "ours.toml" in done.err
    assert named in done.err


async def test_migrating_twice_is_as_good_as_once(operator: Operator) -> None:
    for _ in range(2):
        done = await operator.runs("migrate")
        assert (done.status, done.out, done.err) == (0, "The database has the present schema.\n", "")
    assert operator.asks("SELECT count(*) FROM deals") == [(0,)]


async def test_a_database_of_a_newer_coach_is_left_alone(migrated: Operator) -> None:
    migrated.asks("UPDATE alembic_version SET version_num = '9999'")
    done = await migrated.runs("migrate")
    assert done.status == 2
    assert "a newer coach has migrated" in done.err
    assert len(done.err.splitlines()) == 1
    assert migrated.asks("SELECT version_num FROM alembic_version") == [("9999",)]


@pytest.mark.parametrize("command", ["migrate", "try"])
async def test_a_database_that_cannot_be_opened_is_named(operator: Operator, command: str) -> None:
    url = f"sqlite+aiosqlite:///{operator.folder}/nowhere/coach.db"
    done = await operator.runs(command, DATABASE_URL=url, PORT=str(free_port()))
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert "DATABASE_URL" in done.err


async def test_who_looked_is_printed_and_nothing_where_nobody_did(migrated: Operator) -> None:
    done = await migrated.runs("audit", "--tenant", "T1", "--days", "7")
    assert (done.status, done.out, done.err) == (0, "Nothing was written down in that time.\n", "")


async def test_who_looked_can_be_asked_only_of_days_there_were(migrated: Operator) -> None:
    for days in ("0", "-1", "99999999999"):
        assert (await migrated.runs("audit", "--days", days)).status == 2


async def test_deals_are_imported_once_however_often_the_file_is(migrated: Operator) -> None:
    (migrated.folder / "deals.csv").write_text(DEALS)
    said = [(await migrated.runs("import-deals", "deals.csv", "--tenant", "T1")).out for _ in range(2)]
    assert said == ["1 added, 0 changed, 0 unchanged in T1.\n", "0 added, 0 changed, 1 unchanged in T1.\n"]
    assert migrated.asks("SELECT tenant, name FROM deals") == [("T1", "Acme renewal")]


async def test_one_bad_row_keeps_every_deal_out_and_each_is_named(migrated: Operator) -> None:
    rows = "2,Globex,,much,EUR,,ann@example.com\n3,,,,,,ann@example.com\n"
    (migrated.folder / "deals.csv").write_text(DEALS + rows)
    done = await migrated.runs("import-deals", "deals.csv", "--tenant", "T1")
    assert (done.status, done.out) == (2, "")
    bad = done.err.splitlines()
    assert [line[:6] for line in bad] == ["row 3:", "row 4:", "2 bad "]
    assert "nothing was imported" in bad[-1]
    assert migrated.asks("SELECT count(*) FROM deals") == [(0,)]


async def test_deals_without_a_workspace_are_not_imported(migrated: Operator) -> None:
    (migrated.folder / "deals.csv").write_text(DEALS)
    done = await migrated.runs("import-deals", "deals.csv")
    assert done.status == 2
    assert "--tenant" in done.err


async def test_deals_go_to_the_workspace_of_the_token(migrated: Operator, slack: FakeSlack) -> None:
    (migrated.folder / "deals.csv").write_text(DEALS)
    settings = ONE_WORKSPACE | {"SLACK_API_URL": f"{slack.url}/api/"}
    done = await migrated.runs("import-deals", "deals.csv", **settings)
    assert done.out == "1 added, 0 changed, 0 unchanged in T1.\n"


async def test_importing_before_migrating_says_to_migrate(operator: Operator) -> None:
    (operator.folder / "deals.csv").write_text(DEALS)
    done = await operator.runs("import-deals", "deals.csv", "--tenant", "T1")
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert "app.py migrate" in done.err


async def test_a_file_that_is_not_there_is_named(operator: Operator) -> None:
    done = await operator.runs("import-deals", "no-such.csv")
    assert done.status == 2
    assert "no-such.csv" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", [(), ("--url", "https://coach.example.com")], ids=["socket", "http"])
async def test_the_manifest_is_json_for_either_mode(operator: Operator, words: tuple[str, ...]) -> None:
    done = await operator.runs("manifest", "slack", *words)
    manifest = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert manifest["settings"]["socket_mode_enabled"] is not bool(words)
    assert ("https://coach.example.com/slack/events" in done.out) is bool(words)


async def test_the_doctor_finds_everything_well(migrated: Operator, slack: FakeSlack) -> None:
    done = await migrated.runs("doctor", **ONE_WORKSPACE, SLACK_API_URL=f"{slack.url}/api/")
    assert (done.status, done.err) == (0, "")
    assert "WRONG" not in done.out
    for part in ("settings", "playbook", "database", "outbox", "Slack", "Teams"):
        assert f"ok     {part}" in done.out
    assert "s3cret" not in done.out


DEAD = (
    "INSERT INTO outbox (tenant, owner, platform, key, subject, card, status, due_at, next_at, attempts, token,"
    " message, last_error) VALUES ('T1', 'U1', 'slack', ?, '', '', 'dead',"
    " '2026-01-01 00:00:00', '2026-01-01 00:00:00', 10, '', '', ?)"
)
BLOCKED = "unreachable: Slack says user_disabled"


def undelivered(operator: Operator, *reasons: str) -> None:
    """Let letters have been given up."""
    for number, reason in enumerate(reasons):
        operator.asks(DEAD, f"a:{number}", reason)


async def test_the_doctor_tells_what_could_not_be_delivered_and_sends_it_again(migrated: Operator) -> None:
    undelivered(
        migrated, "Slack says invalid_blocks", "Slack says invalid_blocks", "unreachable: Slack says user_disabled"
    )
    done = await migrated.runs("doctor")
    assert done.status == 1
    assert "WRONG  outbox" in done.out
    assert "2 x Slack says invalid_blocks, 1 x unreachable: Slack says user_disabled" in done.out
    assert "doctor --resend" in done.out
    done = await migrated.runs("doctor", "--resend")
    assert done.status == 0
    assert "ok     outbox    3 waiting to be sent; 3 given up before are among them" in done.out


async def test_whoever_does_not_want_to_be_written_to_is_nothing_to_repair(migrated: Operator) -> None:
    undelivered(migrated, BLOCKED)
    done = await migrated.runs("doctor")
    assert done.status == 0
    assert "1 x unreachable" in done.out


async def test_the_doctor_names_a_missing_scope(migrated: Operator, slack: FakeSlack) -> None:
    slack.scopes = "commands,chat:write"
    done = await migrated.runs("doctor", **ONE_WORKSPACE, SLACK_API_URL=f"{slack.url}/api/")
    assert done.status == 1
    assert "im:history" in done.out


async def test_the_doctor_finds_slack_out_of_reach(migrated: Operator) -> None:
    done = await migrated.runs("doctor", **ONE_WORKSPACE, SLACK_API_URL=f"http://127.0.0.1:{free_port()}/")
    assert (done.status, done.err) == (1, "")
    assert "WRONG  Slack" in done.out
    assert "SLACK_API_URL" in done.out


async def test_the_doctor_finds_a_database_without_tables(operator: Operator) -> None:
    done = await operator.runs("doctor")
    assert (done.status, done.err) == (1, "")
    assert "WRONG  database" in done.out
    assert "app.py migrate" in done.out


async def test_a_sentence_is_answered_as_in_a_direct_message_and_nothing_stays(operator: Operator) -> None:
    done = await operator.runs("ask", "deals")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("No open deals yet.")
    assert operator.left_behind() == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tip", "balance"), "Plan your gives and gets"),
        (("-10% or they walk",), "Trade instead of giving away"),
        (("export",), ".html"),
        (("bla " * 20_000,), "What I can do"),
        (("\x1b[31m \u202e 🎉",), "What I can do"),
    ],
    ids=["two words", "a dash", "a file", "very long", "control characters"],
)
async def test_whatever_is_asked_is_answered_in_words(operator: Operator, words: tuple[str, ...], said: str) -> None:
    done = await operator.runs("ask", *words)
    assert (done.status, done.err) == (0, "")
    assert said in done.out
    assert "\x1b" not in done.out


async def test_asking_nothing_says_how_to_ask(operator: Operator) -> None:
    for words in ((), (" ",)):
        done = await operator.runs("ask", *words)
        assert (done.status, done.out) == (2, "")
        assert "they want 10% off" in done.err


async def test_each_line_of_the_input_is_a_line_of_json(operator: Operator) -> None:
    """The empty ones, too: line n of the output is about line n of the input."""
    lines = ["we could do 8% off", "", "Größe 🎉", "a\u2028b\x0cc", "x" * 100_000]
    done = await operator.gives("\r\n".join(lines).encode() + b"\n\xff\xfe broken", "ask", "--json")
    assert (done.status, done.err) == (0, "")
    said = [json.loads(line) for line in done.out.split("\n")[:-1]]
    assert [one["text"] for one in said] == [*lines, "\ufffd\ufffd broken"]
    assert all(one.keys() == {"text", "practices", "gives", "gets"} for one in said)
    assert operator.left_behind() == set()


async def test_a_line_is_answered_before_the_next_is_asked(operator: Operator) -> None:
    async with operator.talks("ask", "--json") as (asks, reads):
        for sentence in ("one", "two"):
            asks(sentence)
            assert json.loads(await reads())["text"] == sentence


async def test_one_sentence_is_judged_without_reading_the_input(operator: Operator) -> None:
    done = await operator.gives(b"not this\n", "ask", "--json", "15% off or we walk")
    assert json.loads(done.out)["text"] == "15% off or we walk"
    assert (done.status, done.err, done.out.count("\n")) == (0, "", 1)


async def test_the_try_page_is_for_this_machine_only(operator: Operator) -> None:
    done = await operator.runs("try", HOST="0.0.0.0", PORT=str(free_port()))  # noqa: S104
    assert (done.status, len(done.err.splitlines())) == (2, 1)
    assert "127.0.0.1" in done.err
    assert operator.left_behind() == set()


@pytest.mark.parametrize("command", ["serve", "try"])
async def test_a_port_in_use_is_told_in_one_line(migrated: Operator, command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = await migrated.runs(command, **ONE_WORKSPACE, PORT=port)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith(f"HOST and PORT: 127.0.0.1:{port} can't be listened on")
