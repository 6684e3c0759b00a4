"""What a request proves itself with: a token that Microsoft signed, for this bot, to speak for Teams."""

from typing import Final, NoReturn

import jwt
from aiohttp import web
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticationConfiguration,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    BotFrameworkAuthenticationFactory,
    JwtTokenExtractor,
    PasswordServiceClientCredentialFactory,
)
from jwt.types import Options

from bot.teams.keys import KeysUnreachableError, SigningKey, SigningKeys
from bot.teams.options import TeamsOptions

CHANNEL: Final = "msteams"
ISSUER: Final = AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER
SERVICE_URL: Final = AuthenticationConstants.SERVICE_URL_CLAIM
# How far Microsoft's clock and ours may differ; the SDK allows the same.
LEEWAY_SECONDS: Final = 300
# All but the signature, which needs a key.
_UNPROVEN: Final[Options] = {
    "verify_signature": False,
    "verify_exp": True,
    "verify_nbf": True,
    "verify_iss": True,
    "verify_aud": True,
    "strict_aud": True,
    "require": ["iss", "aud", "exp", SERVICE_URL],
}
# It names no service URL: that stands in the body, which is not read yet. The gate compares it.
_FROM_TEAMS: Final = Activity(channel_id=CHANNEL)


class Proof:
    """Judges the Authorization header by the SDK's rules, and by those that the SDK leaves out."""

    def __init__(self, options: TeamsOptions, keys: SigningKeys) -> None:
        """Judge tokens for this bot. A process has one for each OpenID address: the SDK keeps keys by address."""
        self._app_id = options.app_id
        self._sdk = _sdk(options, keys)

    async def service_url(self, header: str) -> str:
        """Give the service URL that the token names. Raises 401, and 503 while Microsoft's keys can't be had."""
        _plausible(header, self._app_id)
        try:
            result = await self._sdk.authenticate_request(_FROM_TEAMS, header)
        except KeysUnreachableError as error:
            raise web.HTTPServiceUnavailable(text=error.sentence) from None
        except Exception as error:  # noqa: BLE001  whatever the SDK raises over a token, the token is what is wrong
            _refuse(error)
        return str(result.claims_identity.claims[SERVICE_URL])


class _Endorsed:
    """Where the SDK looks a key up. It lets a key without endorsements speak for anybody; here none is found so."""

    def __init__(self, keys: SigningKeys) -> None:
        self._keys = keys

    async def get(self, kid: str) -> SigningKey:
        key = await self._keys.get(kid)
        if key is None or CHANNEL not in key.endorsements:
            raise PermissionError
        return key


def _sdk(options: TeamsOptions, keys: SigningKeys) -> BotFrameworkAuthentication:
    """Set the SDK's rules up with our keys at the only address it takes any from, so that it never fetches itself."""
    JwtTokenExtractor.metadataCache[options.openid_url] = _Endorsed(keys)
    return BotFrameworkAuthenticationFactory.create(
        to_channel_from_bot_oauth_scope=AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
        to_bot_from_channel_token_issuer=ISSUER,
        to_bot_from_channel_open_id_metadata_url=options.openid_url,
        to_bot_from_emulator_open_id_metadata_url=options.openid_url,
        credential_factory=PasswordServiceClientCredentialFactory(options.app_id),
        auth_configuration=AuthenticationConfiguration(),
    )


def _plausible(header: str, app_id: str) -> None:
    """Refuse by what a token says of itself, unproven, so that no key is asked for in vain.

    That includes the emulators' and the skills' tokens, for which the SDK has other rules: their issuer is another.
    """
    scheme, _, token = header.partition(" ")
    if scheme != "Bearer" or not token:
        raise web.HTTPUnauthorized(text="It came without a token.")
    try:
        told = jwt.decode_complete(token, options=_UNPROVEN, issuer=ISSUER, audience=app_id, leeway=LEEWAY_SECONDS)
    except Exception as error:  # noqa: BLE001  PyJWT reads what a stranger wrote, at any depth
        _refuse(error)
    if told["header"].get("alg") != "RS256" or not told["header"].get("kid"):
        raise web.HTTPUnauthorized(text="The token is not signed as Microsoft signs.")


def _refuse(error: Exception) -> NoReturn:
    raise web.HTTPUnauthorized(text=f"The token does not hold: {type(error).__name__}.") from None
