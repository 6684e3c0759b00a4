"""The Bot Connector's REST API, through which words reach Teams: shared connections, patience, plain errors."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol
from urllib.parse import quote
from urllib.request import getproxies

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
)
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)
from yarl import URL

from bot.errors import AmbiguousError, BusyError, PlatformError
from bot.teams.elements import Json
from bot.teams.refusals import (
    NO_CONVERSATION,
    TeamsAmbiguousError,
    TeamsBusyError,
    TeamsRefusedError,
    TeamsUnreachableError,
)

ATTEMPT_SECONDS: Final = 10.0
CALL_SECONDS: Final = 25.0
ATTEMPTS: Final = 5
# Microsoft's advice on 412, 429, 502 and 504; a service that is down says 503.
TRY_AGAIN: Final = frozenset({412, 429, 502, 503, 504})
# Of these, what says that nothing was taken in; behind the other two a service may have done it all the same.
NOT_TAKEN_IN: Final = frozenset({412, 429, 503})
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class _NotNowError(Exception):
    """Worth another attempt, after `wait` seconds at least."""

    def __init__(self, error: PlatformError, wait: float = 0) -> None:
        super().__init__()
        self.error = error
        self.wait = wait


class Credentials(Protocol):
    """What the bot proves itself with."""

    async def token(self) -> str:
        """Give a token; empty where none is asked for. Raises `PlatformError`."""

    def refused(self, token: str) -> None:
        """Hear that Teams no longer takes this token."""


def new_session() -> ClientSession:
    """Open the connections that one door shares; needs a running loop. What one tenant sets in cookies stays out."""
    # Where no proxy is set there is nothing to look for, and looking costs a thread's hop for every request.
    proxied = bool(getproxies())
    return ClientSession(timeout=ClientTimeout(total=ATTEMPT_SECONDS), trust_env=proxied, cookie_jar=DummyCookieJar())


class Connector:
    """Calls the Connector at whichever service URL a conversation has. No call takes longer than 25 seconds.

    Raises `TeamsRefusedError` where nothing was delivered, `BusyError` where nothing is now, `UnreachableError` where
    nothing can be, and `AmbiguousError` where the answer got lost and only Teams knows.
    """

    def __init__(
        self,
        credentials: Credentials,
        session: ClientSession,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        attempt_seconds: float = ATTEMPT_SECONDS,
        call_seconds: float = CALL_SECONDS,
    ) -> None:
        """Speak over shared connections; `pause` waits for so many seconds before another attempt."""
        self.session = session
        self._credentials = credentials
        self._pause = pause
        self._timeout = ClientTimeout(total=attempt_seconds)
        self._call_seconds = call_seconds

    async def post(
        self, service_url: str, conversation: str, activity: Json, reply_to: str = "", *, once: bool = False
    ) -> str:
        """Post an activity, where `reply_to` is given into the thread it began; gives the message's id.

        It is attempted several times, unless `once` is enough because whoever asks has patience of their own.
        Teams takes text with an attachment, or a list of attachments, apart into messages it tells no id of.
        """
        path = _activities(f"{conversation};messageid={reply_to}" if reply_to else conversation)
        return _id(await self._call("POST", service_url, path, activity, once=once))

    async def put(self, service_url: str, conversation: str, message: str, activity: Json) -> None:
        """Show an activity in place of an earlier message."""
        await self._call("PUT", service_url, _activities(conversation, message), activity | {"id": message})

    async def delete(self, service_url: str, conversation: str, message: str) -> None:
        """Take a message away."""
        await self._call("DELETE", service_url, _activities(conversation, message))

    async def create(self, service_url: str, *, tenant: str, user: str, bot: str) -> str:
        """Open the personal chat with somebody, or find it; gives its id."""
        asked = {
            "isGroup": False,
            "bot": {"id": bot},
            "members": [{"id": user}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        return _id(await self._call("POST", service_url, "/v3/conversations", asked))

    async def member(self, service_url: str, conversation: str, user: str) -> Json:
        """Look up who somebody of a conversation is."""
        path = f"/v3/conversations/{quote(conversation, safe='')}/members/{quote(user, safe='')}"
        found = await self._call("GET", service_url, path)
        if not isinstance(found, dict):
            raise PlatformError
        return found

    async def close(self) -> None:
        """End the shared connections."""
        await self.session.close()

    async def _call(
        self, method: str, service_url: str, path: str, body: Json | None = None, *, once: bool = False
    ) -> object:
        """Ask, with a second token where the first one is no longer taken."""
        ask = self._attempt_once if once else self._patiently
        url = URL(service_url.rstrip("/") + path, encoded=True)
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            async with asyncio.timeout(self._call_seconds):
                token = await self._credentials.token()
                try:
                    return await ask(method, url, data, token)
                except TeamsRefusedError as refusal:
                    if refusal.status != 401 or not token:  # noqa: PLR2004  unauthorized
                        raise
                self._credentials.refused(token)
                return await ask(method, url, data, await self._credentials.token())
        except TimeoutError as error:
            raise AmbiguousError from error

    async def _attempt_once(self, method: str, url: URL, data: bytes | None, token: str) -> object:
        try:
            return await self._attempt(method, url, data, token)
        except _NotNowError as not_now:
            raise not_now.error from not_now.__cause__

    async def _patiently(self, method: str, url: URL, data: bytes | None, token: str) -> object:
        """Attempt until it is done, or there is no time for another attempt."""
        attempting = AsyncRetrying(
            sleep=self._pause,
            wait=_wait,
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(self._call_seconds),
            retry=retry_if_exception_type(_NotNowError),
            reraise=True,
        )
        try:
            return await attempting(self._attempt, method, url, data, token)
        except _NotNowError as not_now:
            raise not_now.error from not_now.__cause__

    async def _attempt(self, method: str, url: URL, data: bytes | None, token: str) -> object:
        headers = {"Content-Type": "application/json; charset=utf-8"} if data else {}
        if token:
            headers["Authorization"] = f"Bearer {_only_to(url, token)}"
        try:
            async with self.session.request(
                method, url, data=data, headers=headers, allow_redirects=False, timeout=self._timeout
            ) as answer:
                return await _taken(answer)
        except (ClientConnectorError, ConnectionTimeoutError) as error:  # before anything was sent
            raise _NotNowError(BusyError()) from error
        except (ClientError, TimeoutError) as error:
            raise AmbiguousError from error


_jitter = wait_random_exponential(multiplier=0.5, max=8)


def _wait(state: RetryCallState) -> float:
    """Wait as long as Teams asks for, and a random time on top: those refused together don't come back together."""
    error = state.outcome.exception() if state.outcome else None
    return _jitter(state) + (error.wait if isinstance(error, _NotNowError) else 0)


def _activities(conversation: str, message: str = "") -> str:
    """Name the messages of a conversation, or one of them. An id is a name, whatever characters stand in it."""
    one = f"/{quote(message, safe='')}" if message else ""
    return f"/v3/conversations/{quote(conversation, safe='')}/activities{one}"


def _only_to(url: URL, token: str) -> str:
    """Refuse to show a token to anybody on the way."""
    if url.scheme != "https" and url.host not in LOOPBACK:
        raise TeamsRefusedError(0, "InsecureServiceUrl")
    return token


async def _taken(answer: ClientResponse) -> object:
    """Read an answer, or raise what it says."""
    if 200 <= answer.status < 300:  # noqa: PLR2004  the statuses that mean done
        return await _json(answer)
    code, wait = _code(await _json(answer)), _seconds(answer.headers.get("Retry-After", ""))
    if answer.status == 403 or code == NO_CONVERSATION:  # noqa: PLR2004  forbidden
        raise TeamsUnreachableError(answer.status, code)
    if answer.status == 401:  # noqa: PLR2004  unauthorized: until an admin has seen to it
        raise TeamsBusyError(answer.status, code)
    if answer.status in NOT_TAKEN_IN:
        raise _NotNowError(TeamsBusyError(answer.status, code, wait), wait)
    if answer.status in TRY_AGAIN:
        raise _NotNowError(TeamsAmbiguousError(answer.status, code), wait)
    raise (TeamsAmbiguousError if answer.status >= 500 else TeamsRefusedError)(answer.status, code)  # noqa: PLR2004


async def _json(answer: ClientResponse) -> object:
    """Read what should be JSON; None where it is none."""
    try:
        value: object = json.loads(await answer.read())
    except ValueError:
        return None
    return value


def _code(body: object) -> str:
    """Find Teams' name for an error."""
    error = body.get("error") if isinstance(body, dict) else None
    return str(error.get("code") or "") if isinstance(error, dict) else ""


def _seconds(retry_after: str) -> float:
    """Read how long to wait; a date, which Teams doesn't send, leaves it to us."""
    return float(retry_after) if retry_after.isdecimal() else 0


def _id(body: object) -> str:
    """Find the id of what was made. An answer without one isn't the Connector's, or came after it was made."""
    found: Any = body.get("id") if isinstance(body, dict) else None
    if not found:
        raise AmbiguousError
    return str(found)
