"""One sign-in serves everybody for an hour; the password shows nowhere."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from structlog.testing import capture_logs

from bot.teams.credentials import Credentials, SignInError
from bot.teams.options import TeamsOptions
from tests.teams.authority import APP_ID, APP_PASSWORD, HOUR, IDENTITY_HEADER, TENANT, Authority, standing

SignIn = Callable[..., Credentials]


@dataclass
class Seconds:
    """Seconds moved by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def authority(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Authority]:
    for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "MSAL_FORCE_REGION"):
        monkeypatch.delenv(name, raising=False)
    async with standing() as here:
        yield here


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def sign_in(authority: Authority, seconds: Seconds) -> SignIn:
    def make(**changed: Any) -> Credentials:  # noqa: ANN401  any option
        return Credentials(authority.options(**changed), http_client=authority.http_client, clock=seconds)

    return make


async def test_a_bot_of_one_tenant_signs_in_there(authority: Authority, sign_in: SignIn) -> None:
    assert await sign_in().token() == "token-1"
    (asked,) = authority.asked
    assert (asked["tenant"], asked["client_id"], asked["client_secret"]) == (TENANT, APP_ID, APP_PASSWORD)
    assert "https://api.botframework.com/.default" in asked["scope"].split()


async def test_a_bot_of_many_tenants_signs_in_where_microsoft_keeps_those(
    authority: Authority, sign_in: SignIn
) -> None:
    await sign_in(app_type="MultiTenant", tenant_id="").token()
    assert authority.asked[0]["tenant"] == "botframework.com"


async def test_a_machine_vouches_for_a_bot_without_a_password(
    authority: Authority, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{authority.url}/identity")
    monkeypatch.setenv("IDENTITY_HEADER", IDENTITY_HEADER)
    credentials = sign_in(app_type="UserAssignedMSI", app_password="")
    assert [await credentials.token() for _ in range(3)] == ["token-1"] * 3
    assert authority.asked[0]["client_id"] == APP_ID
    assert authority.asked[0]["resource"] == "https://api.botframework.com"
    assert authority.fetched == {"identity": 1}


async def test_a_thousand_messages_at_once_take_one_sign_in(authority: Authority, sign_in: SignIn) -> None:
    credentials = sign_in()
    tokens = await asyncio.gather(*(credentials.token() for _ in range(1000)))
    assert set(tokens) == {"token-1"}
    assert authority.fetched == {"discovery": 1, "token": 1}


async def test_a_token_is_renewed_five_minutes_before_its_end(
    authority: Authority, sign_in: SignIn, seconds: Seconds
) -> None:
    credentials = sign_in()
    assert await credentials.token() == "token-1"
    seconds.now += HOUR - 301
    assert await credentials.token() == "token-1"
    seconds.now += 2
    assert await credentials.token() == "token-2"
    assert authority.fetched["token"] == 2


async def test_a_refused_token_is_replaced_and_a_newer_one_kept(authority: Authority, sign_in: SignIn) -> None:
    credentials = sign_in()
    first = await credentials.token()
    for _ in range(100):
        credentials.refused(first)
        assert await credentials.token() == "token-2"
    assert authority.fetched["token"] == 2


async def test_a_message_given_up_does_not_spoil_the_sign_in_of_the_others(sign_in: SignIn) -> None:
    credentials = sign_in()
    waiting = [asyncio.create_task(credentials.token()) for _ in range(2)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    assert await waiting[1] == "token-1"


async def test_the_emulator_asks_for_no_token() -> None:
    assert await Credentials(TeamsOptions(unauthenticated=True)).token() == ""


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        (
            {
                "error": "invalid_client",
                "error_description": f"AADSTS7000215: Invalid client secret {APP_PASSWORD}.\r\nTrace ID: 1",
            },
            "AADSTS7000215",
        ),
        ({"error": "temporarily_unavailable"}, "temporarily_unavailable"),
    ],
)
async def test_a_refused_sign_in_is_a_sentence_for_people_and_a_reason_in_the_log(
    authority: Authority, sign_in: SignIn, refusal: dict[str, str], why: str
) -> None:
    authority.refuses = refusal
    with capture_logs() as lines, pytest.raises(SignInError) as refused:
        await sign_in().token()
    assert "Nothing was lost" in refused.value.sentence
    assert why in str(lines)
    assert APP_PASSWORD not in f"{lines}{refused.value}"


async def test_microsoft_out_of_reach_is_the_same_sentence_and_the_next_message_tries_again(
    authority: Authority, sign_in: SignIn
) -> None:
    credentials = sign_in()
    authority.reachable = False
    with capture_logs() as lines:
        failed = await asyncio.gather(*(credentials.token() for _ in range(50)), return_exceptions=True)
    assert {type(one) for one in failed} == {SignInError}
    assert len(lines) == 1
    authority.reachable = True
    assert await credentials.token() == "token-1"


async def test_an_unknown_tenant_is_told_in_the_log(authority: Authority) -> None:
    options = authority.options(login_url="https://login.microsoftonline.com/no/such/place")
    with capture_logs() as lines, pytest.raises(SignInError):
        await Credentials(options, http_client=authority.http_client).token()
    assert TENANT in str(lines)


async def test_signing_in_never_stops_the_event_loop(authority: Authority) -> None:
    threads: list[threading.Thread] = []

    def client() -> requests.Session:
        threads.append(threading.current_thread())
        return authority.http_client()

    await Credentials(authority.options(), http_client=client).token()
    assert threads
    assert threading.main_thread() not in threads
