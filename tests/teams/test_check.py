"""What `doctor` says about Teams."""

from bot.teams.check import check
from bot.teams.credentials import Credentials
from bot.teams.options import TeamsOptions
from tests.teams.authority import APP_ID, APP_PASSWORD, TENANT, Authority


async def says(authority: Authority, options: TeamsOptions) -> tuple[bool, str]:
    return await check(options, Credentials(options, http_client=authority.http_client))


async def test_a_bot_that_microsoft_knows_is_named_with_its_tenant(authority: Authority) -> None:
    assert await says(authority, authority.options()) == (True, f"Microsoft knows the bot {APP_ID}, for {TENANT}")


async def test_a_bot_of_many_tenants_is_for_any(authority: Authority) -> None:
    well, sentence = await says(authority, authority.options(app_type="MultiTenant", tenant_id=""))
    assert (well, sentence.endswith("for any tenant")) == (True, True)


async def test_a_wrong_password_is_said_without_showing_it(authority: Authority) -> None:
    authority.refuses = {"error": "invalid_client", "error_description": f"not {APP_PASSWORD}"}
    well, sentence = await says(authority, authority.options())
    assert not well
    assert "TEAMS_APP_PASSWORD" in sentence
    assert APP_PASSWORD not in sentence


async def test_a_microsoft_out_of_reach_is_told_from_a_wrong_password(authority: Authority) -> None:
    authority.reachable = False
    well, sentence = await says(authority, authority.options())
    assert (well, "can't be reached" in sentence) == (False, True)


async def test_keys_out_of_reach_are_told_though_signing_in_works(authority: Authority) -> None:
    well, sentence = await says(authority, authority.options(openid_url=f"{authority.url}/nowhere"))
    assert (well, "login.botframework.com" in sentence) == (False, True)


async def test_the_emulators_mode_asks_nobody(authority: Authority) -> None:
    well, sentence = await says(authority, TeamsOptions(unauthenticated=True))
    assert (well, "any program on this machine" in sentence) == (True, True)
    assert not authority.fetched
