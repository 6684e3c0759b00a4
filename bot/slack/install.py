"""Many workspaces: the OAuth pages, and where what a workspace grants is kept."""

import html
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from logging import Logger
from typing import Final, TypeAlias

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation as Granted
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.chat.ports import Now
from bot.errors import CoachError
from bot.slack.api import Api, plainly, sdk_log
from bot.slack.manifest import SCOPES
from store import Installation
from store.installations import Installations

log = structlog.get_logger()

INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"
STATE_LIVES: Final = timedelta(minutes=10)
_Step: TypeAlias = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]

_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Negotiation Coach for Slack</title>
<style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}}</style>
<h1>{title}</h1>
<p>{text}</p>
<p>{link}</p>
</html>
"""
_CANCELLED: Final = "Nothing was installed. You can start again whenever you like."
_REASONS: Final = {
    "access_denied": _CANCELLED,
    "invalid_browser": "This page was opened in another browser than the one that began. Nothing was installed.",
    "invalid_state": "That took longer than ten minutes, or the page was opened twice. Nothing was installed.",
    "storage_error": "I couldn't keep what Slack granted, so nothing was installed. Please start again in a minute.",
    "unreachable": "Slack could not be reached, so nothing was installed. Please start again in a minute.",
}


class InstallPages:
    """`/slack/install` and `/slack/oauth_redirect`."""

    def __init__(self, client: tuple[str, str], api: Api, installations: Installations, now: Now) -> None:
        """Install the app with this client id and secret."""
        client_id, client_secret = client
        settings = AsyncOAuthSettings(
            client_id=client_id,
            client_secret=client_secret,
            scopes=list(SCOPES),
            user_scopes=[],
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            install_page_rendering_enabled=False,
            installation_store=_Granted(installations, now),
            state_store=_States(installations, now),
            state_expiration_seconds=int(STATE_LIVES.total_seconds()),
            callback_options=AsyncCallbackOptions(success=_installed, failure=_failed),
            logger=sdk_log,
        )
        self._flow = AsyncOAuthFlow(client=api.posting(None), logger=sdk_log, settings=settings)

    def routes(self) -> list[web.RouteDef]:
        """Give both pages."""
        return [web.get(INSTALL_PATH, self._install), web.get(REDIRECT_PATH, self._redirected)]

    async def _install(self, request: web.Request) -> web.Response:
        return await self._page(request, self._flow.handle_installation)

    async def _redirected(self, request: web.Request) -> web.Response:
        return await self._page(request, self._flow.handle_callback)

    async def _page(self, request: web.Request, step: _Step) -> web.Response:
        try:
            with plainly():
                answer = await step(await to_bolt_request(request))
        except CoachError as error:
            log.warning("an installation failed", action="slack_install", error=type(error).__name__)
            answer = _sorry("unreachable", 503)
        page = await to_aiohttp_response(answer)
        page.headers["Cache-Control"] = "no-store"
        page.headers["Referrer-Policy"] = "no-referrer"
        return page


class _Granted(AsyncInstallationStore):
    """The SDK's idea of an installation store, over ours."""

    def __init__(self, installations: Installations, now: Now) -> None:
        self._installations = installations
        self._now = now

    @property
    def logger(self) -> Logger:
        return sdk_log

    async def async_save(self, installation: Granted) -> None:
        if not installation.team_id or not installation.bot_token:
            raise BoltError("an installation for a whole organisation, or without a bot token, is not ours")
        try:
            await self._installations.save(_ours(installation, self._now()))
        except CoachError as error:
            raise BoltError("not saved") from error


class _States(AsyncOAuthStateStore):
    """The SDK's idea of a store of one-time states, over ours."""

    def __init__(self, installations: Installations, now: Now) -> None:
        self._installations = installations
        self._now = now

    @property
    def logger(self) -> Logger:
        return sdk_log

    async def async_issue(self, *_args: object, **_kwargs: object) -> str:
        state = secrets.token_urlsafe(32)
        await self._installations.remember_state(state, self._now() + STATE_LIVES)
        return state

    async def async_consume(self, state: str) -> bool:
        return await self._installations.consume_state(state, self._now())


def _ours(granted: Granted, now: datetime) -> Installation:
    ends = granted.bot_token_expires_at
    return Installation(
        tenant=str(granted.team_id),
        app_id=granted.app_id or "",
        enterprise_id=granted.enterprise_id or "",
        team_name=granted.team_name or "",
        bot_token=str(granted.bot_token),
        bot_id=granted.bot_id or "",
        bot_user_id=granted.bot_user_id or "",
        scopes=",".join(granted.bot_scopes or ()),
        installed_by=granted.user_id or "",
        refresh_token=granted.bot_refresh_token or "",
        expires_at=datetime.fromtimestamp(ends, UTC) if ends else None,
        installed_at=now,
    )


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    app, team = args.installation.app_id or "", args.installation.team_id or ""
    link = f'<a href="{html.escape(f"slack://app?team={team}&id={app}")}">Open me in Slack</a>'
    page = _PAGE.format(title="I'm in", text="Type <code>/negotiate help</code> in any channel to begin.", link=link)
    return _html(page, 200)


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    log.warning("an installation failed", action="slack_install", reason=args.reason[:60])
    return _sorry(args.reason, args.suggested_status_code)


def _sorry(reason: str, status: int) -> BoltResponse:
    text = _REASONS.get(reason, "Slack did not confirm the installation, so nothing was installed.")
    link = f'<a href="{INSTALL_PATH}">Start again</a>'
    return _html(_PAGE.format(title="Not installed", text=text, link=link), status)


def _html(page: str, status: int) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Set-Cookie": OAuthStateUtils().build_set_cookie_for_deletion(),
    }
    return BoltResponse(status=status, body=page, headers=headers)
