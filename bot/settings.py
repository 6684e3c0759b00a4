"""What an operator sets. Read once, checked once, frozen; no secret ever shows in a repr, a text or an error."""

import ipaddress
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from dotenv import dotenv_values
from pydantic import SecretStr

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table an operator reads."""

    name: str
    default: str
    meaning: str


TABLE: Final = (
    Setting("HOST", "127.0.0.1", "the address to listen on"),
    Setting("PORT", "3000", "the port to listen on"),
    Setting("DATABASE_URL", "sqlite+aiosqlite:///coach.db", "where things are kept; or postgresql+asyncpg://..."),
    Setting("SLACK_SIGNING_SECRET", "", "HTTP mode: proves that a request comes from Slack"),
    Setting("SLACK_BOT_TOKEN", "", "one workspace: the bot's token"),
    Setting("SLACK_APP_TOKEN", "", "Socket Mode: the app-level token; no public address needed"),
    Setting("SLACK_CLIENT_ID", "", "many workspaces: installation over OAuth"),
    Setting("SLACK_CLIENT_SECRET", "", "many workspaces: belongs to SLACK_CLIENT_ID"),
    Setting("SLACK_API_URL", "https://slack.com/api/", "another base address of Slack's API, for tests and proxies"),
    Setting("TEAMS_APP_ID", "", "Teams: the bot's id"),
    Setting("TEAMS_APP_PASSWORD", "", "Teams: the bot's password"),
    Setting("TEAMS_TENANT_ID", "", "Teams: the company's tenant"),
    Setting("TEAMS_APP_TYPE", "SingleTenant", "Teams: SingleTenant, MultiTenant or UserAssignedMSI"),
    Setting("TEAMS_UNAUTHENTICATED", "", "1 lets any program of this machine play Teams: for the emulator"),
    Setting("SECRET_KEY", "", "encrypts stored tokens; several, separated by commas, newest first"),
    Setting("PLAYBOOK_DIR", "", "a folder with a company's own playbook, laid over ours"),
    Setting("RETENTION_DAYS", "", "for how many days what is over is kept; until somebody forgets it, if not set"),
)
_DEFAULTS: Final = {setting.name: setting.default for setting in TABLE}
_HIGHEST_PORT: Final = 65535
_KEY_LENGTH: Final = 16
# Less than a month would take lines away before a digest has had them.
_KEPT_DAYS: Final = range(30, 36_501)
_APP_TYPES: Final = ("SingleTenant", "MultiTenant", "UserAssignedMSI")


class _DoorSettings:
    """What the settings of every door can do."""

    __slots__: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Everything by name, secrets in the clear: for the door, and for nothing that prints."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: one.get_secret_value() if isinstance(one, SecretStr) else one for name, one in values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings(_DoorSettings):
    """How to reach Slack. What a mode doesn't need is empty."""

    signing_secret: SecretStr
    bot_token: SecretStr
    app_token: SecretStr
    client_id: str
    client_secret: SecretStr
    api_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsSettings(_DoorSettings):
    """How to reach Teams. `unauthenticated` is for the emulator, and leaves the rest empty."""

    app_id: str
    app_password: SecretStr
    tenant_id: str
    app_type: str
    unauthenticated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an operator has set, checked. A door without its settings is None and its `why_not_` says why.

    `kept` is how long what is over is kept; None: until somebody forgets it.
    """

    host: str
    port: int
    database_url: SecretStr
    secret_keys: tuple[SecretStr, ...]
    playbook_dir: Path | None
    kept: timedelta | None
    slack: SlackSettings | None
    why_not_slack: str
    teams: TeamsSettings | None
    why_not_teams: str

    @property
    def why_not(self) -> dict[str, str]:
        """The platforms that are not configured, each with what to set."""
        reasons = {"Slack": self.why_not_slack, "Teams": self.why_not_teams}
        return {name: reason for name, reason in reasons.items() if reason}

    @property
    def secrets(self) -> Iterator[str]:
        """Every secret there is, to be masked wherever it might turn up."""
        held = [self.database_url, *self.secret_keys]
        for door in filter(None, (self.slack, self.teams)):
            held += [one for name in door.__slots__ if isinstance(one := getattr(door, name), SecretStr)]
        shown = [one.get_secret_value() for one in held]
        yield from filter(None, (*shown, urlsplit(shown[0]).password))


def read(environment: Mapping[str, str] | None = None, file: Path = Path(".env")) -> Settings:
    """Read the environment, and what it leaves out from `file`; a setting that is there but empty is not set.

    Raises `SettingsError`, one line naming the setting and what to do about it; never its value.
    """
    found = _from_file(file) | dict(os.environ if environment is None else environment)
    values = _DEFAULTS | {name: value for name in _DEFAULTS if (value := found.get(name, "").strip())}
    slack, why_not_slack = _slack(values)
    teams, why_not_teams = _teams(values)
    return Settings(
        host=_host(values["HOST"]),
        port=_port(values["PORT"]),
        database_url=_database(values["DATABASE_URL"]),
        secret_keys=_keys(values["SECRET_KEY"]),
        playbook_dir=_folder(values["PLAYBOOK_DIR"]),
        kept=_kept(values["RETENTION_DAYS"]),
        slack=slack,
        why_not_slack=why_not_slack,
        teams=teams,
        why_not_teams=why_not_teams,
    )


def _from_file(file: Path) -> dict[str, str]:
    try:
        return {name: value or "" for name, value in dotenv_values(file, interpolate=False).items()}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} can't be read: make it a UTF-8 text file this user may read.") from error


def _host(host: str) -> str:
    if any(sign in host for sign in " /@") or "://" in host:
        raise SettingsError("HOST is not an address to listen on: use 127.0.0.1, 0.0.0.0 or a host's name.")
    return host


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _port(port: str) -> int:
    if not (port.isascii() and port.isdecimal() and 0 < int(port[:6]) <= _HIGHEST_PORT):
        raise SettingsError("PORT is not a number from 1 to 65535: use a free port such as 3000.")
    return int(port)


def _split(name: str, address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port  # a port that is no number shows only when it is asked for
    except ValueError:
        raise SettingsError(f"{name} is not an address: check its host and port.") from None
    return parts


def _database(url: str) -> SecretStr:
    parts = _split("DATABASE_URL", url)
    if parts.scheme not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise SettingsError("DATABASE_URL must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://.")
    if parts.scheme == "sqlite+aiosqlite" and (parts.netloc or parts.path in ("", "/", "/:memory:")):
        raise SettingsError("DATABASE_URL names no file: write sqlite+aiosqlite:/// and then a file's path.")
    return SecretStr(url)


def _keys(written: str) -> tuple[SecretStr, ...]:
    keys = [key for part in written.split(",") if (key := part.strip())]
    if any(len(key) < _KEY_LENGTH for key in keys):
        raise SettingsError(f"SECRET_KEY is too short: each key needs at least {_KEY_LENGTH} characters.")
    return tuple(map(SecretStr, keys))


def _folder(written: str) -> Path | None:
    if written and not Path(written).is_dir():
        raise SettingsError("PLAYBOOK_DIR is not a folder: give the path of the folder with your own .toml files.")
    return Path(written) if written else None


def _kept(days: str) -> timedelta | None:
    if not days:
        return None
    if not (days.isascii() and days.isdecimal() and int(days[:6]) in _KEPT_DAYS):
        least, most = _KEPT_DAYS[0], _KEPT_DAYS[-1]
        raise SettingsError(
            f"RETENTION_DAYS is not a number from {least} to {most}: leave it empty to keep everything."
        )
    return timedelta(days=int(days))


def _slack(values: Mapping[str, str]) -> tuple[SlackSettings | None, str]:
    api_url = _api_url(values["SLACK_API_URL"])
    names = ("SIGNING_SECRET", "BOT_TOKEN", "APP_TOKEN", "CLIENT_ID", "CLIENT_SECRET")
    signing, bot, app, client, client_secret = (values[f"SLACK_{name}"] for name in names)
    if not any((signing, bot, app, client, client_secret)):
        return None, "SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN are not set (or SLACK_APP_TOKEN for Socket Mode)."
    _check_slack(values)
    settings = SlackSettings(
        signing_secret=SecretStr(signing),
        bot_token=SecretStr(bot),
        app_token=SecretStr(app),
        client_id=client,
        client_secret=SecretStr(client_secret),
        api_url=api_url,
    )
    return settings, ""


def _check_slack(values: Mapping[str, str]) -> None:
    """Refuse half a mode, and two that exclude each other. The first sentence that applies is told."""
    has = {name: bool(value) for name, value in values.items()}
    app, bot = values["SLACK_APP_TOKEN"], values["SLACK_BOT_TOKEN"]
    many = has["SLACK_CLIENT_ID"] or has["SLACK_CLIENT_SECRET"]
    _refuse(
        (app and not app.startswith("xapp-"), "SLACK_APP_TOKEN must begin with xapp-: take the app-level token."),
        (bot.startswith(("xapp-", "xoxp-")), "SLACK_BOT_TOKEN is another kind of token: take the one with xoxb-."),
        (many and not has["SLACK_CLIENT_ID"], "SLACK_CLIENT_ID is missing: it belongs to SLACK_CLIENT_SECRET."),
        (many and not has["SLACK_CLIENT_SECRET"], "SLACK_CLIENT_SECRET is missing: it belongs to SLACK_CLIENT_ID."),
        (many and bot, "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many: remove one of them."),
        (many and not has["SECRET_KEY"], "SECRET_KEY is missing: with SLACK_CLIENT_ID tokens are stored, encrypted."),
        (
            not many and not bot,
            "SLACK_BOT_TOKEN is missing: set the bot's token, or SLACK_CLIENT_ID for many workspaces.",
        ),
        (
            not app and not has["SLACK_SIGNING_SECRET"],
            "SLACK_SIGNING_SECRET is missing: set it, or SLACK_APP_TOKEN for Socket Mode.",
        ),
    )


def _api_url(url: str) -> str:
    parts = _split("SLACK_API_URL", url)
    host = parts.hostname or ""
    _refuse(
        (parts.scheme not in ("http", "https") or not host, "SLACK_API_URL must begin with https:// and name a host."),
        (parts.scheme == "http" and not _is_loopback(host), "SLACK_API_URL must be https:// beyond this machine."),
        (parts.query or parts.fragment, "SLACK_API_URL must be a base address, without ? and #."),
    )
    return url if url.endswith("/") else f"{url}/"


def _teams(values: Mapping[str, str]) -> tuple[TeamsSettings | None, str]:
    names = ("APP_ID", "APP_PASSWORD", "TENANT_ID", "APP_TYPE")
    app_id, password, tenant, kind = (values[f"TEAMS_{name}"] for name in names)
    open_to_all = values["TEAMS_UNAUTHENTICATED"]
    _refuse(
        (kind not in _APP_TYPES, f"TEAMS_APP_TYPE is unknown: use {', '.join(_APP_TYPES)}."),
        (open_to_all not in ("", "0", "1"), "TEAMS_UNAUTHENTICATED is neither 1 nor 0: set 1 for the emulator only."),
    )
    if open_to_all == "1":
        _refuse(
            (not _is_loopback(values["HOST"]), "TEAMS_UNAUTHENTICATED needs HOST to be 127.0.0.1: it lets anybody in."),
            (app_id or password, "TEAMS_UNAUTHENTICATED and TEAMS_APP_ID exclude each other: remove one of them."),
        )
    elif not (app_id or password):
        return None, "TEAMS_APP_ID and TEAMS_APP_PASSWORD are not set."
    else:
        _refuse(
            (not app_id, "TEAMS_APP_ID is missing: it belongs to TEAMS_APP_PASSWORD."),
            (not password and kind != "UserAssignedMSI", "TEAMS_APP_PASSWORD is missing: it belongs to TEAMS_APP_ID."),
            (not tenant and kind != "MultiTenant", f"TEAMS_TENANT_ID is missing: a {kind} bot belongs to one tenant."),
        )
    settings = TeamsSettings(
        app_id=app_id,
        app_password=SecretStr(password),
        tenant_id=tenant,
        app_type=kind,
        unauthenticated=open_to_all == "1",
    )
    return settings, ""


def _refuse(*problems: tuple[object, str]) -> None:
    """Raise the first sentence whose problem is there."""
    for there, sentence in problems:
        if there:
            raise SettingsError(sentence)
