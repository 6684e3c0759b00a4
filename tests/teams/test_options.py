"""Who may talk to a bot, by its settings."""

import pytest

from bot.teams.options import TeamsOptions


@pytest.mark.parametrize(
    ("options", "tenant", "admitted"),
    [
        (TeamsOptions(tenant_id="one"), "one", True),
        (TeamsOptions(tenant_id="ONE"), "one", True),
        (TeamsOptions(tenant_id="one"), "another", False),
        (TeamsOptions(tenant_id="one"), "", False),
        (TeamsOptions(), "", False),
        (TeamsOptions(), "any", False),
        (TeamsOptions(app_type="UserAssignedMSI", tenant_id="one"), "another", False),
        (TeamsOptions(app_type="MultiTenant"), "any", True),
        (TeamsOptions(app_type="MultiTenant"), "", False),
        (TeamsOptions(unauthenticated=True), "any", True),
        (TeamsOptions(unauthenticated=True), "", False),
        (TeamsOptions(unauthenticated=True, tenant_id="one"), "another", False),
    ],
)
def test_a_bot_of_one_tenant_talks_to_nobody_else(options: TeamsOptions, tenant: str, *, admitted: bool) -> None:
    assert options.admits(tenant) is admitted


def test_the_password_shows_in_no_representation() -> None:
    assert "pass-s3cret" not in f"{TeamsOptions(app_password='pass-s3cret')!r}"
