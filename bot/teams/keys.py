"""Microsoft's signing keys: fetched beside the traffic, never in its way, and never oftener than is decent."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import structlog
from aiohttp import ClientSession, ClientTimeout
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import InvalidKeyError
from jwt.algorithms import RSAAlgorithm

from bot.errors import PlatformError
from bot.teams.flight import Flight

log = structlog.get_logger()

REFRESH_SECONDS: Final = 24 * 3600.0
RETRY_SECONDS: Final = 30.0
# A stranger who makes up key ids must not make us hammer Microsoft.
AT_MOST_EVERY_SECONDS: Final = 10.0
TIMEOUT_SECONDS: Final = 5.0


class KeysUnreachableError(PlatformError):
    """I can't check right now that a message comes from Teams. Nothing was lost; please try again in a minute."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What proves a token's signature, and the channels that its holder may speak for."""

    public_key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """The keys by their ids, as the OpenID metadata at one address names them."""

    def __init__(
        self,
        openid_url: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Fetch nothing yet. `clock` counts seconds from any moment, `pause` waits for as many."""
        self._url = openid_url
        self._clock = clock
        self._pause = pause
        self._keys: Mapping[str, SigningKey] = {}
        self._tried_at: float | None = None
        self._refresh = Flight(self._fetch)
        self._upkeep: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to fetch the keys, and again daily; while they can't be reached, keep trying."""
        self._upkeep = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Fetch no more."""
        if self._upkeep:
            self._upkeep.cancel()
            await asyncio.gather(self._upkeep, return_exceptions=True)
        await self._refresh.stop()

    async def get(self, kid: str) -> SigningKey | None:
        """Give the key of this id, None where Microsoft has none such.

        An unknown id fetches the keys anew first, at most every ten seconds. Raises `KeysUnreachableError` where none
        could ever be had.
        """
        if kid not in self._keys and self._may_ask():
            await self._refresh()
        if not self._keys:
            raise KeysUnreachableError
        return self._keys.get(kid)

    def _may_ask(self) -> bool:
        if self._tried_at is None or self._refresh.under_way:
            return True
        return self._clock() - self._tried_at >= AT_MOST_EVERY_SECONDS

    async def _keep(self) -> None:
        while True:
            fetched = await self._refresh()
            await self._pause(REFRESH_SECONDS if fetched else RETRY_SECONDS)

    async def _fetch(self) -> bool:
        """Replace the keys, or keep the known ones where that fails; say which."""
        self._tried_at = self._clock()
        try:
            keys = _read(await self._download())
        except Exception as error:  # noqa: BLE001  whatever comes instead of keys, those we have stay good
            log.warning(
                "Microsoft's signing keys could not be fetched",
                action="teams_signing",
                known=len(self._keys),
                error=type(error).__name__,
            )
            return False
        self._keys = keys
        return True

    async def _download(self) -> Any:  # noqa: ANN401  whatever the other side sends
        timeout = ClientTimeout(total=TIMEOUT_SECONDS)
        async with ClientSession(timeout=timeout, raise_for_status=True, trust_env=True) as session:
            async with session.get(self._url) as answer:
                address = (await answer.json(content_type=None))["jwks_uri"]
            async with session.get(address) as answer:
                return await answer.json(content_type=None)


def _read(document: Any) -> dict[str, SigningKey]:  # noqa: ANN401
    """Take the RSA keys out of a key set; a key that is none doesn't spoil the others. Raises where none is left."""
    keys: dict[str, SigningKey] = {}
    for one in document["keys"]:
        with suppress(InvalidKeyError, ValueError, LookupError):
            public = RSAAlgorithm.from_jwk(one)
            if isinstance(public, RSAPublicKey):
                keys[one["kid"]] = SigningKey(public, frozenset(one.get("endorsements") or ()))
    if not keys:
        raise LookupError("The key set holds no key.")
    return keys
