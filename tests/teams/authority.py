"""A small Microsoft over real HTTP: the signing keys, the login server, the identity of a machine; and forgers."""

import base64
import hmac
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from requests.adapters import HTTPAdapter

from bot.teams.options import TeamsOptions
from tests.doors import serving

Json = dict[str, Any]
ISSUER = "https://api.botframework.com"
APP_ID = "00000000-aaaa-bbbb-cccc-000000000001"
APP_PASSWORD = "pass-s3cret"
TENANT = "0c1d2e3f-tenant"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"
IDENTITY_HEADER = "a-machine"
HOUR = 3600
# Tokens are checked by the real clock, which no test can read.
LONG_AGO = 1577836800  # 2020
LONG_HENCE = 4102444800  # 2100


@cache
def private_key(_name: str) -> rsa.RSAPrivateKey:
    """Give the key pair of this id; making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(name: str) -> bytes:
    return private_key(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass
class Authority:
    """Microsoft. `keys` are the ids of its signing keys with their endorsements; `fetched` counts what was asked for.

    `reachable` off hangs up on everybody; `refuses` is the login server's error, `life` a token's seconds.
    """

    url: str = ""
    keys: dict[str, list[str]] = field(default_factory=lambda: {"k1": ["msteams", "webchat"]})
    fetched: Counter[str] = field(default_factory=Counter)
    reachable: bool = True
    metadata: Json | None = None
    key_set: Any = None
    refuses: Json = field(default_factory=dict)
    life: int = HOUR
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._hangs_up])
        app.router.add_get("/openid", self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._discovery)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_get("/identity", self._identity)
        return app

    @property
    def openid_url(self) -> str:
        return f"{self.url}/openid"

    def options(self, **changed: Any) -> TeamsOptions:  # noqa: ANN401  any option
        """The settings of a bot that is registered here."""
        usual = {"app_id": APP_ID, "app_password": APP_PASSWORD, "tenant_id": TENANT, "openid_url": self.openid_url}
        return TeamsOptions(**(usual | changed))

    def http_client(self) -> requests.Session:
        """What msal goes through: it demands https, so each host it names is led here."""
        session = requests.Session()
        session.trust_env = False
        session.mount("https://", _Detour(self.url))
        return session

    def rotates(self, *names: str) -> None:
        """Sign with other keys from now on."""
        self.keys = {name: ["msteams"] for name in names}

    def token(self, key: str = "k1", *, head: Json | None = None, **claims: Any) -> str:  # noqa: ANN401
        """What Teams proves itself with, signed by `key`; a claim or a part of the head that is None is left out."""
        told: Json = {"kid": key} | (head or {})
        headers = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(_claims(claims), private_key(key), algorithm="RS256", headers=headers)

    def taken_over(self, **claims: Any) -> str:  # noqa: ANN401
        """A thief's signature under the id of our key."""
        return self.token("thief", head={"kid": "k1"}, **claims)

    def symmetric(self, **claims: Any) -> str:  # noqa: ANN401
        """Signed with what everybody knows, our public key, in the hope that it is taken for a shared secret."""
        signed = _signable({"alg": "HS256", "typ": "JWT", "kid": "k1"}, _claims(claims))
        return f"{signed}.{_base64(hmac.digest(public_pem('k1'), signed.encode(), 'sha256'))}"

    def unsigned(self, **claims: Any) -> str:  # noqa: ANN401
        return f"{_signable({'alg': 'none', 'typ': 'JWT', 'kid': 'k1'}, _claims(claims))}."

    def of_emulator(self, **claims: Any) -> str:  # noqa: ANN401
        """What the Bot Framework Emulator signs in with."""
        issuer = "https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/"
        return self.token(iss=issuer, ver="1.0", appid=APP_ID, **claims)

    def of_skill(self, **claims: Any) -> str:  # noqa: ANN401
        """What another bot would call this one with, were it of the channels' issuer."""
        return self.token(ver="1.0", appid="another-bot", **claims)

    @web.middleware
    async def _hangs_up(self, request: web.Request, handler: Any) -> web.StreamResponse:  # noqa: ANN401
        name = request.path.rpartition("/")[2]
        self.fetched[{"openid-configuration": "discovery"}.get(name, name)] += 1
        if not self.reachable and request.transport:
            request.transport.abort()
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _metadata(self, _request: web.Request) -> web.Response:
        usual = {"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"}
        return web.json_response(usual if self.metadata is None else self.metadata)

    async def _keys(self, _request: web.Request) -> web.Response:
        keys = [_jwk(name, endorsements) for name, endorsements in self.keys.items()]
        return web.json_response({"keys": keys} if self.key_set is None else self.key_set)

    async def _discovery(self, request: web.Request) -> web.Response:
        tenant = request.match_info["tenant"]
        base = f"https://{request.host}/{tenant}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form | {"tenant": request.match_info["tenant"]})
        if self.refuses or form.get("client_secret") != APP_PASSWORD:
            return web.json_response(self.refuses or {"error": "invalid_client"}, status=401)
        return web.json_response({"token_type": "Bearer", "expires_in": self.life, "access_token": self._fresh()})

    async def _identity(self, request: web.Request) -> web.Response:
        """Answer as App Service does for a machine's identity."""
        self.asked.append(dict(request.query))
        if request.headers.get("X-IDENTITY-HEADER") != IDENTITY_HEADER:
            return web.json_response({"statusCode": 400, "message": "No such machine."}, status=400)
        return web.json_response({"access_token": self._fresh(), "expires_on": str(LONG_HENCE), "resource": ISSUER})

    def _fresh(self) -> str:
        return f"token-{len(self.asked)}"


class _Detour(HTTPAdapter):
    """Leads requests for any host to one on loopback."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: requests.PreparedRequest, *args: Any, **how: Any) -> requests.Response:  # noqa: ANN401
        parts = urlsplit(request.url or "")
        request.headers["Host"] = parts.netloc
        request.url = f"{self._url}{parts.path}?{parts.query}"
        return super().send(request, *args, **how)


def _claims(changed: Json) -> Json:
    usual = {"iss": ISSUER, "aud": APP_ID, "nbf": LONG_AGO, "exp": LONG_HENCE, "serviceurl": SERVICE_URL}
    return {name: value for name, value in (usual | changed).items() if value is not None}


def _signable(head: Json, claims: Json) -> str:
    return ".".join(_base64(json.dumps(part).encode()) for part in (head, claims))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _jwk(name: str, endorsements: list[str]) -> Json:
    jwk = RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return {**jwk, "kid": name, "use": "sig", "endorsements": endorsements}


@asynccontextmanager
async def standing() -> AsyncIterator[Authority]:
    """Let a Microsoft stand."""
    authority = Authority()
    async with serving(authority.app()) as authority.url:
        yield authority
