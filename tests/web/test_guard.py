"""Other pages, other names and other machines are kept out: a table of attacks over real HTTP."""

import pytest

from bot.errors import SettingsError
from bot.web.guard import HEADERS, Bind
from tests.web.conftest import Answer, Site, Visitor

EVIL = "http://evil.example"


async def attempt(visitor: Visitor, method: str, path: str, headers: dict[str, str]) -> Answer:
    async with visitor.session.request(method, visitor.url + path, headers=headers, allow_redirects=False) as response:
        return Answer(response.status, response.url.path, await response.text(), dict(response.headers))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "localhost:1",
        "127.0.0.1.evil.example:{port}",
        "[::2]:{port}",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/ines/dm", "/static/page.js", "/ines/dm/pulse"])
async def test_a_name_that_is_not_ours_is_answered_with_nothing(
    site: Site, visitor: Visitor, host: str, path: str
) -> None:
    answer = await attempt(visitor, "GET", path, {"Host": host.format(port=site.port)})
    assert answer.status in (400, 421)
    assert "Ines" not in answer.html


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
async def test_our_own_names_are_answered(site: Site, visitor: Visitor, host: str) -> None:
    assert (await attempt(visitor, "GET", "/ines/dm", {"Host": host.format(port=site.port)})).status == 200


ATTACKS = {
    "another page's form": {"Origin": EVIL},
    "another page's form in a new browser": {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
    "a sandboxed frame": {"Origin": "null"},
    "a page on another port of this machine": {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
    "a page on our other name": {"Origin": "http://localhost:{port}", "Sec-Fetch-Site": "cross-site"},
    "the same name over https": {"Origin": "https://127.0.0.1:{port}"},
    "no word about where it comes from": {},
    "a name that ours is the beginning of": {"Origin": "http://127.0.0.1:{port}.evil.example"},
    "a browser that contradicts the origin": {"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "cross-site"},
    "an address typed in": {"Sec-Fetch-Site": "none"},
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("path", ["say", "act", "form", "clock", "afresh"])
async def test_a_request_that_is_not_from_our_page_does_nothing(
    site: Site, visitor: Visitor, attack: str, path: str
) -> None:
    await visitor.see("/ines/dm")
    visitor.origin = {name: value.format(port=site.port) for name, value in ATTACKS[attack].items()} or {"X-None": "1"}
    fields = [("text", "hello"), ("press", "privacy.gone:"), ("move", "week")]
    answer = await visitor.send(f"/ines/dm/{path}", *fields)
    assert answer.status == 403
    assert (
        answer.text == "That didn't come from this page, so nothing was done. Open the page itself and try again there."
    )
    assert (site.coach.events, site.refreshed, site.clock()) == ([], [], site.time())


@pytest.mark.parametrize("token", ["", "wrong", "ünïcode"])
async def test_a_form_without_this_process_token_does_nothing(site: Site, visitor: Visitor, token: str) -> None:
    await visitor.see("/ines/dm")
    answer = await visitor.send("/ines/dm/say", ("text", "hello"), ("csrf", token))
    assert answer.status == 403
    assert site.coach.events == []


async def test_a_modern_browser_need_not_name_the_origin(site: Site, visitor: Visitor) -> None:
    await visitor.see("/ines/dm")
    visitor.origin = {"Sec-Fetch-Site": "same-origin"}
    assert (await visitor.send("/ines/dm/say", ("text", "hello"))).status == 200
    assert len(site.coach.events) == 1


@pytest.mark.parametrize("kind", ["image", "script", "empty", "iframe"])
async def test_another_site_cannot_embed_us(visitor: Visitor, kind: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": kind}
    assert (await attempt(visitor, "GET", "/ines/home", headers)).status == 403


async def test_a_link_from_another_site_opens_the_page(visitor: Visitor) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    assert (await attempt(visitor, "GET", "/ines/dm", headers)).status == 200


@pytest.mark.parametrize("path", ["/", "/ines/dm", "/static/style.css", "/static/none", "/ines/dm/file/7"])
async def test_every_answer_carries_the_strict_headers(visitor: Visitor, path: str) -> None:
    answer = await attempt(visitor, "GET", path, {})
    strict = {name: value for name, value in HEADERS.items() if name != "Cache-Control"}
    assert strict.items() <= answer.headers.items()
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


async def test_who_i_am_is_kept_from_other_sites_and_from_scripts(visitor: Visitor) -> None:
    cookie = (await attempt(visitor, "GET", "/tom/dm", {})).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.7", "example.com", "127.0.0.1.evil.example"])  # noqa: S104 - refused
def test_an_address_that_others_can_reach_stops_the_start(host: str) -> None:
    with pytest.raises(SettingsError, match="this machine only"):
        Bind(host, 3000)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_this_machine_is_fine(host: str) -> None:
    assert Bind(host, 3000).port == 3000


def test_the_usual_port_may_be_left_out() -> None:
    assert {"127.0.0.1", "localhost:80"} <= Bind("127.0.0.1", 80).hosts
    assert "127.0.0.1" not in Bind("127.0.0.1", 3000).hosts
