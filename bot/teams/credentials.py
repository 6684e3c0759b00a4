"""The bot's own token for the Connector: one fetch for everybody, off the event loop, kept almost to its end."""

import asyncio
import functools
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import msal
import requests
import structlog

from bot.errors import BusyError
from bot.teams.flight import Flight

if TYPE_CHECKING:
    from bot.teams.options import TeamsOptions  # which makes the messenger, and with it the credentials

log = structlog.get_logger()

AUDIENCE: Final = "https://api.botframework.com"
# The tenant in which Microsoft keeps the bots of many tenants.
BOTS_TENANT: Final = "botframework.com"
EARLY_SECONDS: Final = 5 * 60.0
TIMEOUT_SECONDS: Final = 10.0


class SignInError(BusyError):
    """Microsoft doesn't let me in right now, so I couldn't deliver that. Nothing was lost; please try again later."""


class RefusedError(SignInError):
    """Microsoft refuses my app id and password, so I couldn't deliver that. Nothing was lost; please tell an admin."""


class Credentials:
    """What the bot proves itself with when it calls Teams."""

    def __init__(
        self,
        options: "TeamsOptions",
        *,
        http_client: Callable[[], requests.Session] = requests.Session,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Fetch nothing yet. `http_client` opens what one fetch goes through; `clock` counts seconds."""
        self._options = options
        self._http_client = http_client
        self._clock = clock
        self._token = ""
        self._until = 0.0
        self._fetch = Flight(self._fetched)

    async def token(self) -> str:
        """Give a token that is good for some minutes; "" for the emulator, which asks for none.

        Raises `SignInError` where Microsoft gives none, `RefusedError` where it says why.
        """
        if self._options.unauthenticated:
            return ""
        if self._token and self._clock() < self._until:
            return self._token
        return await self._fetch()

    def refused(self, token: str) -> None:
        """Forget a token that Teams refused, so that the next one is fetched; a newer one is kept."""
        if token == self._token:
            self._token = ""

    async def _fetched(self) -> str:
        asked_at = self._clock()
        try:
            grant = await asyncio.to_thread(self._sign_in)
        except Exception as error:  # noqa: BLE001  msal documents none of what it raises
            self._tell(f"{type(error).__name__}: {error}")
            raise SignInError from None
        if "access_token" not in grant:
            self._tell(f"{grant.get('error')}: {grant.get('error_description')}")
            raise RefusedError
        self._token = str(grant["access_token"])
        self._until = asked_at + int(grant["expires_in"]) - EARLY_SECONDS
        return self._token

    def _sign_in(self) -> dict[str, Any]:
        """Ask Microsoft, blocking. Each time afresh: what msal would remember is kept here already."""
        with self._http_client() as http:
            http.request = functools.partial(http.request, timeout=TIMEOUT_SECONDS)  # type: ignore[method-assign]
            return dict(self._by_machine(http) if self._options.managed_identity else self._by_password(http))

    def _by_machine(self, http: requests.Session) -> Mapping[str, Any]:
        identity = msal.UserAssignedManagedIdentity(client_id=self._options.app_id)
        client = msal.ManagedIdentityClient(identity, http_client=http)
        return client.acquire_token_for_client(resource=AUDIENCE) or {}

    def _by_password(self, http: requests.Session) -> Mapping[str, Any]:
        tenant = BOTS_TENANT if self._options.many_tenants else self._options.tenant_id
        client = msal.ConfidentialClientApplication(
            self._options.app_id,
            client_credential=self._options.app_password,
            authority=f"{self._options.login_url}/{tenant}",
            # Else msal tries a refused sign-in again under each other name of Microsoft's login server.
            instance_discovery=False,
            http_client=http,
        )
        return client.acquire_token_for_client([f"{AUDIENCE}/.default"]) or {}

    def _tell(self, reason: str) -> None:
        secret = self._options.app_password
        line = reason.partition("\n")[0]
        log.error(
            "Microsoft gave no token", action="teams_sign_in", reason=line.replace(secret, "***") if secret else line
        )
