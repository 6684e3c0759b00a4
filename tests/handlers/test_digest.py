"""The weekly digest, from what a rep shares to what stands in the channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from content.library import Playbook
from tests.handlers.company import CHANNEL, Company

REPS = ("ines", "tom", "amara", "omar")


@pytest.fixture
async def company(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Company]:
    async with Company(tmp_path, playbook) as company:
        yield company


async def _traded(company: Company, user: str) -> None:
    await company.says(user, f"deal add {user} renewal")
    await company.says(user, f"gave 5% off for {user} renewal")
    await company.says(user, f"got net 30 for {user} renewal")


async def _to_monday(company: Company) -> None:
    """From Wednesday to Monday noon."""
    await company.passes(days=5, hours=2)


async def test_on_monday_the_channel_gets_one_digest_with_what_was_shared(company: Company) -> None:
    await company.sets_up("maya", "ines")
    said = await company.says("ines", "digest win Globex named the date themselves")
    assert "In the next digest of West, on Mon 30 Nov 2026, under your name." in said
    await _to_monday(company)
    _, digest = company.channel()
    assert "Ines: Globex named the date themselves" in digest
    assert "a number needs four people behind it" in digest
    await company.passes(days=6)
    assert len(company.channel()) == 2


async def test_a_rep_sees_their_lines_the_working_day_before_in_one_message_and_takes_one_out(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date themselves")
    await company.passes(minutes=1)
    await company.says("ines", "digest line the new price sheet is good")
    await company.passes(days=2, hours=2)
    (message,) = company.letters("ines")
    assert "Your lines for West" in message
    await company.presses("ines", "Take out", letter=True)
    assert "Globex named" not in company.letters("ines")[0]
    await company.passes(days=3)
    assert "Globex named" not in company.channel()[-1]
    assert "the new price sheet is good" in company.channel()[-1]
    assert len(company.letters("ines")) == 1


async def test_with_four_who_traded_the_numbers_stand_without_names(company: Company) -> None:
    await company.sets_up("maya", *REPS)
    for rep in REPS:
        await _traded(company, rep)
    await _to_monday(company)
    digest = company.channel()[-1]
    assert "Gives with a get: 4 of 4" in digest
    assert all(rep.title() not in digest for rep in REPS)


async def test_one_who_takes_their_part_out_takes_the_number_along_and_nobody_is_told(company: Company) -> None:
    await company.sets_up("maya", *REPS)
    for rep in REPS:
        await _traded(company, rep)
    await company.says("ines", "digest")
    await company.presses("ines", "Take out")
    await _to_monday(company)
    assert "4 of 4" not in company.channel()[-1]
    assert "3 of 3" not in company.channel()[-1]


async def test_a_line_taken_back_after_it_was_posted_disappears_from_the_channel(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date themselves")
    await _to_monday(company)
    await company.presses("ines", "Take out")
    assert "Globex named" not in company.channel()[-1]


async def test_down_for_two_weeks_one_digest_covers_every_day_once(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win before the outage")
    company.now = company.now.replace(month=12, day=15)
    await company.passes(days=1)
    assert len(company.channel()) == 2
    assert "25 Nov" in company.channel()[-1]
    assert "before the outage" in company.channel()[-1]


async def test_help_is_offered_from_the_channel_and_brings_both_into_one_chat(company: Company) -> None:
    await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "digest help who knows procurement at Globex?")
    await _to_monday(company)
    said = await company.presses("tom", "I'll help", there=CHANNEL)
    assert "Thank you. I let Ines know" in said
    assert "Tom is helping" in company.channel()[-1]
    await company.passes(minutes=30)
    assert "Tom will help with what you asked for" in company.channel("ines+tom")[-1]
    digest = company.channel()[-1]
    assert "I'll help" not in digest


async def test_a_second_helper_and_the_asker_are_told_kindly(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "digest help who knows procurement?")
    await _to_monday(company)
    issue = await company.within("ines", lambda work: work.digests.latest(team))
    (line,) = await company.within("ines", lambda work: work.lines.mine(team, issue.period))
    assert "your own request" in await company.sends("ines", "digest.help", f"{team}.{line.id}", there=CHANNEL)
    await company.presses("tom", "I'll help", there=CHANNEL)
    assert "Somebody helps" in await company.sends("maya", "digest.help", f"{team}.{line.id}", there=CHANNEL)


async def test_a_manager_previews_at_any_time_and_gets_the_digest_now_alone(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date themselves")
    preview = await company.says("maya", "digest preview")
    assert "A preview, for you alone" in preview
    assert "Globex named the date themselves" in preview
    await company.passes(days=1)
    assert "The days so far, for you alone" in await company.says("maya", "digest now")
    assert len(company.channel()) == 1


async def test_a_digest_that_can_not_be_posted_goes_to_who_manages_the_team(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date themselves")
    company.chats.obstacles[CHANNEL] = "archived"
    await _to_monday(company)
    assert len(company.channel()) == 1
    assert "The channel is archived" in company.letters("maya")[-1]
    assert "Globex named the date themselves" in company.letters("maya")[-1]
    assert "[Choose a channel]" in company.letters("maya")[-1]
    assert "The channel is archived" in await company.says("maya", "digest team")


async def test_a_client_left_to_the_team_is_assigned_to_a_member_who_accepts(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "deal add Globex rollout, client Globex")
    await company.says("ines", "won globex rollout")
    deal = (await company.within("ines", lambda work: work.deals.list()))[0]
    assert "is left to West" in await company.sends("ines", "team.release", f"{team}.{deal.id}")
    await _to_monday(company)
    assert "One client has no owner" in company.channel()[-1]
    assert "Globex" not in company.channel()[-1]
    await company.sends("maya", "digest.manage", team)
    await company.presses("maya", "Assign Globex rollout")
    assert "Asked Tom to take over Globex rollout" in await company.submits("maya", member="tom")
    await company.passes(hours=2)
    assert "Globex rollout is yours now" in await company.presses("tom", "Accept")


async def test_the_tip_of_the_week_is_posted_once(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await _to_monday(company)
    await company.sends("maya", "digest.manage", team)
    await company.presses("maya", "Post this tip")
    await company.sends("maya", "digest.manage", team)
    assert "in the channel already" in await company.presses("maya", "Post this tip")
    await company.ticks()
    assert sum("For all of us this week" in card for card in company.channel()) == 1


async def test_in_no_team_digest_says_what_it_is_and_how_to_begin(company: Company) -> None:
    said = await company.says("ines", "digest")
    assert "You are in no team yet" in said
    assert "manage none yet" in await company.says("ines", "digest preview")
    assert "nowhere to share it" in await company.says("ines", "digest win we did it")


async def test_what_is_too_long_to_share_is_kept_to_be_shortened(company: Company) -> None:
    await company.sets_up("maya", "ines")
    said = await company.says("ines", f"digest win {'we asked first ' * 40}")
    assert "Up to 300 characters fit; here is what you typed." in said
    await company.submits("ines")
    assert "up to 300 fit into a digest" in company.refusals("ines")["words"]


async def test_a_word_that_digest_does_not_know_shows_how_i_stand(company: Company) -> None:
    await company.sets_up("maya", "ines")
    assert "Your lines for West" in await company.says("ines", "digest blah")


async def test_a_win_is_shared_in_the_same_sentence_as_another_request(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "deal add Acme renewal")
    said = await company.says("ines", "won acme renewal and digest win they named the date")
    assert "Acme renewal is won" in said
    assert "In the next digest of West" in said


async def test_the_digest_now_holds_what_was_shared_a_moment_ago(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.passes(days=1)
    await company.says("ines", "digest win they named the date")
    said = await company.says("maya", "digest now")
    assert "The days so far, for you alone" in said
    assert "they named the date" in said


async def test_a_member_who_does_not_manage_the_team_posts_no_tip(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.to_monday()
    assert "isn't yours" in await company.sends("ines", "digest.tip", f"{team}.balance.trade")
    await company.ticks()
    assert not any("For all of us this week" in card for card in company.channel())
