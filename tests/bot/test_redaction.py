"""Nothing secret and nothing that somebody typed gets into a log."""

import errno
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction import Redactor, is_private, outline, place

SECRETS = {
    "a bot's token": "xoxb-12-34-AbCd",
    "a rotating token": "xoxe.xoxp-1-AbCd",
    "a refresh token": "xoxe-1-AbCd",
    "an app's token": "xapp-1-A-2-b3",
    "a bearer": "Bearer AbCd.efg-h",
    "a signed token": "eyJhbGciOi.eyJzdWIiOi.AbCd_ef",
    "a response address": "https://hooks.slack.com/commands/T1/2/AbCd",
    "a government response address": "https://hooks.slack-gov.com/actions/T1/2/AbCd",
    "a client secret": "client_secret=AbCd",
    "an authorization code": "/slack/oauth_redirect?code=AbCd&state=AbCd",
    "a database's password": "postgresql+asyncpg://coach:AbCd@db/coach",
    "a password with signs": "postgresql+asyncpg://coach:AbCd/@:@db/coach",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_a_secret_is_masked_wherever_it_stands(secret: str) -> None:
    masked = Redactor().mask(f"before {secret} after")
    assert "AbCd" not in masked
    assert "b3" not in masked
    assert masked.startswith("before ")
    assert "***" in masked


def test_the_rest_of_a_database_address_stays_readable() -> None:
    assert (
        Redactor().mask("postgresql://coach:pw@db:5432/coach is away") == "postgresql://coach:***@db:5432/coach is away"
    )


@given(secret=st.text(min_size=6, max_size=40), around=st.text(max_size=20))
def test_a_known_secret_never_survives(secret: str, around: str) -> None:
    masked = Redactor([secret]).mask(f"{around}{secret}{around}")
    assert secret not in masked or secret in "***" * 20


def test_of_two_known_secrets_the_longer_goes_as_a_whole() -> None:
    assert Redactor(["secret", "secret-and-more"]).mask("secret-and-more") == "***"


def test_a_short_known_secret_does_not_blot_out_words() -> None:
    assert Redactor(["on"]).mask("the connection") == "the connection"


@pytest.mark.parametrize(
    "name", ["text", "answers", "notes", "walk_away", "Text", "bot_token", "SECRET_KEY", "response_url"]
)
def test_private_names_are_known(name: str) -> None:
    assert is_private(name)


@pytest.mark.parametrize("name", ["door", "handler", "seconds", "error", "deals", "count"])
def test_harmless_names_stay(name: str) -> None:
    assert not is_private(name)


def test_private_values_are_left_out_however_deep() -> None:
    cleaned = Redactor().clean({"door": "slack", "seen": [{"notes": "private", "count": 2}], "text": "private"})
    assert cleaned == {"door": "slack", "seen": [{"count": 2}]}


def test_what_is_no_plain_data_only_tells_its_class() -> None:
    cleaned = Redactor().clean(
        {"event_": ValueError("private"), "at": datetime(2026, 1, 2, tzinfo=UTC), "n": 1.5, "p": Path("a")}
    )
    assert cleaned == {"event_": "ValueError", "at": "2026-01-02T00:00:00+00:00", "n": 1.5, "p": "a"}


def raise_with_a_cause() -> None:
    try:
        int("private")
    except ValueError as first:
        raise KeyError("private") from first


def test_an_exception_is_told_by_classes_and_places_without_its_words() -> None:
    with pytest.raises(KeyError) as caught:
        raise_with_a_cause()
    told = outline(caught.value)
    assert "private" not in told
    assert [line for line in told.splitlines() if not line.startswith(" ")] == [
        "builtins.KeyError",
        "builtins.ValueError",
    ]
    assert "test_redaction.py:" in told


def test_every_exception_of_a_group_is_told_and_a_circle_ends() -> None:
    first, second = ValueError("private"), KeyError("private")
    first.__cause__, second.__cause__ = second, first
    told = outline(ExceptionGroup("private", [first, second]))
    assert told.splitlines() == ["builtins.ExceptionGroup", "builtins.ValueError", "builtins.KeyError"]


def test_the_operating_system_may_say_what_is_wrong() -> None:
    assert outline(OSError(errno.ENOSPC, "private")) == "builtins.OSError: No space left on device"


def test_a_place_does_not_tell_whose_machine_it_is() -> None:
    assert place("/home/somebody/coach/bot/slack/receive.py", 7) == "bot/slack/receive.py:7"
