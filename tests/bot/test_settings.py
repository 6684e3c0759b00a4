"""A wrong setting stops the start with one line that names it; a secret never shows."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import TABLE, Settings, read

NOWHERE = Path("there-is-no-such-file")
KEY = "a-long-enough-key"
ONE_WORKSPACE = {"SLACK_SIGNING_SECRET": "signing-s3cret", "SLACK_BOT_TOKEN": "xoxb-s3cret"}
SOCKET = {"SLACK_APP_TOKEN": "xapp-s3cret", "SLACK_BOT_TOKEN": "xoxb-s3cret"}
MANY = {
    "SLACK_SIGNING_SECRET": "signing-s3cret",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "client-s3cret",
    "SECRET_KEY": "key-s3cret-key-s3cret",
}
TEAMS = {"TEAMS_APP_ID": "id", "TEAMS_APP_PASSWORD": "pass-s3cret", "TEAMS_TENANT_ID": "tenant"}
POSTGRES = {"DATABASE_URL": "postgresql+asyncpg://coach:db-s3cret@db.example/coach"}


def settings(**values: str) -> Settings:
    return read(values, NOWHERE)


def test_without_a_single_setting_the_coach_listens_on_this_machine_and_keeps_a_file() -> None:
    found = settings()
    assert (found.host, found.port) == ("127.0.0.1", 3000)
    assert found.database_url.get_secret_value() == "sqlite+aiosqlite:///coach.db"
    assert (found.slack, found.teams, found.secret_keys, found.playbook_dir) == (None, None, (), None)
    assert "SLACK_SIGNING_SECRET" in found.why_not_slack
    assert "TEAMS_APP_ID" in found.why_not_teams


def test_the_environment_wins_over_the_file_and_an_empty_value_is_not_set(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=4000\nHOST=localhost\nSECRET_KEY='with a $dollar and #'\n")
    found = read({"PORT": " 5000 ", "HOST": ""}, file)
    assert (found.port, found.host) == (5000, "127.0.0.1")
    assert found.secret_keys[0].get_secret_value() == "with a $dollar and #"


def test_the_process_environment_is_read_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in TABLE:
        monkeypatch.delenv(one.name, raising=False)
    monkeypatch.setenv("PORT", "4711")
    assert read(file=NOWHERE).port == 4711
    assert os.environ["PORT"] == "4711"


def test_settings_are_read_once_and_stay() -> None:
    found = settings()
    with pytest.raises(AttributeError):
        found.port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (ONE_WORKSPACE, {"signing_secret": "signing-s3cret", "bot_token": "xoxb-s3cret"}),
        (SOCKET, {"app_token": "xapp-s3cret", "bot_token": "xoxb-s3cret"}),
        (MANY, {"signing_secret": "signing-s3cret", "client_id": "1.2", "client_secret": "client-s3cret"}),
    ],
    ids=["one workspace over HTTP", "one workspace over a socket", "many workspaces"],
)
def test_the_slack_door_is_told_everything_by_name(values: dict[str, str], named: dict[str, str]) -> None:
    slack = settings(**values).slack
    assert slack
    blank = dict.fromkeys(("signing_secret", "bot_token", "app_token", "client_id", "client_secret"), "")
    assert slack.plain() == blank | {"api_url": "https://slack.com/api/"} | named


def test_another_slack_address_always_ends_in_a_slash() -> None:
    slack = settings(**ONE_WORKSPACE, SLACK_API_URL="http://127.0.0.1:4003/api").slack
    assert slack
    assert slack.api_url == "http://127.0.0.1:4003/api/"


def test_teams_is_for_one_tenant_unless_said_otherwise() -> None:
    teams = settings(**TEAMS).teams
    assert teams
    assert (teams.app_type, teams.unauthenticated) == ("SingleTenant", False)


def test_the_emulator_needs_no_account_on_this_machine() -> None:
    teams = settings(TEAMS_UNAUTHENTICATED="1").teams
    assert teams
    assert teams.unauthenticated


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (TEAMS, {"app_id": "id", "app_password": "pass-s3cret", "tenant_id": "tenant", "unauthenticated": False}),
        ({"TEAMS_UNAUTHENTICATED": "1"}, {"app_id": "", "app_password": "", "unauthenticated": True}),
    ],
    ids=["a bot", "the emulator"],
)
def test_the_teams_door_is_told_everything_by_name(values: dict[str, str], named: dict[str, object]) -> None:
    teams = settings(**values).teams
    assert teams
    assert teams.plain() == {"tenant_id": "", "app_type": "SingleTenant"} | named


def test_several_keys_are_kept_newest_first() -> None:
    keys = settings(SECRET_KEY=f"{KEY}-new, {KEY}-old,").secret_keys
    assert [key.get_secret_value() for key in keys] == [f"{KEY}-new", f"{KEY}-old"]


def test_a_playbook_folder_is_taken(tmp_path: Path) -> None:
    assert settings(PLAYBOOK_DIR=str(tmp_path)).playbook_dir == tmp_path


def test_everything_is_kept_until_somebody_forgets_it_unless_a_number_of_days_is_set() -> None:
    assert settings().kept is None
    assert settings(RETENTION_DAYS="").kept is None
    assert [settings(RETENTION_DAYS=days).kept for days in ("30", "730")] == [timedelta(30), timedelta(730)]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"PORT": "three"}, "PORT"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"PORT": "٣٠٠٠"}, "PORT"),
        ({"HOST": "http://127.0.0.1"}, "HOST"),
        ({"DATABASE_URL": "postgres://coach:s3cret@db/coach"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://s3cret"}, "DATABASE_URL"),
        ({"DATABASE_URL": "s3cret"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql+asyncpg://db:s3cret/coach"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite+aiosqlite://"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite+aiosqlite:///:memory:"}, "DATABASE_URL"),
        ({"SECRET_KEY": "s3cret"}, "SECRET_KEY"),
        ({"SECRET_KEY": f"{KEY},s3cret"}, "SECRET_KEY"),
        ({"PLAYBOOK_DIR": "there-is-no-such-folder"}, "PLAYBOOK_DIR"),
        ({"RETENTION_DAYS": "0"}, "RETENTION_DAYS"),
        ({"RETENTION_DAYS": "29"}, "RETENTION_DAYS"),
        ({"RETENTION_DAYS": "-90"}, "RETENTION_DAYS"),
        ({"RETENTION_DAYS": "9" * 5000}, "RETENTION_DAYS"),
        ({"RETENTION_DAYS": "a year"}, "RETENTION_DAYS"),
        ({"RETENTION_DAYS": "٣٦٥"}, "RETENTION_DAYS"),
        ({"SLACK_BOT_TOKEN": "xoxb-s3cret"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_SIGNING_SECRET": "s3cret"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-s3cret"}, "SLACK_BOT_TOKEN"),
        (SOCKET | {"SLACK_APP_TOKEN": "xoxb-s3cret"}, "SLACK_APP_TOKEN"),
        (ONE_WORKSPACE | {"SLACK_BOT_TOKEN": "xoxp-s3cret"}, "SLACK_BOT_TOKEN"),
        (MANY | {"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET"),
        (MANY | {"SLACK_CLIENT_ID": ""}, "SLACK_CLIENT_ID"),
        (MANY | {"SECRET_KEY": ""}, "SECRET_KEY"),
        (MANY | {"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET"),
        (MANY | {"SLACK_BOT_TOKEN": "xoxb-s3cret"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_API_URL": "ftp://slack.example"}, "SLACK_API_URL"),
        ({"SLACK_API_URL": "http://slack.example/api/"}, "SLACK_API_URL"),
        ({"SLACK_API_URL": "https://"}, "SLACK_API_URL"),
        ({"SLACK_API_URL": "https://slack.example/?a=b"}, "SLACK_API_URL"),
        ({"SLACK_API_URL": "https://slack.example:port/"}, "SLACK_API_URL"),
        (TEAMS | {"TEAMS_APP_TYPE": "Anyone"}, "TEAMS_APP_TYPE"),
        (TEAMS | {"TEAMS_APP_ID": ""}, "TEAMS_APP_ID"),
        (TEAMS | {"TEAMS_APP_PASSWORD": ""}, "TEAMS_APP_PASSWORD"),
        (TEAMS | {"TEAMS_TENANT_ID": ""}, "TEAMS_TENANT_ID"),
        ({"TEAMS_UNAUTHENTICATED": "yes"}, "TEAMS_UNAUTHENTICATED"),
        ({"TEAMS_UNAUTHENTICATED": "1", "HOST": "0.0.0.0"}, "TEAMS_UNAUTHENTICATED"),  # noqa: S104
        (TEAMS | {"TEAMS_UNAUTHENTICATED": "1"}, "TEAMS_UNAUTHENTICATED"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line_that_names_it(values: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as stopped:
        read(values, NOWHERE)
    line = stopped.value.sentence
    assert line.startswith(named)
    assert "\n" not in line
    assert len(line) > len(named) + 20
    assert "s3cret" not in line


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"SECRET_KEY=\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env can't be read"):
        read({}, file)


def test_no_secret_shows_in_a_repr_and_all_are_known_for_masking() -> None:
    for values in (ONE_WORKSPACE | POSTGRES, SOCKET, MANY, TEAMS):
        found = read(values, NOWHERE)
        assert "s3cret" not in f"{found!r} {found}"
        known = set(found.secrets)
        assert {value for value in values.values() if "s3cret" in value} <= known
    assert "db-s3cret" in set(settings(**POSTGRES).secrets)
