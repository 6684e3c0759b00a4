"""Every way to get in that isn't Teams', as a table: what is tried, and the status it meets."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.teams.gate import BODY_BYTES_MAX
from tests.teams.authority import APP_ID, LONG_AGO, LONG_HENCE, SERVICE_URL, TENANT, Authority

Json = dict[str, Any]
Sign = Callable[[Authority, str], str]
JSON_TYPE = "application/json; charset=utf-8"
EMULATOR = {"unauthenticated": True, "app_id": "", "app_password": "", "tenant_id": ""}


@dataclass
class Attack:
    """One way to try. `sign` writes the Authorization header; the rest says how body and surroundings differ."""

    status: int
    sign: Sign
    changed: Json = field(default_factory=dict)
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    options: Json = field(default_factory=dict)
    keys: dict[str, list[str]] | None = None
    reachable: bool = True

    def request(self, authority: Authority, service_url: str) -> tuple[bytes, dict[str, str]]:
        """The body and the headers to post. They name `service_url`, where somebody listens, unless told."""
        body = json.dumps(activity(service_url, **self.changed)).encode() if self.body is None else self.body
        headers = {"Content-Type": JSON_TYPE} | self.headers
        signed = self.sign(authority, service_url)
        return body, headers | ({"Authorization": signed} if signed else {})


def activity(service_url: str, **changed: Any) -> Json:  # noqa: ANN401  any field
    """What Teams sends; a field that is None is left out."""
    usual = {
        "type": "message",
        "id": "1",
        "text": "hi",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": "29:1-ann"},
        "conversation": {"id": "a:1-ann", "conversationType": "personal"},
        "channelData": {"tenant": {"id": TENANT}},
    }
    return {name: value for name, value in (usual | changed).items() if value is not None}


def bearer(kind: str = "token", **how: Any) -> Sign:  # noqa: ANN401  any claim
    """A header with one of the authority's tokens, for the service URL unless told."""
    return lambda authority, url: f"Bearer {getattr(authority, kind)(**({'serviceurl': url} | how))}"


def header(text: str) -> Sign:
    return lambda _authority, _url: text


GOOD = bearer()
NESTED = b'{"a":' * 3000 + b"1" + b"}" * 3000
QUOTING: Json = {"type": "invoke", "name": "composeExtension/fetchTask", "text": None}
ATTACKS: dict[str, Attack] = {
    "a message quoted without a token": Attack(401, header(""), QUOTING),
    "a message quoted by another tenant": Attack(401, GOOD, QUOTING | {"channelData": {"tenant": {"id": "another"}}}),
    "a huge message quoted": Attack(413, GOOD, QUOTING | {"value": {"messagePayload": {"body": "x" * BODY_BYTES_MAX}}}),
    "no token": Attack(401, header("")),
    "no token and a huge body": Attack(401, header(""), body=b"x" * (BODY_BYTES_MAX + 1)),
    "no token and a body that is no JSON": Attack(401, header(""), body=b"{"),
    "garbage": Attack(401, header("garbage")),
    "the scheme alone": Attack(401, header("Bearer")),
    "the scheme and a space": Attack(401, header("Bearer ")),
    "another scheme": Attack(401, header("Basic YTpi")),
    "a garbage token": Attack(401, header("Bearer garbage")),
    "a token of two parts": Attack(401, header("Bearer a.b")),
    "a token of four parts": Attack(401, lambda authority, url: f"{GOOD(authority, url)}.more"),
    "two tokens": Attack(401, lambda authority, url: f"{GOOD(authority, url)} {authority.token()}"),
    "two spaces": Attack(401, lambda authority, url: GOOD(authority, url).replace(" ", "  ")),
    "a token that is no text": Attack(401, header("Bearer é.é.é")),
    "a token whose claims are a list": Attack(401, header("Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0.WzFd.YQ")),
    "an expired token": Attack(401, bearer(exp=LONG_AGO)),
    "a token that never expires": Attack(401, bearer(exp=None)),
    "a token not yet valid": Attack(401, bearer(nbf=LONG_HENCE)),
    "a token for another bot": Attack(401, bearer(aud="another-bot")),
    "a token for several bots": Attack(401, bearer(aud=[APP_ID, "another-bot"])),
    "a token for nobody": Attack(401, bearer(aud=None)),
    "a token of another issuer": Attack(401, bearer(iss="https://evil.example")),
    "a token of no issuer": Attack(401, bearer(iss=None)),
    "a token with another key's signature": Attack(401, bearer("taken_over")),
    "a token signed with our public key as the secret": Attack(401, bearer("symmetric")),
    "a token without a signature": Attack(401, bearer("unsigned")),
    "a token whose signature was cut off": Attack(
        401, lambda authority, url: GOOD(authority, url).rpartition(".")[0] + "."
    ),
    "a token of an unknown key": Attack(401, bearer(key="stranger")),
    "a token of no key": Attack(401, bearer(head={"kid": None})),
    "a token of the emulator": Attack(401, bearer("of_emulator")),
    "a token of a skill": Attack(401, bearer("of_skill")),
    "a key that may not speak for Teams": Attack(401, GOOD, keys={"k1": ["webchat"]}),
    "a key that may speak for nobody": Attack(401, GOOD, keys={"k1": []}),
    "a token for another service URL": Attack(401, bearer(serviceurl=SERVICE_URL)),
    "a token for no service URL": Attack(401, bearer(serviceurl=None)),
    "a token for an empty service URL": Attack(401, bearer(serviceurl=""), {"serviceUrl": ""}),
    "a service URL without TLS": Attack(401, bearer(serviceurl="http://a.example"), {"serviceUrl": "http://a.example"}),
    "no service URL": Attack(401, GOOD, {"serviceUrl": None}),
    "a service URL that is a list": Attack(401, GOOD, {"serviceUrl": ["https://a.example"]}),
    "another channel": Attack(401, GOOD, {"channelId": "webchat"}),
    "the emulator's channel": Attack(401, GOOD, {"channelId": "emulator"}),
    "no channel": Attack(401, GOOD, {"channelId": None}),
    "another tenant": Attack(401, GOOD, {"channelData": {"tenant": {"id": "another"}}}),
    "no tenant": Attack(401, GOOD, {"channelData": {"tenant": {}}}),
    "no tenant for a bot of many": Attack(401, GOOD, {"channelData": None}, options={"app_type": "MultiTenant"}),
    "a tenant that is a number": Attack(401, GOOD, {"channelData": {"tenant": {"id": 7}}}),
    "a tenant where none is set": Attack(401, GOOD, {"channelData": {"tenant": {"id": ""}}}, options={"tenant_id": ""}),
    "channel data that are a text": Attack(401, GOOD, {"channelData": "tenant"}),
    "keys out of reach": Attack(503, GOOD, reachable=False),
    "garbage while keys are out of reach": Attack(401, header("Bearer a.b.c"), reachable=False),
    "an expired token while keys are out of reach": Attack(401, bearer(exp=LONG_AGO), reachable=False),
    "a forged token while keys are out of reach": Attack(401, bearer("symmetric"), reachable=False),
    "another content type": Attack(415, GOOD, headers={"Content-Type": "text/plain"}),
    "a form": Attack(415, GOOD, headers={"Content-Type": "application/x-www-form-urlencoded"}),
    "JSON cut short": Attack(400, GOOD, body=b'{"type": "mess'),
    "an empty body": Attack(400, GOOD, body=b""),
    "a JSON list": Attack(400, GOOD, body=b"[1, 2]"),
    "a JSON number": Attack(400, GOOD, body=b"7"),
    "a number that is none": Attack(400, GOOD, body=b'{"value": NaN}'),
    "a number of ten thousand digits": Attack(400, GOOD, body=b'{"value": ' + b"7" * 10_000 + b"}"),
    "JSON nested beyond reading": Attack(400, GOOD, body=NESTED),
    "JSON nested too deep": Attack(400, GOOD, {"value": json.loads('{"a":' * 70 + "1" + "}" * 70)}),
    "a body that is not UTF-8": Attack(400, GOOD, body=b'{"text": "\xff\xfe"}'),
    "a body in UTF-16": Attack(400, GOOD, body='{"text": "hi"}'.encode("utf-16")),
    "a body that says it is packed": Attack(400, GOOD, headers={"Content-Encoding": "gzip"}),
    "no conversation": Attack(400, GOOD, {"conversation": None}),
    "a conversation without an id": Attack(400, GOOD, {"conversation": {}}),
    "no sender": Attack(400, GOOD, {"from": None}),
    "a sender that is a text": Attack(400, GOOD, {"from": "29:1-ann"}),
    "a huge body": Attack(413, GOOD, body=b"x" * (BODY_BYTES_MAX + 1)),
    "the emulator's mode, a service URL elsewhere": Attack(
        401, header(""), {"serviceUrl": SERVICE_URL}, options=EMULATOR
    ),
    "the emulator's mode, plain HTTP elsewhere": Attack(
        401, header(""), {"serviceUrl": "http://169.254.169.254/"}, options=EMULATOR
    ),
    "the emulator's mode, a host that looks like this machine": Attack(
        401, header(""), {"serviceUrl": "http://127.0.0.1@a.example/"}, options=EMULATOR
    ),
    "the emulator's mode, a service URL that is none": Attack(
        401, header(""), {"serviceUrl": "http://[::1"}, options=EMULATOR
    ),
    "the emulator's mode, another scheme": Attack(
        401, header(""), {"serviceUrl": "ftp://127.0.0.1/"}, options=EMULATOR
    ),
    "the emulator's mode, another channel": Attack(401, header(""), {"channelId": "emulator"}, options=EMULATOR),
    "the emulator's mode, no tenant": Attack(401, header(""), {"channelData": {}}, options=EMULATOR),
    "the emulator's mode, a page of another name": Attack(
        401, header(""), headers={"Host": "rebound.example"}, options=EMULATOR
    ),
    "the emulator's mode, a form of a web page": Attack(
        415, header(""), headers={"Content-Type": "text/plain"}, options=EMULATOR
    ),
}
