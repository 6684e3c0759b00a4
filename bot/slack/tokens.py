"""Which workspaces let the coach in, and the token for each."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.chat.ports import Now
from bot.errors import PlatformError
from bot.slack.api import Api, plainly, refusal
from bot.slack.receive import Gone
from store import Installation
from store.installations import Installations

log = structlog.get_logger()

# How long another replica may still use a token that was taken back.
REMEMBERED: Final = timedelta(seconds=30)
REMEMBERED_AT_MOST: Final = 5000
ROTATED_BEFORE: Final = timedelta(hours=2)
# The rotator compares with its own clock; when to rotate is decided here.
_ALWAYS_MINUTES: Final = 10**8


class Tokens(Protocol):
    """What the door asks before it serves a workspace."""

    async def of(self, team: str) -> str | None:
        """Give the bot token for a workspace, None where it didn't install the coach. Raises `CoachError`."""

    async def forget(self, gone: Gone) -> None:
        """Drop the token of a workspace that took it back."""


class OneWorkspace:
    """The workspace of one `SLACK_BOT_TOKEN`."""

    def __init__(self, token: str, api: Api) -> None:
        """Find out at first use which workspace it is."""
        self._token = token
        self._api = api
        self._team = ""
        self._gone = False
        self._asking = asyncio.Lock()

    async def of(self, team: str) -> str | None:
        """Give the token for its own workspace. Raises `PlatformError` while Slack can't be asked which that is."""
        if not self._team:
            await self._ask()
        return self._token if team == self._team and not self._gone else None

    async def forget(self, gone: Gone) -> None:
        """Stop serving, where it was this workspace."""
        self._gone = self._gone or gone.team == self._team

    async def _ask(self) -> None:
        async with self._asking:
            if not self._team:
                with plainly():
                    answer = await self._api.reading(self._token).auth_test()
                self._team = str(answer["team_id"])


class ManyWorkspaces:
    """The workspaces that installed the coach, looked up in the store and remembered for a moment."""

    def __init__(self, installations: Installations, api: Api, client: tuple[str, str], now: Now) -> None:
        """Read from the store; `client` is the app's id and secret, which rotating a token takes."""
        self._installations = installations
        client_id, client_secret = client
        self._rotator = AsyncTokenRotator(client_id=client_id, client_secret=client_secret, client=api.posting(None))
        self._now = now
        self._known: dict[str, tuple[str, datetime]] = {}
        self._rotating: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, team: str) -> str | None:
        """Give a workspace's token, a fresh one where it was about to end."""
        known = self._known.get(team)
        if known and known[1] > self._now():
            return known[0]
        installation = await self._installations.find(team)
        if installation is None:
            return None
        if self._ends_soon(installation):
            installation = await self._rotated(installation)
        if len(self._known) >= REMEMBERED_AT_MOST:
            self._known.clear()
        self._known[team] = (installation.bot_token, self._now() + REMEMBERED)
        return installation.bot_token

    async def forget(self, gone: Gone) -> None:
        """Delete a workspace's tokens at once; an installation made after that moment stays."""
        self._known.pop(gone.team, None)
        installation = await self._installations.find(gone.team)
        # The two events that end an installation arrive in any order, also after a new installation.
        if installation and installation.installed_at.replace(microsecond=0) <= gone.at:
            await self._installations.remove(gone.team)
        self._known.pop(gone.team, None)

    def _ends_soon(self, installation: Installation) -> bool:
        ends = installation.expires_at
        return bool(installation.refresh_token) and ends is not None and ends <= self._now() + ROTATED_BEFORE

    async def _rotated(self, installation: Installation) -> Installation:
        """Exchange the refresh token once, whoever asks: the second use of one is refused."""
        team = installation.tenant
        async with self._rotating[team]:
            stored = await self._installations.find(team)
            if stored is None or not self._ends_soon(stored):
                return stored or installation
            try:
                fresh = await self._exchange(stored)
            except (SlackTokenRotationError, ClientError, TimeoutError):
                return await self._elsewhere(stored)
            await self._installations.save(fresh)
            return fresh

    async def _exchange(self, stored: Installation) -> Installation:
        bot = Bot(
            bot_token=stored.bot_token,
            bot_id=stored.bot_id,
            bot_user_id=stored.bot_user_id,
            bot_refresh_token=stored.refresh_token,
            bot_token_expires_at=int((stored.expires_at or self._now()).timestamp()),
            installed_at=stored.installed_at.timestamp(),
        )
        fresh = await self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=_ALWAYS_MINUTES)
        if fresh is None or fresh.bot_token_expires_at is None:
            raise PlatformError
        return replace(
            stored,
            bot_token=fresh.bot_token,
            refresh_token=fresh.bot_refresh_token or "",
            expires_at=datetime.fromtimestamp(fresh.bot_token_expires_at, UTC),
        )

    async def _elsewhere(self, stored: Installation) -> Installation:
        """Take the token that another replica got with the same refresh token, else the old one until it ends."""
        newest = await self._installations.find(stored.tenant)
        if newest and newest.refresh_token != stored.refresh_token:
            return newest
        log.warning("a workspace's token could not be renewed", action="slack_token_rotation", team=stored.tenant)
        if stored.expires_at and stored.expires_at > self._now():
            return stored
        raise refusal("token_revoked")
