"""Clients without an owner: left to a team, and assigned until somebody accepts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.cards import Button, Buttons
from bot.chat.replies import Say
from content.library import Playbook
from tests.handlers.company import Company


@pytest.fixture
async def company(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Company]:
    async with Company(tmp_path, playbook) as company:
        yield company


async def test_a_client_is_left_to_the_team_once_and_its_promises_write_to_nobody(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "deal add Globex rollout, client Globex")
    await company.says("ines", "promise the draft by friday for globex rollout")
    await company.says("ines", "won globex rollout")
    (deal,) = await company.within("ines", lambda work: work.deals.list())
    assert "is left to West" in await company.sends("ines", "team.release", f"{team}.{deal.id}")
    assert "isn't among yours any more" in await company.sends("ines", "team.release", f"{team}.{deal.id}")
    await company.passes(days=20)
    everywhere = {where for where, _ in company.chats.messages.values()}
    assert not [where for where in everywhere if "team:" in where]
    assert not [said for user in ("ines", "tom", "maya") for said in company.letters(user) if "the draft" in said]


async def test_who_declines_a_client_of_the_team_leaves_it_there_and_its_manager_reads_so(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    deal = await company.leaves("ines", team, "Globex rollout")
    await company.sends("maya", "digest.assign", f"{team}.{deal}")
    await company.submits("maya", member="tom")
    await company.passes(hours=2)
    await company.presses("tom", "Not now")
    await company.passes(hours=2)
    assert "Tom can't take over Globex rollout now, so it stays with West." in company.letters("maya")[-1]
    await company.presses("maya", "Ask somebody else")
    assert "Asked Ines" in await company.submits("maya", member="ines")


async def test_who_manages_a_team_is_told_when_a_client_is_left_to_it(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.leaves("ines", team, "Globex rollout")
    await company.passes(hours=1)
    assert "Ines left Globex rollout to West." in company.letters("maya")[-1]
    await company.presses("maya", "Assign it")
    assert "Asked Ines" in await company.submits("maya", member="ines")
    assert company.letters("ines") == []


async def test_who_accepts_one_is_named_to_its_manager(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    deal = await company.leaves("ines", team, "Globex rollout")
    await company.sends("maya", "digest.assign", f"{team}.{deal}")
    await company.submits("maya", member="tom")
    await company.passes(hours=2)
    await company.presses("tom", "Accept")
    await company.passes(hours=2)
    assert "Tom takes over Globex rollout. It has an owner again in West." in company.letters("maya")[-1]


async def test_an_offer_of_the_team_is_taken_back_or_given_to_another(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    deal = await company.leaves("ines", team, "Globex rollout")
    await company.sends("maya", "digest.assign", f"{team}.{deal}")
    await company.submits("maya", member="tom")
    assert "stays with West" in await company.presses("maya", "Take it back")
    asked = []
    for member in ("tom", "ines"):
        await company.says("maya", "digest preview")
        await company.presses("maya", "Assign Globex rollout")
        asked.append(company.form("maya").intro)
        await company.submits("maya", member=member)
    assert ["Tom is asked already" in intro for intro in asked] == [False, True]
    assert await company.within("tom", lambda work: work.handovers.to_me()) == []
    await company.passes(hours=2)
    assert not [said for said in company.letters("tom") if "Globex rollout" in said]
    assert [said for said in company.letters("ines") if "Globex rollout" in said]


async def test_who_leaves_with_an_offer_of_the_team_open_is_asked_no_more(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    deal = await company.leaves("ines", team, "Globex rollout")
    await company.passes(hours=10)
    await company.sends("maya", "digest.assign", f"{team}.{deal}")
    await company.submits("maya", member="tom")
    await company.sends("tom", "team.leave", team)
    await company.passes(days=1)
    assert not [said for said in company.letters("tom") if "Globex rollout" in said]
    assert "Assign Globex rollout" in await company.says("maya", "digest preview")


async def test_the_last_one_is_told_before_they_leave_what_goes_with_the_team(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("tom", "hello")
    await company.sends("maya", "team.invite", team)
    await company.submits("maya", invited="tom@example.com")
    await company.leaves("ines", team, "Globex rollout")
    await company.sends("maya", "digest.team", team)
    assert _leave(company, "maya") == "Leave West? Your lines go with you. Any member can manage it after you."
    await company.sends("ines", "team.leave", team)
    await company.sends("maya", "digest.team", team)
    asked = "You are the last one in West. If you leave, the team is gone, with what was left to it: Globex rollout."
    assert _leave(company, "maya") == asked
    assert "You were the last one" in await company.sends("maya", "team.leave", team)
    assert "You are in no team yet" in await company.says("tom", "digest")


def _leave(company: Company, user: str) -> str:
    cards = [act.card for act in company.replies[user] if isinstance(act, Say)]
    rows = [block.buttons for card in cards for block in card.blocks if isinstance(block, Buttons)]
    buttons: list[Button] = [button for row in rows for button in row]
    return next(button.confirm for button in buttons if button.action == "team.leave")


async def test_a_client_card_offers_to_leave_it_to_ones_team(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "deal add Globex rollout, client Globex")
    await company.says("ines", "won globex rollout")
    (deal,) = await company.within("ines", lambda work: work.deals.list())
    await company.sends("ines", "checkin.open", deal.id)
    assert "is left to West" in await company.presses("ines", "Leave it to West")
