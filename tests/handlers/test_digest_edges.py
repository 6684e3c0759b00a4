"""What goes wrong around a digest in a team: old buttons, people who leave, days that move, channels that change."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bot.coach.teams import Period, Role
from content.library import Playbook
from tests.handlers.company import CHANNEL, Company

HOSTILE = ("\N{ROCKET}" * 300, "\u202eevil\u202c <!channel> & <b>", "xyz \n break\x00\x07 [x](http://y)")


@pytest.fixture
async def company(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Company]:
    async with Company(tmp_path, playbook) as company:
        yield company


async def _periods(company: Company, user: str, team: str) -> list[Period]:
    return [one.period for one in await company.within(user, lambda work: work.digests.last(team))]


def _contiguous(periods: list[Period]) -> bool:
    return all(one.ends == following.starts for one, following in pairwise(periods))


@pytest.mark.parametrize("words", HOSTILE, ids=["emoji", "markup", "control"])
async def test_a_line_of_any_letters_is_shared_and_taken_out(company: Company, words: str) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", f"digest win {words}")
    await company.to_monday()
    assert words[:4] in company.channel()[-1]
    await company.sends("ines", "digest.out", f"{team}.line.{await company.line('ines', team)}")
    assert words[:4] not in company.channel()[-1]


async def test_a_line_is_taken_out_once_and_a_second_press_is_told_so(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    line = await company.line("ines", team)
    assert "Taken out. Nobody is told." in await company.sends("ines", "digest.out", f"{team}.line.{line}")
    assert "taken out already" in await company.sends("ines", "digest.out", f"{team}.line.{line}")


async def test_a_part_of_the_numbers_is_taken_out_and_put_back_until_the_digest_is_out(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", "deal add Acme renewal")
    await company.says("ines", "gave 5% off for acme renewal")
    part = f"{team}.{company.now.date()}.trades"
    for _ in range(2):
        assert "Put back" in await company.sends("ines", "digest.out", part)
    assert "1 give" in await company.sends("ines", "digest.in", part)
    await company.to_monday()
    for action in ("digest.out", "digest.in"):
        assert "That digest is out" in await company.sends("ines", action, part)


async def test_a_line_of_last_month_still_comes_out_of_the_card_in_the_channel(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    await company.to_monday()
    await company.passes(weeks=9)
    old = next(card for card in company.channel() if "Globex named the date" in card)
    await company.sends("ines", "digest.out", f"{team}.line.{await company.line('ines', team)}")
    assert old not in company.channel()
    assert not [card for card in company.channel() if "Globex named the date" in card]


async def test_on_the_days_card_a_line_comes_out_in_place_also_on_a_later_day(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    await company.passes(days=2, hours=2)
    assert "A digest to look at" in company.letters("ines")[-1]
    await company.passes(days=1)
    said = await company.presses("ines", "Take out", letter=True)
    assert "Taken out. Nobody is told." in said
    assert "check-ins" in said.lower()


async def test_the_previews_buttons_do_no_harm_after_the_digest_is_out(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    deal = await company.leaves("ines", team, "Globex rollout")
    preview = await company.says("maya", "digest preview")
    assert "Assign Globex rollout" in preview
    await company.to_monday()
    await company.presses("maya", "Assign Globex rollout")
    await company.submits("maya", member="tom")
    await company.passes(hours=2)
    await company.presses("tom", "Accept")
    assert "has an owner by now" in await company.sends("maya", "digest.assign", f"{team}.{deal}")
    assert "On its way" in await company.sends("maya", "digest.tip", f"{team}.balance.trade")
    assert "in the channel already" in await company.sends("maya", "digest.tip", f"{team}.balance.trade")
    assert "moved on" in await company.sends("maya", "digest.tip", f"{team}.practice.of.old")


async def test_the_digest_offers_managers_their_copy_and_tells_others_kindly(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    await company.to_monday()
    own = await company.presses("maya", "For managers", there=CHANNEL)
    assert "Your own copy" in own
    assert "[Post this tip]" in own
    for user in ("ines", "rhea"):
        said = await company.presses(user, "For managers", there=CHANNEL)
        assert "That copy is for whoever manages West" in said
        assert "isn't yours" not in said
    assert "isn't yours" in await company.sends("rhea", "digest.manage", "forged", there=CHANNEL)


async def test_somebody_in_five_teams_sees_three_in_the_days_message_and_is_told_of_the_rest(company: Company) -> None:
    for number in range(5):
        await company.says("maya", "digest setup")
        await company.submits("maya", name=f"Team {number}", place=CHANNEL, when="Monday 8:30")
        team = (await company.within("maya", lambda work: work.teams.mine()))[-1][0].id
        await company.sends("ines", "team.join", team, there=CHANNEL)
    await company.says("ines", "digest win We did it")
    for number in range(5):
        mine = await company.within("ines", lambda work: work.teams.mine())
        await company.sends("ines", "digest.share", f"{mine[number][0].id}.win")
        await company.submits("ines", words="We did it")
    await company.passes(days=2, hours=2)
    (letter,) = company.letters("ines")
    assert letter.count("A win: We did it") == 3
    assert "You have lines for Team 3 and Team 4 too" in letter
    assert "Choose a team" in await company.says("maya", "digest preview")
    assert "Open a team" in await company.says("ines", "digest")


async def test_of_two_managers_who_change_something_both_changes_stay(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.sends("maya", "team.manager", f"{team}.ines")
    await company.sends("maya", "digest.schedule", team)
    form = company.form("maya")
    await company.sends("ines", "team.channel", team)
    await company.submits("ines", place=CHANNEL)
    await company.submits("maya", form=form, when="Friday 9:00")
    kept = await company.within("maya", lambda work: work.teams.get(team))
    assert (kept.weekday, kept.channel) == (4, CHANNEL)


async def test_a_manager_who_had_themselves_forgotten_takes_no_digest_along(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    await company.passes(days=4)
    await company.says("maya", "forget me")
    await company.presses("maya", "Forget me")
    await company.passes(days=1, hours=2)
    assert "Globex named the date" in company.channel()[-1]
    assert "Take it over" in await company.sends("ines", "digest.team", team)


async def test_without_a_manager_a_channel_that_fails_is_told_on_the_members_own_card(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.sends("maya", "team.leave", team)
    company.chats.obstacles[CHANNEL] = "archived"
    await company.to_monday()
    said = await company.says("ines", "digest")
    assert "The channel can't be posted to." in said
    assert "[Choose a channel]" not in said
    await company.sends("ines", "team.over", team)
    assert "[Choose a channel]" in await company.says("ines", "digest")


async def test_who_leaves_between_friday_and_monday_has_no_line_and_no_number_in_it(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "digest win Globex named the date")
    await company.passes(days=3)
    await company.sends("ines", "team.leave", team)
    assert "isn't yours" in await company.presses("ines", "Take out", letter=True)
    await company.passes(days=2, hours=2)
    assert "Globex named the date" not in company.channel()[-1]


async def test_the_card_in_the_channel_loses_the_lines_of_who_leaves_or_is_taken_out(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "digest win Globex named the date")
    await company.says("tom", "digest win Acme agreed to net 30")
    await company.leaves("ines", team, "Globex rollout")
    await company.to_monday()
    await company.sends("ines", "team.leave", team)
    assert "Globex named the date" not in company.channel()[-1]
    assert "One client has no owner" in company.channel()[-1]
    await company.sends("maya", "team.remove", f"{team}.tom")
    assert "Acme agreed" not in company.channel()[-1]


async def test_a_member_without_a_name_is_a_colleague(company: Company) -> None:
    team = await company.sets_up("maya", "")
    await company.sends("", "digest.share", f"{team}.win")
    await company.submits("", words="We did it")
    await company.to_monday()
    assert "A colleague: We did it" in company.channel()[-1]
    assert "A colleague" in await company.sends("maya", "digest.team", team)


@pytest.mark.parametrize(
    ("zone", "when"),
    [("Asia/Tokyo", "Monday 8:30"), ("America/Los_Angeles", "Monday 8:30"), ("Europe/Lisbon", "Friday 9:00")],
)
async def test_a_digest_moved_on_sunday_night_covers_every_day_once(company: Company, zone: str, when: str) -> None:
    team = await company.sets_up("maya", "ines")
    await company.passes(weeks=1, days=4, hours=12)
    await company.sends("maya", "digest.schedule", team)
    await company.submits("maya", zone=zone, when=when)
    await company.passes(weeks=3)
    periods = await _periods(company, "maya", team)
    assert len(periods) in {4, 5}
    assert _contiguous(periods)
    digests = [card for card in company.channel() if "Practice of the week" in card]
    assert len(digests) == len(periods)


async def test_a_day_moved_behind_brings_no_digest_out_of_its_time(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.passes(days=8)
    await company.says("maya", "digest schedule wednesday 8:30")
    await company.passes(days=1)
    await company.says("maya", "digest schedule tuesday 8:30")
    await company.sends("maya", "team.channel", team)
    await company.submits("maya", place=CHANNEL)
    await company.passes(days=1)
    assert len(await _periods(company, "maya", team)) == 1
    await company.passes(days=7)
    _, second = await _periods(company, "maya", team)
    assert second == Period(date(2026, 11, 30), date(2026, 12, 8))


async def test_a_digest_on_its_way_goes_along_to_another_channel(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    found = await company.within("maya", lambda work: work.teams.get(team))
    await company.within("maya", lambda work: work.teams.change(replace(found, channel="C7")))
    company.chats.busy.add("C7")
    await company.to_monday()
    assert company.channel("C7") == []
    await company.sends("maya", "team.channel", team)
    await company.submits("maya", place=CHANNEL)
    company.chats.busy.clear()
    await company.passes(minutes=30)
    assert "Globex named the date" in "".join(company.channel()[-2:])
    assert company.channel("C7") == []
    await company.passes(weeks=1)
    assert len(await _periods(company, "maya", team)) == 2


async def test_digest_now_on_its_own_day_is_so_far_before_it_and_the_digest_after(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    await company.passes(days=4, hours=22)
    assert "The days so far" in await company.says("maya", "digest now")
    await company.passes(hours=4)
    assert "Your own copy" in await company.says("maya", "digest now")


async def test_a_letter_to_a_colleague_waits_for_their_hours(company: Company) -> None:
    await company.says("tom", "hello")
    team = await company.sets_up("maya")
    await company.passes(hours=12)
    await company.sends("maya", "team.invite", team)
    await company.submits("maya", invited="tom@example.com")
    await company.passes(hours=2)
    assert company.letters("tom") == []
    await company.passes(hours=12)
    assert "Maya invites you" in company.letters("tom")[-1]
    assert await company.within("tom", lambda work: work.teams.role(team)) is Role.INVITED


async def test_whoever_is_forgotten_is_gone_from_the_posted_digest_too(company: Company) -> None:
    await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "digest win Globex named the date")
    await company.says("tom", "digest win Initech signed")
    await company.to_monday()
    await company.sends("ines", "privacy.gone")
    assert "Globex named the date" not in company.channel()[-1]
    assert "Initech signed" in company.channel()[-1]


async def test_whoever_is_taken_out_of_a_team_is_told_by_whom(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    await company.sends("maya", "team.remove", f"{team}.ines")
    await company.passes(hours=1)
    assert "Maya took you out of the team West" in company.letters("ines")[-1]
