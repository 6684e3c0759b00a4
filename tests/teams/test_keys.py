"""Signing keys are fetched beside the traffic, never in its way, and never oftener than is decent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.teams.keys import AT_MOST_EVERY_SECONDS, REFRESH_SECONDS, RETRY_SECONDS, KeysUnreachableError, SigningKeys
from tests.teams.authority import Authority, public_pem

WAIT_SECONDS = 5


@dataclass
class Time:
    """Seconds moved by hand, and a pause that ends when the test says so."""

    seconds: float = 1000.0
    pauses: asyncio.Queue[float] = field(default_factory=asyncio.Queue)
    over: asyncio.Queue[None] = field(default_factory=asyncio.Queue)

    def __call__(self) -> float:
        return self.seconds

    async def pause(self, seconds: float) -> None:
        self.pauses.put_nowait(seconds)
        await self.over.get()

    async def paused(self) -> float:
        """Wait until somebody pauses, and say for how long."""
        async with asyncio.timeout(WAIT_SECONDS):
            return await self.pauses.get()

    def passes(self, seconds: float) -> None:
        self.seconds += seconds
        self.over.put_nowait(None)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def keys(authority: Authority, time: Time) -> AsyncIterator[SigningKeys]:
    keys = SigningKeys(authority.openid_url, clock=time, pause=time.pause)
    yield keys
    await keys.stop()


async def test_a_key_comes_with_the_channels_it_may_speak_for(keys: SigningKeys) -> None:
    key = await keys.get("k1")
    assert key
    assert key.endorsements == {"msteams", "webchat"}
    assert key.public_key.public_numbers().e == 65537
    assert b"PUBLIC KEY" in public_pem("k1")


async def test_keys_are_there_before_the_first_message_and_are_fetched_once(
    keys: SigningKeys, authority: Authority, time: Time
) -> None:
    await keys.start()
    assert await time.paused() == REFRESH_SECONDS
    for _ in range(50):
        assert await keys.get("k1")
    assert authority.fetched == {"openid": 1, "keys": 1}


async def test_a_thousand_messages_at_once_fetch_the_keys_once(keys: SigningKeys, authority: Authority) -> None:
    found = await asyncio.gather(*(keys.get("k1") for _ in range(1000)))
    assert all(found)
    assert authority.fetched["keys"] == 1


async def test_a_key_that_is_new_at_microsoft_is_known_at_once(
    keys: SigningKeys, authority: Authority, time: Time
) -> None:
    assert await keys.get("k1")
    authority.rotates("k2")
    time.passes(AT_MOST_EVERY_SECONDS)
    assert await keys.get("k2")
    assert await keys.get("k1") is None


async def test_made_up_key_ids_do_not_make_us_hammer_microsoft(
    keys: SigningKeys, authority: Authority, time: Time
) -> None:
    assert await keys.get("k1")
    for number in range(100):
        assert await keys.get(f"made-up-{number}") is None
    assert authority.fetched["keys"] == 1
    time.passes(AT_MOST_EVERY_SECONDS)
    assert await keys.get("made-up") is None
    assert authority.fetched["keys"] == 2


async def test_keys_are_refreshed_daily(keys: SigningKeys, authority: Authority, time: Time) -> None:
    await keys.start()
    await time.paused()
    authority.rotates("k2")
    time.passes(REFRESH_SECONDS)
    await time.paused()
    assert authority.fetched["keys"] == 2
    assert await keys.get("k2")


async def test_while_no_keys_could_ever_be_had_nobody_can_be_judged(
    keys: SigningKeys, authority: Authority, time: Time
) -> None:
    authority.reachable = False
    await keys.start()
    assert await time.paused() == RETRY_SECONDS
    asked = authority.fetched.copy()
    for _ in range(3):
        with pytest.raises(KeysUnreachableError):
            await keys.get("k1")
    assert authority.fetched == asked


async def test_the_coach_keeps_trying_until_microsoft_can_be_reached(
    keys: SigningKeys, authority: Authority, time: Time
) -> None:
    authority.reachable = False
    await keys.start()
    await time.paused()
    authority.reachable = True
    time.passes(RETRY_SECONDS)
    assert await time.paused() == REFRESH_SECONDS
    assert await keys.get("k1")


async def test_known_keys_stay_good_while_a_refresh_fails(keys: SigningKeys, authority: Authority, time: Time) -> None:
    assert await keys.get("k1")
    authority.reachable = False
    time.passes(AT_MOST_EVERY_SECONDS)
    assert await keys.get("unknown") is None
    assert await keys.get("k1")


@pytest.mark.parametrize(
    "changed",
    [
        {"key_set": {"keys": []}},
        {"key_set": {"keys": [{"kty": "EC", "kid": "k1"}, {"kty": "RSA", "kid": "k1", "n": "?", "e": 7}, {}]}},
        {"key_set": [1, 2]},
        {"key_set": {"keys": ["k1"]}},
        {"metadata": {"jwks_uri": "nowhere"}},
        {"metadata": {}},
    ],
    ids=["no keys", "no good key", "a list", "texts", "no address", "nothing"],
)
async def test_a_key_set_that_is_none_does_not_replace_the_known_one(
    keys: SigningKeys, authority: Authority, time: Time, changed: dict[str, object]
) -> None:
    assert await keys.get("k1")
    for name, value in changed.items():
        setattr(authority, name, value)
    time.passes(AT_MOST_EVERY_SECONDS)
    assert await keys.get("unknown") is None
    assert await keys.get("k1")


async def test_stopping_ends_the_upkeep_even_in_the_middle_of_a_fetch(keys: SigningKeys) -> None:
    await keys.start()
    async with asyncio.timeout(WAIT_SECONDS):
        await keys.stop()
