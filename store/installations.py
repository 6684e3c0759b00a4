"""The workspaces that installed the coach, and installations under way."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from store.cipher import Cipher
from store.engine import Database
from store.tables import INSTALLATIONS, OAUTH_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What a workspace granted. `expires_at`, in UTC, is None for a token that doesn't expire."""

    tenant: str
    app_id: str
    bot_token: str = field(repr=False)
    enterprise_id: str = ""
    team_name: str = ""
    bot_id: str = ""
    bot_user_id: str = ""
    scopes: str = ""
    installed_by: str = ""
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None
    installed_at: datetime


_FIND = select(INSTALLATIONS).where(INSTALLATIONS.c.tenant == bindparam("whose"))
_REMOVE = delete(INSTALLATIONS).where(INSTALLATIONS.c.tenant == bindparam("whose"))
_SAVE = insert(INSTALLATIONS)
_REMEMBER = insert(OAUTH_STATES)
_CONSUME = delete(OAUTH_STATES).where(
    OAUTH_STATES.c.state == bindparam("returned"), OAUTH_STATES.c.expires_at > bindparam("now")
)


class Installations:
    """Tokens by tenant, encrypted at rest."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        """Keep them in a database under a cipher."""
        self._database = database
        self._cipher = cipher

    async def save(self, installation: Installation) -> None:
        """Keep what a workspace granted, in place of what it granted before. Raises `SettingsError` without a key."""
        sealed = asdict(_with_tokens(installation, self._cipher.seal))

        def work(connection: Connection) -> None:
            connection.execute(_REMOVE, {"whose": installation.tenant})
            connection.execute(_SAVE, sealed)

        await self._database.write(work, queue=f"installation {installation.tenant}")

    async def find(self, tenant: str) -> Installation | None:
        """Give what a workspace granted. Raises `SettingsError` where no key opens its tokens."""
        row = await self._database.read(lambda connection: connection.execute(_FIND, {"whose": tenant}).first())
        return _with_tokens(Installation(**row._mapping), self._cipher.open) if row else None  # noqa: SLF001  SQLAlchemy's documented name

    async def remove(self, tenant: str) -> None:
        """Forget a workspace and its tokens; nothing happens where there is none."""
        await self._database.write(lambda connection: connection.execute(_REMOVE, {"whose": tenant}))

    async def remember_state(self, state: str, expires_at: datetime) -> None:
        """Note that somebody set out to install, until a moment in UTC."""
        values = {"state": state, "expires_at": expires_at}
        await self._database.write(lambda connection: connection.execute(_REMEMBER, values))

    async def consume_state(self, state: str, now: datetime) -> bool:
        """Say whether this return belongs to somebody who set out; true once."""
        values = {"returned": state, "now": now}
        return await self._database.write(lambda connection: connection.execute(_CONSUME, values).rowcount == 1)


def _with_tokens(installation: Installation, change: Callable[[str], str]) -> Installation:
    tokens = installation.bot_token, installation.refresh_token
    bot_token, refresh_token = (change(token) for token in tokens)
    return replace(installation, bot_token=bot_token, refresh_token=refresh_token)
