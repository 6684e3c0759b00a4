"""The page behind "Website", "Privacy" and "Terms" where Teams describes the coach: Teams wants all three addresses."""

from pathlib import Path
from typing import Final

from aiohttp import web

ABOUT_PATH: Final = "/teams/about"
PRIVACY_ANCHOR: Final = "privacy"
TERMS_ANCHOR: Final = "terms"

_PAGE: Final = Path(__file__).parent / "about.html"
# Nothing on the page runs or is fetched, and nobody may frame it.
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def about_routes() -> list[web.RouteDef]:
    """Make the one page; it says nothing about anybody, so anybody may read it."""
    page = _PAGE.read_text(encoding="utf-8")

    async def about(_request: web.Request) -> web.Response:
        return web.Response(text=page, content_type="text/html", headers=_HEADERS)

    return [web.get(ABOUT_PATH, about)]
