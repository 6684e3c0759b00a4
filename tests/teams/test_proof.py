"""A token is judged by itself first, and by Microsoft's keys only where it might hold."""

import pytest
from aiohttp import web

from bot.teams.keys import SigningKeys
from bot.teams.proof import Proof
from tests.teams.attacks import ATTACKS
from tests.teams.authority import SERVICE_URL, Authority

HOPELESS = [
    "garbage",
    "a garbage token",
    "an expired token",
    "a token for another bot",
    "a token of another issuer",
    "a token signed with our public key as the secret",
    "a token without a signature",
    "a token of no key",
    "a token of the emulator",
    "a token of a skill",
    "a token for no service URL",
]


@pytest.fixture
def proof(authority: Authority) -> Proof:
    return Proof(authority.options(), SigningKeys(authority.openid_url))


async def test_a_token_of_microsofts_names_the_service_url(proof: Proof, authority: Authority) -> None:
    assert await proof.service_url(f"Bearer {authority.token()}") == SERVICE_URL


async def test_a_new_key_of_microsofts_is_taken_at_the_first_message(authority: Authority) -> None:
    authority.rotates("k2")
    proof = Proof(authority.options(), SigningKeys(authority.openid_url))
    assert await proof.service_url(f"Bearer {authority.token('k2')}") == SERVICE_URL
    with pytest.raises(web.HTTPUnauthorized):
        await proof.service_url(f"Bearer {authority.token('k1')}")


@pytest.mark.parametrize("name", HOPELESS)
async def test_a_token_that_is_refused_by_itself_costs_microsoft_nothing(
    proof: Proof, authority: Authority, name: str
) -> None:
    with pytest.raises(web.HTTPUnauthorized):
        await proof.service_url(ATTACKS[name].sign(authority, SERVICE_URL))
    assert authority.fetched == {}
