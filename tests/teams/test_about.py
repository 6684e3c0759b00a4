import re
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.teams.about import about_routes
from bot.teams.manifest import manifest

URL = "https://coach.example.com"
DEVELOPER = manifest("7f1f2a52-54c8-4f4c-9d24-2f4b6a1d7c10", URL)["developer"]


async def test_every_address_in_the_package_leads_to_its_place_on_the_page() -> None:
    app = web.Application()
    app.add_routes(about_routes())
    async with TestClient(TestServer(app)) as client:
        for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
            path, _, anchor = DEVELOPER[name].removeprefix(URL).partition("#")
            answer = await client.get(path)
            page = await answer.text()
            assert answer.status == 200
            assert answer.content_type == "text/html"
            assert not anchor or f'<h2 id="{anchor}">' in page


async def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    page = (Path(__file__).parents[2] / "bot/teams/about.html").read_text()
    assert not re.search(r"<script|<link|<img|https?:", page)
