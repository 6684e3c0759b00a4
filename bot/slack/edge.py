"""The outer edge of HTTP mode: nothing is read, counted or logged before Slack's signature holds."""

import re
from typing import Final

from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.chat.ports import Now

BODY_BYTES_MAX: Final = 1024 * 1024
_TIMESTAMP: Final = re.compile(r"\d{1,12}")


class _Clock:
    """The SDK asks for seconds since 1970; our time is an argument."""

    def __init__(self, now: Now) -> None:
        self._now = now

    def now(self) -> float:
        return self._now().timestamp()


class Edge:
    """Checks a request and hands it to Bolt; what doesn't hold raises the HTTP refusal."""

    def __init__(self, signing_secret: str, now: Now) -> None:
        """Check against the app's signing secret; a signature is good for five minutes."""
        self._verifier = SignatureVerifier(signing_secret, clock=_Clock(now))  # type: ignore[arg-type]  # only now() is used

    async def accept(self, request: web.Request) -> AsyncBoltRequest:
        """Read a request that Slack signed. Raises 400 for a garbled, 401 for an unsigned, 413 for a huge one."""
        if (request.content_length or 0) > BODY_BYTES_MAX:
            raise web.HTTPRequestEntityTooLarge(BODY_BYTES_MAX, request.content_length or 0)
        body = await self._signed(request)
        content_type = request.headers.get("Content-Type", "")
        try:
            parsed = AsyncBoltRequest(body=body, headers={"content-type": content_type})
        except Exception:  # noqa: BLE001  whatever Bolt raises over a signed body, the body is what is wrong
            raise web.HTTPBadRequest(text="This is not a request of Slack's.") from None
        if not isinstance(parsed.body, dict):
            raise web.HTTPBadRequest(text="This is not a request of Slack's.")
        return parsed

    async def _signed(self, request: web.Request) -> str:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if timestamp and not _TIMESTAMP.fullmatch(timestamp):
            raise web.HTTPBadRequest(text="The timestamp is not a number.")
        try:
            body = (await request.read()).decode()
        except UnicodeDecodeError:
            raise web.HTTPBadRequest(text="The body is not UTF-8.") from None
        held = timestamp and signature.isascii() and self._verifier.is_valid(body, timestamp, signature)
        if not held:
            raise web.HTTPUnauthorized(text="The signature does not hold.")
        return body
