"""A file on its way: asked about first, brought only to where Microsoft keeps people's files."""

import socket
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession, TCPConnector, TraceConfig, TraceRequestStartParams, web
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.chat.replies import Hand
from bot.teams import files
from bot.teams.files import Consent, NotUploadedError, upload
from tests.cards.ordinary import TIP
from tests.doors import Serve
from tests.teams.platform import FakeTeams

HAND = Hand(TIP, "mine.json", "application/json", "Größe".encode(), "privacy.export")


def test_the_question_says_what_file_it_is_and_how_large() -> None:
    [attachment] = files.ask(HAND)["attachments"]
    assert (attachment["name"], attachment["content"]["sizeInBytes"]) == ("mine.json", 7)
    assert attachment["content"]["description"] == TIP.summary
    assert attachment["content"]["acceptContext"] == attachment["content"]["declineContext"]
    assert "Größe" not in str(attachment)


def test_the_file_is_shown_where_it_lies() -> None:
    consent = Consent("https://up.example", "https://content.example", "mine.json", "U1", "json", "privacy.export")
    [attachment] = files.there(consent)["attachments"]
    assert (attachment["name"], attachment["contentUrl"]) == ("mine.json", "https://content.example")
    assert attachment["content"] == {"uniqueId": "U1", "fileType": "json"}


ELSEWHERE = [
    "",
    "http://acme.sharepoint.com/a",
    "https://evil.example/a",
    "https://sharepoint.com/a",
    "https://.sharepoint.com/a",
    "https://evil.sharepoint.com.example/a",
    "https://evilsharepoint.com/a",
    "https://acme.sharepoint.com:22/a",
    "https://acme.sharepoint.com@evil.example/a",
    "https://ann@acme.sharepoint.com/a",
    "https://ann:pass@acme.sharepoint.com/a",
    "https://acme.sharepoint.com\\@evil.example/a",
    "https://evil.example#.sharepoint.com",
    "https://evil.example?.sharepoint.com",
    "https://evil.example/.sharepoint.com",
    "https://evil.example%00.sharepoint.com/a",
    "https://evil.example%2f.sharepoint.com/a",
    "https://a b.sharepoint.com/a",
    "https://127.0.0.1/a",
    "https://169.254.169.254/.sharepoint.com",
    "https://[::1/a",
    "https://acme.sharepoint.com:port/a",
    "ftp://acme.sharepoint.com/a",
    "//acme.sharepoint.com/a",
    "file:///etc/passwd",
]


class Nowhere(AbstractResolver):
    """Finds no host."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        raise OSError(host, port, family)

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def tried() -> list[str]:
    return []


@pytest.fixture
async def cut_off(tried: list[str]) -> AsyncIterator[ClientSession]:
    """Go nowhere, but note where it was to go."""
    noting = TraceConfig()

    async def note(_session: ClientSession, _context: SimpleNamespace, request: TraceRequestStartParams) -> None:
        tried.append(str(request.url))

    noting.on_request_start.append(note)
    async with ClientSession(connector=TCPConnector(resolver=Nowhere()), trace_configs=[noting]) as session:
        yield session


@pytest.mark.parametrize("url", ELSEWHERE)
async def test_a_file_never_goes_anywhere_else(cut_off: ClientSession, tried: list[str], url: str) -> None:
    with pytest.raises(NotUploadedError):
        await upload(cut_off, url, b"mine", anywhere_here=False)
    assert tried == []


@pytest.mark.parametrize(
    "url",
    [
        "https://acme-my.sharepoint.com/personal/ann/_api/v2.0/uploadSession?guid=1&a=%27b%27",
        "https://acme.sharepoint.com:443/a",
        "https://acme.sharepoint.us/a",
        "https://acme.sharepoint-mil.us/a",
        "https://acme.sharepoint.cn/a",
    ],
)
async def test_a_file_goes_to_microsofts_stores(cut_off: ClientSession, tried: list[str], url: str) -> None:
    with pytest.raises(NotUploadedError):
        await upload(cut_off, url, b"mine", anywhere_here=False)
    assert tried == [str(URL(url))]


async def test_a_file_arrives_whole_and_in_one_piece(session: ClientSession, serve: Serve) -> None:
    taken: list[tuple[str, bytes]] = []

    async def take(request: web.Request) -> web.Response:
        taken.append((request.headers["Content-Range"], await request.read()))
        return web.Response(status=201)

    app = web.Application()
    app.router.add_put("/file", take)
    await upload(session, f"{await serve(app)}/file", HAND.content, anywhere_here=True)
    assert taken == [("bytes 0-6/7", HAND.content)]


@pytest.mark.parametrize("here", ["http://127.0.0.1:{port}", "http://localhost:{port}"])
async def test_in_the_emulator_a_file_stays_on_this_machine(
    session: ClientSession, teams: FakeTeams, here: str
) -> None:
    there = here.format(port=URL(teams.url).port)
    await upload(session, f"{there}/upload/a.json", b"mine", anywhere_here=True)
    with pytest.raises(NotUploadedError):
        await upload(session, f"{there}/upload/b.json", b"mine", anywhere_here=False)
    assert teams.uploads == {"a.json": b"mine"}


@pytest.mark.parametrize("status", [301, 307, 400, 403, 404, 409, 429, 500, 507])
async def test_a_file_that_is_not_taken_is_said(session: ClientSession, serve: Serve, status: int) -> None:
    asked: list[str] = []

    async def refuse(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    with pytest.raises(NotUploadedError):
        await upload(session, f"{await serve(app)}/file", b"mine", anywhere_here=True)
    assert asked == ["/file"]


async def test_a_store_that_hangs_up_is_said(session: ClientSession, teams: FakeTeams) -> None:
    teams.hangs_up(times=5)
    with pytest.raises(NotUploadedError):
        await upload(session, f"{teams.url}/upload/a.json", b"mine", anywhere_here=True)
