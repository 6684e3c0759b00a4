"""What a client brought is noted in a word, linked to where it came from, and taken back as easily."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.coach.deals import Deal, Stage
from bot.coach.payoffs import Brought, Payoff
from bot.coach.teams import Role, Team
from content.library import Playbook
from tests.handlers.keeper import MONDAY, Keeper

TODAY = MONDAY.date()


@pytest.fixture
async def ann(database: str, tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    assert database
    async with Keeper(tmp_path, playbook) as keeper:
        yield keeper


async def noted(keeper: Keeper, client: str = "Acme") -> list[Brought]:
    found: list[Brought] = await keeper.within(lambda work: work.payoffs.of_client(client))
    return found


def control(keeper: Keeper, label: str) -> tuple[str, str]:
    return next((action, subject) for said, action, subject in keeper.controls() if said == label)


async def stage(keeper: Keeper, deal: str) -> Stage:
    found = await keeper.within(lambda work: work.deals.get(deal))
    assert isinstance(found, Deal)
    return found.stage


async def test_a_renewal_won_is_linked_to_the_deal_won_last_before_it(ann: Keeper) -> None:
    await ann.wins("Acme pilot")
    ann.now += timedelta(days=30)
    root = await ann.wins("Acme rollout")
    ann.now += timedelta(days=60)
    renewal = await ann.has("Acme renewal")
    said = await ann.says("won acme renewal")
    assert "Acme renewal is won." in said
    assert "Noted as a renewal. It stands with Acme rollout, won on Wed 23 Dec 2026. Since then: 1 renewal." in said
    assert await noted(ann) == [Brought(id=renewal, deal_id=root, kind=Payoff.RENEWAL, on=ann.now.date())]


async def test_a_renewal_without_an_earlier_deal_stands_with_itself(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal 2027")
    assert "Noted as a renewal." in ann.text
    assert [one.deal_id for one in await noted(ann)] == [deal]


async def test_a_deal_that_renews_nothing_notes_nothing(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    assert "Noted" not in ann.text
    assert await noted(ann) == []


@pytest.mark.parametrize("action", ["deal.reopen", "deal.lost"])
async def test_what_was_noted_with_a_win_goes_with_it(ann: Keeper, action: str) -> None:
    await ann.wins("Acme rollout")
    await ann.says("referral from acme to globex")
    renewal = await ann.wins("Acme renewal")
    said = await ann.presses(action, renewal)
    assert "A renewal that I noted with it is taken back." in said
    assert [one.kind for one in await noted(ann)] == [Payoff.REFERRAL]
    assert "taken back" not in await ann.presses(action, renewal)
    await ann.presses("deal.won", renewal)
    assert len(await noted(ann)) == 2


async def test_a_win_that_is_no_renewal_after_all_stays_won(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    said = await ann.presses(*control(ann, "Not a renewal"))
    assert "Taken back: a renewal" in said
    assert (await stage(ann, deal), await noted(ann)) == (Stage.WON, [])


async def test_a_renewal_of_a_won_client_is_noted_and_counts_as_a_touch(ann: Keeper) -> None:
    deal = await ann.wins("Acme rollout")
    ann.now += timedelta(days=7)
    said = await ann.says("won acme renewal")
    assert "Noted: a renewal with Acme, on Mon 30 Nov 2026." in said
    assert "It stands with Acme rollout, won on Mon 23 Nov 2026. Since then: 1 renewal." in said
    assert "It counts as being in touch with Acme on Mon 30 Nov 2026. Next for Acme: Wed 30 Dec 2026" in said
    assert (await ann.within(lambda work: work.warmth.of(deal))).touched_on == ann.now.date()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("renewal acme", Payoff.RENEWAL),
        ("acme renewed", Payoff.RENEWAL),
        ("expansion acme", Payoff.EXPANSION),
        ("upsell Acme 🎉", Payoff.EXPANSION),
        ("won acme extension", Payoff.EXPANSION),
    ],
)
async def test_it_is_noted_however_it_is_said_and_undone(ann: Keeper, words: str, kind: Payoff) -> None:
    deal = await ann.wins("Acme rollout")
    await ann.says(words)
    assert [(one.deal_id, one.kind, one.on) for one in await noted(ann)] == [(deal, kind, TODAY)]
    undo = control(ann, "Undo")
    assert "Taken back" in await ann.presses(*undo)
    assert await noted(ann) == []
    assert "othing was changed" in await ann.presses(*undo)


async def test_yesterday_is_the_day_before(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    assert "on Sun 22 Nov 2026" in await ann.says("renewal acme yesterday")


async def test_the_same_said_twice_is_noted_once_and_another_one_when_it_is_another(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    await ann.says("renewal acme")
    assert "I noted a renewal with Acme on Mon 23 Nov 2026 already, so nothing was changed." in await ann.says(
        "won acme renewal"
    )
    assert len(await noted(ann)) == 1
    another = control(ann, "It is another one")
    assert "Since then: 2 renewals." in await ann.presses(*another)
    assert "othing was changed" in await ann.presses(*another)
    assert len(await noted(ann)) == 2


async def test_a_renewal_noted_before_its_deal_is_won_counts_once(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    await ann.says("renewal acme")
    deal = await ann.wins("Acme renewal")
    assert "already, so it counts once" in ann.text
    await ann.presses("deal.reopen", deal)
    assert len(await noted(ann)) == 1


async def test_an_open_deal_of_another_name_is_not_taken_for_the_renewal(ann: Keeper) -> None:
    rollout, pilot = await ann.wins("Acme rollout"), await ann.has("Acme pilot")
    said = await ann.says("won acme renewal")
    assert "No open deal of yours is called “acme renewal”, so nothing was changed." in said
    offered = {(action, subject) for _, action, subject in ann.controls()}
    assert {("payoff.renewal", rollout), ("deal.won", f"{pilot}.renewal")} <= offered
    assert await noted(ann) == []
    await ann.presses("deal.won", f"{pilot}.renewal")
    assert [(one.id, one.deal_id) for one in await noted(ann)] == [(pilot, rollout)]


async def test_a_deal_that_was_lost_is_won_after_all(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    renewal = await ann.has("Acme renewal")
    await ann.presses("deal.lost", renewal)
    await ann.says("won acme renewal")
    assert await stage(ann, renewal) is Stage.WON
    assert [one.id for one in await noted(ann)] == [renewal]


async def test_a_deal_that_is_still_open_brought_nothing_yet(ann: Keeper) -> None:
    deal = await ann.has("Acme rollout")
    assert "Acme rollout isn't won yet, so nothing was noted." in await ann.says("renewal acme")
    await ann.presses(*control(ann, "Yes, it is won"))
    assert await stage(ann, deal) is Stage.WON
    assert [one.kind for one in await noted(ann)] == [Payoff.RENEWAL]


async def test_several_clients_of_that_name_give_a_picker_and_one_called_exactly_so_does_not(ann: Keeper) -> None:
    await ann.wins("Acme Nord rollout", client="Acme Nord")
    south = await ann.wins("Acme South rollout", client="Acme South")
    assert "Which one do you mean by “acme”?" in await ann.says("renewal acme")
    assert await noted(ann, "Acme South") == []
    await ann.presses("payoff.renewal", south)
    assert len(await noted(ann, "Acme South")) == 1
    await ann.wins("Acme rollout")
    await ann.says("expansion acme")
    assert len(await noted(ann)) == 1


async def test_somebody_elses_deal_and_none_get_the_same_answer(ann: Keeper) -> None:
    await ann.wins("Globex rollout")
    ann.becomes("U2")
    for words in ("renewal {}", "won {} renewal", "referral from {} to Initech"):
        other = await ann.says(words.format("globex"))
        none = await ann.says(words.format("globix"))
        assert "I can't find" in other
        assert "Start with" in other
        assert other.replace("globex", "x") == none.replace("globix", "x")


async def test_a_referral_is_noted_with_the_client_it_came_from_and_the_new_one_is_offered(ann: Keeper) -> None:
    deal = await ann.wins("Acme rollout")
    said = await ann.says("referral from acme to Globex")
    assert "Noted: a referral from Acme to Globex, on Mon 23 Nov 2026." in said
    assert "Since then: 1 referral (Globex)." in said
    assert [(one.deal_id, one.kind, one.to) for one in await noted(ann)] == [(deal, Payoff.REFERRAL, "Globex")]
    assert (await ann.within(lambda work: work.warmth.of(deal))).touched_on is None
    start = control(ann, "Start with “Globex”")
    assert start == ("prep.new", "Globex")
    await ann.presses(*start)
    await ann.says("globex came through acme")
    assert "I noted a referral from Acme to Globex on Mon 23 Nov 2026 already" in ann.text
    assert len(await noted(ann)) == 1


async def test_a_client_known_already_keeps_its_spelling_and_is_prepared(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    globex = await ann.has("Globex pilot")
    await ann.says("acme referred us to globex")
    assert [one.to for one in await noted(ann)] == ["Globex"]
    assert control(ann, "Prepare Globex") == ("prep.open", globex)


async def test_a_name_that_holds_the_parting_word_is_found(ann: Keeper) -> None:
    await ann.wins("Back to Basics rollout", client="Back to Basics")
    await ann.says("referral from Back to Basics to Globex")
    assert [one.to for one in await noted(ann, "Back to Basics")] == ["Globex"]


async def test_a_referral_stands_with_a_won_deal_rather_than_one_lost_later(ann: Keeper) -> None:
    deal, other = await ann.wins("Acme rollout"), await ann.has("Acme pilot")
    ann.now += timedelta(days=1)
    await ann.presses("deal.lost", other)
    await ann.says("referral from acme to globex")
    assert [one.deal_id for one in await noted(ann)] == [deal]


async def test_a_referral_of_several_clients_asks_which_and_keeps_to_whom(ann: Keeper) -> None:
    await ann.wins("Acme Nord rollout", client="Acme Nord")
    south = await ann.wins("Acme South rollout", client="Acme South")
    await ann.says(f"referral from acme to {'Globex' * 30}")
    chosen = next((action, this) for _, action, this in ann.controls() if this.startswith(south))
    await ann.presses(*chosen)
    assert [one.to for one in await noted(ann, "Acme South")] == [f"{('Globex' * 30)[:99]}…"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("referral", "Which client is it about?"),
        ("referral from acme", "Who did Acme refer you to?"),
        ("referral from acme to acme", "Who did Acme refer you to?"),
        ("referral to globex", "Who referred you to globex?"),
        ("renewal", "Which client is it about?"),
        ("expansion", "Which client is it about?"),
        ("won renewal", "Which client is it about?"),
        ("won", "You have no open deals to close."),
        ("renewal 🎉", "I can't find “🎉”"),
        (f"renewal {'x' * 5000}", "I can't find"),
        (f"referral from {'x' * 5000} to globex", "I can't find"),
        ("renewal <!channel>", "I can't find"),
    ],
)
async def test_what_is_missing_is_asked_and_nothing_noted(ann: Keeper, words: str, answer: str) -> None:
    await ann.wins("Acme rollout")
    assert answer in await ann.says(words)
    assert await noted(ann) == []


async def test_two_things_in_one_sentence_are_both_done(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    await ann.has("Globex pilot")
    said = await ann.says("won acme renewal and prep globex")
    assert "Noted: a renewal with Acme" in said
    assert "Globex pilot" in said


@pytest.mark.parametrize(
    ("action", "subject"),
    [
        ("payoff.renewal", ""),
        ("payoff.renewal", "no-deal"),
        ("payoff.referral", "{deal}"),
        ("payoff.referral", "{deal}.Acme"),
        ("payoff.again", ""),
        ("payoff.again", "renewal"),
        ("payoff.again", "renewal.{deal}"),
        ("payoff.again", "renewal.{deal}.7"),
        ("payoff.again", "referral.{deal}.0"),
        ("payoff.undo", ""),
        ("payoff.undo", "{deal}"),
        ("deal.won", "{deal}.nonsense"),
    ],
)
async def test_a_forged_button_notes_nothing(ann: Keeper, action: str, subject: str) -> None:
    deal = await ann.wins("Acme rollout")
    said = await ann.presses(action, subject.format(deal=deal))
    assert "othing was" in said
    assert await noted(ann) == []


async def test_what_is_asked_for_in_a_plan_is_not_a_referral_that_happened(ann: Keeper) -> None:
    await ann.wins("Acme rollout")
    await ann.says("plan acme")
    await ann.says("referral from acme")
    assert await noted(ann) == []
    assert "Who did Acme refer you to?" not in ann.text


async def test_the_clients_card_counts_what_came_since_and_claims_nothing(ann: Keeper) -> None:
    deal = await ann.wins("Acme rollout")
    assert "Since then" not in await ann.presses("checkin.open", deal)
    await ann.says("renewal acme")
    for name in ("Globex", "Initech", "Umbrella", "Hooli"):
        await ann.says(f"referral from acme to {name}")
    said = await ann.presses("checkin.open", deal)
    assert "Since then: 1 renewal, 4 referrals (Globex, Hooli, Initech, 1 more)" in said


async def test_a_renewal_is_not_counted_as_what_itself_brought(ann: Keeper) -> None:
    deal = await ann.wins("Acme renewal")
    assert "Since then" not in await ann.presses("checkin.open", deal)


async def test_what_a_deal_brought_stays_with_who_noted_it_when_it_is_handed_over(ann: Keeper) -> None:
    deal = await ann.wins("Acme rollout")
    await ann.says("renewal acme")
    undo = control(ann, "Undo")
    ann.becomes("U2")
    await ann.says("settings")
    ann.becomes("U1")
    offer = await ann.within(lambda work: work.handovers.offer(deal, "U2", ann.now))
    ann.becomes("U2")
    await ann.within(lambda work: work.handovers.accept(offer.id, ann.now))
    assert await noted(ann) == []
    await ann.says("renewal acme")
    assert len(await noted(ann)) == 1
    ann.becomes("U1")
    assert len(await noted(ann)) == 1
    await ann.presses(*undo)
    assert await noted(ann) == []


async def team(keeper: Keeper, name: str) -> str:
    made = Team(id=name, name=name, channel="C1", weekday=0, at=MONDAY.time(), zone="UTC", covered_to=TODAY)
    await keeper.within(lambda work: work.teams.create(made, keeper.now))
    return made.id


async def test_who_is_in_a_team_may_share_a_win(ann: Keeper) -> None:
    deal = await ann.wins("Acme rollout")
    assert "Share this win" not in ann.text
    west = await team(ann, "west")
    await ann.presses("deal.reopen", deal)
    await ann.presses("deal.won", deal)
    share = control(ann, "Share this win")
    assert share == ("digest.share", f"{west}.win")
    assert any(getattr(one, "dialog", False) for act in ann.reply for one in _buttons(act))
    await ann.presses(*share)
    await ann.submits(words="They asked for a second year themselves")
    assert "In the next digest of west" in ann.text


async def test_who_was_only_invited_is_not_asked_to_share(ann: Keeper) -> None:
    west = await team(ann, "west")
    ann.becomes("U2")
    await ann.says("settings")
    ann.becomes("U1")
    await ann.within(lambda work: work.teams.invite(west, "U2", ann.now))
    ann.becomes("U2")
    assert await ann.within(lambda work: work.teams.role(west)) is Role.INVITED
    await ann.wins("Globex rollout")
    assert "Share this win" not in ann.text


def _buttons(act: object) -> list[object]:
    card = getattr(act, "card", None)
    return [one for block in getattr(card, "blocks", ()) for one in getattr(block, "buttons", ())]
