"""Keeps other web pages out: the try page answers its own host, and obeys its own forms alone.

A page from elsewhere, open in the same browser, can send requests here. It can't make them look
as if they came from us: the browser writes `Host`, `Origin` and `Sec-Fetch-Site`, and only our own
pages know the token. A name that an attacker points at 127.0.0.1 is not one of our hosts.
"""

import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import CoachError, SettingsError

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
        "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not "no-referrer": with it a browser says `Origin: null` about our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_HTTP_PORT = 80


class RefusedError(CoachError):
    """That didn't come from this page, so nothing was done. Open the page itself and try again there."""


class WrongHostError(CoachError):
    """This page answers only under its own address on this machine. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Bind:
    """The address to listen on. Raises `SettingsError` unless only this machine can reach it."""

    host: str
    port: int

    def __post_init__(self) -> None:
        """Refuse an address that others can reach: the page lets anyone be anyone."""
        if not _is_loopback(self.host):
            raise SettingsError(f"The try page serves this machine only: set HOST to 127.0.0.1, not {self.host!r}.")

    @property
    def hosts(self) -> frozenset[str]:
        """What a `Host` header may say."""
        names = {"127.0.0.1", "localhost", "[::1]", f"[{self.host}]" if ":" in self.host else self.host.lower()}
        with_port = {f"{name}:{self.port}" for name in names}
        return frozenset(with_port | names if self.port == _HTTP_PORT else with_port)


class Guard:
    """Tells our own requests from others. Its token lives as long as the process."""

    def __init__(self, bind: Bind) -> None:
        """Guard what listens on `bind`."""
        self._hosts = bind.hosts
        self.token = secrets.token_urlsafe(32)

    def check_host(self, headers: Mapping[str, str]) -> None:
        """Raise `WrongHostError` where the request was meant for another name."""
        if headers.get("Host", "").lower() not in self._hosts:
            raise WrongHostError

    def check_reading(self, headers: Mapping[str, str]) -> None:
        """Raise `RefusedError` where another site embeds us; a link to us is fine."""
        self.check_host(headers)
        site = headers.get("Sec-Fetch-Site", "none")
        if site not in ("none", "same-origin") and headers.get("Sec-Fetch-Dest") != "document":
            raise RefusedError

    def check_origin(self, headers: Mapping[str, str]) -> None:
        """Raise `RefusedError` unless the browser says that one of our pages sent this."""
        self.check_host(headers)
        origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
        ours = origin is None or origin.lower() == f"http://{headers['Host'].lower()}"
        if (origin is None and site is None) or not ours or site not in (None, "same-origin"):
            raise RefusedError

    def check_token(self, token: str) -> None:
        """Raise `RefusedError` unless the form was written by this process."""
        if not secrets.compare_digest(token.encode(), self.token.encode()):
            raise RefusedError("This page is from before the coach was restarted. Nothing was done; send it once more.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
