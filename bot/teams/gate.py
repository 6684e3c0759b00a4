"""Who gets in: no body is read before the token holds, and none is believed that says other than the token."""

import ipaddress
import json
from typing import Any, Final

import structlog
from aiohttp import web
from yarl import URL

from bot.teams.elements import Json
from bot.teams.keys import SigningKeys
from bot.teams.options import TeamsOptions
from bot.teams.proof import CHANNEL, Proof

log = structlog.get_logger()

BODY_BYTES_MAX: Final = 256 * 1024
DEPTH_MAX: Final = 64


class Gate:
    """Lets in what Teams sends to this bot, and nothing else."""

    def __init__(self, options: TeamsOptions, keys: SigningKeys) -> None:
        """Check against Microsoft's keys; the emulator's mode needs none."""
        self._options = options
        self._proof = Proof(options, keys)

    async def accept(self, request: web.Request) -> Json:
        """Give the activity of a request that Teams sent.

        Raises 401 where it didn't, 503 while that can't be found out, 413 for a huge body, 415 for one that isn't JSON
        by its name, 400 by its content.
        """
        try:
            promised = await self._promised(request)
            activity = _parsed(await _body(request))
            self._check(activity, promised)
        except web.HTTPException as refusal:
            log.info("a request was refused", action="teams_refused", status=refusal.status, reason=refusal.text)
            raise
        return activity

    async def _promised(self, request: web.Request) -> str | None:
        """Give the service URL that Microsoft signed; None for the emulator, which signs nothing."""
        if self._options.unauthenticated:
            # A web page whose name was pointed at this machine sends its own name as the host.
            if not _on_this_machine(f"http://{request.host}"):
                raise web.HTTPUnauthorized(text="The emulator's mode serves this machine only.")
            return None
        return await self._proof.service_url(request.headers.get("Authorization", ""))

    def _check(self, activity: Json, promised: str | None) -> None:
        service_url = activity.get("serviceUrl")
        if activity.get("channelId") != CHANNEL:
            raise web.HTTPUnauthorized(text="The channel is not Microsoft Teams.")
        if promised is not None and service_url != promised:
            raise web.HTTPUnauthorized(text="The service URL is not the token's.")
        if not isinstance(service_url, str) or not self._answerable(service_url):
            raise web.HTTPUnauthorized(text="Nothing is ever sent to that service URL.")
        if not self._options.admits(_named(activity.get("channelData"), "tenant")):
            raise web.HTTPUnauthorized(text="The tenant is not the one of TEAMS_TENANT_ID.")
        if not (_named(activity, "conversation") and _named(activity, "from")):
            raise web.HTTPBadRequest(text="A conversation or a sender is missing.")

    def _answerable(self, service_url: str) -> bool:
        """Whether we may post there: over TLS beyond this machine, which the emulator's mode never leaves."""
        secure = service_url.startswith("https://") and not self._options.unauthenticated
        return secure or _on_this_machine(service_url)


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > BODY_BYTES_MAX:
        raise web.HTTPRequestEntityTooLarge(BODY_BYTES_MAX, request.content_length or 0)
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="The content type is not application/json.")
    try:
        return await request.clone(client_max_size=BODY_BYTES_MAX).read()
    except web.RequestPayloadError:
        raise web.HTTPBadRequest(text="The body is packed otherwise than it says.") from None


def _parsed(body: bytes) -> Json:
    try:
        activity = json.loads(body.decode(), parse_constant=int)  # NaN and its like are not JSON, and no int
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="The body is not JSON in UTF-8.") from None
    if not isinstance(activity, dict) or _deep(activity):
        raise web.HTTPBadRequest(text="The body is not an activity.")
    return activity


def _deep(activity: Json) -> bool:
    """Whether values lie deeper than any card of ours: what walks them later may walk by recursion."""
    level: list[Any] = [activity]
    for _ in range(DEPTH_MAX):
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(one: Json | list[Any]) -> list[Any]:
    return list(one.values()) if isinstance(one, dict) else one


def _named(holder: object, name: str) -> str:
    """Give the id of what is held under this name; "" where there is none."""
    held = holder.get(name) if isinstance(holder, dict) else None
    found = held.get("id") if isinstance(held, dict) else None
    return found if isinstance(found, str) else ""


def _on_this_machine(address: str) -> bool:
    """Whether plain HTTP to this address stays on loopback. Read as aiohttp reads it, so that both see one host."""
    try:
        url = URL(address)
        return url.scheme == "http" and (url.host == "localhost" or ipaddress.ip_address(url.host or "").is_loopback)
    except ValueError:
        return False
