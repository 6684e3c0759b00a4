"""A team: set up in one dialog, joined by one's own press, changed by whoever manages it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from content.library import Playbook
from tests.handlers.company import CHANNEL, Company


@pytest.fixture
async def company(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Company]:
    async with Company(tmp_path, playbook) as company:
        yield company


async def test_a_team_is_set_up_in_one_dialog_and_announced_in_its_channel(company: Company) -> None:
    await company.says("maya", "digest setup")
    said = await company.submits("maya", name="West", place=CHANNEL, when="Monday 8:30")
    assert "West is set up" in said
    assert "every Monday 08:30 (Europe/Lisbon), next on Mon 30 Nov 2026" in said
    await company.ticks()
    (card,) = company.channel()
    assert "Maya set up a weekly digest for West" in card
    assert "Nobody is in before they join" in card


async def test_nobody_is_in_a_team_before_they_press_join_themselves(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    said = await company.sends("tom", "digest.team", team)
    assert "I can't find that team, or it isn't yours" in said
    assert "You are in West." in await company.presses("tom", "Join", there=CHANNEL)
    assert "Tom" in await company.sends("tom", "digest.team", team)


async def test_who_joins_twice_is_told_so_and_nothing_changes(company: Company) -> None:
    await company.sets_up("maya", "ines")
    assert "already. Nothing was changed" in await company.presses("ines", "Join", there=CHANNEL)


async def test_an_invited_colleague_is_asked_and_says_yes_or_no(company: Company) -> None:
    for user in ("ines", "tom"):
        await company.says(user, "hello")
    team = await company.sets_up("maya")
    await company.sends("maya", "team.invite", team)
    said = await company.submits("maya", invited="ines@example.com, tom@example.com; nobody@example.com")
    assert "Asked 2 people to join." in said
    assert "I haven't met nobody@example.com yet" in said
    await company.ticks()
    assert "Maya invites you to the team West" in company.letters("ines")[-1]
    await company.presses("ines", "Join")
    assert "you are not in West" in await company.presses("tom", "No, thanks")
    members = await company.within("maya", lambda work: work.teams.members(team))
    assert {one.user for one in members} == {"maya", "ines"}


async def test_an_old_no_thanks_puts_nobody_out_who_is_in_by_now(company: Company) -> None:
    await company.says("ines", "hello")
    team = await company.sets_up("maya")
    await company.sends("maya", "team.invite", team)
    await company.submits("maya", invited="ines@example.com")
    await company.ticks()
    await company.presses("ines", "Join")
    assert "nothing was changed" in await company.sends("ines", "team.decline", team)


async def test_only_a_manager_changes_when_and_where_the_digest_comes(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    for action in ("digest.schedule", "team.channel", "team.invite", "digest.preview"):
        assert "isn't yours" in await company.sends("ines", action, team)
    await company.sends("maya", "digest.schedule", team)
    said = await company.submits("maya", when="fri 4pm", zone="Europe/Berlin")
    assert "every Friday 16:00 (Europe/Berlin), next on Fri 27 Nov 2026" in said


async def test_a_schedule_is_set_in_a_line_and_a_doubtful_one_is_asked_about(company: Company) -> None:
    await company.sets_up("maya")
    assert "every Tuesday 09:00" in await company.says("maya", "digest schedule tuesdays at 9")
    assert "I don't read one day and time" in await company.says("maya", "digest schedule sometime soon")


async def test_a_channel_that_its_chooser_does_not_read_is_refused(company: Company) -> None:
    await company.says("maya", "digest setup")
    await company.submits("maya", name="West", place="C9", when="Monday 8:30")
    assert company.refusals("maya") == {"place": "Choose a channel that you are in too."}
    assert await company.within("maya", lambda work: work.teams.mine()) == []


async def test_every_wrong_field_of_the_dialog_gets_its_own_sentence(company: Company) -> None:
    await company.says("maya", "digest setup")
    await company.submits("maya", name=" ", place="", when="soon", zone="Nowhere")
    assert set(company.refusals("maya")) == {"name", "place", "when", "zone"}


async def test_a_channel_that_can_not_be_posted_to_is_told_to_who_manages_the_team(company: Company) -> None:
    company.chats.obstacles[CHANNEL] = "not_in_channel"
    await company.sets_up("maya")
    await company.passes(minutes=30)
    assert company.channel() == []
    assert "I'm not in that channel. Add me to it, or choose another one." in company.letters("maya")[-1]


async def test_the_last_manager_may_go_and_any_member_takes_over(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    assert "You are no longer in West." in await company.sends("maya", "team.leave", team)
    assert "You manage West now." in await company.sends("ines", "team.over", team)
    assert "has a manager by now" in await company.sends("tom", "team.over", team)


async def test_a_member_becomes_a_manager_too_or_is_taken_out(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    assert "Ines manages West too" in await company.sends("maya", "team.manager", f"{team}.ines")
    assert "Tom is no longer in West" in await company.sends("ines", "team.remove", f"{team}.tom")
    assert "isn't in the team any more" in await company.sends("ines", "team.remove", f"{team}.tom")


async def test_a_forged_or_foreign_team_gets_a_plain_sentence(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    for this in ("forged", "", f"{team}x", "../etc"):
        assert "I can't find that team" in await company.sends("ines", "digest.mine", this)
    company.tenant = "T2"
    assert "I can't find that team" in await company.sends("maya", "digest.preview", team)
    assert "I can't find that team" in await company.sends("maya", "team.join", team)
