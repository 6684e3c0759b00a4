import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from bot.errors import SettingsError
from store import Installation, Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GRANTED = Installation(
    tenant="T1",
    app_id="A1",
    enterprise_id="E1",
    team_name="Acme sales",
    bot_token="xoxb-very-secret",
    bot_id="B1",
    bot_user_id="UB",
    scopes="chat:write,commands",
    installed_by="U1",
    refresh_token="xoxe-also-secret",
    expires_at=NOW + timedelta(hours=12),
    installed_at=NOW,
)


async def test_an_installation_comes_back_as_it_was_granted(store: Store) -> None:
    await store.installations.save(GRANTED)
    assert await store.installations.find("T1") == GRANTED
    assert await store.installations.find("T2") is None


async def test_installing_again_replaces_the_tokens(store: Store) -> None:
    await store.installations.save(GRANTED)
    renewed = replace(GRANTED, bot_token="xoxb-new", refresh_token="", expires_at=None)
    await store.installations.save(renewed)
    assert await store.installations.find("T1") == renewed


async def test_a_workspace_that_leaves_takes_its_tokens_and_no_other(store: Store) -> None:
    await store.installations.save(GRANTED)
    await store.installations.save(replace(GRANTED, tenant="T2"))
    await store.installations.remove("T1")
    await store.installations.remove("T1")
    assert await store.installations.find("T1") is None
    assert await store.installations.find("T2")


async def test_no_token_stands_in_the_database_as_it_is(store: Store, url: str) -> None:
    await store.installations.save(GRANTED)
    stored = await _everything(url)
    assert b"Acme sales" in stored
    assert b"very-secret" not in stored
    assert b"also-secret" not in stored


async def _everything(url: str) -> bytes:
    """Give every byte of the database: SQLite's files, and the row as PostgreSQL keeps it."""
    if url.startswith("sqlite"):
        path = Path(url.partition(":///")[2])
        return b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    row = await connection.fetchval("SELECT installations::text FROM installations")
    await connection.close()
    return str(row).encode()


def test_no_token_shows_when_an_installation_is_printed() -> None:
    assert "secret" not in repr(GRANTED)


async def test_without_a_secret_key_no_token_is_stored(url: str) -> None:
    store = Store.open(url)
    with pytest.raises(SettingsError, match="SECRET_KEY is missing"):
        await store.installations.save(GRANTED)
    assert await store.installations.find("T1") is None
    await store.close()


async def test_a_new_key_still_opens_what_the_former_one_sealed(store: Store, url: str) -> None:
    await store.installations.save(GRANTED)
    rotated = Store.open(url, keys=("a newer secret", "a secret"))
    assert await rotated.installations.find("T1") == GRANTED
    await rotated.installations.save(GRANTED)
    await rotated.close()
    with pytest.raises(SettingsError, match="former key"):
        await store.installations.find("T1")


async def test_an_installation_begun_can_be_finished_once(store: Store) -> None:
    await store.installations.remember_state("abc", NOW + timedelta(minutes=10))
    attempts = (store.installations.consume_state("abc", NOW) for _ in range(4))
    assert sorted(await asyncio.gather(*attempts)) == [False, False, False, True]


async def test_an_installation_finished_too_late_or_never_begun_is_refused(store: Store) -> None:
    await store.installations.remember_state("abc", NOW)
    assert not await store.installations.consume_state("abc", NOW)
    assert not await store.installations.consume_state("unknown", NOW - timedelta(days=1))
