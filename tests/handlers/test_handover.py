"""Handing a deal over: nothing moves before the colleague accepts, and only names are seen."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat.cards import Card
from bot.chat.plain import of_card
from content.library import Playbook
from tests.handlers.keeper import Keeper
from tests.handlers.test_checkins import due
from tests.handlers.test_promises import open_promises

TOM = "u2@example.com"


@pytest.fixture
async def ann(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    """Ann, and Tom whom the coach has met; Ann has won a deal."""
    async with Keeper(tmp_path, playbook) as keeper:
        keeper.becomes("U2")
        await keeper.says("settings")
        keeper.becomes("U1")
        await keeper.wins("Acme renewal", notes="secretly looking for a job")
        await keeper.says("promise send the draft by friday for acme")
        yield keeper


async def offers(ann: Keeper, to: str = TOM) -> str:
    [deal] = await ann.within(lambda work: work.deals.find("acme", stage=None))
    await ann.presses("handover.ask", deal.id)
    return await ann.submits(email=to)


async def letter(ann: Keeper) -> Card:
    return next(card for key, card in reversed(await ann.letters()) if key.startswith("handover:"))


async def answers(ann: Keeper, label: str) -> str:
    """Let Tom press a button of the letter."""
    asked = next(card for key, card in await ann.letters() if key.endswith(":offered"))
    action, subject = next(pair for text, *pair in ann.controls_on(asked) if text == label)
    ann.becomes("U2")
    return await ann.presses(action, subject)


async def test_the_colleague_is_asked_with_names_only_and_nothing_moves_yet(ann: Keeper) -> None:
    assert "Until they accept, it stays yours." in await offers(ann)
    said = of_card(await letter(ann))
    assert "U1 asks whether you take over Acme renewal (Acme)." in said
    assert "secretly" not in said
    assert len(await open_promises(ann)) == 1


async def test_accepted_it_passes_over_with_its_promise_and_its_rhythm(ann: Keeper) -> None:
    await offers(ann)
    assert "Acme renewal is yours now" in await answers(ann, "Accept")
    assert "Staying in touch with Acme" in await ann.clicks("Staying in touch")
    assert "secretly" not in ann.text
    assert [one.what for one in await open_promises(ann)] == ["send the draft"]
    ann.becomes("U1")
    assert await open_promises(ann) == []
    assert "U2 takes over Acme renewal." in of_card((await ann.letters())[-1][1])


async def test_the_new_owner_is_reminded_and_the_former_is_not(ann: Keeper) -> None:
    await offers(ann)
    await answers(ann, "Accept")
    assert [one for one in await ann.passes(days=8) if "send the draft" in one or "write to" in one]
    ann.becomes("U2")
    assert "send the draft" in await ann.says("promises")
    ann.becomes("U1")
    assert "No open promises" in await ann.says("promises")


async def test_declined_it_returns_and_its_owner_is_told(ann: Keeper) -> None:
    await offers(ann)
    assert "stays where it is" in await answers(ann, "Not now")
    assert "can't take over Acme renewal now" in of_card(await letter(ann))
    ann.becomes("U1")
    assert len(await open_promises(ann)) == 1


async def test_taken_back_it_cannot_be_accepted(ann: Keeper) -> None:
    await offers(ann)
    controls = list(ann.controls_on(await letter(ann)))
    assert "Taken back" in await ann.clicks("Take it back")
    ann.becomes("U2")
    for _, action, subject in controls:
        assert "That offer is over" in await ann.presses(action, subject)


async def test_answered_twice_it_is_answered_once(ann: Keeper) -> None:
    await offers(ann)
    await answers(ann, "Accept")
    assert "That offer is over" in await answers(ann, "Accept")
    assert "That offer is over" in await answers(ann, "Not now")


async def test_an_offer_that_waits_stands_on_the_colleagues_check_ins(ann: Keeper) -> None:
    await offers(ann)
    ann.becomes("U2")
    assert "U1 asks whether you take over Acme renewal (Acme)." in await ann.says("checkins")
    await ann.clicks("Accept")
    assert "is yours now" in ann.text


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("u1@example.com", "That is you."),
        ("u9@example.com", "haven't met anybody"),
        ("", "haven't met anybody"),
        ("x" * 5000, "haven't met anybody"),
        ("%", "haven't met anybody"),
    ],
)
async def test_whoever_the_coach_has_not_met_is_not_asked(ann: Keeper, address: str, why: str) -> None:
    await offers(ann, address)
    assert why in ann.refusals["email"]


@pytest.mark.parametrize("action", ["handover.accept", "handover.decline", "handover.withdraw"])
async def test_an_offer_to_somebody_else_is_as_if_it_were_over(ann: Keeper, action: str) -> None:
    await offers(ann)
    [offer] = await ann.within(lambda work: [work.handovers.of(one.deal_id) for one in work.warmth.all()])
    ann.becomes("U3")
    await ann.says("settings")
    said = await ann.presses(action, offer.id)
    assert said == await ann.presses(action, "no-such-offer")
    assert "That offer is over" in said


async def test_at_night_the_letter_waits_for_the_morning(ann: Keeper) -> None:
    ann.now = datetime(2026, 11, 27, 23, tzinfo=UTC)
    await offers(ann)
    [at] = [due for key, due in await ann.sent() if key.startswith("handover:")]
    assert at == datetime(2026, 11, 30, 9, tzinfo=UTC)


async def tom_works(ann: Keeper, **typed: str) -> None:
    ann.becomes("U2")
    await ann.works(**typed)
    ann.becomes("U1")


async def offered_at(ann: Keeper) -> list[datetime]:
    return [due for key, due in await ann.sent() if key.endswith(":offered")]


async def test_the_colleague_is_asked_within_their_own_hours_and_on_their_own_working_days(ann: Keeper) -> None:
    await tom_works(ann, zone="America/New_York", starts="10:00", region="US")
    # Thanksgiving is a working day for Ann and none for Tom.
    ann.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    await offers(ann)
    assert await offered_at(ann) == [datetime(2026, 11, 27, 15, tzinfo=UTC)]


async def test_the_answer_comes_within_the_hours_of_whoever_asked(ann: Keeper) -> None:
    await tom_works(ann, zone="America/New_York")
    await offers(ann)
    ann.now = datetime(2026, 11, 23, 21, tzinfo=UTC)
    await answers(ann, "Accept")
    assert [due for key, due in await ann.sent() if key.endswith(":accepted")] == [
        datetime(2026, 11, 24, 9, tzinfo=UTC)
    ]


async def tom_is_due(ann: Keeper) -> None:
    ann.becomes("U2")
    await due(ann, "Initech rollout")
    ann.becomes("U1")


async def test_what_the_days_message_shows_has_no_letter_of_its_own(ann: Keeper) -> None:
    await tom_is_due(ann)
    await offers(ann)
    await ann.passes(hours=3)
    [said] = [of_card(card) for key, card in await ann.letters() if "Initech" in of_card(card)]
    assert "asks whether you take over Acme renewal" in said
    assert await offered_at(ann) == []


async def test_after_the_days_message_the_letter_waits_for_another_day(ann: Keeper) -> None:
    await tom_is_due(ann)
    await ann.passes(hours=3)
    await offers(ann)
    assert await offered_at(ann) == [datetime(2026, 11, 24, 9, tzinfo=UTC)]


@pytest.mark.parametrize(("pause", "letters"), [("until 7 december", [datetime(2026, 12, 7, 9, tzinfo=UTC)]), ("", [])])
async def test_on_leave_nobody_is_asked_and_afterwards_it_is_there(
    ann: Keeper, pause: str, letters: list[datetime]
) -> None:
    ann.becomes("U2")
    await ann.says(f"checkins pause {pause}")
    ann.becomes("U1")
    await offers(ann)
    assert await offered_at(ann) == letters
    ann.becomes("U2")
    assert "take over Acme renewal" in await ann.says("checkins resume")


async def test_taken_back_before_it_left_the_letter_never_comes(ann: Keeper) -> None:
    await offers(ann)
    await ann.clicks("Take it back")
    assert await offered_at(ann) == []


async def test_a_deal_that_is_lost_or_open_again_is_offered_no_more(ann: Keeper) -> None:
    await offers(ann)
    [deal] = await ann.within(lambda work: work.deals.find("acme", stage=None))
    await ann.presses("deal.lost", deal.id)
    assert await offered_at(ann) == []
    ann.becomes("U2")
    assert "take over" not in await ann.says("checkins")


async def test_while_it_is_offered_the_clients_card_says_so(ann: Keeper) -> None:
    await offers(ann)
    [deal] = await ann.within(lambda work: work.deals.find("acme", stage=None))
    assert "You asked a colleague today to take it over." in await ann.presses("checkin.open", deal.id)
    await ann.clicks("Take it back")
    assert "You asked a colleague" not in await ann.presses("checkin.open", deal.id)


async def test_the_new_owner_asks_about_what_was_put_right_without_knowing_it(ann: Keeper) -> None:
    for words in ("recover acme", "we sent the wrong file", "you had to redo it", "send the right one", "thursday"):
        await ann.says(words)
    await offers(ann)
    await answers(ann, "Accept")
    [deal] = await ann.within(lambda work: work.deals.find("acme", stage=None))
    for one in await open_promises(ann):
        await ann.presses("promise.kept", one.id)
    ann.now = datetime(2026, 12, 1, 10, tzinfo=UTC)
    said = await ann.presses("checkin.open", deal.id)
    assert "Something was put right for them before this deal came to you." in said
    assert "wrong file" not in said
