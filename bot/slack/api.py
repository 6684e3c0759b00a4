"""One way to Slack's Web API and its response URLs: shared connections, no doubled posts, plain errors."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final
from urllib.request import getproxies

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError, SlackClientError, SlackRequestError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import AmbiguousError, BusyError, Obstacle, PlatformError, UnreachableError

SLACK_API_URL: Final = "https://slack.com/api/"
TIMEOUT_SECONDS: Final = 10

# At debug level Slack's libraries print whole messages, which are private: theirs never goes below this.
sdk_log = logging.getLogger("bot.slack.sdk")
sdk_log.setLevel(logging.WARNING)


@contextmanager
def unremarked() -> Iterator[None]:
    """Keep what the libraries only remark upon out of the log for a moment."""
    sdk_log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        sdk_log.setLevel(logging.WARNING)


_SENTENCES: Final = {
    "account_inactive": "Slack no longer lets me into this workspace. Nothing was lost; an admin can install me again.",
    "cannot_dm_bot": "Slack doesn't let me write to that account. Nothing was lost.",
    "channel_not_found": "I can't see that channel. Invite me there with /invite, then try again; nothing was lost.",
    "is_archived": "That channel is archived, so I can't post there. Nothing was lost; please choose another one.",
    "missing_scope": "I lack a permission for that. Nothing was lost; an admin can install me again to grant it.",
    "not_in_channel": "I'm not in that channel. Invite me there with /invite, then try again; nothing was lost.",
    "ratelimited": "Slack asks me to slow down. Nothing was lost; please try again in a minute.",
    "restricted_action": "This workspace doesn't let me post there. Nothing was lost; please choose another place.",
    "token_revoked": "Slack no longer lets me into this workspace. Nothing was lost; an admin can install me again.",
    "invalid_auth": "Slack no longer lets me into this workspace. Nothing was lost; an admin can install me again.",
}


class SlackRefusedError(PlatformError):
    """I couldn't deliver that message. Nothing was lost; please try again in a minute."""

    def __init__(self, code: str) -> None:
        """Keep Slack's own name for what is wrong, "not_in_channel" for example."""
        super().__init__(_SENTENCES.get(code, ""))
        self.code = code

    @property
    def reason(self) -> str:
        """What an operator is told."""
        return f"Slack says {self.code or 'nothing it should'}"


class SlackBusyError(SlackRefusedError, BusyError):
    """Slack can't take that just now. Nothing was lost; please try again in a minute."""

    def __init__(self, code: str, retry_after: float = 0) -> None:
        """Keep how many seconds Slack asks for."""
        super().__init__(code)
        self.retry_after = retry_after


class SlackUnreachableError(SlackRefusedError, UnreachableError):
    """Slack doesn't let me write there. Nothing was lost; an admin can tell why."""

    def __init__(self, code: str) -> None:
        """Keep what Slack's name for it says is in the way."""
        super().__init__(code)
        self.obstacle: Obstacle = _OBSTACLES[code]

    @property
    def reason(self) -> str:
        """What is in the way, in one word."""
        return self.obstacle


class SlackAmbiguousError(SlackRefusedError, AmbiguousError):
    """I can't tell whether that went through. Nothing was lost; please look before you try again."""


# Until Slack's clock has moved on, or an admin has seen to it.
_BUSY: Final = frozenset({"ratelimited", "rate_limited", "invalid_auth", "not_authed", "token_expired"})
_OBSTACLES: Final[Mapping[str, Obstacle]] = {
    "account_inactive": "forbidden",
    "cannot_dm_bot": "forbidden",
    # A private channel that the coach was taken out of looks to it like one that was deleted.
    "channel_not_found": "gone",
    "is_archived": "archived",
    "not_in_channel": "not_in_channel",
    "restricted_action": "forbidden",
    "restricted_action_non_threadable_channel": "forbidden",
    "restricted_action_read_only_channel": "forbidden",
    "restricted_action_thread_only_channel": "forbidden",
    "token_revoked": "forbidden",
    "user_disabled": "gone",
    "user_not_found": "gone",
    "users_not_found": "gone",
}
# Slack may have done it all the same; an answer without a name isn't Slack's.
_AMBIGUOUS: Final = frozenset({"", "fatal_error", "internal_error", "request_timeout", "service_unavailable"})


def refusal(code: str, retry_after: float = 0) -> SlackRefusedError:
    """Make the error that Slack's name for it stands for."""
    if code in _BUSY:
        return SlackBusyError(code, retry_after)
    if code in _OBSTACLES:
        return SlackUnreachableError(code)
    return (SlackAmbiguousError if code in _AMBIGUOUS else SlackRefusedError)(code)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the SDK and the network raise into `PlatformError`, without what was being sent."""
    try:
        yield
    except SlackApiError as error:
        raise refusal(_code(error), _retry_after(error)) from None
    except (ClientConnectorError, ConnectionTimeoutError) as error:  # before anything was sent
        raise BusyError from error
    except (ClientError, TimeoutError, SlackClientError, SlackRequestError) as error:
        raise AmbiguousError from error


def new_session() -> ClientSession:
    """Open the connections that one door shares; needs a running loop."""
    # Where no proxy is set there is nothing to look for, and looking costs a hop into a thread for every request.
    return ClientSession(timeout=ClientTimeout(total=TIMEOUT_SECONDS), trust_env=bool(getproxies()))


class Api:
    """Slack's Web API at one base URL."""

    def __init__(self, url: str, session: ClientSession) -> None:
        """Speak to `url` over shared connections; `close` ends them."""
        self.url = url.rstrip("/") + "/"
        self._session = session

    def posting(self, token: str | None) -> AsyncWebClient:
        """Make a client for calls with an effect: none is repeated, since Slack knows no repeated post."""
        return AsyncWebClient(
            token=token,
            base_url=self.url,
            session=self._session,
            retry_handlers=[],
            logger=sdk_log,
            timeout=TIMEOUT_SECONDS,
        )

    def reading(self, token: str) -> AsyncWebClient:
        """Make a client for calls without one: where Slack says how long to wait, it waits and asks once more."""
        client = self.posting(token)
        client.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=1)]
        return client

    async def respond(self, url: str, text: str, blocks: Sequence[dict[str, Any]], **how: object) -> None:
        """Answer through a response URL. Raises `PlatformError`, as when it was used up or is 30 minutes old."""
        body = {"response_type": "ephemeral", "replace_original": False, "text": text, "blocks": list(blocks), **how}
        with plainly():
            async with self._session.post(url, json=body) as answer:
                if answer.status != 200:  # noqa: PLR2004  the one status that means done
                    raise SlackRefusedError("expired_url" if answer.status == 404 else "response_url")  # noqa: PLR2004

    async def upload(self, token: str, name: str, content: bytes) -> str:
        """Put a file into Slack and share it nowhere; gives its id. Raises `PlatformError`."""
        client = self.posting(token)
        with plainly():
            place = await client.files_getUploadURLExternal(filename=name, length=len(content))
            async with self._session.post(str(place["upload_url"]), data=content) as answer:
                if answer.status != 200:  # noqa: PLR2004  the one status that means done
                    raise SlackRefusedError("upload_failed")
            await client.files_completeUploadExternal(files=[{"id": place["file_id"], "title": name}])
        return str(place["file_id"])

    async def close(self) -> None:
        """End the shared connections."""
        await self._session.close()


def _code(error: SlackApiError) -> str:
    """Find Slack's name for the error; an answer that isn't Slack's has none."""
    answer = error.response
    if getattr(answer, "status_code", 0) == 429:  # noqa: PLR2004  too many requests
        return "ratelimited"
    data = getattr(answer, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _retry_after(error: SlackApiError) -> float:
    """Read how long Slack wants to be left alone, in seconds."""
    given = str((getattr(error.response, "headers", None) or {}).get("Retry-After", ""))
    return float(given) if given.isdecimal() else 0
