"""What goes wrong around a digest in a team: old buttons, people who leave, days that move, channels that change."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.chat.cards import Button, Buttons
from bot.chat.replies import Say
from bot.coach.teams import Period, Role
from content.library import Playbook
from tests.handlers.company import CHANNEL, Company

HOSTILE = ("\N{ROCKET}" * 300, "\u202eevil\u202c <!channel> & <b>", "xyz \n break\x00\x07 [x](http://y)")


@pytest.fixture
async def company(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Company]:
    async with Company(tmp_path, playbook) as company:
        yield company


async def _to_monday(company: Company) -> None:
    await company.passes(days=5, hours=2)


async def _line(company: Company, user: str, team: str) -> str:
    ever = Period(company.now.date() - timedelta(90), company.now.date() + timedelta(9))
    lines = await company.within(user, lambda work: work.lines.mine(team, ever))
    return str(lines[0].id)


async def _left(company: Company, user: str, team: str, name: str) -> str:
    await company.says(user, f"deal add {name}, client Globex")
    (deal,) = await company.within(user, lambda work: work.deals.find(name))
    await company.sends(user, "team.release", f"{team}.{deal.id}")
    return str(deal.id)


async def _periods(company: Company, user: str, team: str) -> list[Period]:
    return [one.period for one in await company.within(user, lambda work: work.digests.last(team))]


def _contiguous(periods: list[Period]) -> bool:
    return all(one.ends == following.starts for one, following in pairwise(periods))


@pytest.mark.parametrize("words", HOSTILE, ids=["emoji", "markup", "control"])
async def test_a_line_of_any_letters_is_shared_and_taken_out(company: Company, words: str) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", f"digest win {words}")
    await _to_monday(company)
    assert words[:4] in company.channel()[-1]
    await company.sends("ines", "digest.out", f"{team}.line.{await _line(company, 'ines', team)}")
    assert words[:4] not in company.channel()[-1]


async def test_a_line_is_taken_out_once_and_a_second_press_is_told_so(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    line = await _line(company, "ines", team)
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
    await _to_monday(company)
    for action in ("digest.out", "digest.in"):
        assert "That digest is out" in await company.sends("ines", action, part)


async def test_a_line_of_last_month_still_comes_out_of_the_card_in_the_channel(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    await _to_monday(company)
    await company.passes(weeks=9)
    old = next(card for card in company.channel() if "Globex named the date" in card)
    await company.sends("ines", "digest.out", f"{team}.line.{await _line(company, 'ines', team)}")
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
    deal = await _left(company, "ines", team, "Globex rollout")
    preview = await company.says("maya", "digest preview")
    assert "Assign Globex rollout" in preview
    await _to_monday(company)
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
    await _to_monday(company)
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
    await _to_monday(company)
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
    await _left(company, "ines", team, "Globex rollout")
    await _to_monday(company)
    await company.sends("ines", "team.leave", team)
    assert "Globex named the date" not in company.channel()[-1]
    assert "One client has no owner" in company.channel()[-1]
    await company.sends("maya", "team.remove", f"{team}.tom")
    assert "Acme agreed" not in company.channel()[-1]


async def test_a_member_without_a_name_is_a_colleague(company: Company) -> None:
    team = await company.sets_up("maya", "")
    await company.sends("", "digest.share", f"{team}.win")
    await company.submits("", words="We did it")
    await _to_monday(company)
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
    before = len(company.channel())
    await company.passes(days=1)
    await company.says("maya", "digest schedule tuesday 8:30")
    await company.sends("maya", "team.channel", team)
    await company.submits("maya", place=CHANNEL)
    await company.passes(days=1)
    digests = [card for card in company.channel()[before:] if "Practice of the week" in card]
    assert digests == []
    await company.passes(days=7)
    assert _contiguous(await _periods(company, "maya", team))


async def test_a_digest_on_its_way_goes_along_to_another_channel(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date")
    found = await company.within("maya", lambda work: work.teams.get(team))
    await company.within("maya", lambda work: work.teams.change(replace(found, channel="C7")))
    company.chats.busy.add("C7")
    await _to_monday(company)
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


async def test_help_is_offered_by_a_reader_who_is_named_and_the_card_keeps_the_rest(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await _left(company, "ines", team, "Globex rollout")
    await company.says("ines", "digest help who knows procurement?")
    await _to_monday(company)
    assert "Thank you. I let Ines know" in await company.presses("rhea", "I'll help", there=CHANNEL)
    assert "Rhea is helping." in company.channel()[-1]
    assert "One client has no owner" in company.channel()[-1]


async def test_help_offered_from_a_managers_copy_shows_in_the_channel_and_the_copy_stays_one(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest help who knows procurement?")
    await _to_monday(company)
    await company.says("maya", "digest now")
    said = await company.presses("maya", "I'll help")
    assert "Your own copy" in said
    assert "Maya is helping." in company.channel()[-1]


async def test_a_request_that_was_taken_back_is_nobodys_to_help_with(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "digest help who knows procurement?")
    await _to_monday(company)
    line = await _line(company, "ines", team)
    await company.sends("ines", "digest.out", f"{team}.line.{line}")
    said = await company.sends("tom", "digest.help", f"{team}.{line}", there=CHANNEL)
    assert "That request was taken back" in said


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
    deal = await _left(company, "ines", team, "Globex rollout")
    await company.sends("maya", "digest.assign", f"{team}.{deal}")
    await company.submits("maya", member="tom")
    await company.passes(hours=2)
    await company.presses("tom", "Not now")
    await company.passes(hours=2)
    assert "Tom can't take over Globex rollout now, so it stays with West." in company.letters("maya")[-1]
    assert "Assign Globex rollout" in await company.says("maya", "digest preview")


async def test_who_accepts_one_is_named_to_its_manager(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    deal = await _left(company, "ines", team, "Globex rollout")
    await company.sends("maya", "digest.assign", f"{team}.{deal}")
    await company.submits("maya", member="tom")
    await company.passes(hours=2)
    await company.presses("tom", "Accept")
    await company.passes(hours=2)
    assert "Tom takes over Globex rollout. It has an owner again in West." in company.letters("maya")[-1]


async def test_an_offer_of_the_team_is_taken_back_or_given_to_another(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    deal = await _left(company, "ines", team, "Globex rollout")
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
    deal = await _left(company, "ines", team, "Globex rollout")
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
    await _left(company, "ines", team, "Globex rollout")
    await company.sends("maya", "digest.team", team)
    assert _leave(company, "maya") == "Leave West? Your lines go with you."
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
